"""What if we deploy the new model? Every claim on one run held against another, before anything is changed."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.claims import run_name, told_apart
from workbench.analysis.words import VERDICT_WORD, count_words, number, short_name
from workbench.commands.errors import CommandError
from workbench.commands.evidence_replace import VerdictChange, stored_run, try_replacement
from workbench.evidence.imported import ImportedRun
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.runs import Run
from workbench.panels.attach_base import AskDialog, form_grid, labelled
from workbench.panels.common import Label, button, plain_tip
from workbench.panels.outline_model import Index
from workbench.panels.signs import badge_icon
from workbench.panels.style import SMALL_PX, current_theme, figure_font, ui_font
from workbench.render.characters import single_line
from workbench.store.store import ReadOnlyError, Store
from workbench.values import value_type

_HEADS: Final = ("Claim", "On", "Before", "After", "Value", "What happens")
_CLAIM_WIDTH, _AIR = 200, 8


class _Roomy(QStyledItemDelegate):
    """Rows as high as their words, which stand clear of those of the next row."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        within = QStyleOptionViewItem(option)
        # Qt's own reckoning forgets the padding that the style sheet gives at both sides
        within.rect = option.rect.adjusted(0, 0, -_AIR, 0)
        return super().sizeHint(within, index) + QSize(0, _AIR)


@value_type(frozen=True, slots=True)
class Replacement:
    """What was decided; the caller commits it.

    Attributes:
        old: id of the run to replace; ``new``: the run in its place.
    """

    old: str
    new: ImportedRun
    system_follows: bool
    supersede: bool


class ReplaceDialog(AskDialog):
    """Chooses the new run and shows every verdict before and after."""

    def __init__(
        self,
        store: Store,
        old: str,
        parent: QWidget | None = None,
        *,
        read_file: Callable[[], list[ImportedRun]] | None = None,
    ) -> None:
        """Begin without a new run.

        Args:
            store: the document; only looked at.
            old: id of the run to replace.
            parent: the window.
            read_file: asks for a file and reads it; none where the user cancelled.
        """
        super().__init__("Replace run", "Replace", parent)
        self._store, self._old = store, old
        self._read_file = read_file
        self._offered: dict[str, ImportedRun] = {}
        self._changes: list[VerdictChange] = []
        self.resize(980, 560)
        run = store.find(old, Run)
        self.add_head(
            f"Replace {told_apart(store.all(Run)).get(old, run_name(run))}",
            "Every claim on it will lean on the same metric of the new run. One step, which undo takes back.",
        )
        row = QHBoxLayout()
        self.new = self.choice("New run", ())
        grid = form_grid(1)
        labelled(grid, 0, 0, "New run", self.new)
        row.addLayout(grid, 1)
        self.file = button("Read a file…", self._from_file)
        self.file.setVisible(read_file is not None)
        row.addWidget(self.file, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.follows = QCheckBox("The system under analysis becomes the new run’s model")
        self.supersede = QCheckBox("Mark the old run as superseded")
        for box in (self.follows, self.supersede):
            box.toggled.connect(lambda _on: self.refresh())
            self.body.addWidget(box)
        self.summary = Label("", wrap=True)
        self.summary.setFont(ui_font(strong=True))
        self.body.addWidget(self.summary)
        self.body.addWidget(self._table(), 1)
        for other in store.all(Run):
            if other.id != old:
                self._offered[other.id] = stored_run(store, other.id)
        self._fill()
        (self.new if self._offered else self.file).setFocus()
        self.refresh()

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("Verdicts before and after")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().setMinimumSectionSize(26)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(len(_HEADS) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, _CLAIM_WIDTH)
        self.table.setItemDelegate(_Roomy(self.table))
        return self.table

    def offer(self, runs: list[ImportedRun], chosen: str = "") -> None:
        """Offer runs read from a file, and choose one."""
        for imported in runs:
            if imported.run.id != self._old:
                self._offered[imported.run.id] = imported
        self._fill(chosen or (runs[0].run.id if runs else ""))
        self.refresh()

    def _fill(self, chosen: str = "") -> None:
        known = {run.id: run for run in (*self._store.all(Run), *(new.run for new in self._offered.values()))}
        names = told_apart(known.values())
        options = [(_words(self._store, new.run, names[id]), id) for id, new in self._offered.items()]
        self.new.set_options(options, chosen=chosen or self.new.value())
        self.new.setEnabled(bool(options))

    def _from_file(self) -> None:
        if self._read_file is not None:
            runs = self._read_file()
            if runs:
                self.offer(runs)

    @override
    def read(self) -> Replacement:
        """What was decided."""
        chosen = self._offered.get(self.new.value() or "")
        if chosen is None:
            raise CommandError("Choose a run of the project, or read a file.")
        decided = Replacement(self._old, chosen, self.follows.isChecked(), self.supersede.isChecked())
        self._changes = []
        try:
            self._changes = try_replacement(
                self._store, self._old, chosen, system_follows=decided.system_follows, supersede=decided.supersede
            )
        except ReadOnlyError as problem:
            raise CommandError(str(problem)) from None
        return decided

    @override
    def refresh(self) -> None:
        project = self._store.find(PROJECT_ID, Project)
        chosen = self._offered.get(self.new.value() or "")
        model = chosen.run.model.name if chosen is not None else ""
        self.follows.setVisible(bool(model) and project is not None and project.system.model != model)
        if model:
            self.follows.setText(single_line(f"The system under analysis becomes {model}".replace("&", "&&")))
        self._changes = []
        super().refresh()
        self._show_changes()

    def _show_changes(self) -> None:
        theme = current_theme()
        changed = sum(change.changed for change in self._changes)
        left = sum(change.left for change in self._changes)
        told = f"{changed} of {count_words(len(self._changes), 'verdict changes', 'verdicts change')}"
        if left:
            stays = count_words(left, "claim has no counterpart and stays", "claims have no counterpart and stay")
            told += f"; {stays} with the old run"
        self.summary.setText(f"{told}." if self._changes else "")
        self.table.setRowCount(len(self._changes))
        for row, change in enumerate(self._changes):
            value = " → ".join(
                number(one, change.unit) if one is not None else "–"
                for one in (change.value_before, change.value_after)
            )
            texts = (
                " ".join(change.title.split()),
                short_name(self._store, change.subject),
                _verdict_words(change.before, change.was_suspended),
                _verdict_words(change.after, change.suspended),
                value if not change.left else "unchanged",
                change.reason,
            )
            signs = ("", "", _sign(change.before, change.was_suspended), _sign(change.after, change.suspended), "", "")
            for place, text in enumerate(texts):
                item = QTableWidgetItem(single_line(text))
                item.setToolTip(plain_tip(text))
                if signs[place]:
                    item.setIcon(badge_icon(signs[place], theme))
                font = ui_font(SMALL_PX if place == len(texts) - 1 else 13, strong=place == 3 and change.changed)
                item.setFont(figure_font() if place == 4 else font)
                self.table.setItem(row, place, item)
        for place in range(1, len(_HEADS) - 1):
            self.table.resizeColumnToContents(place)


def _sign(verdict: str | None, suspended: bool) -> str:
    return "stale" if suspended else verdict or "none"


def _verdict_words(verdict: str | None, suspended: bool) -> str:
    said = VERDICT_WORD[verdict or "none"]
    return f"{said} (stale)" if suspended else said


def _words(store: Store, run: Run, name: str) -> str:
    where = "" if run.id in store else "read just now"
    return " · ".join(part for part in (name, run.completed_at[:10], where) if part)
