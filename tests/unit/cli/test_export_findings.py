"""Badges of findings on a figure: only where they are asked for, with a legend, the same bytes each time."""

from tests.unit.analysis.lint_projects import BREACHES, both, store_of
from workbench.files.project import save_project


def test_they_stand_on_the_figure_when_asked_for(hazard, tmp_path):
    project, plain, marked = (tmp_path / name for name in ("p.hazard.json", "plain.svg", "marked.svg"))
    save_project(store_of(both(BREACHES["consequence-bundled"][0], BREACHES["hazard-context"][0])), project)
    assert hazard("export", project, "-o", plain).code == 0
    assert hazard("export", project, "-o", marked, "--findings").code == 0
    assert "inding" not in plain.read_text()
    drawn = marked.read_text()
    assert drawn.count('class="finding warning"') == 1
    assert drawn.count('class="finding note"') == 1
    assert ">Finding: warning<" in drawn
    assert ">Finding: error<" not in drawn
    again = tmp_path / "again.svg"
    assert hazard("export", project, "-o", again, "--findings").code == 0
    assert again.read_bytes() == marked.read_bytes()


def test_they_are_refused_elsewhere(hazard, tmp_path):
    project = tmp_path / "p.hazard.json"
    save_project(store_of(), project)
    result = hazard("export", project, "-o", tmp_path / "log.csv", "--what", "log", "--findings")
    assert result.code == 2
    assert "leave it out" in result.err
