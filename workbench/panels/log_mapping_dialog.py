"""What the columns of a hazard log mean: guessed, corrected, and seen at work before anything is taken in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.files.log_grid import Grid, LogReadError
from workbench.files.log_mapping import (
    SEPARATORS,
    LogProfile,
    as_profile_json,
    guess_log_profile,
    heading_score,
    places_of,
    split,
    unmapped,
)
from workbench.files.log_reading import read_grid
from workbench.files.log_text import COLUMNS, LISTS, TAKEN
from workbench.panels.attach_base import AskDialog, form_grid, labelled
from workbench.panels.common import Label, button
from workbench.panels.fields import Combo
from workbench.panels.messages import show_error
from workbench.render.characters import single_line

_NONE: Final = "Not in this log"
_PREVIEWED: Final = 5
_REMARKS: Final = 50
_LONGEST: Final = 300
_LAST_ROW: Final = 1_000
_INSET: Final = 6
"""The last row in which headings may stand."""


class LogMappingDialog(AskDialog):
    """One choice of a heading for each column of the log, how lists are separated, and the first rows as understood.

    Attributes:
        grid: the table as it was read last: from another sheet, or below another row, where the user says so.
    """

    def __init__(self, path: Path, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__("Import hazard log", "Import", parent)
        self._path = path
        self.grid = grid
        self._verbatim = False
        self._head = Label("", wrap=True)
        self.body.addWidget(self._head)
        self.body.addLayout(self._place())
        form = form_grid(4)
        self.choices: dict[str, Combo] = {}
        for number, (column, heading) in enumerate(TAKEN.items()):
            box = Combo()
            box.setMinimumContentsLength(10)
            box.activated.connect(lambda _index: self._show())
            labelled(form, number // 4, number % 4, heading, box)
            self.choices[column] = box
        self.separator = Combo()
        for key, name in SEPARATORS.items():
            self.separator.addItem(name, key)
        self.separator.activated.connect(lambda _index: self._show())
        labelled(form, len(TAKEN) // 4, len(TAKEN) % 4, "Several entries in a cell", self.separator)
        self.body.addLayout(form)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("The first rows as they are understood, and what cannot be taken")
        self.preview.setMinimumHeight(120)
        self.body.addWidget(self.preview, 1)
        keep = button("Save mapping…", self._save, tip="For the command line: import LOG --map MAPPING")
        self.buttons.addButton(keep, QDialogButtonBox.ButtonRole.ActionRole)
        self.resize(820, 680)
        self._guess()
        self.choices["id"].setFocus()

    def _place(self) -> QHBoxLayout:
        """Where the table stands in the file: its sheet, and the row of its headings."""
        row = QHBoxLayout()
        row.setSpacing(6)
        self.sheet = Combo()
        self.sheet.setAccessibleName("Sheet")
        self.sheet.setMinimumContentsLength(18)
        self.sheet.addItems(self.grid.sheets)
        self.sheet.setCurrentText(self.grid.sheet)
        self.sheet.activated.connect(lambda _index: self._read_again(0))
        if len(self.grid.sheets) > 1:
            row.addWidget(Label("Sheet", dim=True))
            row.addWidget(self.sheet)
            row.addSpacing(12)
        self.row = QSpinBox()
        self.row.setAccessibleName("Row of the headings")
        self.row.setRange(1, _LAST_ROW)
        self.row.setKeyboardTracking(False)
        self.row.lineEdit().setTextMargins(_INSET, 0, 0, 0)  # what style sheets cannot say of these fields
        self.row.setValue(self.grid.heading_row)
        self.row.valueChanged.connect(self._read_again)
        row.addWidget(Label("Headings in row", dim=True))
        row.addWidget(self.row)
        row.addStretch(1)
        return row

    def _read_again(self, heading_row: int) -> None:
        """Read the sheet chosen, below a row (0: look for the headings); where that cannot be, say so and stay."""
        try:
            sheet = self.sheet.currentText()
            self.grid = read_grid(self._path, heading_score, sheet=sheet, heading_row=heading_row)
        except LogReadError as problem:
            self._head.setText(str(problem))
            return
        self.row.blockSignals(True)
        self.row.setValue(self.grid.heading_row)
        self.row.blockSignals(False)
        self._guess()

    def _guess(self) -> None:
        """Offer the headings of the table, and choose what its columns most likely mean."""
        grid, guess = self.grid, guess_log_profile(self.grid)
        self._verbatim = guess.verbatim
        where = f" (sheet {grid.sheet})" if grid.sheet else ""
        rows = f"{len(grid.rows):,} rows" if len(grid.rows) != 1 else "1 row"
        self._head.setText(f"{self._path.name}{where}: {rows} below the headings in row {grid.heading_row}.")
        for column, box in self.choices.items():
            box.clear()
            box.addItem(_NONE, "")
            for name in grid.headings:
                box.addItem(single_line(name[:60]), name)
            box.setCurrentIndex(max(0, box.findData(guess.columns.get(column, ""))))
        self.separator.setCurrentIndex(self.separator.findData(guess.separator))
        self._show()

    def _save(self) -> None:
        """Write what was chosen as a profile that ``import --map`` takes."""
        profile = self.answer()
        if not isinstance(profile, LogProfile):
            return
        title = "Save mapping"
        name, _ = QFileDialog.getSaveFileName(
            self, title, str(self._path.with_suffix(".map.json")), "Mappings (*.json)"
        )
        if not name:
            return
        profile = replace(profile, sheet=self.grid.sheet, heading_row=self.grid.heading_row)
        try:
            write_atomically(Path(name), json.dumps(as_profile_json(profile), indent=2, ensure_ascii=False).encode())
        except SaveError as problem:
            show_error(self, "Not saved", str(problem))

    @override
    def read(self) -> LogProfile:
        chosen = {column: str(box.currentData()) for column, box in self.choices.items() if box.currentData()}
        if not {"id", "title", "description"} & chosen.keys():
            raise CommandError("Choose the column of the hazards' ID, title or description.")
        unchanged = self._verbatim and chosen == dict(COLUMNS)
        return LogProfile(chosen, str(self.separator.currentData()), verbatim=unchanged)

    def _show(self) -> None:
        profile: LogProfile | None = self.answer()
        lines: list[str] = []
        if profile is not None:
            places = places_of(self.grid.headings, profile)
            for row in self.grid.rows[:_PREVIEWED]:
                lines.append(f"Row {row.number}")
                for column, place in places.items():
                    text = row.cells[place].strip()
                    if text:
                        entries = split(text, profile) if column in LISTS else [text]
                        lines += _entry_lines(TAKEN[column], entries)
        else:  # whoever chooses sees what there is to choose from
            for row in self.grid.rows[:_PREVIEWED]:
                lines.append(f"Row {row.number}, as it stands")
                cells = zip(self.grid.headings, row.cells, strict=True)
                lines += [f"    {name}: {text.strip()[:_LONGEST]}" for name, text in cells if text.strip()]
        left = unmapped(self.grid, profile) if profile is not None else []
        lines[:0] = [said[0].upper() + said[1:] for said in map(str, left)]
        remarks = self.grid.remarks
        lines += [said[0].upper() + said[1:] for said in map(str, remarks[:_REMARKS])]
        if len(remarks) > _REMARKS:
            lines.append(f"… and {len(remarks) - _REMARKS:,} more remarks")
        self.preview.setPlainText("\n".join(lines))
        self.refresh()


def _entry_lines(name: str, entries: list[str]) -> list[str]:
    """A cell as it is understood: an entry a line, numbered where there are several."""
    if len(entries) == 1:
        return [f"    {name}: {entries[0][:_LONGEST]}"]
    return [f"    {name}:", *(f"        {place}. {entry[:_LONGEST]}" for place, entry in enumerate(entries, 1))]
