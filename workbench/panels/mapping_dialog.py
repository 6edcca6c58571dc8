"""What the columns of a table mean: guessed, corrected, seen at work, and saved for the next table of the same make."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.evidence.imported import ImportedRun
from workbench.evidence.intake import read_head
from workbench.evidence.mapping import guess_profile, usual_errors
from workbench.evidence.profile import (
    FAIL_WORDS,
    PASS_WORDS,
    Measure,
    Profile,
    ProfileProblem,
    profile_from,
    verdict_of,
)
from workbench.evidence.profiles import delete_profile, save_profile, saved_profiles
from workbench.evidence.tables import Preview, kind_of, preview
from workbench.panels.attach_base import AskDialog, form_grid, labelled, scrolled
from workbench.panels.common import Label, button, rule
from workbench.panels.mapping_columns import MOST_COLUMNS, ColumnTable, distinct, representable
from workbench.panels.mapping_preview import MappingPreview
from workbench.panels.messages import confirm, show_error
from workbench.panels.style import SMALL_PX, ui_font
from workbench.values import value_type

_GUESS: Final = "guess"
_UNITS: Final = (("A proportion, 0 to 1", "proportion"), ("Percent, 0 to 100", "percent"), ("Another number", "other"))
_COMBINE: Final = (("any of them says so", "any"), ("all of them say so", "all"))
_VALUES_SHOWN: Final = 6
_Says = Callable[[str], str]


@value_type(frozen=True, slots=True)
class Mapped:
    """What was read with the mapping that was chosen."""

    profile: Profile
    runs: tuple[ImportedRun, ...]


def preview_of(path: Path) -> Preview:
    """The beginning of a table.

    Raises:
        ImportProblem: it cannot be read.
    """
    head = read_head(path)
    kind = kind_of(head)
    return preview(path, head, kind) if kind is not None else Preview((), ())


class MappingDialog(AskDialog):
    """Columns with roles, the values that count, and what comes out."""

    def __init__(self, path: Path, shown: Preview, parent: QWidget | None = None) -> None:
        super().__init__("Map columns", "Read", parent)
        self._path, self._shown_rows = path, shown
        self._fixed: Profile | None = None
        self._filling = True
        self.resize(1060, 720)
        more = len(shown.columns) - MOST_COLUMNS
        told = "A guess from names and values; correct it. What is marked as missing is never counted as a failure."
        if more > 0:
            told += f" {more:,} more columns are not shown; a profile’s file can name them."
        self.add_head(f"What do the columns of {path.name} mean?", told)
        self._saved = {profile.name: profile for profile in saved_profiles()}
        top = form_grid(0)
        self.mapping = self.choice("Mapping", self._mappings(), chosen=_GUESS)
        self.mapping.changed.connect(self._load)
        self.delete = button("Delete…", self._delete, tip="Delete the saved mapping that is chosen")
        self.delete.setAccessibleName("Delete mapping")
        self.name = self.line("Save this mapping as", "A name, for the next table of the same make", longest=120)
        labelled(top, 0, 0, "Mapping", self.mapping)
        top.addWidget(self.delete, 1, 1)
        labelled(top, 0, 2, "Save this mapping as", self.name)
        for place in (0, 2):
            top.setColumnStretch(place, 1)
        self.body.addLayout(top)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        upper = QWidget()
        halves = QHBoxLayout(upper)
        halves.setContentsMargins(0, 0, 0, 6)
        halves.setSpacing(16)
        self.columns = ColumnTable(shown)
        self.columns.changed.connect(self._columns_changed)
        halves.addWidget(self.columns, 3)
        halves.addLayout(self._measure(), 1)
        split.addWidget(upper)
        self.outcome = MappingPreview(path)
        self.outcome.changed.connect(self.refresh)
        split.addWidget(self.outcome)
        split.setSizes([400, 180])
        self.body.addWidget(split, 1)
        self._filling = False
        self._load()
        self.mapping.setFocus()

    def _measure(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(6)
        grid = form_grid(1)
        self.metric_name = self.line("Name of the figure", "Such as insecure rate", longest=200)
        self.combine = self.choice("A sample counts if", _COMBINE, chosen="any")
        self.counts = self.line("Values that count", "Such as true, passed, >0")
        self.fails = self.line("Values that do not count", "Such as false, failed, 0")
        self.unit = self.choice("Its unit", _UNITS, chosen="proportion")
        labelled(grid, 0, 0, "Name of the figure", self.metric_name)
        labelled(grid, 1, 0, "A sample counts if", self.combine)
        labelled(grid, 2, 0, "Values that count", self.counts)
        labelled(grid, 3, 0, "Values that do not count", self.fails)
        labelled(grid, 4, 0, "Its unit", self.unit)
        self.valid = self.line("Counts only where it is", "Such as true; others are missing")
        self.errors = self.line("Values that are errors", "Empty: all but none, false, 0")
        labelled(grid, 5, 0, "Counts only where it is", self.valid)
        labelled(grid, 6, 0, "Values that are errors", self.errors)
        right.addLayout(grid)
        right.addWidget(rule())
        self.values = Label("", dim=True, wrap=True)
        self.values.setFont(ui_font(SMALL_PX))
        self.values.setAlignment(Qt.AlignmentFlag.AlignTop)
        right.addWidget(scrolled(self.values), 1)
        return right

    @staticmethod
    def ask(path: Path, parent: QWidget | None) -> Mapped | None:
        """Show the dialog for a table; None where the user cancelled.

        Raises:
            ImportProblem: the table cannot be read.
        """
        mapped: Mapped | None = MappingDialog(path, preview_of(path), parent).show_modal()
        return mapped

    # choosing a mapping

    def _mappings(self) -> list[tuple[str, str]]:
        return [("Guessed from the table", _GUESS), *((name, f"={name}") for name in self._saved)]

    def _delete(self) -> None:
        """Forget the saved mapping that is chosen, and go back to the guess."""
        name = self.mapping.value().removeprefix("=")
        question = f"Delete the saved mapping “{name}”? Evidence that was read with it stays as it is."
        if not confirm(self, "Delete mapping", question, "Delete", careful=True):
            return
        problem = delete_profile(name)
        if problem:
            show_error(self, "Not deleted", problem)
            return
        del self._saved[name]
        self.mapping.set_options(self._mappings(), chosen=_GUESS)
        self._load()

    def _load(self) -> None:
        chosen = self.mapping.value()
        if chosen == _GUESS or chosen is None:
            profile = guess_profile(self._shown_rows.columns, self._shown_rows.rows)
            self._fixed = None
        else:
            profile = self._saved[chosen.removeprefix("=")]
            self._fixed = None if representable(profile, self.columns.names) else profile
        self._filling = True
        self.name.setText(profile.name)
        first = profile.metrics[0] if profile.metrics else Measure()
        self.metric_name.setText(first.name if len(profile.metrics) <= 1 else "")
        self.combine.choose(first.combine)
        self.unit.choose(first.unit)
        counts, fails = first.pass_values, first.fail_values
        if first.passed and not counts and not fails:
            counts, fails = self._usual(first)
        self.counts.setText(", ".join(counts))
        self.fails.setText(", ".join(fails))
        counting = profile.valid_values
        if profile.valid and not counting:
            counting = self._usual(Measure(passed=(profile.valid,)))[0]
        self.valid.setText(", ".join(counting))
        self.errors.setText(", ".join(profile.error_values))
        self.columns.show_profile(profile)
        self._filling = False
        self.refresh()

    def _columns_changed(self) -> None:
        """Another meaning was chosen: values that were not named yet are the usual ones."""
        if self._filling:
            return
        valid, errors = self.columns.of("valid"), self.columns.of("error")
        if valid and not self.valid.text().strip():
            self.valid.setText(", ".join(self._usual(Measure(passed=valid))[0]))
        if errors and not self.errors.text().strip():
            self.errors.setText(", ".join(usual_errors(errors[0], distinct(self._shown_rows, errors[0]))))
        self.refresh()

    def _usual(self, measure: Measure) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The usual words that stand in the columns, so that nobody has to guess what counts."""
        values = dict.fromkeys(v for column in measure.passed for v in distinct(self._shown_rows, column))
        found = (tuple(v for v in values if v.casefold() in words) for words in (PASS_WORDS, FAIL_WORDS))
        counts, fails = found
        return counts, fails

    # reading it

    def profile(self) -> Profile:
        """The mapping as it stands.

        Raises:
            CommandError: something is missing or contradicts itself.
        """
        if self._fixed is not None:
            return self._fixed
        measure = Measure(
            name=self.metric_name.text().strip(),
            combine=self.combine.value(),
            pass_values=_listed(self.counts.text()),
            fail_values=_listed(self.fails.text()),
            unit=self.unit.value(),
        )
        family = self.columns.family()
        if family in ("passed", "successes") and not measure.name:
            raise CommandError("Name the figure, such as insecure rate.")
        made = self.columns.profile(self.name.text().strip(), measure)
        if family == "passed" and not measure.pass_values:
            raise CommandError("Say which values count.")
        valid_values = _listed(self.valid.text()) if made.valid else ()
        if made.valid and not valid_values:
            raise CommandError(f"Say with which values of {made.valid} a row counts.")
        made = replace(made, valid_values=valid_values, error_values=_listed(self.errors.text()) if made.error else ())
        try:
            return profile_from(made.as_data())
        except ProfileProblem as problem:
            raise CommandError(f"This mapping {problem}.") from None

    @override
    def read(self) -> Mapped:
        """What was read with the mapping."""
        profile = self.profile()
        if self.outcome.problem:
            raise CommandError(f"With this mapping the table {self.outcome.problem}.")
        if self.outcome.busy or not self.outcome.runs:
            raise CommandError("Reading…")
        return Mapped(profile, tuple(self.outcome.runs))

    @override
    def refresh(self) -> None:
        if self._filling:
            return
        try:
            profile: Profile | None = self.profile()
        except CommandError:
            profile = None
        self.outcome.show_mapping(profile)
        fixed = self._fixed is not None
        self.delete.setEnabled(self.mapping.value() != _GUESS)
        family = self._family()
        self.columns.setEnabled(not fixed)
        for field, used in (
            (self.metric_name, family != ""),
            (self.combine, family == "passed" and len(self.columns.of("passed")) > 1),
            (self.counts, family == "passed"),
            (self.fails, family == "passed"),
            (self.unit, family in ("score", "rate")),
            (self.valid, bool(self.columns.of("valid"))),
            (self.errors, bool(self.columns.of("error"))),
        ):
            field.setEnabled(used and not fixed)
        self.values.setText(self._told(profile) if not fixed else _FIXED)
        super().refresh()

    def _family(self) -> str:
        try:
            return self.columns.family()
        except CommandError:
            return ""

    def _told(self, profile: Profile | None) -> str:
        """What becomes of the values of the columns that pass or fail, count or not, or hold errors."""
        if profile is None or not profile.metrics or not profile.of_samples:
            return ""
        measure = profile.metrics[0]
        lines = []
        words = {True: "counts", False: "does not count", None: "missing"}
        told: list[tuple[str, _Says]] = [
            (column, lambda value: words[verdict_of(value, measure)]) for column in measure.passed
        ]
        if profile.valid:
            told.append((profile.valid, lambda value: "the row counts" if profile.counts(value) else "missing"))
        if profile.error:
            told.append((profile.error, lambda value: "an error, missing" if profile.is_error(value) else "no error"))
        for column, says in told:
            counted = Counter(row.get(column, "").strip() for row in self._shown_rows.rows)
            lines.append(f"{column}, first {len(self._shown_rows.rows):,} rows:")
            for value, count in counted.most_common(_VALUES_SHOWN):
                lines.append(f"  {value[:30] or '(empty)'}  ×{count:,}: {says(value)}")
            if len(counted) > _VALUES_SHOWN:
                lines.append(f"  and {len(counted) - _VALUES_SHOWN} more values")
        return "\n".join(lines)

    @override
    def accept(self) -> None:
        name = self.name.text().strip()
        if name and self._fixed is None:
            problem = save_profile(self.profile())
            if problem:
                show_error(self, "Not saved", problem)
        super().accept()

    @override
    def done(self, result: int) -> None:
        self.outcome.stop()
        super().done(result)


_FIXED: Final = "This mapping has figures of several kinds, or columns of several meanings; it is used as it was saved."


def _listed(text: str) -> tuple[str, ...]:
    """Values separated by commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
