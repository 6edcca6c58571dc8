"""The evidence dock: claims and runs, searched, sorted and filtered, with what is chosen beside."""

import json

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from tests.gui.panels.conftest import attach
from workbench.canvas.drops import EVIDENCE_MIME
from workbench.model.judgement import Assessment
from workbench.model.runs import Baseline, Estimate, Withdrawal
from workbench.panels.evidence_panel import EvidencePanel
from workbench.panels.evidence_table import AGE, CLAIM, ESTIMATE, INTERVAL, ON, VERDICT
from workbench.panels.plots import draw_interval
from workbench.panels.run_table import ERRORS, MODEL, NAME, STANDING
from workbench.panels.style import current_theme, ui_font


@pytest.fixture
def shown(qtbot):
    def show(widget, width=1200, height=420):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return show


@pytest.fixture
def dock(shown, scene):
    """Two claims, one of them refuted, and a run nobody leans on."""
    attach(scene, scene.causes[0], "bad", 90, 100)
    attach(scene, scene.control, "good", 0, 500)
    attach(scene, scene.causes[1], "idle", 3, 40)
    with scene.store.transaction("x") as tx:
        tx.remove("e_idle")
        tx.patch("r_idle", title="idle <b>run</b>", completed_at="")
    return shown(EvidencePanel(scene.session))


def settle(dock, qtbot):
    dock.flush()
    qtbot.waitUntil(lambda: dock.body.sources.state("r_bad") != "")


