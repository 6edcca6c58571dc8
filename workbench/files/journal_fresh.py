"""A journal begun anew in the middle of a document's history, so that it never grows without end.

The document as it was some steps ago takes the place of all that came before; the steps since then stay steps, so that
they can be undone after a crash as before. Only how often something was edited before them is kept.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from workbench.files.canonical import canonical_bytes, plain_part
from workbench.files.header import Header
from workbench.files.journal_lines import diff_as_plain, line_of
from workbench.model.base import Record
from workbench.store.diff import Diff
from workbench.store.history import Entry
from workbench.values import value_type

NOT_TOLD: Final = "Earlier edit"
"""What a step is called whose words are not kept."""

Step = Mapping[str, Any]


@value_type(frozen=True, slots=True)
class Moment:
    """A document at one moment.

    Attributes:
        records: by id.
        done: steps that can be undone, oldest first; ``undone``: those that can be redone, the next one last.
        saved_after: the step whose result lies in the file; None where that is what was opened.
        unsaved: how many edits there were since.
    """

    records: Mapping[str, Record]
    done: Sequence[Entry]
    undone: Sequence[Entry]
    saved_after: Diff | None
    unsaved: int


@value_type(frozen=True, slots=True)
class FreshJournal:
    """What a journal begun anew consists of.

    Attributes:
        base: text of the document before the first of its steps.
        steps: what its lines say but the first; ``earlier``: how many unsaved edits are in none of them.
    """

    base: bytes
    steps: Sequence[Step]
    earlier: int


def begin_anew(now: Moment, header: Header, saved: Step | None, budget: int) -> FreshJournal:
    """A journal of a document as it is now.

    Args:
        now: the document.
        header: what its file says beside the records.
        saved: the line that says which file it was saved to; None while untitled.
        budget: bytes the steps that stay may have.
    """
    undone = [_step(entry) for entry in reversed(now.undone)]
    left = budget - sum(map(_size, undone))
    if left < budget // 2:  # what could be redone is given up before what could be undone
        undone, left = [], budget
    records, kept = dict(now.records), 0
    steps: list[Step] = []
    for entry in reversed(now.done):
        step = _step(entry)
        left -= _size(step)
        if left < 0 or not _take_back(records, entry.diff):
            break
        steps.append(step)
        kept += 1
    steps.reverse()
    since = _place_of(now) - (len(now.done) - kept)
    edits = kept + 2 * len(undone)
    if since >= 0 and saved is not None:
        steps.insert(since, saved)
    steps += [*undone, *[_undo(entry) for entry in now.undone[: len(undone)]]]
    earlier = max(1, now.unsaved - edits) if since < 0 else 0
    return FreshJournal(canonical_bytes(records.values(), header), steps, earlier)


def _place_of(now: Moment) -> int:
    """After how many steps the document was as its file is; -1 where it never was in the history there is."""
    if now.saved_after is None:
        return 0
    return next((place + 1 for place, entry in enumerate(now.done) if entry.diff is now.saved_after), -1)


def _step(entry: Entry) -> Step:
    told = {"do": "step", "label": entry.label, "joined": False, "before": list(entry.before)}
    return {**told, **diff_as_plain(entry.diff)}


def _undo(entry: Entry) -> Step:
    return {"do": "undo", "label": entry.label, **diff_as_plain(entry.diff.reverse())}


def _size(step: Step) -> int:
    try:
        return len(orjson.dumps(step, default=plain_part))
    except TypeError:  # a number beyond 64 bits
        return len(line_of(0, step))


def _take_back(records: dict[str, Record], diff: Diff) -> bool:
    """Take a step back; False, and nothing is done, where it does not end in these records."""
    changes = list(diff.before_and_after())
    if any(records.get(key) is not after and records.get(key) != after for key, _, after in changes):
        return False
    for key, before, _ in changes:
        if before is None:
            del records[key]
        else:
            records[key] = before
    return True
