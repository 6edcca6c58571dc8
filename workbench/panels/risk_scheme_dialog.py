"""The risk scheme of the project: choose another, or make one's own; what becomes of the ratings stands beside it."""

from collections.abc import Iterator
from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QTabWidget, QWidget
from typing_extensions import override

from workbench.analysis.risk import scheme_of
from workbench.analysis.scheme_check import check_scheme
from workbench.analysis.words import count_words, plain_error
from workbench.commands.errors import CommandError
from workbench.commands.risk import Remapped, proposed, remapping
from workbench.commands.schemes import PRESETS, preset
from workbench.model.judgement import Category, RiskScheme
from workbench.panels.attach_base import AskDialog, Choice
from workbench.panels.common import Label, clear_layout, column
from workbench.panels.fields import Combo
from workbench.panels.risk_scheme_cells import CellGrid
from workbench.panels.risk_scheme_preview import PreviewTable
from workbench.panels.risk_scheme_tables import (
    RowTable,
    categories_of,
    category_rows,
    level_rows,
    levels_of,
)
from workbench.render.characters import brief, single_line
from workbench.store.store import Store
from workbench.values import value_type

_OWN: Final = "own"
_NOWHERE: Final = "Rate again"


@value_type(frozen=True, slots=True)
class SchemeAnswer:
    """The scheme, and where the categories before have gone."""

    scheme: RiskScheme
    severities: dict[str, str]
    frequencies: dict[str, str]


