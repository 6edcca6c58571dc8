"""What can go wrong while a run file is read, as one plain line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final


def one_line(text: str, limit: int = 300) -> str:
    """``text`` on one line: control characters out, surrogates made harmless, no longer than ``limit``."""
    if not text.isprintable():  # one call for the whole text: nearly every text needs no look at its characters
        text = text.encode("utf-8", "replace").decode("utf-8")
        text = "".join(ch if ch.isprintable() else " " for ch in text)
    clean = " ".join(text.split())
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


class ImportProblem(Exception):  # noqa: N818 - a problem with the user's file, none of the program
    """A file could not be read as an evaluation run. Nothing was changed.

    Attributes:
        path: the file.
        what: what is wrong, as a clause without a full stop.
        what_to_do: what the user can do about it.
    """

    _LONGEST_ADVICE: Final = 2_000

    def __init__(self, path: Path | str, what: str, what_to_do: str = "") -> None:
        """Keep the parts; the message joins them in one line."""
        self.path = Path(path)
        self.what = one_line(what)
        self.what_to_do = one_line(what_to_do, self._LONGEST_ADVICE)
        message = f"{one_line(str(path))}: {self.what}"
        super().__init__(f"{message}; {self.what_to_do}" if self.what_to_do else message)


class NoRunFile(ImportProblem):
    """The file is sound, for all we know, but no run of a format that is read: in a folder it is passed over."""


def lines_of(problems: Sequence[ImportProblem]) -> list[str]:
    """A line for each problem; what is to be done about several files of no known format is said once, at the end."""
    strangers = [problem for problem in problems if isinstance(problem, NoRunFile)]
    if len(strangers) < 2:
        return [str(problem) for problem in problems]
    lines = [f"{p.path}: {p.what}" if isinstance(p, NoRunFile) else str(p) for p in problems]
    advice = dict.fromkeys(p.what_to_do for p in strangers if p.what_to_do)
    return [one_line(line, 2_000) for line in (*lines, *(text[:1].upper() + text[1:] for text in advice))]


class NeedsMapping(ImportProblem):
    """The file is a table, and somebody must say what its columns mean.

    Attributes:
        columns: names of the columns, as far as they are shown.
    """

    def __init__(self, path: Path | str, what: str, what_to_do: str, columns: tuple[str, ...]) -> None:
        """Keep the columns too."""
        super().__init__(path, what, what_to_do)
        self.columns = columns


class Cancelled(Exception):  # noqa: N818 - the user's wish, no error
    """The user asked to stop; nothing was changed."""
