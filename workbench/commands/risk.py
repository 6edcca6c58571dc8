"""The project's risk scheme and what is rated under it: another scheme re-maps every rating, and says how."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.analysis.risk import Ratings, level_of, scheme_of
from workbench.analysis.scheme_check import check_scheme
from workbench.commands.errors import CommandError
from workbench.commands.evidence_edit import check_day
from workbench.commands.names import describe
from workbench.model.elements import Cause, Consequence, Hazard
from workbench.model.ids import new_id
from workbench.model.judgement import PROJECT_ID, Assessment, Category, Project, RiskAcceptance, RiskScheme
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction
from workbench.values import value_type

Codes = Mapping[str, str]
"""Code of a category before and after; empty where it has no counterpart."""


@value_type(frozen=True, slots=True)
class Remapped:
    """What becomes of one rating under another scheme.

    Attributes:
        record: id of the assessment, or of the cause whose frequency category it is.
        named: what is rated, in words, with its phase and dimension.
        before, after: index and level, such as ``1B High``, with the categories where their names are others;
            ``after`` is empty where nothing is left.
        changed: it is filed under another index, or the same one means another level or another category.
        lost: a category has no counterpart; it is emptied, and the rationale says what it was.
    """

    record: str
    named: str
    before: str
    after: str
    changed: bool = True
    lost: bool = False


def proposed(old: Sequence[Category], new: Sequence[Category]) -> dict[str, str]:
    """Counterparts of categories: those of the same name, then those of the same code strictly between them.

    No two categories get one counterpart. Where names would leave categories without one that codes alone can place,
    as two ranks above a name that has one rank above it, codes decide: they keep the order of the ranks. A category
    without a counterpart maps to the empty code: a person has to say where it goes.
    """
    places = {category.name.strip().casefold(): place for place, category in reversed(list(enumerate(new)))}
    codes = {category.code: place for place, category in enumerate(new)}
    named: dict[int, int] = {}
    for i, category in enumerate(old):
        name = category.name.strip().casefold()
        place = places.get(name) if name else None
        if place is not None and place not in named.values():
            named[i] = place
    ways = [_by_code(old, codes, len(new), fixed) for fixed in (named, {})]
    best = min(ways, key=lambda way: len(old) - len(way))
    return {category.code: new[best[i]].code if i in best else "" for i, category in enumerate(old)}


def _by_code(old: Sequence[Category], codes: Mapping[str, int], count: int, fixed: Mapping[int, int]) -> dict[int, int]:
    """Places of categories: those that are fixed, and by code those whose place lies strictly between these."""
    found = dict(fixed)
    for i, category in enumerate(old):
        above = max((to for at, to in fixed.items() if at < i), default=-1)
        below = min((to for at, to in fixed.items() if at > i), default=count)
        same = codes.get(category.code)
        if i not in fixed and same is not None and above < same < below and same not in found.values():
            found[i] = same
    return found


def remapping(
    reader: Reader, scheme: RiskScheme, severities: Codes | None = None, frequencies: Codes | None = None
) -> list[Remapped]:
    """What a scheme would make of every rating, and of the frequencies of causes.

    Args:
        reader: the document.
        scheme: the scheme; severities, frequencies: as for ``set_scheme``.
    """
    return [told for _, _, told in _changes(reader, scheme, severities, frequencies)]


def set_scheme(
    tx: Transaction, scheme: RiskScheme, severities: Codes | None = None, frequencies: Codes | None = None
) -> list[Remapped]:
    """Let the project rate by another scheme, or by its own as edited; every rating follows in the same step.

    The scheme takes the place (and the id) of the one before, so that what refers to it stays.

    Args:
        scheme: categories, levels and cells.
        severities, frequencies: counterparts of the categories before; None: as ``proposed``.

    Returns:
        The ratings that changed; as ``remapping`` said.

    Raises:
        CommandError: the scheme has an error, or the project has no project record.
    """
    errors = [fault.message for fault in check_scheme(scheme) if fault.severity == "error"]
    if errors:
        raise CommandError(errors[0])
    project = tx.find(PROJECT_ID, Project)
    if project is None:
        raise CommandError("The project has no project record to carry a scheme.")
    changes = _changes(tx, scheme, severities, frequencies)
    before = scheme_of(tx)
    id = before.id if before is not None else scheme.id or new_id("risk_scheme")
    tx.put(RiskScheme.model_validate({**_content(scheme), "id": id}))
    if project.risk_scheme != id:
        tx.patch(PROJECT_ID, risk_scheme=id)
    for record, fields, _ in changes:
        if fields:
            tx.patch(record, **fields)
    told = [one for _, _, one in changes if one.changed]
    lost = sum(one.lost for one in told)
    if told:
        left = f"; {lost} cannot be mapped and must be rated again" if lost else ""
        tx.notices.append(f"{len(told)} ratings mean something else under this scheme{left}.")
    return told


def _content(scheme: RiskScheme) -> dict[str, Any]:
    return {**scheme.__dict__, **(scheme.__pydantic_extra__ or {})}


_Change = tuple[str, dict[str, Any], Remapped]
"""Id of a record, the fields it gets, and what to tell."""


def _changes(reader: Reader, scheme: RiskScheme, severities: Codes | None, frequencies: Codes | None) -> list[_Change]:
    old = scheme_of(reader)
    if old is None:
        severities, frequencies = severities or {}, frequencies or {}
    else:
        severities = severities if severities is not None else proposed(old.severities, scheme.severities)
        frequencies = frequencies if frequencies is not None else proposed(old.frequencies, scheme.frequencies)
    given = (rating for rating in reader.all(Assessment) if rating.severity or rating.frequency)
    changes = [_rating_change(reader, rating, old, scheme, severities, frequencies) for rating in given]
    for cause in reader.all(Cause):
        likelihood = cause.likelihood
        if likelihood is None or not likelihood.category:
            continue
        code = likelihood.category
        to = _moved(code, old.frequencies if old is not None else (), frequencies)
        fields = {"likelihood": likelihood.model_copy(update={"category": to})} if to != code else {}
        was, now = _name(old, code), _name(scheme, to)
        named = f"Frequency of {describe(reader, cause.id)}"
        told = Remapped(
            cause.id, named, f"{code} {was}".strip(), f"{to} {now}".strip(), to != code or was != now, not to
        )
        changes.append((cause.id, fields, told))
    return changes


def _moved(code: str, old: Iterable[Category], codes: Codes) -> str:
    """The code after; one that the scheme before did not have either stays, for a person to put right."""
    return codes.get(code, "") if any(category.code == code for category in old) else code


def _name(scheme: RiskScheme | None, code: str) -> str:
    return next((c.name for c in scheme.frequencies if c.code == code), "") if scheme is not None else ""


def _rating_change(
    reader: Reader,
    rating: Assessment,
    old: RiskScheme | None,
    new: RiskScheme,
    severities: Codes,
    frequencies: Codes,
) -> _Change:
    severity = _moved(rating.severity, old.severities if old is not None else (), severities)
    frequency = _moved(rating.frequency, old.frequencies if old is not None else (), frequencies)
    was = _index(old, rating.severity, rating.frequency)
    now = _index(new, severity, frequency)
    lost = bool((rating.severity and not severity) or (rating.frequency and not frequency))
    fields: dict[str, Any] = {}
    if (severity, frequency) != (rating.severity, rating.frequency):
        fields = {"severity": severity, "frequency": frequency}
    if lost:
        scheme_name = old.name if old is not None else ""
        note = f"Was {was}{f' under {scheme_name}' if scheme_name else ''}, which has no counterpart."
        fields["rationale"] = f"{rating.rationale}\n{note}" if rating.rationale else note
    names = _names(old, rating.severity, rating.frequency), _names(new, severity, frequency)
    changed = bool(fields) or was != now or names[0] != names[1]
    if names[0] != names[1] and not lost:
        was, now = (f"{index} ({name})" if name else index for index, name in zip((was, now), names, strict=True))
    named = f"{rating.phase.capitalize()} rating of {describe(reader, rating.subject)}"
    named += f" ({rating.dimension})" if rating.dimension is not None else ""
    return rating.id, fields, Remapped(rating.id, named, was, now, changed, lost)


def _index(scheme: RiskScheme | None, severity: str, frequency: str) -> str:
    return f"{severity}{frequency} {level_of(scheme, severity, frequency)[0]}".strip()


def _names(scheme: RiskScheme | None, severity: str, frequency: str) -> str:
    """What the categories of a rating are called, such as ``Major, Remote``."""
    called = [(c.code, c.name) for c in scheme.severities] if scheme is not None else []
    words = [name for code, name in called if code == severity]
    called = [(c.code, c.name) for c in scheme.frequencies] if scheme is not None else []
    words += [name for code, name in called if code == frequency]
    return ", ".join(word for word in words if word)


def rate(tx: Transaction, key: Assessment, *, by: str = "", at: str = "", **changes: Any) -> None:
    """Rate something in one phase, or change the rating; one that then says nothing is taken away.

    Args:
        tx: the change.
        key: the rating meant, as ``Assessment.of`` makes it.
        by: who judges, and ``at`` when; kept with the rating where it is another one by this, and where anybody says.
        changes: fields by name.
    """
    old = tx.find(key.id, Assessment)
    rating = (old or key).replace(**changes)
    if not (rating.severity or rating.frequency or rating.rationale or rating.evidence):
        if old is not None:
            tx.remove(old.id)
    elif rating != old:
        tx.put(rating.replace(by=by, at=at) if by or at else rating)


# acceptance


def accept_risk(
    tx: Transaction,
    subject: str,
    *,
    authority: str,
    name: str,
    date: str,
    level: str = "",
    expires: str = "",
    conditions: str = "",
    record: str | None = None,
) -> str:
    """Record who accepted the residual risk of a hazard or consequence; returns the id of the record.

    Args:
        level: name of the level accepted; empty: that of the residual rating in force.
        date: the day of acceptance, ISO; ``expires``: the last day on which it counts, empty for none.
        record: an acceptance to change, instead of adding one.

    Raises:
        CommandError: nobody is named, a day is none, or the subject has no residual rating.
    """
    if not isinstance(tx.get(subject), Hazard | Consequence):
        raise CommandError("A residual risk is accepted for a hazard or a consequence.")
    if not name.strip() and not authority.strip():
        raise CommandError("Say who accepted the risk: a name, or the authority.")
    if not date.strip():
        raise CommandError("Say on which day the risk was accepted.")
    check_period(date, expires)
    if not level:
        residual = Ratings(tx).of(subject, "residual")
        if residual is None:
            raise CommandError("Rate the residual risk first; then it can be accepted.")
        level = residual.level
    fields = {
        "level": level,
        "authority": authority.strip(),
        "name": name.strip(),
        "date": date.strip(),
        "expires": expires.strip(),
        "conditions": conditions.strip(),
    }
    known = tx.find(record, RiskAcceptance)
    made = (
        known.replace(**fields)
        if known is not None
        else RiskAcceptance(id=new_id("risk_acceptance"), subject=subject, **fields)
    )
    tx.put(made)
    return made.id


def check_period(date: str, expires: str) -> None:
    """Refuse an acceptance whose days are none, or whose last one (empty for none) lies before its first.

    Raises:
        CommandError: says which.
    """
    check_day(date)
    check_day(expires)
    if expires.strip() and expires.strip() < date.strip():
        raise CommandError("The acceptance ends before it begins; give a later day.")


def withdraw_acceptance(tx: Transaction, acceptance: str) -> None:
    """Remove the record of an acceptance; undo brings it back.

    Raises:
        CommandError: there is no such record.
    """
    if tx.find(acceptance, RiskAcceptance) is None:
        raise CommandError("This acceptance does not exist any more.")
    tx.remove(acceptance)
