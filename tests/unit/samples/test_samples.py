"""The samples a newcomer opens first: complete, well formed, and drawn without anything on top of anything else."""

from itertools import combinations
from pathlib import Path

import pytest

from tests.support import structure_of
from workbench import paths
from workbench.analysis.capability import grid_view
from workbench.commands.guards import guards_of, sharing
from workbench.evidence.derived import derived_effectiveness, derived_likelihood
from workbench.evidence.refresh import reread, stale_claims, verdict_changes
from workbench.evidence.standing import Claim, speaks_for, subject_verdicts
from workbench.export.api import export_file
from workbench.export.options import ExportOptions
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_project
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Element,
    Gate,
    Guard,
    Hazard,
    Link,
    TopEvent,
)
from workbench.model.judgement import (
    PROJECT_ID,
    Assessment,
    CapabilityGrid,
    OddCategory,
    Project,
    RiskScheme,
)
from workbench.model.kinds import IMPACT_DIMENSIONS
from workbench.model.runs import Evidence, Metric, Run
from workbench.render.build import PictureBuilder
from workbench.render.fonts import QtMeasure
from workbench.render.picture import DiagramPicture
from workbench.render.shapes_bars import label_extent
from workbench.store.store import Store

LLM, MOWER = "code-synthesis-llm.hazard.json", "autonomous-mower.hazard.json"
TEMPLATE = paths.resource("templates", "code-synthesis.hazard.json")
FILES = (paths.sample(LLM), paths.sample(MOWER), TEMPLATE)
VERDICTS = {
    "c_01_patterns": "refutes",
    "c_03_invented": "refutes",
    "d_alarm_flood": "supports",
    "c_05_fluent": "inconclusive",
    "l_c05_fluent": "refutes",
    "gd_c05_fluent_tests": "refutes",
    "gd_c08_complex_self_test": "inconclusive",
    "b_release_gate": "supports",
    "b_self_test": "inconclusive",
    "c_07_fallback": "inconclusive",
    "h_safety": "refutes",
    "c_16_insider": "stale",
    Assessment.of("h_vulnerable", "residual").id: "inconclusive",
}
"""The badge each subject of evidence shows."""


@pytest.fixture(scope="module")
def llm() -> Store:
    return load_project(paths.sample(LLM)).store


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_opens_as_written_and_without_findings(file: Path) -> None:
    loaded = load_project(file)
    assert not loaded.notes
    assert not loaded.read_only
    assert canonical_bytes(loaded.store.records.values(), loaded.header) == file.read_bytes()
    assert structure_of(loaded.store) == []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_rating_is_a_cell_of_the_projects_scheme(file: Path) -> None:
    store = load_project(file).store
    project = store.find(PROJECT_ID, Project)
    scheme = store.find(project.risk_scheme, RiskScheme) if project else None
    assert scheme is not None
    assert set(scheme.cells.values()) <= {level.name for level in scheme.levels}
    for rating in store.all(Assessment):
        assert rating.severity + rating.frequency in scheme.cells
        assert rating.rationale
        assert rating.by
        assert rating.at


def test_hazards_cover_all_dimensions_and_each_has_its_bow_tie(llm: Store) -> None:
    hazards = list(llm.all(Hazard))
    assert len(hazards) >= 6
    assert {dimension for hazard in hazards for dimension in hazard.impact_dimensions} == set(IMPACT_DIMENSIONS)
    centres = {diagram.focus for diagram in llm.all(Diagram)}
    for hazard in hazards:
        (event,) = llm.referrers(hazard.id, TopEvent, "hazard")
        assert event.id in centres
        assert hazard.odd
        assert hazard.source
        rated = {rating.phase for rating in llm.referrers(hazard.id, Assessment, "subject") if not rating.dimension}
        assert rated == {"initial", "residual"}
        causes = [link for link in llm.referrers(event.id, Link, "target") if llm.find(link.source, Cause)]
        effects = [link for link in llm.referrers(event.id, Link, "source") if llm.find(link.target, Consequence)]
        assert len(causes) >= 3
        assert len(effects) >= 2


