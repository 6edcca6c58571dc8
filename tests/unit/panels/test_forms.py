"""The form tables fit the records."""

from collections.abc import Iterator

import pytest

from workbench.model.records import CLASS_OF
from workbench.panels.forms import FORMS, Field, shared_sections, value_of

OWNERS = {"self": None, "control": "control", "diagram": "diagram"}
SHOWN_ELSEWHERE = {
    "id",
    "code",
    "kind",
    "source",
    "target",
    "order",
    "control",
    "subject",
    "likelihood",
    "system",
    "lint",
    "criterion",
    "metric",
    "attached_by",
    "attached_at",
    "risk_scheme",  # a change re-maps the ratings, so a dialog asks
    # through the dialogs and parts of the inspector's evidence form
    "first_criterion",
    "criterion_reason",
    "criteria_before",
    "analyst_verdict",
    "analyst_reason",
    "reviewed_by",
    "reviewed_at",
    "defeaters",
    "deficits",
    # through the part that shows the derived figure
    "likelihood_from",
    "effectiveness_from",
    "effectiveness_is",
}


def fields_of(kind: str) -> Iterator[tuple[str, Field]]:
    for section in FORMS[kind]:
        for field in section.fields:
            yield OWNERS[section.of] or kind, field


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_every_field_of_a_form_exists(kind):
    for owner, field in fields_of(kind):
        head, _, rest = field.name.partition(".")
        info = CLASS_OF[owner].model_fields[head]
        if rest:
            parts = [
                a for a in (info.annotation, *getattr(info.annotation, "__args__", ())) if hasattr(a, "model_fields")
            ]
            assert rest in parts[0].model_fields


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_no_field_of_a_record_is_forgotten(kind):
    shown = {field.name.partition(".")[0] for owner, field in fields_of(kind) if owner == kind}
    assert set(CLASS_OF[kind].model_fields) - SHOWN_ELSEWHERE <= shown | {"title"}


def test_several_kinds_share_what_they_have_in_common():
    (section,) = shared_sections(("cause", "hazard"))
    names = {field.name for field in section.fields}
    assert {"owner", "status", "tags"} <= names
    assert "title" not in names
    assert "source" not in names


def test_a_missing_part_has_no_value():
    cause = CLASS_OF["cause"](id="c")
    assert value_of(cause, "likelihood.category") is None
