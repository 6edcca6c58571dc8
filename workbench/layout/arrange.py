"""The arrangement that suits a diagram."""

from collections.abc import Callable

from workbench.layout.bowtie import arrange_bow_tie
from workbench.layout.graph import LayoutGraph, Plan
from workbench.layout.interrupt import interruptible
from workbench.layout.layered import arrange_layered
from workbench.store.collector import collector_paused


def arrange(graph: LayoutGraph, *, unwanted: Callable[[], bool] = lambda: False) -> Plan:
    """A bow-tie around the centre of a diagram, else layers from left to right.

    May run in a thread of its own. No garbage is collected meanwhile: it takes a fifth of the time, and must not be
    done beside the window's thread, to which much of what would be collected belongs.

    Args:
        graph: what the diagram draws.
        unwanted: asked now and then whether to give up.

    Raises:
        ArrangementInterrupted: ``unwanted`` said yes.
    """
    centres = [node.id for node in graph.nodes if node.kind == "top_event"]
    bow_tie = graph.focus in {node.id for node in graph.nodes} or len(centres) == 1
    with collector_paused(), interruptible(unwanted):
        return arrange_bow_tie(graph) if bow_tie else arrange_layered(graph)
