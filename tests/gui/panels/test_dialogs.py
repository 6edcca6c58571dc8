"""Attaching, export, settings, shortcuts, guide, start page."""

import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.panels import attach_reading, run_reader
from workbench.panels.attach_reading import read_asking
from workbench.panels.export_dialog import ExportDialog
from workbench.panels.help_window import HelpWindow
from workbench.panels.link_dialog import LinkDialog
from workbench.panels.run_reader import RunReader
from workbench.panels.settings_dialog import Preferences, SettingsDialog
from workbench.panels.shortcut_dialog import ShortcutDialog
from workbench.panels.welcome import Entry, WelcomePage


class TestReading:
    def test_a_run_is_read_beside_the_window(self, qtbot, look, tmp_path):
        path = tmp_path / "samples.jsonl"
        rows = [{"task_id": f"t/{i}", "completion": "x", "passed": i % 2 == 0} for i in range(50)]
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        (imported,) = read_asking([path], None)
        assert imported.metrics[0].n == 50

    def test_a_bad_file_is_said_in_words(self, qtbot, look, tmp_path, monkeypatch):
        said: list[str] = []
        monkeypatch.setattr(attach_reading, "show_error", lambda _parent, _title, text: said.append(text))
        path = tmp_path / "notes.txt"
        path.write_text("nothing", encoding="utf-8")
        assert read_asking([path], None) == []
        assert str(path) in said[0]

    def test_several_files_are_read_and_the_bad_ones_are_told(self, qtbot, look, tmp_path, monkeypatch):
        said: list[str] = []
        monkeypatch.setattr(attach_reading, "show_error", lambda _parent, _title, text: said.append(text))
        good = tmp_path / "samples.jsonl"
        good.write_text('{"task_id": "t/1", "completion": "x", "passed": true}\n', encoding="utf-8")
        bad = [tmp_path / f"{number}.txt" for number in range(10)]
        for path in bad:
            path.write_text("nothing", encoding="utf-8")
        assert len(read_asking([good, *bad], None)) == 1
        assert len(said[0].splitlines()) == 10, "eight files, the formats that are read, and how many more"
        assert "2 more could not be read" in said[0]
        assert len(read_asking([tmp_path], None)) == 1, "a folder"

    def test_reading_can_be_cancelled(self, qtbot, tmp_path, monkeypatch):
        from workbench.evidence.problems import Cancelled

        def slow(path, *, progress, cancelled):
            while not cancelled():
                progress(0.5)
            raise Cancelled

        monkeypatch.setattr(run_reader, "read_run", slow)
        reader = RunReader(tmp_path / "x")
        with qtbot.waitSignal(reader.cancelled):
            reader.start()
            reader.cancel()

    def test_a_fault_of_ours_does_not_leave_the_window_waiting(self, qtbot, tmp_path, monkeypatch):
        def broken(path, *, progress, cancelled):
            raise ZeroDivisionError

        monkeypatch.setattr(run_reader, "read_run", broken)
        reader = RunReader(tmp_path / "x")
        with qtbot.waitSignal(reader.failed) as failed:
            reader.start()
        assert "fault of the program" in failed.args[0]

    def test_a_reader_may_go_while_it_reads(self, qtbot, tmp_path, monkeypatch):
        told, going = [], threading.Event()

        def slow(path, *, progress, cancelled):
            going.set()
            while not cancelled():
                progress(0.5)
            progress(0.9)
            told.append("stopped")
            return []

        monkeypatch.setattr(run_reader, "read_run", slow)
        dialog = QWidget()
        RunReader(tmp_path / "x", dialog).start()
        going.wait(5)
        dialog.deleteLater()
        qtbot.waitUntil(lambda: told == ["stopped"])


class TestExport:
    @pytest.fixture
    def asked(self):
        return []

    @pytest.fixture
    def dialog(self, qtbot, look, tmp_path, asked):
        def render(options: ExportOptions) -> QImage:
            asked.append(options)
            image = QImage(200, 100, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.white)
            return image

        made = ExportDialog(tmp_path / "figure.png", render)
        qtbot.addWidget(made)
        made.show()
        return made

    def test_the_preview_follows(self, qtbot, dialog, asked):
        qtbot.waitUntil(lambda: not dialog.preview.image.isNull())
        dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
        dialog.transparent.setChecked(True)
        qtbot.waitUntil(lambda: asked[-1].theme == "dark" and asked[-1].transparent)

    def test_all_of_it_fits_a_screen_at_twice_the_size(self, qtbot, dialog):
        room = QSize(800 - 48, 500 - 48)
        dialog.fit(room)
        qtbot.wait(10)
        assert dialog.width() <= room.width()
        assert dialog.height() <= room.height()
        assert dialog.rect().contains(QRect(dialog._save.mapTo(dialog, QPoint()), dialog._save.size()))

    def test_options_and_file(self, dialog, tmp_path):
        dialog.dpi.setCurrentText("300")
        dialog.width_px.setText("1600")
        dialog.furniture.setChecked(False)
        options = dialog.options()
        assert (options.dpi, options.width, options.furniture, options.theme) == (300, 1600, False, "print")
        dialog.format.setCurrentIndex(dialog.format.findData("pdf"))
        assert dialog.path() == tmp_path / "figure.pdf"
        assert dialog.options().dpi is None

    @pytest.mark.parametrize(("name", "value", "says"), [("dpi", "9", "between"), ("dpi", "x", "no number")])
    def test_what_cannot_be_is_said_and_not_exported(self, dialog, name, value, says):
        dialog.dpi.setCurrentText(value)
        assert says in dialog._error.text()
        assert not dialog._save.isEnabled()

    def test_a_folder_that_is_not_there_is_said(self, dialog, tmp_path):
        dialog.file.setText(str(tmp_path / "none" / "x.png"))
        assert "There is no folder" in dialog._error.text()

    def test_why_there_is_no_preview(self, qtbot, look, tmp_path):
        def refuse(_options):
            raise ExportError("The diagram is empty.")

        dialog = ExportDialog(tmp_path / "x.png", refuse)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.preview._text == "The diagram is empty.")


