"""What the columns of a log made elsewhere are taken for: hazards, lists of entries, and ratings in two columns."""

from click.testing import CliRunner

from workbench.analysis.risk import Ratings
from workbench.cli.import_log import import_command, project_of_log
from workbench.files.log_mapping import guess_log_profile, heading_score
from workbench.files.log_reading import read_grid
from workbench.model.elements import Cause, Hazard

LOG = (
    "No;Hazard;Causes;Severity;Likelihood;Residual severity;Residual likelihood;Weather\n"
    '1;Solvent leaks;Valve leaks | Hose bursts;Critical;B;2;"E Improbable";dry\n'
    '2;Tool falls;"Grip worn; oiled";Major;Occasional;Major;;wet\n'
    "3;Fire;Spark | Heat;Enormous;A;;;dry\n"
)


def written(tmp_path, text=LOG):
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_separator_is_what_occurs_most_and_does_not_part_the_columns(tmp_path):
    grid = read_grid(written(tmp_path), heading_score)
    assert grid.delimiter == ";"
    assert guess_log_profile(grid).separator == "|"
    once = read_grid(written(tmp_path, LOG.replace(" | ", " and ")), heading_score)
    assert guess_log_profile(once).separator == "line"
    store, _ = project_of_log(written(tmp_path))
    assert {"Valve leaks", "Hose bursts", "Grip worn; oiled"} <= {cause.title for cause in store.all(Cause)}


def test_a_column_called_hazard_is_the_hazard_unless_it_tells_a_story(tmp_path):
    assert guess_log_profile(read_grid(written(tmp_path), heading_score)).columns["title"] == "Hazard"
    story = LOG.replace("Tool falls", "A tool falls, and " * 20)
    assert guess_log_profile(read_grid(written(tmp_path, story), heading_score)).columns["description"] == "Hazard"


def test_severity_and_likelihood_in_columns_of_their_own_are_a_rating(tmp_path):
    store, result = project_of_log(written(tmp_path))
    ratings = Ratings(store)
    by_title = {hazard.title: hazard.id for hazard in store.all(Hazard)}

    def cell(title, phase):
        rating = ratings.own(by_title[title], phase)
        return rating and (rating.severity, rating.frequency)

    assert cell("Solvent leaks", "initial") == ("2", "B")
    assert cell("Solvent leaks", "residual") == ("2", "E")
    assert cell("Tool falls", "initial") == ("3", "C")
    assert cell("Tool falls", "residual") is None
    assert cell("Fire", "initial") is None
    said = [str(remark) for remark in result.remarks]
    assert "row 3, Residual severity: 'Major' stands alone: a rating needs severity and frequency; left out" in said
    assert "row 4, Severity: 'Enormous' is no category of the project's risk scheme; left out" in said


def test_the_command_says_what_it_took_and_what_it_left(tmp_path):
    told = CliRunner().invoke(import_command, [str(written(tmp_path)), "-o", str(tmp_path / "p.hazard.json")])
    assert told.exit_code == 0, told.output
    assert "'Likelihood' as Frequency (initial)" in told.output
    assert "Several entries in a cell: bar |." in told.output
    assert "no column of the log was known for 'Weather'; left out" in told.output
