"""Runs as rows, facts and history, and the plots as drawing primitives: without a window."""

from itertools import pairwise

import pytest

from tests.support import there
from workbench.analysis.claims import ClaimRow, ClaimRows, matches
from workbench.commands.create import add_element
from workbench.evidence.compare import Comparison
from workbench.export.claim_plot import claim_sheet, claim_words, deciding_edge
from workbench.export.plot_axis import axis_around
from workbench.model.judgement import Project
from workbench.model.runs import (
    Baseline,
    CodeRevision,
    Counts,
    Criterion,
    Evidence,
    Metric,
    Named,
    Reported,
    Run,
    Source,
    Withdrawal,
)
from workbench.panels.run_difference import difference_drawing, difference_words
from workbench.panels.run_facts import facts_text, run_facts
from workbench.panels.run_history import history_of, history_words
from workbench.panels.run_plots import history_picture
from workbench.panels.run_rows import RunRows
from workbench.render.ops import Lines, Polygon, RoundRect, TextOp, flatten
from workbench.render.theme import load_theme
from workbench.store.store import Store

LIGHT = load_theme("light")


class Measure:
    """Letters of one width."""

    def width(self, text, size, weight):
        return len(text) * size * 0.5

    def ascent(self, size, weight):
        return size * 0.8

    def descent(self, size, weight):
        return size * 0.2


@pytest.fixture
def store():
    made = Store([Project(id="project", title="P")])
    with made.transaction("x") as tx:
        subject = add_element(tx, "cause", "C")
        for id, model, day, passed in (
            ("old", "GPT-4", "2025-01-02", 60),
            ("new", "GPT-4", "2026-01-02", 70),
            ("other", "Claude", "2025-06-01", 80),
            ("undated", "Qwen", "", 50),
            ("gone", "GPT-4", "2026-02-01", 99),
        ):
            tx.put(
                Run(
                    id=id,
                    title=f"run {id}",
                    task=Named(name="SALLM", version="1"),
                    model=Named(name=model),
                    completed_at=day,
                    status="success",
                    source=Source(path=f"{id}.json", sha256="ab" * 32, bytes=10),
                    counts=Counts(planned=103, scored=100, errors=3),
                )
            )
            rate = {"kind": "proportion", "value": passed / 100, "n": 100, "successes": passed}
            tx.put(Metric.model_validate({"id": f"m_{id}", "run": id, "name": "pass_rate", **rate}))
        tx.patch("gone", withdrawn=Withdrawal(reason="Wrong prompt.", by="R. A.", at="2026-03-01"))
        tx.put(Run(id="elsewhere", task=Named(name="MBPP"), title="elsewhere"))
        tx.put(
            Metric(id="m_elsewhere", run="elsewhere", name="pass_rate", kind="proportion", value=0.5, n=10, successes=5)
        )
        criterion = Criterion(comparator=">=", threshold=0.5)
        tx.put(Evidence(id="e", subject=subject, metric="m_new", title="Passes ≥ half", criterion=criterion))
    return made


def texts(drawing):
    return [op.text for op, _, _ in flatten(drawing.ops) if isinstance(op, TextOp)]


class TestRows:
    def test_newest_first_and_kept_while_nothing_changes(self, store):
        rows = RunRows(store)
        first = rows.all()
        assert [row.id for row in first] == ["gone", "new", "other", "old", "elsewhere", "undated"]
        assert first[1].claims == 1
        again = rows.all()
        assert all(a is b for a, b in zip(first, again, strict=True))
        with store.transaction("x") as tx:
            tx.patch("old", superseded_by="new")
        assert [row.standing for row in rows.all()] == [
            "withdrawn",
            "stands",
            "stands",
            "superseded",
            "stands",
            "stands",
        ]

    def test_search_looks_through_everything_and_knows_signs_as_people_type_them(self, store):
        (row,) = ClaimRows(store).all()
        assert matches(row, "passes >= half")
        assert matches(row, "GPT-4 supports")
        assert not matches(row, "GPT-4 refutes")
        found = [row.id for row in RunRows(store).all() if "abab" in row.found_by and "claude" in row.found_by]
        assert found == ["other"]

    def test_counts_that_nobody_knows_are_no_zeros(self, store):
        row = next(row for row in RunRows(store).all() if row.id == "elsewhere")
        assert (row.n, row.errors) == (None, None)


