"""Two runs on the same items: what they differ by, and when they are not to be compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import there
from tests.unit.evidence.logs import header, row, write_eval, write_lines
from workbench.evidence.compare import compare_runs, pair_items, points, probability
from workbench.evidence.items import Item
from workbench.evidence.reading import read_run
from workbench.evidence.statistics_compare import mcnemar_exact, paired_difference, tango

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")


def run(*scores, **more):
    return [
        Item(f"T/{index}", score, "error" if score is None else "scored", **more) for index, score in enumerate(scores)
    ]


def passes(text):
    """``+`` passed, ``-`` failed, ``?`` without a score."""
    return run(*({"+": 1.0, "-": 0.0, "?": None}[sign] for sign in text))


def test_discordant_pairs_decide():
    found = compare_runs(passes("+" * 20 + "-" * 10 + "+"), passes("+" * 20 + "+" * 10 + "-"))
    assert (found.n, found.both, found.only_a, found.only_b, found.neither) == (31, 20, 1, 10, 0)
    assert found.difference == pytest.approx(-9 / 31)
    assert found.p_value == pytest.approx(mcnemar_exact(1, 10))
    assert (found.low, found.high) == tango(1, 10, 31)
    assert found.decided
    assert "only the first run passed 1 and only the second 10" in found.sentence
    assert "p = 0.012" in found.sentence


def test_the_order_of_the_items_does_not_matter():
    a, b = passes("++-+-"), passes("+-++-")
    assert compare_runs(a, b) == compare_runs(list(reversed(a)), b)


@settings(max_examples=60, deadline=None)
@given(st.text("+-", min_size=1, max_size=40), st.data())
def test_swapping_the_runs_turns_the_difference(text, data):
    other = data.draw(st.text("+-", min_size=len(text), max_size=len(text)))
    one, two = compare_runs(passes(text), passes(other)), compare_runs(passes(other), passes(text))
    assert one.p_value == two.p_value
    assert one.difference == -there(two.difference)
    assert (one.low, one.high) == pytest.approx((-there(two.high), -there(two.low)), abs=1e-12)
    assert there(one.low) <= there(one.difference) <= there(one.high)


def test_other_items_are_refused_with_how_many():
    a, b = passes("+++"), [*passes("++"), Item("X", 1.0), Item("Y", 0.0)]
    found = compare_runs(a, b)
    assert found.refused == (
        "The runs did not see the same items (1 item only in the first run, 2 items only in the second), "
        "so they are not compared item by item."
    )
    assert (found.n, found.p_value, found.sentence) == (0, None, found.refused)


def test_other_content_under_the_same_name_is_refused():
    a = [Item("T/0", 1.0, digest="aa"), Item("T/1", 1.0, digest="bb")]
    b = [Item("T/0", 0.0, digest="aa"), Item("T/1", 0.0, digest="cc")]
    assert "1 of the 2 shared ones with other content" in compare_runs(a, b).refused
    unknown = [Item("T/0", 0.0), Item("T/1", 0.0)]
    assert compare_runs(a, unknown).refused == ""


def test_a_run_without_items_is_refused():
    assert "Only a summary of the second run" in compare_runs(passes("+"), []).refused
    assert "Only a summary of the first run" in compare_runs([], passes("+")).refused
    assert "Only a summary of both runs" in compare_runs([], []).refused


def test_repeats_are_averaged_and_not_put_to_mcnemar():
    a = [Item("T/0", 1.0), Item("T/0", 0.0), Item("T/1", 1.0), Item("T/1", 1.0), Item("T/2", 0.0)]
    b = [Item("T/0", 0.0), Item("T/1", 1.0), Item("T/2", 0.0)]
    assert [(pair.a, pair.b) for pair in pair_items(a, b).pairs] == [(0.5, 0.0), (1.0, 1.0), (0.0, 0.0)]
    found = compare_runs(a, b)
    assert (found.only_a, found.only_b, found.n) == (None, None, 3)
    expected = paired_difference([0.5, 0.0, 0.0])
    assert (found.difference, found.low, found.p_value) == (expected.value, expected.low, expected.p_value)
    assert found.method == "paired difference"


def test_items_that_share_a_passage_are_one_cluster():
    shared = [Item(f"T/{i}", float(i % 3 > 0), cluster=f"P{i // 2}") for i in range(20)]
    other = [Item(f"T/{i}", float(i % 2)) for i in range(20)]
    found = compare_runs(shared, other)
    assert found.method == "paired difference, clustered"
    assert (found.both, found.only_a, found.only_b, found.neither) == (7, 6, 3, 4)
    differences = [there(a.score) - there(b.score) for a, b in zip(shared, other, strict=True)]
    assert found.p_value == paired_difference(differences, [item.cluster for item in shared]).p_value


def test_missing_scores_are_counted_both_ways_and_the_weaker_one_speaks():
    found = compare_runs(passes("+" * 20 + "-" * 10 + "+"), passes("+" * 20 + "+" * 10 + "?"))
    assert (found.counted, found.missing, found.only_a, found.only_b) == ("as failures", 1, 1, 10)
    assert (there(found.otherwise).counted, there(found.otherwise).only_a, there(found.otherwise).n) == (
        "left out",
        0,
        30,
    )
    assert there(found.p_value) > there(there(found.otherwise).p_value)
    assert found.bounds == pytest.approx((-10 / 31, -9 / 31))
    assert found.decided
    assert "counts 1 item without a score in one of the runs as failures; as left out:" in found.sentence


def test_many_missing_scores_decide_nothing():
    found = compare_runs(passes("+" * 60), passes("-" * 12 + "?" * 48))
    assert found.bounds == pytest.approx((12 / 60, 1.0))
    assert found.counted == "left out"
    assert found.decided  # even if all of them had passed, twelve would speak against it
    lost = compare_runs(passes("+" * 60), passes("-" * 12 + "+" * 30 + "?" * 18))
    assert lost.decided
    both = compare_runs(passes("+" * 40 + "?" * 20), passes("-" * 12 + "+" * 28 + "?" * 20))
    assert there(both.bounds)[0] < 0 < there(both.bounds)[1]
    assert there(both.p_value) < 0.05
    assert not both.decided


def test_nothing_scored_in_both_says_so():
    assert compare_runs(passes("??"), passes("++")).otherwise is not None
    graded = compare_runs(run(None, 3.5), run(2.5, None))
    assert graded.refused == "No item has a score in both runs."


def test_scores_that_are_no_passes_are_averaged():
    found = compare_runs(run(3.5, 2.0, 4.0, None), run(2.5, 2.0, 3.0, 1.0))
    assert (found.n, found.missing, found.counted, found.both) == (3, 1, "left out", None)
    assert found.otherwise is None
    assert "1 item without a score in one of the runs: left out." in found.sentence


def test_words_for_figures():
    assert points(-0.0549) == "−5.5 points"
    assert points(0.1) == "+10 points"
    assert points(-0.0001) == "0 points"
    assert probability(0.01171875) == "0.012"
    assert probability(1e-9) == "< 0.0001"


def one(path, **options):
    (imported,) = read_run(path, **options)
    return imported.items[imported.metrics[0].id]


def test_human_eval_hands_its_rows_over(tmp_path):
    rows = [
        {"task_id": "T/0", "prompt": "p", "completion": "x", "passed": True},
        {"task_id": "T/1", "prompt": "q", "completion": "x", "passed": False},
        {"task_id": "T/2", "prompt": "r", "completion": "", "passed": False},
        {"task_id": "T/3", "completion": "x", "result": "who knows"},
    ]
    path = write_lines(tmp_path / "r.jsonl", *rows)
    items = one(path)
    assert [(item.item, item.score, item.state) for item in items] == [
        ("T/0", 1.0, "scored"),
        ("T/1", 0.0, "scored"),
        ("T/2", None, "error"),
        ("T/3", None, "unscored"),
    ]
    assert len({item.digest for item in items[:3]}) == 3
    assert items[3].digest == ""
    assert one(path, empty_answers_fail=True)[2][:3] == ("T/2", 0.0, "scored")


def test_inspect_hands_its_samples_over(tmp_path):
    log = header()
    log["eval"]["config"] = {"epochs": 2, "epochs_reducer": ["mean"]}
    rows = [
        row("a", "C", metadata={"level": 1, "language": "python"}),
        row("a", "I", epoch=2),
        row("b", "C", input="other"),
        row("b", epoch=2, error="timeout"),
    ]
    items = one(write_eval(tmp_path / "r.eval", log, rows))
    assert [(item.item, item.score, item.state) for item in items] == [
        ("a", 1.0, "scored"),
        ("a", 0.0, "scored"),
        ("b", 1.0, "scored"),
        ("b", None, "unscored"),
    ]
    assert items[0].digest == items[1].digest != items[2].digest
    assert items[0].strata == {"level": "1", "language": "python"}
    assert compare_runs(items, items).p_value == 1.0


def test_an_edited_log_says_so_in_its_provenance(tmp_path):
    edited = row("a", "C")
    edited["scores"]["match"]["history"] = [{"value": "I"}]
    (imported,) = read_run(write_eval(tmp_path / "r.eval", header(), [edited, row("b", "C")]))
    assert imported.run.provenance.settings["scores edited"] == "scores of 1 of 2 samples"
