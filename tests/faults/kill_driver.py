"""The real window, edited by a script that tells every edit: what ``kill`` starts and kills.

Run as ``python -m tests.faults.kill_driver SEED FILE`` (``-`` for a document without a file). Each line on standard
output is one thing done, told once it was committed: its time (seconds of the system's monotonic clock), and what the
document and its undo steps are then.
"""

import json
import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.faults.states import state_of
from workbench.app import start
from workbench.app.window import MainWindow
from workbench.commands import create, delete, edit, geometry
from workbench.commands.errors import CommandError
from workbench.model.drawing import Placement
from workbench.model.elements import Element
from workbench.store.store import Store


class Script:
    """Edits a document as somebody in a hurry does."""

    def __init__(self, seed: int, window: MainWindow) -> None:
        self._random = random.Random(seed)
        self._window = window
        self._store: Store = window.session.store

    def step(self) -> None:
        """Do one thing and tell it."""
        what = self._random.choices(
            (self._add, self._type, self._move, self._delete, self._undo, self._redo, self._save),
            (8, 8, 6, 2, 3, 2, 1),
        )[0]
        revision = self._store.revision
        try:
            what()
        except CommandError:
            return
        if self._store.revision != revision or what == self._save:
            tell(what.__name__.strip("_"), self._store)

    def _element(self) -> str:
        ids = sorted(record.id for record in self._store.records.values() if isinstance(record, Element))
        if not ids:
            raise CommandError("nothing there")
        return self._random.choice(ids)

    def _add(self) -> None:
        diagram = self._window.session.diagram
        if diagram is None:
            raise CommandError("no diagram")
        with self._store.transaction("Add cause") as tx:
            x, y = (float(self._random.randrange(-400, 400)) for _ in "xy")
            create.create_on_diagram(tx, diagram, "cause", x, y, "New é\n")

    def _type(self) -> None:
        element = self._element()
        with self._store.transaction("Type", merge_key=element) as tx:
            edit.rename(tx, element, f"Word {self._random.random()}")

    def _move(self) -> None:
        placed = sorted(self._store.all(Placement), key=lambda one: one.id)
        if placed:
            one = self._random.choice(placed)
            with self._store.transaction("Move") as tx:
                geometry.move(tx, one.diagram, {one.subject: (one.x + 8, one.y)})

    def _delete(self) -> None:
        with self._store.transaction("Delete") as tx:
            delete.delete_everywhere(tx, [self._element()])

    def _undo(self) -> None:
        self._store.undo()

    def _redo(self) -> None:
        self._store.redo()

    def _save(self) -> None:
        if self._window.session.path is not None:
            self._window.files.save()


def tell(what: str, store: Store) -> None:
    """Say that something was done."""
    at = time.monotonic()
    os.write(1, json.dumps({"at": at, "what": what, **state_of(store)}).encode() + b"\n")


def main() -> int:
    """Open the window and edit until killed."""
    seed, name = int(sys.argv[1]), sys.argv[2]
    start.make_qt_application()
    pause = random.Random(seed + 1)
    timer = QTimer()
    timer.setSingleShot(True)
    script: list[Script] = []

    def window() -> MainWindow | None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
        return found[0] if found else None

    def go() -> None:
        shown = window()
        if not script and shown is not None and shown.docks.filled:
            tell("opened", shown.session.store)
            script.append(Script(seed, shown))
        if script:
            script[0].step()
        timer.start(pause.choice((0, 1, 5, 20, 60)))

    timer.timeout.connect(go)
    timer.start(0)
    return start.run(None if name == "-" else Path(name))


if __name__ == "__main__":
    sys.exit(main())
