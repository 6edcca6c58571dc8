"""Word lists and thresholds of the linter: the shipped ones, with what a project says otherwise."""

from collections.abc import KeysView
from functools import lru_cache
from typing import Any

import orjson

from workbench.analysis.findings import Rule, Severity
from workbench.analysis.lint.names import words_of
from workbench.model.lint import LintOptions
from workbench.paths import resource

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=1)
def defaults() -> dict[str, Any]:
    """What ``resources/lint/defaults.json`` holds: ``value`` and ``about`` of ``thresholds`` and ``words``."""
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
        self._phrases: dict[str, Phrases] = {}

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
        """The first phrase of a list that stands in a text as whole words, the longest there; empty where none does."""
        phrases = self._by_first_word(name)
        words = words_of(text)
        if phrases.keys().isdisjoint(words):
            return ""
        for place, word in enumerate(words):
            for phrase, said in phrases.get(word, ()):
                if words[place : place + len(phrase)] == phrase:
                    return said
        return ""

    def first_words(self, name: str) -> KeysView[str]:
        """The words that the phrases of a list begin with: a text that has none of them holds no phrase."""
        return self._by_first_word(name).keys()

    def is_one_of(self, name: str, text: str) -> bool:
        """Whether a text is nothing but one phrase of a list."""
        words = words_of(text)
        return bool(words) and any(phrase == words for phrase, _ in self._by_first_word(name).get(words[0], ()))

    def _by_first_word(self, name: str) -> Phrases:
        made = self._phrases.get(name)
        if made is None:
            made = self._phrases[name] = {}
            for said in sorted(self._words[name], key=len, reverse=True):
                phrase = words_of(said)
                if phrase:
                    made.setdefault(phrase[0], []).append((phrase, said))
        return made
