"""Which claims and runs an evidence action is about, from what is selected."""

from workbench.actions.state import single, writable
from workbench.actions.workbench import Workbench
from workbench.model.elements import Guard
from workbench.model.runs import Evidence, Metric, Run
from workbench.session.session import Session


def claims_in_reach(session: Session) -> list[Evidence]:
    """The claim the user is on in the evidence dock; else the one selected, or those on what is selected; else all."""
    store = session.store
    at = store.get(session.evidence)
    if isinstance(at, Evidence):
        return [at]
    if isinstance(at, Run):
        measured = store.referrers(at.id, Metric, "run")
        return [claim for metric in measured for claim in store.referrers(metric.id, Evidence, "metric")]
    if not session.selection:
        return list(store.all(Evidence))
    found: dict[str, Evidence] = {}
    for id in session.selection:
        record = store.get(id)
        if isinstance(record, Evidence):
            found[record.id] = record
            continue
        about = (id, record.control) if isinstance(record, Guard) else (id,)
        for subject in about:
            found |= {claim.id: claim for claim in store.referrers(subject, Evidence, "subject")}
    return list(found.values())


def runs_in_reach(session: Session) -> list[Run]:
    """The run the user is on in the evidence dock; else those that the claims in reach lean on; else all."""
    store = session.store
    at = store.get(session.evidence)
    if isinstance(at, Run):
        return [at]
    if not session.selection and not isinstance(at, Evidence):
        return list(store.all(Run))
    found: dict[str, Run] = {}
    for claim in claims_in_reach(session):
        metric = store.find(claim.metric, Metric)
        run = store.find(metric.run, Run) if metric is not None else None
        if run is not None:
            found[run.id] = run
    return list(found.values())


def can_attach(wb: Workbench) -> bool:
    """Evidence can be entered; a note carries none, and with nothing selected it is asked what it speaks of."""
    return writable(wb) and getattr(single(wb), "TYPE", "") != "note"


def any_claim(wb: Workbench) -> bool:
    """There is a claim to work on."""
    return writable(wb) and bool(claims_in_reach(wb.session))


def any_measured_claim(wb: Workbench) -> bool:
    """There is a claim with figures to work on."""
    return writable(wb) and any(claim.metric is not None for claim in claims_in_reach(wb.session))


def any_run(wb: Workbench) -> bool:
    """There is a run to work on."""
    return writable(wb) and bool(runs_in_reach(wb.session))


def any_withdrawn_run(wb: Workbench) -> bool:
    """There is a withdrawn run."""
    return writable(wb) and any(run.withdrawn is not None for run in runs_in_reach(wb.session))


def several_runs(wb: Workbench) -> bool:
    """There is a run to work on, and another one."""
    return any_run(wb) and wb.session.store.count("run") > 1
