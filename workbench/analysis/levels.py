"""Five levels of detail: how much of a diagram is shown, in the order in which a bow-tie is told to people."""

from collections.abc import Iterable
from typing import Final

from workbench.model.base import record_type
from workbench.model.elements import Control, Guard, Link, Note
from workbench.model.judgement import Assessment, RiskAcceptance
from workbench.model.runs import Evidence
from workbench.store.reader import Reader

LEVELS: Final = (1, 2, 3, 4, 5)
ALL: Final = 5
"""Nothing is left out."""

LEVEL_TITLES: Final[dict[int, str]] = {
    1: "Hazard and top event",
    2: "Causes and consequences",
    3: "Controls",
    4: "Degradation",
    5: "Evidence",
}
"""What each level adds to those before it."""

_OF_KIND: Final[dict[str, int]] = {
    "hazard": 1,
    "top_event": 1,
    "cause": 2,
    "consequence": 2,
    "gate": 2,
    "note": 2,
    "control": 3,
    "degradation_factor": 4,
    "evidence": 5,
}
_OF_LINK: Final[dict[str, int]] = {"leads_to": 1, "belongs": 1, "annotates": 2, "degrades": 4}
_JUDGED: Final = (Assessment, RiskAcceptance)


def level_of_kind(kind: str) -> int:
    """The first level at which elements of a kind are shown."""
    return _OF_KIND.get(kind, 1)


def level_of_link(kind: str, ends: Iterable[int] = ()) -> int:
    """The first level at which a line is shown.

    Args:
        kind: of the link, or ``belongs``.
        ends: the levels of what it joins; a line is never shown without both.
    """
    return max(_OF_LINK.get(kind, 1), *ends, 1)


def level_of(reader: Reader, id: str) -> int:
    """The first level at which a record is shown wherever it is drawn; 1 for what is shown at all of them.

    A note is shown with the first thing it is about.
    """
    record = reader.get(id)
    if isinstance(record, Note):
        about = [link.target for link in reader.referrers(id, Link, "source") if link.kind == "annotates"]
        return max(2, min((level_of(reader, target) for target in about), default=2))
    if isinstance(record, Link):
        if record.kind == "annotates":
            return level_of_link(record.kind, (level_of(reader, record.source), level_of(reader, record.target)))
        return level_of_link(record.kind, [level_of_kind(_kind(reader, end)) for end in (record.source, record.target)])
    if isinstance(record, Guard):
        line = reader.find(record.subject, Link)
        return 4 if line is not None and line.kind == "degrades" else 3
    if isinstance(record, Control):
        return min((level_of(reader, guard.id) for guard in reader.referrers(id, Guard, "control")), default=3)
    if isinstance(record, Evidence):
        return ALL
    if isinstance(record, _JUDGED):
        return level_of(reader, record.subject)
    return level_of_kind(record_type(record)) if record is not None else 1


def hidden_words(level: int) -> str:
    """What a level leaves out, in words; empty where that is nothing."""
    left = [LEVEL_TITLES[one].lower() for one in LEVELS if one > level]
    return left[0] if len(left) == 1 else f"{', '.join(left[:-1])} and {left[-1]}" if left else ""


def _kind(reader: Reader, id: str) -> str:
    record = reader.get(id)
    return record_type(record) if record is not None else ""
