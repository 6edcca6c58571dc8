"""Taking another version of the project into the one that is open, as one step that undo takes back."""

from workbench.files.merge import Merged, Side, merge
from workbench.store.transaction import Transaction


def merge_in(tx: Transaction, base: Side, theirs: Side) -> Merged:
    """Merge another version into the open one; ours stands at every conflict, which waits in a ``Conflict`` record.

    Args:
        tx: on the open project, before anything else was changed.
        base: the records of the version both grew from; none where they have no common origin.
        theirs: the records of the other version.
    """
    merged = merge(base, dict(tx.records), theirs)
    take_over(tx, merged)
    return merged


def take_over(tx: Transaction, merged: Merged) -> None:
    """Make the open project what a merge with it as ours came to; for a merge that another thread worked out."""
    change = merged.change_of(dict(tx.records))
    for record in (*change.added.values(), *(new for _, new in change.updated.values())):
        tx.put(record)
    for key in change.removed:  # nothing that stays refers to these any more, so nothing that stays goes with them
        if key in tx.records:
            tx.remove(key)
