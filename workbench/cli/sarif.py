"""Findings as SARIF 2.1.0, the format that code hosts show beside a change."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from workbench.analysis.findings import KIND_WORD, Finding, Rule
from workbench.analysis.lint.registry import RULES

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(found: Iterable[tuple[str, Finding]]) -> dict[str, Any]:
    """A SARIF log of (file, finding) pairs; the place of a finding is the file and the record's id."""
    places = {rule.id: place for place, rule in enumerate(RULES)}
    driver = {"name": "hazard-workbench", "rules": [_rule(rule) for rule in RULES]}
    results = [_result(file, finding, places) for file, finding in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    """What a reader is told about a rule: why it is there and where it comes from."""
    full = rule.explanation or rule.title
    parts = [full, rule.question, f"Source: {rule.source}" if rule.source else ""]
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": full},
        "help": {"text": "\n".join(part for part in parts if part)},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"kind": KIND_WORD[rule.kind], "tags": ["hazard-analysis", rule.kind]},
    }


def _result(file: str, finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    result = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": _uri(file)}},
                "logicalLocations": [{"fullyQualifiedName": finding.element, "kind": "element"}],
            }
        ],
        "partialFingerprints": {"ruleAndRecord/v1": f"{finding.rule}:{finding.element}"},
    }
    if not finding.open:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.suppressed}]
    return result


def _uri(file: str) -> str:
    path = Path(file)
    if file == "-":
        return "stdin"
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