def test_preferences_come_back_as_set(qtbot, look):
    before = Preferences(author="A", theme="dark", wheel_zooms=True, reduced_motion=True)
    dialog = SettingsDialog(before)
    qtbot.addWidget(dialog)
    assert dialog.preferences() == before
    dialog.theme.setCurrentIndex(0)
    dialog.author.setText("  B ")
    assert (dialog.preferences().theme, dialog.preferences().author) == ("system", "B")
    assert dialog.findChild(QDialogButtonBox) is not None


def test_shortcuts_are_filtered_by_key_or_name(qtbot, look):
    dialog = ShortcutDialog([("File", "Save", "Ctrl+S"), ("Edit", "Undo", "Ctrl+Z")])
    qtbot.addWidget(dialog)
    dialog.filter.setText("ctrl+z")
    assert [dialog.table.isRowHidden(row) for row in range(2)] == [True, False]
    dialog.filter.setText("SAVE")
    assert [dialog.table.isRowHidden(row) for row in range(2)] == [False, True]


class TestGuide:
    @pytest.fixture
    def guide(self, qtbot, look, tmp_path):
        folder = tmp_path / "guide"
        folder.mkdir()
        (folder / "index.md").write_text("# Start\n\n[Next](next.md#part) [Out](../secret.md)\n", encoding="utf-8")
        (folder / "next.md").write_text("# Next page\n\n## Part\n\n<img src='x'>\n", encoding="utf-8")
        (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
        made = HelpWindow(folder)
        qtbot.addWidget(made)
        assert made.open()
        return made

    def test_links_inside_lead_on_and_back(self, guide):
        guide.page.anchorClicked.emit(QUrl("next.md#part"))
        assert "Next page" in guide.page.toPlainText()
        guide._move(-1)
        assert "Start" in guide.page.toPlainText()

    def test_a_page_begins_at_its_top_and_has_the_keyboard(self, qtbot, guide):
        (guide._folder / "long.md").write_text("# Long\n\n" + "A paragraph.\n\n" * 60, encoding="utf-8")
        guide.open("long.md")
        with qtbot.waitExposed(guide):
            guide.show()
        bar = guide.page.verticalScrollBar()
        assert bar.maximum() > 0
        assert bar.value() == 0
        assert guide.focusWidget() is guide.page

    def test_nothing_outside_the_guide_is_shown(self, guide):
        guide.page.anchorClicked.emit(QUrl("../secret.md"))
        assert "Secret" not in guide.page.toPlainText()
        assert "no page" in guide._title.text()
        assert guide.page.loadResource(2, QUrl("file:///etc/hostname")) is None

    def test_the_world_is_only_reached_when_the_reader_agrees(self, guide, monkeypatch):
        opened: list[str] = []

        def opening(url: QUrl) -> bool:
            opened.append(url.toString())
            return True

        monkeypatch.setattr(QDesktopServices, "openUrl", opening)
        monkeypatch.setattr(LinkDialog, "exec", lambda _: 0)
        guide.page.anchorClicked.emit(QUrl("https://example.org/x"))
        assert not opened
        monkeypatch.setattr(LinkDialog, "exec", lambda _: 1)
        guide.page.anchorClicked.emit(QUrl("https://example.org/x"))
        guide.page.anchorClicked.emit(QUrl("file:///etc/hostname"))
        guide.page.anchorClicked.emit(QUrl("javascript:alert(1)"))
        assert opened == ["https://example.org/x"]


def test_the_start_page_offers_what_there_is(qtbot, look):
    page = WelcomePage([Entry("Mine <b>", "12 Nov", Path("/x/mine.json"))], [])
    qtbot.addWidget(page)
    page.show()
    cards = {c.accessibleName(): c for c in page.findChildren(welcome_card())}
    with qtbot.waitSignal(page.file_chosen) as chosen:
        cards["Mine <b>"].click()
    assert chosen.args == ["/x/mine.json"]
    with qtbot.waitSignal(page.template_chosen) as template:
        cards["Bow-tie"].click()
    assert template.args == ["bow-tie"]
    with qtbot.waitSignal(page.open_requested):
        qtbot.keyClick(cards["Open…"], Qt.Key.Key_Space)


def welcome_card():
    from PySide6.QtWidgets import QAbstractButton

    return QAbstractButton
