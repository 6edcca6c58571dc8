"""What can be dropped on the canvas: kinds from the palette, elements from the outline, result files."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from workbench.canvas.stage import Stage
from workbench.model.kinds import CODE_LETTER
from workbench.tools import intents, place_states
from workbench.tools.preview import NOTHING, Ghost, Preview, Target

KIND_MIME = "application/x-hazard-kind"
ELEMENT_MIME = "application/x-hazard-element"


def kind_data(kind: str) -> QMimeData:
    """What the palette drags."""
    data = QMimeData()
    data.setData(KIND_MIME, QByteArray(kind.encode()))
    return data


def element_data(ids: list[str]) -> QMimeData:
    """What the outline drags."""
    data = QMimeData()
    data.setData(ELEMENT_MIME, QByteArray("\n".join(ids).encode()))
    return data


def _lines(data: QMimeData, kind: str) -> list[str]:
    return [line for line in bytes(data.data(kind).data()).decode(errors="replace").split("\n") if line]


def files_in(data: QMimeData) -> list[Path]:
    """Local files that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class Drops:
    """Drag and drop on one view."""

    def __init__(self, view: Stage) -> None:
        """Let the view take drops."""
        self._view = view
        view.setAcceptDrops(True)

    def enter(self, event: QDragEnterEvent) -> None:
        """Take what the canvas knows."""
        data = event.mimeData()
        if data.hasFormat(KIND_MIME) or data.hasFormat(ELEMENT_MIME) or files_in(data):
            event.acceptProposedAction()
        else:
            event.ignore()

    def move(self, event: QDragMoveEvent) -> None:
        """Show what a drop here would do."""
        data = event.mimeData()
        at = self._scene(event.position())
        view = self._view
        if data.hasFormat(KIND_MIME):
            view.show_preview(place_states.preview_new(view.host, _lines(data, KIND_MIME)[0], at))
        elif data.hasFormat(ELEMENT_MIME):
            view.show_preview(self._preview_elements(_lines(data, ELEMENT_MIME), at))
        else:
            subject = self._subject(at)
            target = Target(subject, legal=True) if subject else None
            view.show_preview(Preview(target=target) if target else NOTHING)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _preview_elements(self, ids: list[str], at: tuple[float, float]) -> Preview:
        view = self._view
        record = view.session.store.get(ids[0]) if ids else None
        if record is None:
            return NOTHING
        if len(ids) == 1 and intents.is_free_control(view.session, ids[0]):
            return Preview(ghost=Ghost("control", *at), drop=view.host.line_at(*at))
        return Preview(ghost=Ghost(record.TYPE, *at))

    def leave(self) -> None:
        """Show nothing any more."""
        self._view.show_preview(NOTHING)

    def drop(self, event: QDropEvent) -> None:
        """Do it."""
        view = self._view
        data = event.mimeData()
        at = self._scene(event.position())
        view.show_preview(NOTHING)
        view.machine.call_off()
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        if data.hasFormat(KIND_MIME):
            kind = _lines(data, KIND_MIME)[0]
            made = place_states.put_new(view.host, kind, at) if kind in CODE_LETTER else None
            if made is not None:
                view.host.begin_edit(made)
        elif data.hasFormat(ELEMENT_MIME):
            place_states.put_existing(view.host, _lines(data, ELEMENT_MIME), at)
        else:
            view.files_dropped.emit(files_in(data), self._subject(at))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _scene(self, at: QPointF) -> tuple[float, float]:
        return self._view.camera.to_scene(at.x(), at.y())

    def _subject(self, at: tuple[float, float]) -> str | None:
        """The element or bar under a point that evidence can be attached to."""
        hit = self._view.scene.hit(*at, self._view.camera.zoom)
        return hit.id if hit is not None and hit.part in ("node", "bar", "badge") else None