def test_a_hazard_is_rated_as_its_worst_consequence(llm: Store) -> None:
    """Also through a chained bow-tie; otherwise hazard and consequences tell two stories."""
    scheme = next(llm.all(RiskScheme))
    steps = {level.name: level.steps for level in scheme.levels}

    def outcomes(event: str) -> set[str]:
        found: set[str] = set()
        for link in llm.referrers(event, Link, "source"):
            found |= outcomes(link.target) if llm.find(link.target, TopEvent) else {link.target}
        return found

    for hazard in llm.all(Hazard):
        (event,) = llm.referrers(hazard.id, TopEvent, "hazard")
        for phase in ("initial", "residual"):
            own = llm.find(Assessment.of(hazard.id, phase).id, Assessment)
            assert own is not None
            cells = []
            for effect in outcomes(event.id):
                rating = llm.find(Assessment.of(effect, phase).id, Assessment)
                assert rating is not None
                cells.append(rating.severity + rating.frequency)
            cell = own.severity + own.frequency
            assert cell in cells, (hazard.code, phase)
            assert steps[scheme.cells[cell]] == max(steps[scheme.cells[each]] for each in cells), (hazard.code, phase)


def test_every_line_has_a_control_and_some_controls_are_shared(llm: Store) -> None:
    for link in llm.all(Link):
        assert link.kind == "annotates" or guards_of(llm, link.id), link.id
    shared = [control for control in llm.all(Control) if sharing(llm, control.id) > 1]
    assert len(shared) >= 8
    beyond_one_bow_tie = [
        control for control in shared if len({_centre(llm, g) for g in llm.referrers(control.id, Guard, "control")}) > 1
    ]
    assert len(beyond_one_bow_tie) >= 4


def _centre(store: Store, guard: Guard) -> str:
    """The top event at the inner end of the line a guard stands on."""
    link = store.find(guard.subject, Link)
    assert link is not None
    return link.target if store.find(link.source, Cause) else link.source


def test_controls_say_what_they_are_and_whose(llm: Store) -> None:
    for control in llm.all(Control):
        assert control.control_type is not None
        assert control.precedence is not None
        assert control.owner
        assert control.description
    assert {control.state for control in llm.all(Control)} == {"proposed", "agreed", "in_place", "verified"}
    for factor in llm.all(DegradationFactor):
        (link,) = llm.referrers(factor.id, Link, "source")
        assert guards_of(llm, link.id)
        assert factor.description
        assert any(placed.hangs_on for placed in llm.referrers(factor.id, Placement, "subject"))


def test_no_owner_stands_twice_on_one_pathway(llm: Store) -> None:
    """Two controls of one owner fail together; a pathway runs through chained bow-ties."""

    def pathways(end: str) -> list[list[Link]]:
        into = [link for link in llm.referrers(end, Link, "target") if link.kind == "leads_to"]
        return [[*before, link] for link in into for before in pathways(link.source) or [[]]]

    for effect in llm.all(Consequence):
        paths_to_it = pathways(effect.id)
        assert paths_to_it
        for pathway in paths_to_it:
            controls = [llm.find(g.control, Control) for link in pathway for g in guards_of(llm, link.id)]
            owners = [control.owner for control in controls if control is not None]
            assert len(owners) == len(set(owners)), (effect.code, owners)


def test_titles_are_worded_as_the_field_wants_them(llm: Store) -> None:
    elements = [record for record in llm.records.values() if isinstance(record, Element)]
    assert len({element.code for element in elements}) == len(elements)
    for element in elements:
        assert element.TYPE == "note" or len(element.title) <= 60, element.title
    for cause in llm.all(Cause):
        assert not cause.title.lower().startswith(("failure", "lack of", "no ", "human error", "missing"))
        assert cause.likelihood is not None
        assert cause.likelihood.category
    for effect in llm.all(Consequence):
        words = effect.title.lower().replace("/", " or ").split()
        assert "and" not in words
        assert "or" not in words
    for hazard in llm.all(Hazard):
        assert any(character.isdigit() for character in hazard.title), "a hazard states its scale"


