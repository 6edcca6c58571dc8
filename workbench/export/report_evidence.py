"""Report: every claim with its plot and where its figures come from."""

from collections.abc import Generator
from typing import Final

from workbench.analysis.claim_words import by_hand
from workbench.analysis.claims import ClaimRow, row_of, told_apart, worst_first
from workbench.analysis.words import VERDICT_WORD
from workbench.evidence.report import facts_of_run
from workbench.evidence.standing import Claim, subject_verdicts
from workbench.export.card_claim import CardFacts, facts_of
from workbench.export.report_context import CLAIMS, Context
from workbench.export.report_model import Block, Facts, Heading, Picture, Section, Words, tidy
from workbench.export.sheet import Sheet
from workbench.model.runs import Evidence, Run
from workbench.values import value_type

_PLOT: Final = (640.0, 118.0)
_LANE: Final = 40.0
_TEXT: Final = 13
_SETTINGS: Final = 300
_OF_FILES: Final = ("File", "With", "SHA-256", "Format")


@value_type(frozen=True, slots=True)
class Told:
    """One claim with its words."""

    claim: Claim
    row: ClaimRow
    card: CardFacts


def judged(context: Context) -> Generator[None, None, list[Told]]:
    """Every claim of the project, judged on the day of the report, worst first."""
    store = context.store
    names = told_apart(store.all(Run))
    found = []
    for subject in dict.fromkeys(evidence.subject for evidence in store.all(Evidence)):
        for claim in subject_verdicts(store, subject, as_of=context.day):
            row = row_of(store, claim, names)
            found.append(Told(claim, row, facts_of(store, claim, row)))
        yield
    return sorted(found, key=lambda told: worst_first(told.row))


def evidence(context: Context, claims: list[Told]) -> Generator[None, None, Section]:
    """A part for each claim: verdict and why, figures, plot, doubts, provenance."""
    blocks: list[Block] = []
    if not claims:
        blocks.append(Words("The project has no evidence yet.", "note"))
    shown, left = context.most(claims, CLAIMS, "claims are shown, the worst first; the evidence table has all")
    for number, told in enumerate(shown, 1):
        blocks += _claim(context, told, f"claim-{number}")
        yield
    return Section("evidence", "Evidence", (*blocks, *left))


def _claim(context: Context, told: Told, anchor: str) -> list[Block]:
    row, card, claim = told.row, told.card, told.claim
    blocks: list[Block] = [
        Heading(tidy(f"{row.on} · {row.claim}"), anchor),
        Words(tidy(card.sentence if row.sign == "stale" else f"{VERDICT_WORD[row.sign]}. {card.sentence}"), "strong"),
    ]
    said = by_hand(row, claim)
    blocks += [Words(tidy(said))] if said and row.sign != "stale" and not row.analyst else []
    blocks += [Words(tidy(line), "item") for line in card.more]
    if card.quotation:
        blocks.append(Words(tidy(card.quotation), "quote"))
    facts = [("About", card.about), ("Figure", card.figure)]
    facts += [("Criterion", row.criterion_in_full)] if row.criterion_in_full else []
    facts += [("Counts", "\n".join(card.counts))] if claim.metric is not None else []
    if card.drawable:
        height = _PLOT[1] + _LANE * bool(row.baselines)
        ops = card.plot(_PLOT[0], height, context.theme, context.measure, _TEXT)
        sheet = Sheet(row.claim, _PLOT[0], height, context.theme.surface.canvas, ops)
        blocks.append(Picture(sheet, "", 0.9))
    if claim.run is not None:
        facts += _origin(claim.run)
        facts += [("Gap in the file", "\n".join(claim.run.doubts))] if claim.run.doubts else []
    else:
        facts.append(("Source", card.source))
    blocks.append(Facts(tuple((name, tidy(value)) for name, value in facts if value.strip())))
    return blocks


def _origin(run: Run) -> list[tuple[str, str]]:
    """Where a run comes from; of one that was typed in, that there is no file."""
    facts = [(name, _short(value) if name == "Settings" else value) for name, value in facts_of_run(run)]
    if run.origin == "typed":
        kept = [fact for fact in facts if fact[0] not in _OF_FILES]
        return [("Origin", "Typed in by a person; there is no file."), *kept]
    return facts


def _short(text: str) -> str:
    """Settings may hold a whole mapping of columns."""
    return text if len(text) <= _SETTINGS else f"{text[:_SETTINGS]} …"
