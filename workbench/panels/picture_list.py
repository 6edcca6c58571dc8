"""A list whose rows begin with a picture, in as many columns as fit: what the route and the revisions are shown in."""

from collections.abc import Callable
from typing import ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.panels.row_menu import menu_spot
from workbench.panels.row_model import Index, Row, RowModel
from workbench.panels.style import SMALL_PX, current_theme, ui_font
from workbench.render.characters import single_line

R = TypeVar("R", bound=Row)

_NARROWEST: Final = 80


class PictureList(QListView, Generic[R]):
    """The list; several rows may be chosen.

    Signals:
        chosen_changed: other rows are chosen.

    Attributes:
        picture: gives the picture of a row by its key; None while there is none yet, or none at all.
        menu: makes the context menu; None: there is none.
    """

    least: ClassVar[int]
    """Width from which another column stands beside the first, logical pixels."""

    chosen_changed = Signal()

    def __init__(self, model: RowModel[R], key: Callable[[R], str], parent: QWidget | None = None) -> None:
        """Make an empty list.

        Args:
            model: its rows; the list takes it over.
            key: what tells a row from all others.
            parent: where it stands.
        """
        super().__init__(parent)
        self.picture: Callable[[str], QPixmap | None] = lambda _key: None
        self.menu: Callable[[QWidget], QMenu] | None = None
        self.key = key
        self.rows_model = model
        model.setParent(self)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def chosen(self) -> list[str]:
        """Keys of the rows chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.key(self.rows_model.rows[row]) for row in rows if row < len(self.rows_model.rows)]

    def choose_places(self, places: list[int], current: int) -> None:
        """Choose these rows only; the keyboard is on ``current``, or where it was if that is -1."""
        chooser, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        chooser.clearSelection()
        for place in places:
            chooser.select(self.rows_model.index(place), flag.Select)
        if current >= 0:
            chooser.setCurrentIndex(self.rows_model.index(current), flag.NoUpdate)

    def column_width(self) -> int:
        """Width of a column: as many as fit side by side, so that a low dock shows more than one row."""
        room = self.viewport().width() - 1
        return max(_NARROWEST, room // max(1, room // self.least))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = menu_spot(self, event)
        if self.menu is not None and spot is not None:
            self.menu(self).popup(spot)


class PicturePainter(QStyledItemDelegate, Generic[R]):
    """Paints a row: its ground, what stands before the picture, the picture in its frame, and the words beside it."""

    size: ClassVar[QSize]
    """Room for the picture, logical pixels."""
    left: ClassVar[int]
    pad: ClassVar[int]
    """What stands left of the picture, and above and below it."""

    def __init__(self, view: PictureList[R]) -> None:
        super().__init__(view)
        self.view = view
        self.strong, self.small = ui_font(strong=True), ui_font(SMALL_PX)

    @override
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self.view.column_width(), self.size.height() + 2 * self.pad)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme, rect = self.view.rows_model.rows[index.row()], current_theme(), QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, option)
        ink = QColor(theme.selection.text if selected else theme.text.primary)
        faint = ink if selected else QColor(theme.text.secondary)
        self.paint_before(painter, row, QRect(rect.left(), rect.top(), self.left, rect.height()), faint)
        frame = QRect(rect.left() + self.left, rect.top() + self.pad, self.size.width(), self.size.height())
        painter.fillRect(frame, QColor(theme.surface.canvas))
        pixmap = self.view.picture(self.view.key(row))
        if pixmap is not None:
            size = pixmap.deviceIndependentSize().toSize()
            painter.drawPixmap(frame.center() - QRect(0, 0, size.width(), size.height()).center(), pixmap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.border.base))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        room = QRect(rect).adjusted(self.left + self.size.width() + 12, self.pad, -8, -self.pad)
        if room.width() >= 24:
            self.paint_words(painter, row, room, ink, faint)

    def paint_before(self, painter: QPainter, row: R, room: QRect, faint: QColor) -> None:
        """Paint what stands left of the picture."""

    def paint_words(self, painter: QPainter, row: R, room: QRect, ink: QColor, faint: QColor) -> None:
        """Paint what stands right of the picture."""
        raise NotImplementedError

    def paint_title(self, painter: QPainter, row: R, room: QRect, ink: QColor) -> tuple[int, int]:
        """Paint the title at the top of a room; its right end, and the line it stands on."""
        painter.setFont(self.strong)
        painter.setPen(ink)
        metrics = QFontMetrics(self.strong)
        y = room.top() + metrics.ascent() + 2
        title = metrics.elidedText(single_line(row.title), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), y, title)
        return room.left() + metrics.horizontalAdvance(title), y


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a row: whether it is chosen, or the pointer is over it."""
    theme = current_theme()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(theme.selection.row))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(theme.surface.header))
