"""Figures that the program makes of a run's: pooled, turned round, and made again when the file is read again."""

from typing import Any

import pytest

from tests.support import there
from tests.unit.evidence.logs import write_lines
from workbench.evidence.estimate import of_mean, of_rate
from workbench.evidence.items import Item
from workbench.evidence.made import can_turn, is_turned, natural, pooled, remade, turned
from workbench.evidence.reading import read_run
from workbench.evidence.refresh import reread, store_reread
from workbench.evidence.statistics import wilson
from workbench.model.elements import Cause
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.store import Store

PROFILE = {
    "columns": {"item": "task", "strata": ["lang"]},
    "metrics": [{"name": "insecure_rate", "passed": "bad"}],
}


def rate(successes: int = 30, n: int = 100, **more: Any) -> Metric:
    fields = of_rate([1.0] * successes + [0.0] * (n - successes), range(n))
    return Metric.model_validate({"id": "m", "run": "r", "name": "insecure_rate", "missing": 4, **fields, **more})


def test_one_less_a_rate_is_the_rate_of_the_others():
    made = turned(rate(tool_says_higher_is_better=False, reported={"value": 0.3}, baselines=[{"value": 0.4}]))
    assert (made.name, made.value, made.successes, made.n, made.missing) == ("1 − insecure_rate", 0.7, 70, 100, 4)
    assert (there(made.estimate).low, there(made.estimate).high) == pytest.approx(wilson(70, 100))
    assert (made.tool_says_higher_is_better, made.reported.value, made.baselines) == (True, None, ())
    assert made.run == "r"
    assert made.id == turned(rate()).id != rate().id


def test_a_mean_of_scores_turns_with_its_interval():
    mean = Metric.model_validate(
        {"id": "m", "run": "r", "name": "harm", **of_mean([0.25, 0.5, 1.0], range(3), bounded=True)}
    )
    made = turned(mean)
    assert made.value == pytest.approx(1 - there(mean.value))
    assert there(made.estimate).low == 1 - there(there(mean.estimate).high)
    assert made.successes is None


def test_what_is_no_share_is_not_turned():
    for metric in (rate(unit="count"), rate(kind="pass_at_k", k=5), turned(rate())):
        assert not can_turn(metric)
        with pytest.raises(ValueError, match="no share"):
            turned(metric)
    assert is_turned(turned(rate()))
    assert not is_turned(rate())


def test_texts_are_in_order_of_their_numbers():
    assert sorted(["chain 10", "chain 9", "a"], key=natural) == ["a", "chain 9", "chain 10"]


def test_a_figure_of_the_program_s_own_is_known_by_its_id():
    items = [Item(f"t{i}", float(i < 2), strata={"lang": lang}) for i, lang in enumerate(("c", "py", "py", "go"))]
    whole = rate()
    made = pooled(whole, items[:3], {"lang": {"c", "py"}})
    assert remade([made, whole], {"m": whole}, {"m": items})[made.id].n == 3
    assert remade([made], {"m": whole}, {}) == {}, "without items nothing can be pooled"
    assert remade([made], {"m": whole}, {"m": items[1:]}) == {}, "a group is gone"
    assert remade([rate(id="other")], {"m": whole}, {"m": items}) == {}
    secure = turned(whole)
    assert remade([secure], {"m": rate(50)}, {})[secure.id].successes == 50
    assert remade([secure], {"x": whole}, {}) == {}


@pytest.fixture
def store(tmp_path):
    """A run, a figure pooled of two of its groups, and one less that, on which a claim leans."""
    path = write_table(tmp_path, 4)
    (imported,) = read_run(path, profile=PROFILE)
    whole = imported.metrics[0]
    items = [item for item in imported.items[whole.id] if item.strata["lang"] in ("c", "py")]
    both = pooled(whole, items, {"lang": {"c", "py"}})
    secure = turned(both)
    claim = Evidence(id="e", subject="c1", metric=secure.id)
    return Store([Cause(id="c1"), imported.run, *imported.metrics, both, secure, claim])


def write_table(folder, bad):
    path = folder / "t.jsonl"
    langs = ("c", "py", "go")
    return write_lines(path, *({"task": i, "lang": langs[i % 3], "bad": i < bad} for i in range(12)))


def test_they_are_made_again_when_the_file_is_read_again(store, tmp_path):
    (run,) = store.all(Run)
    same = reread(store, run, tmp_path)
    assert (same.state, same.differences, same.problem) == ("same", (), ""), (
        "no figure is lost that never was in the file"
    )
    write_table(tmp_path, 6)
    found = reread(store, run, tmp_path)
    assert (found.state, found.gone, found.problem) == ("changed", (), "")
    assert "1 − insecure_rate: 62.5 % (5 of 8) is now 50 % (4 of 8)." in found.differences
    with store.transaction("Refresh") as tx:
        assert store_reread(tx, found, at="2026-11-23T00:00:00Z")
    values = {metric.name: metric.value for metric in store.all(Metric) if metric.strata == {"lang": "c, py"}}
    assert values == {"insecure_rate": 0.5, "1 − insecure_rate": 0.5}
