"""The findings dock: live rows, going to what they are about, answers, fixes, filters, empty states."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton

from tests.generator import make_project
from tests.support import there
from tests.unit.analysis.lint_projects import BREACHES, both, store_of
from tests.unit.analysis.test_lint_risk import CASES
from workbench.analysis.findings import SEVERITIES
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Consequence, Control, Guard
from workbench.model.judgement import Project
from workbench.model.lint import LintOptions
from workbench.model.review import Answer
from workbench.panels.common import Label
from workbench.panels.finding_dialog import ReasonDialog
from workbench.panels.finding_options import OptionsDialog
from workbench.panels.finding_rows import code_order
from workbench.panels.finding_table import SEVERITY, severity_words
from workbench.panels.findings_panel import FindingsPanel
from workbench.panels.style import apply_theme, ui_font
from workbench.render.theme import load_theme
from workbench.session.session import Session
from workbench.store.store import Store


@pytest.fixture
def dock(qtbot, look):
    """Makes the dock of a project, shown and checked."""

    def make(store):
        panel = FindingsPanel(Session(store))
        qtbot.addWidget(panel)
        panel.resize(1_100, 260)
        panel.show()
        panel.finish()
        return panel

    return make


@pytest.fixture
def broken(dock):
    """Two findings: a warning with a fix and a note."""
    return dock(store_of(both(BREACHES["consequence-bundled"][0], BREACHES["hazard-context"][0])))


def rules(panel):
    return [row.rule for row in panel.body.table.rows_model.rows]


def settle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel.linter.busy and not panel._settle.isActive())
    panel.flush()


def test_nothing_found(dock):
    panel = dock(store_of())
    assert not panel.filled
    assert panel.count() == 0
    assert there(panel.empty.findChild(Label)).text() == "No findings. All rules checked."


def test_rows_are_worst_first_and_counted(broken):
    assert rules(broken) == ["consequence-bundled", "hazard-context"]
    assert broken.count() == 2
    assert broken.body.page.chips._wanted["warning"] == "Warnings 1"


def test_an_edit_is_followed(qtbot, broken):
    counts: list[int] = []
    broken.count_changed.connect(counts.append)
    with broken.store.transaction("Rename") as tx:
        tx.patch("h", title="Generated code runs in the payment service")
    settle(qtbot, broken)
    assert rules(broken) == ["consequence-bundled"]
    broken.store.undo()
    settle(qtbot, broken)
    assert rules(broken) == ["consequence-bundled", "hazard-context"]
    assert counts == [1, 2]


def test_going_along_the_rows_selects_what_they_are_about(qtbot, broken):
    seen: list[tuple[str, ...]] = []
    broken.session.reveal.connect(seen.append)
    broken.body.take_focus()
    broken.body.table.setFocus()
    qtbot.waitUntil(broken.body.table.hasFocus)
    qtbot.keyClick(broken.body.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: broken.session.selection == ("h",))
    broken.body.go(1)
    assert broken.session.selection == ("e",)
    assert seen[-1] == ("e",)


def test_another_diagram_is_shown_where_it_has_to_be(broken):
    with broken.store.transaction("Diagram") as tx:
        tx.put(Diagram(id="dg9", title="Nine", order="z"))
        tx.put(Consequence(id="e9", code="E-9", title="Money and time are lost"))
        tx.put(Placement.at("dg9", "e9"))
    broken.finish()
    row = next(row for row in broken.body.table.rows_model.rows if row.place == "e9")
    broken.body.table.go_to(row.id)
    broken.body.go(0)
    assert broken.session.diagram == "dg9"
    assert broken.session.selection == ("e9",)


def test_what_is_selected_is_found_in_the_table(qtbot, broken):
    broken.session.select(["h"])
    qtbot.waitUntil(lambda: broken.body.table.current().element == "h")


def test_a_fix_is_one_step_of_undo(qtbot, broken):
    broken.body.table.go_to(broken.body.table.rows_model.rows[0].id)
    assert [fix.title for fix in broken.body._fixes] == ["Split it into two consequences"]
    broken.body.fix(0)
    settle(qtbot, broken)
    assert rules(broken) == ["hazard-context"]
    assert broken.store.history.undo_label == "Split it into two consequences"
    broken.store.undo()
    settle(qtbot, broken)
    assert "consequence-bundled" in rules(broken)


def test_suppressing_needs_a_reason_and_can_be_taken_back(qtbot, broken, monkeypatch):
    broken.author = lambda: "Ann"
    asked = []

    def why(dialog):
        asked.append((dialog.ok.isEnabled(), dialog.reason.text()))
        dialog.refresh()
        assert not dialog.ok.isEnabled()
        dialog.why.setPlainText("Known and accepted")
        assert dialog.ok.isEnabled()
        return dialog.answer()

    monkeypatch.setattr(ReasonDialog, "show_modal", why)
    broken.body.table.go_to(broken.body.table.rows_model.rows[0].id)
    broken.body.declare("suppressed")
    settle(qtbot, broken)
    (answer,) = broken.store.all(Answer)
    assert (answer.rule, answer.subject, answer.reason, answer.by) == (
        "consequence-bundled",
        "e",
        "Known and accepted",
        "Ann",
    )
    assert answer.at
    assert asked
    assert broken.count() == 1
    assert [row.suppressed for row in broken.body.table.rows_model.rows] == [""]
    assert broken.body.page.chips._wanted[""] == "All 1"
    assert broken.body.page.chips._wanted["suppressed"] == "Suppressed 1"
    broken.body.page.set_chip("suppressed")
    assert rules(broken) == ["consequence-bundled"]
    broken.body.table.go_to(broken.body.table.rows_model.rows[0].id)
    assert "Ann" in broken.body.card.said.text()
    broken.body.take_back()
    settle(qtbot, broken)
    assert broken.count() == 2


def test_a_question_is_answered_on_the_card(qtbot, dock, monkeypatch):
    panel = dock(store_of(BREACHES["control-full"][0]))
    monkeypatch.setattr(ReasonDialog, "show_modal", lambda _: "Audited each year")
    panel.body.take_focus()
    assert "auditable" in panel.body.card.question.text()
    panel.body.card.answered.emit("yes")
    qtbot.waitUntil(lambda: panel.count() == 0)


def test_an_answer_stays_listed_and_can_be_changed_and_taken_back(qtbot, dock, monkeypatch):
    panel = dock(store_of(BREACHES["control-full"][0]))
    panel.author = lambda: "Ann"
    monkeypatch.setattr(ReasonDialog, "show_modal", lambda _: "Audited each year")
    panel.body.take_focus()
    panel.body.declare("yes")
    settle(qtbot, panel)
    assert panel.count() == 0
    assert panel._stack.currentIndex() == 1
    assert rules(panel) == []
    assert panel.body.page.stack.currentIndex() == 2, "all is in order, no filter hides anything"
    panel.body.page.set_chip("answered")
    (row,) = panel.body.table.rows_model.rows
    assert (row.rule, row.answered, row.settled) == ("control-full", "Audited each year", True)
    assert row.message.endswith("? Yes.")
    panel.body.page.set_chip("note")
    assert rules(panel) == []
    panel.body.page.set_chip("answered")
    panel.body.table.go_to(row.id)
    assert panel.body.card.said.text().startswith("Answered yes by Ann on ")
    assert not panel.body._fixes
    panel.body.declare("no")
    settle(qtbot, panel)
    (row,) = panel.body.table.rows_model.rows
    assert row.message.endswith("? No.")
    panel.body.table.go_to(row.id)
    panel.body.take_back()
    settle(qtbot, panel)
    assert panel.count() == 1
    assert rules(panel) == []
    panel.body.page.set_chip("")
    assert rules(panel) == ["control-full"]
    panel.store.undo()
    settle(qtbot, panel)
    assert rules(panel) == ["path-barrier"]
    panel.body.page.set_chip("answered")
    assert [(row.rule, row.answered) for row in panel.body.table.rows_model.rows] == [
        ("control-full", "Audited each year"),
    ]


def test_going_along_the_rows_passes_answers_over(qtbot, broken):
    with broken.store.transaction("Answer") as tx:
        tx.put(Answer.of("control-full", "b").replace(answer="yes", reason="Audited each year"))
    settle(qtbot, broken)
    assert rules(broken) == ["consequence-bundled", "hazard-context"]
    table = broken.body.table
    table.go_to(table.rows_model.rows[0].id)
    for step, wanted in ((1, 1), (1, 0), (-1, 1)):
        broken.body.go(step)
        assert table.currentIndex().row() == wanted
    broken.body.page.set_chip("answered")
    assert rules(broken) == ["control-full"]
    broken.body.go(-1)
    assert table.currentIndex().row() == 0


def test_a_suppression_of_what_is_mended_can_still_be_taken_back(qtbot, broken):
    with broken.store.transaction("Suppress and mend") as tx:
        tx.put(Answer.of("hazard-context", "h").replace(answer="suppressed", reason="Known"))
        tx.patch("h", title="Generated code runs in the payment service")
    settle(qtbot, broken)
    assert rules(broken) == ["consequence-bundled", "suppression-idle"]
    broken.body.table.go_to(broken.body.table.rows_model.rows[1].id)
    broken.body.fix(0)
    settle(qtbot, broken)
    assert rules(broken) == ["consequence-bundled"]


def test_filters_hide_and_bring_back(broken):
    body = broken.body
    body.search.setText("scale")
    assert rules(broken) == ["hazard-context"]
    body.search.setText("wording E-1")
    assert rules(broken) == ["consequence-bundled"]
    body.search.setText("no such thing")
    assert body.page.stack.currentIndex() == 1
    body.page.clear_asked.emit()
    assert len(rules(broken)) == 2
    body.page.set_chip("note")
    assert rules(broken) == ["hazard-context"]


def test_a_rule_is_left_out_by_the_menu(qtbot, broken):
    broken.body.table.go_to(broken.body.table.rows_model.rows[1].id)
    menu = broken.body.menu()
    next(action for action in menu.actions() if action.text() == "Leave this rule out").trigger()
    menu.close()
    settle(qtbot, broken)
    assert rules(broken) == ["consequence-bundled"]


def test_a_read_only_project_offers_nothing_to_change(dock):
    store = store_of(BREACHES["control-type"][0])
    store.read_only = "Made by a newer version."
    panel = dock(store)
    panel.body.take_focus()
    assert [action.text() for action in panel.body.menu().actions()] == ["Show what it is about"]
    assert not panel.body.card._buttons.isVisible()


def test_titles_are_plain_text(dock):
    store = store_of(BREACHES["hazard-context"][0])
    with store.transaction("Rename") as tx:
        tx.patch("h", title="<img src=x> crash")
    panel = dock(store)
    panel.body.take_focus()
    assert "<img src=x>" in panel.body.card.message.text()
    assert panel.body.card.message.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_are_painted(qapp, broken, theme):
    apply_theme(qapp, load_theme(theme))
    broken.body.take_focus()
    image = broken.grab().toImage()
    ground = load_theme(theme).surface.panel
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 5)}
    assert len(colours) > 5
    assert ground
    apply_theme(qapp, load_theme("light"))


def test_many_findings_are_rows_without_widgets(qtbot, dock):
    panel = dock(Store(make_project(2_000)))
    assert len(panel.body.table.rows_model.rows) > 1_000
    assert panel.body.table.sizeHintForColumn(0) < 400


def test_words_thresholds_and_rules_are_asked_for(qtbot, broken, monkeypatch):
    def fill(dialog):
        dialog.refresh()
        dialog.numbers["hazard_words"].setText("none")
        assert not dialog.ok.isEnabled()
        dialog.numbers["hazard_words"].setText("1")
        place = next(n for n in range(dialog.lists.count()) if dialog.lists.item(n).data(256) == "bundles")
        dialog.lists.setCurrentRow(place)
        dialog.phrases.setPlainText("as well as\n\n or ")
        dialog.rules.item(0).setCheckState(Qt.CheckState.Unchecked)
        row = next(n for n in range(dialog.rules.count()) if dialog.rules.item(n).data(256) == "loop")
        dialog.rules.setCurrentRow(row)
        assert dialog.severity.currentText() == "Error (as shipped)"
        dialog.severity.setFocus()
        dialog.severity.setCurrentIndex(1)
        dialog.severity.activated.emit(1)
        assert dialog.rules.item(row).text().endswith("(loop, warning here)")
        assert dialog.ok.isEnabled()
        return dialog.answer()

    monkeypatch.setattr(OptionsDialog, "show_modal", fill)
    broken.body.ask_options()
    settle(qtbot, broken)
    assert broken.count() == 0
    lint = broken.store.find("project", Project).lint
    assert lint.words == {"bundles": ("as well as", "or")}
    assert lint.thresholds == {"hazard_words": 1}
    assert lint.off == ("link-kind",)
    assert lint.severities == {"loop": "warning"}
    broken.store.undo()
    settle(qtbot, broken)
    assert broken.count() == 2


def test_a_severity_as_shipped_is_not_kept(qtbot):
    dialog = OptionsDialog(LintOptions(severities={"link-kind": "note", "of-a-newer-version": "note"}))
    qtbot.addWidget(dialog)
    assert dialog.severity.currentText() == "Note"
    dialog.severity.setCurrentIndex(0)
    dialog.severity.activated.emit(0)
    assert dialog.answer()["severities"] == {"of-a-newer-version": "note"}


def test_a_residual_risk_is_accepted_from_the_card(qtbot, dock):
    panel = dock(store_of(CASES["acceptance-missing"]))
    panel.body.table.go_to(next(r.id for r in panel.body.table.rows_model.rows if r.rule == "acceptance-missing"))
    subject = panel.body.table.current().element
    panel.session.select([])
    asked = [one for one in panel.body.card.findChildren(QPushButton) if one.text() == "Accept residual risk…"]
    with qtbot.waitSignal(panel.requested) as emitted:
        asked[0].click()
    assert emitted.args == ["risk.accept"]
    assert panel.session.selection == (subject,)
    titles = [action.text() for action in panel.body.menu().actions()]
    assert titles.count("Accept residual risk…") == 1


def test_codes_are_in_the_order_people_count():
    assert sorted(["E-10", "E-9", "B-2"], key=code_order) == ["B-2", "E-9", "E-10"]


def test_no_word_for_a_severity_is_cut_in_a_narrow_dock(dock):
    panel = dock(store_of(BREACHES["control-full"][0]))
    panel.resize(500, 240)
    table = panel.body.table
    metrics = QFontMetrics(ui_font(strong=True))
    for severity in SEVERITIES:
        for settled in ({}, {"suppressed": "Known"}, {"answered": "Yes"}):
            row = replace(panel.body.table.rows_model.rows[0], severity=severity, **settled)
            wanted = table.iconSize().width() + metrics.horizontalAdvance(severity_words(row)) + 14
            assert table.columnWidth(SEVERITY) >= wanted, severity_words(row)


def test_a_control_that_a_fix_puts_on_a_line_waits_for_its_title(qtbot, dock):
    panel = dock(store_of(BREACHES["path-barrier"][0]))
    asked: list[str] = []
    panel.requested.connect(asked.append)
    row = next(row for row in panel.body.table.rows_model.rows if row.rule == "path-barrier")
    panel.body.table.go_to(row.id)
    place = next(i for i, fix in enumerate(panel.body._fixes) if fix.title.startswith("Put a new control"))
    panel.body.fix(place)
    guard = there(panel.store.find(there(panel.session.primary), Guard))
    assert there(panel.store.find(guard.control, Control)).title == ""
    assert asked == ["edit.rename"]
    settle(qtbot, panel)
    assert "title-missing" in rules(panel), "what nobody titled is still a finding"
