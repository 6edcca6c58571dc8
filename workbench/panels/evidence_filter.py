"""The filter chips of the evidence dock: what each lets through, and how many rows that is. No Qt."""

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from workbench.analysis.claims import ClaimRow
from workbench.panels.run_rows import RunRow, RunSource
from workbench.values import value_type

R = TypeVar("R")


@value_type(frozen=True, slots=True)
class Chip(Generic[R]):
    """One chip.

    Attributes:
        keep: whether a row passes, given the row and the state of its run's file.
        always: shown even where nothing passes.
    """

    id: str
    name: str
    keep: Callable[[R, RunSource], bool]
    always: bool = False
    tip: str = ""


def _sign(sign: str) -> Callable[[ClaimRow, RunSource], bool]:
    return lambda row, _source: row.sign == sign


CLAIM_CHIPS: Final[tuple[Chip[ClaimRow], ...]] = (
    Chip("", "All", lambda _row, _source: True, True, "Every claim"),
    Chip("supports", "Supports", _sign("supports"), True, "The interval lies wholly on the acceptable side"),
    Chip("refutes", "Refutes", _sign("refutes"), True, "The interval lies wholly on the other side"),
    Chip("inconclusive", "Inconclusive", _sign("inconclusive"), True,
         "The interval spans the criterion, or too little is known"),
    Chip("stale", "Stale", _sign("stale"), tip="The verdict is kept but suspended"),
    Chip("none", "No verdict", _sign("none"), tip="No criterion is set, and nobody judged"),
    Chip("by_hand", "By hand", lambda row, _source: row.analyst, tip="A person judged, against the program or without"),
    Chip("away", "File not at hand", lambda _row, source: source in ("not at hand", "changed"),
         tip="The run’s file is not on this machine, or has changed"),
)  # fmt: skip
RUN_CHIPS: Final[tuple[Chip[RunRow], ...]] = (
    Chip("", "All", lambda _row, _source: True, True, "Every run"),
    Chip("used", "Leaned on", lambda row, _source: row.claims > 0, True, "At least one claim leans on it"),
    Chip("unused", "No claims", lambda row, _source: not row.claims, True, "No claim leans on it"),
    Chip("out", "Does not stand",
         lambda row, _source: row.standing in ("withdrawn", "superseded", "invalid", "unfinished"),
         tip="Withdrawn, superseded, marked as invalid, or not finished"),
    Chip("typed", "Typed in", lambda row, _source: row.typed, tip="A person entered the figures; there is no file"),
    Chip("unverified", "Unverified", lambda row, _source: row.standing == "unverified",
         tip="Read from a version of the format that this program was not written for"),
    Chip("away", "Not at hand", lambda _row, source: source in ("not at hand", "changed"),
         tip="The file is not on this machine, or has changed"),
)  # fmt: skip


def counted(chips: Iterable[Chip[R]], rows: Iterable[tuple[R, RunSource, int]]) -> dict[str, int]:
    """How many rows each chip lets through, given rows, the states of their files, and how many are alike."""
    listed = list(chips)
    counts = dict.fromkeys((chip.id for chip in listed), 0)
    for row, source, times in rows:
        for chip in listed:
            counts[chip.id] += times * chip.keep(row, source)
    return counts
