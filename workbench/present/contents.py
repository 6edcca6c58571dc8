"""What fills the screen where a stop shows no diagram: an evidence card, the risk matrix, a row of the log, a grid."""

from workbench.export.cards import capability_card_ops, card_ops, log_row_ops, matrix_card_ops
from workbench.present.card_view import Picture
from workbench.present.route import Step
from workbench.render.fonts import qt_measure
from workbench.render.theme import Theme
from workbench.store.store import Store


def picture_of(store: Store, step: Step, theme: Theme, screen: float, width: float, height: float) -> Picture:
    """The picture of a stop that shows no diagram, for room of a width and a height on a screen of a height."""
    measure, id = qt_measure(), step.subject
    if step.shows == "matrix":
        ops = matrix_card_ops(store, theme, measure, width, height, stage=screen)
    elif step.shows == "capability":
        ops = capability_card_ops(store, id, theme, measure, width, height, stage=screen)
    elif step.shows == "log":
        ops = log_row_ops(store, id, theme, measure, width, height, stage=screen)
    else:
        ops = card_ops(store, id, theme, measure, width, height, stage=screen)
    return Picture(width, height, ops, step.title)


def strip_of(store: Store, claim: str, theme: Theme, screen: float, width: float, height: float) -> Picture:
    """The card of a claim as a lower third of a screen of a height."""
    ops = card_ops(store, claim, theme, qt_measure(), width, height, stage=screen)
    return Picture(width, height, ops, "Evidence card")
