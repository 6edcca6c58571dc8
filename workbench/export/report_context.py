"""What the parts of a report share while they are made: the project, the day, the picture theme, what was left out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, TypeVar

from workbench.analysis.risk import Rating, Ratings
from workbench.export.log_sheet import Cell
from workbench.export.report_model import Block, Words
from workbench.files.log_text import INHERITED
from workbench.files.revisions import Revision
from workbench.model.judgement import Phase
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.store.store import Store
from workbench.values import value_type

T = TypeVar("T")

HAZARDS: Final = 100
"""Hazards that have a part of their own; the worst, where there are more."""
DRAWN: Final = 600
"""Elements and controls of a diagram that a page can show."""
PATHWAYS: Final = 60
"""Stretches of pathways of one hazard."""
ROWS: Final = 300
CLAIMS: Final = 150
FINDINGS: Final = 300

NOT_RATED: Final = "not rated"

Making = Iterator[None]
"""What is made in steps: it can be shown how far it is, and stopped, after each."""


@value_type(slots=True, eq=False)
class Context:
    """One report in the making.

    Attributes:
        day: the day by which age, expiries and due days are reckoned; null where nothing says.
        asked: the same day where somebody asked for it; null: the newest stored one counts.
        left: what was left out, one sentence each.
        known: ratings of hazards that were looked up.
        revisions: the saved states of the project, oldest first; ``revisions_told`` what is wrong with them.
    """

    store: Store
    theme: Theme
    measure: Measure
    day: date | None
    asked: date | None
    ratings: Ratings
    revisions: Sequence[Revision]
    revisions_told: str
    left: list[str]
    known: dict[tuple[str, Phase], Rating | None]

    def rating(self, hazard: str, phase: Phase) -> Rating | None:
        """The rating of a hazard in force, worked out once."""
        key = (hazard, phase)
        if key not in self.known:
            self.known[key] = self.ratings.of(hazard, phase)
        return self.known[key]

    def most(self, items: Sequence[T], most: int, told: str) -> tuple[Sequence[T], list[Block]]:
        """The first of some things; and where there are more, a sentence that says so here and in the summary.

        Args:
            items: all of them; ``most``: how many there is room for.
            told: what they are and where the others are, such as ``claims are shown, the worst first``.
        """
        if len(items) <= most:
            return items, []
        said = f"{most:,} of {len(items):,} {told}."
        self.left.append(said)
        return items[:most], [Words(said, "note")]

    def rated(self, rating: Rating | None) -> Cell:
        """A rating as a cell."""
        if rating is None:
            return Cell((NOT_RATED,))
        return Cell((rating.index + (INHERITED if rating.inherited else ""),), rating.level, rating.steps)

    def rated_words(self, rating: Rating | None) -> str:
        """A rating in words: ``2D Medium``."""
        if rating is None:
            return NOT_RATED
        return f"{rating.index} {rating.level}{INHERITED if rating.inherited else ''}"
