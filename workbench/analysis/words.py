"""The words that panels, slides and documents show for stored values, names and places. No Qt."""

from collections.abc import Iterable
from typing import Final

from pydantic import ValidationError

from workbench.evidence.labels import beyond_percent, percent_digits
from workbench.model.base import Record, record_type
from workbench.model.drawing import Diagram
from workbench.model.elements import Element, Gate, Guard, Link, TopEvent
from workbench.model.judgement import Assessment, OddCategory, Project, RiskScheme
from workbench.model.kinds import label
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.store import Store

_EXCEPTIONS: Final[dict[str, str]] = {
    "active_human": "Active and human",
    "k_of_n": "k of n",
    "and": "AND",
    "or": "OR",
    "not": "NOT",
    "xor": "XOR",
    "bow_tie": "Bow-tie",
    "eval_run": "Evaluation run",
    "reduce_by_design": "Reduce by design",
    "engineered_features": "Engineered features",
    "warning_devices": "Warning devices",
    "procedures_training": "Procedures and training",
    "probability": "Probability",
    "leads_to": "Leads to",
    "fails": "Fails (usual)",
    "works": "Works",
    "both": "Likelihood and severity",
    "<=": "≤  at most",
    "<": "<  below",
    ">=": "≥  at least",
    ">": ">  above",
}

SIGN: Final[dict[str, str]] = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
UNTITLED: Final = "(no title)"
VERDICT_WORD: Final[dict[str, str]] = {
    "supports": "Supports",
    "refutes": "Refutes",
    "inconclusive": "Inconclusive",
    "stale": "Stale",
    "none": "No verdict",
}


def word(value: str) -> str:
    """The sentence-case word for a stored value: ``in_review`` reads "In review"."""
    return _EXCEPTIONS.get(value) or value.replace("_", " ").capitalize()


def percent(value: float, digits: int = 1) -> str:
    """A fraction as a percentage, two digits that count near 0 and 100, a narrow no-break space before the sign."""
    digits = percent_digits(value, digits)
    return f"{beyond_percent(value, digits) or f'{value * 100:.{digits}f}'}\u202f%"


def short_percent(value: float) -> str:
    """A fraction as a percentage without needless zeros: 0.1 reads "10 %", 0.025 "2.5 %"."""
    return f"{round(value * 100, 4):g}\u202f%"


def number(value: float, unit: str = "proportion") -> str:
    """A measured value in its unit, one decimal for percentages, four significant digits otherwise."""
    if unit == "proportion":
        return percent(value)
    if unit == "percent":
        return f"{value:.1f}\u202f%"
    return f"{value:.4g}"


def title_of(record: Record | None) -> str:
    """A record's title, or what stands for it."""
    text = getattr(record, "title", "") or getattr(record, "name", "")
    return " ".join(str(text).split()) or UNTITLED


def name_of(store: Store, id: str | None) -> str:
    """How a person calls a record: "C-12 Prompt leaves out the requirement", "B-7 on C-12"."""
    record = store.get(id) if id is not None else None
    if record is None:
        return "(gone)"
    if isinstance(record, Element):
        return f"{record.code} {title_of(record)}".strip()
    if isinstance(record, Guard):
        control = store.find(record.control, Element)
        return f"{control.code or title_of(control) if control else ''} on {line_name(store, record.subject)}"
    if isinstance(record, Link):
        return line_name(store, record.id)
    if isinstance(record, Assessment):
        return f"{word(record.phase)} rating of {name_of(store, record.subject)}"
    if isinstance(record, OddCategory):
        return f"{record.group}: {record.name}" if record.group else record.name
    return (
        title_of(record)
        if isinstance(record, Diagram | Project | RiskScheme | Run | Metric | Evidence)
        else label(record_type(record))
    )


