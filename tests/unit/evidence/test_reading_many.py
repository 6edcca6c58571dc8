"""Several files and folders at once."""

import os
from pathlib import Path

import pytest

from tests.effort import within
from tests.unit.evidence.logs import header, rows, write_eval, write_lines
from workbench.evidence import folders, reading
from workbench.evidence.formats import human_eval
from workbench.evidence.imported import Draft, Importer
from workbench.evidence.problems import Cancelled, ImportProblem
from workbench.evidence.reading import read_many


def results(path: Path, passed: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_lines(path, *({"task_id": f"t/{i}", "completion": "x", "passed": passed} for i in range(4)))


def names(found) -> list[str]:
    return [Path(imported.run.source.path).name for imported in found.runs]


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    good = [results(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    (tmp_path / "bad").write_text("no run", encoding="utf-8")
    found = read_many([good[0], tmp_path / "bad", tmp_path / "missing", good[1]])
    assert names(found) == ["a.jsonl", "b.jsonl"]
    assert [str(problem).split(": ")[0] for problem in found.problems] == [
        str(tmp_path / "bad"),
        str(tmp_path / "missing"),
    ]
    assert found.passed_over == 0


def test_a_folder_gives_its_runs_and_counts_the_rest(tmp_path):
    results(tmp_path / "z.jsonl")
    results(tmp_path / "deep" / "er" / "b.jsonl")
    results(tmp_path / ".hidden" / "h.jsonl")
    results(tmp_path / ".h.jsonl")
    write_eval(tmp_path / "a.eval", header(), rows("C", "I", "C", "I"))
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "__init__.py").touch()
    found = read_many([tmp_path])
    assert names(found) == ["a.eval", "z.jsonl", "b.jsonl"]
    assert found.problems == ()
    assert found.passed_over == 2


def test_a_broken_or_empty_run_in_a_folder_is_told(tmp_path):
    whole = write_eval(tmp_path / "a.eval", header(), rows("C", "I", "C", "I")).read_bytes()
    (tmp_path / "a.eval").write_bytes(whole[:200])
    (tmp_path / "b.csv").touch()
    first, second = read_many([tmp_path]).problems
    assert first.path.name == "a.eval"
    assert "empty" in str(second)


def test_a_folder_without_runs_says_so(tmp_path):
    (problem,) = read_many([tmp_path]).problems
    assert "it is empty" in str(problem)
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    (problem,) = read_many([tmp_path]).problems
    assert "no run file this version reads (1 file was looked at)" in str(problem)
    results(tmp_path / "r.jsonl")
    assert read_many([tmp_path]).problems == ()


def test_a_file_given_twice_is_read_once(tmp_path):
    path = results(tmp_path / "a.jsonl")
    (tmp_path / "link.jsonl").symlink_to(path)
    assert names(read_many([path, path, tmp_path, tmp_path / "link.jsonl"])) == ["a.jsonl"]


def test_links_are_not_followed_out_of_a_folder(tmp_path):
    results(tmp_path / "outside" / "secret.jsonl")
    inside = tmp_path / "inside"
    results(inside / "real" / "a.jsonl")
    (inside / "loop").symlink_to(inside)
    (inside / "out").symlink_to(tmp_path / "outside")
    (inside / "secret.jsonl").symlink_to(tmp_path / "outside" / "secret.jsonl")
    (inside / "broken.jsonl").symlink_to(inside / "nothing")
    (inside / "self.jsonl").symlink_to(inside / "self.jsonl")
    (inside / "again.jsonl").symlink_to(inside / "real" / "a.jsonl")
    os.mkfifo(inside / "pipe.jsonl")
    found = read_many([inside])
    assert names(found) == ["again.jsonl"]
    assert found.problems == ()
    assert found.passed_over == 6
    assert names(read_many([inside / "out"])) == ["secret.jsonl"], "a link that is named itself is followed"


def test_counts_and_depth_are_bounded_and_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "MAX_FILES", 3)
    monkeypatch.setattr(folders, "MAX_DEPTH", 2)
    for name in "abcde":
        results(tmp_path / "many" / f"{name}.jsonl")
    found = read_many([tmp_path / "many"])
    assert names(found) == ["a.jsonl", "b.jsonl", "c.jsonl"]
    assert "holds more than 3 files" in str(found.problems[0])
    results(tmp_path / "deep" / "1" / "2" / "3" / "x.jsonl")
    results(tmp_path / "deep" / "1" / "2" / "y.jsonl")
    found = read_many([tmp_path / "deep"])
    assert names(found) == ["y.jsonl"]
    assert "deeper than 2 folders" in str(found.problems[0])


@pytest.fixture
def pairs(monkeypatch):
    """A format of two files, and one of folders: it reads what lies beside its main file."""
    seen = []

    def read(path, watch, options):
        watch.step(0.5)
        seen.append((path.name, sorted(other.name for other in options.beside)))
        companions = tuple(other for other in options.beside if other.suffix == ".part")
        return [Draft({"title": path.name}, companions=companions)]

    def main_file(folder):
        return folder / "main.pair" if (folder / "main.pair").exists() else None

    importer = Importer(
        "pair", "pairs", lambda head, _path, _options: 99 * head.data.startswith(b"pair"), read, main_file
    )
    monkeypatch.setattr(reading, "importers", lambda: [human_eval.IMPORTER, importer])
    return seen


def test_the_files_of_one_run_are_reported_once(tmp_path, pairs):
    (tmp_path / "x.pair").write_text("pair", encoding="utf-8")
    results(tmp_path / "a.part")
    (tmp_path / "b.part").write_text("no run by itself", encoding="utf-8")
    for given in ([tmp_path], [tmp_path / "a.part", tmp_path / "b.part", tmp_path / "x.pair"]):
        found = read_many(given)
        assert names(found) == ["x.pair"]
        assert found.problems == ()
        assert {Path(part.path).name for part in found.runs[0].run.companions} == {"a.part", "b.part"}
    assert pairs[0] == ("x.pair", ["a.part", "b.part"])


def test_a_run_folder_is_read_as_one_and_knows_the_files_above_it(tmp_path, pairs):
    run = tmp_path / "group" / "run-1"
    (run / "sub").mkdir(parents=True)
    (run / "main.pair").write_text("pair", encoding="utf-8")
    (run / "sub" / "deep.txt").write_text("x", encoding="utf-8")
    results(run / "other.jsonl")
    (tmp_path / "group" / "name.yaml").write_text("x", encoding="utf-8")
    found = read_many([tmp_path / "group"])
    assert names(found) == ["main.pair"]
    assert pairs == [("main.pair", ["deep.txt", "name.yaml", "other.jsonl"])]
    pairs.clear()
    read_many([run])
    assert pairs == [("main.pair", ["deep.txt", "other.jsonl"])], "the file above was not given"


def test_a_main_file_that_leads_out_is_not_read(tmp_path, pairs):
    (tmp_path / "secret").write_text("pair", encoding="utf-8")
    run = tmp_path / "run"
    run.mkdir()
    (run / "main.pair").symlink_to(tmp_path / "secret")
    assert read_many([run]).runs == ()
    assert pairs == []


def test_progress_covers_all_files_and_can_be_cancelled(tmp_path):
    paths = [results(tmp_path / f"{name}.jsonl") for name in "abc"]
    steps: list[float] = []
    read_many(paths, progress=steps.append)
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 1.0)
    assert len({round(step, 1) for step in steps}) > 4
    seen: list[float] = []
    with pytest.raises(Cancelled):
        read_many(paths, progress=seen.append, cancelled=lambda: len(seen) > 5)


def test_memory_that_runs_out_is_one_file_s_problem(tmp_path, monkeypatch):
    good, bad = results(tmp_path / "a.jsonl"), results(tmp_path / "b.jsonl")
    real = reading.read_run

    def read_run(path, **options):
        if path == bad:
            raise MemoryError
        return real(path, **options)

    monkeypatch.setattr(reading, "read_run", read_run)
    found = read_many([bad, good])
    assert names(found) == ["a.jsonl"]
    assert "memory" in str(found.problems[0])
    assert isinstance(found.problems[0], ImportProblem)


def test_a_folder_of_very_many_files_is_looked_through_quickly(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3_000):
        (folder / f"{number:05}.txt").touch()
    results(folder / "run.jsonl")
    with within(120):
        found = read_many([folder])
    assert names(found) == ["run.jsonl"]
    assert found.passed_over == 3_000
