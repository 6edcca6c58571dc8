"""What can be dropped on the canvas: kinds from the palette, elements from the outline, evidence, result files."""

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from workbench.canvas.stage import Stage
from workbench.model.base import record_type
from workbench.model.elements import Element
from workbench.model.kinds import CODE_LETTER
from workbench.tools import intents, place_states
from workbench.tools.preview import NOTHING, Ghost, Preview, Target

KIND_MIME = "application/x-hazard-kind"
ELEMENT_MIME = "application/x-hazard-element"
EVIDENCE_MIME = "application/x-hazard-evidence"


def kind_data(kind: str) -> QMimeData:
    """What the palette drags: a kind of element to be made."""
    return _carrying(KIND_MIME, kind)


def element_data(ids: list[str]) -> QMimeData:
    """What the outline drags: ids of records."""
    return _carrying(ELEMENT_MIME, ids)


def evidence_data(ids: list[str]) -> QMimeData:
    """What the evidence tables drag: ids of runs, metrics or claims."""
    return _carrying(EVIDENCE_MIME, ids)


def _carrying(kind: str, value: str | list[str]) -> QMimeData:
    data = QMimeData()
    data.setData(kind, QByteArray(json.dumps(value).encode()))
    return data


def _names(data: QMimeData, kind: str) -> list[str]:
    """The text, or list of texts, carried as JSON; nothing where another program sent something else."""
    try:
        value = json.loads(bytes(data.data(kind).data()))
    except (ValueError, RecursionError):
        return []
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def kind_in(data: QMimeData) -> str:
    """The kind of element that is dragged; empty where none is."""
    names = _names(data, KIND_MIME) if data.hasFormat(KIND_MIME) else []
    return names[0] if names and names[0] in CODE_LETTER else ""


def files_in(data: QMimeData) -> list[Path]:
    """Local files that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class Drops:
    """Drag and drop on one view."""

    def __init__(self, view: Stage) -> None:
        """Let the view take drops."""
        self._view = view
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)  # the area itself turns drags away

    def enter(self, event: QDragEnterEvent) -> None:
        """Take what the canvas knows."""
        data = event.mimeData()
        if kind_in(data) or data.hasFormat(ELEMENT_MIME) or data.hasFormat(EVIDENCE_MIME) or files_in(data):
            event.acceptProposedAction()
        else:
            event.ignore()

    def move(self, event: QDragMoveEvent) -> None:
        """Show what a drop here would do."""
        data = event.mimeData()
        at = self._scene(event.position())
        view = self._view
        kind = kind_in(data)
        if kind:
            view.show_preview(place_states.preview_new(view.host, kind, at))
        elif data.hasFormat(ELEMENT_MIME):
            view.show_preview(self._preview_elements(_names(data, ELEMENT_MIME), at))
        else:
            subject = self._subject(at)
            target = Target(subject, legal=self._takes_evidence(subject)) if subject else None
            view.show_preview(Preview(target=target) if target else NOTHING)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _preview_elements(self, ids: list[str], at: tuple[float, float]) -> Preview:
        view = self._view
        first = intents.element_of(view.session, ids[0]) if ids else ""
        record = view.session.store.get(first)
        if not isinstance(record, Element):
            return NOTHING
        if len(ids) == 1 and intents.is_free_control(view.session, first):
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
        kind = kind_in(data)
        if kind:
            made = place_states.put_new(view.host, kind, at)
            if made is not None:
                view.host.begin_edit(made)
        elif data.hasFormat(ELEMENT_MIME):
            place_states.put_existing(view.host, _names(data, ELEMENT_MIME), at)
        elif data.hasFormat(EVIDENCE_MIME):
            subject = self._subject(at)
            if subject is not None and self._takes_evidence(subject):
                view.evidence_dropped.emit(_names(data, EVIDENCE_MIME), subject)
            else:
                view.session.notice.emit("Drop evidence on the element, the control or the line it speaks of.")
        else:
            view.files_dropped.emit(files_in(data), self._subject(at))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _scene(self, at: QPointF) -> tuple[float, float]:
        return self._view.camera.to_scene(at.x(), at.y())

    def _subject(self, at: tuple[float, float]) -> str | None:
        """The element, bar or line under a point that evidence can be attached to."""
        hit = self._view.scene.hit(*at, self._view.camera.zoom)
        return hit.id if hit is not None and hit.part in ("node", "bar", "badge", "link") else None

    def _takes_evidence(self, subject: str) -> bool:
        """Whether evidence can speak of it, and the document may be changed."""
        record = self._view.session.store.get(subject)
        return not self._view.session.store.read_only and record is not None and record_type(record) != "note"
