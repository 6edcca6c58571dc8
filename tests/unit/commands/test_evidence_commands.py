"""Commands on claims and runs: what they change, what they refuse, and that undo takes all of it back."""

import hashlib

import pytest

from tests.support import there
from tests.unit.commands.drawing import Bowtie
from workbench.commands import attach, evidence_edit, evidence_replace, evidence_runs
from workbench.commands.errors import CommandError
from workbench.commands.evidence_runs import Figures
from workbench.evidence.imported import ImportedRun, records_for
from workbench.evidence.made import turned
from workbench.evidence.standing import subject_verdicts
from workbench.files.beside import copy_beside, folder_beside
from workbench.files.errors import SaveError
from workbench.model.elements import Cause, Control, Guard
from workbench.model.judgement import (
    PROJECT_ID,
    CapabilityCell,
    CapabilityGrid,
    Project,
    SweepPoint,
    SystemUnderAnalysis,
)
from workbench.model.runs import Baseline, Criterion, Defeater, Deficit, Evidence, Metric, Named, Run

LOW = Criterion(comparator="<=", threshold=0.1)


def measured(run_id: str, model: str, **rates: tuple[int, int]) -> ImportedRun:
    """A finished run with one rate for each keyword."""
    run = Run(id=run_id, title=f"Run of {model}", format="inspect", status="success", model=Named(name=model))
    metrics = tuple(
        Metric(
            id=f"{run_id}-{name}",
            run=run_id,
            name=name,
            kind="proportion",
            value=hits / n,
            successes=hits,
            n=n,
            missing=0,
        )
        for name, (hits, n) in rates.items()
    )
    return ImportedRun(run, metrics)


class Case(Bowtie):
    """The bow-tie with one claim on a cause: 4 of 200 vulnerable, at most 10 % asked for."""

    def __init__(self):
        super().__init__()
        self.old = measured("old", "model-a", vulnerable=(4, 200), crashes=(1, 200))
        self.claim = self.attach(self.cause, self.old, "vulnerable")
        self.store.history.clear()

    def attach(self, subject, imported, name, criterion=LOW):
        metric = next(metric for metric in imported.metrics if metric.name == name)
        records = [imported.run, *imported.metrics]
        made, _ = self.do(attach.attach_evidence, subject, records, metric.id, criterion)
        return made

    def enter(self, figures, at=""):
        typed = evidence_runs.typed_run(figures)
        self.do(attach.enter_run, records_for(typed, imported_at=at))
        return typed.run.id, typed.metrics[0].id

    @property
    def evidence(self):
        return self.store.find(self.claim, Evidence)

    def verdict(self, claim=None):
        wanted = self.store.find(claim or self.claim, Evidence)
        return next(c for c in subject_verdicts(self.store, there(wanted).subject) if c.evidence.id == there(wanted).id)


@pytest.fixture
def b() -> Case:
    return Case()


@pytest.fixture
def undone(b):
    """The document is as it was, once everything done is undone."""
    before = dict(b.store.records)
    yield
    while b.store.undo():
        pass
    assert dict(b.store.records) == before


