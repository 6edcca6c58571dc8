"""The columns of a table with what stands in them, and what each means."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from workbench.commands.errors import CommandError
from workbench.evidence.profile import Measure, Profile
from workbench.evidence.tables import Preview
from workbench.panels.attach_base import Choice
from workbench.panels.common import plain_tip
from workbench.panels.style import SMALL_PX, ui_font
from workbench.render.characters import brief, single_line

MOST_COLUMNS: Final = 200
"""Columns that are shown; a table with more is mapped by a profile's file."""

ROLES: Final = (
    ("Not used", ""),
    ("Passes or fails", "passed"),
    ("Score of a sample", "score"),
    ("Item", "item"),
    ("Model", "model"),
    ("Task", "task"),
    ("Stratum", "strata"),
    ("Cluster (shared prompt)", "cluster"),
    ("Answer", "answer"),
    ("Error", "error"),
    ("Counts only where…", "valid"),
    ("Rate over many samples", "rate"),
    ("How many counted", "successes"),
    ("n, samples behind it", "n"),
    ("Standard error", "stderr"),
)
_RESULTS: Final = ("passed", "score", "rate", "successes")
_SINGLE: Final = ("item", "model", "task", "cluster", "answer", "error", "valid", "successes", "n", "stderr")
_OF_ROWS: Final = ("item", "model", "task", "cluster", "answer", "error", "valid")
_SAMPLES_SHOWN: Final = 4
_AT_K: Final = re.compile(r"@(\d{1,4})$")
_COLUMN, _VALUES, _ROLE, _SPLIT = range(4)


def distinct(preview: Preview, column: str) -> list[str]:
    """The values of a column, each once, in the order in which they come; empty ones left out."""
    return list(dict.fromkeys(value for row in preview.rows if (value := row.get(column, "").strip())))


