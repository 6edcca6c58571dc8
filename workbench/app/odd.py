"""The view of the operational design domain of one window: it takes the place of the diagram while it is shown.

The view and what writes its files are loaded when first asked for.
"""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QInputDialog
from typing_extensions import override

from workbench.analysis.odd_coverage import DIMENSION_GROUP
from workbench.app import place
from workbench.app.asking import FileAsking
from workbench.app.attaching import now
from workbench.app.place import PlaceView
from workbench.app.ports import Frame, Host
from workbench.app.steps import carry_out, write_out
from workbench.model.base import Record
from workbench.model.elements import Hazard
from workbench.model.judgement import OddCategory, OddConsideration
from workbench.panels.messages import confirm

if TYPE_CHECKING:
    from workbench.app.menus import Menus
    from workbench.panels.odd_panel import OddPanel

FILTER = "Figures and tables (*.png *.svg *.pdf *.csv *.md *.html);;All files (*)"
_TAGGED = " (tagged)"
_MOST = 200
"""Characters of a name that is asked for."""


class Parts(place.Parts, Protocol):
    """The window's own parts that the view works on."""

    menus: "Menus"


class Odd(PlaceView["OddPanel"]):
    """What the ``OddWork`` port of the actions is, for one window."""

    title = "Operating domain"
    name = "Operational design domain"
    picture = "columns"
    action = "odd.view"
    kind = "odd_category"
    _parts: Parts

    def __init__(self, host: Host, frame: Frame, parts: Parts, asking: FileAsking) -> None:
        """Speak for one window."""
        super().__init__(frame, parts)
        self._host = host
        self._asking = asking

    @override
    def make_panel(self) -> "OddPanel":
        from workbench.panels.odd_panel import OddPanel

        return OddPanel(
            self._frame.session,
            lambda: (self._host.settings.author, now()),
            lambda parent: self._parts.menus.context_menu(parent, "odd"),
        )

    @override
    def before_leaving(self) -> None:
        self.panel.strip.commit()

    @override
    def holds(self, record: Record) -> bool:
        return isinstance(record, OddCategory | OddConsideration)

    @override
    def reveal(self, record: Record) -> None:
        self.panel.show_entry(record.category if isinstance(record, OddConsideration) else record.id)

    @property
    def entry(self) -> str:
        """Id of the entry the user is on; empty where there is none."""
        return self.panel.tree.entry() if self.shown and not self.panel.crossed else ""

    @property
    def group(self) -> str:
        """Name of the group whose heading the user is on; empty elsewhere."""
        key = self.panel.tree.key() if self.shown and not self.panel.crossed else None
        return key[1] if key is not None and key[0] == "group" and key[1] != DIMENSION_GROUP else ""

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

        carry_out(self._frame, "Load baseline taxonomy", load_baseline)
        self.panel.flush()
        self.show()

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
        carry_out(self._frame, "Add ODD entry", lambda tx: made.append(add_category(tx, group, name, parent)))
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
                carry_out(self._frame, "Rename ODD group", lambda tx: rename_group(tx, group, wanted))
            return
        record = self._frame.session.store.find(self.entry, OddCategory)
        name = self._ask("Rename entry", "Name of the entry", record.name) if record is not None else ""
        if record is not None and name and name != record.name:
            carry_out(self._frame, "Rename ODD entry", lambda tx: rename_category(tx, record.id, name))

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
            carry_out(self._frame, label, lambda tx: tag_hazard(tx, hazard.id, [entry], on=on))

    def remove(self) -> None:
        """Ask, and remove the current entry with all below it."""
        from workbench.commands.odd import remove_category

        record = self._frame.session.store.find(self.entry, OddCategory)
        if record is None:
            return
        question = f"Remove “{record.name[:80]}”, all entries below it and what was decided? Undo brings it back."
        if confirm(self._frame.widget, "Remove entry", question, "Remove"):
            carry_out(self._frame, "Remove ODD entry", lambda tx: remove_category(tx, record.id))

    def export(self) -> None:
        """Ask where to, and write the coverage; the ending decides between figure and table."""
        from workbench.export.odd import export_odd

        path = self._asking.save("figure", "Export coverage", "coverage.png", FILTER)
        if path is not None:
            write_out(self._frame, path, lambda: export_odd(self._frame.session.store, path))

    # helpers

    def _ask(self, title: str, label: str, text: str) -> str:
        asked, accepted = QInputDialog.getText(self._frame.widget, title, label, text=text[:_MOST])
        return asked.strip() if accepted else ""
