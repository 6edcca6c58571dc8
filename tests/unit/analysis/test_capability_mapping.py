"""Mapping the groups of a run to cells and points."""

import pytest

from tests.support import there
from workbench.analysis.capability_mapping import (
    Dimension,
    Measure,
    RunGroups,
    best_stratum,
    guess,
    guess_blocks,
    measure_of,
)
from workbench.analysis.capability_standard import standard
from workbench.evidence.items import Item, metric_of, strata_of
from workbench.evidence.reading import read_run
from workbench.model.runs import Metric

PASS = Measure("pass", "", "", None)

FRAME = standard()


def run(items, name="pass", **fields):
    """Metrics and items as an importer hands them over."""
    drafts = [metric_of(name, items, **fields)]
    drafts += strata_of(drafts[0])
    metrics, behind = [], {}
    for number, draft in enumerate(drafts):
        made = draft.pop("items")
        metrics.append(Metric.model_validate({**draft, "id": f"m{number}", "run": "r"}))
        behind[f"m{number}"] = made
    return metrics, behind


ITEMS = [
    Item(f"{topic}-{level}-{i}", float(i < good), strata={"topic": topic, "depth": level})
    for topic, level, good in (
        ("race conditions", "low", 8),
        ("race conditions", "design", 5),
        ("mutex", "low", 7),
        ("liveness", "low", 6),
        ("liveness", "design", 2),
    )
    for i in range(10)
]
CONCURRENCY, TEMPORAL = "Concurrency and parallelism", "Temporal reasoning"
LOW, DESIGN = "Low-level", "Design-level"
TOPICS = {"race conditions": CONCURRENCY, "mutex": CONCURRENCY, "liveness": TEMPORAL}
DEPTHS = {"low": LOW, "design": DESIGN}


def test_items_are_grouped_by_two_strata_and_pooled_where_two_values_mean_one_row():
    groups = RunGroups(*run(ITEMS))
    measure = next(iter(groups.measures()))
    found = groups.groups(measure, [Dimension("topic", targets=TOPICS), Dimension("depth", targets=DEPTHS)])
    figures = {group.target: (there(group.metric).successes, there(group.metric).n) for group in found}
    assert figures == {
        (CONCURRENCY, LOW): (15, 20),
        (CONCURRENCY, DESIGN): (5, 10),
        (TEMPORAL, LOW): (6, 10),
        (TEMPORAL, DESIGN): (2, 10),
    }
    pooled = next(group.metric for group in found if group.target == (CONCURRENCY, LOW))
    assert there(pooled).strata == {"topic": "mutex, race conditions", "depth": "low"}
    assert there(pooled).run == "r"


def test_a_share_of_what_is_bad_is_turned_into_that_of_the_others():
    groups = RunGroups(*run(ITEMS, name="insecure"))
    measure = next(iter(groups.measures()))
    found = groups.groups(measure, [Dimension("topic", targets=TOPICS), Dimension("depth", targets=DEPTHS)], turn=True)
    assert {group.target: (there(group.metric).successes, there(group.metric).n) for group in found} == {
        (CONCURRENCY, LOW): (5, 20),
        (CONCURRENCY, DESIGN): (5, 10),
        (TEMPORAL, LOW): (4, 10),
        (TEMPORAL, DESIGN): (8, 10),
    }
    assert {there(group.metric).name for group in found} == {"1 − insecure"}
    again = RunGroups([there(group.metric) for group in found])
    (refused, *_) = again.groups(
        next(iter(again.measures())),
        [Dimension("topic", targets={"liveness": TEMPORAL}), Dimension("depth", targets=DEPTHS)],
        turn=True,
    )
    assert (refused.metric, refused.problem) == (None, "1 − insecure is no share that could be turned round")


def test_the_same_mapping_gives_the_same_ids():
    first, second = (RunGroups(*run(ITEMS)).groups(PASS, [Dimension("topic", targets=TOPICS)]) for _ in range(2))
    assert [there(group.metric).id for group in first] == [there(group.metric).id for group in second]


def test_stored_figures_are_used_as_they_are():
    metrics, _ = run(ITEMS)
    dimensions = [Dimension("topic", targets={"liveness": TEMPORAL}), Dimension(fixed=DESIGN)]
    (group,) = RunGroups(metrics).groups(measure_of(metrics[0]), dimensions)
    assert group.target == (TEMPORAL, DESIGN)
    assert group.metric in metrics
    assert (there(group.metric).successes, there(group.metric).n) == (8, 20)


