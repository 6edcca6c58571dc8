"""The JSON Schema that is committed, and what must hold to it."""

import json

import jsonschema
import pytest

from tests.generator import make_project
from workbench.files.canonical import canonical_bytes
from workbench.files.schema import project_schema, schema_text


@pytest.fixture(scope="module")
def validator():
    schema = project_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_committed_schema_is_current(root):
    committed = (root / "resources" / "project.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "run: hazard-workbench schema > resources/project.schema.json"


def test_samples_and_templates_hold_to_it(root, validator):
    files = [*(root / "samples").glob("*.hazard.json"), *(root / "resources" / "templates").glob("*.hazard.json")]
    assert files
    for file in [*files, root / "tests" / "data" / "project-1.0.hazard.json"]:
        validator.validate(json.loads(file.read_bytes()))


def test_a_generated_project_holds_to_it(validator):
    validator.validate(json.loads(canonical_bytes(make_project(60))))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": {"major": 2, "minor": 0}},
        {"records": {"cause": {"c": {"title": 3}}}},
        {"records": {"link": {"l": {"source": "a"}}}},
        {"records": {"cause": []}},
    ],
)
def test_it_refuses_what_the_program_refuses(validator, change):
    good = {"format": "hazard-workbench", "version": {"major": 1, "minor": 0}, "records": {"cause": {"c": {}}}}
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, **change})


def test_it_has_no_field_called_id(validator):
    for name, definition in validator.schema["$defs"].items():
        assert "id" not in definition.get("properties", {}), name
