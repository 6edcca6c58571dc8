"""The part of the inspector about a figure that follows from a claim: a likelihood or an effectiveness."""

from typing import Any

from PySide6.QtCore import Qt
from typing_extensions import override

from workbench.analysis.words import number, percent, short_name
from workbench.commands.evidence_edit import derive_from
from workbench.evidence.derived import Derived, derived_effectiveness, derived_likelihood
from workbench.evidence.labels import number as plain_number
from workbench.model.elements import Cause, Control, EffectivenessIs, Guard
from workbench.model.runs import Evidence, Metric
from workbench.panels.common import Label, button
from workbench.panels.fields import ChoiceEditor
from workbench.panels.forms import Field
from workbench.panels.inspector_parts import Part
from workbench.panels.style import DISPLAY_PX, SMALL_PX, figure_font, ui_font
from workbench.session.session import Session


class DerivedPart(Part):
    """A likelihood or an effectiveness that follows from a claim, with interval, claim and exposure."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._claim = ChoiceEditor(Field("from", "Follows from the claim", "reference"))
        self._counts = ChoiceEditor(Field("is", "The claim’s rate counts", "choice", ("failures", "successes")))
        self._counts.set_options([("Times it failed", "failures"), ("Times it worked", "successes")])
        self._figure = Label("", wrap=True)
        self._interval = Label("", wrap=True)
        self._why = Label("", dim=True, wrap=True)
        self._why.setFont(ui_font(SMALL_PX))
        self._open = button("Show the claim", self._show, look="flat")
        self._layout.setSpacing(6)
        for widget in (self._claim, self._counts, self._figure, self._interval, self._why):
            self._layout.addWidget(widget)
        self._layout.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self._claim.edited.connect(lambda value: self._commit(value, None))
        self._counts.edited.connect(lambda value: self._commit(self._linked(), value))

    @override
    def show_for(self, subject: str) -> None:
        changed = subject != self.subject
        self.subject = subject
        record = self.store.get(subject)
        if not isinstance(record, Cause | Control | Guard):
            return
        if changed:
            self._claim.forget()
            self._counts.forget()
        barrier = not isinstance(record, Cause)
        linked = self._linked()
        self._claim.set_options(self._offered(record, linked))
        self._claim.set_value(linked)
        self._counts.setVisible(barrier and linked is not None)
        if not isinstance(record, Cause):
            self._counts.set_value(record.effectiveness_is)
        for editor in (self._claim, self._counts):
            editor.set_read_only(bool(self.store.read_only))
        derived = (
            derived_likelihood(self.store, record)
            if isinstance(record, Cause)
            else derived_effectiveness(self.store, record)
        )
        self._show_figure(derived, own=linked is not None)

    def _linked(self) -> str | None:
        record = self.store.get(self.subject)
        if isinstance(record, Cause):
            return record.likelihood_from
        return record.effectiveness_from if isinstance(record, Control | Guard) else None

    def _offered(self, record: Cause | Control | Guard, linked: str | None) -> list[tuple[str, Any]]:
        """The claims with a rate about this, and for controls about it on its lines."""
        about = [record.id]
        if isinstance(record, Guard):
            about.append(record.control)
        elif isinstance(record, Control):
            about += [guard.id for guard in self.store.referrers(record.id, Guard, "control")]
        options: list[tuple[str, Any]] = [("None: as judged by a person", None)]
        found = [claim for subject in about for claim in self.store.referrers(subject, Evidence, "subject")]
        other = self.store.find(linked, Evidence)
        if other is not None and other not in found:
            found.append(other)
        for claim in found:
            metric = self.store.find(claim.metric, Metric)
            if metric is None or (metric.unit != "proportion" and claim.id != linked):
                continue
            value = number(metric.value, metric.unit) if metric.value is not None else "no value"
            where = f" · {short_name(self.store, claim.subject)}" if claim.subject != record.id else ""
            options.append((f"{' '.join(claim.title.split()) or metric.name} · {value}{where}", claim.id))
        return options

    def _show_figure(self, derived: Derived | None, *, own: bool) -> None:
        for widget in (self._figure, self._interval, self._why, self._open):
            widget.setVisible(derived is not None)
        if derived is None:
            return
        font = figure_font(DISPLAY_PX - 8, strong=True)
        font.setStrikeOut(derived.suspended)
        self._figure.setFont(font)
        works = "Works in " if derived.unit == "probability" else ""
        figure = f"{works}{_amount(derived.value, derived.unit)}" if derived.value is not None else "No figure"
        self._figure.setText(figure)
        bounds = [_amount(end, derived.unit) for end in (derived.low, derived.high) if end is not None]
        self._interval.setVisible(len(bounds) == 2)
        self._interval.setText(f"{bounds[0]} to {bounds[1]}" if len(bounds) == 2 else "")
        self._why.setText(derived.why if own else f"{derived.why} Taken from the control.")
        self._open.setProperty("claim", derived.evidence)

    def _show(self) -> None:
        claim = str(self._open.property("claim") or "")
        if claim:
            self.claim_opened.emit(claim)

    def _commit(self, claim: str | None, rate_is: EffectivenessIs | None) -> None:
        subject = self.subject
        if subject in self.store:
            self.change("Derive from evidence", lambda tx: derive_from(tx, subject, claim, rate_is=rate_is))
            self.show_for(subject)


def _amount(value: float, unit: str) -> str:
    if unit == "per_year":
        return f"{plain_number(value)} a year"
    return f"{percent(value)} per attempt" if unit == "per_use" else percent(value)
