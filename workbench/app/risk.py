"""What actions ask about risk in one window: scheme, matrix figure, acceptance, lens. Dialogs load when used."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout

from workbench.app.asking import FileAsking
from workbench.app.attaching import now
from workbench.app.ports import Frame, Host
from workbench.app.steps import carry_out, write_out
from workbench.model.elements import Consequence, Hazard, ImpactDimension
from workbench.panels.messages import show_error
from workbench.session.session import Lens

if TYPE_CHECKING:
    from workbench.export.options import ExportOptions
    from workbench.panels.findings_panel import FindingsPanel
    from workbench.panels.inspector import Inspector
    from workbench.panels.lens_bar import LensBar
    from workbench.panels.risk_panel import RiskPanel


class Risk:
    """What the ``RiskWork`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame, asking: FileAsking, do: Callable[[str], None]) -> None:
        """Speak for one window.

        Args:
            host: the running program.
            frame: the window.
            asking: its file dialogs.
            do: does an action by its id.
        """
        self._host = host
        self._frame = frame
        self._asking = asking
        self._do = do
        self._panel: RiskPanel | None = None
        self._bar: LensBar | None = None
        self._column: QVBoxLayout | None = None
        frame.session.lens_changed.connect(self._on_lens)
        frame.session.signature = lambda: (host.settings.author, now())

    def settle_in(self, column: QVBoxLayout) -> None:
        """Learn where the legend of a lens goes: over the canvas."""
        self._column = column

    def wire(self, panel: "RiskPanel", inspector: "Inspector", findings: "FindingsPanel") -> None:
        """The docks have been made."""
        self._panel = panel
        panel.do.connect(self._do)
        inspector.action_requested.connect(self._do)
        findings.requested.connect(self._do)
        panel.filter_asked.connect(self._look_at)

    def close_down(self) -> None:
        """Stop following the session."""
        self._frame.session.lens_changed.disconnect(self._on_lens, missing_ok=True)

    # the lens

    def look(self, dimension: ImpactDimension) -> None:
        """Look at the diagram for one impact dimension."""
        self._frame.session.set_lens(Lens(f"{dimension.capitalize()} impacts", dimension))

    def look_at_dimensions(self) -> None:
        """Look at the diagram for all impact dimensions, told apart by colour."""
        self._frame.session.set_lens(Lens("Impact dimensions", coloured=True))

    def look_at_selection(self) -> None:
        """Look at the diagram for the hazards selected."""
        session = self._frame.session
        self._look_at([id for id in session.selection if isinstance(session.store.get(id), Hazard)])

    def _look_at(self, hazards: list[str]) -> None:
        """Look at the diagram for some hazards; for none, or for the same ones once more, at everything."""
        session = self._frame.session
        codes = [str(getattr(session.store.get(id), "code", "")) or "hazard" for id in hazards]
        title = ", ".join(codes[:6]) + (" …" if len(codes) > 6 else "")
        wanted = Lens(title, None, frozenset(hazards)) if hazards else None
        session.set_lens(wanted if wanted != session.lens else None)

    def _on_lens(self, lens: Lens | None) -> None:
        if lens is not None and self._bar is None and self._column is not None:
            from workbench.panels.lens_bar import LensBar

            self._bar = LensBar(self._frame.session)
            self._bar.closed.connect(lambda: self._frame.session.set_lens(None))
            self._column.insertWidget(1, self._bar)

    # scheme and acceptance

    def scheme(self) -> None:
        """Ask for the scheme the project rates by, and re-map the ratings in one step."""
        from workbench.commands.risk import set_scheme
        from workbench.panels.risk_scheme_dialog import SchemeAnswer, SchemeDialog

        session = self._frame.session
        answer: SchemeAnswer | None = SchemeDialog(session.store, self._frame.widget).show_modal()
        if answer is None:
            return
        carry_out(
            self._frame,
            f"Change risk scheme to “{answer.scheme.name}”",
            lambda tx: set_scheme(tx, answer.scheme, answer.severities, answer.frequencies),
        )

    def accept(self) -> None:
        """Ask who accepts the residual risk of what is selected; the acceptance in force, if any, is changed."""
        from workbench.analysis.risk import Ratings
        from workbench.analysis.risk_findings import acceptance_of
        from workbench.commands.names import describe
        from workbench.commands.risk import accept_risk
        from workbench.evidence.dates import newest_day
        from workbench.panels.risk_acceptance_dialog import AcceptanceDialog

        session = self._frame.session
        subject = session.primary or ""
        if not isinstance(session.store.get(subject), Hazard | Consequence):
            return
        ratings = Ratings(session.store)
        residual = ratings.of(subject, "residual")
        if residual is None or ratings.scheme is None:
            show_error(self._frame.widget, "Accept residual risk", "Rate the residual risk first; then accept it.")
            return
        stands = acceptance_of(session.store, subject, residual, newest_day(session.store))
        known = stands.record if not stands.rule else None  # one that ran out, or is of another level, stays on record
        dialog = AcceptanceDialog(
            describe(session.store, subject),
            [level.name for level in ratings.scheme.levels],
            residual.level,
            self._host.settings.author,
            now()[:10],
            self._frame.widget,
            known,
        )
        fields: dict[str, str] | None = dialog.show_modal()
        if fields is not None:
            record = known.id if known is not None else None
            carry_out(self._frame, "Accept residual risk", lambda tx: accept_risk(tx, subject, record=record, **fields))

    def withdraw(self) -> None:
        """Remove the newest acceptance of what is selected."""
        from workbench.analysis.risk_findings import acceptances
        from workbench.commands.risk import withdraw_acceptance

        given = acceptances(self._frame.session.store, self._frame.session.primary or "")
        if given:
            carry_out(self._frame, "Withdraw acceptance", lambda tx: withdraw_acceptance(tx, given[-1].id))

    # the figure

    def export(self) -> None:
        """Ask how and where to, and write the matrix as the dock shows it."""
        from workbench.export.risk_matrix import export_matrix, matrix_image
        from workbench.panels.export_dialog import ExportDialog

        session, widget = self._frame.session, self._frame.widget
        body = self._panel.body if self._panel is not None and self._panel.filled else None
        dimension = body.shown_dimension if body is not None else None
        shown = body.shown_phase if body is not None else "both"

        def preview(options: "ExportOptions") -> QImage:
            return matrix_image(session.store, dimension=dimension, shown=shown, options=options)

        asked = ExportDialog.ask(self._asking.folder("figure") / "Risk matrix.png", preview, widget, "Risk matrix")
        if asked is None:
            return
        path, options = asked
        self._asking.remember("figure", path)
        write_out(
            self._frame,
            path,
            lambda: export_matrix(session.store, path, dimension=dimension, shown=shown, options=options),
        )
