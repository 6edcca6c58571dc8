"""What a person typed, in the formats that are markup."""

import re
import zipfile

import pytest

from workbench.export.errors import ExportError
from workbench.export.log import export_log
from workbench.export.markup import in_html, in_markdown
from workbench.export.odd import table_bytes
from workbench.export.out_file import check_place
from workbench.model.elements import Hazard
from workbench.model.judgement import PROJECT_ID, OddCategory, Project
from workbench.store.store import Store

TURNED = "10\u00a0% of\u3000users \u202egnp\u202c caf\u00e9 \U0001f469\u200d\U0001f4bb"
SEEN = "10\u00a0% of users \u2039RLO\u203agnp\u2039PDF\u203a caf\u00e9 \U0001f469\u200d\U0001f4bb"


def test_blanks_stay_and_what_turns_the_direction_is_shown():
    assert in_html(TURNED) == SEEN
    assert in_markdown(TURNED) == SEEN


@pytest.mark.parametrize(
    ("text", "page", "marked"),
    [
        ("<b>x</b> & 'y'", "&lt;b&gt;x&lt;/b&gt; &amp; &#x27;y&#x27;", "&lt;b&gt;x&lt;/b&gt; &amp; 'y'"),
        ("one\ntwo\u2028three", "one<br>two<br>three", "one two three"),
        ("a|b *c* [d](e)", "a|b *c* [d](e)", "a\\|b \\*c\\* \\[d\\](e)"),
        ("see https://a.b or www.c or x@y", "see https://a.b or www.c or x@y", None),
    ],
)
def test_nothing_is_taken_for_markup(text, page, marked):
    assert in_html(text) == page
    if marked is not None:
        assert in_markdown(text) == marked
    else:
        assert not re.search(r"://|www\.|@", in_markdown(text))


def test_every_document_shows_such_a_text_alike(tmp_path):
    store = Store([Project(id=PROJECT_ID), Hazard(id="h", code="H-1", title=TURNED)])
    for ending in ("html", "md", "docx"):
        out = tmp_path / f"log.{ending}"
        export_log(store, out)
        data = zipfile.ZipFile(out).read("word/document.xml") if ending == "docx" else out.read_bytes()
        assert SEEN in data.decode(), ending


def test_the_tables_of_the_operating_domain_show_it_too():
    store = Store([Project(id=PROJECT_ID), OddCategory(id="o", group="Vector", name=TURNED)])
    for format in ("html", "md"):
        assert SEEN in table_bytes(store, format).decode(), format


def test_a_place_for_a_file_is_looked_at_first(tmp_path):
    check_place(tmp_path / "a.svg")
    with pytest.raises(ExportError, match="is a folder; give a file name"):
        check_place(tmp_path)
    with pytest.raises(ExportError, match="no such folder; make it"):
        check_place(tmp_path / "none" / "a.svg")
