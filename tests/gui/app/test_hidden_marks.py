"""A project with marks in every text: wherever the program shows one, the marks are seen, and nothing freezes."""

import re
from typing import Any

import orjson
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox

from tests.gui.app.shown_texts import painted, texts
from workbench.files.project import load_project, save_project
from workbench.model.records import CLASS_OF
from workbench.panels.attach_base import AskDialog
from workbench.paths import data_root

MARKS = "\u202e\u200b\u00ad"
RAW = re.compile("[\u202e\u00ad]")  # a label ends its lines in long words at blanks of no width of its own
SAMPLE = "code-synthesis-llm.hazard.json"


def marked(tables: dict[str, Any]) -> None:
    """Put the marks into every text that takes them."""

    known: dict[tuple[str, tuple[str, ...]], bool] = {}
    ids = {key for table in tables.values() for key in table}

    def walk(kind: str, key: str, value: Any, path: tuple[Any, ...]) -> None:
        holder = value
        for step in path:
            holder = holder[step]
        for name, item in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if isinstance(item, dict | list):
                walk(kind, key, value, (*path, name))
            elif isinstance(item, str) and item not in ids and name not in ("order", "id", "at", "time"):
                general = (kind, tuple("*" if isinstance(step, int) else step for step in (*path, name)))
                holder[name] = f"{item[:3]}{MARKS}{item[3:]}"
                if known.get(general) is None:
                    known[general] = _reads(kind, key, value)
                if not known[general]:
                    holder[name] = item

    for kind, table in tables.items():
        for key, fields in table.items():
            walk(kind, key, fields, ())


def _reads(kind: str, key: str, fields: dict[str, Any]) -> bool:
    try:
        CLASS_OF[kind].model_validate_json(orjson.dumps({**fields, "id": key}), strict=True)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    plain = orjson.loads((data_root() / "samples" / SAMPLE).read_bytes())
    marked(plain["records"])
    folder = tmp_path_factory.mktemp("marks")
    path = folder / f"audit {MARKS}x.hazard.json"
    path.write_bytes(orjson.dumps(plain))
    save_project(load_project(path).store, path)
    return path


def raw(found) -> dict[str, str]:
    return {where: text[:60] for where, text in found if RAW.search(text)}


@pytest.fixture
def answers(monkeypatch):
    """Dialogs are looked at and cancelled."""
    seen: dict[str, str] = {}

    def look(self=None, *_):
        if self is not None:
            self.grab()
            seen.update(raw(texts(self)))
        return 0

    for dialog in (QDialog, AskDialog, QMessageBox, QMenu):
        monkeypatch.setattr(dialog, "exec", look)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("", False))
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    return seen


QUIET = {"file.close", "file.quit", "file.open", "file.save", "file.save_as", "edit.undo", "edit.redo", "view.theme"}


@pytest.mark.slow
def test_everything_that_is_shown_shows_its_marks(open_project, qtbot, project, answers):
    found: list[tuple[str, str]] = []
    with painted(found):
        driver = open_project(project)
        window = driver.window
        qtbot.waitUntil(lambda: window.docks.filled, timeout=10_000)
        for name in window.docks._docks:
            window.docks.show(name)
            driver.turn()
            window.grab()
        position = len(driver.store.history.done)
        for kind in ("evidence", "hazard"):
            key = next(record.id for record in driver.store.all(CLASS_OF[kind]))
            window.session.select([key])
            driver.turn(6)
            window.grab()
            answers.update(raw(texts(window)))
            for action in window.menus.records:
                asks = "…" in window.action(action).text()
                if action in QUIET or action.startswith("present.") or (kind != "evidence" and not asks):
                    continue
                window.session.select([key])
                window.run_action(action)
                driver.turn(2)
                driver.view.cancel()
                while len(driver.store.history.done) > position and driver.store.undo():
                    pass
            window.grab()
            for other in driver.app.windows:
                answers.update(raw(texts(other)))
    answers.update(raw(found))
    assert not answers, "\n".join(f"{where}: {text!a}" for where, text in answers.items())
