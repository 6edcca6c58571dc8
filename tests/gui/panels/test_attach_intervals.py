"""The metrics of the attach dialog show the same intervals as the command line."""

import os
from pathlib import Path

import pytest

from workbench.evidence.estimate import of_values
from workbench.evidence.imported import ImportedRun
from workbench.evidence.reading import read_run
from workbench.evidence.report import run_as_text
from workbench.model.runs import Metric, Run
from workbench.panels.attach_metrics import MetricTree

REAL = Path(os.environ.get("HAZARD_SHARED", "")) / "evalruns/inspect/generated/zstd_secure_code_40x3.eval"


def made():
    def metric(name, values, missing):
        fields = of_values(values, range(len(values)), bounded=True)
        return Metric(id=name, run="r", name=name, missing=missing, **fields)

    rate = metric("accuracy", [1.0] * 30 + [0.0] * 10, 6)
    mean = metric("mean accuracy", [1.0, 0.5, 0.0, 0.5] * 8, 6)
    run = Run(id="r", title="Run", format="inspect", status="success")
    return ImportedRun(run, (rate, mean, metric("whole", [1.0, 0.5] * 8, 0)))


@pytest.mark.parametrize("source", ["made", "real"])
def test_window_and_command_line_agree_on_every_metric(qtbot, look, source):
    if source == "real" and not REAL.is_file():
        pytest.skip("HAZARD_SHARED does not name the folder with the collected evaluation runs")
    imported = made() if source == "made" else read_run(REAL)[0]
    tree = MetricTree()
    qtbot.addWidget(tree)
    tree.show_metrics(imported.metrics)
    printed = run_as_text(imported, imported.metrics).splitlines()
    assert not tree.isColumnHidden(4)
    head = tree.headerItem()
    assert head is not None
    assert head.text(4) == "With the missing"
    for metric in imported.metrics:
        tree.choose(metric.id)
        row = tree.currentItem()
        assert row is not None
        (line,) = [text for text in printed if row.text(3) in text and row.text(4) in text]
        assert metric.name in line
        assert bool(row.text(4)) == bool(metric.missing)


def test_the_column_is_away_where_nothing_is_missing(qtbot, look):
    tree = MetricTree()
    qtbot.addWidget(tree)
    tree.show_metrics(made().metrics[2:])
    assert tree.isColumnHidden(4)