def test_claims_show_the_verdicts_they_should(llm: Store) -> None:
    subjects = {evidence.subject for evidence in llm.all(Evidence)}
    assert subjects == set(VERDICTS)
    shown = {}
    for subject in subjects:
        spoken = speaks_for(subject_verdicts(llm, subject))
        shown[subject] = spoken.kind if spoken else None
    assert shown == VERDICTS
    (overruled,) = (claim for claim in _claims(llm) if claim.metric is not None and claim.analyst_differs)
    assert overruled.judgement is not None
    assert overruled.judgement.verdict == "supports"
    assert overruled.evidence.analyst_reason


def test_evidence_shows_what_the_program_can_hold(llm: Store) -> None:
    claims = _claims(llm)
    runs = list(llm.all(Run))
    assert {run.format for run in runs} == {"human-eval", "table", "sarif", "evalplus", "inspect", "typed"}
    assert {reason.kind for claim in claims for reason in claim.reasons} == {"superseded", "model"}
    subjects = {type(llm.get(claim.evidence.subject)) for claim in claims}
    assert subjects >= {Assessment, Guard, Link, Cause, Control, DegradationFactor, Hazard}
    assert {claim.evidence.kind for claim in claims} >= {"human_study", "incident", "judgement", "static_analysis"}
    assert {
        claim.evidence.criterion.set_before_results for claim in claims if claim.evidence.criterion is not None
    } == {True, False, None}
    states = {defeater.state for claim in claims for defeater in claim.evidence.defeaters}
    assert states == {"open", "accepted", "ruled_out"}
    assert {gap.handling for claim in claims for gap in claim.evidence.deficits} == {"open", "more_information"}
    baselines = {baseline.kind: baseline for metric in llm.all(Metric) for baseline in metric.baselines}
    assert set(baselines) == {"human", "constant", "model", "previous_run"}
    assert baselines["human"].n == 164
    assert baselines["constant"].n is None
    assert all(baseline.source for baseline in baselines.values())


def test_what_no_run_measured_is_judged_by_a_person_who_gives_a_reason(llm: Store) -> None:
    by_hand = [evidence for evidence in llm.all(Evidence) if evidence.metric is None]
    assert len(by_hand) == 3
    for evidence in by_hand:
        assert evidence.quotation
        assert evidence.analyst_verdict
        assert evidence.analyst_reason
        assert evidence.reviewed_by
        assert evidence.link or evidence.kind == "judgement"


def test_figures_of_the_diagram_follow_from_claims(llm: Store) -> None:
    often = derived_likelihood(llm, "c_01_patterns")
    assert often is not None
    assert often.unit == "per_year"
    assert often.value == pytest.approx(10_164)
    assert not often.suspended
    cause = llm.find("c_01_patterns", Cause)
    assert cause is not None
    assert cause.exposure is not None
    assert cause.exposure.source
    for guard, works in (("gd_c05_fluent_tests", 19 / 34), ("gd_c08_complex_self_test", 10 / 23)):
        derived = derived_effectiveness(llm, guard)
        assert derived is not None
        assert derived.value == pytest.approx(works)
        assert not derived.suspended
        assert derived.low is not None


def test_the_capability_grid_is_measured_sourced_or_blank(llm: Store) -> None:
    (grid,) = llm.all(CapabilityGrid)
    view = grid_view(llm, grid)
    shown = [cell for cell in view.cells.values() if cell.value is not None]
    assert 7 <= len(shown) < len(view.cells) / 4
    assert sum(bool(cell.run) for cell in shown) == 2
    for cell in shown:
        assert cell.low is not None
        assert cell.n
        assert cell.source
        assert not cell.stale
        assert cell.informs
        assert cell.human is None or cell.human_source
    assert {cell.human_constant for cell in shown if cell.human is not None} == {True, False}
    assert {cell.verdict for cell in shown} == {"refutes", "inconclusive", None}
    assert all(cell.id == "" or cell.note for cell in view.cells.values())


