"""A scene of a part of what another one shows: what is known of the whole is taken over, not worked out again."""

from typing_extensions import override

from workbench.canvas.scene import Scene, extent
from workbench.render.picture import DiagramPicture


class PartScene(Scene):
    """A scene of its own, made from the scene of all; from then on it follows changes by itself."""

    def __init__(self, picture: DiagramPicture, whole: Scene) -> None:
        """Index a picture.

        Args:
            picture: what is drawn: some of the whole, perhaps without badges and gaps.
            whole: a scene of everything, in step with the document.
        """
        self._whole: Scene | None = whole
        super().__init__(picture)
        self._whole = None

    @override
    def _fill(self) -> None:
        assert self._whole is not None
        picture, whole = self.picture, self._whole.picture
        self._filed = {**picture.nodes, **picture.bars, **picture.links}
        self.index = self._whole.index.part(self._filed)
        for id, link in picture.links.items():
            self._file(id, link)
            if link is not whole.links[id] and whole.links[id].badge is not None:  # without it the line covers less
                self.index.put(id, extent(link), link.path)
        for id, node in picture.nodes.items():
            if node.hangs_on:
                self._file(id, node)
            if node is not whole.nodes[id]:
                self.index.put(id, extent(node))
        for id, bar in picture.bars.items():
            if bar is not whole.bars[id]:
                self.index.put(id, extent(bar))