def short_name(store: Store, id: str) -> str:
    """The code of a record (that of the control, for a control on a line), or its title where it has none."""
    record = store.get(id)
    if isinstance(record, Guard):
        return short_name(store, record.control)
    if isinstance(record, Link):
        return line_name(store, id)
    if isinstance(record, Assessment):
        return short_name(store, record.subject)
    return str(getattr(record, "code", "")) or title_of(record)


def guard_name(store: Store, guard: Guard, form: str = "{} on {}") -> str:
    """A control on one of several lines, "B-1 on C-1": by the end of the line that is no top event; else its code."""
    if len(store.referrers(guard.control, Guard, "control")) < 2:
        return short_name(store, guard.control)
    link = store.find(guard.subject, Link)
    ends = [link.source, link.target] if link is not None else [guard.subject]
    far = next((end for end in ends if not isinstance(store.get(end), TopEvent)), ends[0])
    return form.format(short_name(store, guard.control), short_name(store, far))


def line_name(store: Store, subject: str) -> str:
    """A line by its two ends, "C-12 → T-1"; another subject by its code."""
    link = store.find(subject, Link)
    if link is None:
        return short_name(store, subject)
    return f"{short_name(store, link.source)} → {short_name(store, link.target)}"


def guard_role(store: Store, guard: Guard) -> str:
    """Which side of the top event a control stands on here: a kind of sign, such as ``mitigative_control``."""
    link = store.find(guard.subject, Link)
    if link is None:
        return "control"
    if link.kind == "degrades":
        return "degradation_control"
    source = store.get(link.source)
    kind = record_type(source) if source is not None else ""
    return "mitigative_control" if kind in ("top_event", "hazard") else "preventive_control"


ROLE_LABEL: Final[dict[str, str]] = {
    "preventive_control": "Preventive control",
    "mitigative_control": "Mitigative control",
    "degradation_control": "Degradation control",
    "control": "Control",
}


def sign_of(store: Store, record: Record) -> str:
    """The kind of sign (icon) a record is shown by, as ``icons.kind_icon`` knows it."""
    if isinstance(record, Guard):
        return guard_role(store, record)
    kind = record_type(record)
    if kind != "control":
        return kind
    roles = {guard_role(store, guard) for guard in store.referrers(record.id, Guard, "control")}
    return roles.pop() if len(roles) == 1 else "control"


def kind_word(store: Store, record: Record) -> str:
    """The word above a record's form: its kind, or a control's role on its line."""
    if isinstance(record, Guard):
        return ROLE_LABEL[guard_role(store, record)]
    if isinstance(record, Gate):
        return f"{word(record.operator)} gate"
    return label(record_type(record))


def count_words(count: int, one: str, many: str) -> str:
    """A figure with its word, such as "1 control" or "2 controls"."""
    return f"{count:,} {one if count == 1 else many}"


_PLAIN_ERRORS: Final[dict[str, str]] = {
    "float_parsing": "Enter a number, such as 0.01 or 1e-4.",
    "int_parsing": "Enter a whole number.",
    "int_from_float": "Enter a whole number.",
    "finite_number": "Enter a finite number.",
    "literal_error": "This value is not one of the choices.",
}


def plain_error(error: ValidationError) -> str:
    """The first thing wrong, as one sentence for the person who typed it."""
    first = error.errors(include_url=False)[0]
    kind = first["type"]
    limits = first.get("ctx", {})
    if kind in _PLAIN_ERRORS:
        return _PLAIN_ERRORS[kind]
    if kind == "greater_than_equal":
        return f"Must be {limits['ge']:g} or more."
    if kind == "less_than_equal":
        return f"Must be {limits['le']:g} or less."
    if kind == "greater_than":
        return f"Must be more than {limits['gt']:g}."
    if kind == "less_than":
        return f"Must be less than {limits['lt']:g}."
    if kind == "string_too_long":
        return f"Too long: at most {limits['max_length']:,} characters."
    return str(first["msg"]).rstrip(".") + "."


def joined(items: Iterable[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    listed = list(items)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else ""
