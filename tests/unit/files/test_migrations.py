"""The registry of migrations, tried with steps made up here; the real ones must hold to the same."""

import copy

import pytest

from workbench.files.header import MAJOR, MINOR
from workbench.files.migrations.registry import CURRENT, FIRST, STEPS, MigrationGapError, Step, check_steps, migrate


def add_field(raw):
    records = {
        kind: {id: {**fields, "added": True} for id, fields in table.items()} for kind, table in raw["records"].items()
    }
    return {**raw, "records": records}


def rename_kind(raw):
    return {**raw, "records": {f"new_{kind}": table for kind, table in raw["records"].items()}}


FAKE = (Step((1, 0), (1, 1), add_field), Step((1, 1), (2, 0), rename_kind))


def sample():
    return {"format": "x", "version": {"major": 1, "minor": 0, "kept": 1}, "records": {"cause": {"c": {"a": [1]}}}}


def test_the_real_steps_have_no_gap_and_end_at_the_version_written():
    check_steps(STEPS, FIRST, CURRENT)
    assert (MAJOR, MINOR) == CURRENT


def test_every_version_that_is_read_has_a_frozen_sample(root):
    for major, minor in {FIRST, *(step.reads for step in STEPS), CURRENT}:
        assert (root / "tests" / "data" / f"project-{major}.{minor}.hazard.json").is_file()


def test_steps_are_applied_in_order_and_set_the_version():
    raw, version = migrate(sample(), (1, 0), FAKE)
    assert version == (2, 0)
    assert raw["version"] == {"major": 2, "minor": 0, "kept": 1}
    assert raw["records"] == {"new_cause": {"c": {"a": [1], "added": True}}}
    later, version = migrate({**sample(), "version": {"major": 1, "minor": 1}}, (1, 1), FAKE)
    assert version == (2, 0)
    assert later["records"] == {"new_cause": {"c": {"a": [1]}}}


def test_a_step_does_not_change_what_it_is_given():
    given = sample()
    before = copy.deepcopy(given)
    migrate(given, (1, 0), FAKE)
    assert given == before
    for step in STEPS:
        assert step.apply(copy.deepcopy(given)) is not None


def test_a_newer_minor_keeps_its_number():
    given = {**sample(), "version": {"major": 2, "minor": 3}}
    assert migrate(given, (2, 3), FAKE) == (given, (2, 3))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "end at version 1.0"),
        (FAKE[:1], "end at version 1.1"),
        (FAKE[1:], "no step reads version 1.0"),
        (FAKE[::-1], "no step reads version 1.0"),
        ((FAKE[0], FAKE[0]), "no step reads version 1.1"),
        ((Step((1, 0), (1, 2), add_field),), "skips a version"),
        ((Step((1, 0), (3, 0), add_field),), "skips a version"),
    ],
)
def test_gaps_are_found(steps, words):
    with pytest.raises(MigrationGapError, match=words):
        check_steps(steps, (1, 0), (2, 0))


def test_fake_steps_without_gap_pass():
    check_steps(FAKE, (1, 0), (2, 0))
