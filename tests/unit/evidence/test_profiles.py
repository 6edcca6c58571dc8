"""Mappings of columns: read, guessed, saved."""

import json
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evidence import profiles
from workbench.evidence.mapping import guess_profile, read_profile, usual_errors
from workbench.evidence.problems import ImportProblem
from workbench.evidence.profile import Measure, Profile, ProfileProblem, profile_from, verdict_of
from workbench.evidence.profiles import delete_profile, load_profile, save_profile, saved_profiles
from workbench.evidence.reading import read_run
from workbench.files.fileops import FileOps

FULL = Profile(
    name="Ünser / Profil",
    metrics=(
        Measure("insecure", passed=("a", "b"), combine="all", pass_values=(">0",), fail_values=("0",)),
        Measure("mean", score="s", unit="percent"),
    ),
    item="id",
    cluster="prompt",
    model="m",
    task="t",
    answer="ans",
    error="err",
    strata=("x", "y"),
    split=("m", "temp"),
)


def test_a_profile_survives_its_file(tmp_path):
    path = tmp_path / "p.json"
    path.write_text(json.dumps(FULL.as_data()), encoding="utf-8")
    assert read_profile(path) == FULL
    assert FULL.columns() == ("a", "b", "s", "id", "prompt", "m", "t", "ans", "err", "x", "y", "temp")


def test_the_short_form():
    profile = profile_from({"item": "name", "passed": "works", "answer": "code"})
    assert (profile.item, profile.answer, profile.metrics[0].passed) == ("name", "code", ("works",))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "must be a JSON object"),
        ({}, "list of 1 to 100"),
        ({"metrics": [{}]}, "metric 1 needs one of passed, score, rate"),
        ({"metrics": [{"passed": "a", "score": "b"}]}, "needs one of"),
        ({"metrics": [{"passed": "a"}, {"name": "x", "rate": "r"}]}, "mixes metrics of samples"),
        ({"metrics": [{"passed": "a"}, {"passed": "b"}]}, "same name"),
        ({"metrics": [{"passed": "a", "n": "b"}]}, "belong to results"),
        ({"metrics": [{"passed": "a", "unit": "miles"}]}, "unit is proportion"),
        ({"metrics": [{"passed": "a", "combine": "most"}]}, "combine is any or all"),
        ({"metrics": [{"rate": "a", "k": 0}]}, "k is a whole number"),
        ({"metrics": [{"passed": "a", "pass_values": ["1"], "fail_values": ["1"]}]}, "both in pass_values"),
        ({"metrics": [{"passed": ["a", 3]}]}, "must be text"),
        ({"metrics": [{"passed": {"a": 1}}]}, "list of up to 100"),
        ({"metrics": [{"passed": "a"}], "colums": {}}, "unknown entry 'colums'"),
        ({"metrics": [{"passed": "a"}], "columns": {"itm": "x"}}, "unknown entry 'itm'"),
        ({"metrics": [{"passed": "a"}], "columns": []}, "columns must be"),
        ({"metrics": [{"passed": "a"}], "profile": 2}, "version 2"),
        ({"metrics": [{"passed": "a"}], "name": "x" * 301}, "300 characters"),
    ],
)
def test_what_is_wrong_with_a_profile_is_named(data, words, tmp_path):
    with pytest.raises(ProfileProblem, match=words):
        profile_from(data)
    path = tmp_path / "p.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ImportProblem, match=words):
        read_profile(path)


def test_a_profile_s_file_may_be_bad(tmp_path):
    path = tmp_path / "p.json"
    with pytest.raises(ImportProblem, match="cannot be read"):
        read_profile(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ImportProblem, match="cut off"):
        read_profile(path)
    path.write_bytes(b" " * 300_000)
    with pytest.raises(ImportProblem, match="too large"):
        read_profile(path)


@pytest.mark.parametrize(
    ("value", "passes", "fails", "verdict"),
    [
        ("TRUE", (), (), True),
        ("no", (), (), False),
        ("maybe", (), (), None),
        ("", (), (), None),
        ("3", (">0",), ("0",), True),
        ("0", (">0",), ("0",), False),
        ("-1", (">0",), ("0",), None),
        ("x", (">0",), ("0",), None),
        ("0.2", ("<=0.2",), (">0.2",), True),
        ("0", ("0",), ("1",), True),
        ("1", ("0",), ("1",), False),
        ("1", (), ("1",), False),
        ("Green", ("green",), (), True),
        ("false", ("green",), (), False),
        ("nan", (">0",), ("<=0",), None),
    ],
)
def test_which_values_count(value, passes, fails, verdict):
    assert verdict_of(value, Measure(passed=("a",), pass_values=passes, fail_values=fails)) is verdict


