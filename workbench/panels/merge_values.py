"""The three values of a conflict side by side; the words that differ are underlined, not only coloured."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QWidget
from typing_extensions import override

from workbench.analysis.conflicts import Told
from workbench.analysis.text_change import Span, differing
from workbench.panels.common import Label, column
from workbench.panels.style import current_theme, ui_font
from workbench.render.characters import clean

NAMES: Final = ("Before", "Ours (stands now)", "Theirs (other version)")
MOST: Final = 20_000
"""Characters of a value that are shown."""
_BEFORE: Final = 200
"""Characters shown ahead of the first that differ, where a value is too long to be shown whole."""
LEAST: Final = 24
"""Characters from which on the differing words are marked: of a word or two, all differs."""
_ANOTHER: Final = 0.7
"""Share of a text that differs from which on it is another text, and marking all of it says nothing."""
_MOST_SPOKEN: Final = 5


class MergeValues(QWidget):
    """Before, ours and theirs, each in a frame of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.boxes = tuple(ValueBox(name) for name in NAMES)
        for box in self.boxes:
            row.addWidget(box, 1)

    def show_values(self, told: Told, taken: str) -> None:
        """Show a conflict's values; ``taken`` is the side that was chosen, empty while none is."""
        base, ours, theirs = (clean(value) for value in (told.base, told.ours, told.theirs))
        marked = not told.whole and max(map(len, (base, ours, theirs))) >= LEAST
        sides = (
            (base, [*against(base, ours, ours), *against(base, theirs, theirs)]),
            (ours, against(ours, base, theirs)),
            (theirs, against(theirs, base, ours)),
        )
        for box, name, (text, spans) in zip(self.boxes, ("base", "ours", "theirs"), sides, strict=True):
            box.show_value(text, spans if marked else (), taken=name == taken)


def against(text: str, base: str, other: str) -> list[Span]:
    """What a side changed; against the other side where both began from nothing. None where it is another text."""
    spans = differing(text, base) or differing(text, other)
    return spans if sum(last - first for first, last in spans) <= _ANOTHER * len(text) else []


class ValueBox(QFrame):
    """One value under its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._name = name
        layout = column(self, 8, 4)
        self.head = Label(name)
        self.head.setFont(ui_font(strong=True))
        layout.addWidget(self.head)
        self.text = _Text()
        self.text.setAccessibleName(name)
        layout.addWidget(self.text, 1)

    def show_value(self, text: str, spans: Iterable[Span], *, taken: bool) -> None:
        """Show a value with what of it is marked; ``taken``: it is the one that was chosen."""
        self.head.setText(f"✓ {self._name}" if taken else self._name)
        ordered = sorted(set(spans))
        shown, moved = _cut(text, ordered)
        self.text.show_text(shown, moved)
        told = [shown[first:last].strip() for first, last in moved][:_MOST_SPOKEN]
        self.text.setAccessibleDescription(f"Differs in: {'; '.join(told)[:500]}" if told else "")


def _cut(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """A value as long as can be shown, from shortly before what differs, and the spans in it."""
    if len(text) <= MOST:
        return text, list(spans)
    start = max(0, min(spans[0][0] - _BEFORE if spans else 0, len(text) - MOST))
    end = start + MOST
    lead, tail = ("… " if start else "", " …" if end < len(text) else "")
    moved = [(max(first, start) - start, min(last, end) - start) for first, last in spans if last > start < end > first]
    return lead + text[start:end] + tail, [(first + len(lead), last + len(lead)) for first, last in moved]


class _Text(QTextEdit):
    """A text that is read, never typed; letters and digits go on to the page, Tab leads on."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("bare", True)
        self.setMinimumHeight(40)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[str, tuple[Span, ...]] = ("", ())

    def show_text(self, text: str, spans: Sequence[Span]) -> None:
        if (text, tuple(spans)) != self._shown:
            self._shown = (text, tuple(spans))
            self.setPlainText(text)
            self._mark()

    def _mark(self) -> None:
        theme = current_theme()
        wide = {at for at, char in enumerate(self._shown[0]) if ord(char) > 0xFFFF}  # two places each in Qt's text
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setFontUnderline(True)
        look.setBackground(QColor(theme.diff["changed"].tint))
        look.setForeground(QColor(theme.text.primary))
        cursor = QTextCursor(self.document())
        for first, last in self._shown[1]:
            cursor.setPosition(first + sum(at < first for at in wide))
            cursor.setPosition(last + sum(at < last for at in wide), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setPlainText(self._shown[0])
            self._mark()
