"""What a drag from the evidence tables carries: ids of runs, metrics or claims, and their names as text."""

import json
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData

EVIDENCE_MIME: Final = "application/x-hazard-evidence"


def evidence_mime(ids: list[str]) -> QMimeData:
    """Data of a drag of some runs, metrics or claims."""
    data = QMimeData()
    data.setData(EVIDENCE_MIME, QByteArray(json.dumps(ids).encode()))
    return data
