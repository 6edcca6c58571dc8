"""Commands that draw: they start Qt without a display, and say in one line which system library is missing."""

import importlib
import os
from types import ModuleType

from workbench.cli.output import CommandFailedError
from workbench.cli.system import missing_from, missing_libraries, missing_sentence

_PLATFORM = "offscreen"


def load_drawing(module: str) -> ModuleType:
    """Import a module that draws, with Qt on its offscreen platform whatever the environment says.

    Raises:
        CommandFailedError: a system library is missing; Qt itself would abort the process.
    """
    os.environ["QT_QPA_PLATFORM"] = _PLATFORM
    missing = missing_libraries(_PLATFORM)
    if missing:
        raise CommandFailedError(missing_sentence(missing))
    try:
        return importlib.import_module(module)
    except ImportError as error:
        library = missing_from(error)
        if library is None:
            raise
        raise CommandFailedError(missing_sentence([library])) from None