class SchemeDialog(AskDialog):
    """Presets, categories with bounds, levels with colours, cells; faults and what changes are shown as one edits."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__("Risk scheme", "Use scheme", parent)
        self._store = store
        self._before = scheme_of(store)
        self._base = self._before or preset(PRESETS[0])
        self._showing = False
        self.resize(760, 560)
        top = QHBoxLayout()
        options = [("This project’s scheme", _OWN)] if self._before is not None else []
        options += [(preset(name).name, name) for name in PRESETS]
        self.source = Choice("Begin with", options, chosen=_OWN if self._before is not None else PRESETS[0])
        self.source.activated.connect(lambda _index: self._begin())
        self.name = self.line("Name", "Such as Risk matrix of the plant")
        top.addWidget(Label("Begin with"))
        top.addWidget(self.source, 1)
        top.addWidget(Label("Name"))
        top.addWidget(self.name, 1)
        self.body.addLayout(top)
        self.tabs = QTabWidget()
        self.severities = RowTable("Severity categories", ("Code", "Name", "Definition"), 2)
        heads = ("Code", "Name", "Definition", "From", "Below", "Unit (a year, a use)")
        self.frequencies = RowTable("Frequency categories", heads, 2)
        self.levels = RowTable("Risk levels", ("Name", "Steps (0 to 4)", "Colour (#rrggbb)"), 0)
        self.cells = CellGrid()
        self.source_text = self.text_box("Source", "Where the scheme comes from, and what it borrows", lines=3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.cells)
        self.cells.reached.connect(scroll.ensureWidgetVisible)
        self.ratings = PreviewTable()
        self.mapping = QWidget()
        self._mapping_layout = column(self.mapping, 8, 6)
        self._maps: tuple[dict[str, Combo], dict[str, Combo]] = ({}, {})
        for page, title in (
            (scroll, "Matrix"),
            (self.severities, "Severities"),
            (self.frequencies, "Frequencies"),
            (self.levels, "Levels"),
            (self.source_text, "Source"),
            (self.mapping, "Categories before"),
            (self.ratings, "Ratings"),
        ):
            self.tabs.addTab(page, title)
        self.body.addWidget(self.tabs, 1)
        self.faults = QListWidget()
        self.faults.setAccessibleName("What is wrong with the scheme, and what becomes of the ratings")
        self.faults.setMinimumHeight(48)
        self.faults.setMaximumHeight(130)
        self.faults.setWordWrap(True)
        self.body.addWidget(self.faults)
        for part in (self.severities, self.frequencies, self.levels, self.cells):
            part.changed.connect(self.refresh)
        self._begin()
        self.source.setFocus()

    # the scheme

    def _begin(self) -> None:
        """Show the scheme chosen, as a start."""
        chosen = self.source.value()
        base = self._before if chosen == _OWN and self._before is not None else preset(chosen)
        self._base = base
        self._showing = True
        self.name.setText(base.name)
        self.source_text.setPlainText(base.source)
        self.severities.fill(category_rows(base.severities, bounds=False))
        self.frequencies.fill(category_rows(base.frequencies, bounds=True))
        self.levels.fill(level_rows(base.levels))
        self.cells.begin(base.cells, self.severities.rows(), self.frequencies.rows(), self.levels.rows())
        self._show_mapping()
        self._showing = False
        self.refresh()

    def _edited(self) -> RiskScheme:
        """The scheme as the tables stand.

        Raises:
            CommandError: a number is none.
        """
        severities, frequencies, levels = self.severities.rows(), self.frequencies.rows(), self.levels.rows()
        try:
            return self._base.replace(
                name=self.name.text().strip(),
                source=self.source_text.toPlainText().strip(),
                severities=categories_of(severities, self._base.severities),
                frequencies=categories_of(frequencies, self._base.frequencies),
                levels=levels_of(levels, self._base.levels),
                cells=self.cells.cells(severities, frequencies, levels),
            )
        except ValidationError as error:
            raise CommandError(plain_error(error)) from None
        except ValueError as wrong:
            raise CommandError(str(wrong)) from None

    def _codes(self) -> tuple[dict[str, str], dict[str, str]]:
        """Where the categories of the project's scheme go."""
        if self._before is None:
            return {}, {}
        if self.source.value() == _OWN:
            return (
                {**dict.fromkeys((c.code for c in self._before.severities), ""), **_renamed(self.severities)},
                {**dict.fromkeys((c.code for c in self._before.frequencies), ""), **_renamed(self.frequencies)},
            )
        one, other = ({was: str(box.currentData() or "") for was, box in boxes.items()} for boxes in self._maps)
        return one, other

    def _show_mapping(self) -> None:
        """For another scheme: where each category before goes; a proposal that can be changed."""
        clear_layout(self._mapping_layout)
        self._maps = ({}, {})
        at = self.tabs.indexOf(self.mapping)
        other = self._before is not None and self.source.value() != _OWN
        self.tabs.setTabVisible(at, other)
        if not other or self._before is None:
            return
        sides = (
            (self._before.severities, self._base.severities, self._maps[0]),
            (self._before.frequencies, self._base.frequencies, self._maps[1]),
        )
        for old, new, boxes in sides:
            guess = proposed(old, new)
            for category in old:
                self._mapping_layout.addWidget(self._map_row(category, new, guess.get(category.code, ""), boxes))
        self._mapping_layout.addStretch(1)

    def _map_row(self, category: Category, new: tuple[Category, ...], guess: str, boxes: dict[str, Combo]) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        named = _called(category)
        line.addWidget(Label(f"{named}  →"), 1)
        box = boxes[category.code] = Combo()
        box.setAccessibleName(brief(f"{named} becomes"))
        box.addItem(_NOWHERE, "")
        for one in new:
            box.addItem(single_line(_called(one)), one.code)
        box.setCurrentIndex(max(0, box.findData(guess)))
        box.activated.connect(lambda _index: self.refresh())
        line.addWidget(box, 1)
        return row

    # the answer

    def changes(self) -> list[Remapped]:
        """What becomes of every rating."""
        return remapping(self._store, self._edited(), *self._codes())

    def _folded(self, scheme: RiskScheme) -> Iterator[str]:
        """Which categories become one, so that their ratings could not be told apart any more."""
        if self._before is None:
            return
        sides = (self._before.severities, scheme.severities), (self._before.frequencies, scheme.frequencies)
        for (old, new), codes in zip(sides, self._codes(), strict=True):
            for target in new:
                gone = [one for one in old if codes.get(one.code) == target.code]
                if len(gone) > 1:
                    yield f"Warning: {' and '.join(map(_called, gone))} become one category, {_called(target)}."

    @override
    def read(self) -> SchemeAnswer:
        scheme = self._edited()
        if not scheme.name:
            raise CommandError("Give the scheme a name.")
        errors = [fault.message for fault in check_scheme(scheme) if fault.severity == "error"]
        if errors:
            raise CommandError(errors[0])
        return SchemeAnswer(scheme, *self._codes())

    @override
    def refresh(self) -> None:
        if self._showing:
            return
        super().refresh()
        self.faults.clear()
        try:
            scheme = self._edited()
        except CommandError as wrong:
            self.faults.addItem(str(wrong))
            return
        rows = self.severities.rows(), self.frequencies.rows(), self.levels.rows()
        self.cells.show_rows(*rows, scheme.levels)
        for fault in check_scheme(scheme):
            self.faults.addItem(brief(f"{fault.severity.capitalize()}: {fault.message}"))
        for told in self._folded(scheme):
            self.faults.addItem(brief(told))
        ratings = self.changes()
        self.ratings.rows.show_rows(ratings)
        changed, lost = sum(one.changed for one in ratings), sum(one.lost for one in ratings)
        self.tabs.setTabText(self.tabs.indexOf(self.ratings), f"Ratings ({changed} change)" if changed else "Ratings")
        if changed:
            again = f", {lost} of them must be made again" if lost else ""
            told = (
                f"{count_words(changed, 'rating changes', 'ratings change')}, of {len(ratings):,}{again}; see Ratings."
            )
            self.faults.addItem(brief(told))
        if not self.faults.count():
            self.faults.addItem("Nothing is wrong with the scheme, and no rating changes its meaning.")


def _called(category: Category) -> str:
    return f"{category.code} {category.name}".strip()


def _renamed(table: RowTable) -> dict[str, str]:
    return {row.was: row.texts[0] for row in table.rows() if row.was}
