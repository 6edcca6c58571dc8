"""Files that are broken, or made to do harm: one plain line each, quickly, and nothing else."""

import os
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import within
from tests.unit.evidence.logs import header, row, rows, text, write_eval, write_json, write_lines, zip_of, zstd_zip
from workbench.evidence.intake import MAX_JSON, MIB, top_level_keys
from workbench.evidence.problems import ImportProblem, one_line
from workbench.evidence.reading import read_run

MOST = 50.0


def refused(path: Path | str, *words: str) -> str:
    """The message with which a file is refused; in time, and in one line that names the file."""
    with within(MOST), pytest.raises(ImportProblem) as caught:
        read_run(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(one_line(str(path)))
    for word in words:
        assert word in message
    return message


def test_what_is_no_file(tmp_path):
    refused(tmp_path, "is a folder", "name the run file")
    refused(tmp_path / "missing.eval", "does not exist")
    (tmp_path / "empty.eval").touch()
    refused(tmp_path / "empty.eval", "is empty")
    refused("nul\0byte", "cannot be opened")
    refused(tmp_path / ("x" * 5000), "cannot be opened")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "no ordinary file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    path = write_lines(tmp_path / "r.jsonl", {"task_id": "a", "passed": True})
    path.chmod(0)
    refused(path, "may not be read")


@pytest.mark.parametrize(
    "content",
    [b"hello", b"\x00" * 100, b"\x89PNG\r\n", b"{}", b"[]", b"null", b'"text"', b'{"a": 1}', b"<xml/>"],
)
def test_other_files_are_told_what_is_read(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    refused(tmp_path / "x", "no run file this version reads", "Inspect logs", "human-eval")


def test_a_gibibyte_on_one_line(tmp_path):
    for name, start in (
        ("a.jsonl", b'{"task_id": "a", "passed": '),
        ("b.json", b'{"version": 2, "status": "x", "eval": '),
    ):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(start)
            file.truncate(2**30)  # a hole: it takes no room on the disk
        refused(path, "16 MiB" if name == "a.jsonl" else "not valid JSON")
    endless = tmp_path / "d.json"
    with endless.open("wb") as file:
        file.write(text(header())[:-1] + b', "samples": ["' + b"x" * 2**27)
        file.truncate(2**30)
    refused(endless)
    other = tmp_path / "c.jsonl"
    with other.open("wb") as file:
        file.write(b'{"task_id": "a", "passed": true}\n{"task_id": "')
        file.truncate(2**30)
    refused(other, "line 2 is longer than 16 MiB")


@pytest.mark.parametrize("unit", [b"[],", b'{"a":1},', b'"ab",', b"NaN,"])
@pytest.mark.parametrize("mebibytes", [31, 90])
def test_memory_stays_bounded_for_the_worst_json(tmp_path, unit, mebibytes):
    path = tmp_path / "wide.json"
    times = mebibytes * 2**20 // len(unit)
    path.write_bytes(b'{"version": 2, "status": "x", "eval": {"task": "t"}, "x": [' + unit * times + b"1]}")
    refused(path, "too many values")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the peak of a process")
def test_the_peak_of_memory(tmp_path):
    path = tmp_path / "wide.json"
    path.write_bytes(b'{"version": 2, "status": "x", "eval": {"task": "t"}, "x": [' + b"[]," * 20_000_000 + b"1]}")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from workbench.evidence.problems import ImportProblem\n"
        "from workbench.evidence.reading import read_run\n"
        "try: read_run(sys.argv[1])\n"
        "except ImportProblem: pass\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 512 * 1024


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize("depth", [200, 900, 100_000])
def test_deep_nesting(tmp_path, depth):
    path = tmp_path / "deep.json"
    path.write_bytes(text(header())[:-1] + b', "extra": ' + nested(depth) + b"}")
    if depth == 200:
        assert read_run(path)[0].run.model.name == "lab/model-1"
    elif depth == 100_000:
        refused(path, "nested too deeply")


def test_json_beyond_what_is_read_says_what_to_do_instead(tmp_path):
    path = tmp_path / "x_eval_results.json"
    path.write_bytes(b'{"date": "2025-03-01 10:20", "eval": {"HumanEval/0": [{"base_status": "pass", "solution": "')
    os.truncate(path, MAX_JSON + MIB)
    refused(
        path,
        "is 97 MiB of JSON; up to 96 MiB are read; ",
        "write it smaller or split it: an Inspect log as .eval, others as JSON Lines where the tool can",
    )


def test_deep_nesting_before_the_format_is_known(tmp_path):
    (tmp_path / "deep").write_bytes(b'{"a":' * 100_000)
    refused(tmp_path / "deep", "no run file")


def test_a_huge_number_and_odd_constants(tmp_path):
    path = tmp_path / "n.json"
    path.write_bytes(text(header())[:-1] + b', "extra": ' + b"9" * 100_000 + b"}")
    refused(path, "cannot be read")
    path.write_bytes(text(header())[:-1] + b', "extra": [NaN, -Infinity, 1e999]}')
    assert read_run(path)


def test_quotes_without_end_do_not_take_quadratic_time():
    with within(20):
        for text_ in ('{"a": "' + '\\"' * 200_000, '{"' * 200_000, '{"a":"' + "\\" * 200_001):
            list(top_level_keys(text_))


def test_top_level_keys_of_text_that_breaks_off():
    assert list(top_level_keys(' {"a": {"b": 1}, "c": [{"d": 1}], "e": "x:y", "f\\"g": 1, "h": {"i"')) == [
        "a",
        "c",
        "e",
        'f\\"g',
        "h",
    ]
    assert list(top_level_keys('{"a": 1}\n{"b": 2}')) == ["a"]
    assert list(top_level_keys("[1]")) == []


def truncated_at(data: bytes, fraction: float) -> bytes:
    return data[: int(len(data) * fraction)]


@pytest.mark.parametrize("fraction", [0.01, 0.3, 0.7, 0.99])
def test_truncated_files(tmp_path, fraction):
    whole = write_eval(tmp_path / "l.eval", header(), rows("C", "I", "C", "I")).read_bytes()
    (tmp_path / "cut.eval").write_bytes(truncated_at(whole, fraction))
    refused(tmp_path / "cut.eval")
    text_log = write_json(tmp_path / "l.json", header(), rows("C", "I", "C", "I")).read_bytes()
    (tmp_path / "cut.json").write_bytes(truncated_at(text_log, fraction))
    refused(tmp_path / "cut.json")


def bomb(size: int, stated: int, method: int = 8) -> tuple[int, bytes, int, int]:
    data = b"\0" * size
    if method == 8:
        packer = zlib.compressobj(9, wbits=-15)
        packed = packer.compress(data) + packer.flush()
    else:
        from backports import zstd

        packed = zstd.compress(data)
    return (method, packed, stated, zlib.crc32(data))


@pytest.mark.parametrize("method", [8, 93])
def test_zip_bombs(tmp_path, method):
    path = tmp_path / "bomb.eval"
    start = text({"eval": {"task": "t"}})
    journal = {"_journal/start.json": (0, start, len(start), zlib.crc32(start))}
    path.write_bytes(zip_of(journal | {"summaries.json": bomb(2**26, 2**26, method)}))
    refused(path)
    path.write_bytes(zip_of(journal | {"summaries.json": bomb(2**20, 2**32 - 2, method)}))
    refused(path, "would unpack to")
    path.write_bytes(zip_of(journal | {"summaries.json": bomb(2**26, 100, method)}))  # says it is small
    refused(path, "damaged")
    members = {f"samples/{i}.json": bomb(2**16, 2**31, method) for i in range(40)}
    path.write_bytes(zip_of(journal | members))
    refused(path, "zip bomb")


def test_a_journal_of_many_large_parts(tmp_path):
    start = text({"eval": {"task": "t"}})
    members = {"_journal/start.json": (0, start, len(start), zlib.crc32(start))}
    members |= {f"_journal/summaries/{i}.json": (0, b"[]" * 50, 2**25, 0) for i in range(10)}
    (tmp_path / "l.eval").write_bytes(zip_of(members))
    refused(tmp_path / "l.eval", "journal")


def test_names_are_never_paths(tmp_path):
    evil = {
        "../../evil.json": b"{}",
        "/etc/evil": b"{}",
        "C:\\evil": b"{}",
        "samples/../../../x": b"{}",
        "header.json/": b"",
    }
    inside = tmp_path / "inside"
    inside.mkdir()
    before = sorted(tmp_path.rglob("*"))
    path = write_eval(inside / "l.eval", header(), rows("C", "I", "C", "I"), more=evil)
    assert read_run(path)[0].metrics[0].n == 4
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])


