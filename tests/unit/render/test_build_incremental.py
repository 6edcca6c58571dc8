"""After any edit the picture is the one a fresh build gives, and nothing else is reported as touched."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.render.support import DIAGRAM, FixedMeasure, project
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Cause, Control, Element, Guard, Link
from workbench.model.ids import derived_id
from workbench.model.judgement import Assessment, Project
from workbench.model.records import new_record
from workbench.model.runs import Criterion, Evidence, Metric, Run
from workbench.render.build import PictureBuilder, Touched
from workbench.render.picture import DiagramPicture
from workbench.store.store import Store
from workbench.store.transaction import Transaction

KINDS = ("hazard", "top_event", "cause", "consequence", "control", "degradation_factor", "gate", "note")
Draw = Callable[[st.SearchStrategy[Any]], Any]
_places = st.integers(-8, 8).map(lambda n: n * 90.0)


def _ids(store: Store, cls: type[Record]) -> list[str]:
    return sorted(record.id for record in store.records.values() if isinstance(record, cls))


def _some(draw: Draw, ids: list[str]) -> str | None:
    return draw(st.sampled_from(ids)) if ids else None


def add_element(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    kind = draw(st.sampled_from(KINDS))
    title = draw(st.sampled_from(("", "Short", "A title long enough for three lines of a box or so " * 2)))
    more = {"state": draw(st.sampled_from(("proposed", "in_place")))} if kind == "control" else {}
    if kind == "top_event":
        hazards = [id for id in _ids(store, Element) if store.records[id].TYPE == "hazard"]
        more["hazard"] = draw(st.sampled_from([None, *hazards]))
    tx.put(new_record(kind, f"x{number}", title=title, code=f"X-{number}", **more))
    if draw(st.booleans()):
        tx.put(Placement.at(DIAGRAM, f"x{number}", draw(_places), draw(_places)))


def add_link(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    elements = _ids(store, Element)
    kind = draw(st.sampled_from(("leads_to", "leads_to", "degrades", "annotates")))
    targets = elements if kind == "leads_to" else elements + _ids(store, Guard) + _ids(store, Link)
    source, target = _some(draw, elements), _some(draw, targets)
    if source is not None and target is not None and source != target:
        tx.put(Link(id=f"y{number}", kind=kind, source=source, target=target))


def add_guard(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    control = _some(draw, _ids(store, Control))
    subject = _some(draw, [*_ids(store, Link), "h", "t"])
    if control is not None and subject is not None and subject in store:
        tx.put(Guard(id=f"z{number}", control=control, subject=subject, order=draw(st.sampled_from("abc"))))


def place_something(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    subject = _some(draw, _ids(store, Element) + _ids(store, Guard))
    if subject is None:
        return
    hangs = draw(st.sampled_from([None, None, *_ids(store, Guard)]))
    offset = draw(st.sampled_from((0.0, 40.0)))
    tx.put(
        Placement.at(
            DIAGRAM, subject, draw(_places) if hangs is None else 0.0, draw(_places) if hangs is None else offset
        ).replace(
            hangs_on=hangs if hangs != subject else None,
            station=draw(st.sampled_from((None, 40.0, 150.0))),
            collapsed=draw(st.sampled_from((False, False, True))),
            w=draw(st.sampled_from((None, 200.0))),
        )
    )


def move(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    placement = store.find(_some(draw, _ids(store, Placement)), Placement)
    if placement is not None:
        tx.put(placement.replace(x=placement.x + draw(_places), y=placement.y + draw(_places)))


def edit_element(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    id = _some(draw, _ids(store, Element))
    record = store.records.get(id) if id is not None else None
    if record is None:
        return
    changes: dict[str, Any] = {
        "title": draw(st.sampled_from(("Other", "Much longer words that must be broken over several lines here " * 3))),
        "status": draw(st.sampled_from(("draft", "retired"))),
    }
    if record.TYPE == "control":
        changes["state"] = draw(st.sampled_from(("proposed", "verified")))
    if record.TYPE == "gate":
        changes["operator"] = draw(st.sampled_from(("and", "or", "k_of_n")))
    if record.TYPE == "top_event":
        changes["hazard"] = draw(st.sampled_from((None, "h"))) if "h" in store else None
    if isinstance(record, Cause):
        changes["likelihood"] = draw(st.sampled_from((None, {"category": "A"})))
    tx.put(record.replace(**changes))


def edit_link(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    link, target = store.find(_some(draw, _ids(store, Link)), Link), _some(draw, _ids(store, Element))
    if link is not None and target is not None and target != link.source:
        tx.put(
            link.replace(target=target, kind=draw(st.sampled_from((link.kind, "leads_to", "degrades", "annotates"))))
        )


def edit_guard(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    guard, subject = store.find(_some(draw, _ids(store, Guard)), Guard), _some(draw, _ids(store, Link))
    if guard is not None and subject is not None:
        control = draw(st.sampled_from([guard.control, *_ids(store, Control)]))
        tx.put(guard.replace(subject=subject, control=control, order=draw(st.sampled_from("abc"))))


def edit_route(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    link = _some(draw, _ids(store, Link))
    if link is not None:
        points = draw(st.sampled_from(((), ((10.0, 20.0),))))
        tx.put(Route.of(DIAGRAM, link).replace(points=points, hidden=draw(st.booleans())))


def rate(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    subject = _some(draw, _ids(store, Element))
    if subject is not None:
        severity = draw(st.sampled_from(("1", "2", "")))
        tx.put(
            Assessment.of(subject, draw(st.sampled_from(("initial", "residual")))).replace(
                severity=severity, frequency="D"
            )
        )


def attach(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    subject = _some(draw, _ids(store, Element) + _ids(store, Guard))
    if subject is not None and "m1" in store:
        criterion = Criterion(comparator="<=", threshold=draw(st.sampled_from((0.1, 0.9))), max_age_days=100)
        attached = draw(st.sampled_from(("", "2027-05-05T00:00:00Z")))
        tx.put(Evidence(id=f"w{number}", subject=subject, metric="m1", criterion=criterion, attached_at=attached))


def measure_again(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    metric, run = store.find("m1", Metric), store.find("r1", Run)
    if metric is not None and run is not None:
        if draw(st.booleans()):
            tx.put(metric.replace(successes=draw(st.sampled_from((0, 50, 100)))))
        else:
            tx.put(run.replace(completed_at=draw(st.sampled_from(("2020-01-01", "2026-06-01")))))


def edit_sheet(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    diagram, whole = store.find(DIAGRAM, Diagram), store.find("project", Project)
    if diagram is None or whole is None:
        return
    choice = draw(st.integers(0, 3))
    if choice == 0:
        tx.put(diagram.replace(title=f"Sheet {number}"))
    elif choice == 1:
        tx.put(diagram.replace(notation=draw(st.sampled_from(("simple", "bow_tie")))))
    elif choice == 2:
        tx.put(diagram.replace(focus=draw(st.sampled_from([None, *_ids(store, Element)]))))
    else:
        tx.put(whole.replace(system={"model": draw(st.sampled_from(("", "m-1")))}))


def remove(tx: Transaction, store: Store, draw: Draw, number: int) -> None:
    kept = (DIAGRAM, "project", "rs")
    id = _some(draw, sorted(id for id in store.records if id not in kept))
    if id is not None:
        tx.remove(id)


EDITS = (
    *(add_element, add_link, add_guard, place_something, place_something, move, move, edit_element, edit_link),
    *(edit_guard, edit_route, rate, attach, measure_again, edit_sheet, remove),
)


def _copy(picture: DiagramPicture) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    return dict(picture.nodes), dict(picture.bars), dict(picture.links)


def _check(store: Store, builder: PictureBuilder, before: tuple[dict[str, Any], ...], touched: Touched) -> None:
    fresh = PictureBuilder(store, DIAGRAM, FixedMeasure()).picture
    now = _copy(builder.picture)
    for name, made, wanted in zip(("nodes", "bars", "links"), now, _copy(fresh), strict=True):
        assert made == wanted, name
    assert (builder.picture.title, builder.picture.notation) == (fresh.title, fresh.notation)
    if touched.everything:
        return
    for old, new, told in zip(before, now, (touched.nodes, touched.bars, touched.links), strict=True):
        changed = {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
        assert changed <= told


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_applying_edits_gives_the_picture_of_a_fresh_build(data: st.DataObject) -> None:
    store = project()
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    reports: list[Touched] = []
    store.changed.connect(lambda change: reports.append(builder.apply(change.diff)))
    for number in range(data.draw(st.integers(1, 12))):
        before = _copy(builder.picture)
        edits = data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3))
        reports.clear()
        with store.transaction("Edit") as tx:
            for place, edit in enumerate(edits):
                edit(tx, store, data.draw, number * 10 + place)
        if reports:
            _check(store, builder, before, reports[-1])
        if data.draw(st.integers(0, 3)) == 0 and store.history.undo_label:
            before = _copy(builder.picture)
            store.undo()
            _check(store, builder, before, reports[-1])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_preview_draws_what_the_move_will_draw_and_leaves_the_picture_alone(data: st.DataObject) -> None:
    store = project()
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    movable = ["h", "t", "c1", "c2", "e1", "d1", "g1", "n1", "b5"]
    ids = data.draw(st.lists(st.sampled_from(movable), min_size=1, max_size=3, unique=True))
    moves = {id: (data.draw(_places), data.draw(_places)) for id in ids}
    before = _copy(builder.picture)
    shown = builder.preview(moves)
    assert _copy(builder.picture) == before
    placements = {p.subject: p for p in store.all(Placement)}
    with store.transaction("Move") as tx:
        for id, (dx, dy) in moves.items():
            old, box = placements[id], before[0].get(id)
            x, y = old.x, old.y
            if old.hangs_on is not None and x == 0 and y == 0 and box is not None:
                bar = before[1][old.hangs_on]
                x, y = box.box.x - bar.x, box.box.y - bar.y
            tx.put(old.replace(x=x + dx, y=y + dy))
    after = _copy(PictureBuilder(store, DIAGRAM, FixedMeasure()).picture)
    tables: tuple[dict[str, Any], ...] = shown
    for table, now, then in zip(tables, after, before, strict=True):
        assert {id for id in now if now[id] != then.get(id)} <= table.keys()
        assert all(now[id] == picture for id, picture in table.items())
    assert derived_id("placement", DIAGRAM, ids[0]) in store
