"""The dialog that changes a criterion: every change asks for its reason."""

import pytest

from tests.gui.panels.conftest import every_field_has_a_name, imported
from tests.gui.panels.test_evidence_dialogs import texts
from workbench.model.runs import Criterion, Evidence
from workbench.panels.attach_criterion import Basis, CriterionDialog


@pytest.fixture
def shown(qtbot, look):
    def show(made):
        qtbot.addWidget(made)
        made.show()
        made.refresh()
        return made

    return show


class TestCriterion:
    @pytest.fixture
    def parts(self):
        metric = imported().metrics[1]
        claim = Evidence(id="e", subject="c", metric=metric.id, title="Claim", criterion=Criterion(threshold=0.1))
        return claim, metric, imported().run

    def test_a_change_after_the_result_asks_why(self, qtbot, shown, parts):
        claim, metric, run = parts
        dialog = shown(CriterionDialog(claim, metric, run, Basis()))
        assert dialog.ok.isEnabled()
        dialog.form.threshold.setText("5 %")
        assert "say why" in dialog.reason.text()
        qtbot.keyClicks(dialog.why, "The policy says so.")
        criterion, why, before = dialog.answer()
        assert (criterion.threshold, why, before) == (0.05, "The policy says so.", False)
        assert "First set: ≤ 10 % at 95 %." in texts(dialog)
        assert every_field_has_a_name(dialog)

    def test_every_change_asks_anew_and_counts_as_made_after_the_results(self, shown, parts):
        claim, metric, run = parts
        first = claim.criterion.model_copy(update={"set_before_results": True})
        now = first.model_copy(update={"threshold": 0.2, "set_before_results": False})
        former = {"criterion": first, "reason": "Too strict.", "by": "A"}
        changed = {"criterion": now, "first_criterion": first, "criterion_reason": "Too strict."}
        claim = Evidence.model_validate({**dict(claim), **changed, "criteria_before": [former]})
        dialog = shown(CriterionDialog(claim, metric, run, Basis()))
        assert dialog.why.toPlainText() == ""
        assert "Before: ≤ 10 % at 95 % (A). Left because: Too strict." in texts(dialog)
        dialog.form.threshold.setText("10 %")
        assert dialog.form.before.value() == "before"
        assert "say why" in dialog.reason.text()
        dialog.form.threshold.setText("30 %")
        assert dialog.form.before.value() == "after"
        dialog.form.before.choose("before")
        dialog.form.threshold.setText("20 %")
        assert "stood before the results all the same" in dialog.reason.text()
        dialog.why.setPlainText("It was in the plan.")
        assert dialog.answer()[1:] == ("It was in the plan.", True)

    def test_a_first_criterion_needs_no_reason(self, shown, parts):
        claim, metric, run = parts
        dialog = shown(CriterionDialog(claim.replace(criterion=None), metric, run, Basis()))
        assert dialog.reason.text() == "Give a threshold."
        dialog.form.threshold.setText("5 %")
        dialog.form.comparator.choose("<=")
        dialog.form.before.choose("after")
        assert dialog.answer() is not None
