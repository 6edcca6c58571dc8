"""Evidence in the whole window: every action with its dialog answered as a person would, and undone again."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QLabel, QPushButton

from workbench.analysis.claims import ClaimRows
from workbench.model.elements import Cause, Guard
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.attach_base import AskDialog

ROWS = '{{"task_id": "t/{}", "completion": "x", "passed": {}}}\n'


def results(path, passed, n=60):
    path.write_text("".join(ROWS.format(i, str(i < passed).lower()) for i in range(n)), encoding="utf-8")
    return path


class Answers:
    """Answers dialogs in turn: each step fills one in, then it is accepted, or refused where the step says so."""

    def __init__(self):
        self.steps = []
        self.seen = []

    def add(self, *steps):
        self.steps += steps

    def exec(self, dialog):
        self.seen.append(dialog.windowTitle())
        step = self.steps.pop(0)
        dialog.show()
        QApplication.processEvents()
        if step is not None:
            step(dialog)
        QApplication.processEvents()
        if step is None:
            dialog.reject()
            return QDialog.DialogCode.Rejected
        assert dialog.ok.isEnabled(), dialog.reason.text()
        dialog.accept()
        return QDialog.DialogCode.Accepted


@pytest.fixture
def answers(monkeypatch):
    made = Answers()
    monkeypatch.setattr(AskDialog, "exec", lambda dialog: made.exec(dialog))
    yield made
    assert made.steps == []


@pytest.fixture
def driver(open_project, monkeypatch):
    made = open_project(template="bow-tie")
    made.cause = next(made.store.all(Cause)).id
    made.window.session.select([made.cause])
    return made


def criterion(threshold, comparator=">="):
    def fill(dialog):
        dialog.comparator.choose(comparator)
        dialog.threshold.setText(threshold)
        dialog.form.before.choose("before")

    return fill


@pytest.fixture
def claim(driver, answers, choose_file, tmp_path, errors):
    """A claim on the cause: 54 of 60 passed, at least 50 % asked for."""
    choose_file(results(tmp_path / "old.jsonl", 54))
    answers.add(criterion("50 %"))
    driver.run("evidence.attach")
    assert errors == []
    (made,) = driver.store.all(Evidence)
    return made.id


def the(driver, claim):
    return driver.store.find(claim, Evidence)


def test_a_run_is_typed_in_and_judged(driver, answers, errors):
    def figures(dialog):
        dialog.figure.setText("vulnerable rate")
        dialog.unit.choose("proportion")
        dialog.counted.setText("0")
        dialog.n.setText("200")
        dialog.source.setText("Report 7")

    answers.add(figures, criterion("10 %", "<="))
    driver.run("evidence.type_in")
    assert errors == []
    (run,) = driver.store.all(Run)
    (made,) = driver.store.all(Evidence)
    assert (run.origin, made.subject) == ("typed", driver.cause)
    driver.run("edit.undo")
    assert not list(driver.store.all(Run))


def test_who_comes_back_from_the_criterion_finds_the_run_as_it_was_typed(driver, answers, errors):
    def figures(dialog):
        dialog.figure.setText("vulnerable rate")
        dialog.unit.choose("proportion")
        dialog.counted.setText("0")
        dialog.n.setText("200")
        dialog.source.setText("Report 7")

    def as_it_was(dialog):
        assert (dialog.figure.text(), dialog.n.text(), dialog.source.text()) == ("vulnerable rate", "200", "Report 7")
        dialog.n.setText("250")

    answers.add(figures, None, as_it_was, criterion("10 %", "<="))
    driver.run("evidence.type_in")
    assert errors == []
    (metric,) = driver.store.all(Metric)
    assert metric.n == 250
    assert len(list(driver.store.all(Evidence))) == 1


def test_evidence_on_a_shared_control_says_which_line_or_all_of_them(driver, answers, choose_file, tmp_path, errors):
    standing = [guard.control for guard in driver.store.all(Guard)]
    guard = next(guard for guard in driver.store.all(Guard) if standing.count(guard.control) > 1)
    driver.window.session.select([guard.id])
    heads: list[str] = []

    def fill(everywhere):
        def step(dialog):
            heads.extend(label.text() for label in dialog.findChildren(QLabel) if " on C-" in label.text())
            assert dialog.speaks_of.isVisible()
            dialog.speaks_of.choose(everywhere)
            criterion("50 %")(dialog)

        return step

    answers.add(fill(False), fill(True))
    for _ in range(2):
        choose_file(results(tmp_path / "run.jsonl", 54))
        driver.run("evidence.attach")
    assert [made.subject for made in driver.store.all(Evidence)] == [guard.id, guard.control]
    assert len(heads) == 2
    assert all(head.startswith("Evidence on B-") for head in heads)
    assert [row.on[:2] + row.on[3:5] for row in ClaimRows(driver.store).all() if row.subject == guard.id] == ["B-@C"]
    assert errors == []


def test_the_file_dialog_opens_where_the_last_file_was(driver, monkeypatch, tmp_path):
    asked = []

    def choose(_parent, _title, folder, _filter):
        asked.append(folder)
        return [str(tmp_path / "one.json")], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    for _ in range(2):
        driver.window.attaching.ask_for_files("Attach")
    assert asked[1] == str(tmp_path)


def test_a_document_is_attached(driver, answers, errors):
    def fill(dialog):
        dialog.kind.choose("incident")
        dialog.title.setText("It happened")
        dialog.link.setText("Report 9")
        dialog.verdict.choose("refutes")
        dialog.by.setText("R. Analyst")
        dialog.why.setPlainText("On this very line.")

    answers.add(fill)
    driver.run("evidence.document")
    (made,) = driver.store.all(Evidence)
    assert (made.kind, made.analyst_verdict) == ("incident", "refutes")
    assert errors == []


def test_a_claim_is_judged_doubted_and_its_criterion_changed(driver, claim, answers, errors):
    def judge(dialog):
        dialog.verdict.choose("refutes")
        dialog.by.setText("A")
        dialog.why.setPlainText("Wrong set.")

    def doubt(dialog):
        dialog.doubts[3].choice.choose("open")

    def change(dialog):
        dialog.form.threshold.setText("80 %")
        dialog.why.setPlainText("The policy.")

    def baseline(dialog):
        dialog.form.kind.choose("human")
        dialog.form.value.setText("70 %")
        dialog.form.source.setText("Study")

    answers.add(judge, doubt, change, baseline)
    for action in ("judge", "doubts", "criterion", "baselines"):
        driver.run(f"evidence.{action}")
    made = the(driver, claim)
    assert (made.analyst_verdict, made.defeaters[0].kind, made.criterion.threshold) == ("refutes", "contaminated", 0.8)
    assert (made.first_criterion.threshold, made.criterion_reason) == (0.5, "The policy.")
    assert driver.store.find(made.metric, Metric).baselines[0].value == 0.7
    for _ in range(4):
        driver.run("edit.undo")
    assert the(driver, claim).analyst_verdict is None
    assert errors == []


def test_a_claim_moves_and_is_copied(driver, claim, answers, errors):
    target = next(r.id for r in driver.store.all(Cause) if r.id != driver.cause)
    guard = next(driver.store.all(Guard)).id

    def choose(id):
        def fill(dialog):
            for index in range(dialog.list.count()):
                if dialog.list.item(index).data(0x0100) == id:
                    dialog.list.setCurrentRow(index)

        return fill

    answers.add(choose(guard), choose(target))
    driver.run("evidence.copy")
    assert driver.window.session.selection == (guard,)
    driver.window.session.select([driver.cause])
    driver.run("evidence.move")
    subjects = sorted(c.subject for c in driver.store.all(Evidence))
    assert subjects == sorted([guard, target])
    assert errors == []


def test_a_run_is_replaced_in_one_step(driver, claim, answers, choose_file, tmp_path, errors):
    def replace(dialog):
        choose_file(results(tmp_path / "new.jsonl", 6))
        dialog.file.click()
        assert dialog.table.item(0, 3).text() == "Refutes"

    answers.add(replace)
    before = dict(driver.store.records)
    driver.run("evidence.replace")
    assert driver.store.find(the(driver, claim).metric, Metric).successes == 6
    assert any("1 of 1 verdicts changed" in notice for notice in driver.notices)
    driver.run("edit.undo")
    assert dict(driver.store.records) == before
    assert errors == []


def test_a_run_is_withdrawn_reinstated_and_superseded(driver, claim, answers, choose_file, tmp_path, errors):
    answers.add(lambda dialog: dialog.why.setPlainText("Broken judge."))
    driver.run("evidence.withdraw")
    (run,) = driver.store.all(Run)
    assert run.withdrawn.reason == "Broken judge."
    driver.run("evidence.reinstate")
    assert next(driver.store.all(Run)).withdrawn is None
    choose_file(results(tmp_path / "new.jsonl", 57))
    answers.add(criterion("50 %"))
    driver.run("evidence.attach")
    first, second = driver.store.all(Run)
    answers.add(
        lambda dialog: dialog.list.setCurrentRow(0),
        lambda dialog: dialog.list.setCurrentRow(0),
    )
    driver.run("evidence.supersede")
    assert driver.store.find(first.id, Run).superseded_by == second.id
    assert errors == []


def test_a_source_is_copied_beside_a_saved_project_only(driver, answers, choose_file, tmp_path, errors):
    source = results(tmp_path / "old.jsonl", 54)
    choose_file(source)

    def untitled(dialog):
        criterion("50 %")(dialog)
        assert not dialog.copy.isEnabled()

    answers.add(untitled)
    driver.run("evidence.attach")
    driver.run("evidence.copy_source")
    assert "Save the project first" in errors.pop()
    driver.run("edit.undo")
    choose_file(tmp_path / "audit.hazard.json")
    driver.run("file.save")
    choose_file(source)

    def copied(dialog):
        criterion("50 %")(dialog)
        dialog.copy.click()

    answers.add(copied)
    driver.window.session.select([driver.cause])
    driver.run("evidence.attach")
    (run,) = driver.store.all(Run)
    assert run.copied_to.startswith("audit.runs/")
    assert (tmp_path / run.copied_to).read_bytes() == source.read_bytes()
    source.unlink()
    driver.run("evidence.copy_source")
    assert errors == []


def test_several_files_dropped_on_a_node_are_one_question(driver, answers, tmp_path, errors):
    folder = tmp_path / "runs"
    folder.mkdir()
    one, two = results(folder / "a.jsonl", 54), results(tmp_path / "b.jsonl", 6)

    def second(dialog):
        assert dialog.run.count() == 2
        dialog.run.choose(1)
        criterion("50 %")(dialog)

    answers.add(second)
    driver.view.files_dropped.emit([two, folder], driver.cause)
    driver.turn()
    (made,) = driver.store.all(Evidence)
    metric = driver.store.find(made.metric, Metric)
    assert metric.successes in (6, 54)
    assert one.exists()
    assert errors == []


def test_several_figures_of_what_was_read_are_attached_one_after_another(driver, answers, choose_file, tmp_path):
    choose_file(results(tmp_path / "r.jsonl", 54))

    def twice(dialog):
        criterion("50 %")(dialog)
        dialog.another.click()
        dialog.threshold.setText("95 %")

    answers.add(twice)
    driver.run("evidence.attach")
    assert [c.criterion.threshold for c in driver.store.all(Evidence)] == [0.5, 0.95]
    assert driver.store.count("run") == 1


def test_the_dock_shows_what_was_attached_last(qtbot, driver, answers, choose_file, tmp_path):
    choose_file(results(tmp_path / "r.jsonl", 54))
    answers.add(criterion("50 %"))
    driver.run("evidence.attach")
    driver.run("evidence.claims")
    dock = driver.window.docks.contents.evidence
    choose_file(results(tmp_path / "s.jsonl", 6))
    answers.add(criterion("95 %"))
    driver.run("evidence.attach")
    qtbot.waitUntil(lambda: dock.body.table.current().threshold == 0.95)
    assert dock.body.table.current().subject == driver.cause, "the one before it speaks of the same"


def test_a_cancelled_dialog_changes_nothing(driver, claim, answers):
    before = dict(driver.store.records)
    names = ("type_in", "document", "judge", "criterion", "doubts", "baselines", "move", "copy", "replace", "withdraw")
    answers.add(*[None] * len(names))
    for name in names:
        driver.window.session.select([driver.cause])
        driver.run(f"evidence.{name}")
    assert dict(driver.store.records) == before


def test_where_several_claims_are_meant_one_is_asked_for(driver, claim, answers, choose_file, tmp_path):
    choose_file(results(tmp_path / "new.jsonl", 3))
    answers.add(criterion("50 %"))
    driver.run("evidence.attach")
    answers.add(lambda dialog: dialog.list.setCurrentRow(1))
    driver.run("evidence.detach")
    assert [c.id for c in driver.store.all(Evidence)] == [claim]
    assert answers.seen[-1] == "Choose a claim"


def test_without_a_claim_nothing_is_offered(driver):
    driver.window.menus.refresh()
    for name in ("judge", "criterion", "doubts", "replace", "withdraw", "supersede", "copy_source"):
        assert not driver.window.action(f"evidence.{name}").isEnabled(), name


def test_a_claim_is_edited_in_the_inspector_and_judged_from_there(driver, claim, answers):
    driver.run("evidence.edit")
    assert driver.window.session.selection == (claim,)
    inspector = driver.window.docks.contents.inspector
    driver.turn(6)
    assert inspector.editor("confidence") is not None

    def judge(dialog):
        dialog.verdict.choose("inconclusive")
        dialog.by.setText("A")
        dialog.why.setPlainText("Too few.")

    answers.add(judge)
    next(b for b in inspector.findChildren(QPushButton) if b.text() == "Judge…" and b.isVisible()).click()
    assert the(driver, claim).analyst_verdict == "inconclusive"
    driver.run("evidence.detach")
    driver.turn(6)
    assert driver.window.session.selection == ()
    driver.run("edit.undo")
    assert claim in driver.store


def test_with_nothing_selected_the_subject_is_asked_for(driver, answers, tmp_path, errors):
    file = results(tmp_path / "r.jsonl", 54)

    def choose(dialog):
        for index in range(dialog.list.count()):
            if dialog.list.item(index).data(0x0100) == driver.cause:
                dialog.list.setCurrentRow(index)

    driver.window.session.select(())
    answers.add(choose, criterion("50 %"))
    driver.view.files_dropped.emit([file], None)
    driver.turn()
    assert [c.subject for c in driver.store.all(Evidence)] == [driver.cause]
    assert errors == []


def test_every_action_survives_a_claim_that_is_selected(driver, claim, monkeypatch):
    monkeypatch.setattr(QDialog, "exec", lambda *_: 0)
    monkeypatch.setattr(AskDialog, "exec", lambda *_: 0)
    monkeypatch.setattr("workbench.app.windows.confirm", lambda *_: True)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("", False))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    files = {"file.close", "file.quit", "file.open", "file.save", "file.save_as", "evidence.attach", "file.export"}
    quiet = files | {"edit.undo", "edit.redo"}
    position = len(driver.store.history.done)
    for action in driver.window.menus.records:
        if action not in quiet:
            driver.window.session.select([claim])
            driver.window.run_action(action)
            driver.turn(1)
            driver.view.cancel()
            while len(driver.store.history.done) > position and driver.store.undo():
                pass
            assert claim in driver.store, action
