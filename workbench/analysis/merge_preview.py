"""What a merge would bring into the open project, in words, before anything is changed."""

from collections.abc import Sequence

from workbench.analysis.changes import as_text, grouped
from workbench.analysis.words import count_words
from workbench.files.merge import Merged, Side, merge
from workbench.model.review import Conflict
from workbench.store.diff import Diff
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Preview:
    """A merge worked out, and what it comes to.

    Attributes:
        summary: in a sentence or two.
        lines: every change to our version, as ``analysis.changes.as_text`` gives them.
    """

    merged: Merged
    summary: str
    lines: Sequence[str]

    @property
    def changes(self) -> bool:
        """Whether anything of ours would change, or anything would be asked."""
        return bool(self.lines or self.merged.conflicts)


def preview(base: Side, ours: Side, theirs: Side) -> Preview:
    """Merge theirs into ours and say what that comes to; nothing is changed."""
    merged = merge(base, ours, theirs)
    change = merged.change_of(ours)
    told_apart = Diff(
        {key: record for key, record in change.added.items() if not isinstance(record, Conflict)},
        {key: pair for key, pair in change.updated.items() if not isinstance(pair[1], Conflict)},
        {key: record for key, record in change.removed.items() if not isinstance(record, Conflict)},
    )
    groups = grouped(ours, merged.records, told_apart)
    told = [
        count_words(len(groups), "change comes in", "changes come in") if groups else "Nothing comes in by itself",
        count_words(len(merged.conflicts), "conflict is to be settled", "conflicts are to be settled")
        if merged.conflicts
        else "nothing is in conflict",
    ]
    summary = f"{', and '.join(told)}."
    if merged.settled:
        summary += f" {count_words(len(merged.settled), 'place', 'places')} on diagrams that both changed: ours stay."
    return Preview(merged, summary, as_text(groups))
