"""The risk matrix: which hazards stand in which cell before their controls and after them. No Qt."""

from typing import Literal

from workbench.analysis.risk import PHASES, Rating, Ratings
from workbench.model.elements import Hazard, ImpactDimension
from workbench.model.judgement import Category, Phase, RiskLevel, RiskScheme
from workbench.store.reader import Reader
from workbench.values import value_type

Shown = Literal["both", "initial", "residual"]
Cell = tuple[str, str]
"""Codes of severity and frequency."""


@value_type(frozen=True, slots=True)
class Entry:
    """One hazard in the matrix; a rating is null where it has none in that phase and dimension."""

    hazard: str
    code: str
    title: str
    initial: Rating | None
    residual: Rating | None

    def rating(self, phase: Phase) -> Rating | None:
        """The rating of a phase."""
        return self.initial if phase == "initial" else self.residual


@value_type(frozen=True, slots=True)
class MatrixView:
    """The matrix of a project.

    Attributes:
        levels: the level of each cell of the scheme.
        entries: hazards with a rating, in order of their codes.
        unrated: ids of hazards without one here.
        standing: entries by the cell they stand in, and the phase.
    """

    scheme: RiskScheme
    severities: tuple[Category, ...]
    frequencies: tuple[Category, ...]
    levels: dict[Cell, RiskLevel]
    entries: tuple[Entry, ...]
    unrated: tuple[str, ...]
    dimension: ImpactDimension | None
    shown: Shown
    standing: dict[tuple[Cell, Phase], list[Entry]]

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases shown."""
        return ("initial", "residual") if self.shown == "both" else (self.shown,)

    def within(self, cell: Cell, phase: Phase) -> list[Entry]:
        """Hazards that stand in a cell in a phase."""
        return self.standing.get((cell, phase), [])

    def hazards(self, cell: Cell) -> list[str]:
        """Ids of hazards that stand in a cell in any phase shown, each once."""
        return list(dict.fromkeys(entry.hazard for phase in self.phases for entry in self.within(cell, phase)))


def matrix_view(store: Reader, *, dimension: ImpactDimension | None = None, shown: Shown = "both") -> MatrixView | None:
    """The matrix of a project; None where it has no risk scheme.

    Args:
        store: the document.
        dimension: one impact dimension; None: of each hazard the worst.
        shown: the initial ratings, the residual ones, or both with arrows between.
    """
    ratings = Ratings(store)
    scheme = ratings.scheme
    if scheme is None:
        return None
    named = {level.name: level for level in scheme.levels}
    levels = {}
    for severity in scheme.severities:
        for frequency in scheme.frequencies:
            name = scheme.cells.get(f"{severity.code}{frequency.code}", "")
            levels[severity.code, frequency.code] = named.get(name) or RiskLevel(name=name)
    entries, unrated = [], []
    for hazard in store.all(Hazard):
        if hazard.status == "retired":
            continue
        before = ratings.of(hazard.id, "initial", dimension) if shown != "residual" else None
        after = ratings.of(hazard.id, "residual", dimension) if shown != "initial" else None
        if before is None and after is None:
            unrated.append(hazard.id)
        else:
            entries.append(Entry(hazard.id, hazard.code, " ".join(hazard.title.split()), before, after))
    entries.sort(key=lambda entry: (_natural(entry.code), entry.hazard))
    standing: dict[tuple[Cell, Phase], list[Entry]] = {}
    for entry in entries:
        for phase in PHASES:
            rating = entry.rating(phase)
            if rating is not None:
                standing.setdefault(((rating.severity, rating.frequency), phase), []).append(entry)
    return MatrixView(
        scheme,
        scheme.severities,
        scheme.frequencies,
        levels,
        tuple(entries),
        tuple(unrated),
        dimension,
        shown,
        standing,
    )


def _natural(code: str) -> tuple[str, int, str]:
    """H-2 before H-10."""
    head = code.rstrip("0123456789")
    tail = code[len(head) :]
    return head, int(tail[:9]) if tail.isascii() and tail else 0, code


def spoken_cell(view: MatrixView, cell: Cell) -> str:
    """A cell in sentences: where it stands, its level, and which hazards stand in it."""
    severity = next((c for c in view.severities if c.code == cell[0]), None)
    frequency = next((c for c in view.frequencies if c.code == cell[1]), None)
    names = ", ".join(c.name for c in (severity, frequency) if c is not None and c.name)
    level = view.levels[cell].name if cell in view.levels else ""
    parts = [f"{cell[0]}{cell[1]} {level or 'no level'}: {names}."]
    for phase in view.phases:
        entries = view.within(cell, phase)
        if entries:
            shown = ", ".join(_named(entry, phase) for entry in entries[:12])
            more = f" and {len(entries) - 12} more" if len(entries) > 12 else ""
            parts.append(f"{phase.capitalize()}: {shown}{more}.")
    return " ".join(parts) if len(parts) > 1 else f"{parts[0]} No hazards."


def _named(entry: Entry, phase: Phase) -> str:
    name = f"{entry.code} {entry.title}".strip()
    rating = entry.rating(phase)
    return f"{name} (worst of its consequences)" if rating is not None and rating.inherited else name
