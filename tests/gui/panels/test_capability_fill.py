"""The dialog that fills a grid from a run says what the figure is."""

import pytest

from tests.support import there
from workbench.commands.capability import new_grid
from workbench.model.judgement import CapabilityGrid
from workbench.model.runs import Metric, Run
from workbench.panels.capability_mapping import _ONE, RunMappingDialog


@pytest.mark.parametrize(("name", "warned"), [("vulnerable_rate", True), ("pass@1", False)])
def test_the_figure_is_named_and_doubted_where_it_is_no_success(qtbot, scene, name, warned):
    with scene.store.transaction("Run") as tx:
        grid = new_grid(tx, "Grid")
        tx.put(Run(id="r", title="Evaluation", status="success"))
        rate = {"kind": "proportion", "value": 0.3, "n": 40, "successes": 12, "scorer": "codeql"}
        tx.put(Metric.model_validate({"id": "m", "run": "r", "name": name, **rate}))
    dialog = RunMappingDialog(scene.store, scene.store.find(grid, CapabilityGrid), lambda _paths: [])
    qtbot.addWidget(dialog)
    assert f"{name} (codeql)" in dialog.means.text()
    assert "share of items" in dialog.means.text()
    assert ("may be no success rate" in dialog.means.text()) == warned


def test_one_less_the_figure_can_be_filled_in(qtbot, scene):
    with scene.store.transaction("Run") as tx:
        grid = new_grid(tx, "Grid")
        tx.put(Run(id="r", title="Evaluation", status="success"))
        rate = {"kind": "proportion", "value": 0.3, "n": 40, "successes": 12}
        tx.put(Metric.model_validate({"id": "m", "run": "r", "name": "insecure_rate", **rate}))
    dialog = RunMappingDialog(scene.store, scene.store.find(grid, CapabilityGrid), lambda _paths: [])
    qtbot.addWidget(dialog)
    dialog._choices["rows"].choose(_ONE + dialog._names("rows")[0])
    dialog._choices["columns"].choose(_ONE + dialog._names("columns")[0])

    def shown():
        return there(dialog.preview.item(0, 1)).text()

    assert shown().startswith("30 %")
    dialog.turn.setChecked(True)
    assert shown().startswith("70 %")
    assert "not counted as “insecure_rate”" in dialog.means.text()
    assert "may be no success rate" not in dialog.means.text()
    (filled,) = dialog.read().fills.values()
    assert (filled.name, filled.successes) == ("1 − insecure_rate", 28)
