"""Minutes of a meeting as files."""

import io
import re
import zipfile
from datetime import UTC, datetime
from functools import partial

import pytest
from click.testing import CliRunner

from tests.faults.edits import Editor, small_project
from tests.support import there
from workbench.cli.export import export
from workbench.commands import meeting as log
from workbench.commands.bowtie import add_top_event
from workbench.commands.connect import connect
from workbench.commands.create import add_element, new_diagram, place
from workbench.commands.risk import rate
from workbench.export.errors import ExportError
from workbench.export.minutes import export_minutes
from workbench.export.minutes_sheet import Span, meeting_named, minutes, span_of
from workbench.files.project import load_project, save_project
from workbench.files.revisions import Revisions
from workbench.model.base import Record
from workbench.model.judgement import PROJECT_ID, Assessment, Category, Project, RiskLevel, RiskScheme
from workbench.model.review import Meeting
from workbench.store.store import Store

docx = pytest.importorskip("docx")
HOSTILE = (
    "<script>alert(1)</script> =1+1 \u202eevil\u202c \U0001f600 | `x` [l](http://a) \x07&amp; مرحبا 中文" + "Z" * 10_000
)
DAY = "2026-11-23T"


def do(store, command, *args, **kwargs):
    with store.transaction("Test") as tx:
        return command(tx, *args, **kwargs)


class Held:
    """A meeting held on a small project: one diagram and one rating changed, everything noted once."""

    def __init__(self, folder, word=""):
        self.path = folder / "project.hazard.json"
        scheme = RiskScheme(
            id="rs",
            severities=(Category(code="1", name="Catastrophic"), Category(code="2", name="Critical")),
            frequencies=(Category(code="A", name="Frequent"), Category(code="B", name="Probable")),
            levels=(RiskLevel(name="High", steps=4), RiskLevel(name="Serious", steps=3)),
            cells={"1A": "High", "1B": "High", "2A": "High", "2B": "Serious"},
        )
        store = self.store = Store([Project(id=PROJECT_ID, title=f"Project{word}"[:1_900], risk_scheme="rs"), scheme])
        with store.transaction("Build") as tx:
            self.hazard = add_element(tx, "hazard", f"Wrong code{word}"[:1_900])
            self.top = add_top_event(tx, self.hazard, "Merged")
            self.cause = add_element(tx, "cause", "Prompt")
            connect(tx, self.cause, self.top)
            self.sheet = new_diagram(tx, f"Main{word}"[:1_900])
            self.other = new_diagram(tx, "Untouched")
            place(tx, self.other, add_element(tx, "cause", "Elsewhere"), 0, 0)
            place(tx, self.sheet, self.hazard, 0, -300)
            for key, x in ((self.cause, -300), (self.top, 0)):
                place(tx, self.sheet, key, x, 0)
        began = self.keep("begin", 9)
        said = (f"Review{word}"[:1_900], ["Ann", "Omar"], [f"Overview{word}"])
        self.meeting = do(store, log.start_meeting, *said, at=f"{DAY}09:00:00Z", before=began)
        do(store, log.decide, self.cause, f"Go on{word}", by="Ann", at=f"{DAY}09:10:00Z")
        do(store, log.capture_action, self.cause, f"Renew{word}", owner="Omar", due="2026-11-25", at=f"{DAY}09:11:00Z")
        do(store, log.vote, self.hazard, f"Accept?{word}", (5, 1, 0), by="Ann", at=f"{DAY}09:12:00Z")
        do(store, log.comment, None, f"Scope?{word}", by="Omar", at=f"{DAY}09:13:00Z")
        do(store, lambda tx: tx.patch(self.cause, title="Prompt leaves out the rule"))
        rated = Assessment.of(self.hazard, "residual")
        do(store, rate, rated, by="Ann", at=f"{DAY}09:14:00Z", severity="2", frequency="B")
        ended = self.keep("end", 10)
        do(store, log.end_meeting, self.meeting, at=f"{DAY}10:00:00Z", after=ended)
        save_project(store, self.path)

    def keep(self, message, hour):
        time = datetime(2026, 11, 23, hour, tzinfo=UTC)
        return Revisions(self.path).save(self.store, None, message=message, author="Ann", time=time).sha256

    def write(self, ending, **options):
        out = self.path.with_name(f"minutes.{ending}")
        return out, export_minutes(self.store, out, project=self.path, **options)


@pytest.fixture
def held(tmp_path):
    return Held(tmp_path)


