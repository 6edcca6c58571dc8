"""The revisions of one window's project, as actions see them. Loaded when first asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtWidgets import QInputDialog

from workbench.app import place
from workbench.app.asking import FileAsking
from workbench.app.comparing import NOW, Comparing, Version
from workbench.app.ports import Frame, Host
from workbench.commands.restore import restore
from workbench.files.errors import ProjectFileError, SaveError
from workbench.files.project import LoadedProject
from workbench.files.revisions import Damage, Revision, Revisions
from workbench.panels.messages import confirm, show_error
from workbench.panels.progress import work_beside
from workbench.panels.revision_list import PICTURE
from workbench.panels.revision_rows import rows_of, verified, when
from workbench.panels.run_worker import Work
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError, Store

if TYPE_CHECKING:
    from workbench.app.docks import Docks
    from workbench.app.documents import Documents
    from workbench.app.menus import Menus
    from workbench.app.revision_pictures import RevisionPictures
    from workbench.canvas.change_scenes import Side
    from workbench.panels.revisions_panel import RevisionsPanel

T = TypeVar("T")
_MOST = 200
"""Characters of a name that is asked for."""


class Parts(place.Parts, Protocol):
    """The window's own parts that revisions work on."""

    docks: "Docks"
    files: "Documents"
    menus: "Menus"

    def refresh_actions(self) -> None:
        """Enable and check the actions anew, soon."""


