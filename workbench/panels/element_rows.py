"""Elements as rows of the command palette."""

from functools import partial

from workbench.analysis.fuzzy import best
from workbench.analysis.words import sign_of, title_of
from workbench.commands.delete import diagrams_drawing
from workbench.commands.find import elements
from workbench.model.base import record_type
from workbench.model.elements import Guard
from workbench.model.kinds import label
from workbench.panels.command_palette import CommandRow
from workbench.panels.icons import glyph_icon
from workbench.panels.style import current_theme
from workbench.session.session import Session

_MOST = 20


def element_rows(session: Session, text: str) -> list[CommandRow]:
    """The elements whose code or title fits ``text`` best; running one selects and reveals it."""
    theme = current_theme()
    found = best(text, ((f"{e.code} {e.title[:300]}", e) for e in elements(session.store)), _MOST)
    return [
        CommandRow(
            title=title_of(element),
            run=partial(show, session, element.id),
            where=label(record_type(element)),
            code=element.code,
            picture=glyph_icon(sign_of(session.store, element), theme),
        )
        for element in found
    ]


def show(session: Session, id: str) -> None:
    """Select an element and bring it into view, on another diagram where it has to be; a control on a line of it."""
    if id not in session.store:
        return
    places = [guard.id for guard in session.store.referrers(id, Guard, "control")] or [id]
    drawn = [(place, sheet) for place in places for sheet in diagrams_drawing(session.store, place)]
    here = [place for place, sheet in drawn if sheet == session.diagram]
    if drawn and not here:
        session.set_diagram(drawn[0][1])
    shown = here[0] if here else drawn[0][0] if drawn else places[0]
    session.select([shown])
    session.reveal.emit((shown,))
