"""What actions ask about the hazard log of one window: taking one in, writing it out. Dialogs load when used."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from workbench.app.ports import Frame, Host
from workbench.panels.messages import show_error
from workbench.store.store import ReadOnlyError

if TYPE_CHECKING:
    from workbench.panels.log_panel import LogPanel

_IMPORTED = "Hazard logs (*.xlsx *.csv *.tsv *.txt);;All files (*)"
_WRITTEN = "Excel workbook (*.xlsx);;CSV (*.csv);;Word document (*.docx);;Web page (*.html);;Markdown (*.md)"


class Log:
    """What the ``LogWork`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame

    def wire(self, panel: "LogPanel") -> None:
        """The dock has been made."""
        panel.import_requested.connect(self.import_log)
        panel.export_requested.connect(self.export)

    def _folder(self) -> Path:
        path = self._frame.session.path
        return path.parent if path is not None else Path.home()

    def import_log(self) -> None:
        """Ask for a log and what its columns mean, and take it into the project in one step."""
        title = "Import hazard log"
        name, _ = QFileDialog.getOpenFileName(self._frame.widget, title, str(self._folder()), _IMPORTED)
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Ask what the columns of a log mean, and take it in."""
        from workbench.analysis.hazard_log import GROUP_OF
        from workbench.commands.log_diagrams import draw_hazards
        from workbench.commands.log_import import import_log, summary
        from workbench.commands.odd import load_baseline
        from workbench.files.log_grid import LogReadError, read_grid
        from workbench.files.log_mapping import heading_score
        from workbench.panels.log_mapping_dialog import LogMappingDialog

        session, widget = self._frame.session, self._frame.widget
        try:
            grid = read_grid(path, heading_score)
        except LogReadError as problem:
            show_error(widget, "Not imported", str(problem))
            return
        dialog = LogMappingDialog(path, grid, widget)
        profile = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        if profile is None:
            return
        try:
            with session.store.transaction("Import hazard log") as tx:
                if GROUP_OF.keys() & profile.columns.keys():
                    load_baseline(tx)
                result = import_log(tx, grid, profile)
                draw_hazards(tx, result.new)
        except ReadOnlyError as problem:
            show_error(widget, "Not imported", str(problem))
            return
        said = summary(result)
        session.notice.emit(said)
        if result.remarks:
            lines = [str(remark) for remark in result.remarks]
            more = [f"… and {len(lines) - 25:,} more"] if len(lines) > 25 else []
            show_error(widget, "Imported, with remarks", "\n".join([said, "", *lines[:25], *more]))

    def export(self) -> None:
        """Ask where to, and write the log as the ending says."""
        from workbench.export.errors import ExportError
        from workbench.export.log import export_log

        session, widget = self._frame.session, self._frame.widget
        start = self._folder() / "hazard-log.xlsx"
        name, _ = QFileDialog.getSaveFileName(widget, "Export hazard log", str(start), _WRITTEN)
        if not name:
            return
        path = Path(name)
        try:
            size = export_log(session.store, path)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        session.notice.emit(f"Exported {path.name} ({size / 1024:,.0f} KiB)")
