"""Working on the document while presenting it: lighting, cards, rewording, rating, adding controls, the meeting log."""

from typing import Final

from workbench.analysis.meeting_log import Kind
from workbench.analysis.risk import Ratings
from workbench.commands.names import describe, name_of
from workbench.commands.risk import rate
from workbench.model.elements import TopEvent
from workbench.model.judgement import Assessment, Phase
from workbench.present.audience import AudienceWindow
from workbench.present.capture import CaptureStrip
from workbench.present.pointing_out import claims_on, line_for_control, next_of, rateable, told_about
from workbench.present.rating_sheet import RatingSheet
from workbench.present.show import Show
from workbench.tools import intents

_POINT: Final = "Select something first, by a click or with Tab."
_NOT_HERE: Final = "This stop shows no diagram."
_MOST_PINS: Final = 8


class Editing:
    """Does in one audience window what needs to know the document."""

    def __init__(self, audience: AudienceWindow, show: Show) -> None:
        """Work for a window and the show in it."""
        self._audience = audience
        self._show = show
        self._session = audience.session
        self._store = audience.session.store

    @property
    def _on_diagram(self) -> bool:
        return self._show.current.shows == "diagram"

    def _meant(self) -> str:
        """What keys act on: what is selected last, else what the pointer is over."""
        return self._session.primary or (self._audience.stage.view.pointed_at if self._on_diagram else "")

    # looking

    def light(self) -> None:
        """Light the next pathway through what is meant, or of all in view where nothing is; after the last, none."""
        if not self._on_diagram:
            self._audience.say(_NOT_HERE)
            return
        id = self._meant() or (self._show.lit if self._show.held_light else "") or self._passed()
        if not id:
            self._audience.say("No pathway from a cause to a consequence is in view.")
            return
        ways = self._audience.stage.ways(id)
        if not ways:
            self._audience.say(f"No pathway leads through {describe(self._store, id)}.")
            return
        self._show.light(id, ways)
        if self._show.held_light and ways > 1:
            self._audience.say(f"Pathway {self._show.turn + 1} of {ways}")

    def _passed(self) -> str:
        """What pathways in view lead through: a top event, where they meet, else the first thing; empty for none."""
        seen = self._audience.stage.view.in_view()
        events = [id for id in seen if isinstance(self._store.get(id), TopEvent)]
        return next((id for id in [*events, *seen] if self._audience.stage.ways(id)), "")

    def select(self, by: int) -> None:
        """Select the next element in view, or the one before."""
        if not self._on_diagram:
            return
        view = self._audience.stage.view
        found = next_of(view.in_view(), self._session.primary or "", by)
        view.overlay.focused = True
        if found:
            self._session.select([found])
        view.overlay.rebuild()

    # evidence

    def card(self) -> None:
        """Open the next card of the evidence on what is meant, else on what is lit or in view; after the last, none."""
        if not self._on_diagram:
            return
        meant = self._meant()
        view = self._audience.stage.view
        found = claims_on(self._store, [meant] if meant else [*self._show.current.highlighted, *view.in_view()])
        if not found:
            on = describe(self._store, meant) if meant else "what is shown"
            self._audience.say(f"There is no evidence on {on}.")
            return
        self._open(found)

    def open_card_on(self, id: str) -> None:
        """Open the next card of the evidence on one thing."""
        found = claims_on(self._store, [id])
        if found:
            self._open(found)

    def _open(self, claims: list[str]) -> None:
        at = claims.index(self._show.card) + 1 if self._show.card in claims else 0
        self._show.open_card(claims[at] if at < len(claims) else "")
        if self._show.card and len(claims) > 1:
            self._audience.say(f"Evidence {at + 1} of {len(claims)}")

    # changing

    def reword(self, id: str = "") -> None:
        """Edit the title of something in place, else of what is meant."""
        if not self._on_diagram:
            self._audience.say(_NOT_HERE)
            return
        wanted = id or self._meant()
        if not wanted:
            self._audience.say(_POINT)
            return
        self._audience.come_forward()
        self._session.select([wanted])
        self._audience.stage.view.edit_title(wanted)

    def add_control(self) -> None:
        """Put a new control on the line that is meant, or the first one of the pathway lit, and edit its title."""
        if not self._on_diagram:
            self._audience.say(_NOT_HERE)
            return
        view = self._audience.stage.view
        lit = view.artist.clear if view.artist.clear is not None else frozenset()
        links = view.scene.picture.links
        path = sorted(links.keys() & lit, key=lambda one: links[one].path[0])
        line = line_for_control(self._store, [id for id in (self._meant(),) if id], path)
        if not line:
            self._audience.say("Select a line first, or light a pathway; the control is put on it.")
            return
        self._audience.come_forward()
        primary = self._session.primary or ""
        if line not in (primary, view.scene.line_of(primary)):
            self._session.select([line])
        view.insert_control()

    def rate(self) -> None:
        """Choose another rating of what is meant, or of the hazard of the stop's log row."""
        subject = rateable(self._store, self._meant() or self._show.current.subject)
        if not subject:
            self._audience.say("Select a hazard, a top event or a consequence first.")
            return
        ratings = Ratings(self._store)
        if ratings.scheme is None:
            self._audience.say("The project has no risk scheme to rate by.")
            return
        now: dict[Phase, tuple[str, str]] = {}
        for phase in ("initial", "residual"):
            found = ratings.of(subject, phase)
            now[phase] = (found.severity, found.frequency) if found is not None else ("", "")
        record = self._store.get(subject)
        name = name_of(record) if record is not None else ""
        audience = self._audience
        sheet = RatingSheet(audience, audience.theme, name, ratings.scheme, now, audience.pixels)
        sheet.rated.connect(lambda phase, severity, frequency: self._rate(subject, phase, severity, frequency))
        audience.open_sheet(sheet)

    def _rate(self, subject: str, phase: Phase, severity: str, frequency: str) -> None:
        by, at = self._session.signature()
        key = Assessment.of(subject, phase)
        named = describe(self._store, subject)
        intents.run(
            self._session,
            f"Rate {named}",
            lambda tx: rate(tx, key, by=by, at=at, severity=severity, frequency=frequency),
        )
        self._audience.say(f"{named}: {phase} {severity}{frequency}")

    # the meeting log

    def capture(self, kind: Kind) -> None:
        """Open the strip that notes a line of the meeting log, pinned to what is meant."""
        step, audience = self._show.current, self._audience
        shown = told_about(self._store, step.highlighted)
        wanted = [*reversed(self._session.selection), self._show.lit, step.subject, *shown, step.diagram]
        pins = [id for id in dict.fromkeys(wanted) if id and id in self._store][:_MOST_PINS]
        strip = CaptureStrip(self._session, kind, pins, pixels=audience.pixels)
        strip.done.connect(lambda _id: audience.clear_foot())
        strip.cancelled.connect(audience.clear_foot)
        audience.put_at_foot(strip)
        strip.begin()
