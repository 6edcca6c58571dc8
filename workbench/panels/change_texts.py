"""Both versions of one change side by side, with every word of them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workbench.analysis.change_texts import ABSENT, Both
from workbench.panels.attach_base import scrolled
from workbench.panels.common import ElidedLabel, Label, button, column
from workbench.panels.merge_values import LEAST, MOST, ValueBox, against
from workbench.panels.style import TITLE_PX, ui_font
from workbench.render.characters import clean

_WIDTH: Final = 860
_SHARE: Final = 0.85
"""Of the screen, at most."""
_MOST_LINES: Final = 16
"""Lines of a text that are seen without scrolling it."""
_MEASURED: Final = 5_000
"""Letters that are looked at to say how high a text is: many more than those lines have."""
_ROUND: Final = 66
"""Height of what is around a text: frame and name."""
_ABOVE_AND_BELOW: Final = 120
"""Height of what stands above and below the texts: heading and button."""


class ChangeTexts(QDialog):
    """A window to read in: Tab leads from text to text, Esc or Enter closes it.

    Attributes:
        boxes: the old and the new value of each field.
    """

    def __init__(
        self, title: str, names: tuple[str, str], texts: Sequence[Both], parent: QWidget | None = None
    ) -> None:
        """Show a change.

        Args:
            title: what is changed.
            names: what the first and the second version are called.
            texts: what differs.
            parent: the window it stands over.
        """
        super().__init__(parent)
        self.setWindowTitle("Both versions in full")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._names = names
        self.boxes: list[tuple[ValueBox, ValueBox]] = []
        layout = column(self, 16, 10)
        layout.addWidget(ElidedLabel(title, font=ui_font(TITLE_PX, strong=True)))
        body = QWidget()
        fields = column(body, 0, 6)
        for one in texts:
            self._add(fields, one)
        fields.addStretch(0)
        layout.addWidget(scrolled(body), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = button("Close", self.reject)
        close.setDefault(True)
        foot.addWidget(close)
        layout.addLayout(foot)
        room = self.screen().availableGeometry().size()
        wanted = QSize(_WIDTH, body.minimumSizeHint().height() + _ABOVE_AND_BELOW)
        self.resize(wanted.boundedTo(QSize(round(room.width() * _SHARE), round(room.height() * _SHARE))))
        if self.boxes:
            self.boxes[0][0].text.setFocus()

    def _add(self, fields: QVBoxLayout, one: Both) -> None:
        name = Label(one.what, wrap=True)
        name.setFont(ui_font(strong=True))
        fields.addWidget(name)
        if not (one.old or one.new):
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        old, new = clean(one.old), clean(one.new)
        marked = ABSENT not in (old, new) and max(len(old), len(new)) >= LEAST
        height, most = _height(old, new), _MOST_LINES * QFontMetrics(ui_font()).lineSpacing()
        pair = ValueBox(self._names[0]), ValueBox(self._names[1])
        for box, text, other in zip(pair, (old, new), (new, old), strict=True):
            box.show_value(text, against(text, other, other) if marked else (), taken=False)
            box.text.setAccessibleName(f"{one.what}, {box.text.accessibleName()}")
            box.setMinimumHeight(_ROUND + min(height, most))
            box.setMaximumHeight(_ROUND + height)
            row.addWidget(box, 1)
        self.boxes.append(pair)
        fields.addLayout(row, 1)
        longest = max(len(old), len(new))
        if longest > MOST:
            fields.addWidget(Label(f"{MOST:,} of {longest:,} characters, around the first that differ.", dim=True))
        fields.addSpacing(6)


def _height(*texts: str) -> int:
    """Height of the longest of some texts, or of its beginning."""
    metrics = QFontMetrics(ui_font())
    room, flags = QRect(0, 0, _WIDTH // 2 - 60, 100_000), Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    return max(metrics.boundingRect(room, int(flags), text[:_MEASURED]).height() for text in texts)
