from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QInputDialog

from workbench.export.options import ExportOptions, check
from workbench.panels.diagram_export import DiagramExportDialog
from workbench.panels.export_presets import SHIPPED, Presets

SEEN = (0.0, 0.0, 100.0, 80.0)


@pytest.fixture
def asked() -> list[ExportOptions]:
    return []


@pytest.fixture
def make(qtbot, look, tmp_path, asked):
    def render(options: ExportOptions) -> QImage:
        check(options)
        asked.append(options)
        image = QImage(200, 100, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        return image

    def made(presets: Presets | None = None, **given: Any) -> DiagramExportDialog:
        given = {"selected": ("c1",), "seen": SEEN, "stops": 3, **given}
        dialog = DiagramExportDialog(tmp_path / "figure.png", render, presets or Presets(), None, "Figure", **given)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def put(dialog: DiagramExportDialog, name: str, value: str) -> None:
    combo = getattr(dialog, name)
    assert combo.findData(value) >= 0
    combo.setCurrentIndex(combo.findData(value))


def test_it_begins_as_the_program_does_and_shows_a_preview(qtbot, make, asked):
    dialog = make()
    options = dialog.options()
    assert (options.format, options.theme, options.legend, options.block, options.footnotes) == (
        "png", "print", True, True, False,
    )  # fmt: skip
    qtbot.waitUntil(lambda: not dialog.preview.image.isNull())


def test_a_selection_or_what_is_seen_goes_alone(make):
    dialog = make()
    put(dialog, "what", "selection")
    assert dialog.options().only == ("c1",)
    put(dialog, "what", "seen")
    assert (dialog.options().only, dialog.options().seen) == ((), SEEN)


def test_what_cannot_be_is_not_offered(make):
    dialog = make(selected=(), seen=None, stops=0)
    model = dialog.what.model()
    offered = {
        dialog.what.itemData(row): bool(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled)
        for row in range(5)
    }
    assert offered == {"whole": True, "selection": False, "seen": False, "every": True, "route": False}


def test_paper_and_poster(make):
    dialog = make()
    put(dialog, "format", "pdf")
    put(dialog, "page", "A4")
    dialog.margin.setText("12")
    options = dialog.options()
    assert (options.page, options.margin, options.tile, options.width) == ("A4", 12, False, None)
    dialog.tile.setChecked(True)
    put(dialog, "poster", "A1")
    assert (dialog.options().tile, dialog.options().poster) == (True, "A1")
    put(dialog, "format", "png")
    assert (dialog.options().tile, dialog.tile.isEnabled()) == (False, False)


def test_the_preview_of_paper_is_drawn_with_paper(qtbot, make, asked):
    dialog = make()
    put(dialog, "format", "pdf")
    put(dialog, "page", "A4")
    dialog.tile.setChecked(True)
    qtbot.waitUntil(lambda: bool(asked) and asked[-1].page == "A4")
    assert (asked[-1].format, asked[-1].tile) == ("png", False)


def test_every_diagram_goes_into_a_folder_but_into_one_pdf(make, tmp_path):
    dialog = make()
    put(dialog, "what", "every")
    assert dialog.path() == tmp_path
    assert dialog.chosen().into_folder
    put(dialog, "format", "pdf")
    assert dialog.path().suffix == ".pdf"
    assert not dialog.chosen().into_folder


def test_a_route_is_slides(make):
    dialog = make()
    put(dialog, "what", "route")
    assert dialog.format.currentData() == "pptx"
    put(dialog, "format", "svg")
    assert "PowerPoint slides or a PDF" in dialog._error.text()
    assert not dialog._save.isEnabled()


def test_formats_that_are_no_pictures_turn_off_what_means_nothing_to_them(make):
    dialog = make()
    put(dialog, "format", "drawio")
    for name in ("transparent", "page", "width_px", "legend", "footnotes", "findings", "outlines", "tile"):
        assert not getattr(dialog, name).isEnabled(), name
    assert dialog.path().suffix == ".drawio"
    assert dialog.chosen().format == "drawio"


@pytest.mark.parametrize(
    ("name", "text", "told"), [("margin", "99", "between 0 and 50"), ("overlap", "x", "no number")]
)
def test_a_wrong_number_is_told(make, name, text, told):
    dialog = make()
    put(dialog, "format", "pdf")
    put(dialog, "page", "A4")
    dialog.tile.setChecked(True)
    getattr(dialog, name).setText(text)
    assert told in dialog._error.text()


def test_it_begins_as_it_was_done_last(make):
    first = make()
    put(first, "format", "pdf")
    put(first, "page", "A3")
    first.footnotes.setChecked(True)
    first.revision.setText("r4")
    presets = Presets()
    presets.last = first.chosen().preset
    again = make(Presets(presets.stored()))
    options = again.options()
    assert (options.page, options.footnotes, options.revision, again.path().suffix) == ("A3", True, "r4", ".pdf")


@pytest.mark.parametrize("name", SHIPPED)
def test_presets_of_the_program_give_options_that_can_be_written(make, name):
    dialog = make()
    dialog.preset.setCurrentIndex(dialog.preset.findData(name))
    dialog._use_preset()
    check(dialog.options())
    assert dialog.chosen().format == SHIPPED[name]["format"]


def test_a_preset_is_saved_used_and_deleted(make, monkeypatch):
    presets = Presets()
    dialog = make(presets)
    put(dialog, "format", "svg")
    dialog.outlines.setChecked(True)
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_args, **_named: ("Journal", True)))
    dialog._save_preset()
    assert dialog.preset.currentText() == "Journal"
    put(dialog, "format", "png")
    dialog._use_preset()
    assert (dialog.format.currentData(), dialog.options().outlines) == ("svg", True)
    assert dialog._delete.isEnabled()
    dialog._delete_preset()
    assert "Journal" not in presets.names()


