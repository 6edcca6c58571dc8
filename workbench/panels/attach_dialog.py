"""Choosing what of a run to attach: run, metric, claim and criterion, with the verdict shown as they are set."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.claims import run_name
from workbench.analysis.words import count_words
from workbench.commands.errors import CommandError
from workbench.evidence.doubts import dated_wrong
from workbench.evidence.imported import ImportedRun
from workbench.evidence.labels import metric_label
from workbench.model.runs import Baseline, Criterion, Metric
from workbench.panels.attach_base import AskDialog, Choice, VerdictBox, WrongField, form_grid, labelled, scrolled
from workbench.panels.attach_baseline import BaselineForm
from workbench.panels.attach_criterion import Basis, CriterionForm, show_preview
from workbench.panels.attach_metrics import MetricTree
from workbench.panels.common import Label, column, rule
from workbench.panels.style import SMALL_PX, ui_font
from workbench.values import value_type

_FILTER_FROM = 15
"""Metrics from which a filter is worth its room."""
_LEAST_LINES, _FEW_METRICS = 3, 6
_SHARE, _LARGE_SHARE = 0.24, 0.5
"""How much of the dialog's height doubts take before they scroll; the larger share where few metrics stand below."""


@value_type(frozen=True, slots=True)
class AttachRequest:
    """What the analyst chose; the caller commits it.

    Attributes:
        criterion: None to attach without a verdict.
        title: the claim in words.
        baseline: what the metric is held against, beside the baselines it has.
        copy: a copy of the run's file should be put beside the project.
        everywhere: it speaks of a control on all its lines, not of the one line it was attached to.
    """

    imported: ImportedRun
    metric: Metric
    criterion: Criterion | None
    title: str
    baseline: Baseline | None = None
    copy: bool = False
    everywhere: bool = False


Attach = Callable[[AttachRequest], bool]
"""Commits what was chosen; False (said) where that was refused."""


class _Doubts(QScrollArea):
    """Doubts as high as their words, up to a share of the dialog; the rest scrolls.

    Attributes:
        share: of the dialog's height.
    """

    def __init__(self, words: Label) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Doubts about the run")
        self.setWidget(words)
        self._words = words
        self.share = _SHARE
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, min(self._most(), self._needed()) + 2 * self.frameWidth())

    def _needed(self) -> int:
        """Height of the words in the whole width."""
        return self._words.heightForWidth(self.width() - 2 * self.frameWidth())

    def _most(self) -> int:
        return max(_LEAST_LINES * self._words.fontMetrics().lineSpacing(), round(self.window().height() * self.share))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scrolls = self._needed() > self._most()
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()


