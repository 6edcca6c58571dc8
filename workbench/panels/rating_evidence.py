"""The claims a rating leans on: a button that counts them, with a menu of the claims on the pathways to choose from."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from workbench.analysis.claims import claims_on
from workbench.analysis.lens import belongs_to
from workbench.analysis.risk import hazards_behind
from workbench.analysis.words import count_words
from workbench.model.elements import Hazard
from workbench.model.judgement import Assessment
from workbench.model.runs import Evidence
from workbench.panels.common import plain_tip
from workbench.render.characters import brief, single_line
from workbench.store.store import Store

_MOST = 40
"""Claims offered; those on the element itself come first."""
_LONGEST = 90


class RatingEvidence(QPushButton):
    """Says how many claims a rating leans on; its menu checks and unchecks them.

    Attributes:
        edited: emits the ids of the claims chosen.
    """

    edited = Signal(object)

    def __init__(self, store: Store, phase: str) -> None:
        super().__init__()
        self._store = store
        self._phase = phase
        self._rating: Assessment | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.offer)
        self.setMenu(self._menu)
        self.setAutoDefault(False)
        self.setProperty("row", True)

    def show_rating(self, rating: Assessment) -> None:
        """Show a rating; an empty one where there is none."""
        self._rating = rating
        count = len(rating.evidence)
        self.setText(f"Leans on {count_words(count, 'claim', 'claims')}" if count else "Leans on no claim")
        self.setAccessibleName(brief(f"{self._phase} rating: {self.text().lower()}"))
        self.setToolTip(plain_tip("\n".join(self._named(id) for id in rating.evidence)))

    def offer(self) -> None:
        """Fill the menu: the claims leaned on, those on the element, those on its pathways."""
        self._menu.clear()
        rating = self._rating
        if rating is None:
            return
        for id in self._offered(rating)[:_MOST]:
            action = self._menu.addAction(single_line(self._named(id).replace("&", "&&")))
            action.setCheckable(True)
            action.setChecked(id in rating.evidence)
            action.triggered.connect(lambda on, claim=id: self._choose(claim, on=on))
        if self._menu.isEmpty():
            self._menu.addAction("No claim stands on its pathways").setEnabled(False)

    def _offered(self, rating: Assessment) -> list[str]:
        subject = rating.subject
        hazards = [subject] if isinstance(self._store.get(subject), Hazard) else hazards_behind(self._store, subject)
        places = [subject, *sorted(belongs_to(self._store, hazards))]
        claims = (claim.id for place in places for claim in self._store.referrers(place, Evidence, "subject"))
        return list(dict.fromkeys((*rating.evidence, *claims)))

    def _named(self, id: str) -> str:
        claim = self._store.find(id, Evidence)
        row = next((row for row in claims_on(self._store, claim.subject) if row.id == id), None) if claim else None
        if row is None:
            return "A claim that is gone"
        return f"{row.on}: {row.claim}, {row.sign}"[:_LONGEST]

    def _choose(self, id: str, *, on: bool) -> None:
        rating = self._rating
        if rating is not None:
            kept = tuple(one for one in rating.evidence if one != id)
            self.edited.emit((*kept, id) if on else kept)
