"""Fuzzing of the importers: ``python -m tests.faults.fuzz_importers human-eval --seconds 300``, one format at a time.

Parquet is not tried: it is read in a process of its own, one for each input.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults.fuzz import Target, main, plain, say


def prepare(name: str) -> Callable[[], tuple[Target, Iterable[bytes]]]:
    """What one importer is tried with."""

    def importer() -> tuple[Target, Iterable[bytes]]:
        from tests.faults.seeds import importer_seeds
        from workbench.evidence.problems import ImportProblem
        from workbench.evidence.reading import importers, read_run

        importers()  # so that all of them are watched
        seeds, ending, options = importer_seeds(name)
        path = Path(tempfile.mkdtemp(prefix="fuzz-")) / f"run{ending}"

        def target(data: bytes) -> None:
            path.write_bytes(data)
            try:
                read_run(path, **options)
            except ImportProblem as error:
                plain(error)

        return target, seeds

    return importer


if __name__ == "__main__":
    if len(sys.argv) < 2:
        say("name a format")
        sys.exit(2)
    sys.exit(main(f"importer-{sys.argv[1]}", prepare(sys.argv[1]), sys.argv[2:]))
