"""The table of commands."""

from typing import Final

from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Entry:
    """A command: its module, its name there, and a line of help."""

    module: str
    name: str
    help: str


COMMANDS: Final[dict[str, Entry]] = {
    "new": Entry("workbench.cli.new", "new", "Make a new project file."),
    "info": Entry("workbench.cli.info", "info", "Title, version, diagrams and counts of a project."),
    "check": Entry("workbench.cli.check", "check", "Findings about the structure of projects."),
    "export": Entry("workbench.cli.export", "export", "Draw diagrams, and write the hazard log and other documents."),
    "log": Entry("workbench.cli.log", "log", "The hazard log, one row per hazard."),
    "import": Entry("workbench.cli.import_log", "import_command", "Make a project from a hazard log in CSV or XLSX."),
    "evidence": Entry("workbench.cli.evidence", "evidence", "Read evaluation runs, attach them to elements."),
    "layout": Entry("workbench.cli.layout", "layout", "Arrange the diagrams of a project."),
    "diff": Entry("workbench.cli.diff", "diff", "What differs between two projects, by element."),
    "merge": Entry("workbench.cli.merge", "merge", "Make one project of two that grew from one."),
    "revisions": Entry("workbench.cli.revisions", "revisions", "Saved states of a project: list, save, show, restore."),
    "git-setup": Entry("workbench.cli.git_setup", "git_setup", "Have git merge and compare projects by their meaning."),
    "schema": Entry("workbench.cli.schema", "schema", "Print the JSON Schema of the project file."),
    "migrate": Entry("workbench.cli.migrate", "migrate", "Bring project files to the current version."),
    "doctor": Entry("workbench.cli.doctor", "doctor", "Check this computer, or save what is left of a project."),
}
