"""What an action may ask of the program. The app implements it; nothing here knows how."""

from typing import Literal, Protocol

from workbench.actions.meeting_port import Meetings
from workbench.actions.merge_port import MergeWork
from workbench.actions.odd_port import OddWork
from workbench.actions.present_port import Stage
from workbench.actions.revision_port import Versions
from workbench.actions.route_port import Routes
from workbench.model.elements import ImpactDimension
from workbench.session.session import Session

Align = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis = Literal["horizontal", "vertical"]


class Files(Protocol):
    """Opening, saving and closing documents; each asks what it needs to."""

    def new(self) -> None:
        """Offer the templates and open the one chosen."""

    def open(self) -> None:
        """Ask for a project and open it."""

    def save(self) -> bool:
        """Write the document to its file, asking for one where it has none."""

    def save_as(self) -> bool:
        """Ask for a file and write the document there."""

    def export(self) -> None:
        """Show the export dialog."""

    def export_report(self) -> None:
        """Ask where to, and write the report of the project."""

    def print_diagram(self) -> None:
        """Ask for a printer, and print the current diagram."""

    @property
    def changed_outside(self) -> bool:
        """Whether another program wrote the file and nobody has said yet what becomes of that."""

    def settle_outside(self) -> None:
        """Ask what becomes of what another program wrote, and do it."""

    def attach_run(self) -> None:
        """Ask for the file of an evaluation run and attach it to what is selected."""

    def close(self) -> None:
        """Close the window, asking about unsaved work."""

    def quit(self) -> None:
        """Close every window."""


class Canvas(Protocol):
    """The view of the current diagram; zooming is that of the picture that is seen, whatever it shows."""

    @property
    def zooms(self) -> bool:
        """Whether a picture is seen that can be zoomed."""

    @property
    def points(self) -> bool:
        """Whether something is selected, or ringed, in the picture that is seen."""

    @property
    def levels(self) -> int:
        """How much of the diagram is shown, from 1 to 5 (everything)."""

    def set_levels(self, level: int) -> None:
        """Show more or less of the diagram."""

    def light_pathway(self) -> None:
        """Light a pathway through what is selected or under the pointer, or the next one."""

    def fit(self) -> None:
        """Show the whole diagram."""

    def zoom_to_selection(self) -> None:
        """Show what is selected, as large as fits."""

    def zoom_by(self, steps: float) -> None:
        """Zoom in (positive) or out by steps of one notch."""

    def set_zoom(self, factor: float) -> None:
        """Zoom to a factor; 1.0 is 100 %."""

    def edit_title(self) -> None:
        """Edit the title of what is selected, in place."""

    def add_bend(self) -> None:
        """Give the selected line a bend."""

    def remove_bend(self) -> bool:
        """Take away the bend in hand; False where there is none."""

    def insert_control(self) -> None:
        """Put a new control on the selected line and edit its title."""

    def create(self, kind: str) -> None:
        """Make an element of a kind in the middle of the view, or under the pointer, and edit its title."""

    def connect_tool(self) -> None:
        """Draw links by dragging from node to node until Esc."""

    def pan_tool(self) -> None:
        """Drag the view until Esc."""

    def select_tool(self) -> None:
        """Back to selecting."""

    @property
    def tool(self) -> str:
        """Name of the tool in use: ``select``, ``connect``, ``pan`` or ``place``."""

    def align(self, edge: Align) -> None:
        """Line up what is selected."""

    def distribute(self, axis: Axis) -> None:
        """Give what is selected equal gaps."""

    def select_all(self) -> None:
        """Select everything on the diagram."""

    def select_same_kind(self) -> None:
        """Select every element here of the kinds that are selected."""

    def cancel(self) -> None:
        """Drop whatever gesture is under way."""


