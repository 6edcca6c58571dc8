"""Which column of a table is which column of the hazard log: guessed, or read from a profile.

A profile as JSON::

    {"log_profile": 1, "name": "Garden committee",
     "columns": {"id": "No.", "title": "Hazard", "trigger_event": "Threats"},
     "separator": ";", "sheet": "Sheet1", "heading_row": 3}
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.files.log_grid import Grid, LogReadError, Remark
from workbench.files.log_text import COLUMNS, DERIVED, LISTS, TAKEN
from workbench.values import value_type

VERSION: Final = 1
SEPARATORS: Final[dict[str, str]] = {
    "line": "A line each",
    ";": "Semicolon ;",
    ",": "Comma ,",
    "|": "Bar |",
    "/": "Slash /",
    "none": "One entry a cell",
}
"""How a cell tells several entries apart. A line break ends an entry with each of them but ``none``."""

_TITLE_LENGTH: Final = 120
"""Characters beyond which a text is no title but a description."""
_MAX_PROFILE: Final = 256 * 1024
_BEFORE: Final = (
    "initial risk",
    "risk before",
    "before",
    "before mitigation",
    "risk before mitigation",
    "current risk",
)
_AFTER: Final = ("residual risk", "risk after", "after", "after mitigation", "risk after mitigation", "final risk")
"""What stands over two columns of a rating, in a heading of two rows."""
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": (
        "id",
        "no",
        "nr",
        "number",
        "hazard id",
        "hazard no",
        "hazard number",
        "ref",
        "reference",
        "code",
        "item",
        "#",
    ),
    "title": ("hazard", "title", "hazard title", "hazard name", "name", "top hazard"),
    "source": ("hazard source", "source", "source of hazard", "hazard category", "origin"),
    "description": ("hazard description", "description", "hazard details", "details", "hazardous situation"),
    "trigger_event": (
        *("trigger event", "trigger events", "trigger", "triggers", "cause", "causes", "trigger event s", "threats"),
        *("threat", "potential causes", "root cause", "initiating event", "initiating events", "hazard causes"),
    ),
    "application": ("application domain", "application", "domain", "applications", "domains"),
    "users": ("users agents", "users", "user", "agents", "actors", "stakeholders", "users agent"),
    "vector": ("vector", "vectors"),
    "protected_characteristics": ("protected characteristics", "protected characteristic", "characteristics"),
    "assets": ("assets", "asset", "asset s"),
    "effects": (
        *(
            "potential effects",
            "effects",
            "effect",
            "potential effect",
            "consequence",
            "consequences",
            "impact",
            "harm",
        ),
        *("harms", "impacts", "outcome", "potential harm", "mishap", "potential consequences"),
    ),
    "hri": (
        *("hri", "risk", "initial hri", "initial risk", "risk index", "hazard risk index", "hri initial", "hri pre"),
        *("risk before", "risk before mitigation", "risk rating", "initial risk rating", "rac"),
    ),
    "mitigations": (
        *("recommended mitigations", "mitigations", "mitigation", "controls", "control", "barriers", "safeguards"),
        *("recommended mitigation", "measures", "existing controls", "recommended mitigation s", "risk controls"),
    ),
    "hri_post": (
        *("hri post", "residual hri", "residual risk", "post hri", "hri residual", "final risk", "final hri"),
        *("hri after", "risk after", "risk after mitigation", "residual risk rating", "post mitigation hri"),
    ),
    "severity": (
        *("severity", "initial severity", "severity initial", "severity before mitigation", "severity category"),
        *(f"{over} severity" for over in _BEFORE),
    ),
    "frequency": (
        *("frequency", "initial frequency", "frequency initial", "likelihood", "initial likelihood", "probability"),
        *("likelihood initial", "initial probability", "likelihood before mitigation", "likelihood category"),
        *(f"{over} {name}" for over in _BEFORE for name in ("frequency", "likelihood", "probability")),
    ),
    "severity_post": (
        *("residual severity", "severity residual", "severity post", "post severity", "final severity"),
        *("severity after mitigation", "severity after"),
        *(f"{over} severity" for over in _AFTER),
    ),
    "frequency_post": (
        *("residual frequency", "frequency residual", "frequency post", "post frequency", "final frequency"),
        *("residual likelihood", "likelihood residual", "likelihood post", "likelihood after mitigation"),
        *("residual probability", "final likelihood", "likelihood after"),
        *(f"{over} {name}" for over in _AFTER for name in ("frequency", "likelihood", "probability")),
    ),
    "dimensions": ("impact dimensions", "impact dimension", "dimensions", "dimension"),
    "owner": ("owner", "hazard owner", "risk owner", "responsible", "assigned to"),
    "status": ("status", "state", "hazard status"),
}


@value_type(frozen=True, slots=True)
class LogProfile:
    """What the columns of a table mean.

    Attributes:
        columns: heading in the table by column of the log.
        separator: one of ``SEPARATORS``.
        sheet: name of the sheet; empty: the one that looks most like a log.
        heading_row: its number; 0: look for it.
        verbatim: the program wrote the table itself, so nothing is taken for a bullet.
    """

    columns: Mapping[str, str]
    separator: str = "line"
    sheet: str = ""
    heading_row: int = 0
    name: str = ""
    verbatim: bool = False


def folded(heading: str) -> str:
    """A heading without case, signs and brackets."""
    return re.sub(r"[^\w#]+", " ", heading.casefold()).strip()


_COLUMN_OF: Final = {name: column for column, names in _NAMES.items() for name in names}


def heading_score(cells: Iterable[str]) -> int:
    """How many cells of a row look like headings of a hazard log."""
    return len({column for cell in cells if len(cell) < 80 and (column := _COLUMN_OF.get(folded(cell)))})


def guess_log_profile(grid: Grid) -> LogProfile:
    """What the columns most likely mean; a beginning for whoever maps them."""
    ours, more = tuple(COLUMNS.values()), grid.headings[len(COLUMNS) :]
    own = grid.headings[: len(ours)] == ours and set(more) <= set(DERIVED.values())
    if own:
        return LogProfile(dict(COLUMNS), verbatim=True)
    columns: dict[str, str] = {}
    for column, names in _NAMES.items():
        ranked = [(names.index(fold), heading) for heading in grid.headings if (fold := folded(heading)) in names]
        if ranked:
            columns[column] = min(ranked)[1]
    if "description" not in columns and "title" in columns and _in_sentences(grid, columns["title"]):
        columns["description"] = columns.pop("title")
    if "hri" in columns:
        columns.pop("severity", None)
        columns.pop("frequency", None)
    if "hri_post" in columns:
        columns.pop("severity_post", None)
        columns.pop("frequency_post", None)
    return LogProfile(columns, guess_separator(grid, columns))


def _in_sentences(grid: Grid, heading: str) -> bool:
    """Whether a column that is called the hazard says more than a title."""
    place = grid.headings.index(heading)
    return any(len(row.cells[place]) > _TITLE_LENGTH for row in grid.rows)


def unmapped(grid: Grid, profile: LogProfile) -> list[Remark]:
    """Which columns that hold something are not read: known to nobody, or shown by the log and judged elsewhere."""
    mapped = set(profile.columns.values())
    unread = {remark.column for remark in grid.remarks}
    left = [
        heading
        for place, heading in enumerate(grid.headings)
        if heading not in mapped and (heading in unread or any(row.cells[place].strip() for row in grid.rows))
    ]
    found = [
        Remark(0, "", f"{heading!r} is not read from a log: risks are rated and accepted in the project; left out")
        for heading in left
        if heading in DERIVED.values()
    ]
    left = [heading for heading in left if heading not in DERIVED.values()]
    if not left:
        return found
    shown = ", ".join(repr(heading)[:60] for heading in left[:8]) + (" and others" if len(left) > 8 else "")
    return [*found, Remark(0, "", f"no column of the log was known for {shown}; left out")]


def guess_separator(grid: Grid, columns: Mapping[str, str]) -> str:
    """How the cells of a table tell several entries apart."""
    places = [grid.headings.index(heading) for column, heading in columns.items() if column in LISTS]
    cells = [text for row in grid.rows for place in places if (text := row.cells[place].strip())]
    if any("\n" in text for text in cells):
        return "line"
    found = {sign: sum(sign in text for text in cells) for sign in (";", "|")}
    found[grid.delimiter] = 0  # in a file whose columns it parts, a cell that holds it is an exception
    most = max((";", "|"), key=lambda sign: found[sign])
    return most if found[most] else "line"


def split(text: str, profile: LogProfile) -> list[str]:
    """The entries of a cell; empty ones are left out, and so are bullets in a table made by hand."""
    if profile.verbatim:
        return [piece for piece in text.split("\n") if piece]
    if profile.separator == "none":
        return [text.strip()] if text.strip() else []
    pieces = text.split("\n")
    if profile.separator != "line":
        pieces = [part for piece in pieces for part in piece.split(profile.separator)]
    bare = [_BULLET.sub("", piece.strip()).strip() for piece in pieces]
    return list(dict.fromkeys(piece for piece in bare if piece and piece not in _NOTHING))


_NOTHING: Final = frozenset("-–—/")
"""What people write into a cell that holds nothing."""
_BULLET: Final = re.compile(r"^(?:[•‣▪●○·*–—-]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)")


def as_profile_json(profile: LogProfile) -> dict[str, Any]:
    """The profile as its file holds it."""
    return {
        "log_profile": VERSION,
        "name": profile.name,
        "columns": dict(profile.columns),
        "separator": profile.separator,
        "sheet": profile.sheet,
        "heading_row": profile.heading_row,
    }


def read_log_profile(path: Path) -> LogProfile:
    """A profile from its file.

    Raises:
        LogReadError: it cannot be read or is no profile; one line for the user.
    """
    import orjson  # noqa: PLC0415 - only with --map

    try:
        with path.open("rb") as file:
            data = file.read(_MAX_PROFILE + 1)
    except OSError as error:
        raise LogReadError(f"{path} cannot be read ({error.strerror}); check the path of the profile.") from None
    if len(data) > _MAX_PROFILE:
        raise LogReadError(f"{path} is too large for a profile; name the profile, not the log.")
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise LogReadError(f"{path} is no JSON; the guide shows a profile.") from None
    return profile_of(path, value)


def profile_of(path: Path, value: Any) -> LogProfile:
    """A profile from its JSON.

    Raises:
        LogReadError: it is none; one line for the user.
    """
    if not isinstance(value, dict) or value.get("log_profile") != VERSION:
        raise LogReadError(f'{path} is no profile of a hazard log; it begins with {{"log_profile": {VERSION}.')
    columns = value.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise LogReadError(f"{path}: columns must name the headings, such as {{'id': 'No.'}}.")
    for column, heading in columns.items():
        if column not in TAKEN:
            raise LogReadError(f"{path}: there is no column {column!r:.60}; known are {', '.join(TAKEN)}.")
        if not isinstance(heading, str):
            raise LogReadError(f"{path}: the heading of {column} must be text.")
    separator, sheet, row = value.get("separator", "line"), value.get("sheet", ""), value.get("heading_row", 0)
    if separator not in SEPARATORS:
        raise LogReadError(f"{path}: separator must be one of {', '.join(SEPARATORS)}.")
    if not isinstance(sheet, str) or isinstance(row, bool) or not isinstance(row, int) or not 0 <= row <= 1_000:
        raise LogReadError(f"{path}: sheet must be text and heading_row a number from 1, or 0 to look for it.")
    name = value.get("name", "")
    return LogProfile(columns, separator, sheet, row, name if isinstance(name, str) else "")


def check_headings(path: Path, grid: Grid, profile: LogProfile) -> LogProfile:
    """The profile with the headings as the table spells them.

    Raises:
        LogReadError: a heading is not there.
    """
    by_fold = {folded(heading): heading for heading in reversed(grid.headings)}
    columns = {}
    for column, heading in profile.columns.items():
        found = heading if heading in grid.headings else by_fold.get(folded(heading))
        if found is None:
            shown = ", ".join(grid.headings[:12])
            raise LogReadError(f"{path} has no column {heading!r:.60}; it has: {shown}.")
        columns[column] = found
    return LogProfile(columns, profile.separator, profile.sheet, profile.heading_row, profile.name, profile.verbatim)


def places_of(headings: Sequence[str], profile: LogProfile) -> dict[str, int]:
    """Place of each mapped column in the table."""
    return {column: headings.index(heading) for column, heading in profile.columns.items()}
