"""Dialogs that enter and change evidence: what they ask for, refuse, show beforehand, and hand over."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from tests.gui.panels.conftest import RATE, attach, every_field_has_a_name, imported
from workbench.evidence.imported import ImportedRun
from workbench.model.runs import Baseline, Defeater, Deficit, Evidence, Metric, Named, Run
from workbench.panels.attach_baseline import BaselinesDialog
from workbench.panels.attach_choose import ChooseDialog, ScannedDialog, WithdrawDialog
from workbench.panels.attach_doubts import DoubtsDialog
from workbench.panels.document_dialog import DocumentDialog, VerdictDialog
from workbench.panels.replace_dialog import ReplaceDialog
from workbench.panels.typed_run_dialog import TypedRunDialog


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


class TestTyped:
    def test_figures_are_asked_for_and_previewed(self, qtbot, shown):
        dialog = shown(TypedRunDialog())
        assert not dialog.ok.isEnabled()
        qtbot.keyClicks(dialog.figure, "vulnerable rate")
        assert "rate, a count" in dialog.reason.text()
        dialog.unit.choose("proportion")
        qtbot.keyClicks(dialog.counted, "3")
        qtbot.keyClicks(dialog.n, "120")
        assert "come from" in dialog.reason.text()
        qtbot.keyClicks(dialog.source, "Report 7")
        assert dialog.preview.sentence.text() == "2.5 %, n = 120; 95 % interval 0.85 % to 7.1 %."
        figures = dialog.answer()
        assert (figures.successes, figures.n, figures.value) == (3, 120, None)
        dialog.n.setText("two")
        assert dialog.n.property("wrong")
        assert every_field_has_a_name(dialog)

    def test_a_day_that_lies_ahead_is_refused(self, shown):
        dialog = shown(TypedRunDialog(today="2026-11-23"))
        dialog.figure.setText("score")
        dialog.unit.choose("other")
        dialog.value.setText("7.5")
        dialog.source.setText("Report")
        dialog.date.setText("2099-01-01")
        assert not dialog.ok.isEnabled()
        assert "2099-01-01 lies ahead" in dialog.reason.text()
        assert dialog.date.property("wrong")
        dialog.date.setText("2026-11-23")
        assert dialog.ok.isEnabled()

    def test_a_value_without_n_has_no_interval(self, shown):
        dialog = shown(TypedRunDialog())
        dialog.figure.setText("score")
        dialog.unit.choose("other")
        dialog.value.setText("7.5")
        dialog.source.setText("Report")
        assert not dialog.counted.isEnabled()
        assert "no verdict can rest on it" in dialog.preview.sentence.text()


class TestDocument:
    def test_everything_needed_is_asked_for(self, qtbot, shown):
        dialog = shown(DocumentDialog("C-1", "R. Analyst", "2026-03-31"))
        steps = [
            ("Say what it is.", lambda: dialog.kind.choose("incident")),
            ("Say in a few words", lambda: qtbot.keyClicks(dialog.title, "Injected code was merged")),
            ("Give a link", lambda: qtbot.keyClicks(dialog.quotation, "It was merged.")),
            ("Say what it shows", lambda: dialog.verdict.choose("refutes")),
            ("Say why.", lambda: qtbot.keyClicks(dialog.why, "On this line.")),
        ]
        for words, step in steps:
            assert words in dialog.reason.text()
            step()
        made = dialog.answer()
        assert (made.kind, made.verdict, made.reviewed_by, made.reviewed_at, made.reason) == (
            "incident", "refutes", "R. Analyst", "2026-03-31", "On this line.",
        )  # fmt: skip
        dialog.date.setText("last spring")
        assert "write it like" in dialog.reason.text()
        assert every_field_has_a_name(dialog)

    def test_it_may_wait_for_its_judgement(self, shown):
        dialog = shown(DocumentDialog("C-1", "", "2026-03-31", kind="document"))
        dialog.title.setText("T")
        dialog.link.setText("L")
        dialog.verdict.choose("none")
        assert not dialog.by.isEnabled()
        assert dialog.answer().verdict is None


class TestVerdict:
    def test_a_verdict_that_differs_needs_its_reason(self, qtbot, shown):
        dialog = shown(VerdictDialog("Claim <b>", "supports", "Upper bound.", "A", "2026-03-31"))
        assert dialog.reason.text() == "Choose a verdict."
        dialog.verdict.choose("supports")
        assert dialog.ok.isEnabled()
        dialog.verdict.choose("refutes")
        assert dialog.reason.text() == "Say why."
        qtbot.keyClicks(dialog.why, "Wrong data.")
        assert dialog.answer() == ("refutes", "A", "2026-03-31", "Wrong data.")
        dialog.by.clear()
        assert dialog.reason.text() == "Say who judges."
        dialog.verdict.choose("none")
        assert dialog.answer() == (None, "", "", "")
        assert "Claim <b>" in texts(dialog)

    def test_an_earlier_reason_stays_the_word_of_whoever_gave_it(self, shown):
        dialog = shown(
            VerdictDialog(
                "Claim",
                "supports",
                "",
                "",
                "2026-03-31",
                now="refutes",
                reason="Wrong data.",
                by="Ann",
                at="2026-01-01",
            )
        )
        assert dialog.why.toPlainText() == ""
        assert "So far: refutes (Ann, 2026-01-01). Wrong data." in texts(dialog)
        dialog.by.setText("Ben")
        assert dialog.reason.text() == "Say why."


class TestDoubts:
    @pytest.fixture
    def dialog(self, shown):
        claim = Evidence(
            id="e",
            subject="c",
            defeaters=(
                Defeater(kind="sandbagging", state="ruled_out", answer="No sign.", by="Old", at="2025"),
                Defeater(kind="other", text="Judge model", by="Old"),
            ),
            deficits=(Deficit(text="Only Python", handling="restriction", reason="Others are off."),),
        )
        return shown(DoubtsDialog(claim, "Claim", "New", "2026"))

    def test_the_four_are_asked_for_by_name(self, dialog):
        shown = texts(dialog)
        for name in ("Proxy gap", "Under-elicited", "Sandbagging", "Contaminated"):
            assert name in shown
        assert [card.choice.currentText() for card in dialog.doubts[:4]] == [
            "Not considered yet", "Not considered yet", "Ruled out", "Not considered yet",
        ]  # fmt: skip

    def test_what_was_not_touched_stays_as_it_was(self, dialog):
        defeaters, deficits = dialog.answer()
        assert [(d.kind, d.by) for d in defeaters] == [("sandbagging", "Old"), ("other", "Old")]
        assert deficits[0].reason == "Others are off."

    def test_a_doubt_is_ruled_out_with_a_reason_only(self, qtbot, dialog):
        card = dialog.doubts[0]
        card.choice.choose("ruled_out")
        assert "say why it is ruled out" in dialog.reason.text()
        qtbot.keyClicks(card.answer, "The task is the risk itself.")
        made = dialog.answer()[0][0]
        assert (made.kind, made.state, made.answer, made.by, made.at) == (
            "proxy_gap", "ruled_out", "The task is the risk itself.", "New", "2026",
        )  # fmt: skip
        card.choice.choose("open")
        assert not card.answer.isVisible()
        assert dialog.answer()[0][0].answer == ""

    def test_more_can_be_added_and_taken_away(self, qtbot, dialog):
        buttons = {b.text(): b for b in dialog.findChildren(type(dialog.ok))}
        buttons["Add a gap in knowledge"].click()
        assert dialog.reason.text() == "Say what is not known."
        qtbot.keyClicks(dialog.gaps[1].text, "Long programs")
        assert [gap.text for gap in dialog.answer()[1]] == ["Only Python", "Long programs"]
        next(b for b in dialog.doubts[4].findChildren(type(dialog.ok)) if b.text() == "Remove").click()
        assert len(dialog.answer()[0]) == 1
        assert every_field_has_a_name(dialog)


class TestReplace:
    @pytest.fixture
    def dialog(self, shown, scene):
        attach(scene, scene.causes[0], "rate", 4, 200)
        return shown(ReplaceDialog(scene.store, "r_rate", read_file=lambda: [self.new]))

    new = ImportedRun(
        Run(id="n", title="New model", format="x", status="success", model=Named(name="model-b")),
        (Metric.model_validate({"id": "n1", "run": "n", "name": "rate", "value": 0.45, "successes": 90, **RATE}),),
    )

    def test_every_verdict_is_shown_before_anything_changes(self, dialog, scene):
        before = dict(scene.store.records)
        assert "Choose a run" in dialog.reason.text()
        dialog.file.click()
        row = [dialog.table.item(0, place).text() for place in range(dialog.table.columnCount())]
        assert row[2:4] == ["Supports", "Refutes"]
        assert dialog.summary.text() == "1 of 1 verdict changes."
        assert dict(scene.store.records) == before
        answer = dialog.answer()
        assert (answer.old, answer.new.run.id, answer.system_follows, answer.supersede) == ("r_rate", "n", False, False)
        assert dialog.follows.isVisible()

    @pytest.mark.parametrize("words", range(4, 60, 2))
    def test_no_word_of_a_row_is_cut(self, dialog, scene, words):
        with scene.store.transaction("x") as tx:
            tx.patch("e_rate", title=" ".join("abcdefghij"[: 2 + place * 7 % 8] for place in range(words)))
        dialog.file.click()
        table = dialog.table
        for place in range(table.columnCount()):
            item = table.item(0, place)
            icon = 0 if item.icon().isNull() else table.iconSize().width() + 16
            room = QRect(0, 0, table.columnWidth(place) - 14 - icon, 10_000)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
            needed = QFontMetrics(item.font()).boundingRect(room, flags, item.text())
            assert needed.height() <= table.rowHeight(0), item.text()

    def test_a_run_without_counterparts_is_refused(self, dialog):
        dialog.offer([imported("other")])
        assert "none of the metrics" in dialog.reason.text()
        assert dialog.table.rowCount() == 0


class TestSmall:
    def test_choosing_by_keyboard(self, qtbot, shown):
        dialog = shown(ChooseDialog("T", "Which?", "Go", [(f"id{i}", f"Row {i}") for i in range(12)]))
        assert not dialog.ok.isEnabled()
        qtbot.keyClicks(dialog.filter, "row 11")
        assert dialog.answer() == "id11"
        dialog.filter.clear()
        qtbot.keyClicks(dialog.filter, "row 1")
        for key, id in ((Qt.Key.Key_Down, "id11"), (Qt.Key.Key_Down, "id11"), (Qt.Key.Key_Up, "id10")):
            QTest.keyClick(dialog.filter, key)
            assert dialog.answer() == id
        QTest.keyClick(dialog.filter, Qt.Key.Key_Down)
        with qtbot.waitSignal(dialog.accepted):
            QTest.keyClick(dialog.filter, Qt.Key.Key_Return)

    def test_files_scanned_may_be_unknown(self, qtbot, shown):
        dialog = shown(ScannedDialog("x.sarif", "1 finding"))
        assert not dialog.ok.isEnabled()
        qtbot.keyClicks(dialog.count, "601")
        assert dialog.known.isChecked()
        assert dialog.answer() == (601,)
        dialog.count.setText("-1")
        assert dialog.reason.text() == "Enter 0 or more files."
        dialog.unknown.click()
        assert dialog.answer() == (None,)

    def test_withdrawing_asks_why(self, qtbot, shown):
        dialog = shown(WithdrawDialog("Run", 2))
        assert "2 claims" in " ".join(texts(dialog))
        assert dialog.answer() is None
        qtbot.keyClicks(dialog.why, "Broken judge")
        assert dialog.answer() == "Broken judge"

    def test_baselines_are_listed_added_and_removed(self, qtbot, shown):
        metric = imported().metrics[0].replace(baselines=(Baseline(value=0.5, source="Old study"),))
        dialog = shown(BaselinesDialog(metric, "Claim"))
        assert any("no n, taken as a constant" in text for text in texts(dialog))
        dialog.form.kind.choose("constant")
        dialog.form.value.setText("0.6")
        assert "comes from" in dialog.reason.text()
        dialog.form.source.setText("Policy")
        dialog.add.click()
        assert [b.source for b in dialog.answer()] == ["Old study", "Policy"]
        next(b for b in dialog.findChildren(type(dialog.ok)) if b.text() == "Remove").click()
        assert [b.source for b in dialog.answer()] == ["Policy"]


class TestSmallScreen:
    @pytest.mark.parametrize("made", [
        lambda: DocumentDialog("C-1", "me", "2026-01-01"),
        TypedRunDialog,
        lambda: VerdictDialog("C-1", "supports", "Because.", "me", "2026-01-01"),
    ])  # fmt: skip
    def test_what_does_not_fit_scrolls_above_the_buttons_and_follows_the_keyboard(self, qtbot, shown, made):
        dialog = shown(made())
        before = dialog.focusWidget()
        dialog.fit(QSize(752, 452))
        qtbot.wait(1)
        assert (dialog.width() <= 752, dialog.height() <= 452) == (True, True)
        assert dialog.focusWidget() is before
        last = [field for field in dialog.findChildren(QPlainTextEdit) if field.isVisible()][-1]
        last.setEnabled(True)
        for _ in range(30):
            if dialog.focusWidget() is last:
                break
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget() is last
        assert not last.visibleRegion().isEmpty()
        assert dialog.rect().contains(dialog.buttons.geometry())
        assert last.mapTo(dialog, last.rect().bottomLeft()).y() <= dialog.buttons.geometry().top()

    def test_where_all_fits_nothing_is_moved(self, shown):
        dialog = shown(TypedRunDialog())
        outer = dialog.body.parent()
        dialog.fit(QSize(1500, 900))
        assert dialog.body.parent() is outer
