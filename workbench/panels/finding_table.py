"""The table of findings."""

from typing import Any, ClassVar, Final

from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QWidget

from workbench.analysis.findings import KIND_WORD, SEVERITIES
from workbench.panels.evidence_grid import Grid
from workbench.panels.evidence_model import Column, RowsModel
from workbench.panels.finding_rows import FindingRow, code_order
from workbench.panels.finding_signs import SEVERITY_WORD, finding_icon
from workbench.panels.style import current_theme

SEVERITY, ON, MESSAGE, RULE, KIND = range(5)


def severity_words(row: FindingRow) -> str:
    """The severity; where it does not count, why not: the sign says then how severe it was."""
    return ("Suppressed" if row.suppressed else "Answered") if row.settled else SEVERITY_WORD[row.severity]


def _picture(row: FindingRow) -> QIcon:
    return finding_icon(row.severity, current_theme(), faint=row.settled)


def _dim(row: FindingRow) -> Any:
    return QColor(current_theme().text.secondary) if row.settled else None


def _tip(row: FindingRow) -> str:
    return f"{row.message} Suppressed: {row.suppressed}" if row.suppressed else f"{row.message} {row.answered}".strip()


_COLUMNS: Final[tuple[Column[FindingRow], ...]] = (
    Column("severity", "Severity", severity_words, lambda row: SEVERITIES.index(row.severity), 130, strong=True,
           picture=_picture, colour=_dim),
    Column("on", "On", lambda row: row.on or "–", lambda row: code_order(row.on), 84, figures=True, strong=True,
           colour=_dim),
    Column("message", "Finding", lambda row: row.message, width=420, tip=_tip, colour=_dim),
    Column("rule", "Rule", lambda row: row.rule, width=150, tip=lambda row: row.title, colour=_dim),
    Column("kind", "Kind", lambda row: KIND_WORD[row.kind], width=124, colour=_dim),
)  # fmt: skip


class FindingTable(Grid[FindingRow]):
    """The rows; Enter shows what a finding is about."""

    stretched: ClassVar[int] = MESSAGE
    dropped: ClassVar[tuple[int, ...]] = (KIND, RULE)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RowsModel(_COLUMNS, lambda row: row.id), parent)
        self.setAccessibleName("Findings")
