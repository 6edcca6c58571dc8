"""A project file that another program writes while it is open here: told by its content, and no edit is lost.

The file is looked at when the window comes to the front, now and then while it is edited, and before it is written.
What another program wrote can be taken in, shown instead, or written over once it was put aside; each can be taken
back.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast

from PySide6.QtWidgets import QWidget

from workbench.app.ports import Frame
from workbench.app.safekeeping import Safekeeping
from workbench.files.canonical import content_hash
from workbench.files.errors import ProjectFileError
from workbench.files.fileops import FileOps
from workbench.files.header import Header
from workbench.files.project import MAX_BYTES, LoadedProject, load_project
from workbench.panels.messages import ask, show_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.model.base import Record
    from workbench.panels.notice_bar import NoticeBar
    from workbench.panels.run_worker import Work

T = TypeVar("T")

MERGE: Final = "Merge"
RELOAD: Final = "Reload"
KEEP: Final = "Keep mine"
SAVE_AS: Final = "Save as…"
_WHAT: Final = {
    MERGE: "Takes what both changed, in one step that Undo takes back",
    RELOAD: "Shows the file; Undo brings back what is in this window",
    KEEP: "The next save writes over the file; a copy of what it holds now is put aside first",
    SAVE_AS: "Keeps both: what is in this window goes to another file",
}
_LARGE: Final = 4 * 1024 * 1024
"""Bytes of a file that is read beside the window, so that nobody waits for a slow disk without a word."""
_AGAIN: Final = 10.0
"""Seconds after which an edit has the file looked at again: the window may stay in front all day, beside another."""


class Document(Protocol):
    """What one window knows of its file; taken from what was last read or saved.

    Attributes:
        header: what it says beside its records.
        content_hash: SHA-256 of its bytes; None for a new document.
        base: its records.
    """

    header: Header | None
    content_hash: str | None
    base: "Mapping[str, Record]"

    def save_as(self) -> bool:
        """Ask for a file and write the document there."""


class Outside:
    """Watches the file of one window.

    Attributes:
        changed: the file holds what this window has not read, and nobody has said yet what becomes of it.
        review: called after a merge that left conflicts, with how many places on diagrams it settled by itself.
    """

    def __init__(
        self,
        frame: Frame,
        document: Document,
        safekeeping: Safekeeping,
        put: Callable[[QWidget], None],
        told: Callable[[], None],
    ) -> None:
        """Speak for one window.

        Args:
            frame: the window.
            document: what it knows of its file.
            safekeeping: its journal.
            put: gives a bar its place over the diagram.
            told: the document is what its file holds, or something else of this is another now.
        """
        self.changed = False
        self.review: Callable[[int], None] = lambda _settled: None
        self._frame = frame
        self._document = document
        self._safekeeping = safekeeping
        self._put = put
        self._told = told
        self._mine = ""
        self._missing = False
        self._bar: NoticeBar | None = None
        self._work: Work[str] | None = None
        self._again = False
        self._looked = monotonic()
        frame.session.modified_changed.connect(self._on_modified)
        frame.session.store.changed.connect(self._on_edit)

    # looking

    def look(self) -> None:
        """Look at the file in another thread; a bar says where it was changed.

        Asked for while one goes on, it is done after that, which may have read the file too early.
        """
        from workbench.panels.run_worker import Work  # noqa: PLC0415 - after the first picture, not before

        path, known = self._frame.session.path, self._document.content_hash
        self._again = self._work is not None
        if path is None or known is None or self._work is not None:
            return
        self._looked = monotonic()
        file = path
        self._work = Work(lambda _tell, _stop: _digest(file), self._frame.widget, lambda: self._seen(file, known))
        self._work.start()

    def close_down(self) -> None:
        """Look no more."""
        self._frame.session.modified_changed.disconnect(self._on_modified, missing_ok=True)
        self._frame.session.store.changed.disconnect(self._on_edit, missing_ok=True)
        if self._work is not None:
            self._work.drop()
            self._work = None

    def _seen(self, path: Path, known: str) -> None:
        work, self._work = self._work, None
        if self._again:
            self.look()
        if work is None or self._frame.session.path != path or self._document.content_hash != known:
            return  # it was saved meanwhile
        if isinstance(work.error, FileNotFoundError) and not self._missing:
            self._frame.session.notice.emit(f"{path.name} is not in its folder any more; Save writes it again.")
        self._missing = isinstance(work.error, FileNotFoundError)
        if work.result is not None:
            self._take(work.result not in (known, self._mine))

    def _take(self, changed: bool) -> None:
        was, self.changed = self.changed, changed
        if changed and not was:
            self._show_bar()
        elif not changed and self._bar is not None:
            self._bar.hide()
        if changed != was:
            self._told()

    def _show_bar(self) -> None:
        from workbench.panels.notice_bar import NoticeBar  # noqa: PLC0415 - seldom needed

        if self._bar is None:
            self._bar = NoticeBar()
            self._bar.answered.connect(self.settle)
            self._put(self._bar)
        self._bar.say(self._sentence(), [(verb, _WHAT[verb]) for verb in self._verbs()])

    def _on_modified(self, _: bool) -> None:
        if self._bar is not None and not self._bar.isHidden():
            self._show_bar()  # other answers make sense now

    def _on_edit(self, _: object) -> None:
        if not self.changed and monotonic() - self._looked >= _AGAIN:
            self.look()

    def _sentence(self) -> str:
        return f"{self._frame.document_name()} was changed by another program since it was read or saved here."

    def _verbs(self) -> tuple[str, ...]:
        session = self._frame.session
        if session.store.read_only:
            return (RELOAD,)
        return (MERGE, RELOAD, KEEP, SAVE_AS) if session.modified else (RELOAD, KEEP, SAVE_AS)

    def look_now(self, path: Path) -> bool:
        """Look at the file and wait for what comes of it; False where the user does not want to wait."""
        if self._document.content_hash is None:
            return True
        try:
            now, wanted = self._beside(path, _digest, "Looking at the file")
        except OSError:
            self.saved()  # there is nothing to lose
            return True
        if wanted:
            self._take(now not in (self._document.content_hash, self._mine))
        return wanted

    # deciding

    def ask(self) -> str:
        """Ask what becomes of what another program wrote; empty where the user cancelled."""
        verbs = self._verbs()
        said = "\n".join(f"{verb.rstrip('…')}: {_WHAT[verb][0].lower()}{_WHAT[verb][1:]}." for verb in verbs)
        question = f"{self._sentence()}\n\n{said}"
        return ask(self._frame.widget, "File changed outside", question, verbs)

    def settle(self, answer: str) -> None:
        """Do what was answered."""
        if answer == MERGE:
            self.merge()
        elif answer == RELOAD:
            self.reload()
        elif answer == KEEP:
            self.keep_mine()
        elif answer == SAVE_AS:
            self._document.save_as()
        elif self._bar is not None:
            self._bar.hide()

    @property
    def keeps_mine(self) -> bool:
        """The user said that the file is to be written over."""
        return bool(self._mine) and not self.changed

    def merge(self) -> int | None:
        """Take in what the file holds, as one step; ours stands at each conflict.

        Returns:
            How many conflicts there are; None where the file could not be read, which was said.
        """
        from workbench.commands.merge_in import take_over  # noqa: PLC0415 - seldom needed
        from workbench.files.merge import merge, merge_headers  # noqa: PLC0415 - seldom needed

        session, document = self._frame.session, self._document
        self._frame.commit_edits()
        revision, ours = session.store.revision, session.store.snapshot()
        found = self._theirs("Not merged", lambda read: merge(document.base, ours, read.store.snapshot()))
        if found is None or session.path is None:
            return None
        theirs, merged = found
        if session.store.revision != revision:  # by other ways than those that wait meanwhile
            merged = merge(document.base, session.store.snapshot(), theirs.store.snapshot())
        with session.store.transaction("Merge with the file", origin="merge") as tx:
            take_over(tx, merged)
        header = document.header or Header()
        document.header = merge_headers(header, header, theirs.header)
        self._read(theirs)
        if session.store.records == theirs.store.records:
            self._is_as_file(session.path, theirs)
        else:
            session.mark_modified()
        count = len(merged.conflicts)
        if not count:
            session.notice.emit(f"Merged with {session.path.name}; Undo takes it back.")
        else:
            many = "1 conflict" if count == 1 else f"{count:,} conflicts"
            session.notice.emit(
                f"Merged with {session.path.name} with {many}: what stood in this window stands until each is settled."
            )
            self.review(len(merged.settled))
        return count

    def reload(self) -> None:
        """Show what the file holds, as one step; where it cannot be read, that is said."""
        from workbench.commands.merge_in import take_over  # noqa: PLC0415 - seldom needed
        from workbench.files.merge import Merged  # noqa: PLC0415 - seldom needed

        session = self._frame.session
        found = self._theirs("Not reloaded", lambda _: None)
        if found is None or session.path is None:
            return
        theirs, _ = found
        read_only, session.store.read_only = session.store.read_only, ""  # it follows its file all the same
        try:
            with session.store.transaction("Reload", origin="merge") as tx:
                take_over(tx, Merged(theirs.store.snapshot()))
        finally:
            session.store.read_only = read_only
        self._document.header = theirs.header
        self._read(theirs)
        self._is_as_file(session.path, theirs)
        session.notice.emit(f"{session.path.name} was read again; Undo brings back what was in this window.")

    def keep_mine(self) -> None:
        """The file is to be written over by the next save, once what it holds was put aside."""
        session = self._frame.session
        if session.path is None:
            return
        try:
            self._mine = _digest(session.path)
        except OSError:
            self._mine = ""
        session.mark_modified()
        self._take(False)

    def saved(self) -> None:
        """The file holds what this window does."""
        self._mine = ""
        self._take(False)

    def _read(self, theirs: LoadedProject) -> None:
        self._document.content_hash = theirs.content_hash
        self._document.base = theirs.store.snapshot()
        self.saved()

    def _is_as_file(self, path: Path, theirs: LoadedProject) -> None:
        self._frame.session.mark_saved(path)
        self._safekeeping.saved(path, theirs.content_hash)
        self._told()

    def _theirs(self, title: str, then: Callable[[LoadedProject], T]) -> tuple[LoadedProject, T] | None:
        """What the file holds, and what is made of it beside the window; None where it cannot be used, as was said."""

        def work(file: Path) -> tuple[LoadedProject, T | None]:
            read = load_project(file)
            return read, None if read.read_only else then(read)

        self._frame.commit_edits()
        path, widget = self._frame.session.path, self._frame.widget
        if path is None:
            return None
        try:
            found, wanted = self._beside(path, work, "Reading the file")
        except ProjectFileError as problem:
            show_error(widget, title, str(problem))
            return None
        if found is None or not wanted:
            return None
        loaded, made = found
        if loaded.read_only:
            show_error(widget, title, loaded.read_only)
            return None
        return loaded, cast("T", made)

    def _beside(self, path: Path, work: Callable[[Path], T], title: str) -> tuple[T | None, bool]:
        """Do something with a file, beside the window where it is large; what came of it, and whether it is wanted."""
        try:
            large = FileOps().status(path).st_size > _LARGE
        except OSError:
            large = False
        if not large:
            return work(path), True
        from workbench.panels.progress import work_beside  # noqa: PLC0415 - seldom needed

        return work_beside(lambda _unwanted: work(path), title=title, text=str(path), parent=self._frame.widget)


def _digest(path: Path) -> str:
    return content_hash(FileOps().read(path, MAX_BYTES))
