"""What is no project at all is told from a damaged one."""

import pytest

from workbench.files.errors import ProjectFileError
from workbench.files.project import load_project


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\x89PNG\r\n\x1a\n\x00", "a PNG image"), (b"%PDF-1.7", "a PDF document"), (b"PK\x03\x04abc", "a ZIP archive")],
)
def test_a_file_of_another_kind_is_named(tmp_path, data, kind):
    path = tmp_path / "shot.hazard.json"
    path.write_bytes(data)
    with pytest.raises(ProjectFileError, match=f"is not a project file: it begins like {kind}"):
        load_project(path)
