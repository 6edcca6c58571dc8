"""The verdict badges of one diagram: judged when first asked, kept until something they lean on changes."""

from collections.abc import Iterable, Iterator
from datetime import date

from workbench.render.build_content import Judge, worst
from workbench.render.build_index import DrawingIndex
from workbench.render.picture import Badge
from workbench.store.store import Store


class Badges:
    """Gives badges by subject.

    Attributes:
        as_of: the day by which the age of evidence is reckoned.
    """

    def __init__(self, store: Store, index: DrawingIndex, judge: Judge, as_of: date | None = None) -> None:
        self._store = store
        self._index = index
        self._judge = judge
        self.as_of = as_of
        self._kept: dict[str, Badge | None] = {}

    def of(self, subject: str) -> Badge | None:
        """The badge of an element, a line, or a control on a line; None where nobody claims anything about it."""
        evidence = self._index.evidence
        if subject not in evidence and not any(id in evidence for id in self._index.assessments.get(subject, ())):
            return None
        if subject not in self._kept:
            self._kept[subject] = self._judge(self._store, subject, self.as_of)
        return self._kept[subject]

    def forget(self) -> None:
        """Judge anew when next asked: evidence, what it leans on, the system or the day has changed."""
        self._kept.clear()

    def with_hidden(self, id: str, behind: Iterable[str]) -> Badge | None:
        """The badge of a collapsed element: what it hides may not go silent."""
        return worst([self.of(id), *map(self.of, self.hidden_records(behind))])

    def hidden_records(self, behind: Iterable[str]) -> Iterator[str]:
        """Ids of collapsed elements, the lines at them, and the controls on those."""
        found: dict[str, None] = {}
        for hidden in behind:
            found[hidden] = None
            for link in self._index.links_of(hidden):
                found[link.id] = None
                for guard in self._index.guards_in_order(link.id):
                    found[guard.id] = found[guard.control] = None
        return iter(found)
