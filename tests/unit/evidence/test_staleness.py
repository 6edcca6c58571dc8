"""Why a claim is suspended, and which run speaks where there are several."""

from datetime import date
from typing import Any

import pytest

from workbench.evidence.dates import newest_day
from workbench.evidence.standing import Spoken, refuted, speaks_for, subject_verdicts
from workbench.model.elements import Cause, Control, Guard, Link, TopEvent
from workbench.model.judgement import Assessment, Project
from workbench.model.review import Comment
from workbench.model.runs import Criterion, Evidence, Metric, Run
from workbench.store.store import Store

AT_MOST = Criterion(comparator="<=", threshold=0.1)


def run(id: str = "r", **fields: Any) -> Run:
    known = {
        "id": id,
        "title": f"Run {id}",
        "status": "success",
        "model": {"name": "lab/model-1"},
        "task": {"name": "secure", "version": "3"},
        "dataset": {"name": "prompts", "version": "b"},
        "completed_at": "2026-01-01T00:00:00Z",
    }
    return Run.model_validate(known | fields)


def metric(id: str = "m", run: str = "r", successes: int | None = 0, n: int | None = 100, **fields: Any) -> Metric:
    value = successes / n if successes is not None and n else None
    known = {"id": id, "run": run, "name": "vulnerable", "kind": "proportion", "value": value, "n": n}
    return Metric.model_validate(known | {"successes": successes, "missing": 0} | fields)


def claim(id: str = "e", metric: str | None = "m", **fields: Any) -> Evidence:
    known: dict[str, Any] = {"id": id, "subject": "c", "metric": metric, "criterion": AT_MOST}
    return Evidence.model_validate(known | fields)


def of(*records: Any, **options: Any) -> Any:
    return subject_verdicts(Store([Cause(id="c"), *records]), "c", **options)


def kinds(*records: Any, **options: Any) -> list[str]:
    (found,) = of(*records, **options)
    assert len(found.stale) == len(found.reasons)
    assert all(text.endswith(".") for text in found.stale)
    assert found.suspended == bool(found.reasons)
    return [reason.kind for reason in found.reasons]


def system(**fields: Any) -> Project:
    return Project.model_validate({"id": "project", "system": fields})


def test_evidence_that_nothing_speaks_against_stands():
    assert kinds(run(), metric(), claim(first_criterion=AT_MOST)) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"model": "model-2"}, ["model"]),
        ({"model": "model-1", "versions": {"Secure": "4"}}, ["task"]),
        ({"versions": {"prompts": "c"}}, ["dataset"]),
        ({"versions": {"prompts": "B ", "secure": "3", "other": "9"}}, []),
        ({"model": "other", "versions": {"secure": "4", "prompts": "c"}}, ["model", "task", "dataset"]),
    ],
)
def test_another_model_task_or_data_set_than_counts_now(told, expected):
    assert kinds(run(), metric(), claim(), system(**told)) == expected


def test_a_version_that_is_not_told_is_a_doubt_only():
    (found,) = of(run(task={"name": "secure"}), metric(), claim(), system(versions={"secure": "4"}))
    assert not found.suspended
    assert "Version 4 of the task secure counts now; the run does not tell its version." in found.doubts


def test_a_source_that_is_not_here_is_not_stale():
    assert kinds(run(), metric(), claim(), sources={"r": "not at hand"}) == []
    assert kinds(run(), metric(), claim(), sources={"r": "at hand"}) == []
    assert kinds(run(), metric(), claim(), sources={"r": "changed"}) == ["source"]


def test_a_withdrawn_run_says_who_when_and_why():
    gone = run(withdrawn={"reason": "Wrong prompts.", "by": "R. Analyst", "at": "2026-02-03T10:00:00Z"})
    (found,) = of(gone, metric(), claim())
    assert found.stale == ("The run was withdrawn by R. Analyst on 2026-02-03: Wrong prompts.",)
    assert kinds(run(withdrawn={}), metric(), claim()) == ["withdrawn"]


def test_an_invalidated_or_edited_log():
    (found,) = of(run(invalidated=True), metric(), claim())
    assert [reason.kind for reason in found.reasons] == ["invalidated"]
    assert found.verdict == "inconclusive"
    edited = run(provenance={"settings": {"scores edited": "scores of 3 of 100 samples"}})
    (found,) = of(edited, metric(), claim())
    assert found.stale[0] == "The log was edited after the run: scores of 3 of 100 samples; somebody has to judge it."
    assert kinds(edited, metric(), claim(analyst_verdict="supports")) == []


def test_a_criterion_changed_after_the_result_needs_a_reason():
    first = AT_MOST.model_copy(update={"threshold": 0.05})
    assert kinds(run(), metric(), claim(first_criterion=first)) == ["criterion"]
    assert kinds(run(), metric(), claim(first_criterion=first, criterion_reason="Typing error")) == []
    assert kinds(run(), metric(), claim(first_criterion=first, criterion=None)) == ["criterion"]
    said = AT_MOST.model_copy(update={"set_before_results": True})
    assert kinds(run(), metric(), claim(first_criterion=AT_MOST, criterion=said)) == []


def test_a_superseded_run_names_the_later_one():
    later = run("r2", completed_at="2026-05-01")
    (found,) = of(run(superseded_by="r2"), later, metric(), claim())
    assert found.stale == ("Superseded: “Run r2” of 2026-05-01 speaks in its place.",)


def test_old_documents_grow_stale_too():
    criterion = AT_MOST.model_copy(update={"max_age_days": 30})
    paper = claim(metric=None, kind="human_study", criterion=criterion, date="2026-01-01", analyst_verdict="supports")
    assert kinds(paper, as_of=date(2026, 1, 31)) == []
    (found,) = of(paper, as_of=date(2026, 3, 1))
    assert found.stale == ("The human study is 59 days old on 2026-03-01; the criterion allows 30.",)
    assert speaks_for([found]) == Spoken("stale", by_hand=True)


