"""Changing cells of the hazard log: what a person writes in a row becomes elements, lines and guards.

The log is a view on the diagram: an entry added to a row is linked with the hazard and stands on the diagrams that show
it; an entry taken out of a row loses its line, and the element goes where it then stands nowhere.
"""

from collections.abc import Iterable, Sequence

from workbench.analysis.hazard_log import GROUP_OF, KIND_OF, listed, roots_of
from workbench.analysis.risk import scheme_of
from workbench.commands.connect import connect
from workbench.commands.create import place
from workbench.commands.delete import delete_everywhere
from workbench.commands.errors import CommandError
from workbench.commands.guards import insert_control
from workbench.commands.log_names import Names
from workbench.commands.names import name_of
from workbench.files.log_text import Entry, entry_of
from workbench.model.drawing import Placement
from workbench.model.elements import Control, Element, Guard, Hazard, Link
from workbench.model.judgement import Assessment, OddCategory, Phase
from workbench.model.kinds import IMPACT_DIMENSIONS
from workbench.store.transaction import Transaction

_ASIDE, _ROW = 420.0, 120.0
"""Scene units from the hazard to the column of its causes or effects, and from one of them to the next."""


def set_text(tx: Transaction, hazard: str, column: str, text: str) -> None:
    """Give a hazard another title, source, description, owner, status or code.

    Raises:
        CommandError: another hazard has the code.
    """
    if column == "code":
        twins = [other for other in tx.all(Hazard) if other.code == text.strip() and other.id != hazard]
        if twins and text.strip():
            raise CommandError(f"{name_of(twins[0])} has this code already; give another.")
        text = text.strip()
    tx.patch(hazard, **{column: text if column == "description" else text.strip()})


def entries_of(kind: str, lines: Iterable[str]) -> list[Entry]:
    """What the lines of a cell name; empty lines name nothing."""
    return [entry_of(kind, line.strip()) for line in lines if line.strip()]


def set_list(
    tx: Transaction, hazard: str, column: str, entries: Sequence[Entry], names: Names | None = None
) -> list[str]:
    """Let exactly these causes, effects or mitigations stand in a row.

    An entry is an element that exists (by code, else by title), or a new one. A code with another title renames.

    Args:
        tx: the change.
        hazard: id of the row's hazard.
        column: ``trigger_event``, ``effects`` or ``mitigations``.
        entries: code and title of each.
        names: kept over many rows, so that each is found at once; None: made here.

    Returns:
        Ids of the elements, in order.

    Raises:
        CommandError: an entry cannot be linked, or cannot be taken out here.
    """
    kind = KIND_OF[column]
    names = names or Names(tx)
    direct, reached = _standing(tx, hazard, column)
    titles = {_title(tx, id): id for id in reached}
    wanted = [_element(tx, kind, entry, names, titles) for entry in entries]
    wanted = list(dict.fromkeys(wanted))
    kept = set(wanted)
    for id in reached:
        if id not in kept:
            _take_out(tx, hazard, column, id, direct)
    there = set(reached)
    for id in wanted:
        if id not in there:
            _put_in(tx, hazard, column, id)
    return wanted


def _title(tx: Transaction, id: str) -> str:
    record = tx.records[id]
    return record.title if isinstance(record, Element) else ""


def _element(tx: Transaction, kind: str, entry: Entry, names: Names, titles: dict[str, str]) -> str:
    if not entry.code and entry.title in titles:
        return titles[entry.title]
    found = names.by_code(kind, entry.code) if entry.code else names.by_title(kind, entry.title)
    if not found:
        return names.make(kind, entry.title, entry.code)
    record = tx.records[found]
    assert isinstance(record, Element)
    if entry.code and entry.title and record.title != entry.title:
        tx.notices.append(f"{entry.code} is called {entry.title!r} in every row and on every diagram now.")
        changed = tx.patch(found, title=entry.title)
        assert isinstance(changed, Element)
        names.learn(changed)
    return found


def _standing(tx: Transaction, hazard: str, column: str) -> tuple[dict[str, list[str]], list[str]]:
    """What stands in a row: the lines (or guards) that bring each element in directly, and all elements in it."""
    items, read = listed(tx, hazard, column)
    direct: dict[str, list[str]] = {}
    for root in roots_of(tx, hazard):
        near, far = ("target", "source") if column == "trigger_event" else ("source", "target")
        for link in tx.referrers(root, Link, near):
            direct.setdefault(link.source if far == "source" else link.target, []).append(link.id)
    if column == "mitigations":
        direct = {}
        for id in read:
            guard = tx.find(id, Guard)
            if guard is not None:
                direct.setdefault(guard.control, []).append(guard.id)
    return direct, [item.id for item in items]


def _take_out(tx: Transaction, hazard: str, column: str, id: str, direct: dict[str, list[str]]) -> None:
    element = tx.records[id]
    lines = direct.get(id)
    if not lines:
        raise CommandError(
            f"{name_of(element)} belongs to {name_of(tx.records[hazard])} through other elements; "
            "take it out on the diagram."
        )
    guards = [guard.control for line in lines for guard in tx.referrers(line, Guard, "subject")]
    for line in lines:
        tx.remove(line)
    if column != "mitigations":
        _keep_waiting(tx, hazard, guards)
    placed = tx.referrers(id, Placement, "subject")
    elsewhere = tx.referrers(id, Guard, "control") if isinstance(element, Control) else tx.referrers(id, Link)
    if not elsewhere and (not placed or column == "mitigations"):
        delete_everywhere(tx, [id])
        tx.notices.append(f"{name_of(element)} stood nowhere else and went too.")
    elif not elsewhere:
        tx.notices.append(f"{name_of(element)} still stands on a diagram, without a line; delete it there.")