def test_the_ending_that_is_typed_is_the_format(qtbot, make, tmp_path):
    dialog = make()
    dialog.file.selectAll()
    qtbot.keyClicks(dialog.file, str(tmp_path / "Slides.pptx"))
    assert (dialog.format.currentData(), dialog.path().name) == ("pptx", "Slides.pptx")
    assert dialog._save.isEnabled()
    qtbot.keyClicks(dialog.file, "x")
    assert "end in .pptx" in dialog._error.text()
    assert not dialog._save.isEnabled()
    put(dialog, "format", "svg")
    assert (dialog.path().name, dialog._save.isEnabled()) == ("Slides.pptxx.svg", True)


def test_a_preset_is_called_otherwise(make, monkeypatch):
    presets = Presets()
    presets.save("Journal", {"format": "svg"})
    dialog = make(presets)
    assert not dialog._rename.isEnabled()
    dialog.preset.setCurrentIndex(dialog.preset.findData("Journal"))
    dialog._use_preset()
    assert dialog._rename.isEnabled()
    given = iter(("A4 page", "  ", " Annual   report "))
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_args, **_named: (next(given), True)))
    dialog._rename_preset()
    assert "There is a preset A4 page already." in dialog._error.text()
    dialog._rename_preset()
    assert "Give the preset a name." in dialog._error.text()
    dialog._rename_preset()
    assert dialog.preset.currentText() == "Annual report"
    assert presets.get("Annual report") == {"format": "svg"}
    assert "Journal" not in presets.names()


def test_names_of_presets_are_read_whole(make):
    dialog = make()
    widest = max(dialog.preset.fontMetrics().horizontalAdvance(name) for name in SHIPPED)
    assert dialog.preset.width() >= widest + 40  # the arrow and the frame


def test_tab_goes_from_the_options_to_the_file_and_the_buttons(make):
    dialog = make()
    order, at = [], dialog.preset
    for _ in range(60):
        order.append(at)
        at = at.nextInFocusChain()
    assert order.index(dialog.revision) < order.index(dialog.file) < order.index(dialog._save)


def test_every_field_has_a_name_for_those_who_hear_it(make):
    dialog = make()
    for name in (
        "preset",
        "what",
        "format",
        "dpi",
        "width_px",
        "page",
        "orientation",
        "margin",
        "poster",
        "overlap",
        "theme",
        "revision",
    ):
        assert getattr(dialog, name).accessibleName(), name