class ColumnTable(QTableWidget):
    """One row a column: name, sample values, role, and whether its values split the table into runs."""

    changed = Signal()

    def __init__(self, preview: Preview, parent: QWidget | None = None) -> None:
        self.names = preview.columns[:MOST_COLUMNS]
        super().__init__(len(self.names), 4, parent)
        self._roles: dict[str, Choice] = {}
        self._splits: dict[str, QCheckBox] = {}
        self.setAccessibleName("Columns of the table")
        self.setHorizontalHeaderLabels(["Column", "Values", "Meaning", "Splits runs"])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_VALUES, QHeaderView.ResizeMode.Stretch)
        for place, width in ((_COLUMN, 150), (_ROLE, 180), (_SPLIT, 86)):
            self.setColumnWidth(place, width)
        for row, name in enumerate(self.names):
            self._fill(row, name, distinct(preview, name))

    def _fill(self, row: int, name: str, values: list[str]) -> None:
        column = QTableWidgetItem(single_line(name))
        column.setFont(ui_font(strong=True))
        column.setToolTip(plain_tip(name))
        self.setItem(row, _COLUMN, column)
        shown = ", ".join(value[:40] for value in values[:_SAMPLES_SHOWN])
        samples = QTableWidgetItem(single_line(f"{shown}, …" if len(values) > _SAMPLES_SHOWN else shown or "(empty)"))
        samples.setFont(ui_font(SMALL_PX))
        samples.setToolTip(plain_tip(", ".join(value[:80] for value in values[:20])))
        self.setItem(row, _VALUES, samples)
        role = self._roles[name] = Choice(f"Meaning of {name}", ROLES)
        role.setPlaceholderText("")
        role.setCurrentIndex(0)
        role.changed.connect(self.changed)
        self.setCellWidget(row, _ROLE, _padded(role))
        split = self._splits[name] = QCheckBox()
        split.setAccessibleName(brief(f"{name} splits the table into runs"))
        split.toggled.connect(lambda _on: self.changed.emit())
        self.setCellWidget(row, _SPLIT, _padded(split, 22))

    def set_role(self, column: str, role: str) -> None:
        """Say what a column means."""
        self._roles[column].choose(role)

    def of(self, role: str) -> tuple[str, ...]:
        """The columns with a role, in order."""
        return tuple(name for name, choice in self._roles.items() if choice.value() == role)

    def splits(self) -> tuple[str, ...]:
        """The columns whose values split the table, in order."""
        return tuple(name for name, box in self._splits.items() if box.isChecked())

    def show_profile(self, profile: Profile) -> None:
        """Show the roles of a mapping, as far as its columns are here."""
        self.blockSignals(True)
        roles = dict.fromkeys(self.names, "")
        for role in _OF_ROWS:
            roles[getattr(profile, role)] = role
        for measure in profile.metrics:
            for role in ("score", "rate", "successes", "n", "stderr"):
                roles[getattr(measure, role)] = role
            roles |= dict.fromkeys(measure.passed, "passed")
        for name in self.names:
            role = roles[name] or ("strata" if name in profile.strata else "")
            self._roles[name].choose(role)
            self._splits[name].setChecked(name in profile.split)
        self.blockSignals(False)
        self.changed.emit()

    def family(self) -> str:
        """Which way the table holds its result: ``passed``, ``score``, ``rate`` or ``successes``; empty for none yet.

        Raises:
            CommandError: the columns contradict each other.
        """
        found = [role for role in _RESULTS if self.of(role)]
        if len(found) > 1:
            raise CommandError("Choose one way: passes or fails, a score, a rate, or how many counted.")
        for role in _SINGLE:
            if len(self.of(role)) > 1:
                words = next(text for text, value in ROLES if value == role)
                raise CommandError(f"Only one column can mean “{words}”.")
        return found[0] if found else ""

    def profile(self, name: str, measure: Measure) -> Profile:
        """The mapping as the table says it.

        Args:
            name: under which it is to be saved; may be empty.
            measure: name, combination, values and unit of the metric; its columns are those of the table.

        Raises:
            CommandError: no column holds the result, or the columns contradict each other.
        """
        family = self.family()
        if not family:
            raise CommandError("Say which column holds the result: passes or fails, a score, or a rate.")
        one = {role: (self.of(role) or ("",))[0] for role in _SINGLE}
        if family == "successes" and not one["n"]:
            raise CommandError("Say which column holds n, the samples behind it.")
        if family in ("passed", "score") and (one["n"] or one["stderr"]):
            raise CommandError("n and the standard error belong to rates over many samples, not to samples.")
        if family in ("rate", "successes") and one["valid"]:
            raise CommandError("“Counts only where…” belongs to samples, not to rates over many of them.")
        metrics: tuple[Measure, ...]
        if family == "passed":
            metrics = (
                Measure(measure.name, self.of("passed"), measure.combine, measure.pass_values, measure.fail_values),
            )
        elif family == "successes":
            metrics = (Measure(measure.name, successes=one["successes"], n=one["n"]),)
        else:
            columns = self.of(family)
            single = len(columns) == 1
            metrics = tuple(
                Measure(
                    measure.name if single and measure.name else column,
                    score=column if family == "score" else "",
                    rate=column if family == "rate" else "",
                    n=one["n"],
                    stderr=one["stderr"] if single else "",
                    unit=measure.unit,
                    k=_k_of(column) if family == "rate" else None,
                )
                for column in columns
            )
        return Profile(
            name=name,
            metrics=metrics,
            item=one["item"],
            cluster=one["cluster"],
            model=one["model"],
            task=one["task"],
            answer=one["answer"],
            error=one["error"],
            valid=one["valid"],
            strata=self.of("strata"),
            split=self.splits(),
        )


def _k_of(column: str) -> int | None:
    """The k of a column such as ``pass@10``."""
    found = _AT_K.search(column)
    return int(found[1]) or None if found is not None else None


def representable(profile: Profile, columns: Sequence[str]) -> bool:
    """Whether the table can show a mapping in full, so that showing it changes nothing."""
    if not set(profile.columns()) <= set(columns) or not profile.metrics:
        return not profile.metrics
    units = {measure.unit for measure in profile.metrics}
    ways = {(bool(measure.passed), bool(measure.score), bool(measure.rate)) for measure in profile.metrics}
    shared = {(measure.n, measure.stderr) for measure in profile.metrics}
    named = all(measure.name == (measure.rate or measure.score) for measure in profile.metrics)
    several = len(profile.metrics) > 1
    if any(measure.k != (_k_of(measure.rate) if measure.rate else None) for measure in profile.metrics):
        return False
    if several and (profile.metrics[0].passed or len(units) > 1 or len(ways) > 1 or len(shared) > 1 or not named):
        return False
    single_roles = [getattr(profile, role) for role in _OF_ROWS]
    used = [name for name in (*single_roles, *profile.strata) if name]
    used += [name for measure in profile.metrics for name in (*measure.passed, measure.score, measure.rate) if name]
    return len(used) == len(set(used))


def _padded(widget: QWidget, left: int = 2) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(left, 1, 2, 1)
    row.addWidget(widget)
    holder.setFocusProxy(widget)
    return holder
