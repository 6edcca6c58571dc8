"""Qt's mouse and key events in the tools' terms."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from workbench.tools.events import Button, Hit, KeyEvent, PointerEvent

_BUTTONS: dict[Qt.MouseButton, Button] = {
    Qt.MouseButton.LeftButton: "left",
    Qt.MouseButton.MiddleButton: "middle",
    Qt.MouseButton.RightButton: "right",
}
_KEYS = {
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_F2: "F2",
    Qt.Key.Key_Control: "Control",
    Qt.Key.Key_Alt: "Alt",
    Qt.Key.Key_Shift: "Shift",
    Qt.Key.Key_Space: "Space",
}


def modifiers(held: Qt.KeyboardModifier) -> tuple[bool, bool, bool]:
    """Whether Shift, Ctrl and Alt are held."""
    return (
        bool(held & Qt.KeyboardModifier.ShiftModifier),
        bool(held & Qt.KeyboardModifier.ControlModifier),
        bool(held & Qt.KeyboardModifier.AltModifier),
    )


def held_keys(event: PointerEvent) -> Qt.KeyboardModifier:
    """The modifier keys held at an event, as Qt names them."""
    held = Qt.KeyboardModifier.NoModifier
    for on, key in (
        (event.shift, Qt.KeyboardModifier.ShiftModifier),
        (event.ctrl, Qt.KeyboardModifier.ControlModifier),
        (event.alt, Qt.KeyboardModifier.AltModifier),
    ):
        held = held | key if on else held
    return held


def pointer_event(
    at: QPointF,
    scene: tuple[float, float],
    held: Qt.KeyboardModifier,
    *,
    button: Qt.MouseButton = Qt.MouseButton.NoButton,
    hit: Hit | None = None,
    space: bool = False,
    clicks: int = 1,
) -> PointerEvent:
    """A pointer event at a view point."""
    shift, ctrl, alt = modifiers(held)
    return PointerEvent(
        scene[0],
        scene[1],
        at.x(),
        at.y(),
        button=_BUTTONS.get(button, ""),
        shift=shift,
        ctrl=ctrl,
        alt=alt,
        space=space,
        hit=hit,
        clicks=clicks,
    )


def known_button(event: QMouseEvent) -> bool:
    """Whether the tools know the button that was pressed or let go."""
    return event.button() in _BUTTONS


def key_event(event: QKeyEvent, *, up: bool = False) -> KeyEvent:
    """A key event; modifier keys count as held from their own press on."""
    name = _KEYS.get(Qt.Key(event.key()), "")
    text = event.text()
    shift, ctrl, alt = modifiers(event.modifiers())
    if not name and ctrl and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
        name = chr(event.key()).lower()  # with Ctrl held the text is a control character
    elif not name:
        name = text.lower()
    if name in ("Control", "Alt", "Shift"):
        ctrl, alt, shift = (
            (not up) if name == "Control" else ctrl,
            (not up) if name == "Alt" else alt,
            (not up) if name == "Shift" else shift,
        )
    return KeyEvent(name, text, shift, ctrl, alt, up)
