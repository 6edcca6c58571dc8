"""Larger mends of findings: what they offer can be done, and what goes with them is told."""

import pytest

from tests.unit.commands.drawing import Bowtie
from workbench.commands.create import add_element, new_diagram, place_existing
from workbench.commands.lint_fix import apply_fix, fixes_for
from workbench.commands.lint_split import outcomes, use_top_event
from workbench.model.elements import Consequence, Link
from workbench.model.runs import Evidence


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Money is lost and customers leave", ("Money is lost", "Customers leave")),
        ("Money is lost AND CUSTOMERS LEAVE", ("Money is lost", "CUSTOMERS LEAVE")),
        ("Großer Schaden and customers leave", ("Großer Schaden", "Customers leave")),
        ("Data lost; service down and late", ("Data lost; service down", "Late")),
        ("  and customers leave or pay", ("and customers leave", "Pay")),
        ("Money is lost and ", None),
        (" and customers leave", None),
        ("Money is lost", None),
        ("Sand orchestra", None),
    ],
)
def test_a_title_is_parted_where_both_sides_say_something(title, parts):
    assert outcomes(title) == parts


@pytest.mark.parametrize("title", ["Money is lost and ", "and customers leave", "Großer Schaden and loss", "One; two"])
def test_a_split_that_is_offered_can_be_done(title):
    b = Bowtie()
    with b.store.transaction("Title") as tx:
        tx.patch(b.consequence, title=title)
    fixes = fixes_for(b.store, "consequence-bundled", b.consequence)
    assert len(fixes) == (outcomes(title) is not None)
    for fix in fixes:
        b.do(apply_fix, fix)
        after = [b.store.find(link.target, Consequence) for link in b.store.referrers(b.top, Link, "source")]
        assert {one.title for one in after if one is not None} == set(outcomes(title) or ())


def test_the_claims_on_a_double_of_a_top_event_are_told():
    b = Bowtie()
    with b.store.transaction("Second bow-tie") as tx:
        event = add_element(tx, "top_event", "Personal data exposed", hazard=b.hazard)
        other = new_diagram(tx, "Two", focus=event)
        place_existing(tx, other, event, 0, 0)
        tx.put(Evidence(id="e", subject=b.consequence, title="Seen twice"))
    _, notices = b.do(use_top_event, b.consequence, event)
    assert notices == ["E-1 Personal data exposed left the project with 1 claim; Ctrl+Z brings them back."]
    assert b.consequence not in b.store
    assert {link.target for link in b.store.referrers(b.top, Link, "source")} == {event}
    b.store.undo()
    assert b.store.find("e", Evidence) is not None
