"""A small bow-tie to look at, and the program's look."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from workbench.commands.bowtie import add_top_event
from workbench.commands.connect import connect
from workbench.commands.create import add_element, new_diagram, place
from workbench.commands.guards import insert_control
from workbench.evidence.imported import ImportedRun
from workbench.model.elements import Guard
from workbench.model.judgement import Category, OddCategory, Project, RiskLevel, RiskScheme
from workbench.model.runs import Criterion, Evidence, Metric, Named, Run, Source
from workbench.panels.style import apply_theme, current_theme
from workbench.render.theme import load_theme
from workbench.session.session import Session
from workbench.store.store import Store


@dataclass(slots=True)
class Scene:
    """Ids of a hazard with a top event, two causes, one consequence and one control on two lines."""

    store: Store
    session: Session
    diagram: str
    other: str
    hazard: str
    top: str
    causes: list[str]
    harm: str
    lines: list[str]
    guards: list[str]
    control: str


@pytest.fixture
def look(qapp: QApplication) -> None:
    """The light theme; the widgets of the test before are really gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if current_theme().name != "light" or not qapp.styleSheet():
        apply_theme(qapp, load_theme("light"))


@pytest.fixture
def scene(look: None) -> Scene:
    """A fresh document with nothing to undo."""
    scheme = RiskScheme(
        id="rs",
        severities=(Category(code="1", name="Catastrophic"), Category(code="2", name="Critical")),
        frequencies=(Category(code="A", name="Frequent"), Category(code="B", name="Probable")),
        levels=(RiskLevel(name="High", steps=4), RiskLevel(name="Serious", steps=3)),
        cells={"1A": "High", "1B": "High", "2A": "High", "2B": "Serious"},
    )
    odd = (OddCategory(id="oc1", group="Vector", name="Model"), OddCategory(id="oc2", group="Assets", name="Data"))
    store = Store([Project(id="project", title="P"), scheme, *odd])
    with store.transaction("Build") as tx:
        diagram, other = new_diagram(tx, "First"), new_diagram(tx, "Second")
        hazard = add_element(tx, "hazard", "Insecure code")
        top = add_top_event(tx, hazard, "Accepted")
        causes = [add_element(tx, "cause", title) for title in ("Model", "Prompt")]
        harm = add_element(tx, "consequence", "Exploited")
        lines = [connect(tx, cause, top) for cause in causes]
        connect(tx, top, harm)
        for index, element in enumerate((hazard, top, *causes, harm)):
            place(tx, diagram, element, index * 100.0, 0.0)
        place(tx, other, harm, 0.0, 0.0)
        first = insert_control(tx, lines[0], title="Gate")
        control = tx.expect(first, Guard).control
        second = insert_control(tx, lines[1], control)
        insert_control(tx, lines[0], title="Review")
    store.history.clear()
    session = Session(store)
    session.set_diagram(diagram)
    return Scene(store, session, diagram, other, hazard, top, causes, harm, lines, [first, second], control)


def attach(scene: Scene, subject: str, name: str, successes: int, n: int, threshold: float = 0.1) -> str:
    """Attach a rate that should be low; returns the id of the claim."""
    with scene.store.transaction("Attach") as tx:
        tx.put(Run(id=f"r_{name}", title=f"run {name}", status="success", completed_at="2026-01-02"))
        rate = {"kind": "proportion", "value": successes / n, "n": n, "successes": successes}
        tx.put(Metric.model_validate({"id": f"m_{name}", "run": f"r_{name}", "name": name, **rate}))
        criterion = Criterion(comparator="<=", threshold=threshold)
        tx.put(Evidence(id=f"e_{name}", subject=subject, metric=f"m_{name}", title=name, criterion=criterion))
    return f"e_{name}"


RATE = {"kind": "proportion", "n": 200, "missing": 0}


def imported(run_id="r", *, model="", **more):
    """A run with four metrics of two scorers, one of them of a part."""
    run = Run(
        id=run_id,
        title=f"HumanEval {run_id}",
        format="human_eval",
        status="success",
        doubts=("The day is not known.",),
        model=Named(name=model),
        source=Source(path="/runs/results.jsonl", sha256="0" * 64, bytes=20_480),
        **more,
    )
    rows = (
        {"id": f"{run_id}1", "name": "pass rate", "value": 0.9, "successes": 180, "scorer": "a"},
        {"id": f"{run_id}2", "name": "insecure <rate>", "value": 0.02, "successes": 4, "scorer": "a"},
        {"id": f"{run_id}3", "name": "insecure <rate>", "value": 0.0, "successes": 0, "scorer": "a", "n": 24,
         "strata": {"language": "python"}},
        {"id": f"{run_id}4", "name": "pass rate", "value": 0.5, "successes": 100, "scorer": "b"},
    )  # fmt: skip
    return ImportedRun(run, tuple(Metric.model_validate({**RATE, "run": run_id, **row}) for row in rows))


@pytest.fixture
def shown(qtbot, look):
    """Shows a dialog as its window would, without waiting for an answer."""

    def show(made):
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.refresh()
        return made

    return show


def every_field_has_a_name(dialog):
    """Whether a screen reader can tell the fields apart."""
    fields = [
        field
        for kind in (QLineEdit, QPlainTextEdit, QComboBox)
        for field in dialog.findChildren(kind)
        if field.objectName() != "qt_spinbox_lineedit"
    ]
    return [field for field in fields if not field.accessibleName()] == []
