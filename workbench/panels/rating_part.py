"""Severity and frequency of a hazard or consequence, initial and residual, with the resulting risk as a chip.

Below a residual rating stand what the numbers suggest, and what the controls on the diagram cannot justify.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from workbench.analysis.risk import DIMENSIONS, PHASES, Rating, Ratings
from workbench.analysis.risk_controls import Standings, unjustified
from workbench.analysis.risk_findings import acceptance_of, residual_to_accept
from workbench.analysis.risk_suggestion import Suggestion, suggest
from workbench.analysis.words import short_name, word
from workbench.commands.risk import rate
from workbench.evidence.dates import newest_day
from workbench.model.judgement import Assessment, Phase, RiskScheme
from workbench.panels.common import Label, button, column, plain_tip
from workbench.panels.fields import ChoiceEditor, Combo
from workbench.panels.forms import Field
from workbench.panels.halves import Halves
from workbench.panels.rating_evidence import RatingEvidence
from workbench.panels.signs import chip_width, draw_chip
from workbench.panels.style import CAPTION_PX, SMALL_PX, current_theme, ui_font
from workbench.panels.text_editor import TextEditor
from workbench.render.characters import brief
from workbench.session.session import Session
from workbench.store.store import ReadOnlyError, Store


class RiskChip(QWidget):
    """A risk rating: steps, code, word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._steps, self._colour, self._inherited = "", 0, "", False
        self._blank = "Not rated"
        self.setFont(ui_font(CAPTION_PX, strong=True))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_rating(self, rating: Rating | None, colour: str = "", *, outside: str = "", source: str = "") -> None:
        """Show a rating.

        Args:
            rating: None shows "Not rated".
            colour: fill the scheme has for the level.
            outside: a rating that is no cell of the scheme, as it was given.
            source: where a rating comes from that nobody gave the element itself.
        """
        self._text = f"{rating.index} {rating.level}" if rating is not None else ""
        self._steps, self._colour = (rating.steps if rating is not None else 0), colour
        self._inherited = rating is not None and rating.inherited
        self._blank = f"{outside} is not in the scheme" if outside else "Not rated"
        told = f"{self._text or self._blank}{f', {source}' if source else ''}"
        self.setToolTip(plain_tip(told))
        self.setAccessibleName(brief(told))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What the chip says; empty where it says that nothing is rated."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._text or self._blank, self.font())), 18)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(48, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = current_theme()
        painter.setFont(self.font())
        box = QRectF(self.rect())
        over = self.sizeHint().width() - self.width()
        said, metrics = self._text or self._blank, self.fontMetrics()
        if over > 0:
            said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, metrics.horizontalAdvance(said) - over)
        if self._text:
            draw_chip(painter, said, self._steps, theme, box, colour=self._colour, inherited=self._inherited)
        else:
            painter.setPen(theme.text.secondary)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, said)


class RatingForm(QWidget):
    """Both phases for all impact dimensions together, or for one where they differ; and who accepted what is left.

    Attributes:
        requested: emits the id of an action that was asked for.
    """

    requested = Signal(str)

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
        self._rows = {phase: _PhaseRow(session.store, phase) for phase in PHASES}
        for row in self._rows.values():
            row.edited.connect(self._commit)
            row.left.connect(self._store.history.seal)
            layout.addWidget(row)
        self.acceptance = Label(wrap=True)
        self.acceptance.setFont(ui_font(SMALL_PX))
        self.accept = button("Accept residual risk…", lambda: self.requested.emit("risk.accept"), look="row")
        self.withdraw = button("Withdraw acceptance", lambda: self.requested.emit("risk.withdraw"), look="row")
        for part in (self.acceptance, self.accept, self.withdraw):
            layout.addWidget(part)

    def show_for(self, subject: str) -> None:
        """Show the ratings of an element."""
        if subject != self._subject:
            self._subject = subject
            self._dimension.setCurrentIndex(0)
        chosen = max(0, self._dimension.currentIndex())
        rated = {a.dimension for a in self._store.referrers(subject, Assessment, "subject")}
        names = ["All dimensions", *(f"{word(d)}{' (rated)' if d in rated else ''}" for d in DIMENSIONS)]
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
        dimension = DIMENSIONS[index - 1] if index > 0 else None
        return Assessment.of(self._subject, phase, dimension)

    def _show(self) -> None:
        ratings = Ratings(self._store)
        for phase, row in self._rows.items():
            empty = self._key(phase)
            row.show_rating(self._store.find(empty.id, Assessment) or empty, ratings.scheme)
            self._show_chip(row, phase, empty, ratings)
        self._show_notes(ratings)
        self._show_acceptance(ratings)

    def _show_chip(self, row: "_PhaseRow", phase: Phase, empty: Assessment, ratings: Ratings) -> None:
        """The rating in force: the one given here, else one for all dimensions, else the worst consequence."""
        given = self._store.find(empty.id, Assessment)
        rating = ratings.rated(given) if given is not None else None
        whole = given is not None and given.severity and given.frequency
        outside = f"{given.severity}{given.frequency}" if given is not None and whole else ""
        if rating is None and not outside:
            rating = ratings.of(self._subject, phase, empty.dimension)
        source = ""
        if rating is not None and rating.inherited:
            source = f"the worst of its consequences, {short_name(self._store, rating.subject)}"
            source += ", which was not rated again" if rating.carried else ""
        elif rating is not None and given is None:
            source = f"as rated for {word(rating.dimension) if rating.dimension else 'all dimensions'}"
        levels = ratings.scheme.levels if ratings.scheme is not None else ()
        colour = next((level.colour for level in levels if rating is not None and level.name == rating.level), "")
        row.chip.show_rating(rating, colour, outside="" if rating is not None else outside, source=source)
        told = source[:1].upper() + source[1:] or signed(given)
        row.origin.setText(told)
        row.origin.setVisible(bool(told))

    def _show_notes(self, ratings: Ratings) -> None:
        """What the numbers suggest, beside the rating it speaks of; and what the controls cannot justify."""
        day = newest_day(self._store)
        flags = unjustified(self._store, self._subject, ratings, Standings(self._store, day))
        for phase, row in self._rows.items():
            found = suggest(self._store, self._subject, phase, as_of=day)
            row.show_suggestion(found, ratings.scheme)
            row.show_flags([flag.message for flag in flags] if phase == "residual" else [])

    def _show_acceptance(self, ratings: Ratings) -> None:
        """How the acceptance of the residual risk stands; nothing without a residual rating of its own."""
        residual = residual_to_accept(self._store, self._subject, ratings)
        for part in (self.acceptance, self.accept, self.withdraw):
            part.setVisible(residual is not None)
        if residual is None:
            return
        stands = acceptance_of(self._store, self._subject, residual, newest_day(self._store))
        record = stands.record
        parts = [f"⚠ {stands.message}" if stands.rule else stands.message]
        if record is not None:
            facts = (record.level, record.authority, record.name, record.date)
            parts.append(" · ".join(fact for fact in facts if fact))
            parts += [f"Conditions: {record.conditions}"] if record.conditions else []
        self.acceptance.setText("\n".join(parts))
        self.accept.setText("Accept residual risk…" if stands.rule else "Change acceptance…")
        self.withdraw.setVisible(record is not None)

    def _commit(self, phase: Phase, field: str, value: Any) -> None:
        if self._subject not in self._store:
            return
        empty = self._key(phase)
        try:
            with self._store.transaction("Edit risk rating", merge_key=f"rating {empty.id} {field}") as tx:
                by, at = self._session.signature()
                rate(tx, empty, by=by, at=at, **{field: value})
        except ReadOnlyError as error:
            self._session.notice.emit(str(error))


