"""Why a command could not be carried out, in one sentence for the user."""


class CommandError(Exception):
    """What was asked is not possible; the document is as it was."""
