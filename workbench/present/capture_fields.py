"""Fields of the strip that notes something: a due day, a name that may be chosen, a count of hands, a subject."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from workbench.analysis.due_date import NoDayError, read_due, weekday_words
from workbench.analysis.meeting_log import WHOLE_PROJECT, about
from workbench.model.judgement import PROJECT_ID
from workbench.render.characters import visible
from workbench.store.store import Store

_MOST_HANDS = 9_999
_LONGEST = 48


def text_field(name: str, hint: str, most: int) -> QLineEdit:
    """A line of plain text.

    Args:
        name: what a screen reader calls it.
        hint: shown while it is empty.
        most: characters it takes.
    """
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setMaxLength(most)
    return made


class NameField(QLineEdit):
    """A name: what is typed stays; Down and Up choose among those named before that begin with it."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(400)
        self._known: list[str] = []
        self._typed = ""
        self.textEdited.connect(self._retype)

    def offer(self, names: Sequence[str]) -> None:
        """Let the user choose among these names from now on."""
        self._known = list(names)

    def _retype(self, text: str) -> None:
        self._typed = text

    def choices(self) -> list[str]:
        """The names known that begin, or have a word that begins, with what was typed; not what it says already."""
        said = " ".join(self._typed.split()).casefold()
        return [name for name in self._known if f" {said}" in f" {name.casefold()}" and name.casefold() != said]

    def _choose(self, step: int) -> None:
        """Take the next of the choices, or the one before; past the last stands again what was typed."""
        offered = [self._typed, *self.choices()]
        here = offered.index(self.text()) if self.text() in offered else 0
        self.setText(offered[(here + step) % len(offered)])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._choose(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def clear(self) -> None:
        super().clear()
        self._typed = ""

    def name(self) -> str:
        """The name typed, as it was spelt before."""
        said = " ".join(self.text().split())
        return next((known for known in self._known if known.casefold() == said.casefold()), said)


class DueField(QLineEdit):
    """A day, as people type one."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.setAccessibleName("Due: a day such as fri, +2w or 2026-12-01")
        self.setPlaceholderText("Due: fri, +2w, …")
        self.setMaxLength(40)

    def day(self) -> str:
        """The day meant, ISO 8601; empty for none.

        Raises:
            NoDayError: the text names no day.
        """
        return read_due(self.text(), self._today)

    def meant(self) -> str:
        """The day meant, in short words; empty where there is none, or the text names none."""
        try:
            found = self.day()
        except NoDayError:
            return ""
        return weekday_words(date.fromisoformat(found)) if found else ""


class HandCount(QLineEdit):
    """How many hands went up: digits, or the keys Up and Down; Left and Right go to the next count.

    Signals:
        refused: why a key was not taken.
    """

    refused = Signal(str)

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self._value = 0
        self._typing = False
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.set_value(0)

    def value(self) -> int:
        """The count."""
        return self._value

    def set_value(self, value: int) -> None:
        """Count anew."""
        self._value = max(0, min(_MOST_HANDS, value))
        self.setText(f"{self._word} {self._value}")
        self.setAccessibleName(f"Hands that {self._word.lower()}: {self._value}")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._typing = False  # the first digit begins a number

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, digit = event.key(), event.text()
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if digit in tuple("0123456789"):
            wanted = (self._value * 10 if self._typing else 0) + int(digit)
            if wanted > _MOST_HANDS:
                self.refused.emit(f"At most {_MOST_HANDS:,} hands are counted; {self._value:,} is kept.")
                return
            self.set_value(wanted)
            self._typing = True
        elif digit.isprintable() and digit and not held:
            self.refused.emit(f"“{digit}” is left out: a count of hands has digits only, from 0 to {_MOST_HANDS:,}.")
        elif key == Qt.Key.Key_Backspace:
            self.set_value(self._value // 10)
        elif key in steps:
            self.set_value(self._value + steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class PinField(QComboBox):
    """What a note is pinned to: Up and Down choose among what is selected, the diagram and the project."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.setAccessibleName("Pinned to")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def offer(self, subjects: Sequence[str]) -> None:
        """Let the user choose among these, the first of them chosen, and the project."""
        self.clear()
        for id in dict.fromkeys(subjects):
            if id in self._store and id != PROJECT_ID:
                name = " ".join(visible(about(self._store, id)).split())
                self.addItem(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", id)
        self.addItem(WHOLE_PROJECT, None)

    def subject(self) -> str | None:
        """Id of what is chosen; None for the project."""
        found: str | None = self.currentData()
        return found


def in_order(fields: Sequence[QWidget], current: QWidget | None, step: int) -> QWidget:
    """The field that Tab (1) or Shift+Tab (-1) leads to from the current one, around the end."""
    here = next((place for place, field in enumerate(fields) if field is current), -1 if step > 0 else 0)
    return fields[(here + step) % len(fields)]
