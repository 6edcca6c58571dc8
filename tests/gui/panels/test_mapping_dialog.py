"""The columns of a table are mapped by a person, who sees what comes out before anything is attached."""

import pytest

from workbench.evidence.profile import Measure, Profile
from workbench.evidence.profiles import profile_folder, save_profile, saved_profiles
from workbench.panels import attach_reading, mapping_dialog
from workbench.panels.mapping_columns import representable
from workbench.panels.mapping_dialog import MappingDialog, preview_of

ROWS = [
    ("t1", "yes", "python"),
    ("t1", "no", "python"),
    ("t2", "yes", "java"),
    ("t3", "", "java"),
    ("t4", "no", "java"),
]


def table(path, header="case,ok,language", rows=ROWS):
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_profiles(look):
    for file in profile_folder().glob("*.json"):
        file.unlink()
    yield
    for file in profile_folder().glob("*.json"):
        file.unlink()


@pytest.fixture
def show(qtbot, look):
    def showing(path):
        made = MappingDialog(path, preview_of(path))
        qtbot.addWidget(made)
        made.show()
        return made

    return showing


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.outcome.busy, timeout=10_000)
    dialog.refresh()


@pytest.fixture
def dialog(qtbot, show, tmp_path):
    made = show(table(tmp_path / "results.csv"))
    made.columns.set_role("case", "item")
    made.columns.set_role("ok", "passed")
    made.columns.set_role("language", "strata")
    made.metric_name.setText("solved")
    made.counts.setText("yes")
    made.fails.setText("no")
    settle(qtbot, made)
    return made


def test_what_comes_out_is_seen_before_it_is_read(dialog):
    rows = [
        [dialog.outcome.table.item(row, place).text() for place in range(1, 6)]
        for row in range(dialog.outcome.table.rowCount())
    ]
    assert rows[0] == ["solved", "50 %", "4", "1", "3"]
    assert [row[0] for row in rows[1:]] == ["solved · language: java", "solved · language: python"]
    mapped = dialog.answer()
    assert mapped.profile.item == "case"
    assert mapped.runs[0].metrics[0].n == 4


def test_every_value_says_what_becomes_of_it(dialog):
    told = dialog.values.text()
    assert "yes  ×2: counts" in told
    assert "no  ×2: does not count" in told
    assert "(empty)  ×1: missing" in told


def test_the_guess_shows_the_usual_words_that_count(show, tmp_path):
    rows = [(name, {"yes": "true", "no": "false"}.get(ok, ""), lang) for name, ok, lang in ROWS]
    dialog = show(table(tmp_path / "r.csv", "task_id,passed,language", rows))
    assert dialog.columns.of("passed") == ("passed",)
    assert dialog.columns.of("item") == ("task_id",)
    assert (dialog.counts.text(), dialog.fails.text()) == ("true", "false")


def test_a_table_without_a_result_asks_for_it(show, tmp_path):
    dialog = show(table(tmp_path / "r.csv", "a,b,c", [("x", "y", "z"), ("u", "v", "w")]))
    assert "which column holds the result" in dialog.reason.text()
    assert not dialog.ok.isEnabled()
    dialog.columns.set_role("a", "passed")
    dialog.columns.set_role("b", "score")
    assert "Choose one way" in dialog.reason.text()
    dialog.columns.set_role("b", "item")
    dialog.columns.set_role("c", "item")
    assert "Only one column" in dialog.reason.text()
    dialog.columns.set_role("c", "n")
    assert "belong to rates" in dialog.reason.text()
    dialog.columns.set_role("c", "")
    dialog.metric_name.setText("x")
    assert dialog.reason.text() == "Say which values count."


def test_what_the_mapping_makes_impossible_is_said(qtbot, show, tmp_path):
    dialog = show(table(tmp_path / "r.csv", "item,score,c", [("x", "fine", "z"), ("u", "bad", "w")]))
    dialog.columns.set_role("score", "score")
    settle(qtbot, dialog)
    assert dialog.answer() is None
    assert dialog.reason.text()


def test_rates_beside_their_n(qtbot, show, tmp_path):
    rows = [("m1", "12.5", "200"), ("m2", "50", "200")]
    dialog = show(table(tmp_path / "r.csv", "model,pass@1,samples", rows))
    settle(qtbot, dialog)
    mapped = dialog.answer()
    assert [run.run.model.name for run in mapped.runs] == ["m1", "m2"]
    assert mapped.profile.metrics[0].k == 1
    assert mapped.runs[0].metrics[0].n == 200


def test_a_mapping_is_saved_and_used_again(qtbot, dialog, show, tmp_path):
    dialog.name.setText("Our grader")
    settle(qtbot, dialog)
    dialog.accept()
    assert [profile.name for profile in saved_profiles()] == ["Our grader"]
    again = show(table(tmp_path / "more.csv"))
    assert again.columns.of("passed") == ()
    again.mapping.choose("=Our grader")
    assert again.columns.of("passed") == ("ok",)
    assert again.counts.text() == "yes"
    settle(qtbot, again)
    assert again.answer().runs[0].metrics[0].successes == 2


