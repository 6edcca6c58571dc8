"""The report: every part's facts from the document, in each format; limits; the day; equal bytes."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from tests.unit.export.reports import made, plain, small, words_of_docx, words_of_html
from workbench.analysis.hazard_log import log_rows
from workbench.analysis.lint.linter import check
from workbench.analysis.odd_coverage import coverage
from workbench.analysis.risk import Ratings, scheme_of
from workbench.analysis.words import name_of
from workbench.cli.export import export
from workbench.evidence.standing import newest_day, subject_verdicts
from workbench.export import report_context, report_hazards, report_lists
from workbench.export.errors import ExportError
from workbench.export.report import FORMATS, export_report
from workbench.files.project import load_project, save_project
from workbench.files.revisions import Revisions
from workbench.model.elements import Cause, Consequence, Control, Guard, Hazard
from workbench.model.judgement import RiskAcceptance
from workbench.model.review import ActionItem
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.store import Store

READ = {"html": words_of_html, "docx": words_of_docx}
HOSTILE = (
    "<script>alert(1)</script> =1+1 {{ 7*7 }} {% for %} \u202eevil\u202c \U0001f600 `x` \x07&amp; مرحبا 中文"
    + " word" * 1_000
    + "Z" * 10_000
)


@pytest.fixture(scope="module")
def sample(root: Path) -> Store:
    return load_project(root / "samples" / "code-synthesis-llm.hazard.json").store


@pytest.fixture(scope="module", params=["html", "docx"])
def told(request: pytest.FixtureRequest, sample: Store) -> str:
    """The words of the sample's report, twice: as a page and as a Word document."""
    return READ[request.param](made(sample, request.param))


def test_the_summary_counts_hazards_by_level(told: str, sample: Store) -> None:
    ratings = Ratings(sample)
    hazards = [hazard for hazard in sample.all(Hazard) if hazard.status != "retired"]
    assert f"{len(hazards)} hazards, " in told
    for level in getattr(scheme_of(sample), "levels", ()):
        counts = [
            sum(getattr(ratings.of(hazard.id, phase), "level", "") == level.name for hazard in hazards)
            for phase in ("initial", "residual")
        ]
        assert f"{level.name} {counts[0]} {counts[1]}" in told
    worst = ratings.worst(ratings.of(hazard.id, "residual") for hazard in hazards)
    first = next(hazard for hazard in hazards if ratings.of(hazard.id, "residual") == worst)
    assert re.search(rf"Worst residual risk Hazard Initial Residual Accepted {first.code} ", told)


def test_every_hazard_stands_there_with_its_ratings_and_pathways(told: str, sample: Store) -> None:
    for row in log_rows(sample):
        part = told[told.index("Hazards and their pathways", 2_000) :]
        part = part[part.index(f"{row.code} {plain(row.title)}") :]
        for name, rating in (("Initial risk", row.hri), ("Residual risk", row.hri_post)):
            assert (
                f"{name} {rating.index} {rating.level}" in part if rating is not None else f"{name} not rated" in part
            )
        for column in ("trigger_event", "effects", "mitigations"):
            for item in row.entries(column):
                assert plain(f"{item.code} {item.title}") in part


def test_every_claim_stands_there_with_reason_and_source(told: str, sample: Store) -> None:
    for subject in dict.fromkeys(evidence.subject for evidence in sample.all(Evidence)):
        for claim in subject_verdicts(sample, subject, as_of=newest_day(sample)):
            assert plain(claim.evidence.title) in told
            guard = sample.find(subject, Guard)
            assert plain(name_of(sample, guard.control if guard is not None else subject)) in told
            assert (plain(claim.reason) if not claim.suspended else plain(" ".join(claim.stale))) in told
            for doubt in claim.doubts:
                assert plain(f"Doubt: {doubt}") in told
    metrics = [sample.find(evidence.metric, Metric) for evidence in sample.all(Evidence)]
    for run in {metric.run for metric in metrics if metric is not None}:
        record = sample.find(run, Run)
        assert record is not None
        assert record.source.sha256 in told


def test_findings_acceptances_and_actions_are_those_of_the_project(told: str, sample: Store) -> None:
    found = check(sample)
    counted = Counter(finding.severity for finding in found if finding.open)
    assert all(f"{count} {severity}" in told for severity, count in counted.items())
    for finding in found:
        assert plain(finding.message if finding.open else finding.suppressed) in told
    for one in sample.all(RiskAcceptance):
        assert plain(name_of(sample, one.subject)) in told
        assert one.expires in told
    waiting = [item for item in sample.all(ActionItem) if item.state == "open"]
    assert f"{len(waiting)} open action" in told
    for item in waiting:
        assert plain(item.text) in told
        assert item.owner in told


