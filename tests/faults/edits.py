"""Random edits of small projects, deterministic per seed: what two branches of one project might do."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

from pydantic import ValidationError

from workbench.commands import create, delete, edit, geometry, guards
from workbench.commands.connect import connect
from workbench.commands.errors import CommandError
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Element, Guard, Hazard, Likelihood, LikelihoodKind, Link
from workbench.model.ids import derived_id
from workbench.model.judgement import (
    PROJECT_ID,
    Assessment,
    Category,
    OddCategory,
    OddConsideration,
    Project,
    RiskScheme,
)
from workbench.model.records import new_record
from workbench.model.runs import Evidence
from workbench.store.store import Store
from workbench.store.transaction import Transaction

Records = dict[str, Record]
KINDS = ("hazard", "top_event", "cause", "consequence", "control", "degradation_factor", "note")
WORDS = ("trust", "review", "sandbox", "prompt", "leak", "数据", "مراجعة", "<b>", "=1+1", "")


class Editor:
    """Makes one random edit after the other; what the rules refuse is no edit."""

    def __init__(self, records: Records, seed: int) -> None:
        self.random = random.Random(seed)
        self.store = Store(records.values())

    @property
    def records(self) -> Records:
        """The document as it is now."""
        return dict(self.store.records)

    def pick(self, *kinds: type[Record]) -> str | None:
        """The id of some record of these classes."""
        ids = sorted(record.id for record in self.store.records.values() if isinstance(record, kinds))
        return self.random.choice(ids) if ids else None

    def chance(self) -> AbstractContextManager[object]:
        """New ids follow from the seed too."""
        return patch("workbench.model.ids.secrets.randbits", self.random.getrandbits)

    def edit(self, times: int) -> Records:
        """Make so many attempts at an edit."""
        with self.chance():
            for _ in range(times):
                step = self.random.choice(STEPS)
                try:
                    with self.store.transaction("Edit") as tx:
                        step(self, tx)
                except (CommandError, KeyError, ValidationError):
                    continue
        return self.records

    def word(self) -> str:
        """A text somebody might type."""
        return " ".join(self.random.choices(WORDS, k=2)).strip()

    def number(self) -> float:
        """A place on the diagram."""
        return float(self.random.randrange(-400, 400))


def _need(key: str | None) -> str:
    if key is None:
        raise KeyError
    return key


def _add(it: Editor, tx: Transaction) -> None:
    kind = it.random.choice(KINDS)
    create.create_on_diagram(tx, _need(it.pick(Diagram)), kind, it.number(), it.number(), it.word())


def _connect(it: Editor, tx: Transaction) -> None:
    connect(tx, _need(it.pick(Element, Guard)), _need(it.pick(Element, Guard)))


def _guard(it: Editor, tx: Transaction) -> None:
    guards.insert_control(tx, _need(it.pick(Link)), it.pick(Control) if it.random.random() < 0.7 else None)


def _remove(it: Editor, tx: Transaction) -> None:
    delete.delete_everywhere(tx, [_need(it.pick(Element, Link, Guard))])


def _take_off(it: Editor, tx: Transaction) -> None:
    placement = tx.expect(_need(it.pick(Placement)), Placement)
    delete.take_off(tx, placement.diagram, [placement.subject])


def _drop_record(it: Editor, tx: Transaction) -> None:
    tx.remove(_need(it.pick(Diagram, OddCategory, Assessment, RiskScheme, Evidence)))


def _move(it: Editor, tx: Transaction) -> None:
    placement = tx.expect(_need(it.pick(Placement)), Placement)
    geometry.move(tx, placement.diagram, {placement.subject: (it.number(), it.number())})


def _place(it: Editor, tx: Transaction) -> None:
    create.place(tx, _need(it.pick(Diagram)), _need(it.pick(Element)), it.number(), it.number())


def _reword(it: Editor, tx: Transaction) -> None:
    field = it.random.choice(("title", "description", "owner", "code"))
    edit.set_field(tx, _need(it.pick(Element)), field, it.word())


def _status(it: Editor, tx: Transaction) -> None:
    edit.set_field(tx, _need(it.pick(Element)), "status", it.random.choice(("draft", "in_review", "agreed")))


def _tags(it: Editor, tx: Transaction) -> None:
    element = tx.expect(_need(it.pick(Element)), Element)
    chosen = dict.fromkeys((*element.tags, it.random.choice("abcd")))
    if it.random.random() < 0.4:
        chosen.pop(it.random.choice("abcd"), None)
    tx.patch(element.id, tags=tuple(chosen))


def _likelihood(it: Editor, tx: Transaction) -> None:
    kind: LikelihoodKind = it.random.choice(("per_year", "per_use"))
    value = Likelihood(value=it.random.randrange(9) / 10, kind=kind, category=it.random.choice(("", "A", "B")))
    tx.patch(_need(it.pick(Cause)), likelihood=None if it.random.random() < 0.2 else value)


def _rate(it: Editor, tx: Transaction) -> None:
    subject = _need(it.pick(Hazard))
    phase = it.random.choice(("initial", "residual"))
    key = derived_id("assessment", subject, phase, "")
    record = tx.find(key, Assessment) or new_record("assessment", key, subject=subject, phase=phase)
    values = {"severity": it.random.choice("1234"), "frequency": it.random.choice("ABCDE"), "rationale": it.word()}
    tx.put(record.replace(**values))


def _cite(it: Editor, tx: Transaction) -> None:
    """A rating that leans on evidence."""
    rating = tx.expect(_need(it.pick(Assessment)), Assessment)
    claim = it.pick(Evidence)
    if claim is None or it.random.random() < 0.4:
        claim = f"ev_{it.random.randrange(4)}"
        tx.put(Evidence(id=claim, subject=rating.subject, title=it.word()))
    tx.patch(rating.id, evidence=() if it.random.random() < 0.3 else (claim,))


def _consider(it: Editor, tx: Transaction) -> None:
    category = it.pick(OddCategory)
    if category is None or it.random.random() < 0.3:
        tx.put(OddCategory(id=f"oc_{it.random.randrange(4)}", name=it.word()))
        return
    key = derived_id("odd_consideration", category, "")
    tx.put(OddConsideration(id=key, category=category, state="judged_none", reason=it.word()))


def _hazard_odd(it: Editor, tx: Transaction) -> None:
    tx.patch(_need(it.pick(Hazard)), odd=(_need(it.pick(OddCategory)),))


def _system(it: Editor, tx: Transaction) -> None:
    project = tx.expect(PROJECT_ID, Project)
    versions = {**project.system.versions, it.random.choice("xyz"): it.word()}
    system = project.system.model_copy(update={it.random.choice(("name", "model")): it.word(), "versions": versions})
    tx.patch(PROJECT_ID, system=system)


def _cells(it: Editor, tx: Transaction) -> None:
    scheme = tx.find("rs_1", RiskScheme) or RiskScheme(id="rs_1", name="Scheme")
    cells = {**scheme.cells, it.random.choice("1234") + it.random.choice("AB"): it.random.choice(("Low", "High"))}
    tx.put(scheme.replace(cells=cells))
    tx.patch(PROJECT_ID, risk_scheme="rs_1")


def _categories(it: Editor, tx: Transaction) -> None:
    """Another scheme, and every rating in its words."""
    name = it.random.choice("xy")
    severities = tuple(Category(code=code, name=name + code) for code in "1234")
    tx.put(RiskScheme(id=f"rs_{name}", name=name, severities=severities))
    tx.patch(PROJECT_ID, risk_scheme=f"rs_{name}")
    for rating in tuple(tx.all(Assessment)):
        tx.patch(rating.id, severity=it.random.choice("1234"))


def _diagram(it: Editor, tx: Transaction) -> None:
    create.new_diagram(tx, it.word(), focus=it.pick(Hazard))


def _reorder(it: Editor, tx: Transaction) -> None:
    guard = tx.expect(_need(it.pick(Guard)), Guard)
    guards.move_guard(tx, guard.id, link=_need(it.pick(Link)), index=it.random.randrange(3))


STEPS: tuple[Callable[[Editor, Transaction], None], ...] = (
    _add,
    _add,
    _connect,
    _connect,
    _guard,
    _remove,
    _take_off,
    _drop_record,
    _move,
    _place,
    _reword,
    _reword,
    _status,
    _tags,
    _likelihood,
    _rate,
    _cite,
    _consider,
    _hazard_odd,
    _system,
    _cells,
    _categories,
    _diagram,
    _reorder,
)


def small_project(seed: int, steps: int = 25) -> Records:
    """A project of a few dozen records."""
    editor = Editor({PROJECT_ID: Project(id=PROJECT_ID, title="Merged")}, seed)
    with editor.chance(), editor.store.transaction("Diagram") as tx:
        create.new_diagram(tx, "One")
    return editor.edit(steps)
