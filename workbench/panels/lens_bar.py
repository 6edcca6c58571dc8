"""The legend of a lens over the canvas: what is shown, how much of it there is, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.lens import hazards_in
from workbench.model.elements import Hazard
from workbench.panels.common import Label, Panel, button
from workbench.panels.words import count_words
from workbench.session.session import Lens, Session


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
        shown = lens.hazards if lens.dimension is None else hazards_in(self.store, lens.dimension)
        among = sum(1 for id in shown if id in self.store)
        told = f"{among} of {count_words(self.store.count(Hazard.TYPE), 'hazard', 'hazards')} at full strength"
        self.said.setText(f"{lens.title} · {told}; everything else is dimmed.")
