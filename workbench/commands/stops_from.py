"""Stops made from what a project holds: its hazards, pathways, findings, claims, and what changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final

from workbench.analysis.change_rows import WORD, Changes, Row
from workbench.analysis.findings import Finding
from workbench.analysis.lens import belongs_to
from workbench.analysis.lint.place import standing_on
from workbench.analysis.lint.registry import RULES
from workbench.analysis.pathways import Pathway, pathways_on
from workbench.analysis.stops import claim_name
from workbench.commands.delete import diagrams_drawing
from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.commands.stops import Draft, add_stops
from workbench.evidence.standing import subject_verdicts
from workbench.model.base import Record
from workbench.model.codes import code_key
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Control, Element, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import CapabilityGrid
from workbench.model.runs import Evidence
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction

MOST: Final = 60
"""Stops that are made at once; nobody presents more, and a diagram may have thousands of pathways."""
_TITLE: Final = 200
_RULE: Final = {rule.id: rule for rule in RULES}


def from_hazards(tx: Transaction, hazards: Iterable[str] | None = None, after: str | None = None) -> list[str]:
    """A stop for each hazard: the part of its diagram that belongs to it.

    Args:
        tx: the change under way.
        hazards: their ids; None: all of the project.
        after: the stop behind which the new ones stand; None: at the end.

    Raises:
        CommandError: there is no hazard on any diagram.
    """
    wanted = set(hazards) if hazards is not None else None
    found = [one for one in _hazards(tx) if wanted is None or one.id in wanted]
    drafts = [draft for hazard in found if (draft := _of_hazard(tx, hazard)) is not None]
    return _made(tx, drafts, after, "No hazard stands on a diagram; add one first.", "hazards")


def from_pathways(tx: Transaction, diagram: str, after: str | None = None) -> list[str]:
    """A stop for each pathway of a diagram, from a cause over a top event to a consequence.

    Raises:
        CommandError: the diagram has none.
    """
    found = list(islice(pathways_on(tx, diagram), MOST + 1))
    drafts = [_of_pathway(tx, diagram, pathway) for pathway in found]
    return _made(tx, drafts, after, "No pathway of this diagram leads from a cause to a consequence.", "pathways")


def from_findings(tx: Transaction, findings: Iterable[Finding], after: str | None = None) -> list[str]:
    """A stop for each open finding that is seen on a diagram.

    Raises:
        CommandError: there is none.
    """
    open_ones = [finding for finding in findings if finding.open]
    drafts = [draft for finding in open_ones if (draft := _of_finding(tx, finding)) is not None]
    if drafts and len(drafts) < len(open_ones):
        unseen = len(open_ones) - len(drafts)
        tx.notices.append(f"{unseen} {'finding is' if unseen == 1 else 'findings are'} seen on no diagram.")
    return _made(tx, drafts, after, "No finding is seen on a diagram.", "findings")


def from_changes(tx: Transaction, changes: Changes, since: str, after: str | None = None) -> list[str]:
    """A stop for each change of meaning that can be seen, and what was removed or cannot be seen in the notes.

    Args:
        tx: the change under way, on the later version.
        changes: what differs.
        since: what the earlier version is called, such as ``revision 3``.
        after: the stop behind which the new ones stand; None: at the end.

    Raises:
        CommandError: nothing changed but where things stand, or there is no diagram to show it on.
    """
    drafts: list[Draft] = []
    gone: defaultdict[str, list[Row]] = defaultdict(list)
    for row in changes.rows:
        if row.layout:
            continue
        draft = _of_change(tx, changes, row, since) if row.mark != "removed" else None
        if draft is not None:
            drafts.append(draft)
        else:
            gone[next(iter(_still_there(tx, changes.places(row))), "")].append(row)
    first = next(iter(_still_there(tx, [sheet.id for sheet in tx.all(Diagram)])), None)
    drafts += [_of_others(sheet or first, gone[sheet], since) for sheet in sorted(gone, reverse=True)]
    return _made(tx, drafts, after, f"Nothing but places on diagrams changed since {since}.", "changes")


def from_claims(tx: Transaction, claims: Iterable[str] | None = None, after: str | None = None) -> list[str]:
    """An evidence card for each claim.

    Args:
        tx: the change under way.
        claims: their ids; None: all of the project.
        after: the stop behind which the new ones stand; None: at the end.

    Raises:
        CommandError: there is no claim.
    """
    wanted = set(claims) if claims is not None else None
    found = [claim for claim in tx.all(Evidence) if wanted is None or claim.id in wanted]
    drafts = [
        Draft(
            claim_name(tx, claim)[:_TITLE],
            _diagram_of(tx, claim.subject),
            "evidence",
            claim.id,
            notes=_said_of(tx, claim),
        )
        for claim in found
    ]
    return _made(tx, drafts, after, "There is no claim yet; attach a run first.", "claims")


def from_matrix(tx: Transaction, after: str | None = None) -> list[str]:
    """A stop with the risk matrix."""
    return add_stops(tx, [Draft("Risk matrix", shows="matrix")], after)


def from_log(tx: Transaction, hazards: Iterable[str] | None = None, after: str | None = None) -> list[str]:
    """A stop with the row of the hazard log of each hazard.

    Raises:
        CommandError: there is no hazard.
    """
    wanted = set(hazards) if hazards is not None else None
    drafts = [
        Draft(f"Hazard log: {name_of(hazard)}", _diagram_of(tx, hazard.id), "log", hazard.id)
        for hazard in _hazards(tx)
        if wanted is None or hazard.id in wanted
    ]
    return _made(tx, drafts, after, "There is no hazard yet; add one first.", "hazards")


def from_grids(tx: Transaction, after: str | None = None) -> list[str]:
    """A stop with each capability grid.

    Raises:
        CommandError: there is none.
    """
    grids = sorted(tx.all(CapabilityGrid), key=lambda grid: (grid.title, grid.id))
    drafts = [Draft(name_of(grid), shows="capability", subject=grid.id) for grid in grids]
    return _made(tx, drafts, after, "There is no capability grid yet; make one first.", "grids")


def _made(tx: Transaction, drafts: list[Draft], after: str | None, none: str, what: str) -> list[str]:
    if not drafts:
        raise CommandError(none)
    if len(drafts) > MOST:
        tx.notices.append(f"There are more {what}; stops were made of the first {MOST}.")
    return add_stops(tx, drafts[:MOST], after)


def _hazards(reader: Reader) -> list[Hazard]:
    return sorted(reader.all(Hazard), key=lambda hazard: (code_key(hazard.code), hazard.id))


def _of_hazard(reader: Reader, hazard: Hazard) -> Draft | None:
    diagram = _diagram_of(reader, hazard.id)
    events = [event.id for event in reader.referrers(hazard.id, TopEvent, "hazard")]
    for event in events:  # the diagram in whose centre it stands tells the most
        sheets = [sheet for sheet in diagrams_drawing(reader, event) if _focus(reader, sheet) in (event, hazard.id)]
        diagram = sheets[0] if sheets else diagram
    if diagram is None:
        return None
    belongs = belongs_to(reader, [hazard.id])
    drawn = _drawn(reader, diagram, belongs)
    others = any(place.subject not in belongs for place in reader.referrers(diagram, Placement, "diagram"))
    return Draft(name_of(hazard), diagram, highlighted=drawn if others else (), notes=hazard.description)


def _focus(reader: Reader, diagram: str) -> str | None:
    sheet = reader.find(diagram, Diagram)
    return sheet.focus if sheet is not None else None


def _of_pathway(reader: Reader, diagram: str, pathway: Pathway) -> Draft:
    ends = [name_of(record) for id in (pathway.steps[0], pathway.steps[-1]) if (record := reader.get(id)) is not None]
    controls = {guard.control for id in pathway.ids if (guard := reader.find(id, Guard)) is not None}
    named = sorted((control for id in controls if (control := reader.find(id, Control)) is not None), key=_code)
    notes = "Controls on the way:\n" + "\n".join(name_of(control) for control in named) if named else "No control."
    return Draft(" → ".join(ends)[:_TITLE], diagram, highlighted=_drawn(reader, diagram, pathway.ids), notes=notes)


def _of_finding(reader: Reader, finding: Finding) -> Draft | None:
    place = standing_on(reader, finding.element)
    record = reader.get(place)
    diagram = place if isinstance(record, Diagram) else _diagram_of(reader, place)
    if record is None or diagram is None:
        return None
    rule = _RULE.get(finding.rule)
    notes = "\n\n".join(part for part in (finding.message, rule.explanation if rule is not None else "") if part)
    lit = () if isinstance(record, Diagram) else _drawn(reader, diagram, {place})
    return Draft(finding.message[:_TITLE], diagram, highlighted=lit, notes=notes)


def _of_change(reader: Reader, changes: Changes, row: Row, since: str) -> Draft | None:
    diagram = next(iter(_still_there(reader, changes.places(row))), None)
    if diagram is None:
        return None
    if isinstance(reader.get(row.id), Diagram):
        lit: tuple[str, ...] = ()
    else:
        lit = _drawn(reader, diagram, set(changes.drawn(row)))
        if not lit:
            return None
    notes = "\n".join((f"{WORD[row.mark]} since {since}.", *row.lines))
    return Draft(f"{WORD[row.mark]}: {row.title}"[:_TITLE], diagram, highlighted=lit, notes=notes)


def _of_others(diagram: str | None, rows: list[Row], since: str) -> Draft:
    """What cannot be pointed at: what was removed from a diagram, or stands on none."""
    word = "Removed" if all(row.mark == "removed" for row in rows) else "Also changed"
    count = f"{len(rows)} {'thing' if len(rows) == 1 else 'things'}"
    notes = [line for row in rows for line in (f"{WORD[row.mark]}: {row.title}", *(f"  {one}" for one in row.lines))]
    title = f"{word} since {since}: {count}"[:_TITLE]
    return Draft(title, diagram, "diagram" if diagram is not None else "matrix", notes="\n".join(notes))


def _said_of(reader: Reader, claim: Evidence) -> str:
    """What a claim comes to, one sentence, and what weakens it."""
    for one in subject_verdicts(reader, claim.subject):
        if one.evidence.id == claim.id:
            return "\n".join((one.reason, *one.stale, *one.doubts))
    return ""


def _still_there(reader: Reader, diagrams: Collection[str]) -> Iterator[str]:
    sheets = [sheet for id in diagrams if (sheet := reader.find(id, Diagram)) is not None]
    return (sheet.id for sheet in sorted(sheets, key=lambda sheet: (sheet.order, sheet.id)))


def _diagram_of(reader: Reader, id: str) -> str | None:
    """The first diagram that draws something, or draws what it is about."""
    record = reader.get(id)
    if not isinstance(record, Element | Link | Guard):
        id = standing_on(reader, id)
    return next(iter(diagrams_drawing(reader, id)), None) if id else None


def _drawn(reader: Reader, diagram: str, ids: Collection[str]) -> tuple[str, ...]:
    """Those of some records that a diagram may draw, what is named first first: elements, lines, controls on lines."""
    here = {place.subject for place in reader.referrers(diagram, Placement, "diagram")}
    found: list[tuple[int, str]] = []
    for id in ids:
        record = reader.get(id)
        if isinstance(record, Element) and (id in here or isinstance(record, Control)):
            if isinstance(record, Control) and id not in here and any(_guards(reader, id, ids)):
                continue  # its bars are named themselves
            found.append((0, id))
        elif isinstance(record, Link) and record.source in here:
            found.append((1, id))
        elif isinstance(record, Guard) and _on(reader, record.subject, here):
            found.append((2, id))
    return tuple(id for _, id in sorted(found))


def _guards(reader: Reader, control: str, ids: Collection[str]) -> Iterator[str]:
    return (guard.id for guard in reader.referrers(control, Guard, "control") if guard.id in ids)


def _on(reader: Reader, subject: str, here: Collection[str]) -> bool:
    link = reader.find(subject, Link)
    return subject in here or (link is not None and link.source in here)


def _code(record: Record) -> tuple[tuple[str, int, str], str]:
    return code_key(getattr(record, "code", "")), record.id
