"""The attach dialog: what it asks for and refuses, the verdict it shows beforehand, one figure after another."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from tests.gui.panels.conftest import every_field_has_a_name, imported
from tests.support import there
from workbench.evidence.imported import ImportedRun
from workbench.model.judgement import SystemUnderAnalysis
from workbench.panels.attach_criterion import Basis
from workbench.panels.attach_dialog import AttachDialog


class TestAttach:
    @pytest.fixture
    def dialog(self, shown):
        return shown(AttachDialog([imported()], "C-1 Model"))

    def test_nothing_that_matters_is_chosen_beforehand(self, qtbot, dialog):
        assert not dialog.comparator.is_chosen
        assert not dialog.form.before.is_chosen
        assert not dialog.copy.isChecked()
        assert "without a verdict" in dialog.sentence.text()
        qtbot.keyClicks(dialog.threshold, "10 %")
        assert "at most or at least" in dialog.reason.text()
        assert not dialog.ok.isEnabled()
        dialog.comparator.choose("<=")
        assert "before the results were seen" in dialog.reason.text()
        dialog.form.before.choose("before")
        assert dialog.ok.isEnabled()
        assert dialog.request().criterion.set_before_results is True

    def test_the_verdict_is_shown_as_the_criterion_is_typed(self, qtbot, dialog):
        dialog.table.choose("r2")
        dialog.comparator.choose("<=")
        qtbot.keyClicks(dialog.threshold, "10 %")
        assert dialog.sentence.text().startswith("Supports. ")
        dialog.comparator.choose(">=")
        assert dialog.sentence.text().startswith("Refutes.")
        dialog.form.before.choose("unknown")
        request = dialog.request()
        assert request.metric.id == "r2"
        assert (request.criterion.comparator, request.criterion.threshold) == (">=", 0.1)
        assert request.criterion.set_before_results is None
        assert request.title == "insecure <rate> · a"

    def test_a_threshold_that_cannot_be_meant_is_refused_in_place(self, qtbot, dialog):
        dialog.comparator.choose("<=")
        qtbot.keyClicks(dialog.threshold, "10")
        assert "outside 0 to 1" in dialog.reason.text()
        assert dialog.reason.property("wrong")
        assert dialog.request() is None
        dialog.threshold.setText("ten")
        assert dialog.reason.text() == "Threshold: enter a number, such as 0.01 or 1e-4."
        assert dialog.threshold.property("wrong")
        dialog.threshold.setText("0.1")
        assert not dialog.threshold.property("wrong")

    def test_everything_of_a_criterion_can_be_said(self, qtbot, dialog):
        dialog.comparator.choose(">=")
        dialog.threshold.setText("0.5")
        form = dialog.form
        form.level.setText("99%")
        form.min_n.setText("1000")
        form.max_error_rate.setText("5 %")
        form.max_age.setText("90")
        form.before.choose("before")
        criterion = dialog.request().criterion
        assert (criterion.level, criterion.min_n, criterion.max_error_rate, criterion.max_age_days) == (
            0.99, 1000, 0.05, 90,
        )  # fmt: skip
        assert "asks for 1,000" in dialog.sentence.text()
        form.level.setText("20 %")
        assert "from 50 %" in dialog.reason.text()

    def test_a_criterion_after_the_results_is_warned_about(self, dialog):
        assert not dialog.form.warning.isVisible()
        dialog.form.before.choose("after")
        assert dialog.form.warning.isVisible()

    def test_metrics_stand_under_their_scorer_and_strata_under_their_metric(self, dialog):
        tree = dialog.table
        groups = [tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())]
        assert groups == ["a", "b"]
        insecure = tree.topLevelItem(0).child(1)
        assert [insecure.child(i).text(0) for i in range(insecure.childCount())] == ["language: python"]
        tree.filter("python")
        assert not insecure.isHidden()
        assert tree.topLevelItem(0).child(0).isHidden()
        tree.choose("r3")
        assert dialog.request().metric.strata == {"language": "python"}

    def test_a_group_cannot_be_attached(self, qtbot, dialog):
        dialog.table.setFocus()
        dialog.table.setCurrentItem(dialog.table.topLevelItem(1))
        assert dialog.reason.text() == "Choose a metric."

    def test_doubts_are_read_before_attaching(self, dialog):
        assert "The day is not known." in dialog.doubts.text()

    def test_a_title_of_ones_own_stays(self, qtbot, dialog):
        dialog.title.selectAll()
        qtbot.keyClicks(dialog.title, "Gate works")
        dialog.table.choose("r2")
        assert dialog.request().title == "Gate works"

    def test_one_of_several_runs_is_chosen(self, shown):
        dialog = shown(AttachDialog([imported("r"), imported("s")], "C-1"))
        assert dialog.run.isVisible()
        dialog.run.choose(1)
        assert dialog.request().imported.run.id == "s"
        assert dialog.request().metric.id == "s1"

    def test_the_copy_is_offered_with_its_size_and_only_where_it_can_be_made(self, shown, dialog):
        assert dialog.copy.text() == "Copy the source file beside the project (20 kB)"
        dialog.copy.setChecked(True)
        assert dialog.request().copy
        untitled = shown(AttachDialog([imported()], "C-1", can_copy="Save the project first."))
        assert not untitled.copy.isEnabled()
        assert untitled.copy.toolTip() == "Save the project first."

    def test_another_figure_is_attached_while_the_dialog_stays_where_it_is(self, qtbot, shown):
        attached, answers = [], [False, True]

        def attach(request):
            attached.append(request)
            return answers.pop(0)

        dialog = shown(AttachDialog([imported("x"), imported("r")], "C-1", attach=attach))
        dialog.run.choose(1)
        dialog.comparator.choose(">=")
        dialog.threshold.setText("50 %")
        assert not dialog.another.isEnabled()
        dialog.form.before.choose("before")
        dialog.copy.setChecked(True)
        dialog.title.selectAll()
        qtbot.keyClicks(dialog.title, "My words")
        place = dialog.geometry()
        dialog.another.click()
        assert not dialog.attached.isVisible(), "it was refused"
        assert dialog.title.text() == "My words"
        dialog.another.click()
        assert [request.title for request in attached] == ["My words", "My words"]
        assert attached[1].copy
        assert dialog.isVisible()
        assert dialog.geometry() == place
        assert dialog.attached.text() == "Attached: My words. Choose another figure."
        assert dialog.imported().run.id == "r"
        assert dialog.threshold.text() == "50 %"
        assert dialog.title.text() == "pass rate · a"
        assert not dialog.copy.isChecked()
        assert not shown(AttachDialog([imported()], "C-1")).another.isVisible()

    def test_a_baseline_is_held_against_it(self, qtbot, dialog):
        dialog.with_baseline.click()
        assert "Give the baseline" in dialog.reason.text()
        qtbot.keyClicks(dialog.baseline.value, "72 %")
        assert "whose figure" in dialog.reason.text()
        dialog.baseline.kind.choose("human")
        dialog.baseline.n.setText("50")
        qtbot.keyClicks(dialog.baseline.source, "Study, table 3")
        made = dialog.request().baseline
        assert (made.kind, made.value, made.n, made.successes, made.source) == (
            "human", 0.72, 50, 36.0, "Study, table 3",
        )  # fmt: skip

    def test_the_preview_knows_the_system_under_analysis(self, shown):
        basis = Basis(system=SystemUnderAnalysis(model="model-b"))
        dialog = shown(AttachDialog([imported(model="model-a")], "C-1", basis=basis))
        dialog.comparator.choose(">=")
        dialog.threshold.setText("0.5")
        assert "Suspended." in dialog.verdict.more.text()
        assert "model-b" in dialog.verdict.more.text()

    def test_keyboard_and_names(self, qtbot, dialog):
        assert every_field_has_a_name(dialog)
        with qtbot.waitSignal(dialog.rejected):
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.show()
        with qtbot.waitSignal(dialog.accepted):
            QTest.keyClick(dialog.threshold, Qt.Key.Key_Return)

    @pytest.mark.parametrize("size", [(752, 452), (980, 700)])
    def test_on_a_small_screen_no_field_is_cut_and_names_stay_readable(self, qtbot, dialog, size):
        dialog.with_baseline.click()
        dialog.resize(*size)
        qtbot.wait(1)
        assert dialog.width() == size[0]
        (area,) = [area for area in dialog.findChildren(QScrollArea) if area.isAncestorOf(dialog.form)]
        for field in (*dialog.form.findChildren(QWidget), *dialog.baseline.findChildren(QWidget), dialog.copy):
            if field.isVisible():
                right = field.mapTo(area.viewport(), field.rect().topRight()).x()
                assert right <= area.viewport().width(), field
        assert dialog.table.header().sectionSize(0) >= 150
        assert dialog.table.viewport().width() > 300

    def test_doubts_take_no_more_room_than_their_words(self, qtbot, shown):
        one = shown(AttachDialog([imported()], "C-1"))
        words = one.doubts
        assert words.text() == "•  The day is not known."
        assert one.doubt_area.height() < 2 * words.fontMetrics().lineSpacing()
        run = imported()
        many = run.run.replace(doubts=tuple(f"Doubt {place} of many words, and more of them." for place in range(40)))
        full = shown(AttachDialog([ImportedRun(many, run.metrics)], "C-1"))
        high = full.doubt_area.height()
        assert 4 * words.fontMetrics().lineSpacing() < high <= full.height() / 2
        full.resize(752, 452)
        qtbot.waitUntil(lambda: full.doubt_area.height() < high)

    def test_the_filter_hides_what_holds_nothing_and_the_cursor_stays_in_sight(self, dialog):
        tree = dialog.table
        assert tree.current_metric().id == "r1"
        tree.filter("python")
        shown = [item.text(0) for item in tree._items() if not item.isHidden()]
        assert shown == ["a", "insecure <rate>", "language: python"]
        assert tree.current_metric().id == "r3"
        tree.filter("no such thing")
        assert [item for item in tree._items() if not item.isHidden()] == []
        tree.filter("")
        assert len([item for item in tree._items() if not item.isHidden()]) == 6


def test_doubts_take_the_room_that_few_figures_leave(qtbot):
    doubt = "Something that the reader of this file could not know, in so many words that they need a line and a half."
    few = imported()
    many = few.run.replace(doubts=tuple(f"{place} {doubt}" for place in range(9)))
    dialog = AttachDialog([ImportedRun(many, few.metrics[:2])], "C-1")
    qtbot.addWidget(dialog)
    dialog.show()
    bar = dialog.doubt_area.verticalScrollBar()
    qtbot.waitUntil(lambda: dialog.doubt_area.height() > 250)
    assert not bar.isVisible()
    assert dialog.doubt_area.viewport().height() >= dialog.doubts.heightForWidth(dialog.doubts.width())


def test_a_heading_of_figures_is_told_to_be_no_figure(qtbot):
    dialog = AttachDialog([imported()], "C-1")
    qtbot.addWidget(dialog)
    dialog.table.setCurrentItem(there(dialog.table.topLevelItem(0)))
    assert dialog.table.current_metric() is None
    assert dialog.sentence.text() == "Choose a metric."


def test_a_run_dated_after_today_is_a_doubt(qtbot):
    future = imported(completed_at="2099-01-01T00:00:00Z")
    dialog = AttachDialog([future], "C-1", basis=Basis(date(2026, 1, 2)))
    qtbot.addWidget(dialog)
    assert "made on 2099-01-01, which is after it was read (2026-01-02)" in dialog.doubts.text()
