"""How much of a session's diagram is shown, and at what strength: levels of detail, lens, light."""

from collections.abc import Iterable
from typing import Final

from workbench.canvas.camera_view import SHARP_BELOW
from workbench.canvas.ghosts import Part
from workbench.canvas.looking import Looking, Tints
from workbench.canvas.stage import Stage
from workbench.canvas.sync import Sync
from workbench.model.elements import Guard
from workbench.render.picture import BarPicture, LinkPicture, NodePicture
from workbench.store.collector import collector_paused

_ALL: Final = 5
_CONTROLS: Final = 3


class ShownView(Stage):
    """A view that can leave out what is above a level of detail, and dim what is not meant.

    Attributes:
        sync: keeps the picture in step with the document.
    """

    sync: Sync
    _looking: Looking

    _through: tuple[frozenset[str] | None, Tints] = (None, {})
    _meant: frozenset[str] = frozenset()

    # levels

    @property
    def levels(self) -> int:
        """How much is shown, from 1 (hazard and top event) to 5 (everything); never saved."""
        return self.sync.level

    def set_levels(self, level: int) -> None:
        """Show more or less of the diagram; what stays does not move. What is hidden is selected no longer."""
        level = min(max(level, 1), _ALL)
        if level == self.sync.level:
            return
        if level < self.sync.level:
            self.cancel()
        self.sync.flush()
        builder = self.sync.builder
        if level < self.sync.level and builder is not None and self.session.selection:
            from workbench.render.levels import drawn_level  # noqa: PLC0415 - the first picture shows everything

            whole = builder.picture
            self.session.select(id for id in self.session.selection if (drawn_level(whole, id) or 1) <= level)
        self.sync.level = level
        with collector_paused():  # as while a picture is built: nothing is made but what stays
            self.take_in_all()
        self.levels_changed.emit(self.sync.level)

    def show_ids(self, ids: Iterable[str]) -> None:
        """Show more, where some things could not be seen otherwise, or nothing at all could."""
        self.sync.flush()
        seen = self.sync.seen
        if seen is None:
            return
        from workbench.render.levels import drawn_level, telling_level  # noqa: PLC0415 - as above

        first = [drawn_level(seen.whole, id) or 1 for id in ids]
        if not seen.picture.nodes and not seen.picture.bars:
            first.append(telling_level(seen.whole, seen.level))
        needed = max(first, default=1)
        if needed > self.sync.level:
            self.set_levels(needed)
            self.session.notice.emit(f"Level of detail {needed} of {_ALL}, to show what is meant.")

    def show_controls(self) -> None:
        """Show the controls on lines, where the level of detail leaves them out."""
        if self.sync.level < _CONTROLS:
            self.set_levels(_CONTROLS)

    def _shown_part(
        self, nodes: dict[str, NodePicture], bars: dict[str, BarPicture], links: dict[str, LinkPicture]
    ) -> Part:
        """What of a preview is shown."""
        seen = self.sync.seen
        if seen is None:
            return Part(nodes, bars, links)
        return Part(
            {id: node for id, one in nodes.items() if (node := seen.node(one)) is not None},
            {id: bar for id, one in bars.items() if (bar := seen.bar(one)) is not None},
            {id: link for id, one in links.items() if (link := seen.link(one)) is not None},
        )

    # light

    @property
    def lit(self) -> frozenset[str]:
        """Ids of the records that are lit; empty where nothing is."""
        return self._meant

    def light(self, ids: Iterable[str]) -> None:
        """Show some records at full strength, lines on ribbons, and the rest dimmed; none: everything alike again."""
        meant = frozenset(ids)
        if meant != self._meant:
            self._meant = meant
            self._see()
            self.light_changed.emit()

    def _look_through(self, clear: frozenset[str] | None, tints: Tints) -> None:
        self._through = (clear, tints)
        self._see(again=True)

    def _see(self, *, again: bool = False) -> None:
        """Dim what neither the lens nor the light leaves at full strength; light comes before a lens."""
        clear, tints = self._through
        if self._meant:
            from workbench.render.lighting import lit_on  # noqa: PLC0415 - nothing is lit in the first picture

            clear = lit_on(self.scene.picture, self._meant) or clear
        if again or clear != self.artist.clear:
            self.artist.look_through(clear, tints)
            self.minimap.forget(at_once=len(self.scene) < SHARP_BELOW)
            self._show_ribbons()
            self.refresh()

    def _follow_what_is_shown(self) -> None:
        """The picture is another: walk the lens's pathways anew, light what is there now, show what is selected."""
        self._looking.follow()
        self._see()
        self.show_ids(self.session.selection)

    def _show_ribbons(self) -> None:
        """Ribbons lie under lines that are selected or lit, and under all lines of the control hovered."""
        scene = self.scene
        lit = {id for id in self.session.selection if scene.link(id) is not None}
        if self._meant and self.artist.clear is not None:
            lit |= self.artist.clear & scene.picture.links.keys()
        hit = self.overlay.hit
        if hit is not None and scene.link(hit.id) is not None:
            lit.add(hit.id)
        bar = scene.bar(hit.id) if hit is not None else None
        if bar is not None:
            guards = self.session.store.referrers(bar.control, Guard, "control")
            lit |= {line for guard in guards if (line := scene.line_of(guard.id))}
        changed = lit ^ set(self.artist.lit)
        if changed:
            self.artist.lit = frozenset(lit)
            self.repaint_things(scene.index.rect(id) for id in changed)
