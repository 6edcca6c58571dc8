"""Fuzzing of versions: files of every version, older, newer minor and newer major, through all migrations there are."""

import sys
from collections.abc import Iterable

from tests.faults.fuzz import Target, main, plain


def prepare() -> tuple[Target, Iterable[bytes]]:
    from tests.faults.seeds import versioned_seeds
    from workbench.files.canonical import canonical_bytes
    from workbench.files.careful import read_raw
    from workbench.files.errors import ProjectFileError
    from workbench.files.header import MAJOR
    from workbench.files.migrations.registry import STEPS
    from workbench.files.project import load_bytes

    versions = [*(step.reads for step in STEPS), (MAJOR, 0), (MAJOR, 7), (MAJOR, 2**62), (MAJOR + 1, 0), (2**70, 0)]

    def target(data: bytes) -> None:
        try:
            raw = read_raw(data, "f")
        except ProjectFileError:
            return
        del raw
        for major, minor in versions:
            head = b'{"format": "hazard-workbench", "version": {"major": %d, "minor": %d}, ' % (major, minor)
            try:
                loaded = load_bytes(data.replace(b"{", head, 1), "f")
            except ProjectFileError as error:
                plain(error)
                continue
            assert bool(loaded.read_only) == (loaded.header.major > MAJOR), "a newer major may not be changed"
            canonical_bytes(loaded.store.records.values(), loaded.header)

    return target, versioned_seeds()


if __name__ == "__main__":
    sys.exit(main("migrations", prepare))
