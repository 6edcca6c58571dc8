"""What is asked while files are read: the number of files scanned, offered where the file lists them."""

import json

from PySide6.QtWidgets import QPushButton

from workbench.evidence.imported import FILES_LISTED
from workbench.evidence.problems import ImportProblem, NoRunFile, lines_of
from workbench.panels import attach_reading
from workbench.panels.attach_choose import ScannedDialog
from workbench.panels.common import EmptyState, Label


def scan(path, metrics):
    place = {"physicalLocation": {"artifactLocation": {"uri": "a.py"}}}
    found = {"ruleId": "R", "level": "error", "message": {"text": "m"}, "locations": [place]}
    run = {"tool": {"driver": {"name": "bandit"}}, "results": [found], "properties": {"metrics": metrics}}
    path.write_text(json.dumps({"version": "2.1.0", "runs": [run]}), encoding="utf-8")
    return path


def test_the_files_own_number_reaches_the_question(qtbot, look, tmp_path, monkeypatch):
    path = scan(tmp_path / "scan.sarif", {"a.py": {"loc": 1}, "b.py": {"loc": 1}, "_totals": {"loc": 2}})
    asked = []

    def answer(*args):
        asked.append(args)
        return (2,)

    monkeypatch.setattr(attach_reading, "ask_scanned", answer)
    (run,) = attach_reading.read_asking([path], None)
    assert asked == [("scan.sarif", "1 finding", None, 2)]
    assert run.run.provenance.settings[FILES_LISTED] == "2"


def test_it_is_offered_and_can_be_changed(qtbot, look):
    dialog = ScannedDialog("x.sarif", "1 finding", listed=601)
    qtbot.addWidget(dialog)
    assert dialog.answer() == (601,)
    assert "The file’s own metrics list 601 files." in [label.text() for label in dialog.findChildren(Label)]
    dialog.count.setText("700")
    assert dialog.answer() == (700,)


def test_the_formats_are_listed_once_for_several_files():
    strangers = [NoRunFile(name, "is no run file", f"formats that are read: {'a format, ' * 60}last") for name in "ab"]
    lines = lines_of([*strangers, ImportProblem("c", "is empty", "check it")])
    assert lines[:3] == ["a: is no run file", "b: is no run file", "c: is empty; check it"]
    assert len(lines) == 4
    assert lines[3].startswith("Formats that are read: ")
    assert lines[3].endswith("last")
    assert lines_of(strangers[:1]) == [str(strangers[0])]


def test_an_empty_dock_at_its_least_height_shows_all_its_words(qtbot, look):
    empty = EmptyState("Add a run, or drop a result file on a node", "Add evaluation run…")
    qtbot.addWidget(empty)
    empty.resize(900, 64)
    empty.show()
    for part in (*empty.findChildren(Label), *empty.findChildren(QPushButton)):
        assert part.height() >= part.minimumSizeHint().height()
        assert empty.rect().contains(part.geometry())