def words_of(path):
    """Every word of a document, in order."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


SAID = ["Review", "Ann, Omar", "23 November 2026", "09:00 to 10:00 UTC", "Overview", "Go on", "Renew", "25 Nov 2026",
        "Accept?", "5 agree, 1 disagrees, none abstain", "Scope?", "The whole project", "Not rated", "2B Serious",
        "Prompt leaves out the rule"]  # fmt: skip


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_the_minutes_say_all_that_was_noted_and_changed(held, ending):
    out, _ = held.write(ending)
    text = words_of(out) if ending == "docx" else out.read_text("utf-8")
    said = re.sub(r"\\", "", text)
    for words in SAID:
        assert words in said, words
    assert "Untouched" not in said


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_the_same_meeting_gives_the_same_bytes(held, ending):
    _, first = held.write(ending)
    before = [path.read_bytes() for path, _ in first]
    again = load_project(held.path)
    second = export_minutes(again.store, held.path.with_name(f"minutes.{ending}"), project=held.path)
    assert [path.read_bytes() for path, _ in second] == before
    assert [size for _, size in first] == [len(data) for data in before]


def test_only_changed_diagrams_have_a_picture_and_it_shows_the_change(held):
    _, written = held.write("md")
    assert [path.name for path, _ in written] == ["minutes.md", "minutes-1.svg"]
    picture = written[1][0].read_text("utf-8")
    assert "Changed (2)" in picture
    assert "leaves out" in picture
    assert "(minutes-1.svg)" in written[0][0].read_text("utf-8")
    page, _ = held.write("html")
    assert page.read_text("utf-8").count("data:image/svg+xml;base64,") == 1
    document, _ = held.write("docx")
    with zipfile.ZipFile(document) as archive:
        assert [name for name in archive.namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_a_page_loads_and_runs_nothing(held):
    page = held.write("html")[0].read_text("utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|https?://|onload", page)


def test_the_state_of_actions_on_a_day(held):
    early = held.write("md", as_of="2026-11-25")[0].read_text("utf-8")
    late = held.write("md", as_of="2026-11-26")[0].read_text("utf-8")
    assert "| Open |" in early.split("## Votes")[0]
    assert "| Overdue |" in late.split("## Votes")[0]
    with pytest.raises(ExportError, match="is no date"):
        held.write("md", as_of="soon")


def test_without_kept_revisions_the_minutes_say_so(held):
    out = held.path.with_name("alone.md")
    assert len(export_minutes(held.store, out)) == 1
    assert "the revision of its beginning is not beside the project" in out.read_text("utf-8")
    with held.store.transaction("Forget") as tx:
        tx.patch(held.meeting, before="")
    assert "no revision was kept when the meeting began" in held.write("html")[0].read_text("utf-8")


def test_a_damaged_revision_is_not_there(held):
    for path in (held.path.parent / "project.revisions" / "objects").iterdir():
        path.write_bytes(b"{}")
    assert "not beside the project" in held.write("md")[0].read_text("utf-8")


def test_a_meeting_under_way_is_held_against_the_project_as_it_is(held):
    do(held.store, log.reopen_meeting, held.meeting)
    do(held.store, lambda tx: tx.patch(held.cause, title="Another title"))
    text = held.write("md")[0].read_text("utf-8")
    assert "09:00 UTC, not ended" in text
    assert "Another title" in text


def test_a_meeting_that_changed_nothing_says_so(held):
    meeting = there(held.store.find(held.meeting, Meeting))
    kept = {meeting.before: held.store, meeting.after: held.store}
    sheet = minutes(held.store, meeting, span_of(held.store, meeting, kept))
    assert sheet.changes == ()
    assert sheet.notes == ("Nothing on the diagrams and in the ratings changed during the meeting.",)


def test_what_changed_is_said_once_and_in_words(held):
    """Ratings stand in their table with the reason; who wrote what when, and order keys, are the program's own."""
    did = partial(do, held.store)
    did(log.reopen_meeting, held.meeting)
    told = Assessment.of(held.hazard, "initial")
    did(rate, told, by="Omar", at=f"{DAY}09:20:00Z", severity="1", frequency="A", rationale="Seen twice in August.")
    again = Assessment.of(held.hazard, "residual")
    did(rate, again, by="Omar", at=f"{DAY}09:21:00Z", severity="2", frequency="B")
    did(lambda tx: tx.patch(held.sheet, order="zz"))
    did(lambda tx: tx.patch(held.other, title="Elsewhere"))
    text = re.sub(r"\\", "", held.write("md")[0].read_text("utf-8"))
    ratings, rest = text.split("## Ratings changed")[1].split("## What changed")
    assert "| Initial | Not rated | 1A High | Seen twice in August. |" in ratings
    assert "title Untouched → Elsewhere" in rest
    assert not re.search(r"rating|Omar|2026|order|zz", rest), rest


def test_a_rationale_alone_is_told_among_what_changed(held):
    did = partial(do, held.store)
    did(log.reopen_meeting, held.meeting)
    with held.store.transaction("As it was") as tx:
        tx.patch(held.cause, title="Prompt")
        tx.remove(Assessment.of(held.hazard, "residual").id)
    began = held.keep("again", 10)
    did(lambda tx: tx.patch(held.meeting, before=began))
    did(rate, Assessment.of(held.hazard, "residual"), by="Ann", at=f"{DAY}09:14:00Z", severity="2", frequency="B")
    text = held.write("md")[0].read_text("utf-8")
    assert "Nothing but the ratings above changed during the meeting." in text
    began = held.keep("rated", 11)
    did(lambda tx: tx.patch(held.meeting, before=began))
    did(rate, Assessment.of(held.hazard, "residual"), by="Omar", at=f"{DAY}09:15:00Z", rationale="New figures")
    text = held.write("md")[0].read_text("utf-8").split("## Ratings changed")[1]
    assert "residual rating: rationale (none) → New figures" in text
    assert "Omar" not in text