def test_a_nightly_job_names_what_is_not_here_and_what_is_stale(llm: Store, tmp_path: Path) -> None:
    found = [reread(llm, run, tmp_path) for run in llm.all(Run)]
    away = {one.run.id for one in found if one.state == "not at hand"}
    assert away == {run.id for run in llm.all(Run) if run.origin == "file"}
    assert not any(verdict_changes(llm, one) for one in found)
    assert [claim.evidence.id for claim in stale_claims(llm)] == ["ev_02_pilot", "ev_10_open_model", "ev_12_insider"]


def _claims(store: Store) -> list[Claim]:
    subjects = dict.fromkeys(evidence.subject for evidence in store.all(Evidence))
    return [claim for subject in subjects for claim in subject_verdicts(store, subject)]


def test_sources_name_files_and_never_a_folder_of_this_machine(llm: Store) -> None:
    for run in llm.all(Run):
        assert run.doubts, "no run says everything"
        assert llm.referrers(run.id, Metric, "run")
        if run.origin == "typed":
            assert run.source.path == ""
            assert run.note.startswith("Source: ")
            continue
        assert "/" not in run.source.path
        assert "\\" not in run.source.path
        assert len(run.source.sha256) == 64
        assert run.source.bytes
        assert bool(run.source.repository) == bool(run.source.commit) == bool(run.source.repository_path)


def test_the_mower_is_a_small_analysis_in_the_simple_notation() -> None:
    store = load_project(paths.sample(MOWER)).store
    (diagram,) = store.all(Diagram)
    (hazard,) = store.all(Hazard)
    assert diagram.notation == "simple"
    assert diagram.focus == hazard.id
    assert not list(store.all(TopEvent))
    assert list(store.all(Gate))
    assert 12 <= sum(isinstance(record, Element) for record in store.records.values()) <= 17
    assert any(sharing(store, control.id) > 1 for control in store.all(Control))


def test_the_template_asks_and_rates_nothing() -> None:
    store = load_project(TEMPLATE).store
    assert 2 <= len(list(store.all(Hazard))) <= 3
    assert not list(store.all(Assessment))
    assert not list(store.all(Evidence))
    project = store.find(PROJECT_ID, Project)
    assert project is not None
    assert "?" in project.system.deployment
    assert len(list(store.all(OddCategory))) > 50
    for record in store.records.values():
        assert not isinstance(record, Element) or record.status == "draft"


# ---- drawn -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_nothing_is_elided_and_nothing_overlaps(file: Path, tmp_path: Path) -> None:
    store = load_project(file).store
    measure = QtMeasure()
    for diagram in store.all(Diagram):
        out = tmp_path / "picture.svg"
        export_file(store, out, diagram=diagram.id, options=ExportOptions(furniture=False))
        assert "…" not in out.read_text(encoding="utf-8"), diagram.title
        solid, labels = _rooms(PictureBuilder(store, diagram.id, measure).picture, measure)
        for (one, a), (other, b) in combinations(solid, 2):
            assert not _overlap(a, b), f"{diagram.title}: {one} and {other}"
        for (one, a), (other, b) in combinations(labels, 2):
            assert not _overlap(a, b), f"{diagram.title}: labels of {one} and {other}"
        for one, a in labels:
            for other, b in solid:
                assert one == other or not _overlap(a, b), f"{diagram.title}: label of {one} and {other}"


Rect = tuple[float, float, float, float]


def _rooms(picture: DiagramPicture, measure: QtMeasure) -> tuple[list[tuple[str, Rect]], list[tuple[str, Rect]]]:
    """Rectangles of silhouettes and bars, and of the labels above or below upright bars."""
    solid = [(n.id, (n.box.left, n.box.top, n.box.right, n.box.bottom)) for n in picture.nodes.values()]
    labels = []
    for bar in picture.bars.values():
        if bar.role == "degradation":
            solid.append((bar.id, (bar.x - 18, bar.y - 4, bar.x + 18, bar.y + 4)))
            continue
        solid.append((bar.id, (bar.x - 6, bar.y - 24, bar.x + 6, bar.y + 24)))
        width, height = label_extent(bar.title, measure)
        top = bar.y - 29 - height if bar.label_above else bar.y + 29
        labels.append((bar.id, (bar.x - width / 2, top, bar.x + width / 2, top + height)))
    return solid, labels


def _overlap(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
