"""How results of a capability grid are written: in a cell, in a sentence, and for a screen reader."""

from collections.abc import Callable
from typing import Final

from workbench.analysis.capability_cell import CellView, Meaning
from workbench.evidence.criterion import format_criterion
from workbench.model.judgement import Aspect
from workbench.model.runs import Verdict

ASPECT_WORD: Final[dict[Aspect, str]] = {"understanding": "Understanding", "execution": "Execution"}
MEANING_WORD: Final[dict[Meaning, str]] = {
    "": "",
    "hazard": "Low capability would be the hazard.",
    "reassurance": "Low capability would be the reassurance.",
}
VERDICT_WORD: Final[dict[Verdict, str]] = {
    "supports": "Supports",
    "refutes": "Refutes",
    "inconclusive": "Inconclusive",
}
_MINUS: Final = "\N{MINUS SIGN}"


def number_text(value: float) -> str:
    """A rate in percent without its sign: whole numbers, and one digit more next to 0 and 1."""
    near = 0 < value < 0.01 or 0.99 < value < 1
    return f"{100 * value:.{1 if near else 0}f}"


def rate_text(value: float) -> str:
    """A rate, such as ``84 %``."""
    return f"{number_text(value)} %"


def between_text(low: float, high: float) -> str:
    """An interval of a rate, such as ``79–88 %``."""
    return f"{number_text(low)}–{number_text(high)} %"


def gap_text(gap: float) -> str:
    """A gap in percentage points with its sign, such as ``−27``."""
    points = round(100 * gap)
    if points == 0:
        return "0" if abs(gap) < 0.0005 else f"{'+' if gap > 0 else _MINUS}{abs(100 * gap):.1f}"
    return f"+{points}" if points > 0 else f"{_MINUS}{-points}"


def gap_between_text(low: float, high: float) -> str:
    """An interval of a gap in percentage points, such as ``−35 to −19``."""
    return f"{gap_text(low)} to {gap_text(high)}"


def human_text(cell: CellView) -> str:
    """The human figure with its n, or marked as a constant; empty where there is none."""
    if cell.human is None:
        return ""
    if cell.human_constant:
        return f"human {rate_text(cell.human)} const."
    return f"human {rate_text(cell.human)}"


def model_sentence(cell: CellView) -> str:
    """The model's figure with its uncertainty, one sentence; why there is none where there is none."""
    if cell.value is None:
        return f"{cell.blank_reason}."
    parts = [rate_text(cell.value)]
    if cell.low is not None and cell.high is not None:
        parts.append(f"95 % interval {between_text(cell.low, cell.high)}")
    else:
        parts.append("no interval")
    parts.append(f"n {cell.n:,}" if cell.n is not None else "n not known")
    if cell.missing:
        low, high = cell.missing_low, cell.missing_high
        within = f" (with them {between_text(low, high)})" if low is not None and high is not None else ""
        parts.append(f"{cell.missing:,} missing{within}")
    if cell.typed:
        parts.append("typed in")
    return ", ".join(parts) + "."


def human_sentence(cell: CellView) -> str:
    """What people achieve with its uncertainty; empty where nobody has said."""
    if cell.human is None:
        return ""
    parts = [rate_text(cell.human)]
    if cell.human_low is not None and cell.human_high is not None:
        parts.append(f"95 % interval {between_text(cell.human_low, cell.human_high)}")
    parts.append(f"n {cell.human_n:,}" if cell.human_n else "n not known")
    if cell.human_constant:
        parts.append("taken as a constant")
    return ", ".join(parts) + "."


def gap_sentence(cell: CellView) -> str:
    """The gap between model and people, in percentage points; empty where there is none."""
    if cell.gap is None:
        return ""
    text = f"{gap_text(cell.gap)} points"
    if cell.gap_low is not None and cell.gap_high is not None:
        text += f", {gap_between_text(cell.gap_low, cell.gap_high)}"
        text += "" if cell.gap_decided else "; 0 is not ruled out"
    return f"{text}."


def verdict_sentence(cell: CellView) -> str:
    """Criterion and verdict; empty without a criterion."""
    if cell.criterion is None:
        return ""
    asked = format_criterion(cell.criterion)
    if cell.verdict is None:
        return f"Asked for: {asked}."
    return f"{VERDICT_WORD[cell.verdict]} {asked}. {cell.verdict_reason}"


def place_text(cell: CellView) -> str:
    """Where a cell stands, such as ``Temporal reasoning, Design-level, execution``."""
    return f"{cell.row}, {cell.column}, {ASPECT_WORD[cell.aspect].lower()}"


def spoken(cell: CellView, name_of: Callable[[str], str] = str) -> str:
    """All of a cell in sentences, for those who do not see it.

    Args:
        cell: the cell.
        name_of: what an element is called, by its id.
    """
    said = [f"{place_text(cell)}: {model_sentence(cell)}"]
    if cell.human is not None:
        said.append(f"Human {human_sentence(cell)}")
    if cell.gap is not None:
        said.append(f"Gap {gap_sentence(cell)}")
    said.append(verdict_sentence(cell))
    if cell.stale:
        said.append("Suspended. " + " ".join(cell.stale))
    if cell.informs:
        said.append(f"Informs {', '.join(map(name_of, cell.informs))}.")
    return " ".join(filter(None, said))
