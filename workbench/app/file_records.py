"""The records a file held when this window last read or wrote it."""

from collections.abc import Mapping

from workbench.model.base import Record
from workbench.store.diff import Change
from workbench.store.store import Store


class FileRecords:
    """What merging with the file starts from.

    Until the first change they are those of the document, and nobody asks a start for a copy; the change takes one, as
    the document was before it.
    """

    def __init__(self, store: Store) -> None:
        """The document holds now what the file does."""
        self._store = store
        self._kept: Mapping[str, Record] | None = None
        store.changed.connect(self._on_change)

    @property
    def records(self) -> Mapping[str, Record]:
        """The records by id; they stay as they are, whatever becomes of the document."""
        if self._kept is None:
            self.keep(self._store.snapshot())
        assert self._kept is not None
        return self._kept

    def keep(self, records: Mapping[str, Record]) -> None:
        """The file holds other records from now on."""
        self._store.changed.disconnect(self._on_change, missing_ok=True)
        self._kept = records

    def _on_change(self, change: Change) -> None:
        before = self._store.snapshot()
        for id, old, _ in change.diff.before_and_after():
            if old is None:
                before.pop(id, None)
            else:
                before[id] = old
        self.keep(before)
