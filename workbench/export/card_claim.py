"""What the evidence card says: the words of one claim, and its plot, for whoever lays them out. No Qt."""

from datetime import date
from typing import Final

from workbench.analysis.claim_words import by_hand, origin_line
from workbench.analysis.claims import ClaimRow, row_of, told_apart
from workbench.analysis.words import line_name, name_of, word
from workbench.evidence.standing import Claim, subject_verdicts
from workbench.export.claim_plot import claim_sheet
from workbench.export.dates import spelled
from workbench.model.elements import Guard
from workbench.model.runs import Evidence, Run
from workbench.render.ops import Ops
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.store.store import Store
from workbench.values import value_type

NOT_CALCULABLE: Final = "Not calculable"
GONE: Final = "This claim is no longer in the project."
_METHODS: Final = {
    "wilson": "Wilson",
    "clopper-pearson": "Clopper-Pearson",
    "t": "Student’s t",
    "normal": "normal",
    "bounds": "bounds",
}


@value_type(frozen=True, slots=True)
class CardFacts:
    """One claim in the words of a card.

    Attributes:
        row: the claim as the table of evidence shows it.
        about: what the claim speaks of, by code and title.
        figure: the large figure, or what stands for it; ``measured`` where it is one.
        counts: interval, counts and methods, one a line.
        sentence: why the verdict is what it is: the one that names the deciding bound.
        more: what else must be known: the computed verdict beside a person's, doubts; one sentence each.
        source: where the figures come from; one line.
        quotation: what a document says, or a note; empty where the claim was measured.
    """

    row: ClaimRow
    about: str
    figure: str
    measured: bool
    counts: tuple[str, ...]
    sentence: str
    more: tuple[str, ...]
    source: str
    quotation: str = ""

    @property
    def drawable(self) -> bool:
        """Whether there is anything to plot."""
        row = self.row
        return row.value is not None or (row.low is not None and row.high is not None)

    def plot(self, width: float, height: float, theme: Theme, measure: Measure, size: int) -> Ops:
        """The plot in a picture of this size, its text of ``size``."""
        return claim_sheet(self.row, width, height, theme, measure, size).ops


def card_facts(store: Store, claim_id: str, *, as_of: date | None = None) -> CardFacts | None:
    """The words of a claim; None where the document has no such claim.

    Args:
        as_of: the day by which age is reckoned; else the newest day stored in the project.
    """
    evidence = store.find(claim_id, Evidence)
    if evidence is None:
        return None
    claims = subject_verdicts(store, evidence.subject, as_of=as_of)
    claim = next(one for one in claims if one.evidence.id == claim_id)
    return facts_of(store, claim, row_of(store, claim, told_apart(store.all(Run))))


def facts_of(store: Store, claim: Claim, row: ClaimRow) -> CardFacts:
    """The words of a claim that was judged already."""
    evidence, metric = claim.evidence, claim.metric
    figure = row.estimate if row.value is not None else NOT_CALCULABLE
    quotation = ""
    if metric is None:
        figure = word(evidence.kind)
        quotation = evidence.quotation.strip() or evidence.note.strip()
    return CardFacts(
        row=row,
        about=_about(store, evidence.subject),
        figure=figure,
        measured=row.value is not None,
        counts=_counts(claim, row),
        sentence=_sentence(claim, row),
        more=_more(claim, row),
        source=origin_line(row, claim.run) if claim.run is not None else _document(evidence, row),
        quotation=quotation,
    )


def _about(store: Store, subject: str) -> str:
    """What a claim speaks of, by code and title; a control on its line with its own title."""
    guard = store.find(subject, Guard)
    if guard is None:
        return name_of(store, subject)
    return f"{name_of(store, guard.control)}, on {line_name(store, guard.subject)}"


def method_words(method: str) -> str:
    """How an interval was made, for people: "Clopper-Pearson, clustered, missing items bounded"."""
    first, _, rest = method.partition(", ")
    name = first.removesuffix("-clustered")
    parts = [_METHODS.get(name, name), "clustered" if first != name else "", rest]
    return ", ".join(part for part in parts if part)


def _counts(claim: Claim, row: ClaimRow) -> tuple[str, ...]:
    metric, lines = claim.metric, []
    if metric is None:
        return tuple(part for part in (spelled(row.day) if row.day is not None else "", row.by) if part)
    shown = metric.estimate.method if metric.estimate is not None else ""
    if row.interval:
        lines.append(f"{row.interval}{f' ({method_words(shown)})' if shown and row.value is not None else ''}")
    else:
        lines.append("No interval")
    if row.counts:
        lines.append(row.counts[:1].upper() + row.counts[1:])
    if row.decided_by and row.decides is not None:
        lines.append(f"Decided by {method_words(row.decided_by)}")
    return tuple(lines)


def _sentence(claim: Claim, row: ClaimRow) -> str:
    if row.sign == "stale":
        return f"Suspended. {' '.join(row.stale)}"
    return claim.reason


def _more(claim: Claim, row: ClaimRow) -> tuple[str, ...]:
    said = []
    if row.analyst and claim.evidence.analyst_reason.strip():
        said.append(by_hand(row, claim).partition(". ")[0] + ".")
    if claim.judgement is not None and (row.analyst or row.sign == "stale"):
        said.append(f"Computed: {word(claim.judgement.verdict).lower()}. {claim.judgement.reason}")
    said += [f"Doubt: {doubt}" for doubt in claim.doubts]
    return tuple(said)


def _document(evidence: Evidence, row: ClaimRow) -> str:
    day = spelled(row.day) if row.day is not None else ""
    parts = (row.run, evidence.link, day, f"attached by {evidence.attached_by}" if evidence.attached_by else "")
    return " · ".join(dict.fromkeys(part for part in parts if part))