class TestTheNewestRunSpeaks:
    LATER = run("r2", completed_at="2026-06-01T00:00:00Z")

    def spoken(self, *records: Any) -> Any:
        found = of(run(), metric(successes=50), claim(), *records)
        return speaks_for(found), {claim.evidence.id: [reason.kind for reason in claim.reasons] for claim in found}

    def test_over_an_older_one_of_the_same_thing(self):
        spoken, reasons = self.spoken(self.LATER, metric("m2", "r2"), claim("e2", "m2"))
        assert spoken == Spoken("supports")
        assert reasons == {"e": ["newer"], "e2": []}

    def test_whatever_the_order_of_entry(self):
        found = of(self.LATER, metric("m2", "r2"), claim("e2", "m2"), run(), metric(successes=50), claim())
        assert speaks_for(found) == Spoken("supports")
        assert "“Run r2” of 2026-06-01" in found[1].stale[0]

    @pytest.mark.parametrize(
        "changes",
        [
            {"model": {"name": "lab/model-2"}},
            {"model": {"name": ""}},
            {"task": {"name": "other"}},
            {"completed_at": ""},
            {"completed_at": "2025-06-01"},
            {"status": "error"},
            {"invalidated": True},
            {"withdrawn": {"reason": "Wrong"}},
        ],
    )
    def test_not_over_one_of_another_thing_nor_when_nothing_rests_on_it(self, changes):
        _, reasons = self.spoken(self.LATER.replace(**changes), metric("m2", "r2"), claim("e2", "m2"))
        assert reasons["e"] == []

    def test_not_when_it_is_another_figure_or_says_nothing(self):
        for other in ({"name": "safe"}, {"reducer": "pass_at_2"}, {"strata": {"language": "c"}}):
            _, reasons = self.spoken(self.LATER, metric("m2", "r2", **other), claim("e2", "m2"))
            assert reasons["e"] == []
        _, reasons = self.spoken(self.LATER, metric("m2", "r2"), claim("e2", "m2", criterion=None))
        assert reasons["e"] == []

    def test_two_claims_on_one_run_both_speak(self):
        stricter = claim("e2", criterion=AT_MOST.model_copy(update={"threshold": 0.6}))
        _, reasons = self.spoken(stricter)
        assert reasons == {"e": [], "e2": []}


class TestDocuments:
    def test_only_a_person_gives_a_verdict(self):
        (found,) = of(claim(metric=None, kind="document", criterion=None))
        assert (found.verdict, found.judgement, speaks_for([found])) == (None, None, None)
        assert found.reason == "No verdict yet: nothing was measured, so a person has to judge it."

    def test_whose_reason_is_shown(self):
        (found,) = of(claim(metric=None, kind="incident", analyst_verdict="refutes", analyst_reason="It happened."))
        assert (found.verdict, found.reason, found.by_hand) == ("refutes", "It happened.", True)
        assert not found.analyst_differs
        (found,) = of(claim(metric=None, kind="incident", analyst_verdict="refutes"))
        assert found.reason == "Judged by a person, who gave no reason."

    def test_a_measurement_without_a_criterion_says_so(self):
        (found,) = of(run(), metric(), claim(criterion=None))
        assert found.reason == "No verdict yet: no criterion is set."
        (found,) = of(run(), metric(), claim())
        assert found.reason == found.judgement.reason


def test_refuted_things_are_found_wherever_they_stand():
    rating = Assessment.of("t", "residual")
    against = {"kind": "incident", "metric": None, "criterion": None, "analyst_verdict": "refutes"}
    records = [
        Cause(id="c"),
        TopEvent(id="t"),
        Link(id="l", source="c", target="t"),
        Control(id="b"),
        Guard(id="g", control="b", subject="l"),
        rating,
        claim("e1", subject="b", **against),
        claim("e2", subject=rating.id, **against),
        run(withdrawn={"reason": "Wrong"}),
        metric(successes=90),
        claim("e3"),
    ]
    assert refuted(Store(records)) == {"b", "g", rating.id, "t"}
    assert refuted(Store()) == frozenset()


def test_the_newest_day_is_that_of_any_record():
    records = [Cause(id="c"), run(), Comment(id="k", subject="c", at="2026-07-01T23:30:00-02:00")]
    assert newest_day(Store(records)) == date(2026, 7, 2)
    assert newest_day(Store([Cause(id="c")])) is None
    old = AT_MOST.model_copy(update={"max_age_days": 30})
    assert kinds(*records[1:], metric(), claim(criterion=old)) == ["age"]


def test_a_run_dated_after_it_was_read_is_of_no_known_age_and_no_measure_of_today():
    ahead = run(completed_at="2099-01-01T00:00:00Z", imported_at="2026-03-01T09:00:00Z")
    young = AT_MOST.model_copy(update={"max_age_days": 90})
    records = (ahead, metric(), claim(criterion=young))
    store = Store([Cause(id="c"), *records])
    assert newest_day(store) == date(2026, 3, 1)
    assert kinds(*records, as_of=newest_day(store)) == ["age"]
    (found,) = of(*records, as_of=newest_day(store))
    assert "dated 2099-01-01, after 2026-03-01" in found.stale[0]
    assert any("made on 2099-01-01, which is after it was read (2026-03-01)" in doubt for doubt in found.doubts)
    right = run(completed_at="2026-03-02T00:30:00Z", imported_at="2026-03-01T09:00:00Z")
    assert kinds(right, metric(), claim(criterion=young), as_of=date(2026, 3, 1)) == []