def test_stored_figures_are_never_pooled():
    metrics, _ = run(ITEMS)
    (concurrency, _) = RunGroups(metrics).groups(measure_of(metrics[0]), [Dimension("topic", targets=TOPICS)])
    assert concurrency.metric is None
    assert "2 groups" in concurrency.problem


def test_what_is_not_mapped_is_left_out():
    groups = RunGroups(*run(ITEMS))
    targets = {**TOPICS, "liveness": ""}
    found = groups.groups(PASS, [Dimension("topic", targets=targets)])
    assert [group.target for group in found] == [(CONCURRENCY,)]


def test_missing_items_stay_missing():
    items = [Item("a", 1.0, strata={"t": "x"}), Item("b", None, "error", strata={"t": "x"})]
    items += [Item("c", 0.0, strata={"t": "y"})]
    (x, _) = RunGroups(*run(items)).groups(PASS, [Dimension("t", targets={"x": TEMPORAL, "y": CONCURRENCY})])[::-1]
    assert (x.target, there(x.metric).n, there(x.metric).missing) == ((TEMPORAL,), 1, 1)


def test_items_that_do_not_give_the_stored_figure_are_not_regrouped():
    metrics, items = run(ITEMS)
    metrics[0] = metrics[0].replace(value=0.123, successes=None)
    found = RunGroups(metrics, items).groups(measure_of(metrics[0]), [Dimension("topic", targets=TOPICS)])
    assert {group.target[0]: group.metric is None for group in found} == {CONCURRENCY: True, TEMPORAL: False}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("temporal", TEMPORAL),
        ("Concurrent programs", CONCURRENCY),
        ("non-determinism", ""),
        ("nondeterministic", "Nondeterminism"),
        ("hyperproperty", "Hyperproperties"),
        ("variables", "Variable interdependencies"),
        ("cats", ""),
    ],
)
def test_rows_are_guessed_by_their_words(value, name):
    assert guess(value, FRAME.attributes) == name


def test_levels_are_guessed():
    assert [guess(v, FRAME.levels) for v in ("low", "design", "high_level", "requirements")] == [
        "Low-level",
        "Design-level",
        "High-level requirements",
        "High-level requirements",
    ]


def test_the_stratum_that_names_rows_is_found():
    strata = {"language": ("c", "python"), "topic": ("temporal", "hyperproperties")}
    assert best_stratum(strata, FRAME.attributes) == "topic"
    assert best_stratum({"language": ("c",)}, FRAME.attributes) == ""


def test_numbers_of_blocks_are_read():
    assert guess_blocks(["chain_3", "12 blocks", "none", "3 of 4"]) == {
        "chain_3": "3",
        "12 blocks": "12",
        "none": "",
        "3 of 4": "",
    }


def test_groups_are_in_order_of_their_numbers():
    items = [Item(f"{n}", 1.0, strata={"chain": f"{n} blocks"}) for n in (10, 9, 2)]
    groups = RunGroups(*run(items))
    assert groups.strata(PASS)["chain"] == ("2 blocks", "9 blocks", "10 blocks")
    found = groups.groups(PASS, [Dimension("chain", targets=guess_blocks(groups.strata(PASS)["chain"]))])
    assert [group.target for group in found] == [("2",), ("9",), ("10",)]


def test_a_real_run_gives_a_sweep_over_its_complexity(shared):
    (path,) = (shared / "evalruns").rglob("json_secure_code_40x3.json")
    imported = read_run(path)[0]
    groups = RunGroups(imported.metrics, imported.items)
    measure = measure_of(next(m for m in imported.metrics if m.scorer == "func_secure/functional" and not m.strata))
    values = groups.strata(measure)["complexity"]
    found = groups.groups(measure, [Dimension("complexity", targets=guess_blocks(values))])
    assert [group.target for group in found] == [(blocks,) for blocks in guess_blocks(values).values()]
    metrics = [there(group.metric) for group in found]
    assert sum(there(metric.n) for metric in metrics) == 106
    assert sum(there(metric.successes) for metric in metrics) == 55  # 0.5189 of 106
    assert all(
        there(metric.clusters) < there(metric.n) for metric in metrics
    )  # three epochs of each item are one cluster