def _keep_waiting(tx: Transaction, hazard: str, controls: Iterable[str]) -> None:
    """Controls of a line that goes stay in the row: they wait on the hazard until somebody says on which line."""
    root = roots_of(tx, hazard)[0]
    for control in dict.fromkeys(controls):
        if control in tx.records and not tx.referrers(control, Guard, "control"):
            insert_control(tx, root, control)


def _put_in(tx: Transaction, hazard: str, column: str, id: str) -> None:
    root = roots_of(tx, hazard)[0]
    if column == "mitigations":
        insert_control(tx, root, id)
    elif column == "trigger_event":
        connect(tx, id, root)
        _stand_beside(tx, root, id, -_ASIDE, "source")
    else:
        connect(tx, root, id)
        _stand_beside(tx, root, id, _ASIDE, "target")


def _stand_beside(tx: Transaction, root: str, id: str, aside: float, far: str) -> None:
    """Place an element on every diagram that shows the hazard's centre, below those that stand on that side already."""
    near = "target" if far == "source" else "source"
    others = {link.source if far == "source" else link.target for link in tx.referrers(root, Link, near)}
    for centre in tx.referrers(root, Placement, "subject"):
        if Placement.at(centre.diagram, id).id in tx.records:
            continue
        beside = [
            placement
            for other in others
            if (placement := tx.find(Placement.at(centre.diagram, other).id, Placement)) is not None
        ]
        x = beside[0].x if beside else centre.x + aside
        y = max(placement.y for placement in beside) + _ROW if beside else centre.y
        place(tx, centre.diagram, id, x, y)


# ODD entries, dimensions, ratings


def set_odd(tx: Transaction, hazard: str, column: str, ids: Sequence[str]) -> None:
    """Let exactly these entries of one group of the operational design domain belong to a hazard."""
    record = tx.expect(hazard, Hazard)
    group = GROUP_OF[column]
    others = [key for key in record.odd if (found := tx.find(key, OddCategory)) is None or found.group != group]
    wanted = (*others, *dict.fromkeys(ids))
    if set(wanted) != set(record.odd):
        tx.patch(hazard, odd=wanted)


def set_dimensions(tx: Transaction, hazard: str, dimensions: Iterable[str]) -> None:
    """Say in which dimensions the hazard's harm lies, in the order given; other words are left out."""
    given = dict.fromkeys(name.casefold() for name in dimensions)
    tx.patch(hazard, impact_dimensions=tuple(name for name in given if name in IMPACT_DIMENSIONS))


def set_rating(
    tx: Transaction, hazard: str, phase: Phase, severity: str, frequency: str, *, by: str = "", at: str = ""
) -> None:
    """Rate a hazard itself in one phase, for all dimensions together; both empty: take the rating away.

    Raises:
        CommandError: the project's scheme has no such cell.
    """
    scheme = scheme_of(tx)
    if severity or frequency:
        cells = scheme.cells if scheme is not None else {}
        if f"{severity}{frequency}" not in cells:
            called = f"{severity}{frequency}"
            raise CommandError(f"{called} is no cell of the project's risk scheme; choose a severity and a frequency.")
    empty = Assessment.of(hazard, phase)
    old = tx.find(empty.id, Assessment)
    if not severity and not frequency:
        if old is not None:
            tx.remove(old.id)
        return
    base = old or empty
    if (base.severity, base.frequency) != (severity, frequency):
        signed = {"by": by, "at": at} if by or at else {}
        tx.put(base.replace(severity=severity, frequency=frequency, **signed))


def parse_rating(tx: Transaction, text: str) -> tuple[str, str] | None:
    """Severity and frequency code that a text names: ``2B``, ``B2``, ``2-B``, ``Critical / Probable``. None: none.

    A text may say more behind the index, in brackets or after a blank.
    """
    scheme = scheme_of(tx)
    if scheme is None:
        return None
    severities = {alias.casefold(): c.code for c in scheme.severities for alias in (c.code, c.name) if alias}
    frequencies = {alias.casefold(): c.code for c in scheme.frequencies for alias in (c.code, c.name) if alias}
    numerals = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
    severities |= {numeral: severities[number] for numeral, number in numerals.items() if number in severities}
    for shown in (text, text.partition("(")[0], text.partition(" ")[0]):
        bare = "".join(sign if sign.isalnum() else " " for sign in shown.casefold()).split()
        joined = "".join(bare)
        for first in sorted(severities, key=len, reverse=True):
            if joined.startswith(first) and joined.removeprefix(first) in frequencies:
                return severities[first], frequencies[joined.removeprefix(first)]
            if joined.endswith(first) and joined.removesuffix(first) in frequencies:
                return severities[first], frequencies[joined.removesuffix(first)]
    return None


def add_hazard(tx: Transaction, title: str = "", *, code: str = "", names: Names | None = None) -> str:
    """A new row: a hazard that stands on no diagram yet; returns its id."""
    return (names or Names(tx)).make("hazard", title, code)
