"""Which addresses may be opened, what exactly would be, and what a reader is told of them."""

import pytest

from workbench.analysis.addresses import address, addresses_of, any_address, found_in
from workbench.commands.create import create_on_diagram, new_diagram
from workbench.model.elements import Control, Guard, Link
from workbench.model.runs import Run, Source
from workbench.store.store import Store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.org/a.", ["https://example.org/a"]),
        ("See (https://example.org/a_(b)), then mailto:a@b.org!", ["https://example.org/a_(b)", "mailto:a@b.org"]),
        ("ISO 31000:2018, clause 6; Note:this; 12:30", []),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        (
            "javascript:alert(1) file:///etc/passwd ms-settings:x",
            ["javascript:alert(1)", "file:///etc/passwd", "ms-settings:x"],
        ),
        ("", []),
    ],
)
def test_addresses_are_found_in_what_people_type(text, found):
    assert found_in(text) == found


@pytest.mark.parametrize(
    ("text", "target", "host"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d", "example.org"),
        ("HTTPS://Example.ORG:8443/", "https://example.org:8443/", "example.org:8443"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x", "[2001:db8::1]"),
        ("https://example.org/ä b".replace(" ", ""), "https://example.org/%C3%A4b", "example.org"),
        ("https://example.org/100%", "https://example.org/100%25", "example.org"),
        ("https://example.org/a%20b", "https://example.org/a%20b", "example.org"),
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe", "example.org"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("mailto:ada@example.org?subject=x", "mailto:ada@example.org?subject=x", "ada@example.org"),
    ],
)
def test_the_target_is_whole_and_plain(text, target, host):
    found = address(text)
    assert (found.target, found.host, found.refused) == (target, host, "")
    assert found.target.isascii()
    assert found.target.isprintable()
    assert " " not in found.target


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://xn--pple-43d.com/", "аpple.com"),
        ("https://аpple.com/", "аpple.com"),
        ("https://good.example@evil.example/", "leads to evil.example"),
        ("http://example.org/", "not encrypted"),
        ("mailto:a@b.org?cc=c@d.org", "fills in more"),
        ("https://example.org/ä", "spelled with %"),
    ],
)
def test_what_may_be_overlooked_is_said(text, said):
    assert any(said in remark for remark in address(text).remarks), address(text)


def test_a_plain_address_gives_no_remark():
    assert address("https://example.org/a?b#c").remarks == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("file:///etc/passwd", "this one is file"),
        ("javascript:alert(1)", "this one is javascript"),
        ("data:text/html,x", "this one is data"),
        ("ftp://example.org/x", "this one is ftp"),
        ("ssh://-oProxyCommand=x/", "this one is ssh"),
        ("https://", "no host"),
        ("https:///etc", "no host"),
        ("https://exa\u202emple.org/", "no host"),
        ("https://a..b/", "no host"),
        ("https://-x/", "no host"),
        ("https://example.org:99999/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://example.org/\x00", "control character"),
        ("https://example.org\\@evil.org/", "control character or \\"),
        ("https://example.org/" + "a" * 2_000, "2,020 characters"),
        ("mailto:nobody", "names nobody"),
        ("mailto:?to=a@b.org", "names nobody"),
        ("https://example.org/\ud800", "control character"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text, why):
    found = address(text)
    assert why in found.refused
    assert found.target == ""


def test_addresses_of_elements_guards_and_runs():
    store = Store()
    with store.transaction("Add") as tx:
        sheet = new_diagram(tx, "D")
        cause = create_on_diagram(tx, sheet, "cause", 0, 0, references=("ISO 26262-3:2018", "https://one.example/"))
        event = create_on_diagram(tx, sheet, "top_event", 400, 0)
        control = Control(id="c", title="C", code="B-1", references=("https://two.example/", "https://one.example/"))
        tx.put(control)
        tx.put(Link(id="l", kind="leads_to", source=cause, target=event))
        tx.put(Guard(id="g", control="c", subject="l", order="a"))
        tx.put(Run(id="r", title="R", source=Source(path="https://three.example/run")))
    assert [one.text for one in addresses_of(store, [cause])] == ["https://one.example/"]
    assert [one.text for one in addresses_of(store, ["g", cause])] == ["https://two.example/", "https://one.example/"]
    assert [one.text for one in addresses_of(store, ["r"])] == ["https://three.example/run"]
    assert addresses_of(store, [event, "nobody", "l"]) == ()
    assert any_address(store, ["nobody", event, cause])
    assert not any_address(store, [event, "l"])
