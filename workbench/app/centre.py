"""The middle of one window: its document, or the start page over it."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.app.ports import Frame, Host

if TYPE_CHECKING:
    from workbench.app.documents import Documents
    from workbench.app.place import Place
    from workbench.app.start_page import StartPage


class Parts(Protocol):
    """The window's own parts that stand here."""

    files: "Documents"
    place: "Place"

    def is_pristine(self) -> bool:
        """Whether nothing was ever done in this window."""


class Centre(QStackedWidget):
    """Shows the page with the diagram; the start page is made anew each time it is asked for."""

    def __init__(self, host: Host, frame: Frame, parts: Parts, document: QWidget) -> None:
        """Show the document."""
        super().__init__()
        self._host = host
        self._frame = frame
        self._parts = parts
        self._start: StartPage | None = None
        self.addWidget(document)

    def show_start_page(self) -> None:
        """Put the start page over the document."""
        from workbench.app.start_page import StartPage  # noqa: PLC0415 - a document opens without it

        self._frame.commit_edits()
        self.leave_start_page()
        empty = self._parts.is_pristine() and not self._frame.session.store.count("placement")
        back_to = "" if empty else self._frame.document_name()
        self._start = StartPage(self._host, self._frame.widget, self._parts.files.open, back_to)
        self._start.left.connect(self.leave_start_page)
        self.addWidget(self._start)
        self.setCurrentWidget(self._start)
        self._start.take_focus()

    def leave_start_page(self) -> None:
        """Back to the document: asked for, or because something is done in it."""
        page, self._start = self._start, None
        if page is None:
            return
        self.removeWidget(page)
        page.deleteLater()
        if self.isVisible():
            self._parts.place.widget.setFocus()

    def take_focus(self) -> None:
        """Let the keyboard work on what is shown."""
        if self._start is None:
            self._parts.place.widget.setFocus()
        else:
            self._start.take_focus()