class Clipboard(Protocol):
    """The system's clipboard."""

    def put_fragment(self, data: bytes) -> None:
        """Offer a fragment of a project, and its titles as text."""

    def fragment(self) -> bytes | None:
        """The fragment on the clipboard, or None."""

    def put_image(self) -> None:
        """Offer the current diagram as an image."""


class EvidenceDock(Protocol):
    """The tables of claims and runs."""

    def show(self, which: Literal["claims", "runs"]) -> None:
        """Show the claims, or the runs, and let the keyboard work on them."""

    def has_row(self) -> bool:
        """Whether a claim or a run is chosen."""

    def has_run(self) -> bool:
        """Whether a run is chosen, or a claim that leans on one."""

    def history(self) -> None:
        """Show how the metric of what is chosen went over all runs."""

    def compare(self) -> None:
        """Compare two runs item by item: the two chosen, or those asked for."""

    def attach(self) -> None:
        """Attach what is chosen to what is selected, asking where nothing is."""

    def copy_provenance(self) -> None:
        """Put where the run comes from on the clipboard."""


class EvidenceWork(Protocol):
    """Entering and changing claims and runs; each asks what it needs to, and which claim where several are meant."""

    @property
    def dock(self) -> EvidenceDock:
        """The tables of claims and runs."""

    def type_in(self) -> None:
        """Ask for the figures of a run without a file."""

    def add_document(self) -> None:
        """Ask for evidence that is no measurement."""

    def judge(self) -> None:
        """Ask for a person's verdict on a claim."""

    def criterion(self) -> None:
        """Ask for another criterion of a claim."""

    def doubts(self) -> None:
        """Ask about the doubts on a claim and the gaps behind it."""

    def baselines(self) -> None:
        """Ask what a claim's metric is held against."""

    def edit(self) -> None:
        """Show a claim in the inspector."""

    def move(self) -> None:
        """Ask what else a claim should speak of."""

    def copy(self) -> None:
        """Ask what a copy of a claim should speak of."""

    def detach(self) -> None:
        """Remove a claim."""

    def replace_run(self) -> None:
        """Ask for the run that takes another's place, with every verdict before and after."""

    def withdraw_run(self) -> None:
        """Ask why a run no longer counts."""

    def reinstate_run(self) -> None:
        """Let a withdrawn run count again."""

    def supersede_run(self) -> None:
        """Ask which later run speaks in place of one."""

    def copy_source(self) -> None:
        """Copy the file of a run beside the project."""


class CapabilityWork(Protocol):
    """The capability view; each asks what it needs to."""

    @property
    def shown(self) -> bool:
        """Whether the view stands in the place of the diagram."""

    def toggle(self) -> None:
        """Show the view, or the diagram again."""

    def new(self) -> None:
        """Ask for title and frame, and make a grid."""

    def fill(self) -> None:
        """Ask which run fills which cells, and fill them."""

    def point(self) -> None:
        """Ask for a new point of the sweep."""

    def frame(self) -> None:
        """Ask for the rows and columns of the grid shown."""

    def export(self) -> None:
        """Ask how and where to, and write the figure."""

    def delete(self) -> None:
        """Ask, and remove the grid shown."""


class RiskWork(Protocol):
    """Rating risk; each asks what it needs to."""

    def look(self, dimension: ImpactDimension) -> None:
        """Look at the diagram for one impact dimension."""

    def look_at_dimensions(self) -> None:
        """Look at the diagram for all impact dimensions, told apart by colour."""

    def look_at_selection(self) -> None:
        """Look at the diagram for the hazards selected."""

    def scheme(self) -> None:
        """Ask for the scheme the project rates by."""

    def accept(self) -> None:
        """Ask who accepts the residual risk of what is selected."""

    def withdraw(self) -> None:
        """Remove the newest acceptance of the residual risk of what is selected."""

    def export(self) -> None:
        """Ask how and where to, and write the risk matrix."""


