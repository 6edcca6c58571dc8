"""One window with one document: puts the parts together and lets actions reach them."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QImage
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from workbench.app.asking import FileAsking
from workbench.app.attaching import Attaching
from workbench.app.canvas_port import CanvasPort
from workbench.app.capability import Capability
from workbench.app.clipboard import SystemClipboard
from workbench.app.docks import Docks
from workbench.app.documents import Documents
from workbench.app.evidence_editing import EvidenceEditing
from workbench.app.exporting import Exporting
from workbench.app.findings import Findings
from workbench.app.log import Log
from workbench.app.menus import Menus
from workbench.app.odd import Odd
from workbench.app.place import Place
from workbench.app.ports import Host
from workbench.app.recent_menu import RecentMenu
from workbench.app.risk import Risk
from workbench.app.settings import Settings
from workbench.app.status import StatusBar
from workbench.app.tabs import DiagramTabs
from workbench.app.windows import Dialogs
from workbench.canvas.first_paint import FirstPaint
from workbench.canvas.view import DiagramView
from workbench.files.header import Header
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.runs import Evidence
from workbench.paths import resource
from workbench.session.session import Session
from workbench.tools.events import Hit

if TYPE_CHECKING:
    from workbench.app.dock_contents import DockContents
    from workbench.app.start_page import StartPage
    from workbench.panels.find_bar import FindBar

_WIDTH, _HEIGHT = 1600, 1000
_LAYOUT_MS = 50
"""Time for the docks to take the room they need."""


class MainWindow(QMainWindow):
    """The window of one document.

    Attributes:
        files, canvas, clipboard, evidence, windows: what actions ask of the window; see ``actions.workbench``.
    """

    def __init__(self, host: Host, session: Session, header: Header | None, content_hash: str | None) -> None:
        """Build the window around a document."""
        super().__init__()
        self._host = host
        self._session = session
        self._start: StartPage | None = None
        self._find_bar: FindBar | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self.view = DiagramView(session, host.theme_name, self)
        self.canvas = CanvasPort(self.view)
        self.clipboard = SystemClipboard(self._image, self._svg, session.notice.emit)
        asking = FileAsking(host, self)
        self.attaching = Attaching(host, self, asking)
        self.evidence = EvidenceEditing(host, self, self.attaching)
        self.capability = Capability(self, self, self.attaching, asking)
        self.odd = Odd(host, self, self, asking)
        self.findings = Findings(host, self, self.view.findings)
        self.log = Log(self, asking)
        self.risk = Risk(host, self, asking, self.run_action)
        self.exporting = Exporting(self, asking)
        self.status = StatusBar(session, self)
        self.windows = Dialogs(host, self, self, self._show_start_page)
        self.files = Documents(
            host,
            self,
            header,
            content_hash,
            asking=asking,
            welcome=self.windows.welcome,
            export=self.exporting.show_dialog,
            attach=self.attaching.ask_for_file,
            saved=self.status.saved,
        )
        self._build_centre()
        self.setStatusBar(self.status)
        self.menus = Menus(self, self, self.view)
        self.menus.insert_after("file.open", RecentMenu(host, self))
        self._build_toolbar()
        self.docks = Docks(self, session, self._wire_docks)
        self.evidence.dock.show_dock = lambda: self.docks.show("evidence")
        self.findings.show_dock = lambda: self.docks.show("findings")
        self._wire()
        self.take_settings(host.settings)
        self._restore(host.settings)
        self._show_title()
        FirstPaint(self.view.viewport(), self._surround)

    # building

    def _build_centre(self) -> None:
        self.tabs = DiagramTabs(self._session)
        page = QWidget()
        column = self._column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.view, 1)
        self.place = Place(self, column, self.view, self.tabs)
        self.place.add(self.capability, self)
        self.place.add(self.odd, self)
        self.risk.settle_in(column)
        self.centre = QStackedWidget()
        self.centre.addWidget(page)
        self.setCentralWidget(self.centre)

    def _build_toolbar(self) -> None:
        bar = QToolBar("Toolbar", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.menus.fill_toolbar(bar)
        self.windows.add_search_box(bar)
        self.addToolBar(bar)

    def _wire(self) -> None:
        session = self._session
        self.view.zoom_changed.connect(self.status.show_zoom)
        self.view.context_menu_requested.connect(self._context_menu)
        self.view.files_dropped.connect(self._files_dropped)
        self.view.evidence_dropped.connect(self._evidence_dropped)
        self.status.zoom.clicked.connect(lambda: self.view.set_zoom(1.0))
        self.status.show_zoom(self.view.zoom)
        self.view.tool_changed.connect(self._on_tool)
        self.view.badge_activated.connect(self._show_claims_on)
        self.view.findings_activated.connect(self.findings.show_on)
        self.tabs.new_requested.connect(self.windows.new_diagram)
        self.tabs.rename_requested.connect(self.windows.rename_diagram)
        self.tabs.menu_requested.connect(self._tab_menu)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(0)
        self._refresh.timeout.connect(self.menus.refresh)
        session.modified_changed.connect(self._on_state)
        session.path_changed.connect(self._on_state)
        session.selection_changed.connect(self._on_later)
        session.diagram_changed.connect(self._on_later)
        session.store.changed.connect(self._on_change)
        self.menus.refresh()

    def _wire_docks(self, contents: "DockContents") -> None:
        contents.inspector.attach_requested.connect(self.attaching.ask_for_file_on)
        contents.inspector.claim_opened.connect(contents.evidence.show_claim)
        contents.inspector.evidence_requested.connect(self.evidence.do)
        contents.evidence.add_requested.connect(self.attaching.ask_for_file)
        self.evidence.dock.wire(contents.evidence, self.menus)
        self.findings.wire(contents.findings)
        contents.log_made = self.log.wire
        self.risk.wire(contents.risk, contents.inspector)
        contents.outline.delete_requested.connect(self._delete_from_outline)
        contents.palette.armed.connect(self.view.arm)
        contents.palette.placed.connect(self.canvas.create)

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""
        self.menus.by_id[id].trigger()

    def action(self, id: str) -> QAction:
        """The Qt side of an action."""
        return self.menus.by_id[id]

    # what actions ask

    @property
    def find_bar(self) -> "FindBar":
        """The bar over the canvas that finds text; made when first asked for."""
        if self._find_bar is None:
            from workbench.panels.find_bar import FindBar

            self._find_bar = FindBar(self._session)
            self._find_bar.hide()
            self._find_bar.closed.connect(self.view.setFocus)
            self._column.insertWidget(1, self._find_bar)
        return self._find_bar

    @property
    def session(self) -> Session:
        """The document and the user's place in it."""
        return self._session

    @property
    def widget(self) -> QWidget:
        """The window itself, as the parent of dialogs."""
        return self

    def arrange(self) -> None:
        """Arrange the current diagram in one undoable step, found beside the window."""
        from workbench.app.arranging import arrange_diagram

        self.canvas.cancel()
        if arrange_diagram(self._session, self.view, self):
            self.view.sync.flush()  # the camera goes by what is drawn
            self.view.fit()

    def paste_point(self) -> tuple[float, float]:
        """Where on the diagram a paste should be centred (scene units)."""
        return self.view.scene_position_for_paste()

    def commit_edits(self) -> None:
        """Let a text being typed become part of the document."""
        self.view.titles.commit()
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit) and self.isAncestorOf(focus):
            focus.clearFocus()

    # the document

    def document_name(self) -> str:
        """What the document is called in sentences: its file's name, else its title."""
        if self._session.path is not None:
            return self._session.path.name
        project = self._session.store.find(PROJECT_ID, Project)
        return (project.title if project else "") or "Untitled"

    def is_pristine(self) -> bool:
        """Whether nothing was ever done in this window."""
        session = self._session
        return session.path is None and not session.modified and not session.store.history.done

    def _show_title(self) -> None:
        read_only = " – read-only" if self._session.store.read_only else ""
        self.setWindowTitle(f"{self.document_name()}[*]{read_only}")
        self.setWindowModified(self._session.modified)
        if self._session.path is not None:
            self.setWindowFilePath(str(self._session.path))

    def _on_state(self, _: object) -> None:
        self._show_title()
        self._refresh.start()

    def _on_tool(self, tool: str) -> None:
        if tool != "place" and self.docks.filled:
            self.docks.contents.palette.disarm()
        self._refresh.start()

    def _on_later(self, _: object) -> None:
        self._leave_start_page()
        self._refresh.start()

    def _on_change(self, _: object) -> None:
        self._leave_start_page()
        self._refresh.start()

    # settings and looks

    def take_settings(self, settings: Settings) -> None:
        """Follow changed preferences."""
        self.view.swap_wheel = settings.wheel_zooms
        self.view.motion = not settings.reduced_motion
        self.findings.take_settings()

    def set_theme(self, name: Literal["light", "dark"]) -> None:
        """Dress the canvas in another theme; the rest follows the application's palette."""
        self.view.set_theme(name)

    def settle(self) -> None:
        """Once the window has its size: show the whole diagram and let the keyboard work on it."""
        self.view.fit_at_once()
        if self._start is None:
            self.view.setFocus()
        else:
            self._start.take_focus()

    def _surround(self) -> None:
        """Fill what stands around the diagram; it is shown whole again in the room that is left to it."""
        before = self.view.camera.pose
        self.docks.fill()

        def fit_again() -> None:
            if self.view.camera.pose == before:  # nobody has looked elsewhere meanwhile
                self.view.fit_at_once()

        QTimer.singleShot(_LAYOUT_MS, self, fit_again)

    def _restore(self, settings: Settings) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        if room.width() <= _WIDTH or room.height() <= _HEIGHT:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore")))
        if settings.layout:
            self.restoreState(QByteArray.fromBase64(settings.layout.encode("ascii", "ignore")))
            self.docks.lower_if_empty()

    # menus

    def _context_menu(self, at: QPoint, hit: Hit | None) -> None:
        context = "canvas" if hit is None else {"node": "node", "bar": "bar", "link": "line"}.get(hit.part, "canvas")
        self.menus.context_menu(self, context).popup(at)

    def _tab_menu(self, at: QPoint) -> None:
        self.menus.menu("Diagram").popup(at)

    def _files_dropped(self, paths: list[Path], subject: str | None) -> None:
        projects = [path for path in paths if path.name.endswith(".hazard.json")]
        for path in projects:
            self._host.open(path, self)
        runs = [path for path in paths if path not in projects]
        if runs:
            QTimer.singleShot(0, self, lambda: self.attaching.attach_files(runs, subject))

    def _evidence_dropped(self, ids: list[str], subject: str) -> None:
        QTimer.singleShot(0, self, lambda: self.evidence.dock.attach_to(ids, subject))  # the drag ends first

    def _show_claims_on(self, subject: str) -> None:
        self._session.select([subject])
        self.docks.show("evidence")
        claims = self._session.store.referrers(subject, Evidence, "subject")
        if claims:
            self.docks.contents.evidence.show_claim(claims[0].id)

    def _delete_from_outline(self, ids: tuple[str, ...]) -> None:
        self._session.select(ids)
        self.run_action("edit.delete_everywhere")

    # the start page

    def _show_start_page(self) -> None:
        from workbench.app.start_page import StartPage

        self.canvas.cancel()
        self.commit_edits()
        self._leave_start_page()
        empty = self.is_pristine() and not self._session.store.count("placement")
        self._start = StartPage(self._host, self, self.files.open, "" if empty else self.document_name())
        self._start.left.connect(self._leave_start_page)
        self.centre.addWidget(self._start)
        self.centre.setCurrentWidget(self._start)
        self._start.take_focus()

    def _leave_start_page(self) -> None:
        """Back to the document: asked for, or because something is done in it."""
        page, self._start = self._start, None
        if page is None:
            return
        self.centre.removeWidget(page)
        page.deleteLater()
        if self.isVisible():
            self.view.setFocus()

    # images

    def _image(self) -> QImage:
        return self.exporting.image()

    def _svg(self) -> bytes:
        return self.exporting.svg()

    # the end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, remember the window's place, and stop following the document."""
        self.canvas.cancel()
        self.commit_edits()
        if not self.files.may_close():
            event.ignore()
            return
        self._remember_place()
        self._session.store.changed.disconnect(self._on_change, missing_ok=True)
        self._session.selection_changed.disconnect(self._on_later, missing_ok=True)
        self._session.diagram_changed.disconnect(self._on_later, missing_ok=True)
        self._session.modified_changed.disconnect(self._on_state, missing_ok=True)
        self._session.path_changed.disconnect(self._on_state, missing_ok=True)
        self.view.dispose()
        self.tabs.close_down()
        self.place.close_down()
        self.risk.close_down()
        self.status.close_down()
        self._session.close()
        self._host.forget(self)
        super().closeEvent(event)

    def _remember_place(self) -> None:
        self._host.change_settings(
            replace(
                self._host.settings,
                geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
                layout=bytes(self.saveState().toBase64().data()).decode("ascii"),
                evidence=self.evidence.dock.state(),
            )
        )
