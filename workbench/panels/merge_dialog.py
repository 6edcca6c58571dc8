"""Merging with a file: from which version both grew, and what would come in, before anything is changed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from workbench.analysis.merge_preview import Preview
from workbench.commands.errors import CommandError
from workbench.files.errors import ProjectFileError
from workbench.panels.attach_base import AskDialog, Choice
from workbench.panels.common import Label
from workbench.panels.run_worker import Work
from workbench.render.characters import clean

_MOST_LINES: Final = 1_000
_WHICH: Final = "Say from which version both grew."
_GREW: Final = "Both grew from"
_HINT: Final = (
    "What only one of the two changed since then needs no question. "
    "Without a common version, whatever differs is asked."
)

B = TypeVar("B")
M = TypeVar("M")


class MergeDialog(AskDialog, Generic[B, M]):
    """Shows what a merge comes to; the answer is its preview and what else came of working it out.

    Attributes:
        base: the choice of the version both grew from.
    """

    def __init__(
        self,
        name: str,
        bases: Sequence[tuple[str, B | None]],
        found: B | None,
        *,
        another: Callable[[], tuple[str, B] | None],
        work: Callable[[B], tuple[Preview, M]],
        parent: QWidget | None = None,
    ) -> None:
        """Ask.

        Args:
            name: of the other file.
            bases: what both may have grown from, in words; None stands for a file that is then asked for.
            found: the one that is known to be it; None where it is not known.
            another: asks for that file.
            work: works a merge out from a base, beside the window; may raise ProjectFileError.
        """
        super().__init__("Merge with file", "Merge", parent)
        self._bases, self._another, self._compute = list(bases), another, work
        self._work: Work[tuple[Preview, M]] | None = None
        self._found: tuple[Preview, M] | None = None
        self._wrong = ""
        self.add_head(f"Merge {clean(name)} into this project", _HINT)
        label = Label(_GREW)
        self.base: Choice = self.choice(_GREW, self._bases, chosen=found)
        self.base.changed.connect(self._start)
        label.setBuddy(self.base)
        self.body.addWidget(label)
        self.body.addWidget(self.base)
        self.summary = Label("", wrap=True)
        self.body.addWidget(self.summary)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working out the merge")
        self.body.addWidget(self.progress)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName("What comes in")
        self.lines.setMinimumHeight(220)
        self.body.addWidget(self.lines, 1)
        self.setMinimumWidth(620)
        self.base.setFocus()
        self._start()

    def _start(self) -> None:
        """Work out what the merge comes to from the base chosen."""
        if self._work is not None:
            self._work.drop()
        self._work, self._found, self._wrong = None, None, ""
        if self.base.is_chosen and self._bases[self.base.currentIndex()][1] is None:
            self._ask_for_another()
            return
        if self.base.is_chosen:
            base = self._bases[self.base.currentIndex()][1]
            assert base is not None
            compute = partial(self._compute, base)
            self._work = Work(lambda _tell, _stop: compute(), self, self._finished)
            self._work.start()
        self._show()

    def _ask_for_another(self) -> None:
        chosen = self._another()
        if chosen is not None:
            self._bases.insert(len(self._bases) - 1, chosen)
        self.base.set_options(self._bases, chosen=chosen[1] if chosen is not None else None)
        self._start()

    def _finished(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        self._found = work.result
        if isinstance(work.error, ProjectFileError):
            self._wrong = str(work.error)
        elif work.error is not None:
            raise work.error
        self._show()

    def _show(self) -> None:
        self.progress.setVisible(self._work is not None)
        found = self._found[0] if self._found is not None else None
        self.summary.setText(found.summary if found is not None else self._wrong)
        lines = list(found.lines[:_MOST_LINES]) if found is not None else []
        if found is not None and len(found.lines) > len(lines):
            lines.append(f"and {len(found.lines) - len(lines):,} lines more")
        self.lines.setPlainText(clean("\n".join(lines)))
        self.lines.setEnabled(found is not None)
        self.refresh()

    def read(self) -> tuple[Preview, M]:
        """The merge as it was worked out, and what else came of that."""
        if self._found is None:
            if self._wrong:
                raise CommandError("Choose another version.")
            raise CommandError("Working out the merge…" if self._work is not None else _WHICH)
        if not self._found[0].changes:
            raise CommandError("Everything in it is here already.")
        return self._found
