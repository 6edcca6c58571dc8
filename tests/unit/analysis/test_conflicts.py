"""Merge conflicts in plain words, and which words of a text differ."""

from collections.abc import Mapping

from tests.faults.merges import sides
from workbench.analysis.conflicts import both_of, can_have_both, ghosts, sentence, told
from workbench.analysis.text_change import differing
from workbench.files.merge import Merged, merge
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Link
from workbench.model.judgement import PROJECT_ID, Assessment, Category, Project, RiskScheme

SCHEME = RiskScheme(id="rs", name="Scheme", severities=(Category(code="1", name="Catastrophic"), Category(code="2")))
HAZARD = Hazard(id="h", code="H-1", title="Code is trusted", description="Nobody reads the code that was written.")
CAUSE = Cause(id="c", code="C-1", title="No review")
LINK = Link(id="l", source="c", target="h")
RATING = Assessment.of("h", "initial").replace(severity="2")
CONTROL = Control(id="b", code="B-1", title="Code review")
GUARD = Guard(id="g", control="b", subject="l", effectiveness=0.5)
ALL: tuple[Record, ...] = (
    Project(id=PROJECT_ID, risk_scheme="rs"), SCHEME, HAZARD, CAUSE, LINK, RATING, CONTROL, GUARD,
    Diagram(id="dg"), Placement(id="pl", diagram="dg", subject="c", x=1, y=2),
)  # fmt: skip
BASE: Mapping[str, Record] = {record.id: record for record in ALL}


def version(*records: Record, without: tuple[str, ...] = ()) -> dict[str, Record]:
    changed = {**BASE, **{record.id: record for record in records}}
    return {key: record for key, record in changed.items() if key not in without}


def merged(ours: Mapping[str, Record], theirs: Mapping[str, Record]) -> Merged:
    found = merge(BASE, ours, theirs)
    assert len(found.conflicts) == 1, found.conflicts
    return found


def test_a_text_that_both_reworded() -> None:
    found = merged(version(HAZARD.replace(title="Ours")), version(HAZARD.replace(title="Theirs")))
    one = told(found.conflicts[0], found.records)
    assert (one.group, one.name, one.what) == ("h", "Hazard H-1 Ours", "Title")
    assert (one.base, one.ours, one.theirs) == ("Code is trusted", "Ours", "Theirs")
    assert one.why == "Both versions changed this."
    assert one.text
    assert not one.both
    assert sentence(found.conflicts[0], found.records) == "Hazard H-1 Ours, title: Both versions changed this."


def test_a_rating_is_told_under_its_element_with_the_category_by_name() -> None:
    found = merged(version(RATING.replace(severity="1")), version(RATING.replace(severity="")))
    one = told(found.conflicts[0], found.records)
    assert (one.group, one.what) == ("h", "Initial rating: severity")
    assert (one.base, one.ours, one.theirs) == ("2", "1 Catastrophic", "(none)")
    assert not one.text


def test_a_control_on_a_line_is_told_under_the_control() -> None:
    found = merged(version(GUARD.replace(effectiveness=0.25)), version(GUARD.replace(effectiveness=0.123456789)))
    one = told(found.conflicts[0], found.records)
    assert (one.group, one.what) == ("b", "B-1 on line C-1 → H-1: effectiveness")
    assert (one.ours, one.theirs) == ("0.25", "0.123456789")


def test_choices_and_references_read_as_words() -> None:
    found = merged(version(CAUSE.replace(status="in_review")), version(CAUSE.replace(status="agreed")))
    one = told(found.conflicts[0], found.records)
    assert (one.ours, one.theirs, one.text) == ("In review", "Agreed", False)
    ends = merge(BASE, version(LINK.replace(target="b")), version(LINK.replace(source="h", target="h")))
    told_ends = {one.what: one for one in (told(conflict, ends.records) for conflict in ends.conflicts)}
    assert told_ends["Target"].ours == "Control B-1 Code review"
    assert told_ends["Target"].theirs == "Hazard H-1 Code is trusted"


def test_what_ours_deleted_is_named_and_would_bring_its_places_back() -> None:
    theirs = version(CAUSE.replace(title="No review at all"))
    found = merge(BASE, version(without=("c", "l", "g", "pl")), theirs)
    conflict = next(one for one in found.conflicts if one.subject == "c")
    one = told(conflict, found.records)
    assert one.name == "Cause C-1 No review at all"
    assert one.ours == "(deleted)"
    assert one.theirs.splitlines()[0] == "Title: No review at all"
    assert "Comes back with it: 1 control on a line, 1 link, 1 place on a diagram." in one.theirs
    assert {"c", "l", "pl"} <= ghosts(conflict).keys()
    assert one.why.startswith("Ours deleted it")


def test_what_they_deleted_stays_and_says_why() -> None:
    found = merge(BASE, version(CAUSE.replace(title="Changed")), version(without=("c", "l", "g", "pl")))
    one = next(told(one, found.records) for one in found.conflicts if one.subject == "c")
    assert one.theirs == "(deleted)"
    assert one.ours == "Title: Changed"
    assert one.why.startswith("The other version deleted it")


def test_lists_may_have_both_unless_an_entry_would_stand_there_twice() -> None:
    project, other = Project(id=PROJECT_ID), Category(code="3", name="Marginal")
    base: dict[str, Record] = {"rs": SCHEME, PROJECT_ID: project}
    ours: dict[str, Record] = {**base, "rs": SCHEME.replace(severities=(*SCHEME.severities, other))}
    theirs: dict[str, Record] = {**base, "rs": SCHEME.replace(severities=(*SCHEME.severities, Category(code="4")))}
    (conflict,) = merge(base, ours, theirs).conflicts
    assert can_have_both(conflict)
    assert [entry["code"] for entry in both_of(conflict)] == ["1", "2", "3", "4"]
    assert told(conflict, ours).ours.splitlines()[2] == "• code 3, name Marginal"
    twice = {**base, "rs": SCHEME.replace(severities=(*SCHEME.severities, Category(code="3", name="Minor")))}
    (conflict,) = merge(base, ours, twice).conflicts
    assert not can_have_both(conflict)


def test_every_conflict_of_random_merges_has_words() -> None:
    count = 0
    for number in range(300):
        found = merge(*sides(number))
        for conflict in found.conflicts:
            one = told(conflict, found.records)
            count += 1
            assert one.name
            assert one.what
            assert one.why.endswith(".")
            assert one.ours != one.theirs, (number, conflict)
            assert one.base
    assert count > 50


def parts(text: str, other: str) -> list[str]:
    return [text[first:last] for first, last in differing(text, other)]


def test_the_words_that_differ_are_found() -> None:
    old, new = "Nobody reads the code that was written.", "Nobody reads most code that was written by the model."
    assert parts(new, old) == ["most", " by the model"]
    assert parts(old, new) == ["the"]
    assert parts(old, old) == []
    assert parts("", "x") == []
    assert parts("one two", "") == ["one two"]
    assert parts("a b", "b a")


def test_a_very_long_text_differs_as_a_whole_stretch_without_taking_long() -> None:
    old, new = "start " + "one two " * 200_000 + "end", "start " + "three four " * 200_000 + "end"
    ((first, last),) = differing(new, old)
    assert (first, last) == (len("start "), len(new) - len(" end"))