def test_scope_tells_how_far_the_operating_domain_was_walked_through(told: str, sample: Store) -> None:
    whole = coverage(sample)
    assert f"{whole.considered} of {whole.total} entries considered" in told
    for group in whole.groups:
        assert f"{plain(group.name)} {group.considered} of {len(group.entries)}" in told
    for entry in whole.entries:
        if not entry.verdict.considered:
            assert plain(f"{entry.group}: {entry.path}") in told


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_the_day_decides_what_has_run_out(ending: str) -> None:
    store = small()
    before = READ[ending](made(store, ending, as_of="2026-01-31"))
    after = READ[ending](made(store, ending, as_of="2026-12-01"))
    assert "31 January 2026" in before
    assert "1 December 2026" in after
    assert "In force" in before
    assert "Expired" in after
    assert "(overdue)" not in before
    assert "2026-02-01 (overdue)" in after
    assert "1 open action, 1 of them overdue." in after
    with pytest.raises(ExportError, match="is no date"):
        made(store, ending, as_of="yesterday")


def test_revisions_stand_there_newest_first(tmp_path: Path) -> None:
    store, path = small(), tmp_path / "p.hazard.json"
    save_project(store, path)
    revisions = Revisions(path)
    for number, message in enumerate(("First", "Second"), 1):
        with store.transaction("Note") as tx:
            tx.put(Cause(id=f"x{number}", code=f"C-9{number}", title=message))
        time = datetime(2026, 1, number, tzinfo=UTC)
        revisions.save(store, None, message=message, author="R. Adeyemi", time=time, baseline=f"Review {number}")
    said = words_of_html(made(store, "html", project=path))
    assert "Last revision saved 2 Review 2" in said
    history = said[said.rindex("Revision history") :]
    assert "2 2026-01-02 00:00 R. Adeyemi Second Review 2 1 2026-01-01 00:00 R. Adeyemi First Review 1" in history
    assert "No revisions were saved." in words_of_html(made(store, "html"))


def test_what_is_left_out_is_said_in_its_place_and_in_the_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    store = small()
    with store.transaction("More") as tx:
        for number in range(2, 6):
            tx.put(Hazard(id=f"h{number}", code=f"H-{number}", title=f"Hazard {number}"))
    for module in (report_context, report_hazards):
        monkeypatch.setattr(module, "HAZARDS", 2)
    monkeypatch.setattr(report_lists, "ROWS", 3)
    monkeypatch.setattr(report_hazards, "DRAWN", 1)
    said = words_of_html(made(store, "html"))
    summary = said[said.index("What this report leaves out") : said.index("2 Scope and operating domain", 500)]
    for sentence in (
        "2 of 5 hazards have a part of their own here, the worst; the log has all.",
        "3 of 5 hazards are listed; the exported hazard log has all.",
        "The diagram Main has 4 elements, more than a page can show; export it as a figure.",
    ):
        assert sentence in summary
        assert said.count(sentence) == 2
    monkeypatch.undo()
    assert "What this report leaves out" not in words_of_html(made(small(), "html"))


@pytest.mark.parametrize("ending", FORMATS)
def test_hostile_titles_stay_text(ending: str) -> None:
    store = small(HOSTILE)
    data = made(store, ending)
    if ending == "html":
        text = data.decode("utf-8")
        assert "<script" not in text
        assert "{{ 7*7 }}" in text
        assert "\x07" not in text
        assert "\u202e" not in text
        assert text.count("<svg ") == text.count("</svg>") > 3
        assert not re.search(r'(?:href|src)="(?!#)', text)
    elif ending == "docx":
        said = words_of_docx(data)
        assert "<script>alert(1)</script> =1+1 {{ 7*7 }}" in said
        assert "\u202e" not in said
        assert "مرحبا 中文" in said
    else:
        assert data.startswith(b"%PDF-1.4")
        assert b"/Subtype /Image" not in data
    assert "more characters)" in words_of_html(made(store, "html"))


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_project_gives_the_same_bytes(ending: str) -> None:
    store = small()
    other = Store(list(reversed(list(store.records.values()))))
    assert made(store, ending) == made(other, ending) == made(store, ending)


def test_an_empty_project_has_a_report_that_says_so(root: Path) -> None:
    store = load_project(root / "resources" / "templates" / "empty.hazard.json").store
    for ending, read in READ.items():
        said = read(made(store, ending))
        for sentence in ("0 hazards, 0 controls, 0 claims of evidence.", "The project has no hazards yet."):
            assert sentence in said
        for sentence in ("The project has no evidence yet.", "No actions are open.", "No revisions were saved."):
            assert sentence in said
    assert made(Store([]), "pdf").startswith(b"%PDF")


def test_a_wide_diagram_is_printed_across(sample: Store) -> None:
    text = made(sample, "html").decode()
    wide = [float(width) for width in re.findall(r'<figure class="across"[^>]*>\s*<svg [^>]*? width="([\d.]+)"', text)]
    narrow = [float(width) for width in re.findall(r'<figure style[^>]*>\s*<svg [^>]*? width="([\d.]+)"', text)]
    assert len(wide) >= 8
    assert min(wide) > 900 >= max(narrow)
    assert ".across { page: landscape; }" in text


