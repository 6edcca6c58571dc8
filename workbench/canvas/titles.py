"""Titles edited in place: opens the editor over an element or bar, and keeps what was typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont

from workbench.canvas.offer import Offer
from workbench.canvas.stage import Stage
from workbench.commands.find import same_title
from workbench.commands.names import name_of
from workbench.layout.geometry import Box
from workbench.model.elements import Element
from workbench.model.kinds import label
from workbench.render import shapes, shapes_bars
from workbench.render.fonts import canvas_font
from workbench.render.sizes import shared, sizes
from workbench.store.history import Entry
from workbench.tools import intents

if TYPE_CHECKING:
    from workbench.canvas.editor import TitleEditor

_LEAST_FONT = 12
_LEAST_TYPED = 2


class Titles:
    """At most one title is edited at a time."""

    def __init__(self, view: Stage) -> None:
        """Edit titles of a view."""
        self._view = view
        self.editor: TitleEditor | None = None
        self._made: Entry | None = None
        self._settled: Entry | None = None

    def begin(self, id: str, text: str | None = None) -> None:
        """Open the editor over an element or bar; ``text`` replaces the title (the first thing typed).

        Where it opens because the element has just been made, Esc takes back the making too.
        """
        self.commit()
        view = self._view
        view.flush()
        record = view.session.store.get(intents.element_of(view.session, id))
        if not isinstance(record, Element) or view.scene.box(id) is None:
            return
        if view.session.store.read_only:
            view.session.notice.emit(view.session.store.read_only)
            return
        view.reveal((id,), animated=False, readable=False)
        fresh = not record.title
        from workbench.canvas.editor import TitleEditor  # noqa: PLC0415 - text widgets are slow to load

        editor = TitleEditor(
            view.viewport(),
            id,
            record.title if text is None else text,
            select=text is None,
            offers=(lambda typed: self._offers(record.id, record.TYPE, typed)) if fresh else None,
        )
        editor.setPlaceholderText(label(record.TYPE))
        editor.committed.connect(self._keep)
        editor.given_up.connect(self._give_up)
        editor.chosen.connect(self._take_existing)
        editor.shortened.connect(self._tell_shortened)
        self.editor = editor
        made = intents.just_made(view.session, id) if view.changed_just_now() else None
        settled = made is not None and self._settled is not None and made.diff is self._settled.diff
        self._made = None if settled else made
        self._show_editing()
        self.place()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Stand over the thing edited, wherever it is now; gone where it is gone."""
        editor, view = self.editor, self._view
        if editor is None:
            return
        box = self._room(editor.subject)
        if box is None:
            self._drop(editor)
            return
        zoom = view.camera.zoom
        left, top = view.camera.to_view(box.left, box.top)
        editor.stand_over(QRect(round(left), round(top), round(box.w * zoom), round(box.h * zoom)))
        editor.dress(view.theme, self._font(editor.subject), centred=self._centred(editor.subject))

    def _room(self, id: str) -> Box | None:
        node, bar = self._view.scene.node(id), self._view.scene.bar(id)
        if node is not None:
            return Box(node.box.x, node.box.y, node.box.w - 16.0, max(node.box.h - 24.0, 24.0))
        if bar is None:
            return None
        _, half = shapes_bars.bar_half(bar)
        wide = sizes().control_label.width + 16.0
        if bar.room is not None:
            left, top, right, bottom = shapes_bars.label_frame(bar)
            middle = bar.y + ((top + bottom) / 2 if shapes_bars.label_at_side(bar) else bottom - 14.0)
            if not shapes_bars.label_at_side(bar) and not bar.label_above:
                middle = bar.y + top + 14.0
            return Box(bar.x + (left + right) / 2, middle, wide, 28.0)
        if shapes_bars.label_at_side(bar):
            return Box(bar.x + wide / 2 + 12.0, bar.y, wide, 28.0)
        away = half + 20.0
        return Box(bar.x, bar.y - away if bar.label_above else bar.y + away, wide, 28.0)

    def _font(self, id: str) -> QFont:
        node = self._view.scene.node(id)
        theme = self._view.theme.type
        larger = theme.title / shared().type.canvas.title
        size = round(shapes.sizes_of_title(node.kind) * larger) if node is not None else theme.control_label
        weight = 600 if node is not None and node.kind in ("top_event", "hazard") else 400
        font = QFont(canvas_font(size, weight))
        font.setPixelSize(max(_LEAST_FONT, min(round(size * self._view.camera.zoom), 48)))
        return font

    def _centred(self, id: str) -> bool:
        node = self._view.scene.node(id)
        return node is None or node.kind in ("top_event", "hazard", "degradation_factor", "gate")

    def _offers(self, own: str, kind: str, typed: str) -> Sequence[Offer]:
        if len(typed.strip()) < _LEAST_TYPED:
            return ()
        found = same_title(self._view.session.store, kind, typed)
        return [Offer(record.id, name_of(record)) for record in found if record.id != own]

    def _tell_shortened(self, left_out: int) -> None:
        several = f"the last {left_out:,} were left out" if left_out > 1 else "the last one was left out"
        self._view.session.notice.emit(
            f"A title has at most 2,000 characters; {several}. The description has room for more."
        )

    # ending

    def commit(self) -> None:
        """Keep what has been typed, if a title is being edited."""
        if self.editor is not None:
            self.editor.commit()

    def drop_if_gone(self) -> None:
        """Close the editor where what it edits is no longer there."""
        if self.editor is not None and intents.element_of(self._view.session, self.editor.subject) not in (
            self._view.session.store
        ):
            self._drop(self.editor)

    def _drop(self, editor: "TitleEditor") -> None:
        """What is edited is not there any more; nothing is kept, and nothing taken back."""
        self._made = None
        editor.give_up()

    def _show_editing(self) -> None:
        overlay = self._view.overlay
        overlay.editing = self.editor is not None
        overlay.rebuild()

    def _closed(self) -> Entry | None:
        """No title is edited any more; gives the step that made the element, if it was new."""
        made, self.editor, self._made = self._made, None, None
        self._show_editing()
        return made

    def _keep(self, id: str, text: str) -> None:
        made = self._closed()
        intents.rename(self._view.session, id, text, made=made)
        if made is not None:
            self._settled = made  # left without a title: one that is given later is a step of its own

    def _give_up(self) -> None:
        made = self._closed()
        if made is not None:
            intents.unmake(self._view.session, made)

    def _take_existing(self, made: str, existing: str) -> None:
        step = self._closed()
        intents.use_existing(self._view.session, made, existing, step=step)
