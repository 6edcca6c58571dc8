"""One step of the user's: done and told in one breath, or refused in one sentence."""

from functools import partial

import pytest

from workbench.commands import create
from workbench.commands.errors import CommandError
from workbench.model.elements import Cause, Link
from workbench.session.session import Session
from workbench.store.store import Store
from workbench.tools.intents import run, step


@pytest.fixture
def session():
    return Session(Store([Cause(id="c_1", title="A cause")]))


@pytest.fixture
def told(session):
    sentences: list[str] = []
    session.notice.connect(sentences.append)
    return sentences


def refuse(_tx):
    raise CommandError("Not that.")


def dangle(tx):
    tx.put(Link(id="l_1", source="c_1", target="nobody"))


def rename(tx, id, title):
    tx.patch(id, title=title)


def too_long(tx):
    tx.patch("c_1", title="x" * 100_000)


@pytest.mark.parametrize(
    ("work", "words"), [(refuse, "Not that."), (dangle, "names 'nobody', which does not exist"), (too_long, "Too long")]
)
def test_a_refusal_is_one_sentence_and_changes_nothing(session, told, work, words):
    before = session.store.snapshot()
    assert not step(session, "Try", work)
    assert run(session, "Try", work) is None
    assert len(told) == 2
    assert all(words in sentence for sentence in told)
    assert session.store.snapshot() == before
    assert session.store.history.position == 0


def test_what_else_happened_is_told_in_one_breath(session, told):
    def work(tx):
        tx.notices += ["One went.", "Two stayed."]
        tx.patch("c_1", title="Another")

    assert step(session, "Try", work)
    assert told == ["One went. Two stayed."], "a further notice would hide the first"


def test_what_was_made_is_given_back_and_steps_of_one_key_are_one(session, told):
    made = run(session, "Add", lambda tx: create.add_element(tx, "hazard", "A hazard"))
    assert session.store.get(made).title == "A hazard"
    for title in ("B", "Be", "Bee"):
        assert step(session, "Rename", partial(rename, id=made, title=title), merge_key=made)
    assert session.store.history.position == 2
    assert told == []
