"""Dialogs and other parts of one window that actions ask for. A dialog is loaded when it is first shown."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolBar, QWidget

from workbench.actions.registry import actions
from workbench.actions.state import in_hand
from workbench.app.menus import keys_in_words
from workbench.app.ports import Frame, Host
from workbench.commands.create import new_diagram
from workbench.model.drawing import Diagram
from workbench.panels.common import Panel
from workbench.panels.icons import icon
from workbench.panels.messages import confirm
from workbench.panels.search_box import SearchBox
from workbench.paths import resource
from workbench.session.session import diagrams

if TYPE_CHECKING:
    from workbench.app.docks import Docks
    from workbench.app.menus import Menus
    from workbench.app.place import Place
    from workbench.app.tabs import DiagramTabs
    from workbench.canvas.view import DiagramView
    from workbench.panels.command_palette import CommandPalette, CommandRow
    from workbench.panels.find_bar import FindBar
    from workbench.panels.help_window import HelpWindow

_KEYS_OF_CANVAS = (
    ("Canvas", "New linked element in that direction", "Ctrl+Left, Ctrl+Right, Ctrl+Up, Ctrl+Down"),
    ("Canvas", "Go to the neighbour in that direction", "Alt+Left, Alt+Right, Alt+Up, Alt+Down"),
    ("Canvas", "Nudge by one grid step", "Left, Right, Up, Down"),
    ("Canvas", "Nudge by ten grid steps", "Shift+Left, Shift+Right, Shift+Up, Shift+Down"),
    ("Canvas", "Edit the title", "Enter, or just type"),
    ("Canvas", "Pan while held", "Space"),
    ("Canvas", "Drop the gesture under way, or clear the selection", "Esc"),
    ("Comparison", "Next change, the one before", "N, Shift+N"),
    ("Comparison", "Both versions, only the old one, only the new one", "1, 2, 3"),
    ("Comparison", "List and mark layout too, or not", "L"),
    ("Comparison", "Centre the change; back to the diagram", "Enter, Esc"),
)


class Parts(Protocol):
    """The window's own parts that dialogs work on."""

    docks: "Docks"
    view: "DiagramView"
    tabs: "DiagramTabs"
    place: "Place"
    menus: "Menus"

    @property
    def find_bar(self) -> "FindBar":
        """The bar that finds text."""

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""

    def action(self, id: str) -> QAction:
        """The Qt side of an action."""


