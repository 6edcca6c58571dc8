"""Ratings that a merge would carry under another risk scheme than the one they were made in.

A category's code means what its scheme says. Where one side takes another scheme, and with it re-maps every rating it
has, a rating the other side made meanwhile is a code of the old scheme: nobody has said what it is in the new one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from workbench.model.base import Record
from workbench.model.elements import Cause
from workbench.model.judgement import PROJECT_ID, Assessment, Project, RiskScheme

Side = Mapping[str, Record]

RATED: Final = (Assessment, Cause)


def foreign_ratings(base: Side, side: Side, merged: Side) -> Iterator[tuple[str, str]]:
    """Ratings that ``side`` made or changed, where its categories are not those of the merged document.

    Yields:
        Id, and the field that holds the rating: ``likelihood`` of a cause, nothing for an assessment as a whole.
    """
    own = _categories(side)
    if own == _categories(merged):
        return
    for key, record in side.items():
        if isinstance(record, RATED) and _rating(record) not in (None, _rating(base.get(key))):
            yield key, "likelihood" if isinstance(record, Cause) else ""


def _rating(record: Record | None) -> Any:
    """The categories a record names; None for none."""
    if isinstance(record, Assessment):
        return (record.severity, record.frequency) if record.severity or record.frequency else None
    if isinstance(record, Cause) and record.likelihood is not None:
        return record.likelihood.category or None
    return None


def _categories(side: Side) -> tuple[tuple[str, str], ...]:
    """Code and name of every category of the scheme in force; none where the project has no scheme of its own."""
    project = side.get(PROJECT_ID)
    scheme = side.get(project.risk_scheme) if isinstance(project, Project) and project.risk_scheme else None
    if not isinstance(scheme, RiskScheme):
        return ()
    return tuple((one.code, one.name) for one in (*scheme.severities, *scheme.frequencies))
