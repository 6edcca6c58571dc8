"""How diagrams go to files: which part, what format, on what paper, in what colours; and presets of all that."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, cast

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QWidget,
)
from typing_extensions import override

from workbench.export.errors import ExportError
from workbench.export.options import MAX_DPI, MAX_SIDE, MIN_DPI, MIN_WIDTH, ExportOptions, Orientation, check
from workbench.export.paper import MAX_MARGIN, MAX_OVERLAP, SIZES
from workbench.panels.common import button
from workbench.panels.export_dialog import FIGURE_WORDS, ExportDialog, RenderPreview, number_in
from workbench.panels.export_presets import LONGEST_NAME, Preset, Presets
from workbench.panels.fields import Combo
from workbench.values import value_type

What = Literal["whole", "selection", "seen", "every", "route"]

_WHAT_WORDS: Final[dict[What, str]] = {
    "whole": "The whole diagram",
    "selection": "What is selected",
    "seen": "What is seen now",
    "every": "Every diagram",
    "route": "The route, a stop a page",
}
_WORDS: Final = {
    **FIGURE_WORDS,
    "pptx": "PowerPoint slides",
    "drawio": "draw.io drawing",
    "dot": "Graphviz (DOT)",
    "mmd": "Mermaid flowchart",
}
_PICTURES: Final = tuple(FIGURE_WORDS)
_DECK: Final = ("pptx", "pdf")
_INDENT: Final = 22
"""Of what belongs to the box above it, logical pixels."""
_FLAGS: Final = ("legend", "block", "footnotes", "findings", "outlines", "tile")


@value_type(frozen=True, slots=True)
class Chosen:
    """What the dialog was left with.

    Attributes:
        what: which part; ``every`` and formats of one diagram alone: ``path`` is a folder.
        preset: everything, to be remembered.
    """

    what: What
    path: Path
    format: str
    options: ExportOptions
    preset: Preset

    @property
    def into_folder(self) -> bool:
        """Whether every diagram gets a file of its own."""
        return self.what == "every" and self.format not in _DECK


class DiagramExportDialog(ExportDialog):
    """Options of an export of diagrams, with presets."""

    format_words = _WORDS
    wanted_size = QSize(1080, 900)

    def __init__(
        self,
        suggested: Path,
        render_preview: RenderPreview,
        presets: Presets,
        parent: QWidget | None = None,
        title: str = "",
        *,
        selected: tuple[str, ...] = (),
        seen: tuple[float, float, float, float] | None = None,
        stops: int = 0,
    ) -> None:
        """Begin as it was done last.

        Args:
            suggested: the file.
            render_preview: draws a figure by options; for a route its first stop.
            presets: those remembered; saving one goes there at once.
            title: of the diagram.
            selected: ids of what is selected; ``seen``: the part of the scene on the screen; ``stops``: of the route.
        """
        self._presets = presets
        self._selected, self._seen, self._stops = selected, seen, stops
        self._ready = False
        super().__init__(suggested, render_preview, parent, title)
        self._ready = True
        self._take(presets.last)

    # fields

    @override
    def before_format(self, form: QFormLayout) -> None:
        self.preset = Combo()
        self._name_presets()
        self._row(form, "Preset", self.preset)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(button("Save…", self._save_preset, tip="Remember everything below under a name"))
        self._rename = button("Rename…", self._rename_preset, tip="Call this preset of yours otherwise")
        self._delete = button("Delete", self._delete_preset, tip="Forget this preset of yours")
        row.addWidget(self._rename)
        row.addWidget(self._delete)
        row.addStretch(1)
        form.addRow("", row)
        self.preset.activated.connect(self._use_preset)
        self.what = Combo()
        for what, words in _WHAT_WORDS.items():
            self.what.addItem(words, what)
        self._offer("selection", offered=bool(self._selected))
        self._offer("seen", offered=self._seen is not None)
        self._offer("route", offered=self._stops > 0)
        self._row(form, "Show", self.what)
        self.what.currentIndexChanged.connect(lambda _index: self._what_changed())

    def _offer(self, what: What, *, offered: bool) -> None:
        model = self.what.model()
        item = getattr(model, "item", lambda _row: None)(self.what.findData(what))
        if item is not None:
            item.setEnabled(offered)

    @override
    def after_size(self, form: QFormLayout) -> None:
        self.page = Combo()
        self.page.addItem("As large as the figure", "")
        for name, (width, height) in SIZES.items():
            self.page.addItem(f"{name} ({width:g} × {height:g} mm)", name)
        self._row(form, "Paper", self.page)
        self.orientation = Combo()
        for way, words in (("auto", "As the figure lies"), ("portrait", "Portrait"), ("landscape", "Landscape")):
            self.orientation.addItem(words, way)
        self._row(form, "Orientation", self.orientation)
        self.margin = QLineEdit("10")
        self._row(form, "Margin in mm", self.margin)
        self.tile = QCheckBox("Poster: many such sheets, put together")
        form.addRow("", self.tile)
        self.poster = Combo()
        self.poster.addItem("As large as the figure", "")
        for name in SIZES:
            self.poster.addItem(name, name)
        self._row(form, "Poster size", self.poster)
        self.overlap = QLineEdit("10")
        self._row(form, "Overlap in mm", self.overlap)
        for combo in (self.page, self.orientation, self.poster):
            combo.currentIndexChanged.connect(lambda _index: self._changed())
        for line in (self.margin, self.overlap):
            line.textChanged.connect(lambda _text: self._changed())
        self.tile.toggled.connect(lambda _on: self._changed())

    @override
    def after_look(self, form: QFormLayout) -> None:
        self.furniture.setText("Title above, details below")
        self.legend = QCheckBox("Legend of the signs in use")
        self.block = QCheckBox("Title block: project, date, who")
        self.footnotes = QCheckBox("Footnotes: what each verdict rests on")
        self.findings = QCheckBox("Badges of findings")
        self.outlines = QCheckBox("Letters as outlines")
        details = (self.legend, self.block, self.footnotes)
        for box in (*details, self.findings, self.outlines):
            row = QHBoxLayout()
            row.setContentsMargins(_INDENT if box in details else 0, 0, 0, 0)
            row.addWidget(box)
            form.addRow("", row)
            box.toggled.connect(lambda _on: self._changed())
        self.legend.setChecked(True)
        self.block.setChecked(True)
        self.revision = QLineEdit()
        self.revision.setPlaceholderText("None")
        self.revision.setMaxLength(LONGEST_NAME)
        self._row(form, "Revision", self.revision)
        self.revision.textChanged.connect(lambda _text: self._changed())

    # what is chosen

    @override
    def options(self) -> ExportOptions:
        format: str = self.format.currentData()
        picture = format in _PICTURES
        plain = super().options()
        what: What = self.what.currentData()
        options = replace(
            plain,
            format=plain.format if picture else "svg",
            width=plain.width if picture and not self.page.currentData() else None,
            transparent=plain.transparent and picture,
            legend=self.legend.isChecked(),
            block=self.block.isChecked(),
            footnotes=self.footnotes.isChecked(),
            findings=self.findings.isChecked() and picture and what != "route",
            outlines=self.outlines.isChecked() and format == "svg",
            revision=self.revision.text().strip(),
            only=self._selected if what == "selection" else (),
            seen=self._seen if what == "seen" else None,
            page=self.page.currentData() if picture else "",
            orientation=cast("Orientation", self.orientation.currentData()),
            margin=number_in(self.margin.text(), "margin", 0, MAX_MARGIN) or 0.0,
            tile=self._tiled(),
            poster=self.poster.currentData() if self._tiled() else "",
            overlap=number_in(self.overlap.text(), "overlap", 0, MAX_OVERLAP) or 0.0,
        )
        check(options)
        if what == "route" and format not in _DECK:
            raise ExportError("A route is written as PowerPoint slides or a PDF.")
        return options

    def _tiled(self) -> bool:
        deck = self.what.currentData() == "route"
        return (
            self.tile.isChecked() and self.format.currentData() == "pdf" and bool(self.page.currentData()) and not deck
        )

    def chosen(self) -> Chosen:
        """Everything, once the dialog was accepted.

        Raises:
            ExportError: an option is outside its limits.
        """
        return Chosen(
            self.what.currentData(), self.path(), self.format.currentData(), self.options(), self._as_preset()
        )

    @staticmethod
    def choose(make: Callable[[], "DiagramExportDialog"]) -> Chosen | None:
        """Show the dialog: what was chosen, or None."""
        dialog = make()
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        answer = dialog.chosen() if accepted else None
        dialog.deleteLater()
        return answer

    @override
    def preview_options(self) -> ExportOptions:
        """A picture of a page, or of the figure alone where no picture is written."""
        options = self.options()
        bare = self.format.currentData() not in _PICTURES
        room = max(float(MIN_WIDTH), self.preview.width() * self.devicePixelRatio())
        dpi = None
        if options.page:  # as many dots as fit the longer side of the paper
            longest = max(SIZES[options.page]) / 25.4
            dpi = min(max(room / longest, MIN_DPI), MAX_DPI)
        return replace(
            options,
            format="png",
            dpi=dpi,
            width=None if options.page else min(room, float(MAX_SIDE)),
            furniture=options.furniture and not bare,
            tile=False,
            poster="",
            outlines=False,
        )

    @override
    def _changed(self) -> None:
        if not self._ready:
            return
        format, what = self.format.currentData(), self.what.currentData()
        picture, paged = format in _PICTURES, bool(self.page.currentData())
        around = picture and self.furniture.isChecked() and what != "route"
        for field in (self.legend, self.block, self.footnotes, self.revision):
            field.setEnabled(around)
        self.furniture.setEnabled(picture and what != "route")
        self.findings.setEnabled(picture and what != "route")
        self.transparent.setEnabled(picture)
        self.outlines.setEnabled(format == "svg")
        self.page.setEnabled(picture)
        self.width_px.setEnabled(picture and not paged)
        self.orientation.setEnabled(picture and paged)
        self.margin.setEnabled(picture and paged)
        self.tile.setEnabled(format == "pdf" and paged and what != "route")
        self.poster.setEnabled(self._tiled())
        self.overlap.setEnabled(self._tiled())
        for press in (self._rename, self._delete):
            press.setEnabled(self._presets.is_own(self.preset.currentText()))
        super()._changed()

    @override
    def into_folder(self) -> bool:
        return self.what.currentData() == "every" and self.format.currentData() not in _DECK

    def _what_changed(self) -> None:
        if self.what.currentData() == "route" and self.format.currentData() not in _DECK:
            self.format.setCurrentIndex(self.format.findData("pptx"))
        self._format_changed()

    # presets

    def _name_presets(self, current: str = "") -> None:
        self.preset.blockSignals(True)
        self.preset.clear()
        self.preset.addItem("As last time" if self._presets.last else "None", "")
        for name in self._presets.names():
            self.preset.addItem(name, name)
        self.preset.setCurrentIndex(max(0, self.preset.findData(current)))
        self.preset.blockSignals(False)

    def _use_preset(self, _index: int = 0) -> None:
        name = self.preset.currentData()
        self._take(self._presets.get(name) if name else self._presets.last)

    def _take(self, preset: Preset) -> None:
        """Set every field as a preset says; what it does not name goes back to where the dialog begins."""
        self._ready = False
        for name, start in (("what", "whole"), ("format", "png"), ("theme", "print"), ("page", ""), ("poster", "")):
            self._choose_data(name, str(preset.get(name, start)))
        self._choose_data("orientation", str(preset.get("orientation", "auto")))
        if not self._allowed(self.what.currentData()):
            self._choose_data("what", "whole")
        for name, begin in (("margin", "10"), ("overlap", "10"), ("width", ""), ("dpi", "192"), ("revision", "")):
            text = str(preset.get(name, begin))
            if name == "dpi":
                self.dpi.setCurrentText(text)
            else:
                field: QLineEdit = self.width_px if name == "width" else getattr(self, name)
                field.setText(text)
        for name in ("transparent", "furniture", *_FLAGS):
            getattr(self, name).setChecked(bool(preset.get(name, name in ("furniture", "legend", "block"))))
        self._ready = True
        self._format_changed()

    def _allowed(self, what: What) -> bool:
        offered = {"selection": bool(self._selected), "seen": self._seen is not None, "route": self._stops > 0}
        return offered.get(what, True)

    def _choose_data(self, name: str, value: str) -> None:
        combo: Combo = getattr(self, name)
        combo.setCurrentIndex(max(0, combo.findData(value)))

    def _as_preset(self) -> Preset:
        out: Preset = {
            name: getattr(self, name).currentData() for name in ("what", "format", "theme", "page", "poster")
        }
        out["orientation"] = self.orientation.currentData()
        out |= {"margin": self.margin.text(), "overlap": self.overlap.text(), "revision": self.revision.text()}
        out |= {"width": self.width_px.text(), "dpi": self.dpi.currentText()}
        return out | {name: getattr(self, name).isChecked() for name in ("transparent", "furniture", *_FLAGS)}

    def _save_preset(self) -> None:
        now = self.preset.currentData() or ""
        name, said = QInputDialog.getText(self, "Save preset", "Name of the preset", text=now)
        if not said:
            return
        problem = self._presets.save(name, self._as_preset())
        if problem:
            self.tell(problem)
            return
        self._name_presets(" ".join(name.split())[:LONGEST_NAME])
        self._changed()

    def _rename_preset(self) -> None:
        now = self.preset.currentText()
        name, said = QInputDialog.getText(self, "Rename preset", "Name of the preset", text=now)
        if not said:
            return
        problem = self._presets.rename(now, name)
        if problem:
            self.tell(problem)
            return
        self._name_presets(" ".join(name.split())[:LONGEST_NAME])
        self._changed()

    def _delete_preset(self) -> None:
        self._presets.delete(self.preset.currentText())
        self._name_presets()
        self._changed()

    @override
    def _choose(self) -> None:
        if not self.into_folder():
            super()._choose()
            return
        name = QFileDialog.getExistingDirectory(self, "Export into", str(self.path()))
        if name:
            self.file.setText(name)
