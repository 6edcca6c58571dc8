"""JUnit XML of many writers: errors are no failures, document types are refused, nothing is expanded."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import within
from tests.unit.evidence.formats import fuzz
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson

CASES = """<testcase classname="m.C" name="a" time="0.1"/>
<testcase classname="m.C" name="b"><failure message="x">trace</failure></testcase>
<testcase classname="m.C" name="c"><error/></testcase>
<testcase classname="m.D" name="d"><skipped/></testcase>
<testcase classname="m.D" name="e"><system-out>&lt;failure/&gt; talks</system-out></testcase>"""
STATED = 'tests="5" failures="1" errors="1" skipped="1" timestamp="2026-01-01T00:00:00"'
SUITE = f'<testsuite name="s" {STATED}>{CASES}</testsuite>'
REPORT = (
    f'<?xml version="1.0" encoding="utf-8"?>\n<!-- made for a test -->\n<testsuites name="all">{SUITE}</testsuites>'
)


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "x"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def one(path: Path) -> Any:
    (imported,) = read_run(path)
    return imported


def counts(imported: Any) -> tuple[Any, ...]:
    c = imported.run.counts
    return (c.planned, c.scored, c.errors, c.unscored)


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


def test_errors_and_skips_are_missing(tmp_path):
    imported = one(write(tmp_path, REPORT))
    rate = imported.metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (2, 3, 2)
    assert (rate.estimate.low, rate.estimate.high) == wilson(2, 3)
    assert counts(imported) == (5, 3, 1, 1)
    assert (imported.run.task.name, imported.run.started_at) == ("all", "2026-01-01T00:00:00")
    assert {item.item for item in imported.items[rate.id]} == {"m.C::a", "m.C::b", "m.C::c", "m.D::d", "m.D::e"}
    assert says(imported, "1 of 5 tests ended in an error")
    assert {tuple(m.strata.items()): m.n for m in imported.metrics[1:]} == {
        (("class", "m.C"),): 2,
        (("class", "m.D"),): 1,
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_single_suite_in_other_encodings(tmp_path, encoding):
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{SUITE.replace("m.C", "é")}'
    assert one(write(tmp_path, text.encode(encoding))).metrics[0].n == 3


def test_nested_suites_count_each_test_once(tmp_path):
    inner = '<testsuite name="in" tests="1"><testcase name="y"/></testsuite>'
    text = f'<testsuite name="out" tests="2" failures="0"><testcase name="x"/>{inner}</testsuite>'
    imported = one(write(tmp_path, text))
    assert counts(imported) == (2, 2, 0, 0)
    assert not says(imported, "suites state")
    assert {m.strata.get("suite") for m in imported.metrics} == {None, "in", "out"}


def test_tests_beside_the_suites_that_state_counts(tmp_path):
    """As node writes them: tests at the root, of which no suite knows."""
    inner = '<testsuite name="in" tests="1" failures="0"><testcase name="y"/></testsuite>'
    imported = one(write(tmp_path, f'<testsuites><testcase name="x"><failure/></testcase>{inner}</testsuites>'))
    assert (counts(imported), imported.metrics[0].missing) == ((2, 2, 0, 0), 0)
    assert not says(imported, "suites state")
    assert imported.run.task.name == ""


def test_a_root_that_forgets_the_skipped(tmp_path):
    inner = '<testsuite tests="2" failures="0" skipped="1"><testcase name="x"/><testcase name="y"><skipped/></testcase>'
    imported = one(write(tmp_path, f'<testsuites tests="2" failures="0">{inner}</testsuite></testsuites>'))
    assert counts(imported) == (2, 1, 0, 1)
    assert not says(imported, "suites state")
    bare = '<testsuites tests="5" failures="2"><testsuite tests="5" failures="2" skipped="1"/></testsuites>'
    assert counts(one(write(tmp_path, bare))) == (5, 4, 0, 1)
    root = '<testsuites tests="3" failures="1"><testcase name="x"/></testsuites>'
    assert one(write(tmp_path, root)).metrics[0].missing == 2


def test_counts_without_tests(tmp_path):
    text = '<testsuites><testsuite tests="6" failures="1" errors="1" skipped="2"/><testsuite tests="4"/></testsuites>'
    imported = one(write(tmp_path, text))
    rate = imported.metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (6, 7, 3)
    assert says(imported, "holds counts and no tests")
    with pytest.raises(ImportProblem, match="contradict"):
        read_run(write(tmp_path, '<testsuite tests="1" failures="3"/>'))


def test_tests_that_are_stated_but_not_listed_are_missing(tmp_path):
    imported = one(write(tmp_path, '<testsuite tests="5"><testcase name="a"/></testsuite>'))
    assert (imported.metrics[0].n, imported.metrics[0].missing) == (1, 4)
    assert says(imported, "The suites state 5 tests, the report lists 1")
    differing = one(write(tmp_path, '<testsuite tests="1" failures="1"><testcase name="a"/></testsuite>'))
    assert says(differing, "the listed ones count")


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        ('<testcase name="a" status="notrun"/>', "unscored"),
        ('<testcase name="a" result="suppressed"/>', "unscored"),
        ('<testcase name="a"><failure/><error/></testcase>', "error"),
        ('<testcase name="a"><skipped/><failure/></testcase>', "scored"),
        ('<testcase name="a"><properties><failure/></properties></testcase>', "scored"),
        ('<testcase name="a"><skipped type="todo"/><failure/></testcase>', "unscored"),
        ('<testcase name="a"><flakyFailure/></testcase>', "scored"),
    ],
)
def test_outcomes(tmp_path, case, outcome):
    imported = one(write(tmp_path, f"<testsuite>{case}</testsuite>"))
    assert [item.state for item in imported.items[imported.metrics[0].id]] == [outcome]


def test_what_is_said_of_odd_reports(tmp_path):
    twice = one(write(tmp_path, '<testsuite><testcase name="a"/><testcase name="a"/></testsuite>'))
    assert twice.metrics[0].clusters == 1
    assert says(twice, "2 tests with 1 different name")
    linter = one(write(tmp_path, '<testsuite><testcase name="a"><failure/></testcase></testsuite>'))
    assert says(linter, "No listed test passed")
    flaky = one(write(tmp_path, '<testsuite><error/><testcase name="a"><rerunFailure/></testcase></testsuite>'))
    assert says(flaky, "run again after a failure: 1")
    assert says(flaky, "Errors of whole suites: 1")
    expected = '<testsuite name="pytest"><testcase name="a"><skipped type="pytest.xfail"/></testcase></testsuite>'
    assert says(one(write(tmp_path, expected)), "expected to fail and did: 1")
    assert one(write(tmp_path, expected)).run.library.name == "pytest"


LAUGHS = (
    "<!DOCTYPE testsuite [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(10))
    + "]><testsuite><testcase name='&k;'/></testsuite>"
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        '<?xml version="1.0"?>\n' + LAUGHS,
        '<!DOCTYPE testsuite SYSTEM "http://localhost:1/x.dtd"><testsuite><testcase name="a"/></testsuite>',
        '<!DOCTYPE testsuite [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;"/></testsuite>',
        "<!-- " + "x" * 1_000 + " -->" + LAUGHS,
        LAUGHS.encode("utf-16"),
    ],
)
def test_document_types_are_refused(tmp_path, text):
    with within(100), pytest.raises(ImportProblem, match="document type"):
        read_run(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<testsuites/>", "no test cases"),
        ("<testsuite tests='0'></testsuite>", "no test cases"),
        ("<testsuite tests='9999999999999999999999'></testsuite>", "no test cases"),
        (REPORT[:300], "not well-formed"),
        (REPORT + "<x/>", "not well-formed"),
        ("<testsuite><testcase name='&x;'/></testsuite>", "not well-formed"),
        ('<?xml version="1.0" encoding="no-such"?><testsuite><testcase/></testsuite>', "XML"),
        ("<testsuite>" * 200 + "</testsuite>" * 200, "nested too deeply"),
        ("<testsuite>" + "<testcase/>" * 200_001 + "</testsuite>", "200,000 test cases"),
        ("<testsuites>" + "<testsuite/>" * 100_001 + "</testsuites>", "100,000 suites"),
        ("<testsuite><x>" + "<y/>" * 800_001 + "</x></testsuite>", "800,000 elements"),
    ],
)
def test_refusals(tmp_path, text, words):
    path = write(tmp_path, text)
    with within(100), pytest.raises(ImportProblem, match=words):
        read_run(path)


def test_a_gibibyte(tmp_path):
    for start in (b"<testsuite><testcase name='", b"<testsuite><system-out>", b"<testsuite>"):
        path = tmp_path / "x"
        with path.open("wb") as file:
            file.write(start)
            file.truncate(2**30)
        with pytest.raises(ImportProblem, match="1,024 MiB"):
            read_run(path)
    path.write_bytes(b"<testsuite><testcase name='" + b"x" * (20 * 2**20))
    with pytest.raises(ImportProblem, match="a piece of more than 16 MiB"):
        read_run(path)


def test_broken_files(tmp_path):
    fuzz.broken_variants(tmp_path / "x", REPORT.encode())


@settings(max_examples=fuzz.rounds(200), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_mutated_bytes(tmp_path, seed):
    path = tmp_path / "x"
    path.write_bytes(fuzz.mutated(REPORT.encode(), seed))
    fuzz.holds(path)


TAGS = ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "properties", "x:testsuite", "flakyError"]
NAMES = ["name", "classname", "tests", "failures", "errors", "skipped", "status", "timestamp", "disabled", "type"]
attributes = st.dictionaries(
    st.sampled_from(NAMES),
    st.sampled_from(["", "0", "3", "-1", "1e999", "NaN", "9" * 40, "٣", "&#x41;", "notrun", "é"]),
    max_size=4,
)
elements: st.SearchStrategy[Any] = st.recursive(
    st.tuples(st.sampled_from(TAGS), attributes, st.just([])),
    lambda inner: st.tuples(st.sampled_from(TAGS), attributes, st.lists(inner, max_size=3)),
    max_leaves=10,
)


def text_of(element: Any) -> str:
    tag, given_, children = element
    written = "".join(f' {name}="{value}"' for name, value in given_.items())
    return f"<{tag}{written}>{''.join(map(text_of, children))}</{tag}>"


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(elements)
def test_any_tree_of_such_elements(tmp_path, element):
    path = tmp_path / "x"
    path.write_text(f"<testsuite>{text_of(element)}</testsuite>", encoding="utf-8")
    fuzz.holds(path)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
@pytest.mark.parametrize(
    ("name", "expected", "successes"),
    [
        ("jenkins.xml", (3, 2, 0, 1), 1),
        ("junit.fail.xml", (5, 4, 0, 1), 3),
        ("minimal-attributes.xml", (4, 2, 1, 1), 1),
        ("no-cases-but-tests.xml", (6, 4, 0, 2), 3),
        ("suite-logs.xml", (1, 0, 1, 0), None),
        ("testsuite-root.xml", (5, 5, 0, 0), 5),
    ],
)
def test_real_files(name, expected, successes):
    path = fuzz.SHARED / "junit" / name
    assert set(fuzz.claims(path)) - {"table"} == {"junit"}
    imported = one(path)
    assert counts(imported) == expected
    assert imported.metrics[0].successes == successes


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
@pytest.mark.parametrize(
    ("name", "words"), [("corrupt-xml.xml", "cut off or not well-formed"), ("empty.xml", "is empty")]
)
def test_real_files_that_are_refused(name, words):
    with pytest.raises(ImportProblem, match=words):
        read_run(fuzz.SHARED / "junit" / name)
