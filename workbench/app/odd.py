"""The view of the operational design domain of one window: it takes the place of the diagram while it is shown.

The view and what writes its files are loaded when first asked for.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QToolButton, QVBoxLayout, QWidget

from workbench.analysis.odd_coverage import DIMENSION_GROUP
from workbench.app.attaching import now
from workbench.app.capability import Capability
from workbench.app.ports import Frame, Host
from workbench.commands.errors import CommandError
from workbench.model.elements import Hazard
from workbench.model.judgement import OddCategory, OddConsideration
from workbench.panels.icons import icon
from workbench.panels.messages import confirm, show_error
from workbench.store.diff import Change
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.app.menus import Menus
    from workbench.app.tabs import DiagramTabs
    from workbench.canvas.view import DiagramView
    from workbench.panels.odd_panel import OddPanel

FILTER = "Figures and tables (*.png *.svg *.pdf *.csv *.md *.html);;All files (*)"
_TAGGED = " (tagged)"
_MOST = 200
"""Characters of a name that is asked for."""


class Parts(Protocol):
    """The window's own parts that the view works on."""

    menus: "Menus"

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""


class Odd:
    """What the ``OddWork`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame, parts: Parts, capability: Capability) -> None:
        """Speak for one window; only one of this view and the capability view is shown."""
        self._host = host
        self._frame = frame
        self._parts = parts
        self._capability = capability
        self._panel: OddPanel | None = None
        capability.make_room = self.hide

    def settle_in(self, column: QVBoxLayout, view: "DiagramView", tabs: "DiagramTabs") -> None:
        """Learn the place of the diagram, and put a tab of the view beside those of the diagrams."""
        self._column, self._view = column, view
        self._tab = QToolButton(tabs)
        self._tab.setText("Operating domain")
        self._tab.setIcon(icon("columns"))
        self._tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._tab.setCheckable(True)
        self._tab.setAccessibleName("Operational design domain")
        self._tab.setToolTip("Operational design domain")
        self._tab.clicked.connect(lambda _on=False: self._parts.run_action("odd.view"))
        layout = tabs.layout()
        assert layout is not None
        layout.addWidget(self._tab)
        tabs.bar.tabBarClicked.connect(lambda _index: self.hide())
        session = self._frame.session
        session.store.changed.connect(self._on_change)
        session.diagram_changed.connect(self._on_diagram)
        session.reveal.connect(self._on_reveal)
        self._show_tab()

    def close_down(self) -> None:
        """Stop following the document."""
        session = self._frame.session
        session.store.changed.disconnect(self._on_change, missing_ok=True)
        session.diagram_changed.disconnect(self._on_diagram, missing_ok=True)
        session.reveal.disconnect(self._on_reveal, missing_ok=True)

    # showing

    @property
    def shown(self) -> bool:
        """Whether the view stands in the place of the diagram."""
        return self._panel is not None and not self._panel.isHidden()

    @property
    def main_part(self) -> QWidget:
        """What stands in the middle of the window now."""
        return self._panel if self._panel is not None and self.shown else self._capability.main_part

    @property
    def panel(self) -> "OddPanel":
        """The view; made when first asked for."""
        if self._panel is None:
            from workbench.panels.odd_panel import OddPanel

            panel = self._panel = OddPanel(
                self._frame.session,
                lambda: (self._host.settings.author, now()),
                lambda parent: self._parts.menus.context_menu(parent, "odd"),
            )
            panel.hide()
            panel.closed.connect(self.hide)
            panel.do.connect(self._parts.run_action)
            panel.reveal_asked.connect(self._reveal)
            self._column.addWidget(panel, 1)
        return self._panel

    @property
    def entry(self) -> str:
        """Id of the entry the user is on; empty where there is none."""
        if self._panel is None or not self.shown or self._panel.crossed:
            return ""
        return self._panel.tree.entry()

    @property
    def group(self) -> str:
        """Name of the group whose heading the user is on; empty elsewhere."""
        key = self._panel.tree.key() if self._panel is not None and self.shown and not self._panel.crossed else None
        return key[1] if key is not None and key[0] == "group" and key[1] != DIMENSION_GROUP else ""

    def toggle(self) -> None:
        """Show the view, or the diagram again."""
        if self.shown:
            self.hide()
        else:
            self.show()

    def show(self) -> None:
        """Show the view in the place of the diagram."""
        panel = self.panel
        if not self.shown:
            self._frame.commit_edits()
            self._capability.hide()
            self._view.hide()
            panel.show()
            self._tab.setChecked(True)
            self._tab.show()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide(self) -> None:
        """Show the diagram again."""
        self._tab.setChecked(False)
        if self._panel is None or not self.shown:
            self._show_tab()
            return
        self._panel.strip.commit()
        had_focus = self._panel.isAncestorOf(self._frame.widget.focusWidget() or self._view) or self._panel.hasFocus()
        self._panel.hide()
        self._view.show()
        self._show_tab()
        if had_focus:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tab(self) -> None:
        self._tab.setVisible(self.shown or bool(self._frame.session.store.count("odd_category")))

    def _on_change(self, change: Change) -> None:
        if any(isinstance(after or before, OddCategory) for _, before, after in change.diff.before_and_after()):
            self._show_tab()

    def _on_diagram(self, _: object) -> None:
        self.hide()

    def _on_reveal(self, ids: tuple[str, ...]) -> None:
        """An entry is shown in the coverage; anything else is elsewhere."""
        record = self._frame.session.store.get(ids[0]) if ids else None
        entry = record.category if isinstance(record, OddConsideration) else ids[0] if ids else ""
        if not isinstance(record, OddCategory | OddConsideration):
            self.hide()
            return
        self.show()
        self.panel.show_entry(entry)

    def _reveal(self, id: str) -> None:
        self.hide()
        self._frame.session.select([id])
        self._frame.session.reveal.emit((id,))

    # walking

    def next(self) -> None:
        """Lead on to the next entry, or pair, not yet considered."""
        self.show()
        self.panel.go_next()

    def cross(self) -> None:
        """Show pairs of categories."""
        self.show()
        self.panel.show_mode(1)

    # the taxonomy

    def baseline(self) -> None:
        """Load the taxonomy that ships with the program."""
        from workbench.commands.odd import load_baseline

        self.show()
        self._do("Load baseline taxonomy", load_baseline)
        self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for an entry of the project's own: beside the current one, else in a group that is asked for too."""
        from workbench.commands.odd import add_category

        beside = self._frame.session.store.find(self.entry, OddCategory)
        name = self._ask("Add entry", "Name of the entry", "")
        if not name:
            return
        group = self._ask("Add entry", "Group", beside.group if beside is not None else "")
        if not group:
            return
        parent = beside.parent if beside is not None and group.strip() == beside.group.strip() else None
        made: list[str] = []
        self._do("Add ODD entry", lambda tx: made.append(add_category(tx, group, name, parent)))
        if made:
            self.show()
            self.panel.show_entry(made[0])

    def rename(self) -> None:
        """Ask for another name of the current entry or group."""
        from workbench.commands.odd import rename_category, rename_group

        group = self.group
        if group:
            wanted = self._ask("Rename group", "Name of the group", group)
            if wanted and wanted != group:
                self._do("Rename ODD group", lambda tx: rename_group(tx, group, wanted))
            return
        record = self._frame.session.store.find(self.entry, OddCategory)
        name = self._ask("Rename entry", "Name of the entry", record.name) if record is not None else ""
        if record is not None and name and name != record.name:
            self._do("Rename ODD entry", lambda tx: rename_category(tx, record.id, name))

    def tag(self) -> None:
        """Ask for a hazard; it carries the current entry from now on, or no longer where it did."""
        from workbench.commands.odd import tag_hazard

        store, entry = self._frame.session.store, self.entry
        hazards = sorted(store.all(Hazard), key=lambda hazard: (len(hazard.code), hazard.code, hazard.id))
        words = {
            f"{hazard.code} {' '.join(hazard.title.split())[:80]}{_TAGGED if entry in hazard.odd else ''}": hazard
            for hazard in hazards
            if hazard.status != "retired"
        }
        if not entry or not words:
            self._frame.session.notice.emit("Choose an entry, and have a hazard to tag.")
            return
        label = "Hazard that carries the entry; one that does already loses it"
        chosen, accepted = QInputDialog.getItem(self._frame.widget, "Tag hazard", label, list(words), 0, False)
        if accepted and chosen in words:
            hazard = words[chosen]
            on = entry not in hazard.odd
            label = "Tag hazard with ODD entry" if on else "Untag hazard"
            self._do(label, lambda tx: tag_hazard(tx, hazard.id, [entry], on=on))

    def remove(self) -> None:
        """Ask, and remove the current entry with all below it."""
        from workbench.commands.odd import remove_category

        record = self._frame.session.store.find(self.entry, OddCategory)
        if record is None:
            return
        question = f"Remove “{record.name[:80]}”, all entries below it and what was decided? Undo brings it back."
        if confirm(self._frame.widget, "Remove entry", question, "Remove"):
            self._do("Remove ODD entry", lambda tx: remove_category(tx, record.id))

    def export(self) -> None:
        """Ask where to, and write the coverage; the ending decides between figure and table."""
        from workbench.export.errors import ExportError
        from workbench.export.odd import export_odd

        session, widget = self._frame.session, self._frame.widget
        folder = session.path.parent if session.path is not None else Path.home()
        asked, _ = QFileDialog.getSaveFileName(widget, "Export coverage", str(folder / "coverage.png"), FILTER)
        if not asked:
            return
        path = Path(asked)
        try:
            size = export_odd(session.store, path)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        session.notice.emit(f"Exported {path.name} ({size / 1024:,.0f} KiB)")

    # helpers

    def _ask(self, title: str, label: str, text: str) -> str:
        asked, accepted = QInputDialog.getText(self._frame.widget, title, label, text=text[:_MOST])
        return asked.strip() if accepted else ""

    def _do(self, label: str, command: Callable[[Transaction], object]) -> None:
        try:
            with self._frame.session.store.transaction(label) as tx:
                command(tx)
        except (CommandError, ReadOnlyError) as problem:
            show_error(self._frame.widget, label, str(problem))
            return
        for notice in tx.notices:
            self._frame.session.notice.emit(notice)