def test_html_is_one_file_with_a_contents_list_that_leads_everywhere() -> None:
    text = made(small(), "html").decode()
    targets = set(re.findall(r' id="([^"]+)"', text))
    links = re.findall(r'href="#([^"]+)"', text)
    assert len(links) >= 11
    assert set(links) <= targets
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert "default-src 'none'" in text
    for forbidden in ("<script", "<link", "<img", "url(", "@import", "<iframe"):
        assert forbidden not in text
    assert set(re.findall(r'"(https?:[^"]*)"', text)) == {"http://www.w3.org/2000/svg"}


class Balance(HTMLParser):
    """Notes tags that are closed in another order than they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("word", ["", HOSTILE], ids=["usual", "hostile"])
def test_html_is_well_formed_and_each_row_has_every_cell(word: str) -> None:
    text = made(small(word), "html").decode()
    parser = Balance()
    parser.feed(re.sub(r"<svg .*?</svg>", "", text, flags=re.DOTALL))
    assert (parser.open, parser.wrong) == ([], [])
    for table in re.findall(r"<table>.*?</table>", text, flags=re.DOTALL):
        count = table.count("<th ")
        assert {row.count("<td") for row in re.findall(r"<tr><td.*?</tr>", table, flags=re.DOTALL)} <= {count}
    for drawn in re.findall(r"<svg .*?</svg>", text, flags=re.DOTALL):
        ET.fromstring(drawn)


def test_word_has_headings_page_numbers_repeated_heads_and_pages_across() -> None:
    docx = pytest.importorskip("docx")
    data = made(small(), "docx")
    document = docx.Document(io.BytesIO(data))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [text.split(" ", 1)[0] for text in headings] == [str(n) for n in range(1, 11)]
    assert {section.page_width.mm > section.page_height.mm for section in document.sections} == {True, False}
    assert max(round(section.page_width.mm) for section in document.sections) == 420
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body, parts = archive.read("word/document.xml").decode(), archive.namelist()
        assert any("PAGE" in archive.read(name).decode() for name in parts if "footer" in name)
    assert body.count("w:tblHeader") >= 5
    assert "w:fldSimple" not in body
    assert len(document.inline_shapes) >= 4
    assert document.core_properties.title.startswith("Hazard analysis report")


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_pdf_has_text_no_pixels_bookmarks_and_every_word(tmp_path: Path, sample: Store) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made(sample, "pdf"))
    said = plain(subprocess.run([tool("pdftotext"), str(path), "-"], capture_output=True, check=True, text=True).stdout)
    for record in (*sample.all(Hazard), *sample.all(Cause), *sample.all(Consequence), *sample.all(Control)):
        assert record.code in said
    assert "1 Summary" in said
    assert "Evidence that refutes" in said
    assert re.search(r"\b2 of \d+\b", said)
    images = subprocess.run([tool("pdfimages"), "-list", str(path)], capture_output=True, check=True, text=True).stdout
    assert len(images.splitlines()) == 2
    assert path.read_bytes().count(b"/Dest [") >= 18


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "html"])
def test_libreoffice_opens_it_with_every_section(tmp_path: Path, ending: str) -> None:
    office, path = tool("soffice"), tmp_path / f"report.{ending}"
    path.write_bytes(made(small(), ending))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    out = tmp_path / "out" / "report.pdf"
    said = plain(subprocess.run([tool("pdftotext"), str(out), "-"], capture_output=True, check=True, text=True).stdout)
    for title in ("Summary", "Risk matrices", "Hazard log", "Findings", "Accepted risks", "Revision history"):
        assert title in said
    assert "Prompt leaves it out" in said


def test_the_command_writes_it_and_says_what_does_not_do(tmp_path: Path) -> None:
    store, path = small(), tmp_path / "p.hazard.json"
    save_project(store, path)
    run = CliRunner().invoke
    out = tmp_path / "report.html"
    result = run(export, [str(path), "--what", "report", "-o", str(out), "--as-of", "2026-05-01"])
    assert (result.exit_code, result.output.strip()) == (0, str(out))
    assert out.read_bytes() == made(store, "html", project=path, as_of="2026-05-01")
    for arguments, said in (
        (["--what", "report", "-o", "x.svg"], "docx, html, pdf"),
        (["--what", "report"], "give -o OUT"),
        (["--what", "diagram", "-o", "x.png", "--template", str(tmp_path)], "--what report"),
        (["--what", "report", "-o", str(tmp_path / "x.pdf"), "--template", str(tmp_path)], "templates are for html"),
        (["--what", "report", "-o", str(tmp_path / "x.html"), "--template", str(out)], "is no folder"),
    ):
        result = run(export, [str(path), *arguments])
        assert result.exit_code != 0
        assert said in str(result.output) + str(result.exception)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["p.hazard.json", "report.html"]


def test_nothing_is_written_where_the_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such folder"):
        export_report(small(), tmp_path / "nowhere" / "report.pdf")


def test_the_newest_day_of_the_project_stands_where_none_is_asked_for() -> None:
    assert newest_day(small()) == date(2026, 1, 3)
    assert "3 January 2026" in words_of_html(made(small(), "html"))
