"""Menus, toolbar and context menus, all made from the action records."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget
from shiboken6 import isValid

from workbench.actions.action import Action
from workbench.actions.registry import MENUS, actions
from workbench.actions.state import off_because, wanted_for
from workbench.actions.workbench import Workbench
from workbench.commands.step_words import step_words
from workbench.panels.common import plain_tip
from workbench.panels.icons import icon
from workbench.render.characters import single_line
from workbench.store.history import Entry


class Menus:
    """The Qt side of the actions of one window.

    A window shows its diagram first: until they are filled, there are the names of the menus, and the toolbar.
    """

    def __init__(self, window: QMainWindow, wb: Workbench, canvas: QWidget) -> None:
        """Make the menus, empty, and the QActions of the toolbar; keys of the canvas count only there."""
        self._window, self._wb, self._canvas = window, wb, canvas
        self.by_id: dict[str, QAction] = {}
        self.records = {record.id: record for record in actions()}
        self._tips: dict[str, str] = {}
        self._menus: dict[tuple[str, ...], QMenu] = {}
        self._last_group: dict[tuple[str, ...], int] = {}
        self._submenus: list[tuple[str, Callable[[], QMenu]]] = []
        self._filled = False
        for name in MENUS:
            self._menu((name,))
        for record in actions():
            if record.toolbar:
                self._make(record)

    def fill(self) -> None:
        """Make one QAction a record and file it in its menu, where that has not been done yet."""
        if self._filled:
            return
        self._filled = True
        for record in actions():
            if record.id not in self.by_id:
                self._make(record)
            if record.menu:
                self._file(record)
        for id, make in self._submenus:
            self._insert_after(id, make())
        self.refresh()

    def _make(self, record: Action) -> None:
        made = self.by_id[record.id] = QAction(record.title, self._window)
        made.setObjectName(record.id)
        if record.icon:
            made.setIcon(icon(record.icon))
        if record.presenting:
            made.setText(f"{record.title}\t{keys_in_words(record.shortcuts)}")  # shown, and nobody's key in this window
        else:
            made.setShortcuts([QKeySequence(keys) for keys in record.shortcuts])
        made.setCheckable(record.checked_when is not None)
        tip = record.tip or record.title.rstrip("…")
        keys = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._tips[record.id] = f"{tip} ({keys})" if keys else tip
        made.setToolTip(self._tips[record.id])
        made.setStatusTip(record.tip)
        made.triggered.connect(lambda *_: self._run(record))
        if record.canvas_only:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._canvas.addAction(made)
        else:
            self._window.addAction(made)

    def _run(self, record: Action) -> None:
        if record.enabled_when(self._wb):
            record.run(self._wb)
        if isValid(self.by_id[record.id]):  # the window may have gone while the action waited for something
            self.refresh()

    def _menu(self, path: tuple[str, ...]) -> QMenu:
        found = self._menus.get(path)
        if found is None:
            parent = self._window.menuBar() if len(path) == 1 else self._menu(path[:-1])
            found = parent.addMenu(path[-1] if len(path) > 1 else f"&{path[-1]}")
            found.aboutToShow.connect(self.refresh)
            found.setToolTipsVisible(True)
            self._menus[path] = found
        return found

    def menu(self, *path: str) -> QMenu:
        """The menu with this path, filled."""
        self.fill()
        return self._menus[path]

    def insert_after(self, id: str, make: Callable[[], QMenu]) -> None:
        """Put a menu that fills itself behind an action, once the menus are filled."""
        self._submenus.append((id, make))

    def _insert_after(self, id: str, submenu: QMenu) -> None:
        menu = self._menus[self.records[id].menu]
        entries = menu.actions()
        at = entries.index(self.by_id[id]) + 1
        menu.insertMenu(entries[at], submenu)

    def _file(self, record: Action) -> None:
        menu = self._menu(record.menu)
        if self._last_group.get(record.menu, record.group) != record.group:
            menu.addSeparator()
        self._last_group[record.menu] = record.group
        menu.addAction(self.by_id[record.id])

    def refresh(self) -> None:
        """Enable and check every action as things are now; what is off says why, where that is not plain to see."""
        for id, made in self.by_id.items():
            record = self.records[id]
            on = record.enabled_when(self._wb)
            made.setEnabled(on)
            why = "" if on else off_because(self._wb, record.enabled_when) or record.why_off(self._wb)
            tip = plain_tip(why) or self._tips[id]
            if made.toolTip() != tip:
                made.setToolTip(tip)
            if record.checked_when is not None:
                made.setChecked(record.checked_when(self._wb))
        history = self._wb.session.store.history
        self._name_step("edit.undo", "Undo", history.done[-1:])
        self._name_step("edit.redo", "Redo", history.undone[-1:])

    def why_off(self, id: str) -> str:
        """Why an action that is off cannot be done now, in a sentence."""
        record = self.records[id]
        known = off_because(self._wb, record.enabled_when) or record.why_off(self._wb)
        if not known and record.presenting and not self._wb.is_presenting:
            return "Its keys count while presenting; F5 presents."
        return known or wanted_for(record.enabled_when)

    def _name_step(self, id: str, verb: str, steps: tuple[Entry, ...]) -> None:
        """Say in the menu what would be taken back or made again."""
        words = [step_words(self._wb.session.store, step.label, step.diff) for step in steps]
        self.by_id[id].setText(single_line(" ".join([verb, *words])).replace("&", "&&"))

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Put the buttons of the toolbar's actions on it, ruled off by group."""
        last = 0
        for record in sorted((r for r in actions() if r.toolbar), key=lambda r: r.toolbar):
            if last and record.toolbar != last:
                bar.addSeparator()
            last = record.toolbar
            bar.addAction(self.by_id[record.id])
            button = bar.widgetForAction(self.by_id[record.id])
            if isinstance(button, QToolButton):
                button.setAccessibleName(record.title.rstrip("…"))
                if record.words:
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def context_menu(self, parent: QWidget, context: str) -> QMenu:
        """The context menu of a ``canvas``, ``node``, ``bar`` or ``line``; only what can be done now."""
        self.fill()
        self.refresh()
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        last: tuple[tuple[str, ...], int] | None = None
        for record in _of(context):
            made = self.by_id[record.id]
            if not made.isEnabled():
                continue
            key = (record.menu, record.group)
            if last is not None and key != last:
                menu.addSeparator()
            last = key
            menu.addAction(made)
        return menu


def keys_in_words(shortcuts: Iterable[str]) -> str:
    """Keys of an action as this computer writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(keys).toString(native) for keys in shortcuts)


def _of(context: str) -> Iterable[Action]:
    return (record for record in actions() if context in record.contexts)
