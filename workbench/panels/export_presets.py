"""Ways of exporting that are remembered by name, and how it was done last. No Qt."""

from collections.abc import Mapping
from typing import Any, Final

import orjson

LONGEST_NAME: Final = 60
MOST: Final = 40

Preset = dict[str, str | bool | float]
"""What was chosen, by the names of the options; formats and parts by their own words."""

SHIPPED: Final[dict[str, Preset]] = {
    "Figure for a document": {"what": "whole", "format": "svg", "theme": "print"},
    "Picture for a screen": {"what": "whole", "format": "png", "theme": "projector", "width": "1920"},
    "Slides to edit": {"what": "every", "format": "pptx", "theme": "print"},
    "Deck of the route": {"what": "route", "format": "pptx", "theme": "projector"},
    "A4 page": {"what": "whole", "format": "pdf", "theme": "print", "page": "A4"},
    "A0 poster on A4": {"what": "whole", "format": "pdf", "theme": "print", "page": "A4", "tile": True, "poster": "A0"},
    "Greys for any printer": {"what": "whole", "format": "pdf", "theme": "grey", "page": "A4", "footnotes": True},
}
"""Where a newcomer begins."""


class Presets:
    """Presets by name; those of the user's own come before those the program brings.

    Attributes:
        last: how it was done last; empty at the first time.
    """

    def __init__(self, stored: str = "") -> None:
        """Take what ``stored`` gave; a damaged text gives none."""
        self.last: Preset = {}
        self._own: dict[str, Preset] = {}
        try:
            read = orjson.loads(stored or "{}")
        except orjson.JSONDecodeError:
            read = {}
        if isinstance(read, dict):
            self.last = _plain(read.get("last"))
            own = read.get("named")
            if isinstance(own, dict):
                named = {name: _plain(value) for name, value in own.items() if name.strip()}
                self._own = dict(list(named.items())[:MOST])

    def stored(self) -> str:
        """Everything as text, for the settings."""
        return orjson.dumps({"last": self.last, "named": self._own}).decode()

    def names(self) -> list[str]:
        """Every name: the user's own by letters, then the program's that they have not taken over."""
        return [*sorted(self._own, key=str.casefold), *(name for name in SHIPPED if name not in self._own)]

    def get(self, name: str) -> Preset:
        """What a name stands for; nothing where there is no such name."""
        return dict(self._own.get(name) or SHIPPED.get(name) or {})

    def is_own(self, name: str) -> bool:
        """Whether the user made it, and may delete it."""
        return name in self._own

    def save(self, name: str, preset: Mapping[str, str | bool | float]) -> str:
        """Keep a way of exporting under a name; returns why it cannot be, empty where it was.

        One more than ``MOST`` is refused.
        """
        called = " ".join(name.split())[:LONGEST_NAME]
        if not called:
            return "Give the preset a name."
        if called not in self._own and len(self._own) >= MOST:
            return f"There are {MOST} presets already; delete one first."
        self._own[called] = dict(preset)
        return ""

    def rename(self, name: str, new: str) -> str:
        """Call one of the user's own otherwise; returns why it cannot be, empty where it is called so now."""
        called = " ".join(new.split())[:LONGEST_NAME]
        if called == name:
            return ""
        if called in self.names():
            return f"There is a preset {called} already."
        problem = "" if called else "Give the preset a name."
        if not problem and name in self._own:
            self._own[called] = self._own.pop(name)
        return problem

    def delete(self, name: str) -> None:
        """Forget one of the user's own."""
        self._own.pop(name, None)


def _plain(value: Any) -> Preset:
    if not isinstance(value, dict):
        return {}
    return {str(key): item for key, item in value.items() if isinstance(item, str | bool | int | float)}
