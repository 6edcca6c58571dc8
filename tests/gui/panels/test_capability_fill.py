"""The dialog that fills a grid from a run says what the figure is."""

import pytest

from workbench.commands.capability import new_grid
from workbench.model.judgement import CapabilityGrid
from workbench.model.runs import Metric, Run
from workbench.panels.capability_mapping import RunMappingDialog


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
