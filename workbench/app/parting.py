"""Journals of windows that were closed: removed beside the user interface, since a disk may hang."""

import sys
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workbench.files.journal import Journal

_PATIENCE: Final = 0.3
"""Seconds a window waits for the disk while it is closed; more would be felt."""
_AT_THE_END: Final = 5.0
"""Seconds the program waits once the last window has gone."""


class Parting:
    """Journals that are no use any more and that the disk has not let go of yet."""

    def __init__(self) -> None:
        """There is none."""
        self._left: list[tuple[str, Thread]] = []

    def remove(self, journal: "Journal", name: str) -> str:
        """Remove the journal of a document; a sentence for the user where the disk does not answer, else empty."""
        journal.leave()
        thread = Thread(target=journal.close, name="parting", daemon=True)
        thread.start()
        thread.join(_PATIENCE)
        self._left = [(other, running) for other, running in self._left if running.is_alive()]
        if not thread.is_alive():
            return ""
        self._left.append((name, thread))
        return (
            f"The disk does not answer: what was kept of {name} against a crash is removed once it does. Should the "
            "program end before, the next start offers it."
        )

    def wait(self) -> None:
        """The last window has gone: give the disk a little more time, and say so where the program was started."""
        until = monotonic() + _AT_THE_END
        for name, thread in self._left:
            if thread.is_alive():
                sys.stderr.write(f"The disk does not answer; waiting to remove what was kept of {name}.\n")
                thread.join(max(0.0, until - monotonic()))
