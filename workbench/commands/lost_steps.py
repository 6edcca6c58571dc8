"""What a window that crashed had done, in the words of the history: ``Add hazard “Copied keys”``."""

from workbench.commands.step_words import step_words
from workbench.files.errors import ProjectFileError
from workbench.files.journal_fresh import NOT_TOLD
from workbench.files.recovery import Recoverable, Step
from workbench.store.store import Store


def lost_steps(left: Recoverable) -> list[str]:
    """What was done since the last save, oldest first, each with what it was done to.

    What was typed into one text counts once, as in the undo menu. Nothing is changed on the disk.

    Returns:
        As far as the edits can be brought back.
    """
    told: list[str] = []
    try:
        for step, store in left.replayed():
            if step is not None and step.get("joined") and told:
                told.pop()
            told.append(_words(store, step) if step is not None else NOT_TOLD)
    except ProjectFileError:
        return told
    return told


def _words(store: Store, step: Step) -> str:
    """A step that was just done; what was undone is told as what it had been."""
    history = store.history
    undone = step["do"] == "undo"
    entries = history.undone if undone else history.done
    label = str(step.get("label", ""))
    words = step_words(store, entries[-1].label, entries[-1].diff) if entries else label
    return f"{str(step['do']).capitalize()}: {words}" if step["do"] != "step" else words