class RevisionWork:
    """What the ``RevisionWork`` port of the actions is, for one window.

    Attributes:
        comparing: the comparison in the place of the diagram.
    """

    def __init__(self, host: Host, frame: Frame, parts: Parts, asking: FileAsking) -> None:
        """Speak for one window, whose dock comes when it is first seen."""
        self._host = host
        self._frame = frame
        self._parts = parts
        self._panel: RevisionsPanel | None = None
        self._pictures: RevisionPictures | None = None
        self._verifying: Work[tuple[int, list[Damage]]] | None = None
        self._read_of: object = None
        self._known: dict[str, Revision] = {}
        self.comparing = Comparing(host, frame, parts, asking)

    def close_down(self) -> None:
        """The window closes."""
        self.comparing.close_down()
        if self._pictures is not None:
            self._pictures.stop()
        if self._verifying is not None:
            self._verifying.drop()

    # the dock

    def make_panel(self) -> "RevisionsPanel":
        """What stands in the dock."""
        from workbench.app.revision_pictures import RevisionPictures
        from workbench.panels.revisions_panel import RevisionsPanel

        panel = self._panel = RevisionsPanel(self._frame.session)
        pictures = self._pictures = RevisionPictures(self._frame.session, self._load_store, PICTURE, panel)
        panel.list.picture = lambda name: pictures.get(name, panel.devicePixelRatioF())
        panel.list.menu = lambda parent: self._parts.menus.context_menu(parent, "revision")
        pictures.ready.connect(panel.list.viewport().update)
        panel.reading.connect(self._read)
        panel.do.connect(self._do)
        panel.chosen_changed.connect(self._parts.refresh_actions)
        return panel

    def _do(self, id: str) -> None:
        self._parts.menus.refresh()  # what is chosen decides what can be done
        self._parts.run_action(id)

    def _read(self) -> None:
        """Show the revisions that lie beside the project now."""
        panel, path = self._panel, self._frame.session.path
        if panel is None:
            return
        if path != self._read_of and self._pictures is not None:
            self._pictures.forget()
        self._read_of = path
        problem = ""
        try:
            found = Revisions(path).all() if path is not None else []
        except ProjectFileError as error:
            found, problem = [], str(error)
        self._known = {one.name: one for one in found}
        panel.show_revisions(rows_of(found), problem)

    @property
    def chosen(self) -> list[Revision]:
        """The revisions chosen in the dock, the newest first."""
        names = self._panel.chosen() if self._panel is not None else []
        return [self._known[name] for name in names if name in self._known]

    def show(self) -> None:
        """Show the revisions and let the keyboard work on them."""
        self._parts.docks.show("revisions")

    # saving

    def save(self) -> None:
        """Ask for a message, and keep the document as it is now."""
        from workbench.panels.revision_dialog import RevisionDialog

        session, widget = self._frame.session, self._frame.widget
        self._frame.commit_edits()
        if session.path is None:
            question = "Revisions lie beside the project’s file, so the project is saved first."
            if not confirm(widget, "Save revision", question, "Save as…") or not self._parts.files.save_as():
                return
        path = session.path
        if path is None:
            return
        kept = Revisions(path)
        try:
            taken = frozenset(name for one in kept.all() for name in one.baselines)
        except ProjectFileError as problem:
            show_error(widget, "Not saved", str(problem))
            return
        wanted = RevisionDialog(self._host.settings.author, taken, widget).show_modal()
        if wanted is None:
            return
        if wanted.author and not self._host.settings.author:
            self._host.change_settings(replace(self._host.settings, author=wanted.author))
        records, header = session.store.snapshot(), self._parts.files.header

        def work() -> Revision:
            store = Store(records.values())
            told = {"message": wanted.message, "author": wanted.author, "baseline": wanted.baseline}
            return kept.save(store, header, time=datetime.now(UTC), **told)

        saved = self._beside(work, "Save revision", "Saving the revision.", "Not saved")
        if saved is not None:
            session.notice.emit(f"Saved revision {saved.number}")
        self._read()

    # using

    def compare(self) -> None:
        """Compare the revision chosen with the document, or the two that are chosen with each other."""
        chosen, path = self.chosen, self._frame.session.path
        if path is None or len(chosen) not in (1, 2):
            return
        kept = Revisions(path)

        def load() -> tuple[Version, Version]:
            old = _version(kept, chosen[-1])
            return old, _version(kept, chosen[0]) if len(chosen) > 1 else Version(NOW)

        newer = f"revision {chosen[0].number}" if len(chosen) > 1 else "the document"
        self.comparing.compare(load, f"revision {chosen[-1].number} with {newer}")

    def open(self) -> None:
        """Open the revision chosen in a window of its own, read-only."""
        for revision in self.chosen[:1]:
            loaded = self._load(revision, "Not opened")
            if loaded is not None:
                name = f"Revision {revision.number} of {self._frame.document_name()}"
                reason = f"{name} cannot be changed; restore it, or save it as a file of its own, to go on from it."
                self._host.show_read_only(loaded, name, reason)

    def restore(self) -> None:
        """Ask, and bring the document back to the revision chosen in one undoable step."""
        session = self._frame.session
        for revision in self.chosen[:1]:
            question = (
                f"Bring the document back to revision {revision.number}, “{' '.join(revision.message.split())[:80]}”? "
                "What was changed since is taken out in one step; Undo brings it back."
            )
            if not confirm(self._frame.widget, "Restore revision", question, "Restore"):
                continue
            loaded = self._load(revision, "Not restored")
            if loaded is None:
                continue
            try:
                with session.store.transaction(f"Restore revision {revision.number}") as tx:
                    changed = restore(tx, loaded.store.records)
            except (ReadOnlyError, IntegrityError) as problem:
                show_error(self._frame.widget, "Not restored", str(problem))
                continue
            said = f"Restored revision {revision.number}; Undo takes it back."
            session.notice.emit(said if changed else f"The document is as in revision {revision.number} already.")

    def name(self) -> None:
        """Ask for a name of the revision chosen."""
        path = self._frame.session.path
        for revision in self.chosen[:1]:
            label = f"Name of revision {revision.number}, such as the review it was shown in"
            name, accepted = QInputDialog.getText(self._frame.widget, "Name baseline", label)
            if not accepted or not name.strip() or path is None:
                continue
            try:
                Revisions(path).name(revision.name, name[:_MOST])
            except (ProjectFileError, SaveError) as problem:
                show_error(self._frame.widget, "Not named", str(problem))
            self._read()

    def verify(self) -> None:
        """Say whether every revision is still what was saved, once that is known."""
        path = self._frame.session.path
        if path is None or self._verifying is not None:
            return
        self.show()
        panel = self._panel
        if panel is None:
            return
        panel.say("Verifying…")
        kept = Revisions(path)
        work: Work[tuple[int, list[Damage]]] = Work(
            lambda _tell, _stopped: (len(kept.all()), kept.verify()), panel, self._verified
        )
        self._verifying = work
        work.start()

    def _verified(self) -> None:
        work, self._verifying = self._verifying, None
        if work is None or self._panel is None:
            return
        said = verified(*work.result) if work.result is not None else f"Not verified: {work.error}"
        self._panel.say(said)

    # the comparison

    def compare_with_file(self) -> None:
        """Ask for another project file, and compare it with the document."""
        self.comparing.compare_with_file()

    def step(self, step: int) -> None:
        """To the next change (1), or the one before (-1)."""
        self.comparing.step(step)

    def show_side(self, side: "Side") -> None:
        """Show both versions as one picture, or one of them as it was."""
        self.comparing.show_side(side)

    def export(self) -> None:
        """Ask where to, and write the picture of the changes."""
        self.comparing.export()

    def close(self) -> None:
        """Show the diagram again."""
        self.comparing.close()

    # helpers

    def _load_project(self, name: str) -> LoadedProject:
        """The document of a revision; for a thread."""
        path = self._frame.session.path
        if path is None or name not in self._known:
            raise ProjectFileError("The project has no such revision.")
        return Revisions(path).load(self._known[name])

    def _load_store(self, name: str) -> Store:
        return self._load_project(name).store

    def _load(self, revision: Revision, failed: str) -> LoadedProject | None:
        return self._beside(
            lambda: self._load_project(revision.name), "Revisions", f"Reading revision {revision.number}.", failed
        )

    def _beside(self, work: Callable[[], T], title: str, text: str, failed: str) -> T | None:
        """Do something beside the window; None where it failed, which has been told."""
        try:
            found, wanted = work_beside(lambda _unwanted: work(), title=title, text=text, parent=self._frame.widget)
        except (ProjectFileError, SaveError) as problem:
            show_error(self._frame.widget, failed, str(problem))
            return None
        return found if wanted else None


def _version(kept: Revisions, revision: Revision) -> Version:
    who = ", ".join(part for part in (revision.author, when(revision.time)) if part)
    return Version(f"Revision {revision.number}", who, kept.load(revision).store.records)