def signed(rating: Assessment | None) -> str:
    """Who rated, and on which day; empty where nobody said."""
    if rating is None or not (rating.by or rating.at):
        return ""
    return f"Rated{f' by {rating.by}' if rating.by else ''}{f' on {rating.at[:10]}' if rating.at else ''}"


class _PhaseRow(QWidget):
    """Severity, frequency, chip, rationale and evidence of one phase."""

    edited = Signal(str, str, object)
    left = Signal()

    def __init__(self, store: Store, phase: Phase) -> None:
        super().__init__()
        self._phase = phase
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setVerticalSpacing(4)
        head = Label(word(phase))
        head.setFont(ui_font(SMALL_PX, strong=True))
        self.chip = RiskChip()
        top = QHBoxLayout()
        top.addWidget(head)
        top.addStretch(1)
        top.addWidget(self.chip)
        grid.addLayout(top, 0, 0)
        self.severity = ChoiceEditor(Field("severity", "Severity", "category"))
        self.frequency = ChoiceEditor(Field("frequency", "Frequency", "category"))
        self.rationale = TextEditor(Field("rationale", "Rationale", "text", hint="Why this rating"))
        sides = Halves()
        sides.add(self.severity, half=self.severity.fits)
        sides.add(self.frequency, half=self.frequency.fits)
        grid.addLayout(sides, 1, 0)
        grid.addWidget(self.rationale, 3, 0)
        self.origin, self.suggestion, self.flags = (Label(dim=True, wrap=True) for _ in range(3))
        for label in (self.origin, self.suggestion, self.flags):
            label.setFont(ui_font(CAPTION_PX))
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            label.hide()
        self.take = button("Take suggestion", self._take, look="row")
        self.take.hide()
        self._suggested = self._frequency = ""
        grid.addWidget(self.origin, 2, 0)
        self.evidence = RatingEvidence(store, word(phase))
        self.evidence.edited.connect(lambda chosen: self.edited.emit(self._phase, "evidence", chosen))
        grid.addWidget(self.evidence, 4, 0)
        grid.addWidget(self.suggestion, 5, 0)
        grid.addWidget(self.take, 6, 0)
        grid.addWidget(self.flags, 7, 0)
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
        self._frequency = rating.frequency
        self.frequency.set_value(rating.frequency)
        self.rationale.set_value(rating.rationale)
        self.evidence.show_rating(rating)

    def show_suggestion(self, found: Suggestion | None, scheme: RiskScheme | None) -> None:
        """Show what the numbers come to, and why; nothing where no cause carries a number."""
        self.suggestion.setVisible(found is not None)
        self._suggested = found.frequency if found is not None else ""
        names = {c.code: c.name for c in scheme.frequencies} if scheme is not None else {}
        if found is not None:
            head = f"The numbers suggest {found.frequency} {names.get(found.frequency, '')}".rstrip()
            span = f" ({found.high} to {found.low})" if found.low and found.high and found.low != found.high else ""
            self.suggestion.setText(" ".join([f"{head}{span}.", *found.why] if found.frequency else found.why[-1:]))
            self.suggestion.setToolTip(plain_tip("\n".join(found.why)))
        self.take.setVisible(bool(self._suggested) and self._suggested != self._frequency)
        self.take.setText(f"Take {self._suggested} as frequency")
        self.take.setAccessibleName(brief(f"Take {self._suggested} as {word(self._phase).lower()} frequency"))

    def show_flags(self, messages: Sequence[str]) -> None:
        """Show what speaks against the rating."""
        self.flags.setVisible(bool(messages))
        self.flags.setText("\n".join(f"⚠ {message}" for message in messages))

    def _take(self) -> None:
        if self._suggested:
            self.edited.emit(self._phase, "frequency", self._suggested)
