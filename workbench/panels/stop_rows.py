"""The stops of a route as rows of a list: what each is called, what it shows, and what is to be said there. No Qt."""

from typing import Final

from workbench.analysis.levels import ALL
from workbench.analysis.stops import SHOWS_WORD, shown_at, stops_in_order, title_at
from workbench.model.drawing import Diagram
from workbench.model.review import Stop
from workbench.store.reader import Reader
from workbench.values import value_type

_NOTES: Final = 300


@value_type(frozen=True, slots=True)
class StopRow:
    """One stop as the list shows it.

    Attributes:
        number: its place in the route, from 1.
        about: what it shows, and how much of it.
        notes: the beginning of its notes, on one line.
    """

    id: str
    number: int
    title: str
    about: str
    notes: str

    def spoken(self) -> str:
        """The row in one sentence."""
        return "; ".join(part for part in (f"Stop {self.number}: {self.title}", self.about, self.notes) if part)


def rows_of(reader: Reader) -> list[StopRow]:
    """Every stop of the route, in order."""
    return [_row(reader, stop, number) for number, stop in enumerate(stops_in_order(reader), 1)]


def _row(reader: Reader, stop: Stop, number: int) -> StopRow:
    shown = shown_at(reader, stop)
    parts = [SHOWS_WORD[shown.shows]]
    if shown.shows == "diagram":
        sheet = reader.find(shown.id, Diagram)
        named = " ".join(sheet.title.split()) if sheet is not None else ""
        if named and named != title_at(reader, stop):
            parts = [named]
        if stop.levels < ALL:
            parts.append(f"level {stop.levels} of {ALL}")
        if stop.highlighted:
            parts.append("part of it lit")
    notes = " ".join(stop.notes[: 2 * _NOTES].split())[:_NOTES]
    return StopRow(stop.id, number, title_at(reader, stop), ", ".join(parts), notes)
