"""The day it is for who works on a document."""

from datetime import UTC, date, datetime

from workbench.analysis.due_date import day_of
from workbench.session.session import Session


def today_of(session: Session) -> date:
    """The day of the session's signature on this computer's clock; the clock's own where nobody signs."""
    return day_of(session.signature()[1]) or datetime.now(UTC).date()
