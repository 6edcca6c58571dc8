"""What actions ask about the hazard log of one window: taking one in, writing it out. Dialogs load when used."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.app.asking import FileAsking
from workbench.app.ports import Frame, Host
from workbench.app.settings import view_state
from workbench.app.steps import write_beside
from workbench.panels.messages import show_error
from workbench.store.store import ReadOnlyError

if TYPE_CHECKING:
    from workbench.panels.log_panel import LogPanel

_IMPORTED = "Hazard logs (*.xlsx *.csv *.tsv *.txt);;All files (*)"
_WRITTEN = "Excel workbook (*.xlsx);;CSV (*.csv);;Word document (*.docx);;Web page (*.html);;Markdown (*.md)"


class Log:
    """What the ``LogWork`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame, asking: FileAsking) -> None:
        """Speak for one window, whose dock comes later."""
        self._host = host
        self._frame = frame
        self._panel: LogPanel | None = None
        self._asking = asking

    def wire(self, panel: "LogPanel") -> None:
        """The dock has been made: it takes the columns it had last time."""
        self._panel = panel
        panel.take_view_state(view_state(self._host.settings.log))
        panel.import_requested.connect(self.import_log)
        panel.export_requested.connect(self.export)

    def state(self) -> str:
        """Columns and groups of the table, for the settings."""
        return json.dumps(self._panel.view_state()) if self._panel is not None else self._host.settings.log

    def import_log(self) -> None:
        """Ask for a log and what its columns mean, and take it into the project in one step."""
        path = self._asking.open("log", "Import hazard log", _IMPORTED)
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Ask what the columns of a log mean, and take it in."""
        from workbench.commands.log_import import import_log, summary
        from workbench.files.log_grid import LogReadError
        from workbench.files.log_mapping import heading_score, unmapped
        from workbench.files.log_reading import read_grid
        from workbench.panels.log_mapping_dialog import LogMappingDialog
        from workbench.panels.remarks_dialog import show_remarks

        session, widget = self._frame.session, self._frame.widget
        try:
            grid = read_grid(path, heading_score)
        except LogReadError as problem:
            show_error(widget, "Not imported", str(problem))
            return
        dialog = LogMappingDialog(path, grid, widget)
        profile = dialog.show_modal()
        grid = dialog.grid
        if profile is None:
            return
        try:
            with session.store.transaction("Import hazard log") as tx:
                result = import_log(tx, grid, profile)
        except ReadOnlyError as problem:
            show_error(widget, "Not imported", str(problem))
            return
        result.remarks[:0] = unmapped(grid, profile)
        said = summary(result)
        session.notice.emit(said)
        if result.remarks:
            show_remarks(widget, "Imported, with remarks", said, [str(remark) for remark in result.remarks])

    def export(self) -> None:
        """Ask where to, and write the log as the ending says."""
        from workbench.export.log import log_bytes

        path = self._asking.save("log", "Export hazard log", "hazard-log.xlsx", _WRITTEN)
        if path is not None:
            write_beside(self._frame, path, lambda store: log_bytes(store, path))
