"""Large cards: every fact of a claim, a row, the matrix, the grid; nothing too small, outside, or missing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workbench.analysis.claim_words import verdict_sentence
from workbench.analysis.claims import ClaimRows
from workbench.analysis.hazard_log import log_rows
from workbench.commands.evidence_runs import withdraw_run
from workbench.evidence.standing import subject_verdicts
from workbench.export.card_flow import least_size
from workbench.export.cards import STRIP, capability_card_ops, card_ops, log_row_ops, matrix_card_ops
from workbench.export.extent import extent
from workbench.export.paper import whole
from workbench.export.sheet import Sheet
from workbench.export.svg import write_svg
from workbench.files.project import load_project
from workbench.model.elements import Cause, Hazard, Link, TopEvent
from workbench.model.judgement import CapabilityGrid, Project
from workbench.model.runs import Criterion, Evidence, Metric, Run
from workbench.render.fonts import qt_measure
from workbench.render.ops import Lines, Ops, TextOp, flatten
from workbench.render.theme import THEME_NAMES, load_theme
from workbench.store.store import Store

PAGE = (1920.0, 1080.0)
LOWER_THIRD = (1860.0, 1080.0 * STRIP)
HOSTILE = (
    '<b>bold</b> & "quotes" {{ 7 * 7 }} =1+1',
    "عنوان باللغة العربية طويل بعض الشيء عن الخطر",
    "模型在没有任何提示的情况下重复了不安全的训练模式并且没有人注意到这一点",
    "right \u202eto left\u202c and \x00 control \x1b signs",
    "👩‍👩‍👧‍👦 emoji " * 40,
    "longunbrokenword" * 120,
)


@pytest.fixture(scope="module")
def sample(root: Path) -> Store:
    return load_project(root / "samples" / "code-synthesis-llm.hazard.json").store


def words(ops: Ops) -> str:
    return plain(" ".join(op.text for op, _, _ in flatten(ops) if isinstance(op, TextOp)))


def plain(text: str) -> str:
    """With plain blanks only."""
    return " ".join(text.split())


def sizes(ops: Ops) -> set[int]:
    return {op.size for op, _, _ in flatten(ops) if isinstance(op, TextOp)}


def card(store: Store, claim: str, size: tuple[float, float] = PAGE, theme: str = "projector", **more: Any) -> Ops:
    return card_ops(store, claim, load_theme(theme), qt_measure(), *size, **more)


def claimed(title: str = "Rate", **fields: Any) -> Store:
    """One claim on one cause: 66 of 100 against at most 10 %, or what ``fields`` say of metric and evidence."""
    metric = {"kind": "proportion", "value": 0.66, "n": 100, "successes": 66, **fields.pop("metric", {})}
    evidence = {"criterion": Criterion(comparator="<=", threshold=0.1), **fields}
    return Store(
        [
            Project(id="project"),
            Cause(id="c", code="C-1", title=title),
            Run(id="r", title="SALLM", status="success", completed_at="2026-01-02"),
            Metric(id="m", run="r", name="rate", **metric),
            Evidence(id="e", subject="c", title=title, **{"metric": "m", **evidence}),
        ]
    )


@pytest.mark.parametrize("size", [PAGE, LOWER_THIRD], ids=["page", "lower third"])
def test_every_claim_of_the_sample_says_what_the_evidence_dock_says(sample: Store, size: tuple[float, float]) -> None:
    for row in ClaimRows(sample).all():
        ops = card(sample, row.id, size)
        said = words(ops)
        assert (plain(row.estimate) if row.value is not None else row.on) in said
        (claim,) = [one for one in subject_verdicts(sample, row.subject) if one.evidence.id == row.id]
        assert " ".join(claim.reason.split())[:40] in said
        assert {"refutes": "Refutes", "supports": "Supports", "stale": "Stale"}.get(row.sign, "") in said
        if row.threshold is not None and row.value is not None:
            assert "criterion" in said
        assert min(sizes(ops)) >= 1080 / 50
        left, top, right, bottom = extent(ops, qt_measure()) or (0.0, 0.0, 0.0, 0.0)
        assert (left >= -0.5, top >= -0.5, right <= size[0] + 0.5, bottom <= size[1] + 0.5) == (True,) * 4, row.claim


def test_the_page_names_subject_counts_methods_provenance_and_doubts(sample: Store) -> None:
    said = words(card(sample, "ev_01_patterns"))
    for part in ("C-1 Model reproduces weak patterns", "100 distinct items", "Wilson, clustered", "Clopper-Pearson"):
        assert part in said
    assert "sha256 bb7b…8ade" in said
    assert "Doubt: The criterion was set after the results were seen." in said


def test_a_claim_without_figures_shows_its_quotation_and_who_judged(sample: Store) -> None:
    said = words(card(sample, "ev_14_squatted"))
    assert "Incident" in said
    assert "30k authentic downloads" in said
    assert "By hand (Security architect, 2026-11-22): Refutes." in said
    assert "https://www.lasso.security" in said


def test_what_is_not_known_is_said_so() -> None:
    no_interval = claimed(metric={"n": None, "successes": None})
    assert "No interval" in words(card(no_interval, "e"))
    nothing = claimed(metric={"value": None, "n": None, "successes": None})
    said = words(card(nothing, "e"))
    assert "Not calculable" in said
    assert "No interval can be given" in said
    no_criterion = claimed(criterion=None)
    assert "No verdict yet: no criterion is set." in words(card(no_criterion, "e"))
    assert "no longer in the project" in words(card(no_criterion, "gone"))


def test_a_suspended_figure_is_struck_through_and_says_why() -> None:
    old = claimed(criterion=Criterion(comparator="<=", threshold=0.1, max_age_days=30))
    fresh = card(old, "e", as_of=date(2026, 1, 20))
    stale = card(old, "e", as_of=date(2026, 12, 1))
    assert [op for op, _, _ in flatten(fresh) if isinstance(op, TextOp) and op.struck] == []
    (struck,) = [op for op, _, _ in flatten(stale) if isinstance(op, TextOp) and op.struck]
    assert plain(struck.text) == "66.0 %"
    through = [op.width for op, _, _ in flatten(stale) if isinstance(op, Lines) and op.segments[0][0] == struck.x]
    assert max(through) == pytest.approx(struck.size / 22), "a line that a projector shows"
    assert "Suspended." in words(stale)
    assert "Suspended." not in words(fresh)


def test_a_suspended_verdict_by_hand_says_why() -> None:
    store = claimed(criterion=None, analyst_verdict="supports", analyst_reason="Known.", reviewed_by="A")
    assert "Suspended." not in words(card(store, "e"))
    with store.transaction("Withdraw") as tx:
        withdraw_run(tx, "r", "Broken judge.")
    said = words(card(store, "e"))
    assert "Suspended." in said
    assert "Broken judge." in said
    ((row,), (claim,)) = ClaimRows(store).all(), subject_verdicts(store, "c")
    told = "Suspended. The run was withdrawn: Broken judge. Nothing is computed: no criterion is set."
    assert verdict_sentence(row, claim) == told


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("title", HOSTILE, ids=["markup", "arabic", "chinese", "controls", "emoji", "long"])
def test_hostile_titles_stay_text_within_the_card(title: str, theme: str) -> None:
    store = claimed(title)
    hazard = Hazard(id="h", code="H-1", title=title, description=title * 3)
    with store.transaction("Hazard") as tx:
        tx.put(hazard)
    colours, measure = load_theme(theme), qt_measure()
    for size in (PAGE, LOWER_THIRD):
        drawn = [card(store, "e", size, theme)]
        if size == PAGE:
            drawn.append(log_row_ops(store, "h", colours, measure, *size))
        for ops in drawn:
            reach = extent(ops, measure)
            assert reach is not None
            assert reach[2] <= size[0] + 1
            assert reach[3] <= size[1] + 1
            text = write_svg(whole(Sheet("card", *size, "#FFFFFF", ops))).decode()
            assert "<b>" not in text
            assert "\x00" not in text
    assert card(store, "e", theme=theme) == card(store, "e", theme=theme)


def test_a_row_of_the_log_shows_all_its_columns(sample: Store) -> None:
    for row in log_rows(sample):
        ops = log_row_ops(sample, row.element, load_theme("light"), qt_measure(), *PAGE)
        said = words(ops)
        assert f"{row.code} {' '.join(row.title.split())[:20]}" in said
        for rating in (row.hri, row.hri_post):
            assert (f"{rating.index} {rating.level}" if rating is not None else "not rated") in said
        for column in ("trigger_event", "effects", "mitigations"):
            assert f"({len(row.entries(column))})" in said
            for item in row.entries(column):
                assert item.code in said
        assert row.owner in said
        assert min(sizes(ops)) >= least_size(PAGE[1])


def test_a_list_that_does_not_fit_says_how_many_are_left_out() -> None:
    causes = [Cause(id=f"c{n}", code=f"C-{n}", title=f"Cause {n}") for n in range(60)]
    links = [Link(id=f"l{n}", source=cause.id, target="t") for n, cause in enumerate(causes)]
    store = Store([Hazard(id="h", code="H-1", title="Many"), TopEvent(id="t", hazard="h"), *causes, *links])
    said = words(log_row_ops(store, "h", load_theme("light"), qt_measure(), *PAGE)).split()
    shown = sum(cause.code in said for cause in causes)
    assert 10 < shown < 60
    assert f"and {60 - shown} more" in " ".join(said)
    assert "no longer in the project" in words(log_row_ops(store, "gone", load_theme("light"), qt_measure(), *PAGE))


def test_the_matrix_fills_its_card_and_is_read_from_the_back_row(sample: Store) -> None:
    for size in (PAGE, (3840.0, 2160.0), (1024.0, 768.0)):
        ops = matrix_card_ops(sample, load_theme("projector"), qt_measure(), *size)
        said = words(ops)
        assert all(f"{severity}{letter}" in said for severity in "1234" for letter in "ABCDE")
        reach = extent(ops, qt_measure())
        assert reach is not None
        assert reach[2] <= size[0] + 1
        assert reach[3] <= size[1] + 1
        assert min(sizes(ops)) >= 0.9 * least_size(size[1])
    empty = matrix_card_ops(Store([]), load_theme("projector"), qt_measure(), *PAGE)
    assert "no risk scheme" in words(empty)


def test_the_grid_leaves_out_rows_nobody_measured_and_names_them(sample: Store) -> None:
    grid = next(iter(sample.all(CapabilityGrid)))
    ops = capability_card_ops(sample, grid.id, load_theme("projector"), qt_measure(), *PAGE)
    said = words(ops)
    assert "Hyperproperties" in said
    assert "Rows without a figure are left out: Temporal reasoning" in said
    assert any(isinstance(op, Lines) for op, _, _ in flatten(ops))
    empty = Store([CapabilityGrid(id="g", title="Empty", attributes=("A",), levels=("L",))])
    assert "Nothing was measured yet." in words(
        capability_card_ops(empty, "g", load_theme("projector"), qt_measure(), *PAGE)
    )
    assert "no longer" in words(capability_card_ops(empty, "x", load_theme("projector"), qt_measure(), *PAGE))
