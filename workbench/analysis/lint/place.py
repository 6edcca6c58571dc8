"""What a person looks at when they look at a finding."""

from typing import Final

from workbench.model.drawing import Diagram
from workbench.model.elements import Element, Guard, Link
from workbench.store.reader import Reader

_STANDS_ON: Final = ("subject", "category", "grid", "link", "diagram")
_DEEPEST: Final = 4


def standing_on(reader: Reader, id: str) -> str:
    """The element, link, guard or diagram that shows a record; empty where nothing does."""
    for _ in range(_DEEPEST):
        record = reader.get(id)
        if record is None or isinstance(record, Element | Guard | Link | Diagram):
            return record.id if record is not None else ""
        id = next((str(value) for name in _STANDS_ON if (value := getattr(record, name, None))), "")
    return ""
