"""The report of a project, asked for in one window: made in slices while the window stays alive, with Cancel."""

from pathlib import Path
from typing import Final

from workbench.app.asking import FileAsking
from workbench.app.ports import Frame
from workbench.app.steps import write_out
from workbench.export.errors import ExportError
from workbench.panels.messages import show_error

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
        from workbench.panels.progress import work_in_slices
        from workbench.store.store import Store

        session, widget = self._frame.session, self._frame.widget
        try:
            check_place(path)
            steps = report_steps(Store(session.store.snapshot().values()), path, project=session.path)
            told = f"Writing {path.name}: every diagram is drawn, every claim judged, every rule checked."
            data, wanted = work_in_slices(steps, title="Export report", text=told, parent=widget)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        if not wanted or data is None:
            session.notice.emit("The report was not written.")
            return
        write_out(self._frame, path, lambda: put(path, data))
