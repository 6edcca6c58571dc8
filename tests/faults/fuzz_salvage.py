"""Fuzzing of salvage: whatever is given, a document without dangling references that can be saved and opened again."""

import sys
from collections.abc import Iterable

from tests.faults.fuzz import Target, main, plain


def prepare() -> tuple[Target, Iterable[bytes]]:
    from tests.faults.seeds import project_seeds
    from workbench.files.canonical import canonical_bytes
    from workbench.files.errors import ProjectFileError
    from workbench.files.project import load_bytes
    from workbench.files.salvage import salvage

    def target(data: bytes) -> None:
        try:
            saved = salvage(data, "f")
        except ProjectFileError as error:
            plain(error)
            return
        assert all(line.isprintable() for line in saved.as_lines()), "a line of the list is not plain"
        assert saved.summary.isprintable()
        load_bytes(canonical_bytes(saved.store.records.values(), saved.header), "f")

    return target, project_seeds()


if __name__ == "__main__":
    sys.exit(main("salvage", prepare))
