"""The SARIF log holds to version 2.1.0 of the format, as far as the program uses it: names, types and words allowed."""

import json
import os
from pathlib import Path

import pytest

from tests.unit.analysis.lint_projects import BREACHES, answered, both, patch, store_of
from tests.unit.analysis.test_lint_risk import CASES
from workbench.analysis.lint.registry import RULES
from workbench.files.project import save_project
from workbench.store.store import Store

TEXT = {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}}, "required": ["text"],
        "additionalProperties": False}  # fmt: skip
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def _object(required, **properties):
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items, least=0):
    return {"type": "array", "items": items, "minItems": least}


RULE = _object(
    ["id"],
    id={"type": "string"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    defaultConfiguration=_object([], level=LEVEL),
    properties={"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": True}}},
)
RESULT = _object(
    ["message"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations=_list(
        _object(
            [],
            physicalLocation=_object(
                [],
                artifactLocation=_object([], uri={"type": "string", "format": "uri-reference"}),
                region=_object(
                    [], startLine={"type": "integer", "minimum": 1}, endLine={"type": "integer", "minimum": 1}
                ),
            ),
            logicalLocations=_list(_object([], fullyQualifiedName={"type": "string"}, kind={"type": "string"})),
        )
    ),
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    suppressions=_list(
        _object(
            ["kind"],
            kind={"enum": ["inSource", "external"]},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification={"type": "string"},
        )
    ),
)
LOG = _object(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs=_list(
        _object(
            ["tool"],
            tool=_object(["driver"], driver=_object(["name"], name={"type": "string"}, rules=_list(RULE))),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results=_list(RESULT),
        ),
        1,
    ),
)


@pytest.fixture
def log(hazard, tmp_path):
    """The log of two findings, of which one is suppressed."""
    change = both(
        BREACHES["consequence-bundled"][0], BREACHES["hazard-context"][0], answered("hazard-context", "h", "suppressed")
    )
    path = tmp_path / "a project.hazard.json"
    save_project(store_of(change), path)
    result = hazard("check", path, "--format", "sarif", "--fail-on", "warning")
    assert result.code == 1
    return json.loads(result.out)


def test_it_holds_to_the_format(log):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(LOG).validate(log)


@pytest.fixture
def official():
    """A validator of the published schema, which is not part of the program."""
    jsonschema = pytest.importorskip("jsonschema")
    name = os.environ.get("HAZARD_SARIF_SCHEMA", "")
    if not name:
        pytest.skip("HAZARD_SARIF_SCHEMA does not name the published schema of SARIF 2.1.0")
    schema = json.loads(Path(name).read_bytes())
    return jsonschema.validators.validator_for(schema)(schema)


def _told(hazard, *files):
    result = hazard("check", *files, "--format", "sarif", "--fail-on", "never")
    assert result.code == 0
    return json.loads(result.out)


def test_every_rule_holds_to_the_published_schema(official, hazard, tmp_path):
    files = []
    for rule, change in {**{rule: breach[0] for rule, breach in BREACHES.items()}, **CASES}.items():
        files.append(tmp_path / f"{rule} ü.hazard.json")
        save_project(store_of(change), files[-1])
    log = _told(hazard, *files)
    official.validate(log)
    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {rule.id for rule in RULES}


@pytest.mark.parametrize("title", ["<b>", "=1+1", "\u202eabc", "😀" * 50, "x" * 2_000, "a\x00\x1b\n{0}", "{"])
def test_hostile_titles_hold_to_the_published_schema(official, hazard, tmp_path, title):
    path = tmp_path / "p.hazard.json"
    save_project(store_of(both(BREACHES["hazard-context"][0], patch("c", title=title, code=title[:30]))), path)
    official.validate(_told(hazard, path))


def test_samples_and_an_empty_project_hold_to_the_published_schema(official, hazard, tmp_path, root):
    path = tmp_path / "p.hazard.json"
    save_project(Store([]), path)
    official.validate(_told(hazard, path))
    official.validate(_told(hazard, *sorted((root / "samples").glob("*.hazard.json"))))


def test_a_finding_stands_on_the_lines_of_its_record(hazard, tmp_path):
    path = tmp_path / "p.hazard.json"
    save_project(store_of(BREACHES["consequence-bundled"][0]), path)
    rows = path.read_text(encoding="utf-8").split("\n")
    (result,) = _told(hazard, path)["runs"][0]["results"]
    (location,) = result["locations"]
    region = location["physicalLocation"]["region"]
    (logical,) = location["logicalLocations"]
    assert rows[region["startLine"] - 1] == f'      "{logical["fullyQualifiedName"]}": {{'
    assert rows[region["endLine"] - 1].strip(",") == "      }"


def test_rules_say_why_they_are_there(log):
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in RULES]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert "Source: " in rule["help"]["text"]


def test_what_is_suppressed_is_listed_with_its_reason(log):
    results = {result["ruleId"]: result for result in log["runs"][0]["results"]}
    assert set(results) == {"consequence-bundled", "hazard-context"}
    assert "suppressions" not in results["consequence-bundled"]
    (suppression,) = results["hazard-context"]["suppressions"]
    assert suppression["justification"] == "Because"
    assert results["consequence-bundled"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith(
        "a%20project.hazard.json"
    )


def test_what_is_suppressed_counts_nowhere_else(hazard, tmp_path):
    path = tmp_path / "p.hazard.json"
    save_project(store_of(both(BREACHES["hazard-wording"][0], answered("hazard-wording", "h", "suppressed"))), path)
    assert hazard("check", path, "--fail-on", "warning").out == "No findings.\n"
    assert json.loads(hazard("check", path, "--format", "json").out) == {"findings": []}
