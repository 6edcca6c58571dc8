"""What the columns of a hazard log mean: guessed, corrected, and seen at work before anything is taken in."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.files.log_grid import Grid
from workbench.files.log_mapping import SEPARATORS, LogProfile, guess_log_profile, places_of, split
from workbench.files.log_text import COLUMNS, LISTS
from workbench.panels.attach_base import AskDialog, form_grid, labelled
from workbench.panels.common import Label

_NONE: Final = "Not in this log"
_PREVIEWED: Final = 5
_REMARKS: Final = 50


class LogMappingDialog(AskDialog):
    """One choice of a heading for each column of the log, how lists are separated, and the first rows as understood."""

    def __init__(self, path: Path, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__("Import hazard log", "Import", parent)
        self._grid = grid
        guess = guess_log_profile(grid)
        self._verbatim = guess.verbatim
        where = f" (sheet {grid.sheet})" if grid.sheet else ""
        said = f"{path.name}{where}: {len(grid.rows):,} rows below the headings in row {grid.heading_row}."
        self.body.addWidget(Label(said, wrap=True))
        form = form_grid(4)
        self.choices: dict[str, QComboBox] = {}
        for number, (column, heading) in enumerate(COLUMNS.items()):
            box = QComboBox()
            box.addItem(_NONE, "")
            for name in grid.headings:
                box.addItem(name[:60], name)
            box.setCurrentIndex(max(0, box.findData(guess.columns.get(column, ""))))
            box.setMinimumContentsLength(14)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _index: self._show())
            labelled(form, number // 4, number % 4, heading, box)
            self.choices[column] = box
        self.separator = QComboBox()
        for key, name in SEPARATORS.items():
            self.separator.addItem(name, key)
        self.separator.setCurrentIndex(self.separator.findData(guess.separator))
        self.separator.activated.connect(lambda _index: self._show())
        labelled(form, len(COLUMNS) // 4, len(COLUMNS) % 4, "Several entries in a cell", self.separator)
        self.body.addLayout(form)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("The first rows as they are understood, and what cannot be taken")
        self.preview.setMinimumHeight(160)
        self.body.addWidget(self.preview, 1)
        self.resize(820, 640)
        self._show()

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
            places = places_of(self._grid.headings, profile)
            for row in self._grid.rows[:_PREVIEWED]:
                lines.append(f"Row {row.number}")
                for column, place in places.items():
                    text = row.cells[place].strip()
                    if text:
                        shown = " | ".join(split(text, profile)) if column in LISTS else text
                        lines.append(f"    {COLUMNS[column]}: {shown[:300]}")
        remarks = self._grid.remarks
        lines += [f"{str(remark).capitalize()}" for remark in remarks[:_REMARKS]]
        if len(remarks) > _REMARKS:
            lines.append(f"… and {len(remarks) - _REMARKS:,} more remarks")
        self.preview.setPlainText("\n".join(lines))
        self.refresh()
