"""Looking at the diagram through the session's lens: what does not belong to it is dimmed."""

from collections.abc import Callable, Mapping

from workbench.analysis.lens import belongs_to, hazards_in, matters, tinted
from workbench.model.elements import ImpactDimension, TopEvent
from workbench.render.build_parts import belongs_id
from workbench.session.session import Lens, Session
from workbench.store.diff import Change
from workbench.store.store import Store

Tints = Mapping[str, tuple[ImpactDimension, ...]]
"""Impact dimensions by id."""
Show = Callable[[frozenset[str] | None, Tints], None]


class Looking:
    """Follows the lens for one view."""

    def __init__(self, session: Session, show: Show) -> None:
        """Start following.

        Args:
            session: whose lens it is.
            show: takes the ids at full strength, or None where nothing is dimmed; and what is tagged with which
                impact dimensions.
        """
        self._session = session
        self._show = show
        self._clear: frozenset[str] | None = None
        self._tints: Tints = {}
        self._stale = False
        session.lens_changed.connect(self.again)
        session.store.changed.connect(self._on_change)

    def close(self) -> None:
        """Stop following."""
        self._session.lens_changed.disconnect(self.again, missing_ok=True)
        self._session.store.changed.disconnect(self._on_change, missing_ok=True)

    def _on_change(self, change: Change) -> None:
        self._stale = self._stale or any(matters(old, new) for _, old, new in change.diff.before_and_after())

    def follow(self) -> None:
        """The document has changed: walk its pathways again, where they or their hazards did."""
        if self._stale:
            self.again()

    def again(self, _lens: Lens | None = None) -> None:
        """The lens or the diagram has changed."""
        self._stale = False
        lens, store = self._session.lens, self._session.store
        tints: Tints = tinted(store) if lens is not None and lens.coloured else {}
        clear = seen_through(store, lens, tints) if lens is not None else None
        if (clear, tints) != (self._clear, self._tints):
            self._clear, self._tints = clear, tints
            self._show(clear, tints)


def seen_through(store: Store, lens: Lens, tints: Tints) -> frozenset[str]:
    """Ids of everything drawn that belongs to a lens, the lines between hazards and their top events included."""
    if lens.coloured:
        found = frozenset(tints)
    else:
        found = belongs_to(store, lens.hazards if lens.dimension is None else hazards_in(store, lens.dimension))
    return found | {belongs_id(id) for id in found if isinstance(store.get(id), TopEvent)}
