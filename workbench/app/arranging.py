"""Arranging a diagram beside the window, as one step that can be undone."""

from PySide6.QtWidgets import QWidget

from workbench.canvas.view import DiagramView
from workbench.commands.geometry import apply_plan
from workbench.model.drawing import Diagram
from workbench.panels.progress import work_beside
from workbench.session.session import Session


def arrange_diagram(session: Session, view: DiagramView, parent: QWidget) -> bool:
    """Arrange the diagram shown; the arrangement itself is found in a thread.

    What changes in the document meanwhile is never overwritten by a plan that does not know it: the diagram is then
    arranged anew.

    Returns:
        Whether it was arranged; not where the user cancelled, or the diagram is gone.
    """
    from workbench.layout.arrange import arrange
    from workbench.render.arrange import layout_graph
    from workbench.render.fonts import qt_measure

    store, id = session.store, session.diagram
    while id is not None and session.diagram == id and (diagram := store.find(id, Diagram)) is not None:
        view.flush()  # the picture is what is arranged
        revision = store.revision
        graph = layout_graph(view.scene.picture, qt_measure(), diagram.focus)
        plan, wanted = work_beside(
            lambda unwanted, graph=graph: arrange(graph, unwanted=unwanted),  # type: ignore[misc]
            title="Arrange",
            text=f"Finding a place for {len(graph.nodes):,} elements and {len(graph.links):,} lines.",
            parent=parent,
        )
        if plan is None or not wanted:
            return False
        if store.revision == revision and session.diagram == id:
            with store.transaction("Arrange") as tx:
                apply_plan(tx, id, plan)
            return True
    return False
