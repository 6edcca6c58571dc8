"""Records, ids, codes, order keys and the table of links."""

import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from workbench.model.base import UnknownRecord, record_type
from workbench.model.codes import code_key, natural_key, next_code
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Cause, Control, Guard, Hazard, Likelihood, Link
from workbench.model.ids import PREFIX, derived_id, new_id
from workbench.model.judgement import Assessment, CapabilityCell, OddConsideration, SweepPoint
from workbench.model.kinds import CODE_LETTER, ELEMENT_KINDS, LABEL, PLURAL
from workbench.model.links import LEGAL, link_kind, may_carry_guards, refusal, sources_of, targets_of
from workbench.model.order import key_between, keys_between
from workbench.model.records import CLASS_OF, RECORD_CLASSES, REF_FIELDS, new_record, references
from workbench.model.review import Answer


def test_every_record_type_has_an_id_prefix_and_a_word():
    assert set(CLASS_OF) == set(PREFIX) == set(LABEL) == set(PLURAL)
    assert len(set(PREFIX.values())) == len(PREFIX)
    assert len(CLASS_OF) == len(RECORD_CLASSES)
    assert set(ELEMENT_KINDS) == set(CODE_LETTER)
    assert len(set(CODE_LETTER.values())) == len(CODE_LETTER)


def test_records_are_frozen_and_replace_validates():
    cause = Cause(id="c", title="a")
    with pytest.raises(ValidationError, match="frozen"):
        cause.title = "b"  # type: ignore[misc]
    assert cause.replace(title="b") == Cause(id="c", title="b")
    with pytest.raises(ValidationError):
        cause.replace(title=3)
    with pytest.raises(KeyError):
        cause.replace(tittle="b")


def test_replace_keeps_fields_of_a_newer_version():
    cause = Cause.model_validate({"id": "c", "later": {"a": 1}})
    assert cause.replace(title="b").model_extra == {"later": {"a": 1}}
    assert cause.replace(later=2).model_extra == {"later": 2}


def test_unknown_records_say_their_type():
    assert record_type(UnknownRecord(id="x", record_type="later")) == "later"
    assert record_type(Cause(id="c")) == "cause"
    assert list(references(UnknownRecord(id="x", record_type="later"))) == []


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e15])
def test_coordinates_are_finite_and_bounded(value):
    with pytest.raises(ValidationError):
        Placement.at("d", "c", value, 0)


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_coordinates_are_rounded_once(value):
    x = Placement.at("d", "c", value, 0).x
    assert Placement.at("d", "c", x, 0).x == x
    assert abs(x - value) <= 0.0051
    assert math.copysign(1, x) == 1 or x < 0, "never -0.0"


def test_lone_surrogates_are_refused_at_the_edge():
    with pytest.raises(ValidationError):
        Cause(id="c", title="half \ud800")


def test_titles_are_bounded():
    with pytest.raises(ValidationError):
        Cause(id="c", title="x" * 2_001)


def test_the_table_of_references_finds_every_kind_of_field():
    fields = {(cls.TYPE, ref.name): (ref.many, ref.on_remove) for cls, refs in REF_FIELDS.items() for ref in refs}
    assert fields["link", "source"] == (False, "cascade")
    assert fields["top_event", "hazard"] == (False, "clear")
    assert fields["hazard", "odd"] == (True, "clear")
    assert fields["assessment", "evidence"] == (True, "clear")
    assert fields["placement", "hangs_on"] == (False, "clear")
    assert ("cause", "title") not in fields


def test_references_of_a_record():
    assert list(references(Guard(id="g", control="b", subject="l"))) == [("control", "b"), ("subject", "l")]
    assert list(references(Hazard(id="h", odd=("o1", "o2")))) == [("odd", "o1"), ("odd", "o2")]
    assert list(references(Placement.at("d", "c"))) == [("diagram", "d"), ("subject", "c")]


def test_new_record():
    link = new_record("link", "l", kind="degrades", source="a", target="b")
    assert isinstance(link, Link)
    assert (link.id, link.kind) == ("l", "degrades")
    with pytest.raises(KeyError):
        new_record("cause", "c", colour="red")
    with pytest.raises(KeyError):
        new_record("colour", "c")


# ids


def test_random_ids_differ():
    ids = {new_id("cause") for _ in range(2_000)}
    assert len(ids) == 2_000
    assert all(id.startswith("c_") and len(id) == 12 for id in ids)


