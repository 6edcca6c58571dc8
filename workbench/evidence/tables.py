"""Tables of text cells, whatever they are written in: CSV and its relatives, JSON Lines, JSON lists, Parquet.

Everything is bounded: columns, rows, the length of a line and of a cell. A row is given with the number of its line.
"""

import codecs
import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from workbench.evidence.intake import MAX_LINE, MAX_LINES_FILE, MIB, Head, Watch, json_lines, open_regular, read_json
from workbench.evidence.parquet import parquet_columns, parquet_rows
from workbench.evidence.problems import ImportProblem, one_line
from workbench.values import value_type

MAX_COLUMNS: Final = 2_000
MAX_ROWS: Final = 300_000
MAX_CELL: Final = 4 * MIB
"""Longest cell of a text table; the csv module keeps it for the whole process, so all readers set the same."""
_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_ROWS: Final = 40
_CUT_OFF: Final = 60_000
"""From so many bytes on, a beginning may end in the middle of a line."""
_SAME_WIDTH: Final = 0.8
"""Share of the first rows that must have as many cells as the header: some may be ragged."""

Kind = Literal["csv", "jsonl", "json", "parquet"]


class Row(NamedTuple):
    """One row.

    Attributes:
        line: where it begins, counted from 1; for Parquet the row.
        cells: the wanted columns in their order, as text without space around it.
        ragged: whether it has more or fewer cells than the header, so that they may stand in wrong columns.
    """

    line: int
    cells: list[str]
    ragged: bool = False


@value_type(frozen=True, slots=True)
class Dialect:
    """How a text table is written: its encoding, and what stands between cells."""

    encoding: str
    delimiter: str


@value_type(frozen=True, slots=True)
class Preview:
    """The beginning of a table, to show and to guess from.

    Attributes:
        columns: names in order; ``twice`` are those that several columns have.
        rows: some rows, cells by name.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    twice: tuple[str, ...] = ()


def kind_of(head: Head, wanted: Iterable[str] = ()) -> Kind | None:
    """What a file is as a table, told from its beginning; None where it is none.

    Args:
        head: the beginning.
        wanted: columns that a mapping names: a header that has them makes a table, however ragged its rows.
    """
    if head.data.startswith(b"PAR1"):
        return "parquet"
    start = head.text.lstrip()[:2_000]
    if start.startswith("{"):
        return "jsonl" if head.keys else None
    if start.startswith("["):
        return "json" if start[1:].lstrip().startswith("{") else None
    return "csv" if not start.startswith("<") and dialect_of(head, wanted) is not None else None


def dialect_of(head: Head, wanted: Iterable[str] = ()) -> Dialect | None:
    """How a file is written if it is a text table.

    That is: at least two columns, and rows as wide as the header; or a header with all the ``wanted`` columns.
    """
    encoding = _encoding(head.data)
    lines = head.data.decode(encoding, "replace").splitlines(keepends=True)
    if len(lines) > 1 and len(head.data) >= _CUT_OFF:
        lines.pop()  # it may be cut off
    if any("\0" in line for line in lines[:_SAMPLE_ROWS]):
        return None
    names = set(wanted)
    if lines and _separator_line(lines[0]):
        return Dialect(encoding, lines[0][4])
    best: tuple[float, int, str] | None = None
    for delimiter in _DELIMITERS:
        rows = _first_rows(lines, delimiter)
        widths = [len(row) for row in rows]
        if rows and names and names <= {one_line(name, 200) for name in rows[0]}:
            return Dialect(encoding, delimiter)
        if rows and widths[0] >= 2:
            same = sum(width == widths[0] for width in widths) / len(widths)
            if same >= _SAME_WIDTH:
                best = max(best or (0.0, 0, ""), (same, widths[0], delimiter))
    return Dialect(encoding, best[2]) if best else None


def _encoding(data: bytes) -> str:
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _separator_line(line: str) -> bool:
    """Whether it is the line ``sep=;`` with which Excel begins."""
    return line.startswith("sep=") and len(line.strip()) == 5


def _first_rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(islice((row for row in csv.reader(lines, delimiter=delimiter) if row), _SAMPLE_ROWS))
    except csv.Error:
        return []


def preview(path: Path, head: Head, kind: Kind, wanted: Iterable[str] = (), *, limit: int = 200) -> Preview:
    """The columns of a table and its first rows.

    Raises:
        ImportProblem: it cannot be read.
    """
    if kind == "csv":
        header, body = _csv(path, head, Watch(), wanted)
        columns = _named(path, header)
        rows = [dict(zip(columns, row.cells, strict=False)) for row in islice(body, limit) if not row.ragged]
        names = tuple(dict.fromkeys(columns))
        return Preview(names, tuple(rows), tuple(name for name in names if columns.count(name) > 1))
    if kind == "parquet":
        names = parquet_columns(path, MAX_COLUMNS)
        first = islice(parquet_rows(path, names, Watch()), limit)
        return Preview(names, tuple(dict(zip(names, map(cell_text, row), strict=True)) for row in first))
    objects = [value for _, value in islice(_objects(path, kind, Watch()), limit)]
    found = dict.fromkeys(name for value in objects for name in _paths(value))
    if len(found) > MAX_COLUMNS:
        raise _too_wide(path, len(found))
    return Preview(tuple(found), tuple({name: cell_text(_at(value, name)) for name in found} for value in objects))


def _paths(value: dict[str, Any]) -> Iterator[str]:
    """Keys of an object; of an object inside it, ``outer.inner``."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from (f"{name}.{key}" for key, leaf in inner.items() if not isinstance(leaf, dict))
        else:
            yield name


