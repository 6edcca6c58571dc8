"""What accessible interfaces of drawn things share.

Qt keeps plain pointers to interfaces, so Python references are kept as long as what they speak of lives.
"""

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessibleInterface, QAccessibleObject

NOBODY = cast("QAccessibleInterface", None)
"""No interface: a null pointer to Qt, though its stubs do not say that it may be."""

_kept: dict[int, QAccessibleInterface] = {}


class LeafInterface(QAccessibleObject):
    """Something drawn that holds nothing else."""

    def childCount(self) -> int:
        """None."""
        return 0

    def child(self, _index: int) -> QAccessibleInterface:
        """None."""
        return NOBODY

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface:
        """None."""
        return NOBODY

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """None."""
        return -1


def keep(thing: QObject, interface: QAccessibleInterface) -> None:
    """Hold an interface until what it speaks of is destroyed."""
    _kept[id(thing)] = interface
    thing.destroyed.connect(_Forget(id(thing)))


def kept(thing: QObject) -> QAccessibleInterface | None:
    """The interface held for a thing."""
    return _kept.get(id(thing))


class _Forget:
    """Drops the reference to an interface once its object is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self, _object: QObject | None = None) -> None:
        _kept.pop(self._key, None)
