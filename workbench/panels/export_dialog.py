"""How the diagram goes to a file: format, size, theme, and what it will look like."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from workbench.export.errors import ExportError
from workbench.export.options import MAX_DPI, MAX_SIDE, MIN_DPI, MIN_WIDTH, ExportOptions, Format
from workbench.panels.attach_base import scrolled
from workbench.panels.common import Label, button, column
from workbench.panels.export_preview import Preview
from workbench.panels.fields import Combo
from workbench.panels.messages import confirm
from workbench.render.characters import single_line
from workbench.render.theme import THEME_NAMES

FIGURE_WORDS: Final[dict[str, str]] = {
    "png": "PNG picture",
    "svg": "SVG drawing",
    "pdf": "PDF page",
}
_THEME_WORDS: Final = {
    "light": "Light",
    "dark": "Dark",
    "print": "Print (white paper)",
    "projector": "Projector",
    "grey": "Greys (any printer)",
}
_DPI: Final = (96, 150, 192, 300, 600)
_PAUSE_MS: Final = 180
_FRAME: Final = QSize(48, 48)
"""Room that a window's frame takes from the screen, logical pixels."""

RenderPreview = Callable[[ExportOptions], QImage]
"""Draws the diagram as the options say, as a bitmap of the width they ask for; may raise ``ExportError``."""


