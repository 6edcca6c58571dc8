"""Tables with a row for each sample or for each result, read by a mapping of their columns.

What a column means is never assumed: without a mapping a table is refused, and the message lists its columns.
"""

from pathlib import Path
from typing import Final

from workbench.evidence.formats.table_results import results_of
from workbench.evidence.formats.table_samples import samples_of
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, read_head
from workbench.evidence.problems import ImportProblem, NeedsMapping
from workbench.evidence.profile import Profile, ProfileProblem, profile_from
from workbench.evidence.tables import Kind, Preview, dialect_of, kind_of, preview, rows_of

_NAMED: Final = 40
_MAPPED: Final = 95
_LACKING: Final = 15
_UNMAPPED: Final = 10
_KINDS: Final[dict[Kind, str]] = {"csv": "CSV", "jsonl": "JSON Lines", "json": "JSON", "parquet": "Parquet"}


def sniff(head: Head, path: Path, options: ReadOptions) -> int:
    """A table; certain where it has the columns that a mapping names."""
    try:
        wanted = _wanted(path, options)
        kind = kind_of(head, wanted)
        if kind is None:
            return 0
        if not wanted or (kind == "jsonl" and not options.profile):
            return _UNMAPPED if _is_plain_table(head, kind) else 0
        columns = preview(path, head, kind, wanted, limit=20).columns
    except ImportProblem:
        return _LACKING
    return _MAPPED if set(wanted) <= set(columns) else _LACKING * _is_plain_table(head, kind)


def _is_plain_table(head: Head, kind: Kind) -> bool:
    """Whether the file is meant as a table of its own, and not one that happens to be built of lines or lists."""
    if kind == "parquet":
        return True
    if kind == "csv":
        dialect = dialect_of(head)
        if dialect is None:
            return False
        lines = [line for line in head.data.decode(dialect.encoding, "replace").splitlines()[:3] if line.strip()]
        names = lines[0].split(dialect.delimiter)[1:] if lines else []
        return len(lines) > 1 and all(name.strip() for name in names)
    lines = head.text.lstrip().splitlines()[:2]
    return kind == "jsonl" and len(lines) == 2 and all(line.startswith("{") for line in lines)


def _wanted(path: Path, options: ReadOptions) -> tuple[str, ...]:
    """The columns that the mapping names, if there is one."""
    return _profile(path, options).columns() if options.profile or options.columns else ()


def _profile(path: Path, options: ReadOptions) -> Profile:
    try:
        return profile_from(options.profile or options.columns)
    except ProfileProblem as problem:
        raise ImportProblem(path, f"cannot be read by this mapping, which {problem}", "correct the mapping") from None


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """The runs of the table, as the mapping splits it.

    Raises:
        NeedsMapping: no mapping was given, or it names a column that is not there.
        ImportProblem: the table is broken or too large, or the mapping does not fit what is in it.
        Cancelled: the user asked to stop.
    """
    head = read_head(path)
    wanted = _wanted(path, options)
    kind = kind_of(head, wanted)
    if kind is None:
        raise ImportProblem(path, "is no table", "check that the file is whole")
    shown = preview(path, head, kind, wanted)
    if not options.profile and not options.columns:
        raise _unmapped(path, shown, kind)
    profile = _profile(path, options)
    for name in wanted:
        if name not in shown.columns and kind in ("csv", "parquet"):
            raise _lacking(path, name, shown)
        if name in shown.twice:
            raise ImportProblem(path, f"has more than one column {name!r}", "rename one of them")
    if kind in ("json", "jsonl") and not set(wanted) & set(shown.columns):
        raise _lacking(path, wanted[0], shown)
    rows = rows_of(path, head, kind, wanted, watch)
    drafts = samples_of(path, profile, rows, options) if profile.of_samples else results_of(path, profile, rows)
    for draft in drafts:
        draft.run["library"] = {"name": "", "version": ""}
        draft.run["format_version"] = _KINDS[kind]
    return drafts


def _unmapped(path: Path, shown: Preview, kind: Kind) -> NeedsMapping:
    return NeedsMapping(
        path,
        f"is a {_KINDS[kind]} table, and nobody has said what its columns mean: {_listed(shown)}",
        "map them: --map PROFILE.json, or the dialog when it is attached in the window",
        shown.columns,
    )


def _lacking(path: Path, name: str, shown: Preview) -> NeedsMapping:
    return NeedsMapping(
        path,
        f"has no column {name!r}, which the mapping names; it has {_listed(shown)}",
        "choose another mapping, or correct this one",
        shown.columns,
    )


def _listed(shown: Preview) -> str:
    more = len(shown.columns) - _NAMED
    names = ", ".join(name[:60] for name in shown.columns[:_NAMED])
    return f"{names} and {more} more" if more > 0 else names


IMPORTER: Final = Importer("table", "tables with mapped columns (CSV, JSON Lines, Parquet)", sniff, read)
