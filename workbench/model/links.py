"""The one table of legal links. Tools, paste, import and merge all ask here."""

from typing import Final

from workbench.model.elements import LinkKind
from workbench.model.kinds import ELEMENT_KINDS, LABEL

_LEADS_TO: Final[dict[str, tuple[str, ...]]] = {
    "cause": ("cause", "gate", "hazard", "top_event"),
    "gate": ("gate", "cause", "hazard", "top_event"),
    "hazard": ("consequence",),
    "top_event": ("consequence", "top_event", "gate"),
}
_ANNOTATED: Final = tuple(kind for kind in ELEMENT_KINDS if kind != "note")

LEGAL: Final[dict[LinkKind, dict[str, tuple[str, ...]]]] = {
    "leads_to": _LEADS_TO,
    "degrades": {"degradation_factor": ("control", "guard")},
    "annotates": {"note": (*_ANNOTATED, "link", "guard")},
}
"""Target kinds by link kind and source kind. A hazard takes part only while it has no top event."""


def link_kind(source: str, target: str) -> LinkKind | None:
    """The kind of link legal from a record of kind ``source`` to one of kind ``target``, or None."""
    for kind, table in LEGAL.items():
        if target in table.get(source, ()):
            return kind
    return None


def targets_of(source: str) -> tuple[str, ...]:
    """Element kinds that a new link from ``source`` may lead to, in palette order."""
    allowed = {target for table in LEGAL.values() for target in table.get(source, ())}
    return tuple(kind for kind in ELEMENT_KINDS if kind in allowed)


def sources_of(target: str) -> tuple[str, ...]:
    """Element kinds that a new link to ``target`` may come from, in palette order."""
    return tuple(kind for kind in ELEMENT_KINDS if link_kind(kind, target) is not None)


def may_carry_guards(kind: LinkKind) -> bool:
    """Whether controls may stand on a link of this kind."""
    return kind in ("leads_to", "degrades")


def refusal(source: str, target: str) -> str:
    """One sentence that says why no link may run from kind ``source`` to kind ``target``."""
    ends = targets_of(source)
    name = LABEL.get(source, source)
    if source == "control":
        return "A control stands on a line; drop it on the line it guards."
    if not ends:
        return f"{name}: no link may start here."
    if source == "degradation_factor":
        return "A degradation factor acts on a control, nothing else."
    wanted = ", ".join(LABEL.get(kind, kind).lower() for kind in ends)
    return f"{name} cannot lead to {LABEL.get(target, target).lower()}; it may lead to: {wanted}."