class TestClaims:
    def test_empty_says_what_to_do(self, qtbot, shown, scene):
        panel = shown(EvidencePanel(scene.session))
        buttons = [b for b in panel.findChildren(QPushButton) if b.isVisible()]
        assert [b.text() for b in buttons] == ["Add evaluation run…"]
        assert not panel.filled
        with qtbot.waitSignal(panel.add_requested):
            buttons[0].click()

    def test_worst_first_with_search_and_chips(self, qtbot, dock, scene):
        table = dock.body.table
        model = table.claims
        assert [model.index(row, VERDICT).data() for row in range(2)] == ["Refutes", "Supports"]
        assert (model.index(0, ON).data(), model.index(0, ESTIMATE).data()) == ("C-1", "90.0\u202f%")
        dock.body.claim_page.chips.chosen.emit("supports")
        assert [row.claim for row in model.rows] == ["good"]
        dock.body.claim_page.set_chip("")
        qtbot.keyClicks(dock.body.search, "BAD refutes")
        assert [row.claim for row in model.rows] == ["bad"]
        dock.show_claim("e_good")
        assert table.current().claim == "good"
        assert not dock.body.search.text()

    def test_a_claim_made_just_now_is_shown_whatever_stood_there(self, qtbot, dock, scene):
        dock.flush()
        dock.body.show_list("runs")
        dock.body.search.setText("no such thing")
        dock.hide()
        attach(scene, scene.causes[0], "new", 2, 100)
        dock.expect("e_new")
        dock.show()
        qtbot.waitUntil(lambda: dock.body.table.current() is not None and dock.body.table.current().claim == "new")
        assert dock.body.which == "claims"
        assert dock.body.side.page == "claim"
        scene.session.select([scene.control])
        qtbot.waitUntil(lambda: dock.body.table.current().claim == "good")

    def test_the_worst_claim_about_something_or_its_rating_is_shown(self, qtbot, dock, scene):
        attach(scene, scene.causes[0], "fine", 0, 500)
        with scene.store.transaction("x") as tx:
            tx.put(Assessment(id="rating", subject=scene.hazard, phase="initial"))
        attach(scene, "rating", "rated", 1, 100)
        dock.body.claim_page.set_chip("supports")
        dock.show_claims_on(scene.causes[0])
        assert dock.body.claim_id() == "e_bad"
        dock.show_claims_on(scene.hazard)
        assert dock.body.claim_id() == "e_rated"
        dock.show_claims_on(scene.guards[0])
        assert dock.body.claim_id() == "e_good"
        scene.session.select([scene.hazard])
        qtbot.waitUntil(lambda: dock.body.claim_id() == "e_rated")
        dock.show_claims_on(scene.harm)
        assert dock.body.claim_id() == "e_rated", "nothing is said of it"

    def test_the_tab_is_told_how_many_claims_there_are(self, qtbot, shown, scene):
        panel = shown(EvidencePanel(scene.session))
        counted: list[int] = []
        panel.count_changed.connect(counted.append)
        attach(scene, scene.causes[0], "bad", 90, 100)
        assert counted[-1] == 1
        scene.store.undo()
        panel.flush()
        assert counted[-1] == panel.count() == 0
        assert panel._stack.currentIndex() == 0

    def test_nothing_matches_offers_the_way_back(self, qtbot, dock):
        qtbot.keyClicks(dock.body.search, "no such thing")
        page = dock.body.claim_page
        assert page.stack.currentIndex() == 1
        (back,) = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == "Show all claims"]
        qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
        assert page.stack.currentIndex() == 0
        assert len(dock.body.table.claims.rows) == 2

    def test_a_click_selects_the_subject_and_selection_moves_the_cursor(self, qtbot, dock, scene):
        table = dock.body.table
        place = table.visualRect(table.claims.index(1, 1)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert scene.session.selection == (scene.control,)
        scene.session.select([scene.causes[0]])
        qtbot.waitUntil(lambda: table.current().claim == "bad")
        scene.session.select([scene.guards[0]])
        qtbot.waitUntil(lambda: table.current().claim == "good")

    def test_the_card_says_everything(self, qtbot, dock, scene):
        settle(dock, qtbot)
        with scene.store.transaction("x") as tx:
            tx.patch("m_bad", baselines=(Baseline(value=0.4, low=0.3, high=0.5, n=50, source="study"),))
        dock.flush()
        dock.show_claim("e_bad")
        card = dock.body.side.claim
        assert card._number.text() == "90.0\u202f%"
        assert card._counts.text().startswith("90 of 100 · 95 % interval 82")
        assert card._sentence.text().startswith("Refutes. 90 of 100")
        words = card.plot.accessibleDescription()
        assert "90 of 100" in words
        assert "deciding bound 82.4 % (clopper-pearson)" in words
        assert "human 40 %, n 50 (30 % to 50 %)" in words
        assert card.plot.focusPolicy() == Qt.FocusPolicy.StrongFocus

    def test_a_person_who_judged_otherwise_is_seen_with_a_word_and_both_verdicts(self, dock, scene):
        with scene.store.transaction("x") as tx:
            tx.patch("e_bad", analyst_verdict="supports", analyst_reason="Old harness.", reviewed_by="R. Adeyemi")
        dock.flush()
        dock.show_claim("e_bad")
        index = dock.body.table.currentIndex().siblingAtColumn(VERDICT)
        assert index.data() == "Supports, by hand"
        assert "computed: Refutes" in index.data(Qt.ItemDataRole.AccessibleTextRole)
        card = dock.body.side.claim
        assert card._sentence.text().startswith("Computed: Refutes.")
        assert card._by_hand.text().startswith("By hand (R. Adeyemi): Supports, which differs")
        assert "Old harness." in card._by_hand.text()
        assert (card._badge.accessibleName(), card._hand_badge.accessibleName()) == ("Refutes", "Supports")

    def test_judged_by_hand_where_nothing_is_computed(self, dock, scene):
        with scene.store.transaction("x") as tx:
            tx.patch("e_bad", criterion=None, analyst_verdict="refutes", analyst_reason="It happened.")
        dock.flush()
        dock.show_claim("e_bad")
        card = dock.body.side.claim
        assert card._sentence.text() == "Nothing is computed: no criterion is set."
        assert (card._badge.accessibleName(), card._hand_badge.accessibleName()) == ("No verdict", "Refutes")
        assert "differs" not in card._by_hand.text()

    def test_an_interval_without_a_value_is_drawn(self, dock, scene):
        with scene.store.transaction("x") as tx:
            estimate = {"low": 0.7, "high": 0.8, "level": 0.95, "method": "wilson", "n": 100}
            tx.patch("m_bad", value=None, successes=None, n=None, estimate=Estimate.model_validate(estimate))
            tx.patch("e_bad", criterion=None)
        dock.flush()
        dock.show_claim("e_bad")
        row = next(row for row in dock.body.table.claims.rows if row.id == "e_bad")
        assert (row.value, row.low, row.high, row.on_axis) == (None, 0.7, 0.8, True)
        assert dock.body.side.claim.plot.isVisible()
        image = QImage(100, 20, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        draw_interval(painter, row, current_theme(), QRectF(0, 0, 100, 20))
        painter.end()
        assert image.pixelColor(75, 10).alpha() > 0
        assert image.pixelColor(75, 7).alpha() == 0

    def test_the_large_figure_keeps_its_font_when_styles_are_set_anew(self, qtbot, dock):
        dock.show_claim("e_bad")
        card = dock.body.side.claim
        wanted = card._number.font().pixelSize()
        card._number.setFont(ui_font(11))
        QApplication.sendEvent(card, QEvent(QEvent.Type.StyleChange))
        qtbot.waitUntil(lambda: card._number.font().pixelSize() == wanted)
        assert wanted > 20

    def test_stale_is_struck_and_says_why(self, dock, scene):
        with scene.store.transaction("x") as tx:
            tx.patch("r_bad", withdrawn=Withdrawal(reason="Wrong prompt.", by="R. A.", at="2026-02-01"))
        dock.flush()
        dock.show_claim("e_bad")
        table = dock.body.table
        index = table.currentIndex()
        assert index.siblingAtColumn(VERDICT).data() == "Stale"
        assert index.siblingAtColumn(ESTIMATE).data(Qt.ItemDataRole.FontRole).strikeOut()
        assert dock.body.side.claim._sentence.text().startswith("Suspended. ")
        assert "Refutes" in dock.body.side.claim._sentence.text()

    def test_odd_units_are_drawn_without_a_word_of_complaint(self, dock, scene):
        with scene.store.transaction("x") as tx:
            tx.patch("m_bad", unit="count", kind="count", value=12.0, successes=None)
        dock.flush()
        assert not dock.grab().isNull()
        assert dock.body.table.claims.index(0, INTERVAL).data(Qt.ItemDataRole.ToolTipRole)


class TestOrder:
    def test_a_click_on_a_heading_sorts_both_ways_and_back(self, qtbot, dock):
        table = dock.body.table
        header = table.horizontalHeader()

        def click(place):
            at = QPoint(header.sectionViewportPosition(place) + 12, header.height() // 2)
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
            return [row.claim for row in table.claims.rows]

        assert click(CLAIM) == ["bad", "good"]
        assert click(CLAIM) == ["good", "bad"]
        assert table.accessibleDescription() == "Sorted by claim, descending"
        assert click(CLAIM) == ["bad", "good"]
        assert table.claims.sorted_by is None

    def test_keys_sort_too(self, qtbot, dock):
        table = dock.body.table
        header = table.horizontalHeader()
        header.setFocus()
        qtbot.keyClick(header, Qt.Key.Key_Right)
        qtbot.keyClick(header, Qt.Key.Key_Return)
        qtbot.keyClick(header, Qt.Key.Key_Space)
        assert [row.claim for row in table.claims.rows] == ["good", "bad"]

    def test_what_is_not_known_stands_last_either_way(self, dock, scene):
        with scene.store.transaction("x") as tx:
            tx.patch("r_bad", completed_at="")
        dock.flush()
        table = dock.body.table
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            table.sort_by(AGE, order)
            assert [row.claim for row in table.claims.rows] == ["good", "bad"]

    def test_the_cursor_stays_on_its_row(self, dock):
        dock.show_claim("e_good")
        dock.body.table.sort_by(CLAIM, Qt.SortOrder.DescendingOrder)
        assert dock.body.table.current_id() == "e_good"
        assert dock.body.table.currentIndex().row() == 0

    def test_order_and_columns_are_remembered(self, shown, dock, scene):
        dock.body.runs.sort_by(ERRORS, Qt.SortOrder.DescendingOrder)
        dock.body.runs.show_column(MODEL, on=False)
        dock.body.show_list("runs")
        state = json.loads(json.dumps(dock.view_state()))
        other = EvidencePanel(scene.session)
        other.take_view_state(state)
        shown(other)
        assert other.body.which == "runs"
        assert other.body.runs.runs.sorted_by == (ERRORS, Qt.SortOrder.DescendingOrder)
        assert other.body.runs.isColumnHidden(MODEL)

    @pytest.mark.parametrize("state", [{}, {"claims": 3}, {"claims": {"sort": ["gone", True], "columns": [1]}}])
    def test_settings_of_another_version_do_no_harm(self, dock, state):
        dock.take_view_state(state)
        assert len(dock.body.table.claims.rows) == 2

    def test_the_menu_of_columns_keeps_what_names_a_row(self, qtbot, dock):
        dock.body.bar.columns.click()
        menu = next(m for m in dock.body.table.parent().findChildren(QMenu) or dock.findChildren(QMenu) if m.actions())
        entries = {action.text(): action for action in menu.actions()}
        assert not entries["Claim"].isEnabled()
        entries["Criterion"].trigger()
        assert dock.body.table.isColumnHidden(2)
        menu.close()


class TestRuns:
    def test_every_run_is_listed_and_markup_is_text(self, qtbot, dock):
        body = dock.body
        qtbot.mouseClick(body.bar.switch["runs"], Qt.MouseButton.LeftButton)
        assert [row.name for row in body.runs.runs.rows] == ["run bad", "run good", "idle <b>run</b>"]
        body.run_page.set_chip("unused")
        assert [row.id for row in body.runs.runs.rows] == ["r_idle"]
        assert body.side.page == "run"
        assert body.side.run.name.text() == "idle <b>run</b>"
        assert "idle <b>run</b>" in body.side.run.facts.toPlainText()

    def test_how_a_run_stands_is_said_and_struck(self, dock, scene):
        with scene.store.transaction("x") as tx:
            tx.patch("r_bad", withdrawn=Withdrawal(reason="Wrong prompt."))
            tx.patch("r_good", superseded_by="r_idle")
        dock.flush()
        model = dock.body.runs.runs
        words = {row.id: model.index(place, STANDING).data() for place, row in enumerate(model.rows)}
        assert words == {"r_bad": "Withdrawn", "r_good": "Superseded", "r_idle": "Stands"}
        struck = model.index(model.place_of("r_bad"), NAME).data(Qt.ItemDataRole.FontRole)
        assert struck.strikeOut()
        assert "Wrong prompt." in model.index(model.place_of("r_bad"), STANDING).data(Qt.ItemDataRole.ToolTipRole)

    def test_provenance_is_text_that_is_copied_whole(self, qtbot, dock):
        dock.show_run("r_bad")
        card = dock.body.side.run
        facts = card.facts.toPlainText()
        for said in ("SHA-256", "Recomputed here", "Reported by the tool", "90 of 100", "C-1"):
            assert said in facts
        card.copy()
        assert "SHA-256\tnot known" in QGuiApplication.clipboard().text()
        assert card.facts.isReadOnly()
        assert card.facts.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard

    def test_enter_goes_from_the_row_to_its_provenance(self, qtbot, dock):
        dock.activateWindow()
        qtbot.waitUntil(dock.isActiveWindow)
        dock.body.show_list("runs")
        dock.body.take_focus()
        qtbot.keyClick(dock.body.runs, Qt.Key.Key_Down)
        qtbot.keyClick(dock.body.runs, Qt.Key.Key_Return)
        assert dock.body.side.run.facts.hasFocus()
        assert "run good" in dock.body.side.run.facts.toPlainText()

    def test_whether_files_are_here_is_looked_up_beside(self, qtbot, dock, scene, tmp_path):
        file = tmp_path / "run.json"
        file.write_text("{}")
        with scene.store.transaction("x") as tx:
            run = scene.store.get("r_bad")
            tx.patch("r_bad", source=run.source.model_copy(update={"path": str(file), "bytes": 2}))
            tx.patch("r_good", source=run.source.model_copy(update={"path": str(tmp_path / "gone.json")}))
        dock.flush()
        qtbot.waitUntil(lambda: dock.body.sources.state("r_bad") == "at hand")
        assert dock.body.sources.state("r_good") == "not at hand"
        file.write_text("{}more")
        dock.body.look_again()
        qtbot.waitUntil(lambda: dock.body.sources.state("r_bad") == "changed")

    def test_rows_can_be_dragged(self, dock):
        model = dock.body.runs.runs
        data = model.mimeData([model.index(0, 0), model.index(0, 1), model.index(1, 0)])
        assert json.loads(bytes(data.data(EVIDENCE_MIME).data())) == ["r_bad", "r_good"]
        assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled


class TestPlots:
    def test_a_plot_is_exported_as_both_kinds_and_copied_with_its_numbers(self, qtbot, dock, tmp_path):
        dock.show_claim("e_bad")
        plot = dock.body.side.claim.plot
        told: list[str] = []
        plot.told.connect(told.append)
        plot.export_to(tmp_path / "plot.svg")
        plot.export_to(tmp_path / "plot.png")
        svg = (tmp_path / "plot.svg").read_text("utf-8")
        assert "criterion ≤ 10" in svg
        assert "acceptable" in svg
        image = QImage(str(tmp_path / "plot.png"))
        assert (image.width(), image.height()) == (1920, 720)
        assert told == ["Exported plot.svg", "Exported plot.png"]
        qtbot.keyClick(plot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        data = QGuiApplication.clipboard().mimeData()
        assert data.hasImage()
        assert "90 of 100" in data.text()

    def test_a_disk_that_refuses_is_said(self, dock, tmp_path, monkeypatch):
        said: list[str] = []
        monkeypatch.setattr("workbench.panels.evidence_plot_view.show_error", lambda _p, _t, text: said.append(text))
        dock.show_claim("e_bad")
        dock.body.side.claim.plot.export_to(tmp_path / "missing" / "plot.png")
        assert "no such folder" in said[0]

    def test_history_is_walked_by_keys_and_clicks(self, qtbot, dock, scene):
        with scene.store.transaction("x") as tx:
            for id, day in (("r_bad", "2026-01-02"), ("r_good", "2026-03-02")):
                tx.patch(id, task=scene.store.get(id).task.model_copy(update={"name": "SALLM"}), completed_at=day)
            tx.patch("m_good", name="bad")
        dock.flush()
        dock.show_claim("e_bad")
        dock.body.turn("history")
        history = dock.body.side.history
        plot = history.plot
        assert history.title.text() == "SALLM · bad"
        assert plot.at == 0
        assert history.said.text().startswith("2026-01-02, run bad, 90 %")
        qtbot.keyClick(plot, Qt.Key.Key_Right)
        assert history.said.text().startswith("2026-03-02, run good, 0 %")
        plot.grab()
        place = plot._places[0]
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x), round(place.y)))
        assert plot.at == 0
        qtbot.keyClick(plot, Qt.Key.Key_Return)
        assert dock.body.which == "runs"
        assert dock.body.side.run.name.text() == "run bad"


class TestRoom:
    def test_a_narrow_dock_stands_the_card_below(self, qtbot, dock):
        assert dock.body.split.orientation() == Qt.Orientation.Horizontal
        dock.resize(520, 700)
        assert dock.body.split.orientation() == Qt.Orientation.Vertical
        assert dock.minimumSizeHint().width() <= 360
        assert not dock.grab().isNull()
        dock.resize(1200, 420)
        assert dock.body.split.orientation() == Qt.Orientation.Horizontal

    def test_a_narrow_table_leaves_columns_away_and_takes_them_back(self, dock):
        table = dock.body.table
        dock.resize(500, 700)
        assert table.isColumnHidden(AGE)
        assert not table.isColumnHidden(ESTIMATE)
        assert table.view_state()["columns"] == {}
        dock.resize(1900, 420)
        assert not table.isColumnHidden(AGE)

    def test_chips_without_room_are_in_a_menu(self, dock):
        chips = dock.body.claim_page.chips
        assert chips.hidden_ids() == []
        dock.resize(730, 420)
        assert chips.hidden_ids()
        dock.body.claim_page.set_chip(chips.hidden_ids()[0])
        assert dock.body.claim_page.chip not in chips.hidden_ids()

    def test_keys_go_from_the_search_to_the_rows(self, qtbot, dock):
        dock.activateWindow()
        qtbot.waitUntil(dock.isActiveWindow)
        dock.body.search.setFocus()
        qtbot.keyClick(dock.body.search, Qt.Key.Key_Down)
        assert dock.body.table.hasFocus()
