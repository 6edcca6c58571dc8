"""The plain way to show the same diagram: a QGraphicsView with one item for each element and each link.

As an unhurried programmer would write it: a Python item that draws a rounded box and its title, one antialiased cubic
path item for each link, the view's default settings.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsScene, QGraphicsView


class BoxItem(QGraphicsItem):
    """One element."""

    def __init__(self, title, w, h, fill):
        super().__init__()
        self.title, self.rect, self.fill = title, QRectF(-w / 2, -h / 2, w, h), QColor(fill)
        self.edges = []
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)

    def boundingRect(self):
        return self.rect.adjusted(-1, -1, 1, 1)

    def paint(self, painter, option, widget=None):
        painter.setPen(QPen(QColor("#334455"), 1.0))
        painter.setBrush(self.fill)
        painter.drawRoundedRect(self.rect, 5, 5)
        painter.setPen(QColor("#111111"))
        painter.drawText(self.rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.title)

    def itemChange(self, change, value):
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            for edge in self.edges:
                edge.adjust()
        return super().itemChange(change, value)


class EdgeItem(QGraphicsPathItem):
    """One link."""

    def __init__(self, source, target):
        super().__init__()
        self.source, self.target = source, target
        source.edges.append(self)
        target.edges.append(self)
        self.setPen(QPen(QColor("#5B6675"), 1.2))
        self.setZValue(-1)
        self.adjust()

    def adjust(self):
        a, b = self.source.pos(), self.target.pos()
        path = QPainterPath(a)
        middle = (a.x() + b.x()) / 2
        path.cubicTo(QPointF(middle, a.y()), QPointF(middle, b.y()), b)
        self.setPath(path)


def make_baseline(scene, elements):
    """A view of the same size and positions: as many boxes as the project has elements, an edge for every link.

    Args:
        elements: how many items to make at most; controls stand where their first bars stand.
    """
    graphics = QGraphicsScene()
    items = {}
    for node in scene.picture.nodes.values():
        items[node.id] = BoxItem(node.title, node.box.w, node.box.h, "#E8F2FF")
        items[node.id].setPos(node.box.x, node.box.y)
    seen = set()
    for bar in scene.picture.bars.values():
        if bar.control not in seen:
            seen.add(bar.control)
            items[bar.id] = BoxItem(bar.title, 108, 48, "#FFFFFF")
            items[bar.id].setPos(bar.x, bar.y)
    for item in items.values():
        graphics.addItem(item)
    for link in scene.picture.links.values():
        if link.source in items and link.target in items:
            graphics.addItem(EdgeItem(items[link.source], items[link.target]))
    view = QGraphicsView(graphics)
    graphics.setParent(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
    return view, items
