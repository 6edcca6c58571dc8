"""Undo and redo: a list of diffs, without limit."""

from dataclasses import replace

from workbench.store.diff import Diff
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Entry:
    """One step the user can take back.

    Attributes:
        merge_key: steps with the same key that follow on each other become one (typing, nudging).
        before: ids selected before the step; ``after``: ids selected after it.
    """

    diff: Diff
    label: str
    merge_key: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class History:
    """The steps done and the steps undone. Holds no functions, only data."""

    def __init__(self) -> None:
        """Start with nothing to undo."""
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._sealed = True

    @property
    def done(self) -> tuple[Entry, ...]:
        """Steps that can be undone, oldest first."""
        return tuple(self._done)

    @property
    def undone(self) -> tuple[Entry, ...]:
        """Steps that can be redone, the next one last."""
        return tuple(self._undone)

    @property
    def position(self) -> int:
        """How many steps are done."""
        return len(self._done)

    @property
    def last_diff(self) -> Diff | None:
        """The diff of the last step done: its identity names a state of the document."""
        return self._done[-1].diff if self._done else None

    @property
    def undo_label(self) -> str | None:
        """Label of the step that undo would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """Label of the step that redo would make again."""
        return self._undone[-1].label if self._undone else None

    def seal(self) -> None:
        """Let the next step stand alone, whatever its merge key."""
        self._sealed = True

    def record(self, entry: Entry) -> None:
        """Add a step; steps undone before are gone."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and not self._sealed and entry.merge_key is not None and entry.merge_key == last.merge_key:
            merged = last.diff.then(entry.diff)
            if merged:
                self._done[-1] = replace(last, diff=merged, after=entry.after, label=entry.label)
            else:
                self._done.pop()
        else:
            self._done.append(entry)
        self._sealed = False

    @property
    def last(self) -> Entry | None:
        """The last step done."""
        return self._done[-1] if self._done else None

    def reopen_for(self, merge_key: str) -> None:
        """Let the next step become one with the last, if it has this merge key; sealed or not."""
        if self._done:
            self._done[-1] = replace(self._done[-1], merge_key=merge_key)
            self._sealed = False

    def amend_selection(self, after: tuple[str, ...]) -> None:
        """Say what was selected once the last step was done; selecting is no step of its own."""
        if self._done:
            self._done[-1] = replace(self._done[-1], after=after)

    def take_undo(self) -> Entry | None:
        """Move the last step to the undone ones and return it."""
        if not self._done:
            return None
        entry = self._done.pop()
        self._undone.append(entry)
        self._sealed = True
        return entry

    def take_redo(self) -> Entry | None:
        """Move the next undone step back and return it."""
        if not self._undone:
            return None
        entry = self._undone.pop()
        self._done.append(entry)
        self._sealed = True
        return entry

    def clear(self) -> None:
        """Forget every step."""
        self._done.clear()
        self._undone.clear()
        self._sealed = True