class TestGuess:
    def guess(self, *rows):
        return guess_profile(list(rows[0]), [{name: str(value) for name, value in row.items()} for row in rows])

    def test_samples(self):
        profile = self.guess(
            {"task_id": "a", "model": "m", "language": "py", "completion": "x", "passed": "True", "error": ""},
            {"task_id": "b", "model": "m", "language": "c", "completion": "x", "passed": "False", "error": "e"},
            {"task_id": "c", "model": "n", "language": "c", "completion": "x", "passed": "False", "error": "e"},
        )
        assert profile == Profile(
            metrics=(Measure("pass_rate", passed=("passed",)),),
            item="task_id",
            model="model",
            answer="completion",
            error="error",
            strata=("language",),
            split=("model",),
        )

    def test_findings_that_are_counted(self):
        profile = self.guess(
            {"id": "a", "direct_vulnerable": 0, "Temp": 0.2}, {"id": "b", "direct_vulnerable": 3, "Temp": 0.2}
        )
        assert profile.metrics == (
            Measure("direct_vulnerable_rate", passed=("direct_vulnerable",), pass_values=(">0",), fail_values=("0",)),
        )
        assert (profile.item, profile.split) == ("id", ("Temp",))

    def test_scores(self):
        profile = self.guess({"question_id": 1, "score": 80.5}, {"question_id": 2, "score": 140})
        assert profile.metrics == (Measure("score", score="score", unit="other"),)

    def test_results(self):
        profile = self.guess(
            {"model": "m", "benchmark": "b1", "accuracy (%)": 80.5, "stderr": 1.0, "n": 164},
            {"model": "m", "benchmark": "b2", "accuracy (%)": 70.5, "stderr": 1.0, "n": 164},
        )
        assert profile.metrics == (
            Measure("accuracy (%)", rate="accuracy (%)", n="n", stderr="stderr", unit="percent"),
        )
        assert (profile.model, profile.task, profile.split) == ("model", "benchmark", ("model", "benchmark"))

    def test_successes(self):
        assert self.guess({"name": "a", "n_passed": 3, "total": 4}).metrics == (
            Measure("success_rate", successes="n_passed", n="total"),
        )

    def test_nothing_known(self):
        assert self.guess({"x": "p", "y": "q"}).metrics == ()

    @given(
        st.lists(st.text(max_size=12), min_size=1, max_size=8, unique=True).flatmap(
            lambda names: st.tuples(
                st.just(names),
                st.lists(st.fixed_dictionaries({name: st.text(max_size=4) for name in names}), max_size=4),
            )
        )
    )
    def test_a_guess_never_fails_and_is_a_profile(self, table):
        profile = guess_profile(*table)
        if profile.metrics:
            assert set(profile.columns()) <= set(table[0])


