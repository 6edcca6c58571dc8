"""Severity and frequency of a hazard or consequence, initial and residual, with the resulting risk as a chip."""

from typing import Any, Final, get_args

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from workbench.model.elements import ImpactDimension
from workbench.model.judgement import Assessment, Phase, RiskScheme
from workbench.panels.common import Label, column
from workbench.panels.fields import ChoiceEditor, Combo, TextEditor
from workbench.panels.forms import Field
from workbench.panels.signs import chip_width, draw_chip
from workbench.panels.style import CAPTION_PX, SMALL_PX, current_theme, ui_font
from workbench.panels.words import scheme_of, word
from workbench.session.session import Session
from workbench.store.store import ReadOnlyError

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
IMPACT_DIMENSIONS: Final[tuple[ImpactDimension, ...]] = get_args(ImpactDimension)


def level_of(scheme: RiskScheme | None, severity: str, frequency: str) -> tuple[str, int]:
    """Name of the risk level of a cell and how many steps of its chip are filled; empty where unrated."""
    name = scheme.cells.get(f"{severity}{frequency}", "") if scheme is not None and severity and frequency else ""
    levels = scheme.levels if scheme is not None else ()
    return name, next((level.steps for level in levels if level.name == name), 0)


class RiskChip(QWidget):
    """A risk rating: steps, code, word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._level, self._steps = "", "", 0
        self.setFont(ui_font(CAPTION_PX, strong=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_level(self, cell: str, level: str, steps: int) -> None:
        """Show a rating; an empty level shows "Not rated"."""
        self._text = f"{cell} {level}".strip() if level else ""
        self._level, self._steps = level, steps
        self.setAccessibleName(self._text or "Not rated")
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What the chip says; empty where it says that nothing is rated."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._text or "Not rated", self.font())), 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = current_theme()
        painter.setFont(self.font())
        box = QRectF(self.rect())
        if self._text:
            draw_chip(painter, self._text, self._level, self._steps, theme, box)
        else:
            painter.setPen(theme.text.secondary)
            painter.drawText(box, "Not rated")


class RatingForm(QWidget):
    """Both phases for all impact dimensions together, or for one where they differ."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._store = session.store
        self._subject = ""
        layout = column(self, 0, 6)
        self._dimension = Combo()
        self._dimension.setAccessibleName("Impact dimension")
        self._dimension.activated.connect(lambda _index: self._show())
        layout.addWidget(self._dimension)
        self._rows = {phase: _PhaseRow(phase) for phase in PHASES}
        for row in self._rows.values():
            row.edited.connect(self._commit)
            row.left.connect(self._store.history.seal)
            layout.addWidget(row)

    def show_for(self, subject: str) -> None:
        """Show the ratings of an element."""
        if subject != self._subject:
            self._subject = subject
            self._dimension.setCurrentIndex(0)
        chosen = max(0, self._dimension.currentIndex())
        rated = {a.dimension for a in self._store.referrers(subject, Assessment, "subject")}
        names = ["All dimensions", *(f"{word(d)}{' (rated)' if d in rated else ''}" for d in IMPACT_DIMENSIONS)]
        if [self._dimension.itemText(i) for i in range(self._dimension.count())] != names:
            self._dimension.clear()
            self._dimension.addItems(names)
        self._dimension.setCurrentIndex(chosen)
        self._show()

    def row(self, phase: Phase) -> "_PhaseRow":
        """The editors of one phase."""
        return self._rows[phase]

    def _key(self, phase: Phase) -> Assessment:
        index = self._dimension.currentIndex()
        dimension = IMPACT_DIMENSIONS[index - 1] if index > 0 else None
        return Assessment.of(self._subject, phase, dimension)

    def _show(self) -> None:
        scheme = scheme_of(self._store)
        for phase, row in self._rows.items():
            empty = self._key(phase)
            row.show_rating(self._store.find(empty.id, Assessment) or empty, scheme)

    def _commit(self, phase: Phase, field: str, value: Any) -> None:
        if self._subject not in self._store:
            return
        empty = self._key(phase)
        try:
            with self._store.transaction("Edit risk rating", merge_key=f"rating {empty.id} {field}") as tx:
                rating = (tx.find(empty.id, Assessment) or empty).replace(**{field: value})
                blank = not (rating.severity or rating.frequency or rating.rationale or rating.evidence)
                if blank and empty.id in tx.records:
                    tx.remove(empty.id)
                elif not blank:
                    tx.put(rating)
        except ReadOnlyError as error:
            self._session.notice.emit(str(error))


class _PhaseRow(QWidget):
    """Severity, frequency, chip and rationale of one phase."""

    edited = Signal(str, str, object)
    left = Signal()

    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self._phase = phase
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        head = Label(word(phase))
        head.setFont(ui_font(SMALL_PX, strong=True))
        grid.addWidget(head, 0, 0)
        self.chip = RiskChip()
        grid.addWidget(self.chip, 0, 1)
        self.severity = ChoiceEditor(Field("severity", "Severity", "category"))
        self.frequency = ChoiceEditor(Field("frequency", "Frequency", "category"))
        self.rationale = TextEditor(Field("rationale", "Rationale", "text", hint="Why this rating"))
        grid.addWidget(self.severity, 1, 0)
        grid.addWidget(self.frequency, 1, 1)
        grid.addWidget(self.rationale, 2, 0, 1, 2)
        for editor in (self.severity, self.frequency, self.rationale):
            name = editor.field.name
            editor.control.setAccessibleName(f"{word(phase)} {editor.field.label.lower()}")
            editor.edited.connect(lambda value, name=name: self.edited.emit(self._phase, name, value))
            editor.left.connect(self.left)

    def show_rating(self, rating: Assessment, scheme: RiskScheme | None) -> None:
        """Show a rating; an empty one where there is none."""
        blank: tuple[str, Any] = ("Not rated", "")
        severities = scheme.severities if scheme is not None else ()
        frequencies = scheme.frequencies if scheme is not None else ()
        self.severity.set_options([blank, *((f"{c.code}  {c.name}", c.code) for c in severities)])
        self.frequency.set_options([blank, *((f"{c.code}  {c.name}", c.code) for c in frequencies)])
        self.severity.set_value(rating.severity)
        self.frequency.set_value(rating.frequency)
        self.rationale.set_value(rating.rationale)
        name, steps = level_of(scheme, rating.severity, rating.frequency)
        self.chip.show_level(f"{rating.severity}{rating.frequency}", name, steps)
