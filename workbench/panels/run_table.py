"""The table of runs: what each is, how it stands, who leans on it, and whether its file is here."""

from typing import ClassVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from workbench.canvas.drops import evidence_data
from workbench.panels.evidence_grid import Grid
from workbench.panels.evidence_model import Column, RowsModel
from workbench.panels.evidence_signs import source_icon, standing_icon
from workbench.panels.run_rows import SOURCE_ORDER, SOURCE_WORD, STANDING_WORD, STANDINGS, RunRow, RunSource, figure
from workbench.panels.run_sources import SourceStates
from workbench.panels.style import current_theme

STANDING, NAME, MODEL, TASK, DATASET, DATE, STATUS, COUNT, ERRORS, FORMAT, CLAIMS, SOURCE = range(12)


class RunModel(RowsModel[RunRow]):
    """The runs that pass the filter."""

    def __init__(self, sources: SourceStates, parent: QObject | None = None) -> None:
        self._sources = sources
        super().__init__(self._columns(), lambda row: row.id, parent)
        self.mime = evidence_data

    def source(self, row: RunRow) -> RunSource:
        """Whether a run's file is here."""
        return row.source or self._sources.state(row.id)

    def _columns(self) -> list[Column[RunRow]]:
        def falling_day(row: RunRow) -> int | None:
            return row.day.toordinal() if row.day is not None else None

        def gone(row: RunRow) -> bool:
            return row.standing in ("withdrawn", "superseded", "invalid")

        def dim(row: RunRow) -> QColor | None:
            return QColor(current_theme().text.secondary) if gone(row) else None

        return [
            Column("standing", "Standing", lambda r: STANDING_WORD[r.standing], lambda r: STANDINGS.index(r.standing),
                   100, tip=lambda r: r.why or "Nothing is said against it.",
                   picture=lambda r: standing_icon(r.standing, current_theme()), colour=dim),
            Column("name", "Run", lambda r: r.name, width=200, struck=gone, colour=dim,
                   tip=lambda r: f"{r.name}. {r.why}" if r.why else r.name),
            Column("model", "Model", lambda r: r.model, width=110),
            Column("task", "Task", lambda r: r.task, width=90),
            Column("dataset", "Data set", lambda r: r.dataset, width=90),
            Column("date", "Date", lambda r: r.when, falling_day, 80, figures=True, falling=True),
            Column("status", "Status", lambda r: r.status, width=68),
            Column("n", "n", lambda r: figure(r.n), lambda r: r.n, 56, figures=True, right=True, falling=True,
                   tip=lambda r: f"{figure(r.n)} scored" if r.n is not None else "How many were scored is not known"),
            Column("errors", "Errors", lambda r: figure(r.errors), lambda r: r.errors, 54, figures=True, right=True,
                   falling=True,
                   tip=lambda r: f"{figure(r.errors)} errors or empty answers" if r.errors is not None
                   else "How many errors there were is not known"),
            Column("format", "Format", lambda r: r.format, width=84),
            Column("claims", "Claims", lambda r: str(r.claims), lambda r: r.claims, 52, figures=True, right=True,
                   falling=True, tip=lambda r: f"{r.claims} of the project’s claims lean on it"),
            Column("source", "File", lambda r: SOURCE_WORD[self.source(r)],
                   lambda r: SOURCE_ORDER.index(self.source(r)), 100,
                   picture=lambda r: source_icon(self.source(r), current_theme())),
        ]  # fmt: skip


class RunTable(Grid[RunRow]):
    """The table itself."""

    stretched: ClassVar[int] = NAME
    dropped: ClassVar[tuple[int, ...]] = (DATASET, FORMAT, TASK, STATUS, CLAIMS, ERRORS, COUNT)

    def __init__(self, sources: SourceStates, parent: QWidget | None = None) -> None:
        self.runs = RunModel(sources)
        super().__init__(self.runs, parent)
        self.setAccessibleName("Runs")
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        sources.changed.connect(self._sources_changed)

    def _sources_changed(self) -> None:
        self.runs.refresh_column(SOURCE)
