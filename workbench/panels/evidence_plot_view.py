"""A plot as a widget: painted from drawing primitives, with its numbers in words, to be copied and exported."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from workbench.export.claim_plot import Drawing
from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.panels.focus import Focusable, draw_focus
from workbench.panels.icons import icon
from workbench.panels.messages import show_error
from workbench.panels.style import current_theme
from workbench.render.characters import brief
from workbench.render.fonts import qt_measure
from workbench.render.paint import Compiled, compile_ops, paint
from workbench.render.text import Measure
from workbench.render.theme import Theme, load_theme

if TYPE_CHECKING:
    from workbench.export.sheet import Sheet

Draw = Callable[[float, float, Theme, Measure], Drawing]
FILTER = "PNG picture (*.png);;SVG drawing (*.svg)"


class PlotView(Focusable):
    """Shows what ``draw`` makes for the size at hand.

    Attributes:
        told: emits a sentence for the status bar.
    """

    told = Signal(str)
    export_size = QSize(960, 360)

    def __init__(self, name: str, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw: Draw | None = None
        self._words = ""
        self._kept: tuple[tuple[float, float, str], Compiled] | None = None
        self._name = name
        self._least = least
        self.folder: Path | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(least)
        self.setAccessibleName(brief(name))

    def show_plot(self, draw: Draw | None, words: str) -> None:
        """Show another plot; ``words`` say the same numbers."""
        self._draw = draw
        self._words = words
        self._kept = None
        self.setAccessibleName(brief(self._name))
        self.setAccessibleDescription(brief(words))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def redraw(self) -> None:
        """Draw again what ``draw`` makes now."""
        self._kept = None
        self.update()

    def words(self) -> str:
        """The numbers of the plot."""
        return self._words

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, self._least)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._draw is None or self.width() < 40 or self.height() < 30:
            return
        theme = current_theme()
        key = (float(self.width()), float(self.height()), theme.name)
        if self._kept is None or self._kept[0] != key:
            sheet = self._draw(key[0], key[1], theme, qt_measure())
            self._kept = (key, compile_ops(sheet.ops))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, self._kept[1])
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))

    # copying and exporting: always on white, whatever the theme on screen

    def sheet(self) -> "Sheet | None":
        """The plot as it goes into a file."""
        from workbench.export.sheet import Sheet  # noqa: PLC0415 - what writes files loads when used

        if self._draw is None:
            return None
        theme = load_theme("print")
        drawn = self._draw(self.export_size.width(), self.export_size.height(), theme, qt_measure())
        return Sheet(drawn.title, drawn.width, drawn.height, theme.surface.raised, drawn.ops)

    def image(self) -> QImage:
        """The plot as a bitmap of twice the resolution of a screen."""
        from workbench.export.options import ExportOptions  # noqa: PLC0415 - what writes files loads when used
        from workbench.export.png import draw_image  # noqa: PLC0415

        sheet = self.sheet()
        return draw_image(sheet, ExportOptions(format="png", dpi=192)) if sheet is not None else QImage()

    def svg(self) -> bytes:
        """The plot as SVG."""
        from workbench.export.paper import whole  # noqa: PLC0415 - what writes files loads when used
        from workbench.export.svg import write_svg  # noqa: PLC0415 - what writes files loads when used

        sheet = self.sheet()
        return write_svg(whole(sheet)) if sheet is not None else b""

    def copy_picture(self) -> None:
        """Offer the plot as a bitmap, as SVG and in words."""
        if self._draw is None:
            return
        data = QMimeData()
        data.setImageData(self.image())
        data.setData("image/svg+xml", self.svg())
        data.setText(self._words)
        QGuiApplication.clipboard().setMimeData(data)
        self.told.emit("Copied the plot as a picture and its numbers as text.")

    def copy_words(self) -> None:
        """Offer the numbers as text."""
        QGuiApplication.clipboard().setText(self._words)
        self.told.emit("Copied the numbers of the plot.")

    def ask_export(self) -> None:
        """Ask for a file and write the plot there."""
        if self._draw is None:
            return
        suggested = str((self.folder or Path.home()) / "plot.png")
        chosen, kind = QFileDialog.getSaveFileName(self, "Export plot", suggested, FILTER)
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() not in (".png", ".svg"):
                path = path.with_name(f"{path.name}{'.svg' if 'svg' in kind else '.png'}")
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the plot as PNG or SVG, told from the file's ending."""
        from workbench.export.errors import ExportError  # noqa: PLC0415 - what writes files loads when used
        from workbench.export.options import ExportOptions  # noqa: PLC0415
        from workbench.export.png import write_png  # noqa: PLC0415

        sheet = self.sheet()
        if sheet is None:
            return
        try:
            vector = path.suffix.lower() == ".svg"
            data = self.svg() if vector else write_png(sheet, ExportOptions(format="png", dpi=192))
            write_atomically(path, data)
        except (ExportError, SaveError) as problem:
            show_error(self, "Not exported", f"{path.name}: {problem}")
            return
        self.told.emit(f"Exported {path.name}")

    def menu(self) -> QMenu:
        """What can be done with the plot."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            icon("copy-image"), "Copy picture", QKeySequence(QKeySequence.StandardKey.Copy), self.copy_picture
        )
        menu.addAction(icon("copy"), "Copy numbers", self.copy_words)
        menu.addAction(icon("export"), "Export picture…", self.ask_export)
        return menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._draw is not None:
            keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu().popup(self.mapToGlobal(QPoint(20, 20)) if keyboard else event.globalPos())
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_picture()
            event.accept()
        else:
            super().keyPressEvent(event)
