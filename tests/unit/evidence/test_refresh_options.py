"""What the reader was told is kept with the run, and read back only where it makes sense."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.evidence.logs import write_lines
from workbench.evidence import refresh
from workbench.evidence.imported import OPTIONS, options_of, records_for
from workbench.evidence.reading import read_many, read_run
from workbench.evidence.refresh import reread, reread_all
from workbench.model.runs import Run
from workbench.store.store import Store


def told(text):
    return options_of(Run.model_validate({"id": "r", "provenance": {"settings": {OPTIONS: text}}}))


def test_what_was_told_comes_back(tmp_path):
    path = write_lines(tmp_path / "r.jsonl", *({"key": i, "ok": i < 2} for i in range(4)))
    options: dict[str, Any] = {"columns": {"item": "key", "passed": "ok"}, "empty_answers_fail": True}
    (imported,) = read_run(path, **options)
    assert options_of(imported.run) == options
    assert options_of(Run(id="r")) == {}
    assert reread(Store([imported.run, *imported.metrics]), imported.run, tmp_path).state == "same"


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[" * 3_900,
        "[1]",
        '{"beside": ["x"]}',
        '{"scanned": -1}',
        '{"scanned": true}',
        '{"columns": {"item": 5}}',
        '{"profile": []}',
        '{"empty_answers_fail": 1}',
    ],
)
def test_nonsense_in_a_project_is_not_passed_on(text, tmp_path):
    assert told(text) is None
    path = write_lines(tmp_path / "r.jsonl", {"task_id": "T/0", "passed": True})
    provenance = {"settings": {OPTIONS: text}}
    run = Run.model_validate({"id": "r", "source": {"path": str(path)}, "provenance": provenance})
    assert reread(Store([run]), run, tmp_path).state == "unreadable"


def test_a_mapping_too_long_to_keep_is_said_so(tmp_path):
    path = write_lines(tmp_path / "r.jsonl", {"key": "a", "ok": True})
    (imported,) = read_run(path, columns={"item": "key", "passed": "ok", "answer": "x" * 5_000})
    assert options_of(imported.run) is None


@pytest.mark.parametrize("path", ["a\0b", "/dev/zero", ".", "missing"])
def test_odd_paths_are_not_at_hand(path, tmp_path):
    run = Run.model_validate({"id": "r", "source": {"path": path}})
    assert reread(Store([run]), run, tmp_path).state == "not at hand"


def test_a_nonsense_profile_is_a_problem_and_no_crash(tmp_path):
    path = write_lines(tmp_path / "r.jsonl", {"key": "a", "ok": True})
    settings = {OPTIONS: '{"profile": {"a": 5, "columns": [1]}}'}
    run = Run.model_validate({"id": "r", "source": {"path": str(path)}, "provenance": {"settings": settings}})
    assert reread(Store([run]), run, tmp_path).state == "unreadable"


def test_files_read_together_are_found_again_where_all_was_moved(tmp_path):
    name, moved = tmp_path / "here" / "mlruns", tmp_path / "there" / "mlruns"
    folder = name / "7" / ("a" * 32)
    for path, text in {
        folder / "metrics" / "pass_at_1": "1700000000000 0.5 0\n",
        folder / "params" / "model": "gpt",
        folder / "meta.yaml": f"run_id: {'a' * 32}\nexperiment_id: '7'\nstatus: 3\nrun_name: r\n",
        name / "7" / "meta.yaml": "experiment_id: '7'\nname: humaneval\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (imported,) = read_many([name]).runs
    assert len({Path(companion.path).name for companion in imported.run.companions}) == 3
    store = Store([imported.run, *imported.metrics])
    assert reread(store, imported.run, None).state == "same"
    moved.parent.mkdir()
    name.rename(moved)
    source = imported.run.source.model_copy(update={"path": str(moved / folder.relative_to(name) / "meta.yaml")})
    elsewhere = imported.run.replace(source=source)
    assert reread(store, elsewhere, None).state == "same"
    (moved / "7" / ("a" * 32) / "metrics" / "pass_at_1").write_text("1700000000000 0.75 0\n", encoding="utf-8")
    assert reread(store, elsewhere, None).state == "changed"


def test_a_file_of_many_runs_is_read_once(tmp_path, monkeypatch):
    rows = [{"task": i, "model": model, "ok": i < 2} for model in "abc" for i in range(4)]
    profile = {"columns": {"item": "task", "model": "model", "split": ["model"]}, "metrics": [{"passed": "ok"}]}
    runs = read_run(write_lines(tmp_path / "t.jsonl", *rows), profile=profile)
    runs += read_run(write_lines(tmp_path / "r.jsonl", {"task_id": "T/0", "completion": "x", "passed": True}))
    store = Store([record for one in (runs[0], runs[3], *runs[1:3]) for record in records_for(one)])
    seen: list[str] = []

    def counted(path, **options):
        seen.append(path.name)
        return read_run(path, **options)

    monkeypatch.setattr(refresh, "read_run", counted)
    found = reread_all(store, tmp_path)
    assert [one.run.id for one in found] == [run.id for run in store.all(Run)]
    assert {one.state for one in found} == {"same"}
    assert sorted(seen) == ["r.jsonl", "t.jsonl"]
    (tmp_path / "t.jsonl").write_text("{", encoding="utf-8")
    assert [one.state for one in reread_all(store, tmp_path)].count("unreadable") == 3
