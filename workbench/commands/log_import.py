"""Taking a hazard log in: rows become hazards, and equal texts or codes become one shared element.

A hazard, cause, effect or mitigation that the project has already (by its code, else by its title) is that one: a log
that went round through a spreadsheet changes what was changed there and nothing else.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from pydantic import ValidationError

from workbench.analysis.hazard_log import GROUP_OF, KIND_OF, odd_name
from workbench.analysis.odd_coverage import has_taxonomy
from workbench.analysis.risk import Ratings, scheme_of
from workbench.commands.errors import CommandError
from workbench.commands.log_diagrams import draw_hazards
from workbench.commands.log_edit import parse_rating, set_dimensions, set_list, set_odd, set_rating
from workbench.commands.log_names import Names, fold_title
from workbench.commands.odd import load_baseline
from workbench.files.log_grid import Grid, GridRow, Remark
from workbench.files.log_mapping import LogProfile, places_of, split
from workbench.files.log_text import INHERITED, PARTS, STATUS_WORD, Entry, entry_of
from workbench.model.ids import new_id
from workbench.model.judgement import Category, OddCategory, Phase
from workbench.model.kinds import IMPACT_DIMENSIONS
from workbench.store.transaction import Transaction
from workbench.values import value_type

_SHORT: Final = 80
"""Characters of a description that do as the hazard's title, where the log has none."""
_TITLE, _LINE, _TEXT = 2_000, 4_000, 200_000


@value_type(slots=True)
class Imported:
    """What came of a log.

    Attributes:
        hazards: ids of the hazards in order of the rows; those of ``new`` were not there before.
        remarks: what was not taken, or not as it stands, row by row.
    """

    hazards: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@value_type(slots=True)
class _Row:
    """The rows of the table that are one hazard, read."""

    number: int
    texts: dict[str, str]
    lists: dict[str, list[str]]


def import_log(tx: Transaction, grid: Grid, profile: LogProfile) -> Imported:
    """Take the rows of a table into the project, and draw the hazards that were not there before.

    A project without a taxonomy gets the baseline where the log names entries of the operational design domain.

    Args:
        tx: the change.
        grid: the table.
        profile: what its columns mean; its headings are those of the table.
    """
    mapped = {"", *profile.columns.values()}  # nothing was taken from other columns, whatever they hold
    result = Imported(remarks=[remark for remark in grid.remarks if remark.column in mapped])
    rows = _gathered(grid, profile, result)
    if any(row.lists.get(column) for row in rows for column in GROUP_OF) and not has_taxonomy(tx):
        load_baseline(tx)
    names = Names(tx)
    _reserve(rows, names)
    work = _Work(tx, names, profile, result)
    for row in rows:
        work.take(row)
    if not draw_hazards(tx, result.new):
        said = f"{len(result.new):,} new hazards are too many for a diagram each; draw them from the outline"
        result.remarks.append(Remark(0, "", said))
    result.remarks.sort(key=lambda remark: remark.row)
    return result


def _gathered(grid: Grid, profile: LogProfile, result: Imported) -> list[_Row]:
    """Rows by hazard: a row that only goes on with the lists of the one above belongs to it."""
    places = places_of(grid.headings, profile)
    rows: list[_Row] = []
    by_code: dict[str, _Row] = {}
    last: _Row | None = None
    for row in grid.rows:
        read = _read(row, places, profile)
        filled = read.texts.keys() | {column for column, pieces in read.lists.items() if pieces}
        if not filled:
            result.remarks.append(Remark(row.number, "", "nothing stands in the mapped columns; left out"))
            continue
        named = filled & {"id", "title", "description"}
        code = read.texts.get("id", "").casefold()
        above = by_code.get(code) if code else (last if not named else None)
        if above is not None and (not code or _same_hazard(above, read)):
            _go_on(above, read, result)
        elif filled == {"id"} and len(places) > 1 and not profile.verbatim:
            said = f"{read.texts['id']!r:.60} stands alone, with no word about a hazard; left out"
            result.remarks.append(Remark(row.number, "", said))
            last = None
        elif not named:
            said = "no hazard: neither an ID nor a description stands here, and none above; left out"
            result.remarks.append(Remark(row.number, "", said))
        else:
            if above is not None:
                said = f"the ID {read.texts['id']!r:.60} stands in row {above.number} too, with another hazard"
                result.remarks.append(Remark(row.number, "", f"{said}; a new code was given"))
                del read.texts["id"]
            elif code:
                by_code[code] = read
            rows.append(read)
            last = read
    return rows


def _read(row: GridRow, places: dict[str, int], profile: LogProfile) -> _Row:
    read = _Row(row.number, {}, {})
    for column, place in places.items():
        text = row.cells[place]
        if column in KIND_OF or column in GROUP_OF or column == "dimensions":
            read.lists[column] = split(text, profile)
        elif text.strip():
            read.texts[column] = text if profile.verbatim else text.strip()
    return read