@pytest.mark.usefixtures("undone")
class TestClaims:
    def test_a_document_is_attached_with_a_verdict_by_hand(self, b):
        made, _ = b.do(
            evidence_edit.attach_document,
            b.control,
            "incident",
            "Scanner missed an injection",
            quotation="No finding was raised.",
            date="2026-03-01",
            verdict="refutes",
            reason="It happened on this line.",
            reviewed_by="R. Analyst",
            reviewed_at="2026-03-02",
        )
        claim = b.store.find(made, Evidence)
        assert (claim.kind, claim.metric, claim.date) == ("incident", None, "2026-03-01")
        assert b.verdict(made).verdict == "refutes"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"title": " "}, "in a few words"),
            ({"quotation": ""}, "link, a quotation or a note"),
            ({"date": "last spring"}, "write it like 2026-03-31"),
            ({"kind": "eval_run"}, "attached with its figures"),
            ({"verdict": "supports"}, "who judged, on which day and for what reason"),
            ({"verdict": "supports", "reviewed_by": "A", "reviewed_at": "2026-01-01"}, "for what reason"),
        ],
    )
    def test_what_a_document_needs(self, b, changes, words):
        given = {"kind": "document", "title": "T", "quotation": "Q", **changes}
        with pytest.raises(CommandError, match=words):
            b.do(lambda tx: evidence_edit.attach_document(tx, b.control, **given))

    def test_an_analyst_who_agrees_need_not_explain_and_one_who_differs_must(self, b):
        assert b.verdict().judgement.verdict == "supports"
        b.do(evidence_edit.set_analyst_verdict, b.claim, "supports")
        assert b.evidence.analyst_verdict == "supports"
        with pytest.raises(CommandError, match="needs a person behind it"):
            b.do(evidence_edit.set_analyst_verdict, b.claim, "refutes", by="A")
        b.do(evidence_edit.set_analyst_verdict, b.claim, "refutes", by="A", at="2026-02-03", reason="Wrong data set.")
        assert b.verdict().verdict == "refutes"
        assert b.verdict().judgement.verdict == "supports"
        b.do(evidence_edit.set_analyst_verdict, b.claim, None)
        assert (b.evidence.analyst_verdict, b.evidence.reviewed_by) == (None, "")

    def test_the_first_criterion_is_kept_at_the_first_change_only(self, b):
        stricter = LOW.model_copy(update={"threshold": 0.05})
        strictest = LOW.model_copy(update={"threshold": 0.01})
        b.do(evidence_edit.set_criterion, b.claim, stricter)
        assert (b.evidence.first_criterion, b.evidence.criterion_reason) == (LOW, "")
        b.do(evidence_edit.set_criterion, b.claim, strictest, reason="The regulator asks for it.")
        assert b.evidence.first_criterion == LOW
        assert evidence_edit.same_demand(b.evidence.criterion, strictest)
        assert b.evidence.criterion_reason == "The regulator asks for it."
        b.do(evidence_edit.set_criterion, b.claim, LOW)
        assert (b.evidence.first_criterion, b.evidence.criterion_reason) == (None, "")

    def test_a_criterion_changed_after_the_result_no_longer_counts_as_set_before_it(self, b):
        said = {"set_before_results": True}
        b.do(evidence_edit.set_criterion, b.claim, LOW.model_copy(update=said))
        looser, loosest = (LOW.model_copy(update={**said, "threshold": threshold}) for threshold in (0.2, 0.3))
        b.do(evidence_edit.set_criterion, b.claim, looser, reason="Too strict.", by="A", at="2026-01-01")
        assert not b.evidence.criterion.set_before_results
        b.do(evidence_edit.set_criterion, b.claim, loosest, reason="Misread the policy.", stood_before=True)
        assert b.evidence.criterion.set_before_results
        former = [(one.criterion.threshold, one.reason, one.by) for one in b.evidence.criteria_before]
        assert former == [(LOW.threshold, "Too strict.", "A"), (0.2, "Misread the policy.", "")]
        b.do(evidence_edit.set_criterion, b.claim, looser)
        assert (b.evidence.criterion.set_before_results, b.evidence.criterion_reason) == (False, "")
        b.do(evidence_edit.set_criterion, b.claim, LOW)
        assert b.evidence.criterion.set_before_results is True
        assert len(b.evidence.criteria_before) == 4

    def test_saying_when_a_criterion_was_set_does_not_change_it(self, b):
        b.do(evidence_edit.set_criterion, b.claim, LOW.model_copy(update={"set_before_results": True}))
        assert b.evidence.first_criterion is None
        assert b.evidence.criterion.set_before_results is True

    def test_a_criterion_that_cannot_be_meant_is_refused(self, b):
        with pytest.raises(CommandError, match="outside 0 to 1"):
            b.do(evidence_edit.set_criterion, b.claim, LOW.model_copy(update={"threshold": 10.0}))

    def test_doubts_stay_open_until_answered_with_a_reason(self, b):
        open_one = Defeater(kind="sandbagging", by="A", at="2026-01-01")
        for unsaid in (open_one.model_copy(update={"state": "ruled_out", "answer": " "}), Defeater(kind="other")):
            with pytest.raises(CommandError, match="Say w"):
                b.do(evidence_edit.set_doubts, b.claim, (unsaid,), ())
        answered = open_one.model_copy(update={"state": "ruled_out", "answer": "Fine-tuned to its best."})
        for doubts in ((open_one,), (answered,), ()):
            b.do(evidence_edit.set_doubts, b.claim, doubts, ())
            assert b.evidence.defeaters == doubts

    def test_gaps_are_handled_with_a_reason(self, b):
        unknown = Deficit(text="Only Python was tried.")
        unsaid = unknown.model_copy(update={"handling": "restriction"})
        for gap, words in ((unsaid, "how the gap"), (Deficit(text=" "), "what is not known")):
            with pytest.raises(CommandError, match=words):
                b.do(evidence_edit.set_doubts, b.claim, (), (gap,))
        handled = unsaid.model_copy(update={"reason": "Other languages are switched off."})
        for gaps in ((unknown,), (handled,), ()):
            b.do(evidence_edit.set_doubts, b.claim, (), gaps)
            assert b.evidence.deficits == gaps

    def test_a_claim_moves_and_is_copied_without_the_person_s_verdict(self, b):
        b.do(evidence_edit.set_analyst_verdict, b.claim, "refutes", by="A", at="2026-02-03", reason="R")
        copy, _ = b.do(evidence_edit.copy_claim, b.claim, b.control)
        assert b.store.find(copy, Evidence).analyst_verdict is None
        b.do(evidence_edit.move_claim, b.claim, b.guard)
        assert (b.evidence.subject, b.evidence.analyst_verdict) == (b.guard, "refutes")
        with pytest.raises(CommandError, match="attached to an element"):
            b.do(evidence_edit.move_claim, b.claim, PROJECT_ID)

    def test_likelihood_and_effectiveness_follow_a_rate_only(self, b):
        b.do(evidence_edit.derive_from, b.cause, b.claim)
        assert b.store.find(b.cause, Cause).likelihood_from == b.claim
        b.do(evidence_edit.derive_from, b.control, b.claim, rate_is="successes")
        assert b.store.find(b.control, Control).effectiveness_is == "successes"
        b.do(evidence_edit.derive_from, b.guard, b.claim)
        assert b.store.find(b.guard, Guard).effectiveness_from == b.claim
        paper, _ = b.do(evidence_edit.attach_document, b.cause, "document", "T", link="x")
        with pytest.raises(CommandError, match="measures no rate"):
            b.do(evidence_edit.derive_from, b.cause, paper)
        with pytest.raises(CommandError, match="Only the likelihood"):
            b.do(evidence_edit.derive_from, b.hazard, b.claim)
        b.do(attach.detach_evidence, b.claim)
        assert b.store.find(b.cause, Cause).likelihood_from is None

    def test_the_same_baseline_is_entered_once(self, b):
        human = Baseline(value=0.2, n=50, source="Study")
        for subject in (b.control, b.guard):
            b.do(attach.attach_evidence, subject, (), "old-vulnerable", LOW, baselines=(human,))
        assert b.store.find("old-vulnerable", Metric).baselines == (human,)


