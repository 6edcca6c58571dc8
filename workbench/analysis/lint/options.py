"""Word lists and thresholds of the linter: the shipped ones, with what a project says otherwise."""

import re
from functools import lru_cache
from typing import Any, Final

import orjson

from workbench.analysis.findings import Rule, Severity
from workbench.model.lint import LintOptions
from workbench.paths import resource

_NEVER: Final = re.compile(r"(?!)")


@lru_cache(maxsize=1)
def defaults() -> dict[str, Any]:
    """What ``resources/lint/defaults.json`` holds: ``thresholds`` and ``words`` by name, each with a description."""
    loaded: dict[str, Any] = orjson.loads(resource("lint", "defaults.json").read_bytes())
    return loaded


class Options:
    """What holds for one project.

    Attributes:
        off: ids of the rules that are not checked.
    """

    def __init__(self, given: LintOptions | None = None) -> None:
        """Take the shipped values, and over them those of the project."""
        given = given or LintOptions.empty()
        self.off = frozenset(given.off)
        self._severities = given.severities
        self._numbers = {name: entry["value"] for name, entry in defaults()["thresholds"].items()} | given.thresholds
        self._words = {name: tuple(entry["value"]) for name, entry in defaults()["words"].items()} | given.words
        self._patterns: dict[str, re.Pattern[str]] = {}

    def number(self, name: str) -> int:
        """A threshold."""
        return int(self._numbers[name])

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words or phrases."""
        return self._words[name]

    def severity(self, rule: Rule) -> Severity:
        """How much a rule counts in this project."""
        return self._severities.get(rule.id, rule.severity)

    def found(self, name: str, text: str) -> str:
        """The first phrase of a list that stands in a text as whole words; empty where none does."""
        hit = self._pattern(name).search(text)
        return hit.group(0).strip() if hit is not None else ""

    def _pattern(self, name: str) -> re.Pattern[str]:
        made = self._patterns.get(name)
        if made is None:
            phrases = sorted((phrase.strip() for phrase in self._words[name] if phrase.strip()), key=len, reverse=True)
            wanted = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
            made = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)", re.IGNORECASE) if wanted else _NEVER
            self._patterns[name] = made
        return made

    def is_one_of(self, name: str, text: str) -> bool:
        """Whether a text is nothing but one phrase of a list."""
        plain = " ".join(text[:200].casefold().split()).rstrip(".!")
        return plain in self._plain(name)

    def _plain(self, name: str) -> frozenset[str]:
        return frozenset(phrase.casefold().strip() for phrase in self._words[name])
