"""Tables in Parquet, read through pyarrow where it is installed: it is large, so it is no part of a plain install."""

import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.evidence.intake import MIB, Watch, open_regular
from workbench.evidence.problems import ImportProblem

_MAX_BYTES: Final = 2_048 * MIB
_MAX_GROUP: Final = 256 * MIB
"""Most bytes that the wanted columns of one row group may unpack to."""
_BATCH: Final = 4_096


def _pyarrow(path: Path) -> Any:
    try:
        return importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise ImportProblem(
            path, "is a Parquet table, and pyarrow, which reads these, is not installed", _HOW_TO_INSTALL
        ) from None


_HOW_TO_INSTALL: Final = "install it: pip install 'hazard-workbench[parquet]'"


def _open(path: Path) -> Any:
    parquet = _pyarrow(path)
    file, size = open_regular(path)
    file.close()
    if size > _MAX_BYTES:
        raise ImportProblem(path, f"is {size / MIB:,.0f} MiB; {_MAX_BYTES // MIB:,} MiB are read", "split it")
    try:
        return parquet.ParquetFile(path, memory_map=False)
    except Exception as error:  # noqa: BLE001 - the library raises errors of its own, and of many kinds, on broken files
        raise _broken(path, error) from None


def _broken(path: Path, error: Exception) -> ImportProblem:
    return ImportProblem(path, f"is a broken Parquet table ({error})", "copy or export it again")


def parquet_columns(path: Path, limit: int) -> tuple[str, ...]:
    """Names of the columns.

    Raises:
        ImportProblem: pyarrow is not installed, the file is broken, or it has more than ``limit`` columns.
    """
    with _open(path) as file:
        names = tuple(str(name) for name in file.schema_arrow.names)
    if len(names) > limit:
        what = f"has {len(names):,} columns; up to {limit:,} are read"
        raise ImportProblem(path, what, "leave out what is not needed")
    return names


def parquet_rows(path: Path, names: Sequence[str], watch: Watch) -> Iterator[list[Any]]:
    """The rows, each with the values of the named columns; nothing else is unpacked.

    Raises:
        ImportProblem: as above; or a part of it would unpack to too much.
        Cancelled: the user asked to stop.
    """
    wanted = list(dict.fromkeys(names))
    with _open(path) as file:
        total = max(file.metadata.num_rows, 1)
        _check_size(path, file.metadata, set(wanted))
        done = 0
        try:
            for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
                columns = dict(zip(batch.schema.names, (column.to_pylist() for column in batch.columns), strict=True))
                done += batch.num_rows
                watch.step(min(1.0, done / total))
                listed = [columns[name] for name in names]
                for index in range(batch.num_rows):
                    yield [column[index] for column in listed]
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError, NotImplementedError, RuntimeError) as error:
            raise _broken(path, error) from None


def _check_size(path: Path, metadata: Any, wanted: set[str]) -> None:
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        columns = (group.column(place) for place in range(group.num_columns))
        size = sum(column.total_uncompressed_size for column in columns if _top(column) in wanted)
        if size > _MAX_GROUP:
            what = f"would unpack to {size / MIB:,.0f} MiB in one row group; {_MAX_GROUP // MIB} MiB are read"
            raise ImportProblem(path, what, "write it in smaller row groups")


def _top(column: Any) -> str:
    return str(column.path_in_schema).partition(".")[0]
