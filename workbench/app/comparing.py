"""Two versions of the project of one window, compared in the place of the diagram. Loaded when first asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from workbench.analysis.change_rows import Changes
from workbench.app import place
from workbench.app.asking import FileAsking
from workbench.app.documents import FILTER as PROJECTS
from workbench.app.place import PlaceView
from workbench.app.ports import Frame, Host
from workbench.app.steps import write_out
from workbench.canvas.change_scenes import LARGE, ChangeScenes
from workbench.export.difference import export_difference
from workbench.export.names import safe_name
from workbench.files.errors import ProjectFileError
from workbench.files.project import load_project
from workbench.model.base import Record
from workbench.panels.change_page import ChangePage
from workbench.panels.messages import show_error
from workbench.panels.progress import work_beside
from workbench.panels.run_worker import Work
from workbench.render.fonts import ThreadMeasure
from workbench.store.store import Store
from workbench.values import value_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.canvas.change_scenes import Side
    from workbench.canvas.change_view import ChangeView

_FIGURES = "SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"
NOW = "This window"
"""What the document is called beside a version of it."""


@value_type(frozen=True, slots=True)
class Version:
    """One of the two that are compared.

    Attributes:
        name: what it is called in a few words, such as ``Revision 9``.
        note: who and when; empty where nobody knows.
        records: its records; None: the document of the window, as it is now.
    """

    name: str
    note: str = ""
    records: Mapping[str, Record] | None = None


class Comparing(PlaceView[ChangePage]):
    """The comparison of one window."""

    title = "Comparison"
    name = "Comparison of two versions"
    picture = "compare"
    action = "compare.close"
    kind = ""  # no record: its tab stands there while it is shown

    def __init__(self, host: Host, frame: Frame, parts: place.Parts, asking: FileAsking) -> None:
        """Speak for one window."""
        super().__init__(frame, parts)
        self._host = host
        self._asking = asking
        self._old: Version | None = None
        self._new: Version | None = None
        self._compared = -1
        self._added = False
        self._work: Work[ChangeScenes] | None = None

    @override
    def make_panel(self) -> ChangePage:
        page = ChangePage(self._frame.session)
        page.prepare = self._prepare
        page.outdated.connect(self._follow)
        return page

    @override
    def holds(self, record: Record) -> bool:
        return False

    @override
    def reveal(self, record: Record) -> None:
        """No record is shown here only."""

    @property
    def view(self) -> "ChangeView | None":
        """The picture, while it is shown."""
        return self.panel.view if self.shown else None

    def _prepare(self, view: "ChangeView") -> None:
        settings = self._host.settings
        view.swap_wheel = settings.wheel_zooms
        view.motion = not settings.reduced_motion

    # comparing

    def compare(self, load: "Callable[[], tuple[Version, Version]]", what: str) -> None:
        """Compare two versions beside the window, and show what differs.

        Args:
            load: gives the old and the new one; runs in a thread and may raise ``ProjectFileError``.
            what: what is compared, for the progress window.
        """
        self._frame.commit_edits()
        revision, present, shown = self._store.revision, self._store.snapshot(), self.panel.first_shown

        def work(unwanted: "Callable[[], bool]") -> tuple[Version, Version, ChangeScenes]:
            old, new = load()
            return old, new, _drawn(_changes(old, new, present), shown, unwanted)

        try:
            found, wanted = work_beside(work, title="Compare", text=f"Comparing {what}.", parent=self._frame.widget)
        except ProjectFileError as problem:
            show_error(self._frame.widget, "Not compared", str(problem))
            return
        if found is not None and wanted:
            self._old, self._new, scenes = found
            self._show(scenes, revision)

    def compare_with_file(self) -> None:
        """Ask for another project file, and compare it with the document."""
        path = self._asking.open("project", "Compare with file", PROJECTS)
        if path is not None:
            self.compare_with(path)

    def compare_with(self, path: Path) -> None:
        """Compare a project file with the document; the file counts as the older one."""

        def load() -> tuple[Version, Version]:
            return Version(path.name, str(path.parent), load_project(path).store.records), Version(NOW)

        self.compare(load, f"{path.name} with the document")

    def _show(self, scenes: ChangeScenes, revision: int) -> None:
        assert self._old is not None
        assert self._new is not None
        self._compared = revision
        notes = (version.note for version in (self._old, self._new) if version.note)
        if not self._added:  # the tab is there from the first comparison on
            self._added = True
            self._parts.place.add(self, self._parts)
        self.panel.show_changes(scenes, self._old.name, self._new.name, " → ".join(notes))
        self.show()
        if not scenes.changes:
            other = NOW[0].lower() + NOW[1:] if self._new.name == NOW else self._new.name
            self._frame.session.notice.emit(f"Nothing differs between {self._old.name} and {other}.")

    def _follow(self) -> None:
        """The document is another one by now: what is shown follows where it is one of the two."""
        old, new = self._old, self._new
        revision, present = self._store.revision, self._store.snapshot()
        if old is None or new is None or self._compared == revision or self._work is not None:
            return
        if old.records is not None and new.records is not None:
            return
        if len(present) < LARGE:
            self._show(ChangeScenes(_changes(old, new, present)), revision)
            return
        shown = self.panel.first_shown
        self._work = Work(
            lambda _tell, stop: _drawn(_changes(old, new, present), shown, stop),
            self.panel,
            lambda: self._came(revision),
        )
        self._work.start()

    def _came(self, revision: int) -> None:
        """A comparison made beside the window is there; it may be outdated by now."""
        work, self._work = self._work, None
        if work is None or work.result is None or not self.shown:
            return
        if revision == self._store.revision:
            self._show(work.result, revision)
        else:
            self._follow()

    # what actions ask

    def close(self) -> None:
        """Show the diagram again."""
        self.hide()

    def step(self, step: int) -> None:
        """To the next change (1), or the one before (-1)."""
        self.panel.step(step)

    def show_side(self, side: "Side") -> None:
        """Show both versions as one picture, or one of them as it was."""
        self.panel.show_side(side)

    def export(self) -> None:
        """Ask where to, and write the picture of the changes on the diagram shown."""
        changes, view = self.panel.changes, self.panel.view
        if changes is None or view is None:
            return
        name = f"{safe_name(changes.title_of(view.diagram))}-changes.svg"
        path = self._asking.save("figure", "Export the changes", name, _FIGURES)
        if path is not None:
            before, after = Store(changes.before.values()), Store(changes.after.values())
            every = path.suffix == ".pdf"  # one a page
            wanted = None if every or not view.diagram else view.diagram
            write_out(self._frame, path, lambda: export_difference(before, after, path, diagram=wanted).size)

    def close_down(self) -> None:
        """The window closes."""
        if self._work is not None:
            self._work.drop()
        if self._panel is not None:
            self._panel.dispose()

    @property
    def _store(self) -> Store:
        return self._frame.session.store


def _changes(old: Version, new: Version, present: Mapping[str, Record]) -> Changes:
    before, after = (present if version.records is None else version.records for version in (old, new))
    return Changes(before, after)


def _drawn(
    changes: Changes, shown: "Callable[[Changes], tuple[str, Side]]", unwanted: "Callable[[], bool]"
) -> ChangeScenes:
    """What differs, and the picture of it that is shown first; in another thread than that of the window."""
    scenes = ChangeScenes(changes)
    if not unwanted():
        scenes.make(*shown(changes), ThreadMeasure(), unwanted)
    return scenes
