"""A journal begun anew: what stays a step, what becomes part of the document, and what is in the way of it."""

import errno

from tests.faults.journal_states import long_run
from tests.unit.files.journals import edit, follow, small, text
from workbench.files.fileops import FileOps
from workbench.files.header import Header
from workbench.files.journal_fresh import Moment, begin_anew
from workbench.files.journal_writer import Anew
from workbench.files.owner import Owner
from workbench.files.recovery import scan_recoverable
from workbench.model.elements import Cause
from workbench.store.diff import Diff
from workbench.store.history import Entry


def moment(store, saved_after=None, unsaved=0):
    return Moment(store.snapshot(), store.history.done, store.history.undone, saved_after, unsaved)


def test_all_steps_stay_where_there_is_room_and_the_document_is_that_before_them():
    store = small()
    before = text(store)
    for number in range(4):
        edit(store, "add", number)
    edit(store, "undo", 0)
    made = begin_anew(moment(store, unsaved=5), Header(), None, 100_000)
    assert made.base == before
    assert [step["do"] for step in made.steps] == ["step", "step", "step", "step", "undo"]
    assert made.earlier == 0


def test_without_room_the_document_is_all_there_is():
    store = small()
    edit(store, "add", 1)
    edit(store, "add", 2)
    edit(store, "undo", 0)
    made = begin_anew(moment(store, unsaved=3), Header(), {"do": "saved"}, 0)
    assert made.base == text(store)
    assert (list(made.steps), made.earlier) == ([], 3)


def test_a_number_beyond_64_bits_is_a_step_too():
    store = small()
    with store.transaction("Add") as tx:
        tx.put(Cause.model_validate({"id": "x", "title": "X", "of tomorrow": 2**70}))
    made = begin_anew(moment(store), Header(), None, 100_000)
    assert len(made.steps) == 1


def test_a_step_that_does_not_end_in_the_document_is_none():
    store = small()
    edit(store, "add", 1)
    odd = Entry(Diff(added={"c": Cause(id="c", title="Another")}), "Odd")
    now = Moment(store.snapshot(), (odd, *store.history.done, odd), (), None, 0)
    made = begin_anew(now, Header(), None, 100_000)
    assert made.base == text(store)
    assert list(made.steps) == []


def test_a_journal_whose_end_is_not_known_is_not_begun_anew(tmp_path):
    store = small()
    journal = follow(store, tmp_path, least=100)
    edit(store, "add", 1)
    assert journal.flush(10)
    writer = journal._writer
    asked: list[int] = []

    def make() -> Anew:
        asked.append(1)
        raise ZeroDivisionError

    writer.most = 1
    writer._clean = False
    writer.begin_anew(make)
    assert journal.flush(10)
    assert not asked
    assert writer.most > journal.file.stat().st_size
    writer._clean = True
    writer.begin_anew(make)
    assert journal.flush(10)
    assert asked
    edit(store, "type", 2)
    assert journal.flush(10)
    journal.close()


def test_nothing_is_written_before_it_is_known_which_journal_is_there(tmp_path, monkeypatch):
    class Lying(FileOps):
        answers = 0

        def replace(self, source, target):
            super().replace(source, target)
            if target.suffix == ".journal":
                raise OSError(errno.EIO, "reported though it worked")

        def status(self, path):
            if path.suffix == ".new" and self.answers < 3:
                self.answers += 1
                raise OSError(errno.EIO, "nobody knows")
            return super().status(path)

    monkeypatch.setattr(Owner, "runs", lambda _: False)
    store, journal, _ = long_run(tmp_path, Lying())
    journal.close(keep=True)
    (left,) = scan_recoverable(tmp_path)
    assert text(left.restore().store) == text(store)


def test_a_thread_that_is_to_end_waits_for_no_answer(tmp_path):
    class Silent(FileOps):
        def replace(self, source, target):
            if target.suffix == ".journal":
                raise OSError(errno.EIO, "failed")
            super().replace(source, target)

        def status(self, path):
            if path.suffix == ".new":
                raise OSError(errno.EIO, "nobody knows")
            return super().status(path)

    store, journal, _ = long_run(tmp_path, Silent(), patience=0.2)
    assert text(store)
    assert not journal.close(keep=True, timeout=0.2)
