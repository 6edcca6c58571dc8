"""Tables in Parquet, read through pyarrow where it is installed: it is large, so it is no part of a plain install.

It is never loaded into the program itself: see ``parquet_worker``.
"""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.evidence.intake import MIB, Watch, open_regular
from workbench.evidence.problems import ImportProblem

_MAX_BYTES: Final = 2_048 * MIB
_MAX_GROUP: Final = 256 * MIB
"""Most bytes that the wanted columns of one row group may unpack to."""
_WORKER: Final = Path(__file__).with_name("parquet_worker.py")
_MAX_LINE: Final = 64 * MIB
_HOW_TO_INSTALL: Final = "install it: pip install 'hazard-workbench[parquet]'"


def parquet_columns(path: Path, limit: int) -> tuple[str, ...]:
    """Names of the columns.

    Raises:
        ImportProblem: pyarrow is not installed, the file is broken, or it has more than ``limit`` columns.
    """
    told = next(_told(path, limit, None), None)
    names = told.get("columns", []) if isinstance(told, dict) else []
    if len(names) > limit:
        raise ImportProblem(path, f"has more than {limit:,} columns", "leave out what is not needed")
    return tuple(names)


def parquet_rows(path: Path, names: Sequence[str], watch: Watch) -> Iterator[list[Any]]:
    """The rows, each with the values of the named columns; nothing else is unpacked.

    Raises:
        ImportProblem: as above; or a part of it would unpack to too much.
        Cancelled: the user asked to stop.
    """
    told = _told(path, 0, list(names))
    first = next(told, None)
    total = max(first.get("rows", 1) if isinstance(first, dict) else 1, 1)
    for count, row in enumerate(told):
        if count % 1_024 == 0:
            watch.step(min(1.0, count / total))
        if isinstance(row, list):
            yield row
        elif isinstance(row, dict) and "error" in row:
            raise _broken(path, str(row["error"]))


def _broken(path: Path, why: str) -> ImportProblem:
    return ImportProblem(path, f"is a Parquet table that cannot be read ({why})", "copy or export it again")


def _told(path: Path, limit: int, names: list[str] | None) -> Iterator[Any]:
    """What the worker says of a file, value by value; it is ended when nobody listens any more."""
    if importlib.util.find_spec("pyarrow") is None:
        what = "is a Parquet table, and pyarrow, which reads these, is not installed"
        raise ImportProblem(path, what, _HOW_TO_INSTALL)
    file, size = open_regular(path)
    file.close()
    if size > _MAX_BYTES:
        raise ImportProblem(path, f"is {size / MIB:,.0f} MiB; {_MAX_BYTES // MIB:,} MiB are read", "split it")
    command = [sys.executable, "-P", str(_WORKER), os.path.abspath(path)]  # noqa: PTH100 - links stay as they are
    command += [str(limit), str(_MAX_GROUP), json.dumps(names)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    with subprocess.Popen(  # noqa: S603 - the program itself, and no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as worker:
        assert worker.stdout is not None
        try:
            spoke = False
            while line := worker.stdout.readline(_MAX_LINE):
                value = _value(path, line)
                if not spoke and isinstance(value, dict) and "error" in value:
                    raise _broken(path, str(value["error"]))
                spoke = True
                yield value
            if worker.wait() != 0:
                raise _broken(path, "the library that reads it gave up")
        finally:
            worker.kill()


def _value(path: Path, line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise _broken(path, "its rows are too long, or the library gave up") from None
