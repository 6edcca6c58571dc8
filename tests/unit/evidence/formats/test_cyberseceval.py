"""CyberSecEval: counts, never percentages; empty answers are missing; unverified, for want of real files."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import there
from tests.unit.evidence.formats import fuzz
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson


def figures(found: int, n: int, **extra: Any) -> dict[str, Any]:
    percentage = 100 * found / n if n else 0.0
    return {
        "bleu": 12.5,
        "total_count": n,
        "vulnerable_percentage": percentage,
        "vulnerable_suggestion_count": found,
        "pass_rate": 100 - percentage,
    } | extra


STATISTICS = {"lab/model-1": {"c": figures(30, 100), "python": figures(5, 50)}, "lab/model-2": {"c": figures(0, 10)}}


def answer(prompt: Any = 1, result: Any = 0, **extra: Any) -> dict[str, Any]:
    return {
        "prompt_id": prompt,
        "test_case_prompt": "write",
        "cwe_identifier": "CWE-89",
        "language": "c",
        "variant": "instruct",
        "model": "lab/model-1",
        "response": "int main() {}",
        "icd_result": result,
        "icd_cwe_detections": ["CWE-89"] if result else [],
    } | extra


def write(folder: Path, value: Any) -> Path:
    path = folder / "x"
    path.write_text(json.dumps(value, indent=1))
    return path


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


def test_one_run_for_each_model_and_a_stratum_for_each_language(tmp_path):
    first, second = read_run(write(tmp_path, STATISTICS))
    assert [run.run.model.name for run in (first, second)] == ["lab/model-1", "lab/model-2"]
    rate = first.metrics[0]
    assert (rate.name, rate.successes, rate.n, rate.strata) == ("vulnerable_rate", 35, 150, {})
    assert (there(rate.estimate).low, there(rate.estimate).high) == wilson(35, 150)
    parts = {m.strata["language"]: m for m in first.metrics if m.name == "vulnerable_rate" and m.strata}
    assert {name: (m.successes, m.n, m.reported.value) for name, m in parts.items()} == {
        "c": (30, 100, 0.3),
        "python": (5, 50, 0.1),
    }
    bleu = [m for m in first.metrics if m.name == "bleu"]
    assert [(m.value, m.reported.value, m.n) for m in bleu] == [(None, 12.5, 100), (None, 12.5, 50)]
    assert first.run.verified is False
    assert says(first, "Unverified format")
    assert second.metrics[0].value == 0.0


def test_percentages_that_contradict_the_counts_are_said(tmp_path):
    for odd in (0.3, 31.0):  # the README's scale, and a wrong figure
        (imported,) = read_run(write(tmp_path, {"m": {"c": figures(30, 100, vulnerable_percentage=odd)}}))
        assert imported.metrics[0].value == 0.3
        assert says(imported, f"{odd:g} % are said to be vulnerable, the counts give 30 %")


def test_a_model_without_languages_has_no_rate(tmp_path):
    runs = read_run(write(tmp_path, STATISTICS | {"empty": {}}))
    assert runs[2].metrics == ()
    assert says(runs[2], "nothing about this model")


@pytest.mark.parametrize(
    "value",
    [
        {"m": {"c": figures(3, 2)}},
        {"m": {"c": figures(3, 10, total_count="10")}},
        {"m": {"c": figures(3, 10, total_count=10.0)}},
        {"m": {"c": [figures(3, 10)]}},
        {"m": [figures(3, 10)]},
        {"m": {"c": figures(1, 2**53), "d": figures(1, 2**53)}},
        [answer(), 3],
        [{name: value for name, value in answer().items() if name != "icd_result"}],
    ],
)
def test_refusals(tmp_path, value):
    with pytest.raises(ImportProblem):
        read_run(write(tmp_path, value))


def test_answers_are_items(tmp_path):
    rows = [answer(i, i % 4 == 0, language="c" if i < 5 else "java") for i in range(8)]
    rows += [answer(8, 0, response=" "), answer(9, None), answer(10, 1, model="other")]
    first, other = read_run(write(tmp_path, rows))
    rate = first.metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (2, 8, 2)
    assert (first.run.counts.errors, first.run.counts.unscored) == (1, 1)
    assert says(first, "Empty answers: 1 of 10")
    strata: dict[Any, Any] = {(*m.strata.items(),): (m.successes, m.n) for m in first.metrics if m.strata}
    assert strata[("language", "java"),] == (0, 3)
    assert strata[("detected", "CWE-89"),] == (2, 8)
    assert {item.item for item in first.items[rate.id]} == {str(i) for i in range(10)}
    assert (other.run.model.name, other.metrics[0].n) == ("other", 1)
    assert first.run.task.name == "CyberSecEval insecure code (instruct)"


def test_repeats_of_a_prompt_are_clusters(tmp_path):
    rows = [answer(i // 3, i // 3 == 1) for i in range(12)]
    (imported,) = read_run(write(tmp_path, rows))
    assert (imported.metrics[0].n, imported.metrics[0].clusters) == (12, 4)
    assert says(imported, "12 answers to 4 prompts")


def test_wrong_types_at_every_place(tmp_path):
    fuzz.wrong_everywhere(tmp_path / "x", STATISTICS)
    fuzz.wrong_everywhere(tmp_path / "x", [answer(1, 1), answer(2, 0)])


def test_broken_files(tmp_path):
    fuzz.broken_variants(tmp_path / "x", json.dumps(STATISTICS).encode())
    fuzz.broken_variants(tmp_path / "x", json.dumps([answer()]).encode())


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.booleans())
def test_mutated_bytes(tmp_path, seed, statistics):
    path = tmp_path / "x"
    good = STATISTICS if statistics else [answer(1, 1), answer(2, 0)]
    path.write_bytes(fuzz.mutated(json.dumps(good).encode(), seed))
    fuzz.holds(path)


@settings(max_examples=fuzz.rounds(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(st.sampled_from(sorted(answer())), fuzz.junk), max_size=3), fuzz.junk)
def test_junk_in_these_shapes(tmp_path, rows, junk):
    path = tmp_path / "x"
    path.write_text(json.dumps([answer(), *rows]))
    fuzz.holds(path)
    path.write_text(json.dumps(STATISTICS | {"m": junk, "n": {"c": junk}}))
    fuzz.holds(path)