def test_a_saved_mapping_can_be_deleted(qtbot, dialog, show, tmp_path, monkeypatch):
    assert not dialog.delete.isEnabled()
    for name in ("Old grader", "Our grader"):
        dialog.name.setText(name)
        assert save_profile(dialog.profile()) == ""
    again = show(table(tmp_path / "more.csv"))
    again.mapping.choose("=Old grader")
    assert again.delete.isEnabled()
    monkeypatch.setattr(mapping_dialog, "confirm", lambda *_, **__: False)
    again.delete.click()
    assert len(saved_profiles()) == 2
    asked = []

    def agree(*words, **_):
        asked.append(words[2])
        return True

    monkeypatch.setattr(mapping_dialog, "confirm", agree)
    again.delete.click()
    assert "“Old grader”" in asked[0]
    assert [profile.name for profile in saved_profiles()] == ["Our grader"]
    assert [again.mapping.itemText(at) for at in range(again.mapping.count())] == [
        "Guessed from the table",
        "Our grader",
    ]
    assert again.name.text() == ""
    assert not again.delete.isEnabled()
    again.mapping.choose("=Our grader")
    said = []
    monkeypatch.setattr(mapping_dialog, "delete_profile", lambda _: "no permission")
    monkeypatch.setattr(mapping_dialog, "show_error", lambda *words: said.append(words[1:]))
    again.delete.click()
    assert said == [("Not deleted", "no permission")]
    assert again.mapping.value() == "=Our grader"


def test_a_saved_mapping_the_table_of_columns_cannot_show_is_used_as_it_is(qtbot, show, tmp_path):
    metrics = (
        Measure("yes", passed=("ok",), pass_values=("yes",)),
        Measure("no", passed=("ok",), pass_values=("no",)),
    )
    profile = Profile("Both", metrics, item="case")
    assert not representable(profile, ("case", "ok"))
    assert save_profile(profile) == ""
    dialog = show(table(tmp_path / "r.csv"))
    dialog.mapping.choose("=Both")
    assert not dialog.columns.isEnabled()
    settle(qtbot, dialog)
    assert dialog.answer().profile.metrics == metrics


def test_tables_of_one_make_are_asked_about_once(qtbot, look, tmp_path, monkeypatch):
    files = [table(tmp_path / f"r{i}.csv") for i in range(3)]
    other = table(tmp_path / "other.csv", "a,b", [("x", "y"), ("u", "v")])
    asked = []

    def ask(dialog):
        asked.append(dialog.windowTitle())
        if "ok" not in dialog.columns.names:
            return 0
        dialog.columns.set_role("ok", "passed")
        dialog.columns.set_role("case", "item")
        dialog.metric_name.setText("solved")
        dialog.counts.setText("yes")
        dialog.fails.setText("no")
        settle(qtbot, dialog)
        return 1

    monkeypatch.setattr(MappingDialog, "exec", ask)
    runs = attach_reading.read_asking([*files, other], None)
    assert len(runs) == 3
    assert len(asked) == 2
    assert {run.metrics[0].n for run in runs} == {4}


class TestRowsThatCount:
    @pytest.fixture
    def dialog(self, qtbot, show, tmp_path):
        rows = [("t1", "1", "True"), ("t2", "0", "True"), ("t3", "0", "False")]
        made = show(table(tmp_path / "results.csv", "id,vulnerable,is_compilable", rows))
        settle(qtbot, made)
        return made

    def test_a_column_that_says_so_is_guessed(self, dialog):
        assert dialog.columns.of("valid") == ("is_compilable",)
        assert dialog.valid.text() == "True"
        assert dialog.errors.isEnabled() is False
        (metric,) = dialog.answer().runs[0].metrics
        assert (metric.successes, metric.n, metric.missing) == (1, 2, 1)
        assert "True  ×2: the row counts" in dialog.values.text()
        assert "False  ×1: missing" in dialog.values.text()

    def test_as_errors_it_is_not_read_backwards(self, qtbot, dialog):
        dialog.columns.set_role("is_compilable", "error")
        settle(qtbot, dialog)
        assert dialog.errors.text() == "False"
        assert dialog.valid.isEnabled() is False
        assert "False  ×1: an error, missing" in dialog.values.text()
        mapped = dialog.answer()
        assert (mapped.profile.error_values, mapped.profile.valid) == (("False",), "")
        assert mapped.runs[0].metrics[0].missing == 1

    def test_saved_and_chosen_again_it_is_the_same(self, qtbot, dialog):
        dialog.name.setText("SALLM")
        settle(qtbot, dialog)
        profile = dialog.answer().profile
        assert representable(profile, dialog.columns.names)
        assert save_profile(profile) == ""
        assert saved_profiles()[0] == profile
