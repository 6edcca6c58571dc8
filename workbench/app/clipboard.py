"""The system's clipboard: fragments of projects, their titles as text, and pictures."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from workbench.commands.clipboard import MIME, read_fragment
from workbench.commands.errors import CommandError


class SystemClipboard:
    """Offers and takes fragments under a type of their own, so that other programs see plain text."""

    def __init__(self, image: Callable[[], QImage], svg: Callable[[], bytes], tell: Callable[[str], None]) -> None:
        """Take the functions that draw the current diagram when its image is asked for."""
        self._image = image
        self._svg = svg
        self._tell = tell

    def put_fragment(self, data: bytes) -> None:
        """Offer a fragment, and its titles as text."""
        mime = QMimeData()
        mime.setData(MIME, data)
        mime.setText("\n".join(_titles(data)))
        QGuiApplication.clipboard().setMimeData(mime)

    def fragment(self) -> bytes | None:
        """The fragment on the clipboard, or None."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime is None or not mime.hasFormat(MIME):
            return None
        return bytes(mime.data(MIME).data())

    def put_image(self) -> None:
        """Offer the current diagram as a bitmap and as SVG."""
        mime = QMimeData()
        mime.setImageData(self._image())
        mime.setData("image/svg+xml", self._svg())
        QGuiApplication.clipboard().setMimeData(mime)
        self._tell("Copied the diagram as an image.")


def _titles(data: bytes) -> list[str]:
    try:
        records = read_fragment(data)["records"]
    except CommandError:
        return []
    return [
        " ".join(part for part in (fields.get("code", ""), fields.get("title", "")) if part)
        for entry in records
        if (fields := entry["fields"]).get("code") or fields.get("title")
    ]
