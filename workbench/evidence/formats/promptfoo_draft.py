"""From the outcomes of promptfoo's tests to runs: rates, named scores, strata, and what is doubtful about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.evidence.formats.counted import many, rate_of_counts
from workbench.evidence.formats.promptfoo_rows import Outcome
from workbench.evidence.imported import Draft
from workbench.evidence.intake import list_of, number_of, object_of, text_of
from workbench.evidence.items import Item, ItemState, metric_of, strata_of

_RATE: Final = "pass_rate"
_SETTINGS: Final = ("temperature", "max_tokens", "top_p", "seed")
_BY_MODEL: Final = (
    "llm-rubric", "model-graded", "factuality", "g-eval", "answer-relevance", "context-", "select-best", "similar",
    "promptfoo:redteam", "classifier", "moderation", "pi", "conversation-relevance", "search-rubric", "agent-rubric",
)  # fmt: skip
_MAX_NAMED: Final = 200
MAX_GROUPS: Final = 500
"""Most pairs of provider and prompt: each is a run of its own."""


@dataclass(slots=True)
class Group:
    """Results of one provider and prompt.

    Attributes:
        said: passes, failures and errors as the tool counts them.
        said_named: for each named score the tool's sum and how many it is of.
        bare: results without assertions, where only totals are known.
    """

    provider: str
    prompt: str
    outcomes: list[Outcome] = field(default_factory=list)
    said: tuple[int | None, ...] | None = None
    said_named: dict[str, tuple[Any, int | None]] = field(default_factory=dict)
    bare: int | None = None


@dataclass(slots=True)
class Evaluation:
    """A file of promptfoo, read.

    Attributes:
        groups: by what tells prompt and provider apart.
        layout: what kind of file it is, where the version does not say.
        stated: results in all as the tool counts them.
        errors_unclear: the layout does not tell errors from failures.
        fails_when_empty: an empty answer counts as a failure, as the analyst said.
    """

    fails_when_empty: bool = False
    groups: dict[str, Group] = field(default_factory=dict)
    version: str = ""
    verified: bool = True
    layout: str = ""
    library: str = ""
    run_id: str = ""
    started: str = ""
    task: str = ""
    dataset: str = ""
    epochs: int | None = None
    providers: list[Any] = field(default_factory=list)
    rows: int = 0
    stated: int | None = None
    errors_unclear: bool = False
    by_model: set[str] = field(default_factory=set)

    def take_config(self, config: dict[str, Any]) -> None:
        """What the configuration says of the task, the data and the providers; keys and secrets are not looked at."""
        self.task = text_of(config.get("description"), 500)
        self.dataset = text_of(config.get("tests"), 500)
        providers = config.get("providers", config.get("targets"))
        self.providers = [providers] if isinstance(providers, str) else list_of(providers)

    def note_assertions(self, row: dict[str, Any]) -> None:
        """Keep the kinds of assertions that a model judges."""
        for entry in list_of(object_of(row.get("testCase")).get("assert"))[:100]:
            kind = text_of(object_of(entry).get("type"), 80).removeprefix("not-")
            if kind.startswith(_BY_MODEL) and len(self.by_model) < 20:
                self.by_model.add(kind)

    def only_provider(self) -> str:
        """The provider of a file whose results name none, where the configuration has a single one."""
        if len(self.providers) != 1:
            return ""
        only = self.providers[0]
        if isinstance(only, str):
            return text_of(only, 300)
        fields = object_of(only)
        return text_of(fields.get("label"), 300) or text_of(fields.get("id"), 300)

    def settings_of(self, provider: str) -> dict[str, str]:
        """A few plain settings of a provider, where the configuration writes them out."""
        for entry in map(object_of, self.providers):
            if provider in (text_of(entry.get("label"), 300), text_of(entry.get("id"), 300)):
                config = object_of(entry.get("config"))
                return {name: text for name in _SETTINGS if (text := text_of(config.get(name), 100))}
        return {}


def drafts_of(evaluation: Evaluation) -> list[Draft]:
    """One run for each group."""
    prompts = {group.prompt for group in evaluation.groups.values()}
    ordered = sorted(evaluation.groups.items(), key=lambda pair: int(pair[0]) if pair[0].isdecimal() else 0)
    return [_draft(evaluation, key, group, several=len(prompts) > 1) for key, group in ordered]


def _draft(evaluation: Evaluation, key: str, group: Group, *, several: bool) -> Draft:
    provider = group.provider or evaluation.only_provider()
    settings = evaluation.settings_of(provider)
    if group.prompt:
        settings["prompt"] = group.prompt
    names = ("promptfoo", evaluation.task, provider, group.prompt[:120] if several else "")
    run: dict[str, Any] = {
        "title": " · ".join(part for part in names if part)[:1_900],
        "format_version": evaluation.version,
        "verified": evaluation.verified,
        "run_id": evaluation.run_id,
        "library": {"name": "promptfoo", "version": evaluation.library},
        "task": {"name": evaluation.task},
        "dataset": {"name": evaluation.dataset},
        "model": {"name": provider},
        "started_at": evaluation.started,
        "status": "unknown",
        "epochs": evaluation.epochs,
        "provenance": {"settings": settings, "scorer": ", ".join(sorted(evaluation.by_model))},
    }
    draft = Draft(run, [], [], key=key)
    if not evaluation.verified:
        version = evaluation.version or "none"
        draft.doubts.append(f"The file says version {version}; this importer was written for 1, 2 and 3.")
    if group.outcomes:
        _measure(evaluation, group, draft)
    else:
        _totals(group, draft)
    _general(evaluation, provider, draft)
    return draft


def _general(evaluation: Evaluation, provider: str, draft: Draft) -> None:
    doubts = draft.doubts
    if evaluation.errors_unclear:
        doubts.append(
            "This layout may mark an error as a failure; their texts tell them apart, the JSON export does so surely."
        )
    if evaluation.by_model:
        kinds = ", ".join(sorted(evaluation.by_model))
        doubts.append(f"Some assertions are judged by a model ({kinds}), whose own errors are in the figure.")
    if evaluation.stated is not None and evaluation.stated > evaluation.rows and evaluation.rows:
        doubts.append(f"The tool counts {many(evaluation.stated, 'result')}, the file lists {evaluation.rows:,}.")
    if not provider:
        doubts.append("The file does not say which model was measured.")
    if not evaluation.started:
        doubts.append("The file does not say when the run was made.")
    if not evaluation.library:
        doubts.append("The file does not say which version of promptfoo wrote it.")
    doubts.append("The format does not say whether the run came to its end.")


def _reported(group: Group) -> float | None:
    """The tool's pass rate: of all results, errors included."""
    passed, *others = group.said or (None,)
    total = (passed or 0) + sum(number or 0 for number in others)
    return None if passed is None or not total else passed / total


