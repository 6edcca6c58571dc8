"""What counts as a finding in a run of a SARIF log, and which rule, level, weakness and file it belongs to."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.intake import count_of, list_of, object_of, text_of
from workbench.evidence.problems import ImportProblem

LEVELS: Final = ("error", "warning", "note", "none")
_CWE: Final = re.compile(r"\bcwe[-_: /]{0,2}0*(\d{1,6})\b", re.IGNORECASE)
_MAX_TAGS: Final = 50


@dataclass(slots=True)
class Group:
    """Findings that belong together, and the files they lie in."""

    total: int = 0
    files: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Findings:
    """The findings of one run.

    Attributes:
        total: results that are findings.
        files: distinct files they lie in.
        without_file: findings that name no file.
        groups: by kind of group (``rule``, ``level``, ``cwe``) and value.
        left_out: results that are no findings, by the reason.
        default_level: findings that take their level from the rule or the standard.
    """

    total: int = 0
    files: set[str] = field(default_factory=set)
    without_file: int = 0
    groups: dict[str, dict[str, Group]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    default_level: int = 0
    unchanged: int = 0

    def doubts(self) -> list[str]:
        """What to know about the count."""
        doubts = []
        if self.left_out["suppressed"]:
            k = self.left_out["suppressed"]
            doubts.append(
                f"Suppressed results, which are not counted: {k}; with them there would be {self.total + k} findings."
            )
        if self.left_out["absent"]:
            doubts.append(
                f"Results that are gone since the baseline, which are not counted: {self.left_out['absent']}."
            )
        if self.left_out["kind"]:
            doubts.append(
                f"Results marked as passed, open or not applicable, which are no findings: {self.left_out['kind']}."
            )
        if self.unchanged:
            doubts.append(f"Findings that were already there in the baseline, which are counted: {self.unchanged}.")
        if self.default_level:
            doubts.append(
                f"Findings that state no level: {self.default_level}; it is taken from their rule, else warning."
            )
        return doubts


def findings_of(path: Path, run: dict[str, Any], where: str) -> Findings | None:
    """The findings of a run, or None where the run holds no results (which is not the same as an empty list).

    Raises:
        ImportProblem: the results are no list of objects.
    """
    results = run.get("results")
    if results is None:
        return None
    if not isinstance(results, list):
        raise ImportProblem(path, f"{where}: results is no list", "check what wrote the file, or scan again")
    rules = _Rules(run)
    findings = Findings()
    for index, result in enumerate(results):
        if not isinstance(result, dict):
            raise ImportProblem(path, f"{where}: results[{index}] is no object", "check what wrote the file")
        reason = _no_finding(result)
        if reason:
            findings.left_out[reason] += 1
            continue
        _take(findings, result, rules, run)
    return findings


def _no_finding(result: dict[str, Any]) -> str:
    """Why a result is no finding; empty where it is one (SARIF 2.1.0, sections 3.27.9, 3.27.23 and 3.27.24)."""
    if result.get("baselineState") == "absent":
        return "absent"
    if result.get("kind") not in (None, "fail"):
        return "kind"
    suppressions = list_of(result.get("suppressions"))
    open_states = ("underReview", "rejected")
    if suppressions and not any(object_of(entry).get("status") in open_states for entry in suppressions):
        return "suppressed"
    return ""


def _take(findings: Findings, result: dict[str, Any], rules: "_Rules", run: dict[str, Any]) -> None:
    rule = rules.of(result)
    name = _rule_name(result) or text_of(rule.get("id"), 300)
    level = result.get("level")
    if level not in LEVELS:
        level = object_of(rule.get("defaultConfiguration")).get("level")
        level = level if level in LEVELS else "warning"
        findings.default_level += 1
    files = _files(result, run)
    findings.total += 1
    findings.without_file += not files
    findings.files |= files
    findings.unchanged += result.get("baselineState") in ("unchanged", "updated")
    weaknesses = _weaknesses(list_of(result.get("taxa"))[:_MAX_TAGS], result)
    weaknesses |= rules.weaknesses(rule) if rule else set()
    kinds = [("rule", name), ("level", str(level)), *(("cwe", cwe) for cwe in sorted(weaknesses))]
    for kind, value in kinds:
        if value:
            group = findings.groups.setdefault(kind, {}).setdefault(value, Group())
            group.total += 1
            group.files |= files


def _rule_name(result: dict[str, Any]) -> str:
    return text_of(result.get("ruleId"), 300) or text_of(object_of(result.get("rule")).get("id"), 300)


class _Rules:
    """The rules of a run's tool and its extensions."""

    def __init__(self, run: dict[str, Any]) -> None:
        tool = object_of(run.get("tool"))
        self._driver = list_of(object_of(tool.get("driver")).get("rules"))
        self._extensions = [list_of(object_of(entry).get("rules")) for entry in list_of(tool.get("extensions"))]
        self._by_id: dict[str, dict[str, Any]] = {}
        self._weaknesses: dict[int, set[str]] = {}
        for rules in (self._driver, *self._extensions):
            for rule in map(object_of, rules):
                name = rule.get("id")
                if isinstance(name, str):
                    self._by_id.setdefault(name, rule)

    def weaknesses(self, rule: dict[str, Any]) -> set[str]:
        """Weaknesses a rule of this run stands for, looked up once."""
        if id(rule) not in self._weaknesses:  # the run keeps its rules, so no other object can take the id
            targets = [object_of(entry).get("target") for entry in list_of(rule.get("relationships"))[:_MAX_TAGS]]
            self._weaknesses[id(rule)] = _weaknesses(targets, rule)
        return self._weaknesses[id(rule)]

    def of(self, result: dict[str, Any]) -> dict[str, Any]:
        """The rule of a result, or an empty object."""
        reference = object_of(result.get("rule"))
        component = count_of(object_of(reference.get("toolComponent")).get("index"))
        rules = self._driver
        if component is not None:
            rules = self._extensions[component] if component < len(self._extensions) else []
        index = count_of(reference.get("index"))
        if index is None:
            index = count_of(result.get("ruleIndex"))
        if index is not None and index < len(rules):
            return object_of(rules[index])
        name = _rule_name(result)
        return self._by_id.get(name) or self._by_id.get(name.rpartition("/")[0], {})


