"""Findings as SARIF 2.1.0, the format that code hosts show beside a change."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from workbench.analysis.findings import Finding
from workbench.analysis.structure import RULES

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(found: Iterable[tuple[str, Finding]]) -> dict[str, Any]:
    """A SARIF log of (file, finding) pairs; the place of a finding is the file and the record's id."""
    places = {rule.id: place for place, rule in enumerate(RULES)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "hazard-workbench",
                        "rules": [
                            {
                                "id": rule.id,
                                "shortDescription": {"text": rule.title},
                                "defaultConfiguration": {"level": rule.severity},
                            }
                            for rule in RULES
                        ],
                    }
                },
                "results": [_result(file, finding, places) for file, finding in found],
            }
        ],
    }


def _result(file: str, finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    return {
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
    }


def _uri(file: str) -> str:
    path = Path(file)
    if file == "-":
        return "stdin"
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
