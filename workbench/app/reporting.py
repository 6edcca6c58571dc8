"""The report of a project, asked for in one window: made in slices while the window stays alive, with Cancel."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.app.asking import FileAsking
from workbench.app.ports import Frame
from workbench.app.steps import write_in_steps

if TYPE_CHECKING:
    from workbench.export.steps import Steps

WRITTEN: Final = "PDF (*.pdf);;Word document (*.docx);;Web page (*.html)"


class Reporting:
    """Writes the report of the document of one window."""

    def __init__(self, frame: Frame, asking: FileAsking) -> None:
        """Speak for one window."""
        self._frame = frame
        self._asking = asking

    def export(self) -> None:
        """Ask where to, and write the report as the ending says; what makes it is loaded now."""
        from workbench.export.facts import one_line, project_of
        from workbench.export.names import safe_name

        title = one_line(project_of(self._frame.session.store).title)
        name = f"{safe_name(title, 'project')} report.pdf"
        path = self._asking.save("report", "Export report", name, WRITTEN)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the report; the document is as it was when this began, whatever happens meanwhile."""
        from workbench.export.out_file import check_place, put
        from workbench.export.report import report_steps
        from workbench.panels.beside import beside
        from workbench.store.store import Store

        session = self._frame.session
        store = Store(session.store.snapshot().values())

        def steps() -> "Steps[int]":
            check_place(path)
            return put(path, (yield from report_steps(store, path, project=session.path, aside=beside)))

        told = f"Writing {path.name}: every diagram is drawn, every claim judged, every rule checked."
        write_in_steps(self._frame, path, steps(), text=told)
