"""A figure that is no success rate does not come into the grid without a word."""

import pytest

from workbench.analysis.capability import grid_view
from workbench.analysis.capability_direction import behind, direction_doubt, full_name, middle, unit_means
from workbench.commands import capability
from workbench.evidence.made import turned
from workbench.model.judgement import PROJECT_ID, CapabilityGrid, Project
from workbench.model.runs import Metric, Run
from workbench.store.store import Store


def metric(name, **more):
    figure = {"kind": "proportion", "value": 0.3, "n": 40, "successes": 12}
    return Metric.model_validate({"id": "m", "run": "r", "name": name, **figure, **more})


@pytest.mark.parametrize("name", ["vulnerable_rate", "insecure", "CWE findings", "failed", "error_rate"])
def test_a_name_of_something_bad_is_doubted(name):
    assert "may be no success rate" in direction_doubt(metric(name))
    assert name in unit_means(metric(name))


def test_what_the_tool_says_is_told_and_success_rates_are_not_doubted():
    assert "lower is better" in direction_doubt(metric("score", tool_says_higher_is_better=False))
    assert direction_doubt(metric("pass@1", tool_says_higher_is_better=True)) == ""


def test_one_less_a_figure_is_read_the_other_way():
    secure = turned(metric("insecure_rate"))
    assert direction_doubt(secure) == ""
    assert unit_means(secure).startswith("Each result is the share of items not counted as “insecure_rate”;")
    assert "whose name tells of nothing bad" in direction_doubt(turned(metric("pass_rate")))
    assert "lower is better" in direction_doubt(turned(metric("pass_rate", tool_says_higher_is_better=True)))
    assert direction_doubt(turned(metric("score", tool_says_higher_is_better=False))) == ""


def test_what_stands_behind_a_cell_is_named():
    source = {"path": "runs/" + "a" * 40 + "-codex-2026.json"}
    run = Run.model_validate({"id": "r", "title": "x", "source": source})
    said = behind(metric("vulnerable_rate", scorer="codeql", clusters=20), run)
    assert said.startswith("vulnerable_rate (codeql) in aaa")
    assert said.endswith("-codex-2026.json; n = 40 in 20 clusters")
    assert "…" in said
    assert full_name(metric("pass")) == "pass"
    assert middle("short.json") == "short.json"


def test_the_cell_says_it():
    store = Store(
        [Project(id=PROJECT_ID), Run(id="r", title="Evaluation", status="success"), metric("vulnerable_rate")]
    )
    with store.transaction("Fill") as tx:
        grid = capability.new_grid(tx, "G")
        view = grid_view(store, tx.expect(grid, CapabilityGrid))
        capability.fill(tx, grid, (view.rows[0], view.columns[0], "execution"), "m")
    record = store.find(grid, CapabilityGrid)
    assert record is not None
    cell = grid_view(store, record).cells[view.rows[0], view.columns[0], "execution"]
    assert any("may be no success rate" in remark for remark in cell.remarks)
