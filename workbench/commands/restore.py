"""Bringing a document back to another version of it, in one step."""

from collections.abc import Mapping

from workbench.files.comparison import compare
from workbench.model.base import Record
from workbench.store.transaction import Transaction


def restore(tx: Transaction, wanted: Mapping[str, Record]) -> int:
    """Make the document equal to another version of it.

    Args:
        wanted: every record of that version, by id.

    Returns:
        How many records are others now.
    """
    diff = compare(dict(tx.records), wanted)
    for record in (*diff.added.values(), *(new for _, new in diff.updated.values())):
        tx.put(record)
    for id in diff.removed:
        if tx.get(id) is not None:  # it may have gone with what it stood on
            tx.remove(id)
    return len(diff)