@pytest.mark.usefixtures("undone")
class TestRuns:
    def test_typed_counts_become_a_rate_with_an_interval(self, b):
        figures = Figures("insecure", successes=3, n=120, date="2026-04-01", source="Report 7, page 4", model="m")
        run, metric = b.enter(figures, at="2026-05-01T00:00:00Z")
        run, metric = b.store.find(run, Run), b.store.find(metric, Metric)
        assert (run.origin, run.imported_at, run.model.name) == ("typed", "2026-05-01T00:00:00Z", "m")
        assert "Report 7, page 4" in run.note
        assert (metric.value, metric.successes, metric.n) == (0.025, 3, 120)
        assert metric.estimate.high == pytest.approx(0.0709, abs=1e-4)

    def test_a_rounded_rate_is_the_count_it_stands_for(self):
        (metric,) = evidence_runs.typed_run(Figures("r", value=0.042, n=24, source="s")).metrics
        assert metric.successes == 1
        odd = evidence_runs.typed_run(Figures("r", value=0.05, n=24, source="s"))
        assert odd.metrics[0].successes == pytest.approx(1.2)
        assert any("No whole number" in doubt for doubt in odd.run.doubts)

    def test_without_n_there_is_no_interval_and_a_doubt(self):
        typed = evidence_runs.typed_run(Figures("r", value=0.05, source="s"))
        assert typed.metrics[0].estimate is None
        assert any("no interval" in doubt for doubt in typed.run.doubts)

    @pytest.mark.parametrize(
        ("figures", "words"),
        [
            (Figures("", value=0.1, source="s"), "Name the figure"),
            (Figures("r", value=0.1), "where the figures come from"),
            (Figures("r", source="s"), "Give the value"),
            (Figures("r", value=5, source="s"), "between 0 and 1"),
            (Figures("r", successes=3, source="s"), "needs the n"),
            (Figures("r", successes=3, n=0, source="s"), "nothing was measured"),
            (Figures("r", value=0.5, n=0, source="s"), "nothing was measured"),
            (Figures("r", unit="other", value=0.5, n=0, source="s"), "nothing was measured"),
            (Figures("r", successes=5, n=4, source="s"), "more than all"),
            (Figures("r", value=0.5, successes=1, n=4, source="s"), "leave one of them out"),
            (Figures("r", value=0.5, n=-1, source="s"), "cannot be negative"),
            (Figures("r", value=0.5, date="May", source="s"), "write it like"),
            (Figures("r", unit="other", n=4, source="s", successes=1), "Give the value"),
        ],
    )
    def test_figures_that_make_no_run_are_refused(self, figures, words):
        with pytest.raises(CommandError, match=words):
            evidence_runs.typed_run(figures)

    def test_a_withdrawn_run_keeps_its_claims(self, b):
        with pytest.raises(CommandError, match="Say why"):
            b.do(evidence_runs.withdraw_run, "old", " ")
        b.do(evidence_runs.withdraw_run, "old", "The judge was broken.", by="A", at="2026-02-02")
        assert b.store.find("old", Run).withdrawn.reason == "The judge was broken."
        assert b.claim in b.store
        b.do(evidence_runs.reinstate_run, "old")
        assert b.store.find("old", Run).withdrawn is None

    def test_runs_supersede_each_other_in_one_direction(self, b):
        new = measured("new", "model-a", vulnerable=(1, 200))
        b.attach(b.control, new, "vulnerable")
        b.do(evidence_runs.supersede_run, "old", "new")
        assert b.store.find("old", Run).superseded_by == "new"
        for earlier, later in (("new", "old"), ("old", "old")):
            with pytest.raises(CommandError, match="superseded by itself"):
                b.do(evidence_runs.supersede_run, earlier, later)
        b.do(evidence_runs.supersede_run, "old", None)
        assert b.store.find("old", Run).superseded_by is None

    def test_runs_of_a_file_that_supersede_each_other_do_not_hang(self, b):
        with b.store.transaction("As a file made by hand may have it") as tx:
            for run, later in (("one", "two"), ("two", "one")):
                tx.put(Run(id=run, superseded_by=later))
        b.do(evidence_runs.supersede_run, "old", "one")
        assert b.store.find("old", Run).superseded_by == "one"

    @pytest.mark.parametrize(
        ("baseline", "words"),
        [
            (Baseline(source="s"), "value"),
            (Baseline(value=0.5), "comes from"),
            (Baseline(value=50, source="s"), "between 0 and 1"),
            (Baseline(value=0.5, n=4, successes=5, source="s"), "more successes"),
        ],
    )
    def test_a_baseline_needs_value_and_source(self, b, baseline, words):
        with pytest.raises(CommandError, match=words):
            b.do(evidence_runs.set_baselines, "old-vulnerable", (baseline,))
        b.do(evidence_runs.set_baselines, "old-vulnerable", (Baseline(value=0.3, source="s"),))
        assert b.store.find("old-vulnerable", Metric).baselines[0].value == 0.3

    def test_a_baseline_of_a_count_is_a_count(self, b):
        typed = Figures("findings", unit="count", value=12, source="Scan")
        _, metric = b.enter(typed)
        b.do(evidence_runs.set_baselines, metric, (Baseline(value=30, source="Last scan"),))
        assert b.store.find(metric, Metric).baselines[0].value == 30


