"""From a run to cells: which groups of which run go to which rows and columns, or to which number of blocks."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from workbench.analysis.capability import ASPECTS, cells_of, points_of
from workbench.analysis.capability_direction import direction_doubt, full_name, unit_means
from workbench.analysis.capability_mapping import (
    Dimension,
    Group,
    Measure,
    RunGroups,
    best_stratum,
    guess_blocks,
    guess_targets,
)
from workbench.analysis.capability_words import ASPECT_WORD, rate_text
from workbench.analysis.claims import run_name
from workbench.analysis.words import count_words
from workbench.commands.capability import MOST_BLOCKS, Spot
from workbench.commands.errors import CommandError
from workbench.evidence.imported import ImportedRun
from workbench.evidence.made import can_turn, turned
from workbench.model.judgement import CapabilityGrid
from workbench.model.runs import Metric, Run
from workbench.panels.attach_base import AskDialog, Choice, form_grid, labelled
from workbench.panels.capability_tables import figures_of, plain_item, plain_table, titled
from workbench.panels.common import Label, button
from workbench.panels.fields import Combo
from workbench.render.characters import brief
from workbench.store.store import Store
from workbench.values import value_type

Kind = Literal["rows", "columns", "aspect", "blocks"]
Read = Callable[[Sequence[Path]], Sequence[ImportedRun]]
"""Reads files (asks which where none are given) beside the window; no run where nothing came of it."""

_ONE: Final = "\x00"
"""Marks choices that send everything to one row, column or aspect."""
_LEFT_OUT: Final = "Leave out"
_NAMES: Final[dict[Kind, str]] = {"rows": "Row", "columns": "Column", "aspect": "Aspect", "blocks": "Blocks"}


@value_type(frozen=True, slots=True)
class MappingRequest:
    """What the analyst chose; the caller commits it.

    Attributes:
        imported: the run that was read from a file; None where it is in the project.
    """

    fills: Mapping[Spot, Metric]
    imported: ImportedRun | None = None


class RunMappingDialog(AskDialog):
    """Run and figure at the top, what its groups mean at the left, what will stand where at the right."""

    def __init__(self, store: Store, grid: CapabilityGrid, read: Read, parent: QWidget | None = None) -> None:
        """Offer the runs of the project, and to read another.

        Args:
            store: the document.
            grid: what is to be filled.
            read: reads files beside the window.
            parent: the window.
        """
        super().__init__("Fill from run", "Fill", parent)
        self._store, self._grid, self._reader = store, grid, read
        self._imported: dict[str, ImportedRun] = {}
        self._groups: RunGroups | None = None
        self._targets: dict[tuple[str, str], Combo] = {}
        self.resize(1040, 680)
        self.add_head(f"Fill {grid.title[:80]} from a run", "Say what the groups of the run mean; nothing is averaged.")
        self.body.addLayout(self._source())
        self.means = Label("", wrap=True)
        self.body.addWidget(self.means)
        self.body.addLayout(self._meaning())
        halves = QHBoxLayout()
        halves.setSpacing(16)
        self.values = plain_table("What the groups mean", ("Group", "Value", "Goes to"))
        self.preview = plain_table("What will stand where", ("Place", "Result", "n", "Now"))
        halves.addLayout(titled("What the groups mean", self.values), 1)
        halves.addLayout(titled("What will stand where", self.preview), 1)
        self.body.addLayout(halves, 1)
        self._note = Label("", dim=True, wrap=True)
        self.body.addWidget(self._note)
        self._offer_runs()

    # building

    def _source(self) -> QHBoxLayout:
        row = QHBoxLayout()
        grid = form_grid(3)
        self.run = Choice("Run", ())
        self.run.changed.connect(self._run_chosen)
        self.measure = Choice("Figure", ())
        self.measure.changed.connect(self._measure_chosen)
        self.into = Choice("Fill", (("Cells of the grid", "grid"), ("Points of the sweep", "sweep")), chosen="grid")
        self.into.changed.connect(self._measure_chosen)
        labelled(grid, 0, 0, "Run of the project", self.run)
        labelled(grid, 0, 1, "Figure", self.measure)
        labelled(grid, 0, 2, "Fill", self.into)
        row.addLayout(grid, 1)
        self.turn = QCheckBox("One less the figure")
        self.turn.setToolTip("Of a share of insecure answers, fill in the share of the others")
        self.turn.toggled.connect(lambda _on: self.refresh())
        row.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignBottom)
        self.read_file = button("Read a file…", self.ask_for_file)
        row.addWidget(self.read_file, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _meaning(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._choices: dict[Kind, Choice] = {}
        self._fields: dict[Kind, QWidget] = {}
        words = {
            "rows": "Rows come from",
            "columns": "Columns come from",
            "aspect": "Aspect comes from",
            "blocks": "Number of blocks comes from",
        }
        for kind in _NAMES:
            field = QWidget()
            grid = form_grid(1)
            grid.setContentsMargins(0, 0, 0, 0)
            choice = Choice(words[kind], ())
            choice.changed.connect(self._dimensions_chosen)
            labelled(grid, 0, 0, words[kind], choice)
            field.setLayout(grid)
            row.addWidget(field, 1)
            self._choices[kind], self._fields[kind] = choice, field
        self._series_field = QWidget()
        grid = form_grid(1)
        grid.setContentsMargins(0, 0, 0, 0)
        self.series: QLineEdit = self.line("Series", "The model of the grid", longest=200)
        labelled(grid, 0, 0, "Series, for another model", self.series)
        self._series_field.setLayout(grid)
        row.addWidget(self._series_field, 1)
        return row

    # choosing

    def _offer_runs(self, chosen: str | None = None) -> None:
        runs = [run for run in self._store.all(Run) if self._store.referrers(run.id, Metric, "run")]
        runs.sort(key=self._fitting, reverse=True)
        options = [(run_name(run), run.id) for run in runs]
        options = [(f"{run_name(i.run)} (just read)", i.run.id) for i in self._imported.values()] + options
        first = chosen or (options[0][1] if options else None)
        self.run.set_options(options, chosen=first)
        self._run_chosen()

    def _fitting(self, run: Run) -> tuple[bool, bool]:
        """Whether the groups of a run mean rows or numbers of blocks, and whether it has any."""
        strata: dict[str, set[str]] = {}
        for metric in self._store.referrers(run.id, Metric, "run"):
            for name, value in metric.strata.items():
                strata.setdefault(name, set()).add(value)
        listed = {name: sorted(values) for name, values in strata.items()}
        meant = best_stratum(listed, self._names("rows")) or best_stratum(listed, self._names("columns"))
        return bool(meant), bool(strata)

    def ask_for_file(self) -> None:
        """Read a file and offer its runs."""
        runs = self._reader(())
        for imported in runs:
            self._imported[imported.run.id] = imported
        if runs:
            self._offer_runs(runs[0].run.id)

    def _run_chosen(self) -> None:
        id = self.run.value()
        imported = self._imported.get(id) if id is not None else None
        if imported is not None:
            self._groups = RunGroups(imported.metrics, imported.items)
        else:
            self._groups = RunGroups(self._store.referrers(id, Metric, "run")) if id is not None else None
        words = self._groups.measures() if self._groups is not None else {}
        options = [(text, measure) for measure, text in words.items()]
        self.measure.set_options(options, chosen=options[0][1] if options else None)
        self._measure_chosen()

    def _names(self, kind: Kind) -> list[str]:
        """The names that values may go to, stored as they are."""
        grid = self._grid
        if kind == "rows":
            return [*grid.attributes, *grid.practices]
        return list(grid.levels) if kind == "columns" else list(ASPECTS) if kind == "aspect" else []

    def _measure_chosen(self) -> None:
        strata = self._strata()
        sweep = self.into.value() == "sweep"
        for kind, choice in self._choices.items():
            names = self._names(kind)
            options = [(f"Groups of “{name}”", name) for name in strata]
            options += [(f"All: {ASPECT_WORD.get(name, name)}", _ONE + name) for name in names]  # type: ignore[call-overload]
            if kind == "blocks":
                guess = next((n for n, v in strata.items() if any(guess_blocks(v).values())), None)
            else:
                guess = best_stratum(strata, names) or None
                if guess is None and kind == "aspect":
                    guess = _ONE + "execution"
            choice.set_options(options, chosen=guess)
            self._fields[kind].setVisible((kind == "blocks") == sweep)
        self._series_field.setVisible(sweep)
        self._dimensions_chosen()

    def _strata(self) -> dict[str, tuple[str, ...]]:
        measure: Measure | None = self.measure.value()
        return self._groups.strata(measure) if self._groups is not None and measure is not None else {}

    def _kinds(self) -> tuple[Kind, ...]:
        return ("blocks",) if self.into.value() == "sweep" else ("rows", "columns", "aspect")

    def _dimensions_chosen(self) -> None:
        """Offer a target for each value of the strata chosen, with the likeliest one chosen."""
        strata = self._strata()
        rows: list[tuple[Kind, str, str, str]] = []
        for kind in self._kinds():
            stratum = self._choices[kind].value()
            if stratum is None or stratum.startswith(_ONE):
                continue
            values = strata.get(stratum, ())
            found = guess_blocks(values) if kind == "blocks" else guess_targets(values, self._names(kind))
            rows += [(kind, stratum, value, found[value]) for value in values]
        self._targets.clear()
        self.values.setRowCount(len(rows))
        for number, (kind, stratum, value, guess) in enumerate(rows):
            self.values.setItem(number, 0, plain_item(stratum))
            self.values.setItem(number, 1, plain_item(value))
            combo = self._target(kind, value, guess)
            self._targets[kind, value] = combo
            self.values.setCellWidget(number, 2, combo)
        self.refresh()

    def _target(self, kind: Kind, value: str, guess: str) -> Combo:
        combo = Combo()
        combo.setAccessibleName(brief(f"{_NAMES[kind]} for {value}"))
        combo.addItem(_LEFT_OUT, "")
        if kind == "blocks":
            combo.setEditable(True)
            combo.setInsertPolicy(Combo.InsertPolicy.NoInsert)
            for blocks in range(1, 14):
                combo.addItem(str(blocks), str(blocks))
            combo.setCurrentText(guess or _LEFT_OUT)
            combo.editTextChanged.connect(lambda _text: self.refresh())
        else:
            for name in self._names(kind):
                combo.addItem(ASPECT_WORD.get(name, name), name)  # type: ignore[call-overload]
            combo.setCurrentIndex(max(0, combo.findData(guess)))
        combo.currentIndexChanged.connect(lambda _index: self.refresh())
        return combo

    def _chosen_target(self, kind: Kind, value: str) -> str:
        combo = self._targets[kind, value]
        if kind != "blocks":
            return str(combo.currentData() or "")
        text = combo.currentText().strip()
        good = text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_BLOCKS
        return str(int(text[:9])) if good else ""

    # what comes of it

    def dimensions(self) -> list[Dimension]:
        """How each coordinate is found, as far as it is said.

        Raises:
            CommandError: something is not said.
        """
        made = []
        for kind in self._kinds():
            chosen = self._choices[kind].value()
            if chosen is None:
                raise CommandError(f"Say where the {_NAMES[kind].lower()} comes from.")
            if chosen.startswith(_ONE):
                made.append(Dimension(fixed=chosen[1:]))
                continue
            values = self._strata().get(chosen, ())
            made.append(Dimension(chosen, targets={value: self._chosen_target(kind, value) for value in values}))
        return made

    def groups(self) -> list[Group]:
        """What would go where.

        Raises:
            CommandError: something is not said.
        """
        measure: Measure | None = self.measure.value()
        if self._groups is None or measure is None:
            raise CommandError("Choose a run with a rate, or read a file.")
        return self._groups.groups(measure, self.dimensions(), turn=self.turn.isChecked())

    def _spot(self, group: Group) -> Spot:
        if self.into.value() == "sweep":
            return int(group.target[0]), self.series.text().strip()
        row, column, aspect = group.target
        return row, column, next(known for known in ASPECTS if known == aspect)

    @override
    def read(self) -> MappingRequest:
        """What the dialog says now."""
        fills = {self._spot(group): group.metric for group in self.groups() if group.metric is not None}
        if not fills:
            raise CommandError("No group goes to a place yet: say what the values mean.")
        run = self.run.value()
        return MappingRequest(fills, self._imported.get(run) if self._store.get(run) is None else None)

    @override
    def refresh(self) -> None:
        """Show what would stand where."""
        super().refresh()
        try:
            groups = self.groups()
        except CommandError:
            groups = []
        now = self._now()
        self.preview.setRowCount(len(groups))
        for number, group in enumerate(groups):
            spot = self._spot(group)
            place = f"{spot[0]} blocks" if len(spot) == 2 else f"{spot[0]} · {spot[1]} · {ASPECT_WORD[spot[2]].lower()}"
            cells = [place, *figures_of(group), now.get(spot, "")]
            for column, text in enumerate(cells):
                self.preview.setItem(number, column, plain_item(text))
        self._note.setText(self._told(groups, now))
        metric = next((group.metric for group in groups if group.metric is not None), self._measured())
        said = [f"{full_name(metric)}.", unit_means(metric), direction_doubt(metric)] if metric is not None else []
        self.means.setText(" ".join(filter(None, said)))

    def _measured(self) -> Metric | None:
        """The figure chosen, before it is said what its groups mean."""
        measure: Measure | None = self.measure.value()
        whole = self._groups.whole(measure) if self._groups is not None and measure is not None else None
        return turned(whole) if whole is not None and self.turn.isChecked() and can_turn(whole) else whole

    def _now(self) -> dict[Spot, str]:
        """What stands in each place now, in short."""
        told: dict[Spot, str] = {}
        for cell in cells_of(self._store, self._grid.id):
            told[cell.attribute, cell.level, cell.aspect] = self._short(cell)
        for point in points_of(self._store, self._grid.id):
            told[point.blocks, point.series] = self._short(point)
        return told

    def _short(self, record: Any) -> str:
        metric = self._store.find(record.metric, Metric)
        if metric is not None:
            return rate_text(metric.value) if metric.value is not None and 0 <= metric.value <= 1 else "a run"
        typed = record.typed
        return f"{rate_text(typed.value)}, typed" if typed is not None and typed.value is not None else ""

    def _told(self, groups: Sequence[Group], now: Mapping[Spot, str]) -> str:
        if not groups:
            return ""
        good = [group for group in groups if group.metric is not None]
        said = [f"{count_words(len(good), 'place', 'places')} will be filled."]
        again = sum(bool(now.get(self._spot(group))) for group in good)
        if again:
            said.append(f"{again} of them hold a figure already, which gives way; undo brings it back.")
        problems = [f"{' · '.join(group.target)}: {group.problem}." for group in groups if group.problem]
        return " ".join([*said, *problems[:3]])