class Findings(Protocol):
    """The dock of the linter's findings."""

    @property
    def count(self) -> int:
        """How many findings count."""

    def show(self) -> None:
        """Show the findings and let the keyboard work on them."""

    def show_on(self, id: str) -> None:
        """Show the findings on one thing of the diagram only."""

    def go(self, step: int) -> None:
        """To the next finding (1) or the one before (-1), and to what it is about."""

    @property
    def badged(self) -> bool:
        """Whether the badges of findings stand on the diagram."""

    def toggle_badges(self) -> None:
        """Show the badges on the diagram, or hide them."""


class LogWork(Protocol):
    """Hazard logs as files; each asks what it needs to."""

    def import_log(self) -> None:
        """Ask for a log, and take it into the project."""

    def export(self) -> None:
        """Ask where to, and write the log."""


class Windows(Protocol):
    """Dialogs and other parts of the window."""

    def command_palette(self) -> None:
        """Show the palette of commands."""

    def find(self) -> None:
        """Show the find bar."""

    def find_next(self, backwards: bool) -> None:
        """Go to the next hit, or the one before."""

    def settings(self) -> None:
        """Show the settings."""

    def shortcuts(self) -> None:
        """Show the list of shortcuts."""

    def guide(self) -> None:
        """Show the user's guide."""

    def about(self) -> None:
        """Show name, version and licence."""

    def welcome(self) -> None:
        """Show the start page: new, recent, samples."""

    def recover(self) -> None:
        """Offer what a crash left unsaved, or say that there is nothing."""

    def open_link(self) -> None:
        """Ask which address of what is selected is to be opened outside the program, and open it."""

    def new_diagram(self) -> None:
        """Ask for title and notation and add a diagram."""

    def rename_diagram(self) -> None:
        """Ask for another title of the current diagram."""

    def toggle_dock(self, name: str) -> None:
        """Show or hide a dock."""

    def enlarge_dock(self) -> None:
        """Give the dock in use most of the window, or its usual size again."""

    def dock_enlarged(self) -> bool:
        """Whether the dock in use takes most of the window."""

    def dock_shown(self, name: str) -> bool:
        """Whether a dock is shown."""

    def is_dark(self) -> bool:
        """Whether the dark theme is in force."""

    def toggle_theme(self) -> None:
        """Change between light and dark."""

    def next_region(self, backwards: bool) -> None:
        """Move the focus to the next part of the window."""

    def confirm(self, title: str, question: str, verb: str) -> bool:
        """Ask before something that is not easily seen; ``verb`` names the button."""

    def tell(self, message: str) -> None:
        """Say why something was not done, in one sentence."""

    def switch_diagram(self, step: int) -> None:
        """Show the next diagram, or the one before."""


class Workbench(Versions, Stage, Meetings, Routes, Protocol):
    """One window with one document."""

    @property
    def session(self) -> Session:
        """The document and the user's place in it."""

    @property
    def files(self) -> Files:
        """Opening, saving, closing."""

    @property
    def canvas(self) -> Canvas:
        """The view of the current diagram."""

    @property
    def clipboard(self) -> Clipboard:
        """The system's clipboard."""

    @property
    def evidence(self) -> EvidenceWork:
        """Claims and runs."""

    @property
    def capability(self) -> CapabilityWork:
        """The capability view."""

    @property
    def risk(self) -> RiskWork:
        """Risk scheme, matrix, acceptance, lens."""

    @property
    def findings(self) -> Findings:
        """What the linter holds against the project."""

    @property
    def log(self) -> LogWork:
        """The hazard log's files."""

    @property
    def odd(self) -> OddWork:
        """The operational design domain."""

    @property
    def merging(self) -> MergeWork:
        """Merging with a file, and what a merge left open."""

    @property
    def windows(self) -> Windows:
        """Dialogs and docks."""

    def arrange(self) -> None:
        """Arrange the current diagram in one undoable step."""

    def paste_point(self) -> tuple[float, float]:
        """Where on the diagram a paste should be centred (scene units)."""
