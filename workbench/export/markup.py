"""What a person typed, in files that are markup: it reads as on a diagram, and is never taken for markup. No Qt."""

import re
from html import escape
from typing import Final

from workbench.render.characters import clean

_MARKUP: Final = re.compile(r"([\\`*_\[\]|~#!$<>&])")
_ENTITY: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_LINKED: Final = re.compile(r"(https?|ftp)://|www\.|@", re.IGNORECASE)


def in_html(text: str) -> str:
    """A text as part of a page; its lines stay lines."""
    return escape(clean(text)).replace("\n", "<br>")


def in_markdown(text: str) -> str:
    """A text on one line, in GitHub's flavour, in which addresses do not become links."""
    marked = _MARKUP.sub(lambda found: _ENTITY.get(found[1]) or f"\\{found[1]}", clean(text).replace("\n", " "))
    return _LINKED.sub(lambda found: found[0].replace(":", "&#58;").replace("@", "&#64;").replace(".", "&#46;"), marked)
