"""Findings as SARIF 2.1.0, the format that code hosts show beside a change."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from workbench.analysis.findings import KIND_WORD, Finding, Rule
from workbench.analysis.lint.registry import RULES

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


Lines = Mapping[str, tuple[int, int]]
"""First and last line by the id of a record."""
_NO_LINES: Final[Lines] = {}


def sarif(found: Iterable[tuple[str, Finding]], lines: Mapping[str, Lines]) -> dict[str, Any]:
    """A SARIF log of (file, finding) pairs; the place of a finding is the file, the record's lines and its id.

    Args:
        lines: where records stand, by file; a record that is not there has no lines.
    """
    places = {rule.id: place for place, rule in enumerate(RULES)}
    driver = {"name": "hazard-workbench", "rules": [_rule(rule) for rule in RULES]}
    results = [_result(file, finding, places, lines.get(file, _NO_LINES)) for file, finding in found]
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


def _result(file: str, finding: Finding, places: dict[str, int], lines: Lines) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if finding.element in lines:
        first, last = lines[finding.element]
        physical["region"] = {"startLine": first, "endLine": last}
    result = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": physical,
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
