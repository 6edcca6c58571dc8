"""The journal of one window: every edit is on the disk a moment after it was made, whatever happens to the program."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.files.header import Header
from workbench.session.session import Session
from workbench.store.diff import Change

if TYPE_CHECKING:
    from workbench.files.journal import Journal
    from workbench.files.recovery import Recovered

_PATIENCE: Final = 1.0
"""Seconds to wait for the disk before saying that edits are not on it."""


class _Voice(QObject):
    """Carries sentences from the thread that writes to that of the window."""

    said = Signal(str)


class Safekeeping:
    """Keeps one document safe until its window is closed in good order.

    The journal is begun after the first picture, or by an edit that comes earlier.
    """

    def __init__(
        self,
        session: Session,
        header: Header | None,
        content_hash: str | None,
        warn: Callable[[str], None],
        recovered: "Recovered | None" = None,
    ) -> None:
        """Take the document as it is now.

        Args:
            session: the document; nothing was done in it yet.
            header: what its file says beside the records.
            content_hash: SHA-256 of its file's bytes; None for a new document.
            warn: shows a sentence while edits cannot be kept, and takes it back on an empty one; a method of a Qt
                object, whose thread it is called in.
            recovered: where the document was brought back from a journal, which is then carried on.
        """
        self._session = session
        self._header = header
        self._content_hash = content_hash
        self._recovered = recovered
        self._warn = warn
        self._journal: Journal | None = None
        session.store.changed.connect(self._on_early)

    def begin(self) -> "Journal":
        """Follow the document, unless that is done."""
        if self._journal is None:
            self._session.store.changed.disconnect(self._on_early, missing_ok=True)
            self._journal = self._opened()
        return self._journal

    def saved(self, path: Path, content_hash: str) -> None:
        """The document as it is now lies in a file."""
        self.begin().saved(path, content_hash)

    def assurance(self) -> str:
        """A sentence about the edits, for a message that they could not be saved."""
        if self._journal is None or self._journal.flush(_PATIENCE):
            return "Your edits are safe in the journal: should the program end, the next start offers them again."
        return "Your edits are not in the journal either: keep this window open and save elsewhere."

    def close(self) -> "Journal | None":
        """The window is closed in good order: nothing of this has to come back.

        Returns:
            The journal, which is to be closed.
        """
        self._session.store.changed.disconnect(self._on_early, missing_ok=True)
        return self._journal

    def _on_early(self, change: Change) -> None:
        self.begin().append(change)

    def _opened(self) -> "Journal":
        from workbench.files.journal import Journal  # noqa: PLC0415 - after the first picture, not before

        voice = _Voice()
        voice.said.connect(self._warn)

        def problem(sentence: str) -> None:
            voice.said.emit(sentence)

        if self._recovered is not None:
            return self._recovered.follow(problem=problem)
        session = self._session
        return Journal.open(session.store, session.path, self._header, self._content_hash or "", problem=problem)