class ExportDialog(QDialog):
    """Options of one export, with a preview that follows them.

    Attributes:
        format_words: the formats offered, by their endings.
    """

    format_words = FIGURE_WORDS
    wanted_size = QSize(900, 560)

    def __init__(
        self, suggested: Path, render_preview: RenderPreview, parent: QWidget | None = None, title: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(single_line(f"Export {title}"))
        self._render = render_preview
        self._name = suggested.stem
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        layout = column(self, 16, 12)
        body = QHBoxLayout()
        body.setSpacing(20)
        layout.addLayout(body, 1)
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 6, 0)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        scroll = scrolled(fields)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        body.addWidget(scroll)
        self.preview = Preview()
        self.preview.resized.connect(self._later)
        body.addWidget(self.preview, 1)
        file = self._file_row(suggested)
        self._fields(form, suggested)
        layout.addLayout(file)  # after the fields, as Tab goes
        self._error = Label("", wrap=True)
        self._error.setProperty("wrong", True)
        layout.addWidget(self._error)
        choices = QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        buttons = QDialogButtonBox(choices)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save.setText("Export")
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._changed()
        self.fit(self.screen().availableGeometry().size() - _FRAME)

    def fit(self, room: QSize) -> None:
        """Take no more than some room; where that is too little for all options, they scroll above the buttons."""
        self.resize(self.wanted_size.boundedTo(room))

    @staticmethod
    def ask(
        suggested: Path, render_preview: RenderPreview, parent: QWidget | None = None, title: str = ""
    ) -> tuple[Path, ExportOptions] | None:
        """Show the dialog: the file and the options chosen, or None."""
        dialog = ExportDialog(suggested, render_preview, parent, title)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        answer = (dialog.path(), dialog.options()) if accepted else None
        dialog.deleteLater()
        return answer

    def _fields(self, form: QFormLayout, suggested: Path) -> None:
        self.before_format(form)
        self.format = Combo()
        for name, words in self.format_words.items():
            self.format.addItem(words, name)
        self.format.setCurrentIndex(max(0, self.format.findData(suggested.suffix[1:].lower())))
        self._row(form, "Format", self.format)
        self.dpi = QComboBox()
        self.dpi.setEditable(True)
        self.dpi.addItems([str(value) for value in _DPI])
        self.dpi.setCurrentText("192")
        self._row(form, "Dots per inch", self.dpi)
        self.width_px = QLineEdit()
        self.width_px.setPlaceholderText("As on the canvas")
        self._row(form, "Width in pixels", self.width_px)
        self.after_size(form)
        self.theme = Combo()
        for theme in THEME_NAMES:
            self.theme.addItem(_THEME_WORDS[theme], theme)
        self.theme.setCurrentIndex(self.theme.findData("print"))
        self._row(form, "Colours", self.theme)
        self.transparent = QCheckBox("Transparent background")
        form.addRow("", self.transparent)
        self.furniture = QCheckBox("Title, legend and title block")
        self.furniture.setChecked(True)
        form.addRow("", self.furniture)
        self.after_look(form)
        self.format.currentIndexChanged.connect(self._format_changed)
        self.theme.currentIndexChanged.connect(lambda _index: self._changed())
        self.dpi.currentTextChanged.connect(lambda _text: self._changed())
        self.width_px.textChanged.connect(lambda _text: self._changed())
        self.file.textChanged.connect(lambda _text: self._check())
        self.file.textEdited.connect(self._follow_ending)
        for box in (self.transparent, self.furniture):
            box.toggled.connect(lambda _on: self._changed())

    def _file_row(self, suggested: Path) -> QHBoxLayout:
        self.file = QLineEdit(str(suggested))
        self.file.setMinimumWidth(200)
        self.file.setAccessibleName("File")
        label = Label("File")
        label.setBuddy(self.file)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.file, 1)
        row.addWidget(button("Choose…", self._choose))
        return row

    def before_format(self, form: QFormLayout) -> None:
        """Fields above the format; none here."""

    def after_size(self, form: QFormLayout) -> None:
        """Fields below resolution and width; none here."""

    def after_look(self, form: QFormLayout) -> None:
        """Fields below what stands around the figure; none here."""

    def _row(self, form: QFormLayout, text: str, field: QWidget) -> None:
        label = Label(text)
        label.setBuddy(field)
        field.setAccessibleName(text)
        form.addRow(label, field)

    # what is chosen

    def options(self) -> ExportOptions:
        """The options as set.

        Raises:
            ExportError: one is outside its limits.
        """
        chosen: Format = self.format.currentData()
        width = number_in(self.width_px.text(), "width", MIN_WIDTH, MAX_SIDE)
        dpi = number_in(self.dpi.currentText(), "resolution", MIN_DPI, MAX_DPI) if chosen == "png" else None
        return ExportOptions(
            format=chosen,
            theme=self.theme.currentData(),
            dpi=dpi,
            width=width,
            transparent=self.transparent.isChecked(),
            furniture=self.furniture.isChecked(),
        )

    def preview_options(self) -> ExportOptions:
        """How the preview is drawn: as a picture of the width there is.

        Raises:
            ExportError: an option is outside its limits.
        """
        width = max(MIN_WIDTH, round(self.preview.width() * self.devicePixelRatio()))
        return replace(self.options(), format="png", dpi=None, width=float(min(width, MAX_SIDE)))

    def into_folder(self) -> bool:
        """Whether a folder is asked for, not a file."""
        return False

    def tell(self, problem: str) -> None:
        """Say what is wrong, above the buttons."""
        self._error.setText(problem)

    def path(self) -> Path:
        """The file to write, or the folder."""
        return Path(self.file.text().strip()).expanduser()

    def _format_changed(self) -> None:
        text = self.file.text().strip()
        if text:
            path = Path(text)
            if self.into_folder():
                self.file.setText(str(path.parent if path.suffix[1:].lower() in self.format_words else path))
                self._changed()
                return
            if path.is_dir():
                path = path / self._name
            known = path.suffix[1:].lower() in self.format_words
            ending = f".{self.format.currentData()}"
            self.file.setText(str(path.with_suffix(ending) if known else path.with_name(path.name + ending)))
        self._changed()

    def _follow_ending(self, text: str) -> None:
        """Take the format that somebody types as the ending of the file."""
        index = self.format.findData(Path(text.strip()).suffix[1:].lower())
        if index >= 0 and not self.into_folder():
            self.format.blockSignals(True)  # the name stays as it is typed
            self.format.setCurrentIndex(index)
            self.format.blockSignals(False)
            self._changed()

    def _changed(self) -> None:
        self.dpi.setEnabled(self.format.currentData() == "png")
        self._check()
        self._later()

    def _check(self) -> bool:
        reason = ""
        try:
            self.options()
        except ExportError as error:
            reason = str(error)
        folder = self.path() if self.into_folder() else self.path().parent
        if not self.file.text().strip():
            reason = "Choose a file."
        elif not folder.is_dir():
            reason = f"There is no folder {folder}."
        elif not self.into_folder() and self.path().suffix[1:].lower() != self.format.currentData():
            reason = f"Let the name of the file end in .{self.format.currentData()}."
        self._error.setText(reason)
        self._save.setEnabled(not reason)
        return not reason

    def _choose(self) -> None:
        ending: str = self.format.currentData()
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Export to",
            self.file.text(),
            f"{self.format_words[ending]} (*.{ending})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.file.setText(name if Path(name).suffix else f"{name}.{ending}")

    def _accept(self) -> None:
        if not self._check():
            return
        path = self.path()
        if (
            not self.into_folder()
            and path.exists()
            and not confirm(self, "Replace file", f"{path.name} exists already. Replace it?", "Replace")
        ):
            return
        self.accept()

    # preview

    def _later(self) -> None:
        self._pause.start()

    def _draw(self) -> None:
        try:
            wanted = self.preview_options()
            self.preview.show_image(self._render(wanted), checker=wanted.transparent)
        except ExportError as error:
            self.preview.show_text(str(error))


def number_in(text: str, name: str, low: float, high: float) -> float | None:
    """A number that somebody typed; None where nothing is.

    Raises:
        ExportError: it is none, or outside its limits.
    """
    stripped = text.strip()
    if not stripped:
        return None
    try:
        value = float(stripped)
    except ValueError:
        raise ExportError(f"The {name} {stripped[:20]!r} is no number.") from None
    if not low <= value <= high:
        raise ExportError(f"The {name} must lie between {low:g} and {high:g}.")
    return value