def _item(outcome: Outcome, fails_when_empty: bool) -> Item:
    if outcome.state == "error" or (outcome.state == "empty" and not fails_when_empty):
        return Item(outcome.item, None, "error", strata=outcome.strata)
    return Item(outcome.item, float(outcome.state == "passed"), strata=outcome.strata)


def _measure(evaluation: Evaluation, group: Group, draft: Draft) -> None:
    outcomes = group.outcomes
    tested = [outcome for outcome in outcomes if outcome.state not in ("bare", "unclear")]
    items = [_item(outcome, evaluation.fails_when_empty) for outcome in tested]
    scored = sum(item.score is not None for item in items)
    passed = sum(item.score == 1.0 for item in items)
    states = [outcome.state for outcome in outcomes]
    distinct = len({outcome.item for outcome in outcomes})
    unclear = states.count("unclear")
    draft.run["counts"] = {
        "planned": len(outcomes),
        "attempted": len(outcomes),
        "scored": scored,
        "errors": len(items) - scored,
        "unscored": states.count("bare") + unclear,
        "clusters": distinct if distinct < len(outcomes) else None,
    }
    metric = metric_of(_RATE, items, reported={"value": _reported(group)})
    if unclear:
        # whoever is known to be tested has failed, or is a part of those who passed: a rate of them would mislead
        metric |= {"value": None, "successes": None, "estimate": None, "n": None, "missing": None}
        draft.metrics.append(metric)
    else:
        draft.metrics += [metric, *strata_of(metric)]
    _named(group, tested, draft)
    _doubts(evaluation, group, states, distinct, passed, draft)