@pytest.mark.usefixtures("undone")
class TestReplace:
    def test_claims_move_to_their_counterparts_and_changes_are_told(self, b):
        new = measured("new", "model-b", vulnerable=(90, 200), other=(1, 2))
        crashes = b.attach(b.control, b.old, "crashes")
        tried = evidence_replace.try_replacement(b.store, "old", new)
        assert "new" not in b.store
        changes, _ = b.do(evidence_replace.replace_run, "old", new, at="2026-06-01T00:00:00Z")
        assert tried == changes
        told = {change.evidence: change for change in changes}
        moved, left = told[b.claim], told[crashes]
        assert (moved.before, moved.after, moved.changed, moved.left) == ("supports", "refutes", True, False)
        assert (moved.value_before, moved.value_after) == (0.02, 0.45)
        assert b.evidence.metric == "new-vulnerable"
        assert (left.left, left.changed) == (True, False)
        assert b.store.find(crashes, Evidence).metric == "old-crashes"
        assert "old" in b.store
        assert b.store.history.undo_label == "Test"
        b.store.undo()
        assert b.evidence.metric == "old-vulnerable"
        assert "new" not in b.store

    def test_baselines_go_along_and_a_person_s_verdict_does_not(self, b):
        human = Baseline(value=0.2, n=50, source="Study")
        b.do(evidence_runs.set_baselines, "old-vulnerable", (human,))
        b.do(evidence_edit.set_analyst_verdict, b.claim, "refutes", by="A", at="2026-02-03", reason="R")
        changes, _ = b.do(evidence_replace.replace_run, "old", measured("new", "model-b", vulnerable=(2, 200)))
        assert "verdict of A" in changes[0].reason
        assert b.evidence.analyst_verdict is None
        assert b.store.find("new-vulnerable", Metric).baselines == (human,)

    def test_the_system_under_analysis_may_follow_and_other_claims_are_told(self, b):
        with b.store.transaction("System") as tx:
            tx.patch(PROJECT_ID, system=SystemUnderAnalysis(name="S", model="model-a"))
        bystander = b.attach(b.control, measured("third", "model-a", vulnerable=(0, 200)), "vulnerable")
        new = measured("new", "model-b", vulnerable=(2, 200))
        (staying,) = evidence_replace.try_replacement(b.store, "old", new)
        assert staying.suspended
        changes, _ = b.do(evidence_replace.replace_run, "old", new, system_follows=True)
        told = {change.evidence: change for change in changes}
        assert not told[b.claim].suspended
        assert told[bystander].suspended
        assert not told[bystander].left
        assert b.store.find(PROJECT_ID, Project).system.model == "model-b"

    def test_cells_and_points_of_a_grid_follow_with_or_without_claims(self, b):
        def grid(tx):
            tx.put(CapabilityGrid(id="g", attributes=("a",), levels=("l",)))
            tx.put(CapabilityCell.of("g", "a", "l", "execution").replace(metric="old-vulnerable"))
            return tx.put(SweepPoint.of("g", 3).replace(metric="old-crashes")).id

        point, _ = b.do(grid)
        with b.store.transaction("Detach") as tx:
            tx.remove(b.claim)
        b.do(evidence_replace.replace_run, "old", measured("new", "model-b", vulnerable=(90, 200)))
        cell = CapabilityCell.of("g", "a", "l", "execution").id
        assert b.store.find(cell, CapabilityCell).metric == "new-vulnerable"
        assert b.store.find(point, SweepPoint).metric == "old-crashes"

    def test_a_figure_that_was_turned_round_is_made_again_of_the_new_run(self, b):
        old = turned(b.store.find("old-vulnerable", Metric))

        def grid(tx):
            tx.put(old)
            tx.put(CapabilityGrid(id="g", attributes=("a",), levels=("l",)))
            return tx.put(CapabilityCell.of("g", "a", "l", "execution").replace(metric=old.id)).id

        cell, _ = b.do(grid)
        b.do(evidence_replace.replace_run, "old", measured("new", "model-b", vulnerable=(90, 200)))
        found = b.store.find(b.store.find(cell, CapabilityCell).metric, Metric)
        assert (found.name, found.run, found.successes) == ("1 − vulnerable", "new", 110)

    def test_a_run_of_the_project_can_take_the_place(self, b):
        b.attach(b.control, measured("new", "model-b", vulnerable=(90, 200)), "vulnerable")
        b.do(evidence_replace.replace_run, "old", evidence_replace.stored_run(b.store, "new"), supersede=True)
        assert b.evidence.metric == "new-vulnerable"
        assert b.store.find("old", Run).superseded_by == "new"

    def test_what_cannot_be_replaced(self, b):
        with pytest.raises(CommandError, match="same run"):
            b.do(evidence_replace.replace_run, "old", b.old)
        with pytest.raises(CommandError, match="none of the metrics"):
            b.do(evidence_replace.replace_run, "old", measured("new", "m", other=(1, 2)))
        b.do(attach.attach_evidence, b.control, measured("new", "m", other=(1, 2)).metrics[:0], "old-crashes", None)
        with pytest.raises(CommandError, match="does not exist"):
            evidence_replace.try_replacement(b.store, "gone", b.old)


