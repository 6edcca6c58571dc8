"""Reading projects for commands."""

from workbench.cli.output import CommandFailedError
from workbench.files.errors import ProjectFileError
from workbench.files.project import LoadedProject, load_project


def open_for_reading(file: str) -> LoadedProject:
    """A project this version understands whole.

    Raises:
        CommandFailedError: it cannot be read, or a newer major version wrote it.
    """
    loaded = open_for_showing(file)
    if loaded.read_only:
        raise CommandFailedError(f"{file}: {loaded.read_only}")
    return loaded


def open_for_showing(file: str) -> LoadedProject:
    """A project, a newer one read-only.

    Raises:
        CommandFailedError: it cannot be read.
    """
    try:
        return load_project(file)
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None