def patched(data: bytes, name: str, field: str, value: int) -> bytes:
    """A zip with one number of the directory entry of ``name`` changed."""
    at = data.rindex(name.encode())
    offset, size = {"method": (-36, 2), "flags": (-38, 2), "crc": (-30, 4), "packed": (-26, 4), "offset": (-4, 4)}[
        field
    ]
    return data[: at + offset] + value.to_bytes(size, "little") + data[at + offset + size :]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("method", 12, "zip method 12"),
        ("flags", 1, "encrypted"),
        ("crc", 1, "checksum"),
        ("packed", 2**31, "points outside"),
        ("offset", 2**31, "points outside"),
        ("offset", 3, "does not begin"),
        ("offset", 0, "another entry"),
    ],
)
def test_lying_directories(tmp_path, field, value, words):
    data = zstd_zip({"first": b"x", "header.json": text(header())})
    (tmp_path / "l.eval").write_bytes(patched(data, "header.json", field, value))
    refused(tmp_path / "l.eval", words)


def test_zip64_directories_are_read(tmp_path):
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        with archive.open("header.json", "w", force_zip64=True) as member:
            member.write(text(header()))
        archive.writestr("summaries.json", text(rows("C", "I", "C", "I")))
    (tmp_path / "l.eval").write_bytes(buffer.getvalue())
    assert read_run(tmp_path / "l.eval")[0].metrics[0].n == 4


