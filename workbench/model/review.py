"""What a review adds: stops of a presentation, comments, decisions, actions, votes, answers, merge conflicts."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field

from workbench.model.base import (
    CascadeRef,
    ClearRef,
    Coordinate,
    Count,
    Finite,
    Length,
    Line,
    Part,
    Record,
    Text,
    Title,
)
from workbench.model.ids import derived_id


class Camera(Part):
    """What part of a diagram is seen: its centre in scene units and the zoom factor.

    Attributes:
        width: how much of the scene is seen across, so that a screen of any size shows the same part; null: what
            ``zoom`` gives.
        height: the same, downwards.
    """

    x: Coordinate = 0.0
    y: Coordinate = 0.0
    zoom: Annotated[Finite, Field(gt=0, le=100)] = 1.0
    width: Length | None = None
    height: Length | None = None


StopShows = Literal["diagram", "evidence", "matrix", "log", "capability"]


class Stop(Record):
    """One step of a presentation. It owns no nodes, so it can never be empty.

    Attributes:
        diagram: the diagram shown, or the one behind an evidence card; null where none is.
        shows: what fills the screen: a diagram, one claim as a card, the risk matrix, one row of the hazard log, or a
            capability grid.
        subject: the claim, the hazard of the row, or the grid; null for a diagram and the matrix.
        order: fractional index among the stops; equal keys sort by id.
        camera: what part of the diagram is seen; null: all of it, or all that is highlighted.
        levels: how much is shown: 1 hazard and top event, 2 causes and consequences too, 3 controls, 4 degradation,
            5 evidence.
        highlighted: ids drawn at full strength while the rest is dimmed.
    """

    TYPE: ClassVar[str] = "stop"

    diagram: CascadeRef | None = None
    shows: StopShows = "diagram"
    subject: CascadeRef | None = None
    order: Line = ""
    title: Title = ""
    camera: Camera | None = None
    levels: Annotated[int, Field(ge=1, le=5)] = 5
    highlighted: tuple[ClearRef, ...] = ()
    notes: Text = ""


class Meeting(Record):
    """A review meeting and who was there.

    Attributes:
        agenda: titles of the stops of the route as it was when the meeting began.
        before: hash of the document when the meeting began, as the revisions name it; empty where none was kept.
        after: the same when it ended.
    """

    TYPE: ClassVar[str] = "meeting"

    title: Title = ""
    started_at: Line = ""
    ended_at: Line = ""
    attendees: tuple[Line, ...] = ()
    agenda: tuple[Line, ...] = ()
    before: Line = ""
    after: Line = ""


class Comment(Record):
    """A remark pinned to any record."""

    TYPE: ClassVar[str] = "comment"

    subject: CascadeRef
    meeting: ClearRef | None = None
    text: Text = ""
    by: Line = ""
    at: Line = ""
    state: Literal["open", "resolved"] = "open"


class Decision(Record):
    """Something the meeting decided, about any record or the whole project."""

    TYPE: ClassVar[str] = "decision"

    subject: ClearRef | None = None
    meeting: ClearRef | None = None
    text: Text = ""
    by: Line = ""
    at: Line = ""


class ActionItem(Record):
    """Work somebody took on.

    Attributes:
        due: the day it is to be done by, ISO 8601.
        closed_at: when it was done or dropped.
    """

    TYPE: ClassVar[str] = "action_item"

    subject: ClearRef | None = None
    meeting: ClearRef | None = None
    text: Text = ""
    owner: Line = ""
    due: Line = ""
    state: Literal["open", "done", "dropped"] = "open"
    at: Line = ""
    closed_at: Line = ""


class Vote(Record):
    """A show of hands."""

    TYPE: ClassVar[str] = "vote"

    subject: ClearRef | None = None
    meeting: ClearRef | None = None
    question: Text = ""
    agree: Count = 0
    disagree: Count = 0
    abstain: Count = 0
    by: Line = ""
    at: Line = ""


class Answer(Record):
    """A declared answer to a lint rule, or its suppression, for one subject."""

    TYPE: ClassVar[str] = "answer"

    subject: CascadeRef
    rule: Line = ""
    answer: Literal["yes", "no", "suppressed"] = "suppressed"
    reason: Text = ""
    by: Line = ""
    at: Line = ""

    @classmethod
    def of(cls, rule: str, subject: str) -> Self:
        """An answer with the id that follows from rule and subject."""
        return cls(id=derived_id("answer", rule, subject), rule=rule, subject=subject)


class Conflict(Record):
    """An unsettled merge conflict: ours stands in the document, theirs waits here.

    Attributes:
        subject: the record both sides changed; it may be gone on one side, so this is no reference.
        field: the field they disagree on; dotted for an entry of a part, empty for the record as a whole.
        base: the value before both changes; null where there was none. ``ours`` and ``theirs`` likewise.
        brings: records by type and id that come along where ``theirs`` brings the record back: what stands on it.
    """

    TYPE: ClassVar[str] = "conflict"

    subject: Line = ""
    subject_type: Line = ""
    field: Line = ""
    base: Any = None
    ours: Any = None
    theirs: Any = None
    brings: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)

    @classmethod
    def of(cls, subject: str, field: str) -> Self:
        """A conflict with the id that follows from what it is about."""
        return cls(id=derived_id("conflict", subject, field), subject=subject, field=field)
