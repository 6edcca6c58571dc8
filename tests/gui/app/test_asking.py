"""File dialogs begin in the folder of the last file of their kind, also after the program was closed."""

import pytest
from PySide6.QtWidgets import QFileDialog

from workbench.app.application import Application


@pytest.fixture
def asked(monkeypatch):
    """Where each file dialog began, by its title; the answer is what the test puts under ``chosen``."""
    seen = {"chosen": ""}

    def ask(_parent, title, start, _kinds):
        seen[title] = start
        return seen["chosen"], ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, ask)

    def ask_several(*given):
        chosen, _ = ask(*given)
        return [chosen] if chosen else [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask_several)
    return seen


def test_each_kind_of_file_has_its_folder_and_keeps_it(open_project, asked, tmp_path, qapp):
    driver = open_project()
    for part in ("runs", "drawings"):
        (tmp_path / part).mkdir()
    asked["chosen"] = str(tmp_path / "runs" / "none.eval")
    driver.window.attaching.ask_for_files("Runs")
    asked["chosen"] = str(tmp_path / "drawings" / "new")
    driver.run("file.save_as")
    assert (tmp_path / "drawings" / "new.hazard.json").exists()
    asked["chosen"] = ""
    driver.window.attaching.ask_for_files("Runs")
    driver.run("file.open")
    assert asked["Runs"] == str(tmp_path / "runs")
    assert asked["Open project"] == str(tmp_path / "drawings")
    assert dict(Application(qapp).settings.folders)["run"] == str(tmp_path / "runs")


def test_a_folder_that_is_gone_is_not_offered(open_project, asked, tmp_path):
    driver = open_project()
    (tmp_path / "gone").mkdir()
    asked["chosen"] = str(tmp_path / "gone" / "a.eval")
    driver.window.attaching.ask_for_files("Runs")
    (tmp_path / "gone").rmdir()
    asked["chosen"] = ""
    driver.window.attaching.ask_for_files("Runs")
    assert asked["Runs"] != str(tmp_path / "gone")
