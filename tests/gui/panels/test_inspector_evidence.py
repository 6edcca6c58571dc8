"""The inspector's parts about evidence: a claim in full, and figures that follow from claims."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.gui.panels.conftest import attach
from workbench.commands.evidence_edit import attach_document, set_analyst_verdict, set_criterion, set_doubts
from workbench.commands.evidence_runs import set_baselines, withdraw_run
from workbench.model.elements import Cause, Control, Guard
from workbench.model.judgement import Assessment
from workbench.model.runs import Baseline, Criterion, Defeater, Evidence
from workbench.panels.claim_card import ClaimCard
from workbench.panels.inspector import Inspector
from workbench.panels.inspector_derived import DerivedPart


@pytest.fixture
def inspector(qtbot, scene):
    made = Inspector(scene.session)
    qtbot.addWidget(made)
    made.resize(264, 900)
    made.show()
    return made


@pytest.fixture
def claim(scene):
    return attach(scene, scene.causes[0], "rate", 20, 200)


def select(inspector, id):
    inspector.session.select([id])
    inspector.flush()


def texts(inspector):
    return [label.text() for label in inspector._form.findChildren(QLabel)]


def press(inspector, words):
    next(b for b in inspector._form.findChildren(QPushButton) if b.text() == words and b.isEnabled()).click()
    inspector.flush()


def derived(inspector):
    return inspector._form.findChild(DerivedPart)


class TestClaim:
    def test_the_card_leads_to_the_claim_and_back(self, qtbot, inspector, scene, claim):
        select(inspector, scene.causes[0])
        with qtbot.waitSignal(inspector.evidence_requested) as asked:
            press(inspector, "Edit")
        assert asked.args == ["edit", claim]
        select(inspector, claim)
        assert inspector._form.findChild(ClaimCard).row.id == claim
        press(inspector, next(t for t in (b.text() for b in inspector._form.findChildren(QPushButton)) if "Model" in t))
        assert scene.session.selection == (scene.causes[0],)

    @pytest.mark.parametrize(
        ("words", "verb"),
        [("Change…", "criterion"), ("Judge…", "judge"), ("Answer…", "doubts"), ("Edit…", "baselines"),
         ("Move…", "move"), ("Copy to…", "copy"), ("Remove", "detach")],
    )  # fmt: skip
    def test_every_dialog_can_be_asked_for(self, qtbot, inspector, claim, words, verb):
        select(inspector, claim)
        with qtbot.waitSignal(inspector.evidence_requested) as asked:
            press(inspector, words)
        assert asked.args == [verb, claim]

    def test_what_changed_is_shown(self, inspector, scene, claim):
        with scene.store.transaction("Change") as tx:
            set_criterion(tx, claim, Criterion(threshold=0.3))
            set_analyst_verdict(tx, claim, "refutes", by="R. Analyst", at="2026-03-31", reason="Wrong set.")
            set_doubts(tx, claim, (Defeater(kind="sandbagging", text="It knew."),), ())
            set_baselines(tx, "m_rate", (Baseline(value=0.5, source="Study"),))
            withdraw_run(tx, "r_rate", "Broken judge.")
        select(inspector, claim)
        shown = texts(inspector)
        for words in (
            "≤ 30 % at 95 %",
            "≤ 10 % at 95 %",
            "Changed without a reason: suspended.",
            "Wrong set.",
            "R. Analyst, 2026-03-31",
            "Sandbagging: open",
            "Not considered yet: proxy gap, under-elicited, contaminated.",
            "Study",
            "Withdrawn: Broken judge.",
        ):
            assert words in shown, words

    def test_confidence_is_typed_in_place(self, qtbot, inspector, scene, claim):
        select(inspector, claim)
        combo = inspector.editor("confidence").control
        assert combo.currentText() == "Not said"
        combo.setCurrentIndex(2)
        combo.activated.emit(2)
        qtbot.keyClicks(inspector.editor("confidence_reason").control, "Two labs agree.")
        record = scene.store.find(claim, Evidence)
        assert (record.confidence, record.confidence_reason) == ("moderate", "Two labs agree.")

    def test_evidence_that_is_no_measurement_has_no_criterion(self, inspector, scene):
        with scene.store.transaction("Attach") as tx:
            paper = attach_document(tx, scene.control, "document", "Paper", link="x", date="2026-01-01")
        select(inspector, paper)
        assert "Criterion" not in texts(inspector)
        assert inspector.editor("date").control.text() == "2026-01-01"

    def test_entering_starts_at_the_element(self, qtbot, inspector, scene):
        select(inspector, scene.causes[1])
        for words, verb in (("Type in a run…", "type_in"), ("Add document…", "document")):
            with qtbot.waitSignal(inspector.evidence_requested) as asked:
                press(inspector, words)
            assert asked.args == [verb, scene.causes[1]]


class TestDerived:
    def test_a_likelihood_follows_a_claim_and_becomes_a_frequency_by_a_stated_exposure(
        self, qtbot, inspector, scene, claim
    ):
        cause = scene.causes[0]
        select(inspector, cause)
        part = derived(inspector)
        assert not part._figure.isVisible()
        part._claim.control.activated.emit(1)
        assert scene.store.find(cause, Cause).likelihood_from == claim
        assert part._figure.text() == "10.0\u202f% per attempt"
        qtbot.keyClicks(inspector.editor("exposure.per_year").control, "1e6\r")
        inspector.flush()
        assert part._figure.text().endswith("per attempt")
        qtbot.keyClicks(inspector.editor("exposure.source").control, "Editor log")
        inspector.flush()
        assert part._figure.text() == "100,000 a year"
        assert "Editor log" in part._why.text()
        assert " a year to " in part._interval.text()
        with qtbot.waitSignal(inspector.claim_opened) as opened:
            part._open.click()
        assert opened.args == [claim]
        part._claim.control.activated.emit(0)
        assert scene.store.find(cause, Cause).likelihood_from is None

    def test_an_effectiveness_says_what_the_rate_counts(self, inspector, scene):
        claim = attach(scene, scene.control, "misses", 20, 200)
        select(inspector, scene.control)
        part = derived(inspector)
        assert not part._counts.isVisible()
        part._claim.control.activated.emit(1)
        assert part._figure.text() == "Works in 90.0\u202f%"
        part._counts.control.activated.emit(1)
        assert scene.store.find(scene.control, Control).effectiveness_is == "successes"
        assert part._figure.text() == "Works in 10.0\u202f%"
        select(inspector, scene.guards[0])
        assert "Taken from the control." in derived(inspector)._why.text()
        derived(inspector)._claim.control.activated.emit(1)
        assert scene.store.find(scene.guards[0], Guard).effectiveness_from == claim
        scene.store.undo()
        assert scene.store.find(scene.guards[0], Guard).effectiveness_from is None

    def test_a_suspended_figure_is_struck_out(self, inspector, scene, claim):
        with scene.store.transaction("x") as tx:
            tx.patch(scene.causes[0], likelihood_from=claim)
            withdraw_run(tx, "r_rate", "Broken.")
        select(inspector, scene.causes[0])
        assert derived(inspector)._figure.font().strikeOut()

    def test_documents_are_not_offered(self, inspector, scene):
        with scene.store.transaction("Attach") as tx:
            attach_document(tx, scene.causes[0], "document", "Paper", link="x")
        select(inspector, scene.causes[0])
        assert derived(inspector)._claim.control.count() == 1


def test_a_rating_carries_evidence_once_it_is_given(qtbot, inspector, scene):
    select(inspector, scene.harm)
    assert not any("Attach to " in b.text() for b in inspector._form.findChildren(QPushButton))
    rating = Assessment.of(scene.harm, "residual").replace(severity="1", frequency="A")
    with scene.store.transaction("Rate") as tx:
        tx.put(rating)
    attach(scene, rating.id, "harm", 1, 200)
    inspector.flush()
    assert "Evidence on the residual rating" in texts(inspector)
    with qtbot.waitSignal(inspector.attach_requested) as asked:
        press(inspector, "Attach to residual rating…")
    assert asked.args == [rating.id]
    with qtbot.waitSignal(inspector.evidence_requested) as removed:
        press(inspector, "Remove")
    assert removed.args == ["detach", "e_harm"]