def _weaknesses(references: list[Any], owner: dict[str, Any]) -> set[str]:
    """CWE numbers, such as ``CWE-89``, from references to a taxonomy and from the tags of a result or rule."""
    found: set[str] = set()
    for target in map(object_of, references):
        if text_of(object_of(target.get("toolComponent")).get("name"), 40).upper() == "CWE":
            number = text_of(target.get("id"), 40).upper().removeprefix("CWE-").lstrip("0")
            if number.isdecimal():
                found.add(f"CWE-{number}")
    properties = object_of(owner.get("properties"))
    for text in [*list_of(properties.get("tags"))[:_MAX_TAGS], properties.get("cwe")]:
        if isinstance(text, str):
            found |= {f"CWE-{match[1]}" for match in _CWE.finditer(text[:200])}
    return found


def _files(result: dict[str, Any], run: dict[str, Any]) -> set[str]:
    """The files a result lies in."""
    artifacts = list_of(run.get("artifacts"))
    places = [object_of(object_of(entry).get("physicalLocation")) for entry in list_of(result.get("locations"))]
    found = {_uri(object_of(place.get("artifactLocation")), artifacts) for place in places} - {""}
    return found or {_uri(object_of(result.get("analysisTarget")), artifacts)} - {""}


def _uri(location: dict[str, Any], artifacts: list[Any]) -> str:
    uri = text_of(location.get("uri"), 2_000)
    index = count_of(location.get("index"))
    if not uri and index is not None and index < len(artifacts):
        uri = text_of(object_of(object_of(artifacts[index]).get("location")).get("uri"), 2_000)
    return uri.removeprefix("./")
