"""Run as a program of its own: says what a Parquet file holds, one JSON value a line.

The library that reads Parquet ends the whole process on some broken files. Here that ends nobody but this worker, whose
memory and time are limited too. It imports nothing of the program.

Usage: parquet_worker.py PATH MOST_COLUMNS MOST_GROUP_BYTES NAMES, with NAMES a JSON list of columns; null asks for
the names of the columns only. The first line is ``{"error": …}``, ``{"columns": […]}`` or ``{"rows": n}``; rows follow.
"""

import json
import sys
from typing import Any, TextIO

_BATCH = 4_096
_LONGEST = 1_000_000
_MEMORY = 1 << 30
_SECONDS = 300


def limit_resources() -> None:
    """Bound memory and processor time, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def plain(value: Any) -> Any:
    """A cell as JSON can hold it."""
    if isinstance(value, str):
        return value[:_LONGEST]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:_LONGEST] if not isinstance(value, list | dict) else ("…" if value else None)


def tell(out: TextIO, path: str, most_columns: int, most_bytes: int, names: list[str] | None) -> None:
    """Write what the file holds."""
    import pyarrow.parquet as parquet

    with parquet.ParquetFile(path, memory_map=False) as file:
        if names is None:
            known = [str(name) for name in file.schema_arrow.names]
            out.write(json.dumps({"columns": known[: most_columns + 1]}) + "\n")
            return
        metadata, wanted = file.metadata, set(names)
        for index in range(metadata.num_row_groups):
            group = metadata.row_group(index)
            parts = [group.column(place) for place in range(group.num_columns)]
            size = sum(
                part.total_uncompressed_size for part in parts if part.path_in_schema.partition(".")[0] in wanted
            )
            if size > most_bytes:
                raise ValueError(f"one row group would unpack to {size >> 20:,} MiB; {most_bytes >> 20} MiB are read")
        out.write(json.dumps({"rows": metadata.num_rows}) + "\n")
        listed = list(dict.fromkeys(names))
        for batch in file.iter_batches(batch_size=_BATCH, columns=listed, use_threads=False):
            columns = dict(zip(batch.schema.names, (column.to_pylist() for column in batch.columns), strict=True))
            cells = [columns[name] for name in names]
            for index in range(batch.num_rows):
                out.write(json.dumps([plain(column[index]) for column in cells]) + "\n")


def main() -> int:
    """Tell, or say in one line why not."""
    limit_resources()
    path, most_columns, most_bytes, names = sys.argv[1:]
    try:
        tell(sys.stdout, path, int(most_columns), int(most_bytes), json.loads(names))
    except Exception as error:  # noqa: BLE001 - the library raises errors of many kinds
        sys.stdout.write(json.dumps({"error": " ".join(str(error).split())[:300] or type(error).__name__}) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
