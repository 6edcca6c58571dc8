"""What is wrong with a risk scheme: cells, levels and bounds, and whether its colours can be told apart. No Qt."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Final, Literal

from workbench.analysis.colours import VISIONS, contrast, difference, is_colour, lab
from workbench.model.judgement import Category, RiskLevel, RiskScheme
from workbench.values import value_type

INKS: Final = ("#10151C", "#FFFFFF")
"""Text on a level's colour: the one that reads better."""
LEAST_CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3 (AA)."""
LEAST_DIFFERENCE: Final = 12.0
"""CIEDE2000 between any two levels, for every kind of colour vision."""
LEAST_LIGHTNESS: Final = 7.0
"""L* between neighbouring levels: an order must survive a grey print."""
UNITS: Final = ("per_year", "per_use")

_VISION_WORD: Final = {
    "normal": "",
    "protanopia": " with protanopia",
    "deuteranopia": " with deuteranopia",
    "tritanopia": " with tritanopia",
}


@value_type(frozen=True, slots=True)
class Fault:
    """One thing wrong with a scheme.

    Attributes:
        severity: an error keeps the scheme from being used; a warning does not.
        where: ``severities``, ``frequencies``, ``levels``, ``cells`` or ``colours``.
        message: one sentence: what, where, what to do.
    """

    severity: Literal["error", "warning"]
    where: str
    message: str


def check_scheme(scheme: RiskScheme) -> list[Fault]:
    """Everything wrong with a scheme, errors first."""
    faults = [
        *_categories(scheme.severities, "severities", "severity"),
        *_categories(scheme.frequencies, "frequencies", "frequency"),
        *_levels(scheme.levels),
        *_cells(scheme),
        *_bounds(scheme.frequencies),
        *check_colours(scheme.levels),
    ]
    return sorted(faults, key=lambda fault: fault.severity != "error")


def check_colours(levels: Iterable[RiskLevel]) -> Iterator[Fault]:
    """Whether the colours somebody chose can be read on, told apart by everybody, and printed grey."""
    chosen = [level for level in levels if level.colour]
    for level in chosen:
        if not is_colour(level.colour):
            yield Fault("error", "colours", f"The colour of {level.name} is no #rrggbb; write it as #B45702.")
    known = [level for level in chosen if is_colour(level.colour)]
    for level in known:
        best = max(contrast(ink, level.colour) for ink in INKS)
        if best < LEAST_CONTRAST:
            told = f"text on it has a contrast of {best:.1f}, {LEAST_CONTRAST} is needed; make it lighter or darker."
            yield Fault("warning", "colours", f"{level.name}: {told}")
    for one, other in combinations(known, 2):
        apart, vision = min((difference(lab(one.colour, v), lab(other.colour, v)), v) for v in VISIONS)
        if apart < LEAST_DIFFERENCE:
            seen = f"{one.name} and {other.name} look alike{_VISION_WORD[vision]}"
            yield Fault("warning", "colours", f"{seen} (distance {apart:.0f}, {LEAST_DIFFERENCE:.0f} is needed).")
    ordered = sorted(known, key=lambda level: level.steps)
    for one, other in pairwise(ordered):
        grey = abs(lab(one.colour)[0] - lab(other.colour)[0])
        if grey < LEAST_LIGHTNESS:
            told = f"{one.name} and {other.name} are equally grey in print; make one of them lighter."
            yield Fault("warning", "colours", told)


def _categories(categories: tuple[Category, ...], where: str, word: str) -> Iterator[Fault]:
    if not categories:
        yield Fault("error", where, f"The scheme has no {word} category; add one.")
    if any(not category.code.strip() for category in categories):
        yield Fault("error", where, f"A {word} category has no code; give it one, such as 1 or A.")
    for code, count in Counter(category.code for category in categories).items():
        if count > 1 and code.strip():
            yield Fault("error", where, f"The {word} code {code} is given {count} times; each needs its own.")
    for category in categories:
        if not category.definition.strip():
            named = f"{category.code} {category.name}".strip()
            yield Fault("warning", where, f"The {word} category {named} has no definition; say what belongs in it.")


def _levels(levels: tuple[RiskLevel, ...]) -> Iterator[Fault]:
    if not levels:
        yield Fault("error", "levels", "The scheme has no risk level; add one.")
    for name, count in Counter(level.name for level in levels).items():
        if not name.strip():
            yield Fault("error", "levels", "A risk level has no name; give it one.")
        elif count > 1:
            yield Fault("error", "levels", f"The risk level {name} is given {count} times; each needs its own name.")


def _cells(scheme: RiskScheme) -> Iterator[Fault]:
    levels = {level.name for level in scheme.levels}
    indexes = Counter(f"{s.code}{f.code}" for s in scheme.severities for f in scheme.frequencies)
    for index, count in indexes.items():
        if count > 1:
            yield Fault("error", "cells", f"{index} means {count} cells, because codes run together; change the codes.")
    blank = [index for index in indexes if not scheme.cells.get(index)]
    if blank:
        shown = ", ".join(blank[:6]) + (" …" if len(blank) > 6 else "")
        yield Fault("error", "cells", f"{len(blank)} cells have no level ({shown}); choose one for each.")
    unknown = sorted(
        {level for index, level in scheme.cells.items() if index in indexes and level not in levels} - {""}
    )
    for level in unknown:
        yield Fault("error", "cells", f"Some cells have the level {level}, which the scheme does not list.")
    yield from _order(scheme)


def _order(scheme: RiskScheme) -> Iterator[Fault]:
    """A worse category may never have a lower level; severities and frequencies are listed worst first."""
    steps = {level.name: level.steps for level in scheme.levels}

    def risk(severity: Category, frequency: Category) -> int | None:
        return steps.get(scheme.cells.get(f"{severity.code}{frequency.code}", ""))

    for severity in scheme.severities:
        for worse, better in pairwise(scheme.frequencies):
            high, low = risk(severity, worse), risk(severity, better)
            if high is not None and low is not None and low > high:
                told = f"{severity.code}{better.code} is a higher risk than {severity.code}{worse.code}"
                yield Fault("warning", "cells", f"{told}, which happens more often.")
    for worse, better in pairwise(scheme.severities):
        for frequency in scheme.frequencies:
            high, low = risk(worse, frequency), risk(better, frequency)
            if high is not None and low is not None and low > high:
                told = f"{better.code}{frequency.code} is a higher risk than {worse.code}{frequency.code}"
                yield Fault("warning", "cells", f"{told}, which does more harm.")


def _bounds(frequencies: tuple[Category, ...]) -> Iterator[Fault]:
    bounded = [f for f in frequencies if f.low is not None or f.high is not None]
    for category in bounded:
        named = f"{category.code} {category.name}".strip()
        if category.unit not in UNITS:
            yield Fault("error", "frequencies", f"{named} has bounds without a unit; choose a year or a use.")
        if category.low is not None and category.high is not None and category.low >= category.high:
            yield Fault("error", "frequencies", f"{named} begins at {category.low:g} and ends before it.")
    if len({f.unit for f in bounded}) > 1:
        yield Fault("error", "frequencies", "The bounds are in several units; take the same one for all.")
    for higher, lower in pairwise(bounded):
        if lower.high is None or higher.low is None:
            yield Fault("error", "frequencies", f"There is no bound between {higher.code} and {lower.code}; set both.")
        elif lower.high > higher.low:
            yield Fault("error", "frequencies", f"{higher.code} and {lower.code} overlap; end {lower.code} earlier.")
        elif lower.high < higher.low:
            yield Fault("warning", "frequencies", f"Nothing lies between {lower.high:g} and {higher.low:g}.")
