"""What the parts of one window tell each other: what is dropped, clicked or chosen in one is done by another."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from workbench.app.ports import Frame, Host
from workbench.model.base import record_type
from workbench.tools.events import Hit

if TYPE_CHECKING:
    from workbench.app.attaching import Attaching
    from workbench.app.canvas_port import CanvasPort
    from workbench.app.dock_contents import DockContents
    from workbench.app.docks import Docks
    from workbench.app.evidence_editing import EvidenceEditing
    from workbench.app.findings import Findings
    from workbench.app.log import Log
    from workbench.app.meeting import Meetings
    from workbench.app.menus import Menus
    from workbench.app.place import Place
    from workbench.app.revisions import RevisionWork
    from workbench.app.risk import Risk
    from workbench.app.route import Route
    from workbench.app.status import StatusBar
    from workbench.app.tabs import DiagramTabs
    from workbench.app.windows import Dialogs
    from workbench.canvas.camera_view import CameraView
    from workbench.canvas.view import DiagramView
    from workbench.panels.log_panel import LogPanel

_CONTEXTS = {"node": "node", "bar": "bar", "link": "line"}
"""Context menus by the part of the picture under the pointer."""

_CONTEXT_OF = {"guard": "bar", "control": "bar", "link": "line"}
"""The same by type of record; elements that are nodes are not named."""


class Parts(Protocol):
    """The parts of one window."""

    attaching: "Attaching"
    canvas: "CanvasPort"
    docks: "Docks"
    evidence: "EvidenceEditing"
    findings: "Findings"
    log: "Log"
    meeting: "Meetings"
    menus: "Menus"
    place: "Place"
    risk: "Risk"
    status: "StatusBar"
    tabs: "DiagramTabs"
    view: "DiagramView"
    windows: "Dialogs"

    @property
    def revisions(self) -> "RevisionWork":
        """The revisions of the project."""

    @property
    def route(self) -> "Route":
        """The route of a presentation."""

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""

    def refresh_actions(self) -> None:
        """Enable and check the actions anew, soon."""


class Wiring:
    """Connects the parts of one window."""

    def __init__(self, host: Host, frame: Frame, parts: Parts) -> None:
        """Connect what is there from the beginning; the docks come later."""
        self._host = host
        self._frame = frame
        self._parts = parts
        self._seen = (True, False)
        view, tabs, status = parts.view, parts.tabs, parts.status
        parts.place.on_picture = self._on_picture
        view.context_menu_requested.connect(self._context_menu)
        view.files_dropped.connect(self._files_dropped)
        view.evidence_dropped.connect(self._evidence_dropped)
        view.badge_activated.connect(self._show_claims_on)
        view.findings_activated.connect(parts.findings.show_on)
        view.review_activated.connect(parts.meeting.show_pinned)
        view.levels_changed.connect(status.show_levels)
        status.everything.connect(lambda: view.set_levels(5))
        status.zoom.clicked.connect(lambda: parts.canvas.set_zoom(1.0))
        status.show_zoom(view.zoom)
        tabs.new_requested.connect(parts.windows.new_diagram)
        tabs.rename_requested.connect(parts.windows.rename_diagram)
        tabs.menu_requested.connect(self._tab_menu)

    def wire_docks(self, contents: "DockContents") -> None:
        """The docks have been filled."""
        parts = self._parts
        contents.inspector.attach_requested.connect(parts.attaching.ask_for_file_on)
        contents.inspector.claim_opened.connect(contents.evidence.show_claim)
        contents.inspector.evidence_requested.connect(parts.evidence.do)
        contents.evidence.add_requested.connect(parts.attaching.ask_for_file)
        parts.evidence.dock.wire(contents.evidence, parts.menus)
        parts.findings.wire(contents.findings)
        contents.log_made = self._wire_log
        contents.make_revisions = lambda: parts.revisions.make_panel()  # noqa: PLW0108 - loads them, then only
        contents.make_route = lambda: parts.route.make_panel()  # noqa: PLW0108 - as above
        contents.review_made = parts.meeting.wire
        parts.meeting.begin()
        parts.risk.wire(contents.risk, contents.inspector, contents.findings)
        contents.outline.delete_requested.connect(self._delete_from_outline)
        contents.outline.menu_asked.connect(self._selection_menu)
        contents.palette.armed.connect(self._arm)
        contents.palette.placed.connect(self._create)

    def _on_picture(self, picture: "CameraView | None") -> None:
        self._parts.status.show_zoom(None if picture is None else picture.zoom)
        canvas = self._parts.canvas
        if self._seen != (canvas.zooms, canvas.points):  # not at every step of a zoom
            self._seen = canvas.zooms, canvas.points
            self._parts.refresh_actions()

    def _arm(self, kind: str) -> None:
        self._parts.place.show_diagram()  # that is where it will be put
        self._parts.view.arm(kind)

    def _create(self, kind: str) -> None:
        self._parts.place.show_diagram()
        self._parts.canvas.create(kind)

    def _context_menu(self, at: QPoint, hit: Hit | None) -> None:
        context = "canvas" if hit is None else _CONTEXTS.get(hit.part, "canvas")
        self._parts.menus.context_menu(self._window, context).popup(at)

    def _wire_log(self, panel: "LogPanel") -> None:
        self._parts.log.wire(panel)
        panel.table.menu_asked.connect(self._selection_menu)

    def _selection_menu(self, at: QPoint) -> None:
        """The menu of what is selected, for the lists that show it."""
        session = self._frame.session
        record = session.store.get(session.primary or "")
        if record is None:
            return
        context = _CONTEXT_OF.get(record_type(record), "node")
        self._parts.menus.context_menu(self._window, context).popup(at)

    def _tab_menu(self, at: QPoint) -> None:
        self._parts.menus.menu("Diagram").popup(at)

    def _files_dropped(self, paths: list[Path], subject: str | None) -> None:
        projects = [path for path in paths if path.name.endswith(".hazard.json")]
        for path in projects:
            self._host.open(path, self._window)
        runs = [path for path in paths if path not in projects]
        if runs:
            QTimer.singleShot(0, self._window, lambda: self._parts.attaching.attach_files(runs, subject))

    def _evidence_dropped(self, ids: list[str], subject: str) -> None:
        # the drag ends first
        QTimer.singleShot(0, self._window, lambda: self._parts.evidence.dock.attach_to(ids, subject))

    def _show_claims_on(self, subject: str) -> None:
        docks = self._parts.docks
        self._frame.session.select([subject])
        docks.show("evidence")
        docks.contents.evidence.show_claims_on(subject)

    def _delete_from_outline(self, ids: tuple[str, ...]) -> None:
        self._frame.session.select(ids)
        self._parts.run_action("edit.delete_everywhere")

    @property
    def _window(self) -> QWidget:
        return self._frame.widget
