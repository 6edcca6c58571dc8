"""A small bow-tie that command tests start from."""

from workbench.commands.connect import connect
from workbench.commands.create import create_on_diagram, new_diagram
from workbench.commands.guards import insert_control
from workbench.model.elements import Guard
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store


class Bowtie:
    """One hazard, one top event, two causes, one consequence, and a control shared by both causes' lines."""

    def __init__(self) -> None:
        self.store = Store([Project(id=PROJECT_ID, title="Test")])
        with self.store.transaction("Build") as tx:
            self.diagram = new_diagram(tx, "Main")
            self.hazard = create_on_diagram(tx, self.diagram, "hazard", 0, -200, "Suggestions used in secure code")
            self.top = create_on_diagram(tx, self.diagram, "top_event", 0, 0, "Vulnerable suggestion accepted")
            self.cause = create_on_diagram(tx, self.diagram, "cause", -500, -60, "Insecure patterns in training data")
            self.other = create_on_diagram(tx, self.diagram, "cause", -500, 60, "Prompt leaves out security")
            self.consequence = create_on_diagram(tx, self.diagram, "consequence", 500, 0, "Personal data exposed")
            connect(tx, self.hazard, self.top)
            self.line = connect(tx, self.cause, self.top)
            self.other_line = connect(tx, self.other, self.top)
            self.outcome = connect(tx, self.top, self.consequence)
            self.guard = insert_control(tx, self.line, title="Static analysis")
            self.control = tx.expect(self.guard, Guard).control
            self.shared = insert_control(tx, self.other_line, self.control)
        self.store.history.clear()

    def do(self, command, *args, **keywords):
        """Run a command in a transaction of its own; returns what it returned and its notices."""
        with self.store.transaction("Test") as tx:
            result = command(tx, *args, **keywords)
            return result, tx.notices
