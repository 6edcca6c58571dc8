"""The standard frame of a capability grid: attributes, coding practices and levels of abstraction, each explained."""

import json
from functools import lru_cache
from typing import Final

from workbench.paths import resource
from workbench.values import value_type

_PLACE: Final = ("capability", "standard.json")


@value_type(frozen=True, slots=True)
class Standard:
    """What a new grid begins with.

    Attributes:
        attributes, practices, levels: names in order.
        about: one sentence that explains a name, by the name.
        source: where the frame comes from.
    """

    title: str
    sweep_title: str
    attributes: tuple[str, ...]
    practices: tuple[str, ...]
    levels: tuple[str, ...]
    about: dict[str, str]
    source: str


@lru_cache(maxsize=1)
def standard() -> Standard:
    """The standard frame, read once from the program's resources."""
    data = json.loads(resource(*_PLACE).read_text(encoding="utf-8"))
    names = {part: tuple(entry["name"] for entry in data[part]) for part in ("attributes", "practices", "levels")}
    entries = (*data["attributes"], *data["practices"], *data["levels"])
    about = {entry["name"]: entry["about"] for entry in entries}
    return Standard(data["title"], data["sweep_title"], **names, about=about, source=data["source"])


def about(name: str) -> str:
    """What a row or column of the standard frame means; empty for one that somebody named."""
    return standard().about.get(name, "")
