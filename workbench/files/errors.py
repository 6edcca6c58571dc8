"""The two ways a project file fails, each one line: what, where, what to do."""


class ProjectFileError(Exception):
    """A project file could not be read. The message is one plain line for the user."""


class SaveError(ProjectFileError):
    """A file could not be written; what lay there before is untouched. The message is one plain line."""