class TestFacts:
    def test_everything_the_project_knows_is_there(self, store):
        with store.transaction("x") as tx:
            tx.patch("new", code_revision=CodeRevision(commit="c0ffee", dirty=True), doubts=("Seed not known.",))
            tx.patch("m_new", reported=Reported(value=0.71, stderr=0.05), tool_says_higher_is_better=True)
            tx.patch("m_new", baselines=(Baseline(value=0.6, n=40, source="Study"),))
        text = facts_text(run_facts(store, store.get("new"), "at hand"))
        for line in (
            "SHA-256\t" + "ab" * 32,
            "Code revision\tc0ffee, with uncommitted changes",
            "Samples\t103 planned, 100 scored, 3 errors or empty answers",
            "Doubt 1\tSeed not known.",
            "On this machine\tAt hand",
            "pass_rate\tHuman 60 %, n 40 (Study)",
            "C-1\tPasses ≥ half",
        ):
            assert line in text.splitlines(), line
        row = next(line for line in text.splitlines() if line.startswith("pass_rate\t70 %"))
        assert "71 % ± 5 %" in row
        assert row.endswith("higher is better")

    def test_what_is_not_known_is_said(self, store):
        text = facts_text(run_facts(store, store.get("elsewhere")))
        assert "Model\tnot known" in text
        assert "SHA-256\tnot known" in text

    def test_typed_in_runs_say_so(self, store):
        with store.transaction("x") as tx:
            tx.patch("old", origin="typed")
        assert "Typed in by a person; there is no file." in facts_text(run_facts(store, store.get("old")))


class TestHistory:
    def test_runs_of_the_same_figure_by_date_never_averaged(self, store):
        history = history_of(store, "m_new")
        assert [point.run for point in history.points] == ["old", "other", "new", "gone", "undated"]
        assert [point.run for point in history.points if point.speaks] == ["other", "new", "undated"]
        assert (history.threshold, history.upward) == (0.5, True)
        assert "2026-02-01, GPT-4, 99 %" in history_words(history)
        assert "withdrawn" in history_words(history)

    def test_a_metric_that_is_gone_has_none(self, store):
        assert history_of(store, "nothing").points == ()

    def test_points_stand_by_date_and_by_value_and_are_named(self, store):
        picture = history_picture(history_of(store, "m_new"), 700, 300, LIGHT, Measure(), "new")
        dated = [place for place in picture.places if place.point.day is not None]
        assert all(a.x < b.x for a, b in pairwise(dated))
        by_value = sorted(picture.places, key=lambda place: place.point.value)
        assert all(a.y > b.y for a, b in pairwise(by_value))
        said = texts(picture.sheet)
        for word in ("Claude", "Qwen", "no date", "2 Jan 2025", "1 Feb 2026"):
            assert word in said
        assert any(text.startswith("criterion ≥ 50") for text in said)
        assert all(0 <= place.x <= 700 and 0 <= place.y <= 300 for place in picture.places)

    @pytest.mark.parametrize("count", [9, 300])
    def test_many_points_share_a_legend_and_none_leaves_the_picture(self, store, count):
        with store.transaction("x") as tx:
            for i in range(count):
                tx.put(
                    Run(
                        id=f"r{i}",
                        task=Named(name="SALLM", version="1"),
                        model=Named(name=f"M{i % 9}"),
                        completed_at="2025-05-05",
                    )
                )
                rate = {"kind": "proportion", "value": i / count, "n": 50, "successes": i / count * 50}
                tx.put(Metric.model_validate({"id": f"m{i}", "run": f"r{i}", "name": "pass_rate", **rate}))
        picture = history_picture(history_of(store, "m_new"), 500, 200, LIGHT, Measure())
        assert len(picture.places) == count + 5
        assert any("more" in text for text in texts(picture.sheet))
        assert all(0 <= place.x <= 500 for place in picture.places)


