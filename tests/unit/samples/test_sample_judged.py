"""What people judged in the samples: rated, accepted, covered, answered; open only where it is to teach something."""

import re
from collections import Counter

import pytest

from workbench import paths
from workbench.analysis.lint.linter import check
from workbench.analysis.risk import Ratings
from workbench.evidence.dates import day_of, newest_day
from workbench.files.project import load_project
from workbench.model.elements import Consequence, Guard, Hazard
from workbench.model.judgement import Assessment, OddCategory, OddConsideration, RiskAcceptance
from workbench.model.kinds import IMPACT_DIMENSIONS
from workbench.model.review import ActionItem, Answer
from workbench.model.runs import Evidence
from workbench.store.store import Store

LLM, MOWER = "code-synthesis-llm.hazard.json", "autonomous-mower.hazard.json"
TEACHES = {
    ("action-overdue", "ai_fallback_notice"),
    ("acceptance-missing", "h_work"),
    ("acceptance-missing", "e_19_jobs"),
    ("cause-sufficient", "c_06_deadline"),
    ("control-detect", "b_appeal"),
    ("evidence-refuted", "ev_09_tests"),
    ("evidence-stale", "ev_10_open_model"),
    ("evidence-stale", "ev_12_insider"),
    ("odd-not-considered", "oc_domain_social_political_advocacy"),
    ("odd-not-considered", "oc_protected_class_or_caste"),
    ("odd-not-considered", "oc_users_human_in_the_loop_interface_link"),
    ("path-barrier", "c_05_fluent"),
    ("path-barrier", "e_10_person"),
}
"""The findings the large sample is left with, rule and record; ``sample.md`` of the guide explains each."""
SAFEGUARDS = {
    "b_appeal", "b_cert_share", "b_confidence", "b_explain", "b_mentor", "b_notify", "b_prompt_rules", "b_refusal",
    "b_tests",
}  # fmt: skip


@pytest.fixture(scope="module")
def llm() -> Store:
    return load_project(paths.sample(LLM)).store


@pytest.fixture(scope="module")
def mower() -> Store:
    return load_project(paths.sample(MOWER)).store


@pytest.fixture(params=[LLM, MOWER])
def store(request: pytest.FixtureRequest) -> Store:
    return load_project(paths.sample(request.param)).store


def test_only_the_findings_it_means_to_teach_with_are_open(llm: Store, mower: Store) -> None:
    assert {(one.rule, one.element) for one in check(llm) if not one.suppressed} == TEACHES
    assert [one for one in check(mower) if not one.suppressed] == []


def test_the_guide_explains_each_of_them(llm: Store) -> None:
    text = paths.resource("guide", "sample.md").read_text(encoding="utf-8")
    told = set()
    for line in text.splitlines():
        rule = re.match(r"\| `([a-z-]+)` \|", line)
        if rule:
            told.add((rule[1], line.split("|")[2].strip()))
    named = {(rule, _called(llm, element)) for rule, element in TEACHES}
    assert told == named


def _called(store: Store, id: str) -> str:
    record = store.get(id)
    if isinstance(record, OddCategory):
        return record.name
    if isinstance(record, Evidence):
        about = store.get(record.subject)
        about = store.get(about.control) if isinstance(about, Guard) else about
        return f"a claim on {getattr(about, 'code', '')}"
    if isinstance(record, ActionItem):
        return f"an action on {getattr(store.get(record.subject or ''), 'code', '')}"
    return getattr(record, "code", "")


def test_answers_say_who_when_and_a_reason_of_their_own(store: Store) -> None:
    answers = list(store.all(Answer))
    for answer in answers:
        assert len(answer.reason.split()) >= 5, answer
        assert answer.by
        assert day_of(answer.at)
    reasons = [answer.reason for answer in answers if answer.answer != "suppressed"]
    assert len(set(reasons)) == len(reasons), "one reason copied to several questions is none"


def test_what_is_no_full_control_is_declared_a_safeguard(llm: Store) -> None:
    declared = {one.subject for one in llm.all(Answer) if one.rule == "control-full" and one.answer == "no"}
    assert declared == SAFEGUARDS


def test_suppressions_teach_too(llm: Store) -> None:
    suppressed = Counter(one.rule for one in check(llm) if one.suppressed)
    assert suppressed == {"evidence-refuted": 4, "one-top-event": 6}


def test_each_impact_dimension_is_rated_or_set_aside_with_a_reason(llm: Store) -> None:
    ratings = Ratings(llm)
    for hazard in llm.all(Hazard):
        rated = {(one.dimension, one.phase) for one in llm.referrers(hazard.id, Assessment, "subject") if one.dimension}
        assert rated == {(name, phase) for name in hazard.impact_dimensions for phase in ("initial", "residual")}
        (aside,) = re.findall(r"^Not rated for ([a-z ]+) impact: .{20}", hazard.description, re.MULTILINE)
        assert {*aside.split(" and ")} == {*IMPACT_DIMENSIONS} - {*hazard.impact_dimensions}, hazard.code
        for phase in ("initial", "residual"):
            own = llm.find(Assessment.of(hazard.id, phase).id, Assessment)
            assert own is not None
            apart = [ratings.own(hazard.id, phase, name) for name in hazard.impact_dimensions]
            worst, whole = ratings.worst(apart), ratings.rated(own)
            assert worst is not None
            assert whole is not None
            assert worst.level == whole.level, (hazard.code, phase)


def test_residual_risks_are_accepted_by_who_may(store: Store) -> None:
    """Levels of the large sample: Low by the owner, Medium by the risk board, Serious by the board of directors."""
    day = newest_day(store)
    assert day is not None
    authority = {"Low": "Owner of the hazard", "Medium": "Risk board"}
    for one in store.all(RiskAcceptance):
        assert isinstance(store.get(one.subject), Hazard | Consequence)
        accepted, last = day_of(one.date), day_of(one.expires)
        assert accepted is not None
        assert last is not None
        assert accepted <= day < last
        assert one.conditions
        assert one.name
        assert one.authority in (authority[one.level], "Residents' assembly")


def test_the_operating_domain_is_walked_through_but_for_three_entries(llm: Store) -> None:
    found_in = {entry for hazard in llm.all(Hazard) for entry in hazard.odd}
    left = set()
    for entry in llm.all(OddCategory):
        considered = llm.find(OddConsideration.of(entry.id).id, OddConsideration)
        if considered is None:
            left.add(entry.id)
            continue
        assert considered.state != "not_considered"
        assert len(considered.reason.split()) >= 3, entry.name
        if entry.id in found_in:
            assert considered.state == "hazard_found"
    assert left == {element for rule, element in TEACHES if rule == "odd-not-considered"}
    pairs = {one.state for one in llm.all(OddConsideration) if one.with_category}
    assert pairs == {"hazard_found", "judged_none"}
