"""What a window says of its document: its name, whether it can be written, whether there is unsaved work."""

from psygnal import Signal
from PySide6.QtWidgets import QMainWindow

from workbench.files.fileops import FileOps
from workbench.model.judgement import PROJECT_ID, Project
from workbench.render.characters import single_line
from workbench.session.session import Session


class DocumentState:
    """Follows one session, and what the file system says of its file.

    Attributes:
        changed: something of this is another now.
        recovered: the document was brought back after a crash, and nothing was saved since.
        protected: the file cannot be written, as last looked at.
    """

    changed = Signal()

    def __init__(self, session: Session, *, recovered: bool = False) -> None:
        """Take things as they are now."""
        self._session = session
        self.recovered = recovered
        self.protected = self._is_protected()
        session.modified_changed.connect(self._on_session)
        session.path_changed.connect(self._on_path)

    def close_down(self) -> None:
        """Stop following the session."""
        self._session.modified_changed.disconnect(self._on_session, missing_ok=True)
        self._session.path_changed.disconnect(self._on_path, missing_ok=True)

    @property
    def name(self) -> str:
        """What the document is called in sentences: its file's name, else its title."""
        if self._session.path is not None:
            return self._session.path.name
        if self._session.called:
            return self._session.called
        project = self._session.store.find(PROJECT_ID, Project)
        return (project.title if project else "") or "Untitled"

    @property
    def hindrance(self) -> str:
        """Why Save cannot write the document, in a word or two; empty where it can."""
        if self._session.store.read_only:
            return "read-only"
        return "write-protected" if self.protected else ""

    def is_pristine(self) -> bool:
        """Whether nothing was ever done."""
        session = self._session
        return session.path is None and not session.modified and not session.store.history.done

    def look_again(self) -> None:
        """Ask the file system; a file that has become protected, or is no longer, is told."""
        protected, before = self._is_protected(), self.protected
        self.protected = protected
        if protected != before:
            self.changed.emit()
            self.tell()

    def tell(self) -> None:
        """Say in the status bar that the file is protected, if it is."""
        if self.protected:
            self._session.notice.emit(
                f"{self.name} is write-protected: Save will ask for another name; until then changes are only in this "
                "window."
            )

    def show_in(self, window: QMainWindow) -> None:
        """Say all of it in the title of a window."""
        hindrance = f" – {self.hindrance}" if self.hindrance else ""
        recovered = " (recovered)" if self.recovered else ""
        window.setWindowTitle(f"{single_line(self.name)}{recovered}[*]{hindrance}")
        window.setWindowModified(self._session.modified)
        if self._session.path is not None:
            window.setWindowFilePath(str(self._session.path))

    def _is_protected(self) -> bool:
        path = self._session.path
        try:
            return path is not None and path.exists() and not FileOps().writable(path)
        except OSError:  # it went meanwhile
            return False

    def _on_session(self, _: object) -> None:
        self.recovered = self.recovered and self._session.modified
        self.changed.emit()

    def _on_path(self, _: object) -> None:
        self.protected = self._is_protected()
        self.changed.emit()