class TestClaimPlot:
    ROW = ClaimRow(
        id="e", subject="c", on="C-1", claim="Rate", sign="supports", reason="", criterion="≥ 80 %", comparator=">=",
        threshold=0.8, value=0.895, low=0.846, high=0.93, decides=(0.8455, 0.933), computed="supports",
        decided_by="clopper-pearson", counts="188 of 210", criterion_in_full="≥ 80 % at 95 %",
        baselines=(
            Baseline(value=0.711, low=0.62, high=0.79, n=120, source="Study"), Baseline(kind="constant", value=0.5),
        ),
    )  # fmt: skip

    def test_it_names_criterion_deciding_bound_and_baselines(self):
        drawing = claim_sheet(self.ROW, 600, 200, LIGHT, Measure())
        said = texts(drawing)
        assert "criterion ≥ 80 %" in said
        assert "decides 84.5 %" in said or "decides 84.6 %" in said
        assert "acceptable" in said
        assert "human 71.1 %, n 120" in said
        fills = [op.fill for op, _, _ in flatten(drawing.ops) if isinstance(op, RoundRect)]
        assert LIGHT.plot.pass_zone in fills
        diamonds = [op for op, _, _ in flatten(drawing.ops) if isinstance(op, Polygon) and len(op.points) == 4]
        assert {op.fill for op in diamonds} == {LIGHT.plot.baseline, LIGHT.plot.background}

    def test_the_words_say_the_same_numbers(self):
        words = claim_words(self.ROW)
        for part in (
            "89.5",
            "84.6 % to 93 %",
            "188 of 210",
            "deciding bound 84.5",
            "human 71.1 %, n 120 (62 % to 79 %)",
        ):
            assert part in words, part

    @pytest.mark.parametrize(
        ("comparator", "computed", "edge"),
        [
            (">=", "supports", 0),
            (">=", "refutes", 1),
            ("<=", "supports", 1),
            ("<=", "refutes", 0),
            (">=", "inconclusive", 0),
        ],
    )
    def test_the_deciding_edge_is_the_one_nearest_to_failing(self, comparator, computed, edge):
        fields = {name: getattr(self.ROW, name) for name in ClaimRow.__dataclass_fields__}
        row = ClaimRow(**{**fields, "comparator": comparator, "computed": computed})
        assert deciding_edge(row) == there(row.decides)[edge]

    @pytest.mark.parametrize("size", [(60, 40), (420, 78), (1600, 500)])
    def test_nothing_leaves_the_picture(self, size):
        drawing = claim_sheet(self.ROW, size[0], size[1], LIGHT, Measure())
        for op, _, _ in flatten(drawing.ops):
            if isinstance(op, RoundRect):
                assert op.x >= 0
                assert op.x + op.w <= size[0] + 1

    @pytest.mark.parametrize("size", [(480, 78), (360, 120), (480, 104), (700, 260)])
    def test_the_deciding_label_lies_over_neither_the_criterion_nor_other_words(self, size):
        fields = {name: getattr(self.ROW, name) for name in ClaimRow.__dataclass_fields__}
        written = 0
        for step in range(1, 60):
            threshold = step / 60
            row = ClaimRow(**{**fields, "threshold": threshold, "low": 0.2, "high": 0.6, "decides": (0.19, 0.61)})
            ops = [op for op, _, _ in flatten(claim_sheet(row, size[0], size[1], LIGHT, Measure()).ops)]
            at = next(op.segments[0][0] for op in ops if isinstance(op, Lines) and op.stroke == LIGHT.plot.threshold)
            texts = [(op, *ends(op)) for op in ops if isinstance(op, TextOp)]
            for label, left, right in [text for text in texts if text[0].text.startswith("decides")]:
                written += 1
                assert not left < at < right
                near = [other for other, *_ in texts if other is not label and abs(other.y - label.y) < label.size]
                assert not [other.text for other in near if ends(other)[0] < right and ends(other)[1] > left]
        assert written > 25

    @pytest.mark.parametrize("size", [(240, 78), (700, 260)])
    def test_each_baseline_is_named_beside_the_others(self, size):
        fields = {name: getattr(self.ROW, name) for name in ClaimRow.__dataclass_fields__}
        two = tuple(Baseline(kind="human", value=value, n=9) for value in (0.5, 0.9))
        ops = [
            op
            for op, _, _ in flatten(
                claim_sheet(ClaimRow(**{**fields, "baselines": two}), size[0], size[1], LIGHT, Measure()).ops
            )
        ]
        named = [op for op in ops if isinstance(op, TextOp) and op.text.startswith("human")]
        assert len({(op.x, op.y) for op in named}) == len(named) >= 1


def ends(op):
    """Left and right end of a text."""
    wide = Measure().width(op.text, op.size, op.weight)
    left = op.x - {"start": 0, "middle": wide / 2, "end": wide}[op.anchor]
    return left, left + wide


class TestAxis:
    @pytest.mark.parametrize(
        ("values", "unit"),
        [((0.5,), "proportion"), ((0.0, 0.001), "proportion"), ((0.99, 1.0), "proportion"), ((), "proportion"),
         ((3.0, 1e6), "other"), ((-5.0, -4.9), "other"), ((0.0,), "other"), ((float("nan"), 0.3), "proportion")],
    )  # fmt: skip
    def test_it_shows_every_value_between_round_ticks(self, values, unit):
        axis = axis_around(values, unit)
        assert axis.low < axis.high
        assert 2 <= len(axis.ticks) <= 12
        assert all(axis.low <= value <= axis.high for value in values if value == value)
        if unit == "proportion":
            assert axis.low >= 0
            assert axis.high <= 1
        assert axis.share(axis.low - 1) == 0
        assert axis.share(axis.high + 1) == 1


def test_the_difference_plot_has_no_difference_in_the_middle():
    result = Comparison(n=164, difference=-0.055, low=-0.1, high=-0.01, p_value=0.012)
    drawing = difference_drawing(result, 600, 100, LIGHT, Measure())
    assert "← B higher" in texts(drawing)
    assert "0" in texts(drawing)
    assert (
        difference_words(result) == "A less B: −5.5 points, 95 % interval −10 points to −1 points, p = 0.012, 164 items"
    )
