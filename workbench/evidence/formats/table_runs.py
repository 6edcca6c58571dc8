"""What the runs of a table have in common, whether its rows are samples or results."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.evidence.problems import ImportProblem, one_line
from workbench.evidence.profile import Measure, Profile

MAX_RUNS: Final = 400
THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+")


class Places:
    """Where in a row the mapped columns stand."""

    def __init__(self, profile: Profile) -> None:
        self._places = {name: index for index, name in enumerate(profile.columns())}
        self.profile = profile
        self.split = [self._places[name] for name in profile.split]
        self.strata = [(name, self._places[name]) for name in profile.strata]

    def of(self, name: str) -> int | None:
        """The place of a column; None where the role is not mapped."""
        return self._places[name] if name else None

    def key(self, cells: Sequence[str]) -> tuple[str, ...]:
        """What tells the run of a row from the others in the table."""
        return tuple(cells[place][:200] for place in self.split)


def too_many_runs(path: Path, profile: Profile) -> ImportProblem:
    """The message for a table that falls into more runs than anybody compares."""
    names = ", ".join(profile.split)
    return ImportProblem(path, f"falls into more than {MAX_RUNS} runs by {names}", "split by other columns")


def run_fields(
    path: Path, profile: Profile, key: Sequence[str], models: Sequence[str], tasks: Sequence[str]
) -> dict[str, Any]:
    """Fields of the run of one part of a table.

    Args:
        path: the table; its name is the run's where nothing else is.
        profile: the mapping.
        key: values of the columns that split the table.
        models: the models named in the part.
        tasks: the tasks named in it.
    """
    by_name = dict(zip(profile.split, key, strict=True))
    model = one_line(models[0]) if len(models) == 1 else ""
    task = one_line(tasks[0]) if len(tasks) == 1 else ""
    others = [f"{name} {value}" for name, value in by_name.items() if name not in (profile.model, profile.task)]
    subject = task or profile.name or path.stem
    settings = {one_line(name): one_line(value) for name, value in by_name.items()}
    settings["mapping"] = one_line("; ".join((*map(sentence, profile.metrics), *_conditions(profile))), 1_000)
    return {
        "title": one_line(" · ".join(part for part in (subject, model, *others) if part), 600),
        "model": {"name": model},
        "task": {"name": task or one_line(profile.name)},
        "status": "unknown",
        "provenance": {"settings": settings},
    }


def _conditions(profile: Profile) -> list[str]:
    """Which rows the mapping takes as missing, by what it was told of their values."""
    said = []
    if profile.valid:
        said.append(f"only rows where {profile.valid} is {' or '.join(profile.valid_values) or 'true'}")
    if profile.error_values:
        said.append(f"an error where {profile.error} is {' or '.join(profile.error_values)}")
    return said


def sentence(measure: Measure) -> str:
    """What a metric is made of, in words that stay with the run."""
    if measure.passed:
        joined = f" {'or' if measure.combine == 'any' else 'and'} ".join(measure.passed)
        values = f" is {' or '.join(measure.pass_values)}" if measure.pass_values else " says so"
        return f"{measure.name} counts rows where {joined}{values}"
    if measure.score:
        return f"{measure.name} is the mean of {measure.score}, in {measure.unit}"
    if measure.rate:
        return f"{measure.name} is {measure.rate}, in {measure.unit}"
    return f"{measure.name} is {measure.successes} of {measure.n}"


def general_doubts(profile: Profile, models: Sequence[str]) -> list[str]:
    """What no table says, and what this one leaves open."""
    doubts = []
    if not profile.model:
        doubts.append("No column says which model was measured.")
    elif len(models) > 1:
        doubts.append(
            f"The rows name {len(models)} models ({', '.join(one_line(name, 60) for name in models[:4])}); the run is "
            "about all of them together. Split the table by its model column to tell them apart."
        )
    elif not models:
        doubts.append(f"The column {profile.model} is empty: the model is not known.")
    doubts.append("A table does not say when the run was made, or whether it ended normally.")
    return doubts


def number_in(text: str, *, share: bool = True) -> tuple[float, int, bool] | None:
    """A cell as a number: value, digits after the point, and whether a percent sign follows; None where it is none.

    A comma stands for the decimal point where there is no point. In a number that is no ``share`` (a fraction or
    percent) three digits after a comma may just as well be thousands: then it is none, for nobody can tell.
    """
    bare = text.removesuffix("%").strip()
    if not share and THOUSANDS.fullmatch(bare):
        return None
    if bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")) or "_" in bare:
        return None
    return value, len(bare.partition(".")[2]) if "e" not in bare.casefold() else 17, text.endswith("%")


def strata_in(names: Mapping[str, str]) -> dict[str, str]:
    """Groups as they are stored: one line each."""
    return {one_line(name, 200): one_line(value, 200) for name, value in names.items() if value}
