"""Questions that decide whether an action can be done now."""

from collections.abc import Callable, Mapping
from typing import Final

from workbench.actions.workbench import Workbench
from workbench.analysis.addresses import any_address
from workbench.model.base import Record
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Element, Guard, Hazard, Link, TopEvent
from workbench.model.ids import derived_id
from workbench.session.session import Session


def writable(wb: Workbench) -> bool:
    """The document may be changed."""
    return not wb.session.store.read_only


def off_because(wb: Workbench, enabled_when: Callable[[Workbench], bool]) -> str:
    """Why the document may not be changed, where that alone keeps an action from being done; else empty."""
    store = wb.session.store
    why = store.read_only
    if not why or enabled_when(wb):
        return ""
    store.read_only = ""
    try:
        return why if enabled_when(wb) else ""
    finally:
        store.read_only = why


def on_diagram(wb: Workbench) -> bool:
    """A diagram is shown."""
    return wb.session.diagram is not None


def zoomable(wb: Workbench) -> bool:
    """A picture of a diagram is seen that can be zoomed."""
    return on_diagram(wb) and wb.canvas.zooms


def pointed(wb: Workbench) -> bool:
    """Something is selected, or ringed, in the picture that is seen."""
    return zoomable(wb) and wb.canvas.points


def why_not_zoomed(wb: Workbench) -> str:
    """Why nothing can be zoomed; empty where something can."""
    return "" if wb.canvas.zooms else "There is no diagram to be seen here; Esc leads back to it."


def editable(wb: Workbench) -> bool:
    """A diagram is shown and may be changed."""
    return on_diagram(wb) and writable(wb)


def has_selection(wb: Workbench) -> bool:
    """Something is selected."""
    return bool(wb.session.selection)


def can_delete(wb: Workbench) -> bool:
    """Something is selected and may be changed."""
    return has_selection(wb) and editable(wb)


def selected(wb: Workbench) -> list[Record]:
    """The records selected."""
    found = (wb.session.store.get(id) for id in wb.session.selection)
    return [record for record in found if record is not None]


def single(wb: Workbench) -> Record | None:
    """The one record selected; None where none or several are."""
    records = selected(wb)
    return records[0] if len(records) == 1 else None


def in_hand(session: Session) -> tuple[str, ...]:
    """Ids of what is selected, and of the claim or run the user is on."""
    return (*filter(None, (session.evidence,)), *session.selection)


def linked(wb: Workbench) -> bool:
    """What is selected, or the claim or run the user is on, names an address."""
    return any_address(wb.session.store, in_hand(wb.session))


def selected_line(wb: Workbench) -> str | None:
    """Id of the one line selected, or of the line under the one bar selected."""
    record = single(wb)
    if isinstance(record, Link):
        return record.id
    if isinstance(record, Guard):
        return record.subject
    return None


def line_selected(wb: Workbench) -> bool:
    """One line that may carry controls is selected."""
    line = wb.session.store.find(selected_line(wb), Link)
    return editable(wb) and line is not None and line.kind != "annotates"


def bendable(wb: Workbench) -> bool:
    """One line that may be bent by hand is selected: not the stem of a degradation factor."""
    line = wb.session.store.find(selected_line(wb), Link)
    return editable(wb) and line is not None and line.kind != "degrades"


def bent(wb: Workbench) -> bool:
    """One line that is bent by hand is selected."""
    route = wb.session.store.find(derived_id("route", wb.session.diagram or "", selected_line(wb) or ""), Route)
    return editable(wb) and route is not None and bool(route.points)


def title_selected(wb: Workbench) -> bool:
    """One thing with a title is selected."""
    return editable(wb) and isinstance(single(wb), Element | Guard)


def placed(wb: Workbench) -> list[Placement]:
    """Placements of the elements selected that stand free on the diagram shown."""
    diagram = wb.session.diagram
    if diagram is None:
        return []
    store = wb.session.store
    found = (store.find(derived_id("placement", diagram, id), Placement) for id in wb.session.selection)
    return [p for p in found if p is not None and p.hangs_on is None and p.station is None]


def several_placed(wb: Workbench) -> bool:
    """At least two elements are selected that can be lined up."""
    return editable(wb) and len(placed(wb)) > 1


def three_placed(wb: Workbench) -> bool:
    """At least three elements are selected whose gaps can be evened out."""
    return editable(wb) and len(placed(wb)) > 2


def plain_hazard(wb: Workbench) -> bool:
    """One hazard without a top event is selected."""
    record = single(wb)
    store = wb.session.store
    return editable(wb) and isinstance(record, Hazard) and not store.referrers(record.id, TopEvent, "hazard")


def owned_top_event(wb: Workbench) -> bool:
    """One top event that belongs to a hazard is selected."""
    record = single(wb)
    return editable(wb) and isinstance(record, TopEvent) and record.hazard is not None


def bar_selected(wb: Workbench) -> bool:
    """One control on a line is selected."""
    return editable(wb) and isinstance(single(wb), Guard)


def collapsible(wb: Workbench) -> bool:
    """One element that stands on the diagram is selected."""
    return editable(wb) and len(placed(wb)) == 1


def is_collapsed(wb: Workbench) -> bool:
    """The element selected is collapsed."""
    found = placed(wb)
    return len(found) == 1 and found[0].collapsed


def can_undo(wb: Workbench) -> bool:
    """There is a step to take back."""
    return wb.session.store.history.undo_label is not None and writable(wb)


def can_redo(wb: Workbench) -> bool:
    """There is a step to make again."""
    return wb.session.store.history.redo_label is not None and writable(wb)


_WANTED: Final[Mapping[Callable[[Workbench], bool], str]] = {
    on_diagram: "Show a diagram first.",
    zoomable: "Show a diagram first.",
    pointed: "Select something on the diagram first.",
    editable: "Show a diagram first.",
    has_selection: "Select something first.",
    can_delete: "Select something on the diagram first.",
    linked: "Select something whose texts name a web or mail address.",
    line_selected: "Select one line that may carry controls, or a control on it.",
    bendable: "Select one line, or a control on it.",
    bent: "Select one line that was bent by hand.",
    title_selected: "Select one element on the diagram.",
    several_placed: "Select two elements or more.",
    three_placed: "Select three elements or more.",
    plain_hazard: "Select one hazard without a top event.",
    owned_top_event: "Select one top event of a hazard.",
    bar_selected: "Select one control on a line.",
    collapsible: "Select one element on the diagram.",
    is_collapsed: "Select one element that is collapsed.",
    can_undo: "There is no step to take back.",
    can_redo: "There is no step to make again.",
}


def wanted_for(enabled_when: Callable[[Workbench], bool]) -> str:
    """What an action that is off wants, in a sentence, by what decides whether it is on."""
    return _WANTED.get(enabled_when, "It does not fit what is shown or selected.")
