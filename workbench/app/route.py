"""The route of one window, as actions see it: its dock, and stops made of what is seen or of what there is.

Loaded when first asked for.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from PySide6.QtWidgets import QInputDialog

from workbench.actions.route_port import MadeOf
from workbench.analysis.change_rows import Changes
from workbench.analysis.stops import shown_at
from workbench.app.asking import FileAsking
from workbench.app.documents import FILTER as PROJECTS
from workbench.app.ports import Frame
from workbench.app.stop_pictures import StopPictures
from workbench.commands import stops, stops_from
from workbench.commands.errors import CommandError
from workbench.commands.names import describe
from workbench.files.errors import ProjectFileError
from workbench.files.project import load_project
from workbench.files.revisions import Revision, Revisions
from workbench.model.drawing import Diagram
from workbench.model.elements import Hazard
from workbench.model.review import Camera, Stop
from workbench.model.runs import Evidence
from workbench.panels.messages import show_error
from workbench.panels.progress import work_beside
from workbench.panels.stops_panel import StopsPanel
from workbench.render.framing import asked_for, widened
from workbench.render.lighting import lit_on, lit_rect
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.app.capability import Capability
    from workbench.app.docks import Docks
    from workbench.app.findings import Findings
    from workbench.app.menus import Menus
    from workbench.app.place import Place
    from workbench.canvas.view import DiagramView
    from workbench.model.base import Record

_LARGEST: Final = 2.0
"""Zoom factor up to which a stop is shown on the canvas."""


class Parts(Frame, Protocol):
    """The window's own parts that the route works on."""

    capability: "Capability"
    docks: "Docks"
    findings: "Findings"
    menus: "Menus"
    place: "Place"
    view: "DiagramView"

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""

    def refresh_actions(self) -> None:
        """Enable and check the actions anew, soon."""


