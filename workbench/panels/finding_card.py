"""The card beside the findings: what the rule wants and why, and what can be done about it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.findings import KIND_WORD
from workbench.analysis.lint.registry import BY_ID
from workbench.commands.lint_fix import Fix
from workbench.model.review import Answer
from workbench.panels.common import FlowLayout, Label, button, clear_layout
from workbench.panels.finding_rows import FindingRow
from workbench.panels.finding_signs import SEVERITY_WORD, SeveritySign
from workbench.panels.style import SMALL_PX, TITLE_PX, ui_font
from workbench.render.characters import brief

SETTLE: Final = "Settle the conflict…"
ACCEPT: Final = "Accept residual risk…"
ACCEPTED_BY: Final = ("acceptance-missing", "acceptance-expired", "acceptance-level")
"""Rules whose findings end when somebody takes the risk on."""


class FindingCard(QScrollArea):
    """One finding in full.

    Attributes:
        answered: emits ``yes``, ``no`` or ``suppressed``: what the user wants to declare.
        taken_back: the user wants the declaration gone.
        fix_chosen: emits which of the fixes shown.
        rule_left: the user wants the rule left out of this project.
        review_asked: the user wants to see the merge conflict it is about.
        accept_asked: the user wants to record who accepts the residual risk it is about.
    """

    answered = Signal(str)
    taken_back = Signal()
    fix_chosen = Signal(int)
    rule_left = Signal()
    review_asked = Signal()
    accept_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("The finding in full")
        inner = self._inner = QWidget()
        inner.setProperty("panel", True)
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.sign = SeveritySign()
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        self.title = Label("", wrap=True)
        self.title.setFont(ui_font(TITLE_PX, strong=True))
        head.addWidget(self.title, 1)
        layout.addLayout(head)
        self.message = Label("", wrap=True)
        self.said = Label("", dim=True, wrap=True)
        self.question = Label("", wrap=True)
        layout.addWidget(self.message)
        layout.addWidget(self.said)
        layout.addWidget(self.question)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        layout.addWidget(self._buttons)
        self.explanation = Label("", wrap=True)
        self.source = Label("", dim=True, wrap=True)
        self.source.setFont(ui_font(SMALL_PX))
        layout.addWidget(self.explanation)
        layout.addWidget(self.source)
        layout.addStretch(1)
        self.setWidget(inner)
        self._shown: object = None

    @override
    def sizeHint(self) -> QSize:
        return QSize(340, 200)

    def show_finding(
        self, row: FindingRow | None, fixes: Sequence[Fix], answer: Answer | None, *, read_only: bool
    ) -> None:
        """Show another finding, or none."""
        wanted = (row, tuple(fix.title for fix in fixes), answer, read_only)
        self._inner.setVisible(row is not None)
        if row is None or wanted == self._shown:
            self._shown = wanted
            return
        self._shown = wanted
        rule = BY_ID[row.rule]
        self.sign.set_severity(row.severity, faint=row.settled)
        self.title.setText(rule.title)
        self.message.setText(row.message)
        self.said.setText(_said(answer))
        self.said.setVisible(answer is not None)
        self.question.setText(rule.question)
        self.question.setVisible(bool(rule.question) and not row.settled)
        self.explanation.setText(rule.explanation)
        what = f"{SEVERITY_WORD[row.severity]} · {KIND_WORD[row.kind]} · {row.rule}"
        self.source.setText(f"{what}\nSource: {rule.source}")
        self.setAccessibleDescription(brief(f"{rule.title}. {row.message} {rule.explanation}"))
        self._offer(row, fixes, answer, read_only=read_only)
        self.verticalScrollBar().setValue(0)

    def _offer(self, row: FindingRow, fixes: Sequence[Fix], answer: Answer | None, *, read_only: bool) -> None:
        clear_layout(self._flow)
        self._buttons.setVisible(not read_only)
        if read_only:
            return
        rule = BY_ID[row.rule]
        if rule.question and not row.suppressed:
            self._flow.addWidget(button("Yes…", lambda: self.answered.emit("yes"), tip="The rule is kept; say why"))
            self._flow.addWidget(button("No…", lambda: self.answered.emit("no"), tip=rule.no))
        if row.rule == "conflict" and not row.settled:
            self._flow.addWidget(button(SETTLE, self.review_asked.emit, tip="Both versions beside the diagram"))
        if row.rule in ACCEPTED_BY and not row.settled:
            self._flow.addWidget(button(ACCEPT, self.accept_asked.emit, tip="Who takes it on, and until when"))
        if not row.settled:
            for place, fix in enumerate(fixes):
                self._flow.addWidget(button(fix.title, partial(self.fix_chosen.emit, place), tip="Can be undone"))
            tip = "Say why it does not count here; the reason is kept with the project"
            self._flow.addWidget(button("Suppress…", lambda: self.answered.emit("suppressed"), tip=tip))
        if answer is not None:
            word = "suppression" if answer.answer == "suppressed" else "answer"
            self._flow.addWidget(button(f"Take the {word} back", self.taken_back.emit))
        tip = "No finding of this rule in this project any more; can be undone"
        self._flow.addWidget(button("Leave this rule out", self.rule_left.emit, look="flat", tip=tip))
        self._buttons.updateGeometry()


def _said(answer: Answer | None) -> str:
    """What somebody declared, in one line."""
    if answer is None:
        return ""
    what = "Suppressed" if answer.answer == "suppressed" else f"Answered {answer.answer}"
    who = f" by {answer.by}" if answer.by else ""
    when = f" on {answer.at[:10]}" if answer.at else ""
    return f"{what}{who}{when}: {answer.reason}"