def test_which_meeting(held):
    store = held.store
    second = do(store, log.start_meeting, "Second", (), (), at="2026-12-01T09:00:00Z")
    assert meeting_named(store, None).id == second
    assert meeting_named(store, "1").id == held.meeting
    assert meeting_named(store, "review").id == held.meeting
    assert meeting_named(store, held.meeting).id == held.meeting
    with pytest.raises(ExportError, match="1 Review, 2 Second"):
        meeting_named(store, "third")
    do(store, log.end_meeting, second, at="2026-12-01T10:00:00Z")
    assert meeting_named(store, None).id == second
    with pytest.raises(ExportError, match="no meeting yet"):
        meeting_named(Store(), None)


def test_hostile_titles_stay_text(tmp_path):
    hostile = Held(tmp_path, HOSTILE)
    page = hostile.write("html")[0].read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1 ‹RLO›evil‹PDF›" in page
    text = hostile.write("md")[0].read_text("utf-8")
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\(http", text)
    assert not re.search("[\x00-\x08\u202a-\u202e]", page + text)
    out, _ = hostile.write("docx")
    assert "<script>alert(1)</script> =1+1 ‹RLO›evil‹PDF›" in words_of(out)
    with zipfile.ZipFile(out) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    assert not re.search(r"w:instrText|w:fldSimple|<script", body)


def test_the_command(held, tmp_path):
    runner = CliRunner()
    out = tmp_path / "m.md"
    answer = runner.invoke(export, [str(held.path), "-o", str(out), "--what", "minutes", "--meeting", "1"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.split() == [str(out), str(tmp_path / "m-1.svg")]
    refusals = {
        ("--what", "minutes", "--meeting", "9"): "there is no meeting '9'",
        ("--what", "log", "--meeting", "1"): "add --what minutes",
        ("--what", "minutes", "--diagram", "1"): "without --diagram",
    }
    for options, why in refusals.items():
        refused = runner.invoke(export, [str(held.path), "-o", str(out), *options])
        assert refused.exit_code != 0
        assert why in str(refused.exception) + refused.output
    odd = runner.invoke(export, [str(held.path), "-o", str(tmp_path / "m.pdf"), "--what", "minutes"])
    assert "docx, html, md" in str(odd.exception) + odd.output


def test_words_alone_load_no_qt(held, tmp_path):
    import subprocess
    import sys

    with held.store.transaction("Forget") as tx:
        tx.patch(held.meeting, before="")
    save_project(held.store, held.path)
    program = (
        "import sys; from pathlib import Path; from workbench.files.project import load_project;"
        "from workbench.export.minutes import export_minutes;"
        f"export_minutes(load_project({str(held.path)!r}).store, Path({str(tmp_path / 'x.md')!r}));"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_span_needs_both_ends(held):
    meeting = there(held.store.find(held.meeting, Meeting))
    assert span_of(held.store, meeting, {}) == Span(
        None, None, "No picture of what changed: the revision of its beginning is not beside the project."
    )
    assert "end" in span_of(held.store, meeting, {meeting.before: held.store}).why


def test_a_word_document_opens(held):
    out, _ = held.write("docx")
    document = docx.Document(io.BytesIO(out.read_bytes()))
    assert [section.orientation for section in document.sections] == [0, 1]
    assert document.core_properties.title == "Minutes: Review"


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited_in_a_meeting_its_minutes_are_whole(seed, tmp_path):
    editor = Editor(small_project(seed), seed)
    editor.edit(100)
    store, path = editor.store, tmp_path / "p.hazard.json"
    time = datetime(2026, 11, 23, 9, tzinfo=UTC)
    kept = Revisions(path).save(store, None, message="begin", author="", time=time)
    said = (editor.word(), ["Ann"], [editor.word()])
    meeting = do(store, log.start_meeting, *said, at=f"{DAY}09:00:00Z", before=kept.sha256)
    lines = 0
    for _ in range(30):
        editor.edit(20)
        subject = editor.pick(Record)
        lines += bool(do(store, log.capture_action, subject, f"Look {editor.word()}", at=f"{DAY}09:10:00Z"))
        lines += bool(do(store, log.decide, subject, f"Go {editor.word()}", at=f"{DAY}09:20:00Z"))
    out = tmp_path / "m.md"
    written = export_minutes(store, out, meeting=meeting, project=path)
    text = out.read_text("utf-8")
    assert text.count("| A") + text.count("| D") >= lines
    changed = [path for path, _ in written[1:]]
    assert all(path.read_bytes().startswith(b"<?xml") for path in changed)
    assert "not beside the project" not in text


def test_a_stop_of_the_agenda_without_a_title_is_called_so():
    store = Store([Project(id=PROJECT_ID, title="P"), Meeting(id="m", title="Review", agenda=("First", " \n"))])
    assert minutes(store, there(store.find("m", Meeting)), Span(None, None)).agenda == ("First", "Untitled stop")
