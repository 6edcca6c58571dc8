"""One window with one document: puts the parts together and lets actions reach them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QImage
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from workbench.app.asking import FileAsking
from workbench.app.attaching import Attaching
from workbench.app.canvas_port import CanvasPort
from workbench.app.capability import Capability
from workbench.app.centre import Centre
from workbench.app.clipboard import SystemClipboard
from workbench.app.docks import Docks
from workbench.app.document_state import DocumentState
from workbench.app.documents import Documents
from workbench.app.evidence_editing import EvidenceEditing
from workbench.app.exporting import Exporting
from workbench.app.findings import Findings
from workbench.app.log import Log
from workbench.app.meeting import Meetings
from workbench.app.menus import Menus
from workbench.app.merging import Merging
from workbench.app.odd import Odd
from workbench.app.place import Place
from workbench.app.ports import Host
from workbench.app.presents import Presents
from workbench.app.recent_menu import RecentMenu
from workbench.app.risk import Risk
from workbench.app.safekeeping import Safekeeping
from workbench.app.settings import Settings
from workbench.app.sharing import Sharing
from workbench.app.status import StatusBar
from workbench.app.tabs import DiagramTabs
from workbench.app.windows import Dialogs
from workbench.app.wiring import Wiring
from workbench.canvas.first_paint import FirstPaint
from workbench.canvas.view import DiagramView
from workbench.files.header import Header
from workbench.paths import resource
from workbench.session.session import Session

if TYPE_CHECKING:
    from workbench.app.revisions import RevisionWork
    from workbench.files.recovery import Recovered
    from workbench.panels.find_bar import FindBar

_WIDTH, _HEIGHT = 1600, 1000
_LAYOUT_MS = 50
"""Time for the docks to take the room they need."""


class MainWindow(Presents, QMainWindow):
    """The window of one document.

    Attributes:
        files, canvas, clipboard, evidence, windows: what actions ask of the window; see ``actions.workbench``.
    """

    def __init__(
        self,
        host: Host,
        session: Session,
        header: Header | None,
        content_hash: str | None,
        recovered: "Recovered | None" = None,
    ) -> None:
        """Build the window around a document, which may have been brought back after a crash."""
        super().__init__()
        self._host = host
        self._session = session
        self._closed = False
        self._find_bar: FindBar | None = None
        self._revisions: RevisionWork | None = None
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
        self.merging = Merging(host, self, self, asking)
        self.findings = Findings(host, self, self.view.findings)
        self.log = Log(host, self, asking)
        self.meeting = Meetings(host, self, self, asking)
        self.risk = Risk(host, self, asking, self.run_action)
        self.exporting = Exporting(host, self, asking, self.canvas.seen_part)
        self._asking = asking
        self.state = DocumentState(session, recovered=recovered is not None)
        self.status = StatusBar(session, self.state, self)
        self.safekeeping = Safekeeping(session, header, content_hash, self.status.warn, recovered)
        self.sharing = Sharing(host, self, self.state.changed.emit, lambda: host.leave(self))
        self.windows = Dialogs(host, self, self, self._show_start_page)
        self.files = Documents(
            host,
            self,
            header,
            content_hash,
            state=self.state,
            asking=asking,
            welcome=self.windows.welcome,
            export=self.exporting.show_dialog,
            report=self._export_report,
            printing=self._print,
            attach=self.attaching.ask_for_file,
            saved=self.status.saved,
            safekeeping=self.safekeeping,
            sharing=self.sharing,
            put_bar=lambda bar: self._column.insertWidget(0, bar),
        )
        self.files.outside.review = self.merging.review
        if recovered is not None:
            self.files.base = recovered.last
        self._build_centre()
        self.setStatusBar(self.status)
        self.menus = Menus(self, self, self.view)
        self.menus.insert_after("file.open", lambda: RecentMenu(host, self))
        self._build_toolbar()
        wiring = Wiring(host, self, self)
        self.docks = Docks(self, session, wiring.wire_docks)
        self.evidence.dock.show_dock = lambda: self.docks.show("evidence")
        self.findings.show_dock = lambda: self.docks.show("findings")
        self._follow()
        self.take_settings(host.settings)
        self._restore(host.settings)
        self.state.show_in(self)
        self.surrounded = QTimer(self, singleShot=True, interval=_LAYOUT_MS)
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
        self.canvas.seen = lambda: self.place.picture
        self.place.add(self.capability, self)
        self.place.add(self.odd, self)
        self.risk.settle_in(column)
        self.meeting.settle_in(column)
        self.centre = Centre(self._host, self, self, page)
        self.setCentralWidget(self.centre)

    def _build_toolbar(self) -> None:
        bar = QToolBar("Toolbar", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.menus.fill_toolbar(bar)
        self.windows.add_search_box(bar)
        self.addToolBar(bar)

    def _follow(self) -> None:
        session = self._session
        self.view.tool_changed.connect(self._on_tool)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(0)
        self._refresh.timeout.connect(self.menus.refresh)
        self.state.changed.connect(self._on_state)
        session.selection_changed.connect(self._on_later)
        session.diagram_changed.connect(self._on_later)
        session.store.changed.connect(self._on_change)
        self.menus.refresh()

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""
        self.menus.fill()
        self.menus.by_id[id].trigger()

    def action(self, id: str) -> QAction:
        """The Qt side of an action."""
        self.menus.fill()
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
    def revisions(self) -> "RevisionWork":
        """Revisions and comparison; loaded when first asked for."""
        if self._revisions is None:
            from workbench.app.revisions import RevisionWork

            self._revisions = RevisionWork(self._host, self, self, self._asking)
        return self._revisions

    @property
    def revisions_chosen(self) -> int:
        """How many revisions are chosen in the dock."""
        return len(self._revisions.chosen) if self._revisions is not None else 0

    @property
    def comparing(self) -> bool:
        """Whether a comparison stands in the place of the diagram."""
        return self._revisions is not None and self._revisions.comparing.shown

    def refresh_actions(self) -> None:
        """Enable and check the actions anew, soon."""
        self._refresh.start()

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
        return self.state.name

    def is_pristine(self) -> bool:
        """Whether nothing was ever done in this window."""
        return self.state.is_pristine()

    def _on_state(self) -> None:
        self.state.show_in(self)
        self._refresh.start()

    def _on_tool(self, tool: str) -> None:
        if tool != "place" and self.docks.filled:
            self.docks.contents.palette.disarm()
        self._refresh.start()

    def _on_later(self, _: object) -> None:
        self.centre.leave_start_page()
        self._refresh.start()

    def _on_change(self, _: object) -> None:
        self.centre.leave_start_page()
        self._refresh.start()

    # settings and looks

    def take_settings(self, settings: Settings) -> None:
        """Follow changed preferences."""
        self.view.swap_wheel = settings.wheel_zooms
        self.view.motion = not settings.reduced_motion
        self.findings.take_settings()
        self.meeting.lay_badges()
        if self._presenting is not None:
            self._presenting.take_settings(settings)

    def set_theme(self, name: Literal["light", "dark"]) -> None:
        """Dress the canvas in another theme; the rest follows the application's palette."""
        self.view.set_theme(name)

    def settle(self) -> None:
        """Once the window has its size: show the whole diagram and let the keyboard work on it."""
        self.view.fit_at_once()
        self.centre.take_focus()

    def _surround(self) -> None:
        """Fill what stands around the diagram; it is shown whole again in the room that is left to it."""
        if self._closed:  # before its first picture, and Qt has not come to deleting it
            return
        before = self.view.camera.pose, self.view.scene.bounds()
        self.menus.fill()
        self.safekeeping.begin()
        if not self.sharing.begin() or self._closed:
            return
        self.docks.fill()
        self.place.add(self.merging, self)
        self.state.tell()
        if self.state.recovered:
            self.files.outside.look()

        def fit_again() -> None:
            if (self.view.camera.pose, self.view.scene.bounds()) == before:  # nobody looked elsewhere or drew meanwhile
                self.view.fit_at_once()

        self.surrounded.timeout.connect(fit_again)
        self.surrounded.start()

    def _restore(self, settings: Settings) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        if room.width() <= _WIDTH or room.height() <= _HEIGHT:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore")))
        if settings.layout:
            self.restoreState(QByteArray.fromBase64(settings.layout.encode("ascii", "ignore")))
            self.docks.fit(settings.enlarged)

    def _show_start_page(self) -> None:
        self.canvas.cancel()
        self.centre.show_start_page()

    # images

    def _image(self) -> QImage:
        return self.exporting.image()

    def _svg(self) -> bytes:
        return self.exporting.svg()

    def _print(self) -> None:
        from workbench.app.printing import Printing

        Printing(self).ask()

    def _export_report(self) -> None:
        from workbench.app.reporting import Reporting

        Reporting(self, self._asking).export()

    # the end

    def changeEvent(self, event: QEvent) -> None:
        """Somebody may have protected the file while another window was in front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.state.look_again()
            if self.docks.filled:
                self.files.outside.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, remember the window's place, and stop following the document."""
        self.stop_presenting()
        self.canvas.cancel()
        self.commit_edits()
        if not self.files.may_close():
            event.ignore()
            return
        self._closed = True
        self._remember_place()
        self._session.store.changed.disconnect(self._on_change, missing_ok=True)
        self._session.selection_changed.disconnect(self._on_later, missing_ok=True)
        self._session.diagram_changed.disconnect(self._on_later, missing_ok=True)
        self.view.dispose()
        self.tabs.close_down()
        self.place.close_down()
        self.risk.close_down()
        self.meeting.close_down()
        if self._revisions is not None:
            self._revisions.close_down()
        self.status.close_down()
        self.state.close_down()
        self._session.close()
        self.files.outside.close_down()
        self._host.part_with(self.safekeeping.close(), self.document_name())
        self.sharing.release()
        self._host.forget(self)
        super().closeEvent(event)

    def _remember_place(self) -> None:
        self._host.change_settings(
            replace(
                self._host.settings,
                geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
                layout=bytes(self.saveState().toBase64().data()).decode("ascii"),
                enlarged=self.docks.sizes.large(),
                evidence=self.evidence.dock.state(),
                log=self.log.state(),
            )
        )
