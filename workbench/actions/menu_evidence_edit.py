"""The part of the evidence menu that enters and changes claims and runs."""

from typing import Final

from workbench.actions import evidence_state
from workbench.actions.action import Action

_THINGS: Final = frozenset({"node", "bar", "line"})
_MENU: Final = ("Evidence",)
_CLAIM: Final = frozenset({"claim"})
_ALL: Final = _CLAIM | _THINGS
_RUN: Final = frozenset({"claim", "run"})


def evidence_edit_actions() -> tuple[Action, ...]:
    """Entering, judging, doubting, moving claims; replacing, withdrawing, superseding runs."""
    measured, run = evidence_state.any_measured_claim, evidence_state.any_run
    claim, several = evidence_state.any_claim, evidence_state.several_runs
    withdrawn = evidence_state.any_withdrawn_run
    return (
        Action("evidence.type_in", "Type in a run…", lambda wb: wb.evidence.type_in(), _MENU, 1, "",
               ("Ctrl+Shift+Y",), evidence_state.can_attach, contexts=_THINGS,
               tip="Figures of a run that has no file; they are marked as typed in"),
        Action("evidence.document", "Add document or judgement…", lambda wb: wb.evidence.add_document(), _MENU, 1,
               "", ("Ctrl+Shift+J",), evidence_state.can_attach, contexts=_THINGS,
               tip="A document, an incident, expert judgement or a human study, judged by hand"),
        Action("evidence.judge", "Judge claim…", lambda wb: wb.evidence.judge(), _MENU, 2, "", ("Ctrl+J",),
               claim, tip="A person’s verdict beside the computed one, with name, day and reason", contexts=_ALL),
        Action("evidence.criterion", "Change criterion…", lambda wb: wb.evidence.criterion(), _MENU, 2, "", (),
               measured, contexts=_CLAIM),
        Action("evidence.doubts", "Doubts and gaps…", lambda wb: wb.evidence.doubts(), _MENU, 2, "",
               ("Ctrl+Shift+B",), claim,
               tip="Proxy gap, under-elicited, sandbagging, contaminated; and what is not known", contexts=_ALL),
        Action("evidence.baselines", "Baselines…", lambda wb: wb.evidence.baselines(), _MENU, 2, "", (), measured,
               contexts=_CLAIM),
        Action("evidence.edit", "Edit claim", lambda wb: wb.evidence.edit(), _MENU, 2, "", (), claim,
               tip="Show the claim in the inspector", contexts=_CLAIM),
        Action("evidence.move", "Move claim…", lambda wb: wb.evidence.move(), _MENU, 3, "", (), claim,
               tip="Let a claim speak of something else", contexts=_CLAIM),
        Action("evidence.copy", "Copy claim to…", lambda wb: wb.evidence.copy(), _MENU, 3, "", (), claim,
               tip="Let the same figures speak of something else too", contexts=_CLAIM),
        Action("evidence.detach", "Remove claim", lambda wb: wb.evidence.detach(), _MENU, 3, "", (), claim,
               contexts=_CLAIM),
        Action("evidence.replace", "Replace run…", lambda wb: wb.evidence.replace_run(), _MENU, 4, "", (), run,
               tip="What if we deploy the new model? Every verdict before and after, in one step", contexts=_RUN),
        Action("evidence.supersede", "Supersede run…", lambda wb: wb.evidence.supersede_run(), _MENU, 4, "", (),
               several, tip="Say which later run speaks in place of this one", contexts=_RUN),
        Action("evidence.withdraw", "Withdraw run…", lambda wb: wb.evidence.withdraw_run(), _MENU, 4, "", (), run,
               tip="Say that a run no longer counts, and why", contexts=_RUN),
        Action("evidence.reinstate", "Let withdrawn run count again…", lambda wb: wb.evidence.reinstate_run(), _MENU,
               4, "", (), withdrawn, contexts=_RUN),
        Action("evidence.copy_source", "Copy source file beside project…", lambda wb: wb.evidence.copy_source(),
               _MENU, 4, "", (), run, contexts=_RUN),
    )  # fmt: skip
