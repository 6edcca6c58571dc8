"""What a document is, said short enough to compare it with what came back of it."""

from typing import Any

from workbench.files.canonical import canonical_bytes, content_hash
from workbench.store.store import Store


def state_of(store: Store) -> dict[str, Any]:
    """Digest of its records, and how many steps can be undone and redone."""
    history = store.history
    return {
        "digest": content_hash(canonical_bytes(store.records.values())),
        "done": len(history.done),
        "undone": len(history.undone),
    }