def _same_hazard(above: _Row, read: _Row) -> bool:
    """Whether a row with the ID of an earlier one says nothing else of the hazard."""
    return all(above.texts.get(column, text) == text for column, text in read.texts.items())


def _go_on(above: _Row, read: _Row, result: Imported) -> None:
    for column, pieces in read.lists.items():
        listed = above.lists.setdefault(column, [])
        listed += [piece for piece in pieces if piece not in listed]
    for column, text in read.texts.items():
        if column not in above.texts:
            above.texts[column] = text
        elif above.texts[column] != text:
            said = f"{text!r:.60} belongs to the hazard of row {above.number}, which has another; left out"
            result.remarks.append(Remark(read.number, column, said))


def _reserve(rows: Sequence[_Row], names: Names) -> None:
    for row in rows:
        if "id" in row.texts:
            names.reserve("hazard", row.texts["id"])
        for column, kind in KIND_OF.items():
            for piece in row.lists.get(column, ()):
                code = entry_of(kind, piece).code
                if code:
                    names.reserve(kind, code)


class _Work:
    """One log going into one project."""

    def __init__(self, tx: Transaction, names: Names, profile: LogProfile, result: Imported) -> None:
        self._tx = tx
        self._names = names
        self._profile = profile
        self._result = result
        self._taken: set[str] = set()
        self._new: set[str] = set()
        self._ratings = Ratings(tx)
        self._titles: dict[tuple[str, str], tuple[str, int]] = {}
        self._odd: dict[tuple[str, str], str] = {}
        self._short_odd: dict[tuple[str, str], list[str]] = {}
        for entry in tx.all(OddCategory):
            self._learn_odd(entry)

    def take(self, row: _Row) -> None:
        """Take one hazard in."""
        hazard = self._hazard(row)
        self._result.hazards.append(hazard)
        self._taken.add(hazard)
        for column, kind in KIND_OF.items():
            if column in row.lists:
                self._list(row, hazard, column, kind)
        for column, group in GROUP_OF.items():
            if column in row.lists:
                set_odd(self._tx, hazard, column, [self._entry(row, column, group, name) for name in row.lists[column]])
        if "dimensions" in row.lists:
            self._dimensions(row, hazard)
        for column, parts in PARTS.items():
            if column in self._profile.columns or any(part in self._profile.columns for part in parts):
                self._rate(row, hazard, column)

    def _remark(self, row: _Row, column: str, message: str) -> None:
        self._result.remarks.append(Remark(row.number, self._profile.columns.get(column, column), message))

    # the hazard itself

    def _hazard(self, row: _Row) -> str:
        code = self._cut(row, "id", row.texts.get("id", ""), _LINE)
        title, description = self._words(row)
        found = self._names.by_code("hazard", code) if code else ""
        if not found and not code:
            twin = self._names.by_title("hazard", title)
            found = twin if twin not in self._taken else ""
        if not found:
            found = self._names.make("hazard", title, code)
            self._result.new.append(found)
            self._new.add(found)
        changes: dict[str, str] = {}
        if "title" in self._profile.columns or found in self._new:
            changes["title"] = title
        if "description" in self._profile.columns:
            changes["description"] = self._cut(row, "description", description, _TEXT)
        for column in ("source", "owner"):
            if column in self._profile.columns:
                changes[column] = self._cut(row, column, row.texts.get(column, ""), _LINE)
        status = self._status(row)
        if status:
            changes["status"] = status
        try:
            self._tx.patch(found, **changes)
        except ValidationError as error:
            self._remark(row, "", f"not taken as it stands ({error.errors()[0]['msg']})")
        return found

    def _words(self, row: _Row) -> tuple[str, str]:
        """Title and description: a log with one of the two says both in it."""
        title, words = row.texts.get("title", ""), row.texts.get("description", "")
        if title:
            return self._cut(row, "title", title, _TITLE), "" if words == title else words
        if "title" in self._profile.columns and self._profile.verbatim:
            return "", words
        if len(words) <= _SHORT and "\n" not in words:
            return words, ""
        first = words.split("\n")[0]
        return (first if len(first) <= _SHORT else first[: _SHORT - 1].rsplit(" ", 1)[0] + "…"), words

    def _status(self, row: _Row) -> str:
        text = row.texts.get("status", "")
        if not text:
            return ""
        for status, word in STATUS_WORD.items():
            if fold_title(text) in (word.casefold(), status):
                return status
        known = ", ".join(STATUS_WORD.values())
        self._remark(row, "status", f"{text!r:.60} is none of {known}; the hazard stays a draft")
        return ""

    def _cut(self, row: _Row, column: str, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self._remark(row, column, f"longer than {limit:,} characters; cut there")
        return text[:limit]

    # lists

    def _list(self, row: _Row, hazard: str, column: str, kind: str) -> None:
        entries: list[Entry] = []
        for piece in row.lists[column]:
            entry = entry_of(kind, piece)
            entry = Entry(entry.code, self._cut(row, column, entry.title, _TITLE))
            entries.append(self._settled(row, column, kind, entry))
        try:
            set_list(self._tx, hazard, column, entries, self._names)
        except CommandError as problem:
            self._remark(row, column, str(problem))

    def _settled(self, row: _Row, column: str, kind: str, entry: Entry) -> Entry:
        """One code is one element: where the log gives it two titles, the first one stands."""
        if not entry.code:
            return entry
        key = (kind, entry.code.casefold())
        first, number = self._titles.setdefault(key, (entry.title, row.number))
        if entry.title and not first:
            self._titles[key] = (entry.title, row.number)
        elif entry.title and entry.title != first:
            said = f"{entry.code} is called {first!r:.60} in row {number}; {entry.title!r:.60} was not taken"
            self._remark(row, column, said)
            return Entry(entry.code, first)
        return entry

    def _learn_odd(self, entry: OddCategory) -> None:
        above = self._tx.find(entry.parent, OddCategory)
        self._odd.setdefault((entry.group, fold_title(odd_name(entry, above))), entry.id)
        self._short_odd.setdefault((entry.group, fold_title(entry.name)), []).append(entry.id)

    def _entry(self, row: _Row, column: str, group: str, name: str) -> str:
        key = (group, fold_title(name))
        found = self._odd.get(key)
        if found is not None:
            return found
        short = self._short_odd.get(key, [])
        if len(short) == 1:
            return short[0]
        entry = OddCategory(id=new_id("odd_category"), group=group, name=self._cut(row, column, name, _LINE))
        self._tx.put(entry)
        self._learn_odd(entry)
        self._remark(row, column, f"{name!r:.60} was not in the taxonomy; added under {group}")
        return entry.id

    def _dimensions(self, row: _Row, hazard: str) -> None:
        for name in row.lists["dimensions"]:
            if name.casefold() not in IMPACT_DIMENSIONS:
                self._remark(row, "dimensions", f"{name!r:.60} is none of {', '.join(IMPACT_DIMENSIONS)}; left out")
        set_dimensions(self._tx, hazard, row.lists["dimensions"])

    def _rate(self, row: _Row, hazard: str, column: str) -> None:
        text = row.texts.get(column, "").strip()
        parts = [row.texts.get(part, "") for part in PARTS[column]]
        phase: Phase = "initial" if column == "hri" else "residual"
        now = (self._ratings.of if text.endswith(INHERITED) else self._ratings.own)(hazard, phase)
        cell = parse_rating(self._tx, text) if text else ("", "")
        if not text and any(parts):
            cell = self._cell(row, column, parts[0], parts[1])
            if cell is None:
                return
        if cell is None:
            self._remark(row, column, f"{text!r:.60} is no rating of the project's risk scheme; left out")
        elif cell != ((now.severity, now.frequency) if now is not None else ("", "")):
            set_rating(self._tx, hazard, phase, *cell)

    def _cell(self, row: _Row, column: str, severity: str, frequency: str) -> tuple[str, str] | None:
        """The categories that two columns name, by code or name; None (remarked) where they do not."""
        scheme = scheme_of(self._tx)
        if scheme is None or not (severity and frequency):
            said = f"{severity or frequency!r:.60} stands alone: a rating needs severity and frequency; left out"
            self._remark(row, PARTS[column][0 if severity else 1], said)
            return None
        found = _code_of(scheme.severities, severity), _code_of(scheme.frequencies, frequency)
        for part, text, code in zip(PARTS[column], (severity, frequency), found, strict=True):
            if not code:
                self._remark(row, part, f"{text!r:.60} is no category of the project's risk scheme; left out")
        return found if all(found) else None


def _code_of(categories: Sequence[Category], text: str) -> str:
    """The code of the category that a cell names by its code, its name or both (``2 Critical``); empty where none."""
    said = fold_title(text)
    for category in categories:
        code, name = fold_title(category.code), fold_title(category.name)
        words = "".join(sign if sign.isalnum() else " " for sign in said).split()
        both = "".join(sign if sign.isalnum() else " " for sign in f"{code} {name}").split()
        if said in (code, name) or sorted(words) == sorted(both):
            return category.code
    return ""


def summary(result: Imported) -> str:
    """What came of a log, in one sentence."""
    count = f"{len(result.new):,} new hazards" if len(result.new) != 1 else "1 new hazard"
    known = len(set(result.hazards) - set(result.new))
    return f"{count}, {known:,} known ones brought up to date." if known else f"{count}."