class Route:
    """What the ``RouteWork`` port of the actions is, for one window."""

    def __init__(self, frame: Frame, parts: Parts, asking: FileAsking) -> None:
        """Speak for one window, whose dock comes when it is first seen."""
        self._frame = frame
        self._parts = parts
        self._asking = asking
        self._panel: StopsPanel | None = None
        self._pictures: StopPictures | None = None

    def close_down(self) -> None:
        """The window closes."""
        if self._pictures is not None:
            self._pictures.stop()

    def make_panel(self) -> StopsPanel:
        """What stands in the dock."""
        panel = self._panel = StopsPanel(self._frame.session)
        pictures = self._pictures = StopPictures(self._frame.session, panel)
        panel.list.picture = lambda stop: pictures.get(stop, panel.devicePixelRatioF())
        panel.list.stops.overview = pictures.overview
        panel.list.menu = lambda parent: self._parts.menus.context_menu(parent, "stop")
        pictures.ready.connect(panel.list.viewport().update)
        panel.make_asked.connect(lambda at: self._parts.menus.context_menu(panel, "make stops").popup(at))
        panel.do.connect(self._do)
        panel.chosen_changed.connect(self._parts.refresh_actions)
        return panel

    def _do(self, id: str) -> None:
        self._parts.menus.refresh()  # what is chosen decides what can be done
        self._parts.run_action(id)

    @property
    def chosen(self) -> list[str]:
        """Ids of the stops chosen in the dock."""
        return self._panel.chosen() if self._panel is not None else []

    # making

    def add(self) -> None:
        """Make a stop of what is seen now, behind the one chosen."""
        view = self._seen()
        if view is None:
            return
        ids = self._frame.session.selection
        title = describe(self._frame.session.store, ids[0]) if len(ids) == 1 else ""
        self._change("Add stop", lambda tx: [stops.from_view(tx, view, title=title, after=self._last())])

    def make(self, of: MadeOf) -> None:
        """Make a stop of each of something."""
        session, after = self._frame.session, self._last()
        hazards = [id for id in session.selection if session.store.find(id, Hazard) is not None] or None
        diagram = session.diagram or ""

        def made(tx: Transaction) -> list[str]:
            if of == "hazards":
                return stops_from.from_hazards(tx, hazards, after)
            if of == "pathways":
                return stops_from.from_pathways(tx, diagram, after)
            if of == "findings":
                return stops_from.from_findings(tx, self._parts.findings.all(), after)
            if of == "claims":
                return stops_from.from_claims(tx, self._claims(), after)
            if of == "log":
                return stops_from.from_log(tx, hazards, after)
            return stops_from.from_grids(tx, after) if of == "grids" else stops_from.from_matrix(tx, after)

        self._change("Make stops", made)

    def _claims(self) -> list[str] | None:
        """The claims on what is selected; None: all, where there are none on that."""
        session = self._frame.session
        found = [one.id for id in session.selection for one in session.store.referrers(id, Evidence, "subject")]
        return found or None

    def make_of_changes(self, since: Literal["revision", "file"]) -> None:
        """Ask since when, and make a stop of each change."""
        if since == "file":
            file = self._asking.open("project", "What changed since", PROJECTS)
            if file is not None:
                self._present_changes(lambda: load_project(file).store.records, file.name)
            return
        path = self._frame.session.path
        revision = self._ask_revision(path) if path is not None else None
        if path is not None and revision is not None:
            kept = Revisions(path)
            self._present_changes(lambda: kept.load(revision).store.records, f"revision {revision.number}")

    def _ask_revision(self, path: Path) -> Revision | None:
        try:
            found = Revisions(path).all()
        except ProjectFileError as problem:
            show_error(self._frame.widget, "No stops made", str(problem))
            return None
        if not found:
            self._frame.session.notice.emit("There is no revision yet; save one first.")
            return None
        names = {_named(one): one for one in found}
        title, label = "What changed since", "Present what changed since this revision"
        chosen, accepted = QInputDialog.getItem(self._frame.widget, title, label, list(names), 0, False)
        return names.get(chosen) if accepted else None

    def _present_changes(self, load: "Callable[[], Mapping[str, Record]]", since: str) -> None:
        after, present = self._last(), self._frame.session.store.snapshot()

        def work(_unwanted: object) -> Changes:
            return Changes(load(), present)

        text = f"Comparing {since} with the document."
        try:
            changes, wanted = work_beside(work, title="What changed", text=text, parent=self._frame.widget)
        except ProjectFileError as problem:
            show_error(self._frame.widget, "No stops made", str(problem))
            return
        if changes is not None and wanted:
            self._change("Make stops", lambda tx: stops_from.from_changes(tx, changes, since, after))

    # using

    def go(self) -> None:
        """Show the stop chosen on the canvas, or its card where such things are shown."""
        store = self._frame.session.store
        stop = store.find(self.chosen[0], Stop) if self.chosen else None
        if stop is None:
            return
        shown, docks = shown_at(store, stop), self._parts.docks
        if shown.shows == "diagram":
            self._show_on_canvas(stop, shown.id)
        elif shown.shows == "evidence":
            docks.show("evidence")
            docks.contents.evidence.show_claim(shown.id)
        elif shown.shows == "capability":
            if not self._parts.capability.shown:
                self._parts.capability.toggle()
        else:
            docks.show("risk" if shown.shows == "matrix" else "log")

    def _show_on_canvas(self, stop: Stop, diagram: str) -> None:
        view, session = self._parts.view, self._frame.session
        self._parts.place.show_diagram()
        session.set_diagram(diagram)
        session.select(())
        view.flush()
        view.set_levels(stop.levels)
        picture = view.scene.picture
        lit = lit_on(picture, stop.highlighted)
        port = view.viewport()
        wanted = lit_rect(picture, lit) or view.scene.bounds()
        if stop.camera is not None:
            wanted = widened(asked_for(stop.camera, port.width(), port.height()), picture, lit)
        if wanted is not None:
            view.show_rect(wanted, largest=_LARGEST)
        view.light(stop.highlighted if lit else ())
        view.setFocus()

    def update(self) -> None:
        """Let the stop chosen show what is seen now."""
        view, chosen = self._seen(), self.chosen
        if view is not None and chosen:
            self._change(
                "Update stop",
                lambda tx: stops.update_from_view(tx, chosen[0], view),
                said="The stop shows this view now.",
            )

    def duplicate(self) -> None:
        """Copy the stops chosen."""
        chosen = self.chosen
        self._change(_of("Duplicate", len(chosen)), lambda tx: stops.duplicate(tx, chosen))

    def remove(self) -> None:
        """Take the stops chosen out of the route."""
        chosen = self.chosen
        said = "Stop taken out of the route." if len(chosen) == 1 else f"{len(chosen)} stops taken out of the route."
        self._change(_of("Delete", len(chosen)), lambda tx: stops.remove(tx, chosen), said=said)

    # helpers

    def _seen(self) -> stops.View | None:
        """What the canvas shows now; what is lit counts as meant where nothing is selected."""
        session, view = self._frame.session, self._parts.view
        if session.store.find(session.diagram, Diagram) is None:
            return None
        self._frame.commit_edits()
        view.flush()
        meant = session.selection or tuple(sorted(view.lit))
        return stops.View(session.diagram or "", camera_of(view), view.levels, meant)

    def _last(self) -> str | None:
        chosen = self.chosen
        return chosen[-1] if chosen else None

    def _change(self, label: str, command: Callable[[Transaction], list[str] | None], *, said: str = "") -> None:
        """Do it as one undoable step; say what it noticed, else ``said``, or how many stops it made."""
        session = self._frame.session
        try:
            with session.store.transaction(label) as tx:
                made = command(tx)
                notices = tx.notices
        except (CommandError, ReadOnlyError) as problem:
            session.notice.emit(str(problem))
            return
        if made:
            self._parts.docks.show("route")
            if self._panel is not None:
                self._panel.choose(made)
            said = f"{len(made)} stops made." if len(made) > 1 else "Stop added to the route."
        if notices or said:
            session.notice.emit(" ".join(notices) or said)


def camera_of(view: "DiagramView") -> Camera | None:
    """What part of a diagram a view shows; None where that is all of it."""
    seen = view.seen_part()
    if seen is None:
        return None
    left, top, right, bottom = seen
    x, y, wide, high = (left + right) / 2, (top + bottom) / 2, max(right - left, 1.0), max(bottom - top, 1.0)
    return Camera(x=x, y=y, zoom=min(view.camera.zoom, 100.0), width=wide, height=high)


def _of(verb: str, count: int) -> str:
    return f"{verb} stop" if count == 1 else f"{verb} stops"


def _named(revision: Revision) -> str:
    """A revision in a list to choose from; its number tells it from all others."""
    words = " ".join((*revision.baselines, revision.message))
    return f"{revision.number}: {' '.join(words.split())[:80]}"
