"""How many open actions and comments are pinned where: what a badge on the diagram says. No Qt."""

from datetime import date
from typing import Self

from workbench.analysis.meeting_log import entry
from workbench.model.review import ActionItem, Comment
from workbench.store.reader import Reader
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class ReviewTally:
    """What waits in one place: open actions, of which some are ``overdue``, and open comments."""

    actions: int = 0
    overdue: int = 0
    comments: int = 0

    @property
    def count(self) -> int:
        """All that waits."""
        return self.actions + self.comments

    def and_(self, other: Self | None) -> "ReviewTally":
        """Both together."""
        if other is None:
            return self
        return ReviewTally(self.actions + other.actions, self.overdue + other.overdue, self.comments + other.comments)

    def words(self) -> str:
        """In words: ``2 open actions, 1 overdue; 1 open comment``."""
        late = f", {self.overdue} overdue" if self.overdue else ""
        parts = (
            f"{self.actions} open action{'' if self.actions == 1 else 's'}{late}" if self.actions else "",
            f"{self.comments} open comment{'' if self.comments == 1 else 's'}" if self.comments else "",
        )
        return "; ".join(part for part in parts if part)


def review_tallies(reader: Reader, today: date | None) -> dict[str, ReviewTally]:
    """What waits, by the record it is pinned to."""
    found: dict[str, ReviewTally] = {}
    waiting: tuple[ActionItem | Comment, ...] = (*reader.all(ActionItem), *reader.all(Comment))
    for record in waiting:
        noted = entry(record, today)
        if noted.waits and noted.subject:
            action = noted.kind == "action"
            one = ReviewTally(int(action), int(noted.state == "overdue"), int(not action))
            found[noted.subject] = one.and_(found.get(noted.subject))
    return found
