"""The legend of a lens over the canvas: what is shown, how much of it there is, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.lens import hazards_in
from workbench.analysis.risk import DIMENSIONS
from workbench.analysis.words import count_words
from workbench.model.elements import Hazard
from workbench.panels.common import Label, Panel, button
from workbench.panels.style import current_theme
from workbench.render.dimension_tags import TAG, tag_ops
from workbench.render.paint import compile_ops, paint
from workbench.session.session import Lens, Session


class _Tags(QWidget):
    """The tags as elements carry them, in the order the words beside them have."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(round(len(DIMENSIONS) * (TAG + 2) + 4), round(TAG) + 4)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, compile_ops(tag_ops(DIMENSIONS, current_theme()), cosmetic=False), 2.0, self.height() / 2)


class LensBar(Panel):
    """Shown while there is a lens.

    Attributes:
        closed: the user wants to see everything alike again.
    """

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Lens")
        self.setProperty("panelTitle", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        self.tags = _Tags()
        row.addWidget(self.tags)
        self.said = Label("")
        row.addWidget(self.said, 1)
        row.addWidget(button("Show everything", self.closed.emit, look="flat"))
        session.lens_changed.connect(self.on_lens)
        self.destroyed.connect(lambda: session.lens_changed.disconnect(self.on_lens, missing_ok=True))
        self.on_lens(session.lens)

    def on_lens(self, lens: Lens | None) -> None:
        """Another lens."""
        self.setVisible(lens is not None)
        self.later()

    @override
    def refresh(self) -> None:
        lens = self.session.lens
        if lens is None:
            return
        self.tags.setVisible(lens.coloured)
        if lens.coloured:
            counts = (f"{name} {len(hazards_in(self.store, name)):,}" for name in DIMENSIONS)
            self.said.setText(f"Hazards by impact dimension: {', '.join(counts)}; those without one are dimmed.")
            return
        shown = lens.hazards if lens.dimension is None else hazards_in(self.store, lens.dimension)
        among = sum(1 for id in shown if id in self.store)
        told = f"{among} of {count_words(self.store.count(Hazard.TYPE), 'hazard', 'hazards')} at full strength"
        self.said.setText(f"{lens.title} · {told}; everything else is dimmed.")