def test_derived_ids_follow_from_what_they_join():
    assert Placement.at("d", "c").id == Placement.at("d", "c", 5, 6).id
    assert Placement.at("d", "c").id != Placement.at("c", "d").id
    assert derived_id("route", "a", "b") != derived_id("route", "ab", "")
    assert Route.of("d", "l").id.startswith("rt_")
    assert Assessment.of("h", "initial").id != Assessment.of("h", "residual").id
    assert Assessment.of("h", "initial").id != Assessment.of("h", "initial", "social").id
    assert derived_id("placement", "d", "c") == "pl_HadmEuKonT", "files of all versions hold such ids"


# codes


def test_next_code_is_above_the_highest_of_its_letter():
    assert next_code("cause", []) == "C-1"
    assert next_code("cause", ["C-1", "c-12", "B-40", "C-x", "", "C-"]) == "C-13"
    assert next_code("control", ["B-2"]) == "B-3"


def test_codes_sort_as_people_count():
    assert sorted(["C-12", "C-2", "B-3", "free text"], key=code_key) == ["B-3", "C-2", "C-12", "free text"]


# order keys

KEYS = st.text(alphabet=string.digits + string.ascii_letters, min_size=1, max_size=6).filter(lambda key: key[-1] != "0")


@given(KEYS, KEYS)
def test_a_key_between_two_keys(first, second):
    low, high = sorted((first, second))
    key = key_between(low, high if high != low else None)
    assert low < key
    assert high == low or key < high
    assert key[-1] != "0"


@given(st.lists(st.integers(min_value=0, max_value=1_000), max_size=60))
def test_inserting_anywhere_never_renumbers(places):
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        before = keys[at - 1] if at else None
        after = keys[at] if at < len(keys) else None
        keys.insert(at, key_between(before, after))
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_keys_out_of_order_do_not_hang():
    assert key_between("b", "a") > "b"
    assert key_between("a", "a") > "a"


def test_a_run_of_keys_stays_short():
    keys = keys_between(None, None, 200)
    assert keys == sorted(keys)
    assert max(map(len, keys)) < 40


# links

EXPECTED = {
    ("cause", "cause"), ("cause", "gate"), ("cause", "hazard"), ("cause", "top_event"),
    ("gate", "gate"), ("gate", "cause"), ("gate", "hazard"), ("gate", "top_event"),
    ("hazard", "consequence"),
    ("top_event", "consequence"), ("top_event", "top_event"), ("top_event", "gate"),
}  # fmt: skip


@pytest.mark.parametrize("source", ELEMENT_KINDS)
@pytest.mark.parametrize("target", [*ELEMENT_KINDS, "guard", "link", "diagram"])
def test_the_table_of_links(source, target):
    if source == "note":
        expected = "annotates" if target not in ("note", "diagram") else None
    elif source == "degradation_factor":
        expected = "degrades" if target in ("control", "guard") else None
    else:
        expected = "leads_to" if (source, target) in EXPECTED else None
    assert link_kind(source, target) == expected
    if target in ELEMENT_KINDS:
        assert (target in targets_of(source)) == (expected is not None)
        assert (source in sources_of(target)) == (expected is not None)
        if expected is None:
            assert refusal(source, target).endswith(".")


def test_what_carries_guards():
    assert [kind for kind in LEGAL if may_carry_guards(kind)] == ["leads_to", "degrades"]


def test_parts_are_values():
    assert Likelihood(value=1) == Likelihood(value=1.0)
    with pytest.raises(ValidationError):
        Likelihood(value=-1)
    with pytest.raises(ValidationError):
        Control(id="b", failure_probability=1.5)


def test_a_key_after_one_that_ends_in_the_smallest_digit_follows_the_first():
    for before, after in (("a", "a0"), ("a", "a00"), ("", "0"), ("Az", "Az0")):
        assert key_between(before, after) > before


def test_words_with_numbers_in_them_sort_as_people_count():
    words = ["C-12 two", "c-2 one", "B-3", "C-2", "C-"]
    assert sorted(words, key=natural_key) == ["B-3", "C-", "C-2", "c-2 one", "C-12 two"]


def test_ids_that_follow_from_what_a_record_is_about():
    assert OddConsideration.of("a", "b") == OddConsideration.of("b", "a") != OddConsideration.of("a")
    assert OddConsideration.of("b", "a").with_category == "b"
    cell, point = CapabilityCell.of("g", "row", "column", "execution"), SweepPoint.of("g", 3)
    assert cell.id != CapabilityCell.of("g", "row", "column", "understanding").id
    assert point.id != SweepPoint.of("g", 3, "other").id
    assert (cell.grid, point.blocks, Answer.of("chain", "c").subject) == ("g", 3, "c")
