"""Fuzzing of the three-way merge: three documents in one JSON object, any records that can be loaded."""

import sys
from collections.abc import Iterable

from tests.faults.fuzz import Target, main


def prepare() -> tuple[Target, Iterable[bytes]]:
    import orjson

    from tests.faults.seeds import merge_seeds
    from workbench.files.canonical import canonical_bytes
    from workbench.files.careful import read_raw
    from workbench.files.errors import ProjectFileError
    from workbench.files.merge import merge
    from workbench.files.project import load_bytes
    from workbench.store.integrity import find_dangling

    def target(data: bytes) -> None:
        try:
            raw = read_raw(data, "f")
            sides = [load_bytes(orjson.dumps(raw.get(name)), "f") for name in ("base", "ours", "theirs")]
        except (ProjectFileError, TypeError):  # what is no side of a merge is not what is tried here
            return
        if any(side.read_only for side in sides):
            return
        base, ours, theirs = (dict(side.store.records) for side in sides)
        merged = merge(base, ours, theirs)
        assert not find_dangling(merged.records.values(), merged.records), "a reference dangles"
        load_bytes(canonical_bytes(merged.records.values()), "f")
        assert merge(base, ours, ours).records == ours, "merged with itself it is another"
        assert merge(base, ours, base).records == ours, "merged with what it grew from it is another"

    return target, merge_seeds()


if __name__ == "__main__":
    sys.exit(main("merge", prepare))
