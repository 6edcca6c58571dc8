"""Makes loading cheap. Imported before everything else of the window, because it acts on the imports after it.

Two costs of loading some two hundred modules buy this program nothing:

- PySide looks through the *source* of every module that is imported after it, for the case that one asks for its
  optional ``__feature__`` syntax: it reads the file, splits it into lines and keeps them. That took about a tenth of
  the time to the first picture. Nothing here uses that syntax.
- Garbage collection starts each time 700 more objects live, and everything that loading makes stays.
"""

import builtins
import gc
from typing import Final

_YOUNG: Final = 20_000
"""Objects made and kept until a collection starts; a picture of ten thousand elements is made of a million."""


def _read_no_sources() -> None:
    """Put Python's own import back; PySide keeps it beside its own."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


def keep_loaded() -> None:
    """Take what is loaded by now for what stays: no later collection looks through it again."""
    gc.freeze()


def let_go() -> None:
    """Something of that does not stay after all: later collections look through everything again."""
    gc.unfreeze()


_read_no_sources()
