"""Templates of a report: replaced one by one, in a sandbox, their errors told with file and line."""

from pathlib import Path

import pytest

from tests.unit.export.reports import made, small, words_of_html
from workbench.export import report_html
from workbench.export.errors import ExportError
from workbench.paths import resource


def templates(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.html.j2").write_text(text, encoding="utf-8")
    return folder


def test_one_part_is_replaced_and_the_others_are_the_programs(tmp_path: Path) -> None:
    (tmp_path / "style.css.j2").write_text("body { color: #123456; }", encoding="utf-8")
    text = made(small(), "html", template=tmp_path).decode()
    assert "#123456" in text
    assert "max-width: 68rem" not in text
    assert words_of_html(made(small(), "html")) == words_of_html(text.encode())


def test_a_template_of_ones_own_sees_the_report_and_escapes_it(tmp_path: Path) -> None:
    own = templates(
        tmp_path,
        report="{{ report.project }}|{% for block in report.section('summary').blocks %}{{ block.kind }},{% endfor %}"
        "|{{ report.section('none') is none }}|{{ '<i>' }}|{% set bell = '\x07' %}{{ bell }}",
    )
    text = made(small("<b>"), "html", template=own).decode()
    assert text.startswith("Project&lt;b&gt;|words,words,table,")
    assert text.endswith("|True|&lt;i&gt;|\ufffd")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("line one\n{% if %}", "report.html.j2, line 2: "),
        ("\n\n{{ nothing.here }}", "report.html.j2, line 3: 'nothing' is undefined."),
        ("{{ report.titel }}", "report.html.j2, line 1: "),
        ("{{ 1 / 0 }}", "report.html.j2, line 1: division by zero."),
        ("{% include 'gone.html.j2' %}", "report.html.j2, line 1: "),
        ("{{ 'x' | svg }}", "report.html.j2, line 1: only a picture can be drawn with the filter svg."),
        ("{{ report.section() }}", "report.html.j2, line 1: "),
    ],
    ids=["syntax", "undefined", "attribute", "division", "missing", "filter", "call"],
)
def test_an_error_is_one_line_with_file_and_line(tmp_path: Path, source: str, told: str) -> None:
    with pytest.raises(ExportError) as caught:
        made(small(), "html", template=templates(tmp_path, report=source))
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "{{ report.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ report.section.__globals__ }}",
        "{{ (report | attr('__class__')) }}",
        "{{ '{0.__class__}'.format(report) }}",
        "{{ '%s' | format(report.__dict__) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../secret.html.j2' %}",
        "{% extends '../../secret.html.j2' %}",
        "{% import 'sub/../../secret.html.j2' as x %}",
        "{{ lipsum() }}",
        "{{ range(10000000) | list }}",
        "{% set _ = report.facts.append(1) %}",
        "{{ report.sections[0].blocks.__class__ }}",
        "{{ [].append.__self__ }}",
        "{{ open('/etc/passwd').read() }}",
        "{% do 1 %}",
    ],
)
def test_nothing_gets_out_of_the_sandbox(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret.html.j2").write_text("SECRET", encoding="utf-8")
    with pytest.raises(ExportError):
        made(small(), "html", template=templates(tmp_path / "own", report=source))


def test_the_report_cannot_be_changed_by_a_template(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"report\.html\.j2, line 1"):
        made(small(), "html", template=templates(tmp_path, report="{% set report.title = 'x' %}"))


def test_a_template_that_never_ends_is_stopped_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_html, "_LARGEST", 100_000)
    own = templates(tmp_path, report="{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}")
    with pytest.raises(ExportError, match="The template writes more than"):
        made(small(), "html", template=own)


def test_a_folder_without_any_of_the_parts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds none of blocks\.html\.j2, report\.html\.j2, style\.css\.j2"):
        made(small(), "html", template=tmp_path)


def test_every_part_of_the_programs_own_is_used() -> None:
    names = {path.name for path in resource("templates", "report").iterdir()}
    text = "".join(path.read_text(encoding="utf-8") for path in resource("templates", "report").iterdir())
    assert names == {"report.html.j2", "blocks.html.j2", "style.css.j2"}
    assert all(f'"{name}"' in text for name in names - {"report.html.j2"})