class Dialogs:
    """What the ``Windows`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame, parts: Parts, start_page: Callable[[], None]) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._parts = parts
        self._start_page = start_page
        self._palette: CommandPalette | None = None
        self._guide: HelpWindow | None = None

    # finding

    def add_search_box(self, bar: QToolBar) -> None:
        """Put a button that opens the command palette at the right end of the toolbar."""
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spring)
        button = SearchBox()
        button.clicked.connect(self.command_palette)
        bar.addWidget(button)

    def command_palette(self) -> None:
        """Show the palette of commands."""
        if self._palette is None:
            from workbench.panels.command_palette import CommandPalette

            self._palette = CommandPalette(self._command_rows, self._element_rows, self._frame.widget)
        self._palette.open()

    def _command_rows(self) -> Iterable["CommandRow"]:
        from workbench.panels.command_palette import CommandRow

        for record in actions():
            if record.id == "tools.palette":
                continue
            made = self._parts.action(record.id)
            yield CommandRow(
                record.title,
                partial(self._parts.run_action, record.id),
                keys_in_words(record.shortcuts[:1]),
                " › ".join(record.menu),
                made.isEnabled(),
                picture=made.icon(),
                also=record.also,
                why_off=partial(self._parts.menus.why_off, record.id),
            )
        for sheet in diagrams(self._frame.session.store):
            yield CommandRow(
                sheet.title or "Untitled",
                partial(self._frame.session.set_diagram, sheet.id),
                where="Diagram",
                picture=icon("diagram"),
            )

    def _element_rows(self, text: str) -> Iterable["CommandRow"]:
        from workbench.panels.element_rows import element_rows

        return element_rows(self._frame.session, text)

    def find(self) -> None:
        """Go to the search of the panel that has the keyboard, where it has one; else show the find bar."""
        at: QWidget | None = self._frame.widget.focusWidget()
        while at is not None:
            if isinstance(at, Panel) and at.focus_search():
                return
            at = at.parentWidget()
        self._parts.find_bar.open()

    def find_next(self, backwards: bool) -> None:
        """Go to the next hit, or the one before."""
        if self._parts.find_bar.isHidden():
            self._parts.find_bar.open()
        else:
            self._parts.find_bar.step(-1 if backwards else 1)

    # dialogs

    def settings(self) -> None:
        """Show the settings."""
        from workbench.panels.settings_dialog import Preferences, SettingsDialog

        now = self._host.settings
        shown = Preferences(now.author, now.theme, now.language, now.wheel_zooms, now.reduced_motion)
        dialog = SettingsDialog(shown, self._frame.widget)
        if dialog.exec():
            new = dialog.preferences()
            changed = replace(now, author=new.author, theme=new.theme, language=new.language)
            changed = replace(changed, wheel_zooms=new.wheel_zooms, reduced_motion=new.reduced_motion)
            self._host.change_settings(changed)

    def shortcuts(self) -> None:
        """Show the list of shortcuts."""
        from workbench.panels.shortcut_dialog import ShortcutDialog

        rows = [
            (" › ".join(record.menu), record.title.rstrip("…"), keys_in_words(record.shortcuts))
            for record in actions()
            if record.shortcuts
        ]
        ShortcutDialog([*rows, *_KEYS_OF_CANVAS], self._frame.widget).exec()

    def guide(self) -> None:
        """Show the user's guide."""
        if self._guide is None:
            from workbench.panels.help_window import HelpWindow

            self._guide = HelpWindow(resource("guide"), self._frame.widget)
            self._guide.open()
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()

    def about(self) -> None:
        """Show name, version and licence."""
        from workbench.panels.about_dialog import AboutDialog

        AboutDialog(self._frame.widget).exec()

    def welcome(self) -> None:
        """Show the start page."""
        self._start_page()

    def recover(self) -> None:
        """Offer what a crash left unsaved, or say that there is nothing."""
        notice = self._frame.session.notice
        self._host.lost_work.look(self._frame.widget, lambda: notice.emit("No unsaved work was found."))

    def open_link(self) -> None:
        """Ask which address of what is selected is to be opened, and let the system open it."""
        from workbench.analysis.addresses import addresses_of
        from workbench.panels.link_dialog import open_link

        session = self._frame.session
        open_link(addresses_of(session.store, in_hand(session)), self._frame.widget)

    def new_diagram(self) -> None:
        """Ask for title and notation and add a diagram."""
        from workbench.panels.diagram_dialog import DiagramDialog

        dialog = DiagramDialog(self._frame.widget)
        if not dialog.exec():
            return
        session = self._frame.session
        with session.store.transaction("New diagram") as tx:
            made = new_diagram(tx, dialog.title, dialog.notation)
        session.set_diagram(made)
        self._parts.view.setFocus()

    def rename_diagram(self) -> None:
        """Ask for another title of the current diagram."""
        from workbench.panels.diagram_dialog import DiagramDialog

        sheet = self._frame.session.store.find(self._frame.session.diagram, Diagram)
        if sheet is None or self._frame.session.store.read_only:
            return
        dialog = DiagramDialog(self._frame.widget, title=sheet.title)
        if dialog.exec():
            self._parts.tabs.rename_current(dialog.title)

    # docks, theme, focus

    def toggle_dock(self, name: str) -> None:
        """Show or hide a dock; its own key gives one that is seen the keyboard first."""
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            self._parts.docks.go(name)
        else:
            self._parts.docks.toggle(name)

    def enlarge_dock(self) -> None:
        """Give the dock in use most of the window, or its usual size again."""
        self._parts.docks.sizes.toggle()

    def dock_enlarged(self) -> bool:
        """Whether the dock in use takes most of the window."""
        sizes = self._parts.docks.sizes
        dock = sizes.in_use()
        side = sizes.side_of(dock) if dock is not None else None
        return side is not None and sizes.is_large(side)

    def dock_shown(self, name: str) -> bool:
        """Whether a dock is shown."""
        return self._parts.docks.is_shown(name)

    def is_dark(self) -> bool:
        """Whether the dark theme is in force."""
        return self._host.theme_name == "dark"

    def toggle_theme(self) -> None:
        """Change between light and dark."""
        self._host.change_settings(replace(self._host.settings, theme="light" if self.is_dark() else "dark"))

    def next_region(self, backwards: bool) -> None:
        """Move the focus to the next part of the window: canvas, docks in order, and around again."""
        regions = [self._parts.place.widget, *self._parts.docks.regions()]
        focus = QApplication.focusWidget()
        at = next(
            (i for i, part in enumerate(regions) if focus is not None and (focus is part or part.isAncestorOf(focus))),
            -1,
        )
        regions[(at + (-1 if backwards else 1)) % len(regions)].setFocus(
            Qt.FocusReason.BacktabFocusReason if backwards else Qt.FocusReason.TabFocusReason
        )

    def switch_diagram(self, step: int) -> None:
        """Show the next diagram, or the one before."""
        session = self._frame.session
        ids = [sheet.id for sheet in diagrams(session.store)]
        if session.diagram in ids:
            session.set_diagram(ids[(ids.index(session.diagram) + step) % len(ids)])

    # saying and asking

    def confirm(self, title: str, question: str, verb: str) -> bool:
        """Ask before something that is not easily seen."""
        return confirm(self._frame.widget, title, question, verb)

    def tell(self, message: str) -> None:
        """Say why something was not done."""
        self._frame.session.notice.emit(message)
