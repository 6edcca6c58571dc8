"""Lights one pathway of the diagram after the other, through what is selected or under the pointer."""

from workbench.analysis.pathways import number_of, pathway_of
from workbench.canvas.shown_view import ShownView
from workbench.commands.names import describe


class PathwayLight:
    """Remembers which pathway of one view is lit."""

    def __init__(self, view: ShownView) -> None:
        """Start with none."""
        self._view = view
        self._target = ""
        self._turn = 0
        self._lit: frozenset[str] = frozenset()

    def next(self) -> None:
        """Light the first pathway through what is meant; of the same thing again, the next one."""
        view, session = self._view, self._view.session
        hit = view.overlay.hit
        burning = bool(self._lit) and view.lit == self._lit
        target = session.primary or (hit.id if hit is not None else "") or (self._target if burning else "")
        if not target:
            session.notice.emit("Select an element, or point at one, to light the pathway through it.")
            return
        self._turn = self._turn + 1 if burning and target == self._target else 0
        self._target = target
        view.flush()
        here = view.sync.builder.picture.nodes.keys() if view.sync.builder is not None else ()
        count = number_of(session.store, target, here)
        found = pathway_of(session.store, target, self._turn, here)
        if found is None:
            session.notice.emit("No pathway of this diagram leads through this.")
            return
        self._lit = found.ids
        view.light(found.ids)
        ends = f"{describe(session.store, found.steps[0])} → {describe(session.store, found.steps[-1])}"
        more = f"Pathway {self._turn % count + 1} of {count}: " if count > 1 else "Pathway: "
        session.notice.emit(f"{more}{ends}. Esc ends.")
