"""One change with every word of both versions."""

import pytest

from workbench.analysis.change_rows import Changes
from workbench.analysis.change_texts import ABSENT, Both, both_texts
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Hazard, Link
from workbench.model.judgement import Assessment, Project
from workbench.store.store import Store

LONG = "Nobody reads the code that was written.\n" * 30


def base():
    return [
        Project(id="project", title="P"),
        Hazard(id="h", code="H-1", title="Code is trusted", description=LONG),
        Cause(id="c", code="C-1", title="No review", status="draft"),
        Link(id="l", source="c", target="h"),
        Assessment(id="a", subject="h", phase="initial", severity="3"),
        Diagram(id="dg", title="One"),
        Placement(id="p", diagram="dg", subject="h", x=0, y=40),
    ]


@pytest.fixture
def told():
    """What is told of every row, by the record it is about, after an edit."""

    def telling(edit):
        before, after = Store(base()), Store(base())
        with after.transaction("Edit") as tx:
            edit(tx)
        changes = Changes(before.records, after.records)
        return {row.id: both_texts(changes, row) for row in changes.rows}

    return telling


def test_a_long_text_is_told_whole(told):
    assert told(lambda tx: tx.patch("h", description=LONG + "Ever.")) == {
        "h": [Both("Description", LONG, LONG + "Ever.")]
    }


def test_short_values_stand_together_a_line_each_and_the_title_first(told):
    found = told(lambda tx: tx.patch("c", title="No test", status="agreed", owner="Ann", description=LONG))
    assert found["c"] == [
        Both(
            "Title, owner, status",
            "Title: No review\nOwner: (none)\nStatus: Draft",
            "Title: No test\nOwner: Ann\nStatus: Agreed",
        ),
        Both("Description", "(none)", LONG),
    ]


def test_one_short_value_stands_for_itself(told):
    assert told(lambda tx: tx.patch("c", title="No test"))["c"] == [Both("Title", "No review", "No test")]


def test_what_came_is_told_with_all_it_says_and_references_by_name(told):
    def edit(tx):
        tx.put(Cause(id="c2", code="C-2", title="No test", owner="Ann"))
        tx.put(Link(id="l2", source="c2", target="h"))

    found = told(edit)
    assert found["c2"] == [Both("All of it", ABSENT, "Title: No test\nCode: C-2\nOwner: Ann")]
    ((line,),) = (found["l2"],)
    assert line.old == ABSENT
    assert line.new == "Source: Cause C-2 No test\nTarget: Hazard H-1 Code is trusted"


def test_what_went_is_told_with_what_stood_on_it_by_name(told):
    def edit(tx):
        tx.remove("a")
        tx.patch("h", title="Trusted code")

    own, rating = told(edit)["h"]
    assert own == Both("Title", "Code is trusted", "Trusted code")
    assert (rating.what, rating.new) == ("Initial rating", ABSENT)
    assert "Severity: 3" in rating.old


def test_what_another_record_says_carries_its_name(told):
    ((one,),) = told(lambda tx: tx.patch("a", severity="1")).values()
    assert one == Both("Initial rating: severity", "3", "1")


def test_a_place_at_nought_is_told_though_a_file_leaves_it_out(told):
    ((one,),) = told(lambda tx: tx.patch("p", x=25)).values()
    assert one == Both("Placement: x", "0", "25")


def test_of_very_much_the_beginning_is_told_and_how_much_more_there_is(told):
    def edit(tx):
        for number in range(100):
            tx.put(Assessment(id=f"a{number}", subject="h", phase="residual", dimension=None, severity="1"))

    (texts,) = told(edit).values()
    assert len(texts) == 61
    assert texts[-1] == Both("And 40 more", "", "")