class TestStore:
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path, monkeypatch):
        monkeypatch.setattr(profiles, "profile_folder", lambda: tmp_path / "deep" / "profiles")

    def test_saved_listed_loaded_deleted(self):
        assert saved_profiles() == []
        assert save_profile(FULL) == ""
        other = Profile(name="unser profil", metrics=(Measure(passed=("x",)),))
        assert save_profile(other) == ""
        assert [profile.name for profile in saved_profiles()] == ["unser profil", "Ünser / Profil"]
        assert load_profile("  üNSER / profil ") == FULL
        assert delete_profile("unser profil") == ""
        assert delete_profile("never there") == ""
        assert saved_profiles() == [FULL]

    def test_a_profile_in_a_file_named_by_hand_is_deleted_and_replaced_too(self):
        save_profile(FULL)
        (file,) = profiles.profile_folder().glob("*.json")
        file.rename(file.with_name("by-hand.json"))
        save_profile(FULL)
        assert [path.name for path in profiles.profile_folder().glob("*.json")] == [file.name]
        file.rename(file.with_name("by-hand.json"))
        assert delete_profile(FULL.name.upper()) == ""
        assert saved_profiles() == []

    def test_what_cannot_be_deleted_is_said(self, monkeypatch):
        def refused(*_):
            raise PermissionError(13, "Permission denied")

        save_profile(FULL)
        monkeypatch.setattr(FileOps, "remove", refused)
        assert delete_profile(FULL.name) == "The mapping could not be deleted: Permission denied"
        assert saved_profiles() == [FULL]

    def test_a_name_is_used_once_whatever_its_case(self):
        save_profile(Profile(name="A", metrics=(Measure(passed=("x",)),)))
        save_profile(Profile(name="a", metrics=(Measure(passed=("y",)),)))
        assert [profile.metrics[0].passed for profile in saved_profiles()] == [("y",)]

    def test_a_damaged_file_hides_nothing_else(self):
        save_profile(FULL)
        (profiles.profile_folder() / "bad.json").write_text("{", encoding="utf-8")
        assert saved_profiles() == [FULL]

    def test_what_cannot_be_saved_is_said(self, tmp_path):
        assert "no name" in save_profile(Profile(name=" ", metrics=FULL.metrics))
        (tmp_path / "deep").write_text("a file", encoding="utf-8")
        assert "could not be saved" in save_profile(FULL)


class TestRowsThatCount:
    DATA: ClassVar[dict[str, Any]] = {
        "columns": {"item": "id", "error": "state"},
        "metrics": [{"name": "insecure_rate", "passed": ["bad"], "pass_values": ["1"], "fail_values": ["0"]}],
        "valid": {"column": "is_compilable", "values": ["True"]},
        "error_values": ["timeout"],
    }

    def test_they_are_read_written_and_needed(self):
        profile = profile_from(self.DATA)
        assert (profile.valid, profile.valid_values, profile.error_values) == ("is_compilable", ("True",), ("timeout",))
        assert profile_from(profile.as_data()) == profile
        assert {"is_compilable", "state"} <= set(profile.columns())
        assert not profile.is_short

    def test_other_rows_are_missing_and_told(self, tmp_path):
        path = tmp_path / "t.csv"
        rows = ["id,bad,is_compilable,state", "a,1,True,done", "b,0,true,done", "c,0,False,done", "d,0,,done"]
        path.write_text("\n".join([*rows, "e,0,True,timeout"]) + "\n", encoding="utf-8")
        (imported,) = read_run(path, profile=self.DATA)
        (metric,) = imported.metrics
        assert (metric.successes, metric.n, metric.missing) == (1, 2, 3)
        assert (imported.run.counts.errors, imported.run.counts.unscored) == (1, 2)
        assert any(doubt.startswith("2 of 5 rows do not count, since is_compilable") for doubt in imported.run.doubts)
        assert "only rows where is_compilable is True" in imported.run.provenance.settings["mapping"]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"valid": {"values": ["1"]}}, "valid needs a column"),
            ({"valid": ["x"]}, "valid must be a JSON object"),
            ({"valid": {"col": "x"}}, "unknown entry 'col'"),
            ({"columns": {}}, "error_values without columns.error"),
            ({"metrics": [{"rate": "acc"}]}, "belongs to tables of samples"),
        ],
    )
    def test_what_is_wrong_with_them_is_named(self, change, words):
        with pytest.raises(ProfileProblem, match=words):
            profile_from({**self.DATA, **change})

    def test_a_column_that_says_it_is_guessed(self):
        rows = [{"id": "a", "vulnerable": "1", "is_compilable": "True"}, {"id": "b", "vulnerable": "0"}]
        profile = guess_profile(["id", "vulnerable", "is_compilable"], rows)
        assert profile.valid == "is_compilable"
        rows = [{"id": "a", "passed": "1", "valid": "maybe"}]
        assert guess_profile(["id", "passed", "valid"], rows).valid == ""

    @pytest.mark.parametrize(
        ("column", "values", "errors"),
        [
            ("is_compilable", ["True", "False"], ("False",)),
            ("is_compilable", ["True"], ("false",)),
            ("crashed", ["True", "False"], ("True",)),
            ("error", ["", "timeout"], ()),
        ],
    )
    def test_yes_and_no_are_not_read_backwards(self, column, values, errors):
        assert usual_errors(column, values) == errors