def _doubts(
    evaluation: Evaluation, group: Group, states: Sequence[str], distinct: int, passed: int, draft: Draft
) -> None:
    doubts, total = draft.doubts, len(states)
    bare, unclear = states.count("bare"), states.count("unclear")
    errors, empty = states.count("error"), states.count("empty")
    if bare:
        doubts.append(
            f"Results of tests without assertions: {bare} of {total}; they pass whatever the answer is, so they are "
            "left out of the rate."
        )
    if unclear:
        doubts.append(
            f"Passes that may have had no assertion at all: {unclear} of {total}; the file does not say, so no rate is "
            f"given. Taken at its word it would be {passed + unclear} of {total}."
        )
    if errors:
        doubts.append(
            f"Results that are errors instead of answers: {errors} of {total}; they count as missing, where the tool "
            "counts them as not passed."
        )
    if empty and evaluation.fails_when_empty:
        doubts.append(f"Empty answers: {empty} of {total}; they count as failures, as the reader was told.")
    elif empty:
        doubts.append(f"Empty answers that did not pass: {empty} of {total}; they count as missing.")
    if distinct < total:
        doubts.append(
            f"{many(total, 'result')} of {many(distinct, 'test')} (told apart by description and variables): repeats "
            "are not independent, so the interval is widened for them."
        )
    if any("pluginId" in outcome.strata for outcome in group.outcomes):
        doubts.append("These are red-team tests: passed means that the attack did not succeed.")


def _named(group: Group, tested: list[Outcome], draft: Draft) -> None:
    """Scores of named metrics, and the weighted score where it is more than passed or not."""
    weighted = [outcome.score for outcome in tested if outcome.state in ("passed", "failed")]
    if any(score is not None and score not in (0.0, 1.0) for score in weighted):
        items = [
            Item(o.item, o.score if o.state in ("passed", "failed") else None, _lost(o), strata=o.strata)
            for o in tested
        ]
        draft.metrics.append(metric_of("score", items))
    names = list(dict.fromkeys(name for outcome in group.outcomes for name in outcome.named if name))
    scores: dict[str, list[Item]] = {name: [] for name in names[:_MAX_NAMED]}
    for outcome in group.outcomes:
        if outcome.state in ("error", "empty"):
            lost = Item(outcome.item, None, "error", strata=outcome.strata)
            for name in outcome.expected:
                if name in scores:
                    scores[name].append(lost)
            continue
        for name, value in outcome.named.items():
            if name in scores:
                scores[name].append(Item(outcome.item, value, strata=outcome.strata))
    for name, items in scores.items():
        said, number = group.said_named.get(name, (None, None))
        total = number_of(said)
        reported = {"value": total / number if total is not None and number else None}
        metric = metric_of(name, items, scorer="named score", reported=reported)
        draft.metrics += [metric, *strata_of(metric)]
    if len(names) > _MAX_NAMED:
        draft.doubts.append(f"Of {len(names)} named scores the first {_MAX_NAMED} are shown.")


def _lost(outcome: Outcome) -> ItemState:
    if outcome.state in ("passed", "failed"):
        return "scored" if outcome.score is not None else "unscored"
    return "error"


def _totals(group: Group, draft: Draft) -> None:
    """A group of which only totals are known."""
    doubts = draft.doubts
    passed, failed, errors = ((group.said or ()) + (None,) * 3)[:3]
    total = (passed or 0) + (failed or 0) + (errors or 0)
    metric: dict[str, Any] = {"name": _RATE, "kind": "proportion", "reported": {"value": _reported(group)}}
    doubts.append("The file holds totals and no results, so nothing could be recomputed or compared test by test.")
    bare = group.bare
    known = bare is not None and passed is not None and failed is not None and passed >= bare
    if known and passed is not None and failed is not None and bare is not None and not (bare and errors):
        metric |= {**rate_of_counts(passed - bare, passed - bare + failed), "missing": errors}
        if bare:
            doubts.append(f"Results of tests without assertions: {bare} of {total}; they are left out of the rate.")
        draft.run["counts"] = {
            "planned": total,
            "attempted": total,
            "scored": passed - bare + failed,
            "errors": errors,
            "unscored": bare,
        }
    else:
        draft.run["counts"] = {"planned": total, "attempted": total, "errors": errors}
        doubts.append("How many of the passes had any assertion is not in the file, so no rate is given.")
    if errors:
        doubts.append(f"Results that are errors instead of answers: {errors} of {total}; they count as missing.")
    draft.metrics.append(metric)
