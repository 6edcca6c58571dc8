"""Files of a newer minor version keep what this program does not know; the long run is the script's."""

import pytest

from tests.faults.newer import check, newer_file, unknown
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_bytes


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_unknown_fields_and_records_come_through(start):
    assert sum(check(number) for number in range(start, start + 50)) > 500


def test_what_is_dropped_is_noticed():
    import json

    data = newer_file(3)
    loaded = load_bytes(json.dumps(data).encode())
    written = json.loads(canonical_bytes(loaded.store.records.values()))  # without what stood beside the records
    assert unknown(written) != unknown(data)
