"""The outline's hazards by impact dimension: under each dimension its hazards, last those without any. No Qt."""

from typing import Final

from workbench.analysis.lens import hazards_in, matters
from workbench.analysis.risk import DIMENSIONS
from workbench.analysis.words import count_words, word
from workbench.model.codes import code_key
from workbench.model.elements import Hazard
from workbench.store.diff import Diff
from workbench.store.store import Store

_MARK: Final = "dimension:"
NONE_CONSIDERED: Final = f"{_MARK}none"


def is_group(id: str) -> bool:
    """Whether a row's id is that of a group."""
    return id.startswith(_MARK)


def dimension_of(id: str) -> str:
    """The impact dimension of a group; empty for the hazards without any."""
    return "" if id == NONE_CONSIDERED else id.removeprefix(_MARK)


class Groups:
    """Which hazards stand under which dimension; worked out anew where an edit may have changed that."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, tuple[str, ...]] | None = None

    def follow(self, diff: Diff) -> bool:
        """Take note of a change; whether hazards may stand elsewhere now."""
        changed = any(matters(before, after) for _, before, after in diff.before_and_after())
        if changed:
            self._held = None
        return changed

    def all(self) -> dict[str, tuple[str, ...]]:
        """Ids of the hazards of each group, in order; that of hazards without a dimension only where there are any."""
        if self._held is None:
            hazards = sorted(self._store.all(Hazard), key=lambda h: (code_key(h.code), h.id))
            rest = {hazard.id: None for hazard in hazards}
            found = {}
            for dimension in DIMENSIONS:
                among = set(hazards_in(self._store, dimension))
                found[f"{_MARK}{dimension}"] = tuple(hazard.id for hazard in hazards if hazard.id in among)
                for id in among:
                    rest.pop(id, None)
            if rest:
                found[NONE_CONSIDERED] = tuple(rest)
            self._held = found
        return self._held

    def of(self, hazard: str) -> list[str]:
        """The groups a hazard stands in."""
        return [group for group, hazards in self.all().items() if hazard in hazards]

    def title(self, group: str) -> str:
        """A group's words in the tree: ``Technical (3)``."""
        dimension = dimension_of(group)
        name = word(dimension) if dimension else "No dimension considered"
        return f"{name} ({len(self.all().get(group, ())):,})"

    def told(self, group: str) -> str:
        """The same as a sentence, for those who hear it and for the tooltip."""
        dimension = dimension_of(group)
        many = count_words(len(self.all().get(group, ())), "hazard", "hazards")
        return f"{many} with {dimension} impacts" if dimension else f"{many} whose impact dimensions nobody considered"
