"""The ways a project file fails, each one line: what, where, what to do."""


class ProjectFileError(Exception):
    """A project file could not be read. The message is one plain line for the user."""


class SaveError(ProjectFileError):
    """A file could not be written; what lay there before is untouched. The message is one plain line."""


class NoTemporaryFileError(SaveError):
    """A file could not be saved because its folder takes no new file to write beside it; itself it may be written.

    Whoever asked may save with ``write_in_place``, but only after the user agreed to it: a power failure meanwhile can
    leave neither the old file nor the new one.
    """
