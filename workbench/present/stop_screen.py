"""One stop on a screen of any size: title, place in the route, the diagram or card, and evidence as a lower third."""

from collections.abc import Collection
from functools import partial
from itertools import islice
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.analysis.pathways import pathways
from workbench.canvas.index import Rect
from workbench.export.cards import STRIP
from workbench.panels.common import ElidedLabel
from workbench.panels.style import ui_font
from workbench.present.card_view import CardView
from workbench.present.contents import picture_of, strip_of
from workbench.present.route import Step
from workbench.present.stage_view import StageView
from workbench.render.framing import READABLE, asked_for, frame, widened
from workbench.render.lighting import lit_on
from workbench.render.theme import Theme
from workbench.session.session import Session
from workbench.store.diff import Change

_TITLE: Final = 1 / 31
_PLACE: Final = 1 / 44
"""Text of the head, as shares of the screen's height."""
_HEAD: Final = 0.075
_MARGIN: Final = 0.025
_GAP: Final = 0.015
_NOTHING: Final[Rect] = (-400.0, -300.0, 400.0, 300.0)
_ALMOST: Final = 0.5
"""Pixels by which text may be smaller than what can be read from afar."""
MOST_WAYS: Final = 50
"""Pathways through one thing that P leads through."""


class StopScreen(QWidget):
    """Shows a step; follows the document by itself.

    Signals:
        overview_changed: text at full strength is too small to be read from afar now, or no longer.

    Attributes:
        view: the diagram; ``card``: what is shown in its place; ``strip``: evidence over the diagram.
    """

    overview_changed = Signal(bool)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet.

        Args:
            session: its document; which diagram is shown goes by the step.
        """
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.step = Step("", "")
        self.overview = False
        self._away = False
        self._levels = 5
        self._lit: tuple[str, int] = ("", 0)
        self._near = False
        self._claim = ""
        self.setAutoFillBackground(True)
        self.title = ElidedLabel(parent=self)
        self.place = ElidedLabel(parent=self)
        self.view = StageView(session, theme, self)
        self.card = CardView(self)
        self.strip = CardView(self)
        self.card.hide()
        self.strip.hide()
        self.view.wandered.connect(self._wandered)
        self.view.sized.connect(lambda: self.frame(animated=False))
        session.store.changed.connect(self._on_change)
        self.dress(theme)

    def dispose(self) -> None:
        """Stop following the document."""
        self.session.store.changed.disconnect(self._on_change, missing_ok=True)
        self.view.dispose()

    def dress(self, theme: Theme) -> None:
        """Take the colours and text sizes of a theme."""
        self.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.surface.canvas))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.text.primary))
        for one in (self, self.title, self.place):  # under a style sheet, children do not take their parent's
            one.setPalette(palette)
        self.view.dress(theme)
        self._fill()

    # what is shown

    def show_step(self, step: Step, levels: int, place: str, *, animated: bool = True) -> None:
        """Show a step as it was made, with so many levels."""
        another = step.diagram != (self.session.diagram or "")
        self.step, self._levels = step, levels
        self._away = False
        self._lit, self._near, self._claim = ("", 0), False, ""
        self.say(place)
        self.title.set_text(step.title)
        on_diagram = step.shows == "diagram"
        self.view.setVisible(on_diagram)
        self.card.setVisible(not on_diagram)
        if on_diagram:
            self.view.titles.commit()
            self.view.forget_rest()
            self.session.select(())
            if another:
                self.session.viewports.pop(step.diagram, None)
                self.session.set_diagram(step.diagram or None)
            self.view.set_levels(levels)
            self._light()
        self.arrange()
        self._fill()
        self.frame(animated=animated and not another)

    def say(self, place: str) -> None:
        """Say where in the route this is."""
        self.place.set_text(place)
        self._place_head()

    def retitle(self, step: Step) -> None:
        """The same step is called otherwise now, or lights something else; camera, selection and editor stay."""
        self.step = step
        self.title.set_text(step.title)
        if step.shows == "diagram":
            self._light()

    def set_levels(self, levels: int) -> None:
        """Show more or less of the diagram; the camera stays."""
        self._levels = levels
        if self.step.shows == "diagram":
            self.view.set_levels(levels)
            self._light()
            self._judge()

    def set_light(self, id: str, turn: int, *, held: bool) -> None:
        """Light one of the pathways through something; empty: what the step lights by itself.

        Args:
            held: it stays: where the stop shows it too small to be read from afar, the camera goes to it alone, and
                back again once it is out. A hand's place of the camera stays where all of it can be read there.
        """
        if (id, turn) != self._lit:
            self._lit = (id, turn)
            self._light()
        self._near = held and bool(id)
        if self._near and self._away:
            self._away = self._reads_all_lit()
        if held or not id:
            self.frame()
        else:
            self._judge()

    def _reads_all_lit(self) -> bool:
        """Whether everything at full strength is in view now, and large enough."""
        view = self.view
        strong = view.strong
        if strong is None or view.smallest_text() * view.camera.zoom < self.height() * READABLE - _ALMOST:
            return False
        return view.shows_all_of(strong)

    @property
    def away(self) -> bool:
        """Whether a hand has moved the camera away from where it belongs."""
        return self._away

    def ways(self, id: str) -> int:
        """How many pathways lead through something here, up to ``MOST_WAYS``."""
        return sum(1 for _ in islice(pathways(self.session.store, id, self._here()), MOST_WAYS))

    def _here(self) -> Collection[str] | None:
        builder = self.view.sync.builder
        return builder.picture.nodes.keys() if builder is not None else None

    def _light(self) -> None:
        id, turn = self._lit
        found = next(islice(pathways(self.session.store, id, self._here()), turn, None), None) if id else None
        self.view.light(found.ids if found is not None else {id} if id else self.step.highlighted)

    @property
    def lit(self) -> bool:
        """Whether some of the diagram is dimmed."""
        return self.view.artist.clear is not None

    def open_card(self, claim: str) -> None:
        """Lay the card of a claim over the foot of the diagram; empty: take it away."""
        if claim != self._claim:
            self._claim = claim
            self.arrange()
            self._fill()
            self.frame()

    def _fill(self) -> None:
        """Have the cards drawn anew."""
        store, theme, step = self.session.store, self.theme, self.step
        ground = theme.surface.canvas
        high = float(self.height())
        card = partial(picture_of, store, step, theme, high) if step.shows != "diagram" else None
        self.card.show_picture(card, ground)
        self.strip.show_picture(partial(strip_of, store, self._claim, theme, high) if self._claim else None, ground)
        self.strip.setVisible(bool(self._claim))

    def _on_change(self, _change: Change) -> None:
        if self.step.shows != "diagram" or self._claim:
            self._fill()
            self._judge()

    # the camera

    def frame(self, *, animated: bool = True) -> None:
        """Bring the camera to where the step has it, near enough for what is lit; not where a hand moved it."""
        if self.step.shows != "diagram" or self._away:
            self._judge()
            return
        view, step = self.view, self.step
        view.sync.flush()
        port = view.viewport()
        width, height = float(port.width()), float(port.height())
        strong = view.strong
        if step.camera is not None:
            picture = view.scene.picture
            wanted = widened(asked_for(step.camera, width, height), picture, lit_on(picture, step.highlighted))
        elif step.highlighted:
            wanted = view.rect_of(step.highlighted) or view.scene.bounds() or _NOTHING
        else:
            wanted = view.scene.bounds() or _NOTHING
        place = partial(frame, text=view.smallest_text(), width=width, height=height, screen=float(self.height()))
        framing = place(wanted, strong, padded=step.camera is None)
        if framing.overview and self._near and strong is not None:
            framing = place(strong, strong)
        view.go_to(framing, animated=animated)
        self._tell(framing.overview)

    def settle(self) -> None:
        """Back to where the step has the camera."""
        self._away = False
        self.frame()

    def _wandered(self) -> None:
        self._away = True
        self._judge()

    def _judge(self) -> None:
        """Say whether what is seen now can be read from afar."""
        least = self.height() * READABLE
        if self.step.shows == "diagram":
            text = self.view.smallest_text() * self.view.camera.zoom
        else:
            text = self.card.smallest_text()
        self._tell(0 < text < least - _ALMOST)

    def _tell(self, overview: bool) -> None:
        if overview != self.overview:
            self.overview = overview
            self.overview_changed.emit(overview)

    # sizes

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
        self._fill()
        self.frame(animated=False)

    @property
    def body(self) -> QRect:
        """Where diagram and cards may lie: below the title."""
        top = round(self.height() * _HEAD)
        return QRect(0, top, self.width(), max(1, self.height() - top))

    def arrange(self) -> None:
        """Give everything its place for the size of the screen."""
        wide, high = self.width(), self.height()
        margin = round(high * _MARGIN)
        self._place_head()
        top = self.body.top()
        foot = high
        if self._claim:
            tall = round(high * STRIP)
            self.strip.setGeometry(margin, high - tall - margin, wide - 2 * margin, tall)
            foot = high - tall - margin - round(high * _GAP)
        body = QRect(0, top, wide, max(1, foot - top))
        self.view.setGeometry(body)
        self.card.setGeometry(QRect(margin, top, max(1, wide - 2 * margin), max(1, high - top - margin)))

    def _place_head(self) -> None:
        wide, high = self.width(), self.height()
        margin = round(high * _MARGIN * 1.5)
        self.title.setFont(ui_font(max(12.0, high * _TITLE), strong=True))
        self.place.setFont(ui_font(max(10.0, high * _PLACE)))
        needed = self.place.fontMetrics().horizontalAdvance(self.place.text()) + 4 if self.place.text() else 0
        tall = round(high * _HEAD)
        self.place.setGeometry(wide - margin - needed, 0, needed, tall)
        self.title.setGeometry(margin, 0, max(1, wide - 2 * margin - needed - margin), tall)

    def focus(self) -> None:
        """Let the keyboard work on what is shown."""
        shown = self.view if self.step.shows == "diagram" else self.card
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