class AttachDialog(AskDialog):
    """Metrics of the runs that were read, claim and criterion for one subject."""

    def __init__(
        self,
        runs: Sequence[ImportedRun],
        subject: str,
        parent: QWidget | None = None,
        *,
        basis: Basis | None = None,
        can_copy: str = "",
        shared: bool = False,
        attach: Attach | None = None,
    ) -> None:
        """Offer runs.

        Args:
            runs: at least one.
            subject: what the evidence is about, in words.
            parent: the window.
            basis: what the preview of the verdict is reckoned against.
            can_copy: why the source cannot be copied; empty where it can.
            shared: the subject is a control on one of several lines; ask whether all of them are meant.
            attach: commits a figure while the dialog stays open for another one; None: there is only one.
        """
        super().__init__("Attach evidence", "Attach", parent)
        self._runs = list(runs)
        self._basis = basis or Basis()
        self._cannot_copy = can_copy
        self._own_title = True
        self._attach = attach
        lines = (("On this line only", False), ("The control on all its lines", True))
        self.speaks_of = self.choice("Speaks of", lines, chosen=False)
        self.speaks_of.setVisible(shared)
        self.resize(980, 700)
        self.add_head(f"Evidence on {subject}")
        self.attached = Label("", dim=True, wrap=True)
        self.attached.hide()
        self.body.addWidget(self.attached)
        self.body.addWidget(self.speaks_of)
        halves = QHBoxLayout()
        halves.setSpacing(20)
        self.body.addLayout(halves, 1)
        halves.addLayout(self._measured(), 3)
        halves.addLayout(self._claimed(), 2)
        self.another = self.buttons.addButton("Attach, then another", QDialogButtonBox.ButtonRole.ActionRole)
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self._attach_and_go_on)
        several = sum(len(imported.metrics) for imported in self._runs) > 1
        self.another.setVisible(attach is not None and several)
        self.table.chosen.connect(self.refresh)
        self._show_run()
        self.comparator.setFocus()

    @staticmethod
    def ask(
        runs: Sequence[ImportedRun],
        subject: str,
        parent: QWidget | None = None,
        *,
        basis: Basis | None = None,
        can_copy: str = "",
        shared: bool = False,
        attach: Attach | None = None,
    ) -> AttachRequest | None:
        """Show the dialog; None where the user cancelled, or closed it after attaching with "then another"."""
        request: AttachRequest | None = AttachDialog(
            runs, subject, parent, basis=basis, can_copy=can_copy, shared=shared, attach=attach
        ).show_modal()
        return request

    # building

    def _measured(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(8)
        names = [_run_words(imported) for imported in self._runs]
        self.run = Choice("Run", [(name, index) for index, name in enumerate(names)], chosen=0)
        self.run.changed.connect(self._show_run)
        grid = form_grid(1)
        text = f"Run (one of {len(self._runs):,} read)"
        labelled(grid, 0, 0, text, self.run)
        chooser = QWidget()
        chooser.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        chooser.setVisible(len(self._runs) > 1)
        left.addWidget(chooser)
        self._about = Label("", wrap=True)
        left.addWidget(self._about)
        self.doubts = Label("", wrap=True)
        self.doubts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.doubts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.doubt_area = _Doubts(self.doubts)
        self._doubt_head = Label("")
        self._doubt_head.setFont(ui_font(SMALL_PX, strong=True))
        left.addWidget(self._doubt_head)
        left.addWidget(self.doubt_area)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter metrics")
        self.filter.setAccessibleName("Filter metrics")
        self.filter.setClearButtonEnabled(True)
        left.addWidget(self.filter)
        self.table = MetricTree()
        self.filter.textChanged.connect(self.table.filter)
        left.addWidget(self.table, 1)
        return left

    def _claimed(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        asked = QWidget()
        fields = column(asked, 0, 8)
        claim = QGridLayout()
        claim.setVerticalSpacing(3)
        self.title = self.line("Claim", "What the figure says of the subject", longest=2_000)
        self.title.textEdited.connect(self._title_typed)
        labelled(claim, 0, 0, "Claim", self.title)
        fields.addLayout(claim)
        fields.addWidget(rule())
        self.form = CriterionForm()
        self.form.changed.connect(self.refresh)
        self.comparator, self.threshold = self.form.comparator, self.form.threshold
        fields.addWidget(self.form)
        fields.addWidget(rule())
        self.with_baseline = QCheckBox("Hold it against a baseline")
        self.baseline = BaselineForm()
        self.baseline.hide()
        self.with_baseline.toggled.connect(self.baseline.setVisible)
        self.with_baseline.toggled.connect(lambda _on: self.refresh())
        self.baseline.changed.connect(self.refresh)
        fields.addWidget(self.with_baseline)
        fields.addWidget(self.baseline)
        self.copy = QCheckBox("")
        fields.addWidget(self.copy)
        fields.addStretch(1)
        fields.setContentsMargins(0, 0, 6, 0)
        right.addWidget(scrolled(asked), 1)
        self.verdict = VerdictBox()
        self.sentence = self.verdict.sentence
        right.addWidget(self.verdict)
        return right

    # what is chosen

    def imported(self) -> ImportedRun:
        """The run chosen."""
        return self._runs[self.run.value() or 0]

    def read(self) -> AttachRequest:
        """What the dialog says now."""
        metric = self.table.current_metric()
        if metric is None:
            raise CommandError("This run holds no metric." if not self.imported().metrics else "Choose a metric.")
        criterion = self.form.finished(metric)
        baseline = self.baseline.baseline(metric) if self.with_baseline.isChecked() else None
        if self.with_baseline.isChecked() and baseline is None:
            raise CommandError("Give the baseline, or take its tick away.")
        title = self.title.text().strip()
        copy = self.copy.isChecked()
        everywhere = bool(self.speaks_of.value())
        return AttachRequest(self.imported(), metric, criterion, title, baseline, copy, everywhere)

    def request(self) -> AttachRequest | None:
        """What the dialog says now; None where it cannot be attached so."""
        request: AttachRequest | None = self.answer()
        return request

    def _attach_and_go_on(self) -> None:
        """Attach, and leave everything as it stands but for what belongs to the figure that was attached."""
        request = self.request()
        if request is None or self._attach is None or not self._attach(request):
            return
        self.attached.setText(f"Attached: {request.title or metric_label(request.metric)}. Choose another figure.")
        self.attached.show()
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Close")
        self._own_title = True
        self.with_baseline.setChecked(False)
        self.baseline.clear()
        self.copy.setChecked(False)
        self.refresh()
        self.table.setFocus()

    def _title_typed(self, text: str) -> None:
        self._own_title = not text.strip()

    def _show_run(self) -> None:
        imported = self.imported()
        run = imported.run
        self._about.setText(_about(imported))
        today = self._basis.as_of.isoformat() if self._basis.as_of is not None else ""
        doubts = (*imported.doubts, *dated_wrong(run, today))
        self._doubt_head.setText(f"{count_words(len(doubts), 'doubt', 'doubts')}, kept with the run")
        self.doubts.setText("\n".join(f"•  {doubt}" for doubt in doubts))
        self.doubt_area.share = _SHARE if len(imported.metrics) > _FEW_METRICS else _LARGE_SHARE
        self._doubt_head.setVisible(bool(doubts))
        self.doubt_area.setVisible(bool(doubts))
        self.filter.setVisible(len(imported.metrics) >= _FILTER_FROM)
        self.filter.clear()
        size = f" ({_kilobytes(run.source.bytes)})" if run.source.bytes is not None else ""
        self.copy.setText(f"Copy the source file beside the project{size}")
        no_file = "There is no file to copy." if run.origin == "typed" or not run.source.path else self._cannot_copy
        self.copy.setEnabled(not no_file)
        self.copy.setVisible(run.origin != "typed")
        if no_file:
            self.copy.setChecked(False)
        self.copy.setToolTip(no_file or "Otherwise the project keeps the figures, the path and the digest only")
        self.table.show_metrics(imported.metrics)
        self.refresh()

    @override
    def refresh(self) -> None:
        metric = self.table.current_metric()
        if metric is not None and self._own_title:
            named = metric_label(metric)
            if self.title.text() != named:
                self.title.blockSignals(True)
                self.title.setText(named)
                self.title.setCursorPosition(0)
                self.title.blockSignals(False)
        super().refresh()
        self.another.setEnabled(self.ok.isEnabled())
        if metric is None:
            self.verdict.show_verdict("none", self.reason.text())
            return
        try:
            criterion = self.form.criterion(metric)
        except (CommandError, WrongField, ValueError):
            self.verdict.show_verdict("none", "No verdict yet.")
            return
        show_preview(self.verdict, metric, self.imported().run, criterion, self._basis)


def _run_words(imported: ImportedRun) -> str:
    run = imported.run
    place = Path(run.source.path).name
    return " · ".join(part for part in (run_name(run), run.completed_at[:10], place) if part)


def _about(imported: ImportedRun) -> str:
    """One line on the run: name, format, day, status, counts."""
    run = imported.run
    counts = run.counts
    known = (
        ("planned", counts.planned),
        ("scored", counts.scored),
        ("errors", counts.errors),
        ("unscored", counts.unscored),
        ("refused", counts.refused),
    )
    always = ("planned", "scored")
    figures = ", ".join(f"{count:,} {name}" for name, count in known if count or (count == 0 and name in always))
    unverified = "" if run.verified else "unverified version of the format"
    status = "" if run.status == "unknown" else run.status
    typed = "typed in" if run.origin == "typed" else run.format
    parts = (run_name(run), typed, unverified, run.completed_at[:10] or "no date", status, figures)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _kilobytes(size: int) -> str:
    """A size for people: kB up to a megabyte, then MB."""
    return f"{max(1, round(size / 1_000)):,} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
