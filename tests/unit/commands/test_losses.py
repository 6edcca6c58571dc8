"""Deleting says what left the project with the element."""

import pytest

from tests.unit.commands.drawing import Bowtie
from workbench.commands import create, delete
from workbench.model.judgement import Assessment
from workbench.model.review import Comment
from workbench.model.runs import Evidence


@pytest.fixture
def b():
    made = Bowtie()
    with made.store.transaction("Judge") as tx:
        for index in range(4):
            tx.put(Evidence(id=f"e{index}", subject=made.cause, title=f"claim {index}"))
        tx.put(Evidence(id="e_guard", subject=made.guard, title="on this line"))
        tx.put(Assessment.of(made.hazard, "initial"))
        tx.put(Comment(id="k", subject=made.hazard, text="Why?"))
    return made


@pytest.mark.parametrize("everywhere", [False, True])
def test_claims_that_go_with_an_element_are_counted(b, everywhere):
    _, notices = (
        b.do(delete.delete_everywhere, [b.cause]) if everywhere else b.do(delete.take_off, b.diagram, [b.cause])
    )
    name = "C-1 Insecure patterns in training data"
    # the fifth claim is about the control's place on the line, which goes with the cause
    assert notices == [f"{name} left the project with 5 claims; Ctrl+Z brings them back."]
    b.store.undo()
    assert sum(1 for _ in b.store.all(Evidence)) == 5


def test_ratings_and_comments_are_counted_too(b):
    _, notices = b.do(delete.delete_everywhere, [b.hazard])
    assert "with 1 rating and 1 comment; Ctrl+Z" in notices[-1]


def test_an_element_with_nothing_on_it_is_told_as_well(b):
    _, notices = b.do(delete.take_off, b.diagram, [b.consequence])
    assert notices[-1].endswith("Personal data exposed left the project; Ctrl+Z brings it back.")


def test_the_claim_on_one_of_two_places_of_a_control_is_told(b):
    _, notices = b.do(delete.take_off, b.diagram, [b.guard])
    assert b.control in b.store
    (said,) = notices
    assert said.startswith("The place of B-1 Static analysis on the line C-1 →")
    assert said.endswith("went with 1 claim; Ctrl+Z brings all of it back.")


def test_the_claims_on_a_line_are_told(b):
    with b.store.transaction("Claim") as tx:
        tx.put(Evidence(id="e_line", subject=b.outcome, title="on the line"))
    _, notices = b.do(delete.take_off, b.diagram, [b.outcome])
    assert "The line T-1 Vulnerable suggestion accepted → E-1 Personal data exposed" in notices[-1]
    assert "went with 1 claim" in notices[-1]


def test_a_diagram_takes_claims_with_it(b):
    _, notices = b.do(delete.delete_diagram, b.diagram)
    assert "with 5 claims, 1 rating and 1 comment" in notices[-1]
    assert "and 3 more left" in notices[-1]


def test_what_stays_elsewhere_keeps_its_claims(b):
    second, _ = b.do(create.new_diagram, "Second")
    b.do(create.place_existing, second, b.cause, 0, 0)
    _, notices = b.do(delete.take_off, second, [b.cause])
    assert len(notices) == 1
    assert "stays in the project" in notices[0]
