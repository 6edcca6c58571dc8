"""Makes loading cheap. Imported before everything else of the window, because it acts on the imports after it.

Three costs of loading some two hundred modules buy this program nothing:

- PySide looks through the *source* of every module that is imported after it, for the case that one asks for its
  optional ``__feature__`` syntax: it reads the file, splits it into lines and keeps them. That took about a tenth of
  the time to the first picture. Nothing here uses that syntax.
- psygnal asks for its own version and pydantic for plugins, both of the installed packages' metadata: reading that
  loads the modules for mail and net addresses. The version is not used, and plugins are none of this program's.
- Garbage collection starts each time 700 more objects live, and everything that loading makes stays.
"""

import builtins
import gc
import sys
from types import ModuleType
from typing import Any, Final

_METADATA: Final = "importlib.metadata"

_YOUNG: Final = 20_000
"""Objects made and kept until a collection starts; a picture of ten thousand elements is made of a million."""


def _read_no_sources() -> None:
    """Put Python's own import back; PySide keeps it beside its own."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


class _NoMetadata(ModuleType):
    """Stands in for ``importlib.metadata`` while the program loads: it knows of no package."""

    class PackageNotFoundError(ModuleNotFoundError):
        """As in the real module."""

    def __init__(self) -> None:
        super().__init__(_METADATA)

    def version(self, name: str) -> str:
        """Of no package is a version known."""
        raise self.PackageNotFoundError(name)

    def entry_points(self, **_: Any) -> tuple[()]:
        """There are none."""
        return ()


def keep_loaded() -> None:
    """Take what is loaded by now for what stays: no later collection looks through it again."""
    if isinstance(sys.modules.get(_METADATA), _NoMetadata):
        del sys.modules[_METADATA]
    gc.set_threshold(_YOUNG, 20, 20)
    gc.freeze()


def let_go() -> None:
    """Something of that does not stay after all: later collections look through everything again."""
    gc.unfreeze()


_read_no_sources()
sys.modules.setdefault(_METADATA, _NoMetadata())
