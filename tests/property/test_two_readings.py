"""The fast and the careful reading of a file agree, whatever stands in it."""

import copy
import json
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import there
from workbench.files.canonical import canonical_bytes, dump
from workbench.files.errors import ProjectFileError
from workbench.files.project import _load_canonical, _load_carefully, load_bytes

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "project-1.0.hazard.json"
DOCUMENT = json.loads(SAMPLE.read_bytes())
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
NUMBER = st.one_of(
    st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0, 1, -1, 0.005])
)
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBER, TEXT, st.sampled_from(["project", "draft", "cause_1", ""])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


def places(value, path=()):
    """Every place in a document, as a path of keys."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


PLACES = [path for path in places(DOCUMENT) if path]


@st.composite
def documents(draw):
    """The frozen sample with a few places changed, removed or added to."""
    document = copy.deepcopy(DOCUMENT)
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        holder = document
        try:
            for key in path[:-1]:
                holder = holder[key]
            action = draw(st.sampled_from(["change", "change", "change", "remove", "add"]))
            if action == "change":
                holder[path[-1]] = draw(VALUE)
            elif action == "remove":
                del holder[path[-1]]
            elif isinstance(holder, dict):
                holder[draw(TEXT)] = draw(VALUE)
        except (KeyError, IndexError, TypeError):
            continue
    return document


def attempt(load):
    """What a reading gives: a project, or its one line of refusal."""
    try:
        return load()
    except ProjectFileError as error:
        message = str(error)
    assert message.isprintable()
    assert len(message) < 500
    return message


@given(documents())
@example({**DOCUMENT, "records": {"cause": {"": {}}}})
@example({**DOCUMENT, "records": {"risk_scheme": {"x": {"cells": {"\x85": 1}}}}})
@example({**DOCUMENT, "records": {"cause": {"x": {"id": "y"}}}})
@example({**DOCUMENT, "records": {"cause": {"x": {}}, "hazard": {"x": {}}}})
@settings(max_examples=4 * there(settings.default).max_examples)
def test_both_readings_agree(document):
    data = dump(document)
    fast = _load_canonical(data, None)
    careful = attempt(lambda: _load_carefully(data, "it", None))
    if isinstance(careful, str):
        assert fast is None
        return
    if careful.read_only:
        assert fast is None
        return
    again = canonical_bytes(careful.store.records.values(), careful.header)
    if fast is not None:
        assert dict(fast.store.records) == dict(careful.store.records)
        assert canonical_bytes(fast.store.records.values(), fast.header) == again
        assert fast.header == careful.header
        types = [
            {name: type(value) for name, value in record.__dict__.items()} for record in fast.store.records.values()
        ]
        others = [
            {name: type(careful.store.records[key].__dict__[name]) for name in record.__dict__}
            for key, record in fast.store.records.items()
        ]
        assert types == others
    assert canonical_bytes(load_bytes(again).store.records.values(), careful.header) == again, (
        "saving twice changes nothing"
    )


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
def test_no_bytes_break_the_loader(data):
    attempt(lambda: load_bytes(data))


@given(st.data())
def test_no_damage_breaks_the_loader(data):
    text = bytearray(SAMPLE.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.integers(0, 20))
        text[place : place + length] = data.draw(st.binary(max_size=5))
    attempt(lambda: load_bytes(bytes(text)))
