"""Turning to the diagram on which something is drawn."""

from collections.abc import Iterable

from workbench.commands.delete import diagrams_drawing
from workbench.session.session import Session


def turn_to(session: Session, ids: Iterable[str]) -> None:
    """Show a diagram that draws one of some records, where the one shown draws none; what is selected stays so."""
    drawn = [sheet for id in ids for sheet in diagrams_drawing(session.store, id)]
    if drawn and session.diagram not in drawn:
        kept = session.selection
        session.set_diagram(drawn[0])
        session.select(kept)
