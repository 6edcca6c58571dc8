"""Tables, Every Eval Ever and MLflow over made-up and mutated files: read, or refused with the importer's own error."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.evidence.test_eee import record, result, sample
from tests.unit.evidence.test_mlflow import run_folder
from workbench.evidence.eee_export import eee_record
from workbench.evidence.imported import ImportedRun, ReadOptions
from workbench.evidence.intake import read_head
from workbench.evidence.problems import ImportProblem
from workbench.evidence.profile import ProfileProblem, profile_from
from workbench.evidence.reading import read_many, read_run
from workbench.evidence.report import run_as_data, run_as_text
from workbench.model.runs import Run

TABLE = 'task,model,ok,score,note\na,m,true,0.5,x\nb,m,false,50%,"y\nz"\na,n,1,1e-3,\nc,n,,nan,é\n'
few = settings(max_examples=max(30, settings().max_examples // 3))
PROFILES: tuple[dict[str, Any], ...] = (
    {"columns": {"item": "task", "split": ["model"], "strata": ["note"]}, "metrics": [{"passed": "ok"}]},
    {
        "columns": {"model": "model", "answer": "note", "error": "score"},
        "metrics": [{"name": "s", "score": "score"}, {"name": "p", "passed": ["ok", "note"], "combine": "all"}],
    },
    {
        "columns": {"split": ["task", "model"]},
        "metrics": [
            {"name": "r", "rate": "score", "n": "ok", "stderr": "note", "unit": "percent"},
            {"name": "c", "successes": "ok", "n": "score"},
        ],
    },
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["accuracy", "percent", "binary", "0.5", "gsm8k", -1, 0, 1, 100]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def reads_or_refuses(path: Path, **options: Any) -> None:
    """What comes of a file can be shown, printed, written and stored; else one line says why not."""
    try:
        runs = read_run(path, **options)
    except ImportProblem as problem:
        told = str(problem)
    else:
        told = ""
        check(runs)
    assert "\n" not in told


def check(runs: list[ImportedRun]) -> None:
    """What was read holds together."""
    for imported in runs:
        assert run_as_text(imported, imported.metrics)
        json.dumps(run_as_data(imported, imported.metrics))
        json.dumps(eee_record(imported.run, imported.metrics)[0], allow_nan=False)
        for metric in imported.metrics:
            if metric.n is not None and metric.successes is not None:
                assert 0 <= metric.successes <= metric.n


def mutated(data: bytes, seed: int) -> bytes:
    """Some bytes changed, doubled, lost or replaced by what means something to a parser."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, until = sorted((chance.randrange(len(out) + 1), chance.randrange(len(out) + 1)))
        until = min(until, at + chance.choice((1, 3, 40)))
        mark = chance.choice(
            (b"", b'"', b",", b"\n", b"\0", b"\xff", b"{", b"]", b"NaN", b"9" * 30, bytes(out[at:until]) * 2)
        )
        out[at:until] = mark
    return bytes(out)


@pytest.mark.parametrize("profile", PROFILES)
@few
@given(st.integers(0, 2**32))
def test_mutated_tables(tmp_path_factory, profile, seed):
    path = tmp_path_factory.getbasetemp() / "t.csv"
    encoding = ("utf-8", "utf-16")[seed % 2]
    path.write_bytes(mutated(TABLE.encode(encoding), seed))
    reads_or_refuses(path, profile=profile)
    reads_or_refuses(path)


@pytest.mark.parametrize("profile", PROFILES)
@few
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(("task", "model", "ok", "score", "note"), VALUES)), max_size=5))
def test_tables_of_made_up_values(tmp_path_factory, profile, rows):
    path = tmp_path_factory.getbasetemp() / "t.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) or "{}", encoding="utf-8")
    reads_or_refuses(path, profile=profile)
    path.write_text(json.dumps(rows), encoding="utf-8")
    reads_or_refuses(path, profile=profile)