class TestCopies:
    def test_a_copy_lies_beside_the_project_under_its_digest(self, tmp_path):
        source = tmp_path / "elsewhere" / "run: one?.eval"
        source.parent.mkdir()
        source.write_bytes(b"log")
        digest = hashlib.sha256(b"log").hexdigest()
        project = tmp_path / "audit.hazard.json"
        path = copy_beside(source, project, digest)
        assert path == f"audit.runs/{digest[:12]}-run_ one_.eval"
        assert (tmp_path / path).read_bytes() == b"log"
        assert folder_beside(project).is_dir()
        assert copy_beside(source, project, digest) == path

    def test_what_changed_since_is_not_copied(self, tmp_path):
        source = tmp_path / "run.eval"
        source.write_bytes(b"log")
        with pytest.raises(SaveError, match="has changed since"):
            copy_beside(source, tmp_path / "audit.hazard.json", "0" * 64)
        with pytest.raises(SaveError, match="cannot be read"):
            copy_beside(tmp_path / "gone", tmp_path / "audit.hazard.json", "")
        assert not folder_beside(tmp_path / "audit.hazard.json").exists()

    def test_where_it_lies_is_remembered(self, b):
        b.do(evidence_runs.note_copy, "old", "audit.runs/x")
        assert b.store.find("old", Run).copied_to == "audit.runs/x"
