"""Actions about risk: the scheme, the matrix and its figure, acceptance, and the lens of impact dimensions."""

from typing import Final, get_args

from workbench.actions.action import Action, Ask, Run
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench
from workbench.model.elements import Consequence, Hazard, ImpactDimension
from workbench.model.judgement import RiskAcceptance

_LENS: Final = ("View", "Lens")
_RISK: Final = ("Tools", "Risk")


def _rateable(wb: Workbench) -> bool:
    return writable(wb) and isinstance(wb.session.store.get(wb.session.primary or ""), Hazard | Consequence)


def _accepted(wb: Workbench) -> bool:
    return writable(wb) and bool(wb.session.store.referrers(wb.session.primary or "", RiskAcceptance, "subject"))


def _any_scheme(wb: Workbench) -> bool:
    return wb.session.store.count("risk_scheme") > 0


def _any_hazard(wb: Workbench) -> bool:
    return wb.session.store.count("hazard") > 0


def _selected_hazard(wb: Workbench) -> bool:
    return any(isinstance(wb.session.store.get(id), Hazard) for id in wb.session.selection)


def _look(dimension: ImpactDimension) -> Run:
    return lambda wb: wb.risk.look(dimension)


def _looked(dimension: ImpactDimension) -> Ask:
    def asked(wb: Workbench) -> bool:
        lens = wb.session.lens
        return lens is not None and lens.dimension == dimension

    return asked


def _coloured(wb: Workbench) -> bool:
    return wb.session.lens is not None and wb.session.lens.coloured


def _group(wb: Workbench) -> None:
    wb.session.set_grouped(not wb.session.grouped)


def risk_actions() -> tuple[Action, ...]:
    """Scheme, matrix, acceptance, lens."""
    return (
        Action("risk.everything", "Everything", lambda wb: wb.session.set_lens(None), _LENS, 1, "eye", (),
               _any_hazard, checked_when=lambda wb: wb.session.lens is None, tip="Nothing is dimmed"),
        *(
            Action(f"risk.lens_{name}", f"{name.capitalize()} impacts", _look(name), _LENS, 2, "", (), _any_hazard,
                   checked_when=_looked(name),
                   tip=f"Dim what does not belong to hazards with {name} impacts")
            for name in get_args(ImpactDimension)
        ),
        Action("risk.lens_colours", "Colour by impact dimension", lambda wb: wb.risk.look_at_dimensions(), _LENS, 3,
               "", (), _any_hazard, checked_when=_coloured,
               tip="Tag and colour elements by the dimensions of their hazards; those without one are dimmed"),
        Action("risk.lens_selection", "Selected hazards", lambda wb: wb.risk.look_at_selection(), _LENS, 3, "filter",
               (), _selected_hazard, tip="Dim what does not belong to the selected hazards"),
        Action("risk.group", "Group outline by impact dimension", _group, _LENS, 4, "group", ("Ctrl+Shift+O",),
               _any_hazard, checked_when=lambda wb: wb.session.grouped,
               tip="Hazards under each dimension they have impacts in, and those where nobody considered any"),
        Action("risk.scheme", "Risk scheme…", lambda wb: wb.risk.scheme(), _RISK, 1, "level", ("Ctrl+Alt+S",),
               writable, tip="Categories, levels and colours the project rates by"),
        Action("risk.accept", "Accept residual risk…", lambda wb: wb.risk.accept(), _RISK, 2, "check", (), _rateable,
               tip="Record who accepted it, with which authority and until when",
               contexts=frozenset({"node"})),
        Action("risk.withdraw", "Withdraw acceptance", lambda wb: wb.risk.withdraw(), _RISK, 2, "", (), _accepted,
               tip="Remove the newest acceptance of the residual risk"),
        Action("risk.export", "Export risk matrix…", lambda wb: wb.risk.export(), _RISK, 3, "export", (), _any_scheme,
               tip="The matrix with its hazards and legend as PNG, SVG or PDF"),
    )  # fmt: skip