def replaced(value: Any, chance: random.Random, other: Any) -> Any:
    """One place in a JSON value replaced, or left out."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.15:
            return {name: inner for name, inner in value.items() if name != key}
        return {**value, key: replaced(value[key], chance, other)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        index = chance.randrange(len(value))
        return [*value[:index], replaced(value[index], chance, other), *value[index + 1 :]]
    return other


@given(st.integers(0, 2**32), st.lists(VALUES, min_size=1, max_size=4))
def test_records_with_odd_values(tmp_path_factory, seed, others):
    chance = random.Random(seed)
    folder = tmp_path_factory.getbasetemp() / "eee"
    folder.mkdir(exist_ok=True)
    made: Any = record(result(), result("other"), detailed_evaluation_results={"file_path": "r_samples.jsonl"})
    samples: list[Any] = [sample("a", 1), sample("b", 0), sample("a", 0.5)]
    for other in others:
        made = replaced(made, chance, other)
        samples = replaced(samples, chance, other)
    path = folder / "r.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    lines = [json.dumps(line) for line in samples] if isinstance(samples, list) else [json.dumps(samples)]
    (folder / "r_samples.jsonl").write_text("\n".join(lines) or " ", encoding="utf-8")
    reads_or_refuses(path)
    reads_or_refuses(path, beside=(folder / "r_samples.jsonl",))
    reads_or_refuses(folder / "r_samples.jsonl")


@given(st.integers(0, 2**32))
def test_mutated_records(tmp_path_factory, seed):
    path = tmp_path_factory.getbasetemp() / "m.json"
    path.write_bytes(mutated(json.dumps(record()).encode(), seed))
    reads_or_refuses(path)


@given(st.integers(0, 2**32))
def test_mutated_stores(tmp_path_factory, seed):
    folder = tmp_path_factory.getbasetemp() / "mlflow"
    run = folder / "7" / "r1"
    if not run.exists():
        run_folder(folder, params={"model": "m"}, metrics={"acc": "10 0.5 0\n11 0.7 1\n"}, tags={"mlflow.runName": "x"})
    kept = {name: (run / name).read_bytes() for name in ("meta.yaml", "metrics/acc", "params/model")}
    try:
        for index, (name, data) in enumerate(kept.items()):
            (run / name).write_bytes(mutated(data, seed + index))
        for imported in read_many([folder]).runs:
            assert run_as_text(imported, imported.metrics)
            assert isinstance(imported.run, Run)
    finally:
        for name, data in kept.items():
            (run / name).write_bytes(data)


@settings(max_examples=8)  # each takes three processes of its own
@given(st.integers(0, 2**32))
def test_mutated_parquet(tmp_path_factory, seed):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as writer

    folder = tmp_path_factory.getbasetemp()
    whole = folder / "whole.parquet"
    if not whole.exists():
        writer.write_table(pyarrow.table({"task": ["a", "b"] * 50, "ok": [True, False] * 50}), whole)
    path = folder / "m.parquet"
    path.write_bytes(b"PAR1" + mutated(whole.read_bytes()[4:-8], seed) + whole.read_bytes()[-8:])
    reads_or_refuses(path, profile={"columns": {"item": "task"}, "metrics": [{"passed": "ok"}]})


@given(
    VALUES
    | st.fixed_dictionaries(
        {
            "metrics": st.lists(
                st.dictionaries(st.sampled_from(["passed", "score", "k", "n", "rate", "unit", "name"]), VALUES)
            )
        }
    )
)
def test_a_made_up_profile_is_one_or_is_refused(data):
    try:
        profile = profile_from(data)
    except ProfileProblem:
        return
    assert profile_from(profile.as_data()) == profile


def test_every_importer_tells_from_any_beginning(tmp_path):
    """Sniffing never fails, whatever a file begins with."""
    from workbench.evidence.reading import importers

    chance = random.Random(7)
    seeds = [TABLE.encode(), json.dumps(record()).encode(), b"PAR1", b"PK\x03\x04", b"<testsuite/>", b"run_id: x\n"]
    path = tmp_path / "x"
    known = importers()
    for number in range(300):
        path.write_bytes(mutated(chance.choice(seeds), number) or b" ")
        head = read_head(path)
        for importer in known:
            assert 0 <= importer.sniff(head, path, ReadOptions()) <= 100