def test_a_header_that_says_nothing(tmp_path):
    for content in (b"[]", b"{}", b'{"eval": 3}', b"not json", b"\xff\xfe"):
        (tmp_path / "l.eval").write_bytes(zstd_zip({"header.json": content}))
        refused(tmp_path / "l.eval")
    (tmp_path / "l.eval").write_bytes(zstd_zip({"header.json": text(header()), "summaries.json": b"{}"}))
    refused(tmp_path / "l.eval", "summaries.json is no JSON list")


def test_a_message_is_one_line_whatever_the_name(tmp_path):
    refused(tmp_path / "two\nlines\x1b[31m", "does not exist")


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["C", "I", "P", "N", "mean", "pass_at_2"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_value_anywhere_in_a_log_is_read_or_refused(tmp_path_factory, data):
    log, samples = header(), rows("C", "I", "P", "N")
    places = [
        log,
        log["eval"],
        log["eval"]["config"],
        log["eval"]["dataset"],
        log["results"],
        log["results"]["scores"][0],
    ]
    places += [*samples, samples[0]["scores"], samples[0]["scores"]["match"]]
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from(places))
        place[data.draw(st.sampled_from(sorted(place)) if place else st.just("x"))] = data.draw(JSON_VALUES)
    path = tmp_path_factory.mktemp("fuzz") / "l.json"
    write_json(path, log, samples)
    try:
        (imported,) = read_run(path)
    except ImportProblem:
        return
    imported.run.model_dump_json()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["task_id", "passed", "solution", "result"]), JSON_VALUES), max_size=5))
def test_any_value_anywhere_in_results_is_read_or_refused(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("fuzz") / "r.jsonl"
    write_lines(path, {"task_id": "a", "passed": True}, *lines)
    try:
        (imported,) = read_run(path)
    except ImportProblem:
        return
    assert imported.run.counts.planned == len(lines) + 1


@pytest.mark.parametrize("kind", ["deflate", "zstd", "json", "lines"])
def test_mutated_bytes_are_read_or_refused(tmp_path, kind):
    path = tmp_path / "x"
    if kind == "json":
        write_json(path, header(), rows("C", "I", "C", float("nan")))
    elif kind == "lines":
        write_lines(path, *({"task_id": f"T/{i}", "solution": "x", "passed": i < 3} for i in range(6)))
    else:
        write_eval(path, header(), [row(i, "C") for i in "abcd"], method=kind)
    whole = path.read_bytes()
    chance = random.Random(7)
    messages = []
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            choice = chance.random()
            if choice < 0.5:
                data[at] = chance.randrange(256)
            elif choice < 0.75:
                del data[at : at + chance.randint(1, 40)]
            else:
                data[at:at] = data[: chance.randint(1, 40)]
            data = data or bytearray(b"{")
        path.write_bytes(data)
        try:
            read_run(path)
        except ImportProblem as problem:
            messages.append(str(problem))
    assert messages
    assert not any("\n" in message for message in messages)