def _at(value: dict[str, Any], name: str) -> Any:
    if name in value:
        return value[name]
    outer, dot, inner = name.partition(".")
    return value[outer].get(inner) if dot and isinstance(value.get(outer), dict) else None


def rows_of(path: Path, head: Head, kind: Kind, names: Sequence[str], watch: Watch) -> Iterator[Row]:
    """The rows of a table, each with the cells of the named columns.

    Raises:
        ImportProblem: it cannot be read, lacks a named column, or is too large.
        Cancelled: the user asked to stop.
    """
    if kind == "csv":
        header, body = _csv(path, head, watch, names)
        columns = _named(path, header)
        places = [columns.index(name) for name in names]
        rows: Iterator[Row] = (
            Row(row.line, [row.cells[place] if place < len(row.cells) else "" for place in places], row.ragged)
            for row in body
        )
    elif kind == "parquet":
        found = parquet_rows(path, tuple(names), watch)
        rows = (Row(index, [cell_text(cell) for cell in cells]) for index, cells in enumerate(found, 1))
    else:
        values = _objects(path, kind, watch)
        rows = (Row(number, [cell_text(_at(value, name)) for name in names]) for number, value in values)
    for count, row in enumerate(rows):
        if count >= MAX_ROWS:
            raise ImportProblem(path, f"holds more than {MAX_ROWS:,} rows", "split it")
        yield row


def _objects(path: Path, kind: Kind, watch: Watch) -> Iterator[tuple[int, dict[str, Any]]]:
    values: Iterator[tuple[int, Any]]
    if kind == "json":
        content = read_json(path)
        values = enumerate(content if isinstance(content, list) else [], 1)
    else:
        values = json_lines(path, watch)
    for number, value in values:
        if not isinstance(value, dict):
            where = "entry" if kind == "json" else "line"
            raise ImportProblem(path, f"{where} {number:,} is no JSON object", "check what wrote the file")
        yield number, value


def cell_text(value: Any) -> str:
    """A value as the text of a cell: empty for null and NaN, ``true`` and ``false``, numbers as they are written."""
    if isinstance(value, str):
        return value.strip()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value) if not isinstance(value, int) or abs(value) < 10**300 else "inf"
    if isinstance(value, list | dict):
        return json.dumps(value, default=str)[:200] if value else ""
    return str(value)


def _named(path: Path, header: list[str]) -> list[str]:
    if len(header) > MAX_COLUMNS:
        raise _too_wide(path, len(header))
    return [one_line(name, 200) or f"column {index}" for index, name in enumerate(header, 1)]


def _too_wide(path: Path, count: int) -> ImportProblem:
    return ImportProblem(path, f"has {count:,} columns; up to {MAX_COLUMNS:,} are read", "leave out what is not needed")


def _csv(path: Path, head: Head, watch: Watch, wanted: Iterable[str]) -> tuple[list[str], Iterator[Row]]:
    """The header of a text table, and the rows beneath it."""
    dialect = dialect_of(head, wanted) or Dialect(_encoding(head.data), ",")
    body = _csv_rows(path, dialect, watch)
    first = next(body, None)
    if first is None:
        raise ImportProblem(path, "holds no rows", "check that the table was written")
    header = first.cells
    while len(header) > 1 and not header[-1]:
        header.pop()
    width = len(header)

    def rows() -> Iterator[Row]:
        for line, cells, _ in body:
            extra = cells[width:]
            yield Row(line, cells[:width], len(cells) < width or any(extra))

    return header, rows()


def _csv_rows(path: Path, dialect: Dialect, watch: Watch) -> Iterator[Row]:
    file, size = open_regular(path)
    with file:
        if size > MAX_LINES_FILE:
            raise ImportProblem(path, f"is {size / MIB:,.0f} MiB of lines; 4,096 MiB are read", "split it")
        csv.field_size_limit(MAX_CELL)
        text = io.TextIOWrapper(file, encoding=dialect.encoding, newline="")
        reader = csv.reader(_bounded_lines(path, text), delimiter=dialect.delimiter)
        line = 1
        try:
            for count, cells in enumerate(reader):
                if count % 512 == 0:
                    watch.step(file.tell() / size)
                if len(cells) > 10 * MAX_COLUMNS:
                    raise _too_wide(path, len(cells))
                if any(cells) and not (count == 0 and _separator_line(dialect.delimiter.join(cells))):
                    yield Row(line, [cell.strip() for cell in cells])
                line = reader.line_num + 1
        except csv.Error as error:
            what = f"line {line:,} cannot be read as a row ({error}): perhaps a quote is never closed"
            raise ImportProblem(path, what, "check what wrote the table") from None
        except UnicodeError:
            what = f"holds bytes after line {line:,} that are no {_PLAIN_NAMES[dialect.encoding]}"
            raise ImportProblem(path, what, "save it as CSV UTF-8") from None
        except OSError as error:
            raise ImportProblem(path, f"cannot be read to its end ({error.strerror})", "check the disk") from None


_PLAIN_NAMES: Final = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}


def _bounded_lines(path: Path, text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            what = f"line {number:,} is longer than {MAX_LINE // MIB} MiB"
            raise ImportProblem(path, what, "check what wrote the file")
        yield line
