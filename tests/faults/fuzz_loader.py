"""Fuzzing of the project file's reading: whatever is given, a document comes out, or one line that says why not."""

import sys
from collections.abc import Iterable

from tests.faults.fuzz import Target, main, plain


def prepare() -> tuple[Target, Iterable[bytes]]:
    from tests.faults.seeds import project_seeds
    from workbench.files.canonical import canonical_bytes
    from workbench.files.errors import ProjectFileError
    from workbench.files.project import load_bytes
    from workbench.store.integrity import find_dangling

    def target(data: bytes) -> None:
        try:
            loaded = load_bytes(data, "f")
        except ProjectFileError as error:
            plain(error)
            return
        store = loaded.store
        assert not find_dangling(store.records.values(), store.records), "a reference dangles"
        if not loaded.read_only:
            written = canonical_bytes(store.records.values(), loaded.header)
            again = load_bytes(written, "f")
            assert again.is_current(), "what is written does not read back as it was"
            assert dict(again.store.records) == dict(store.records), "the document does not read back"

    return target, project_seeds()


if __name__ == "__main__":
    sys.exit(main("loader", prepare))
