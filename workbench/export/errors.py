"""The one way an export fails: a line for the user."""


class ExportError(Exception):
    """A figure could not be drawn or written. The message is one plain line: what, where, what to do."""
