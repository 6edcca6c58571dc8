"""What controls may fail with: an owner, a component, a degradation factor."""

from typing import Final

from workbench.analysis.findings import called
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.names import plain
from workbench.model.elements import Control, DegradationFactor, Guard, Link

COMPONENT: Final = "component:"
"""A tag that begins so names a component; controls with the same one may fail together."""

Leaned = tuple[str, str]
"""What a control may fail with, by kind and by key."""


def leaned_on(ctx: Context, guard: Guard, control: Control) -> tuple[Leaned, ...]:
    """What a control may fail with where it stands."""
    return ctx.once(_leaned_on, control.id) + _weakened_by(ctx, guard.id)


def _leaned_on(ctx: Context, id: str) -> tuple[Leaned, ...]:
    """What a control may fail with, wherever it stands."""
    control = ctx.find(id, Control)
    return _own_leans(ctx, control) + _weakened_by(ctx, id) if control is not None else ()


def _own_leans(ctx: Context, control: Control) -> tuple[Leaned, ...]:
    values = control.__dict__
    found: list[Leaned] = []
    owner = values["owner"] and plain(values["owner"])
    if owner and ctx.options.number("shared_owner"):
        found.append(("owner", owner))
    found += [("component", plain(tag)) for tag in values["tags"] if ":" in tag and _is_component(tag)]
    return tuple(found)


def _is_component(tag: str) -> bool:
    return tag.casefold().startswith(COMPONENT)


def _weakened_by(ctx: Context, target: str) -> tuple[Leaned, ...]:
    """The degradation factors of a control, or of a control on one line."""
    links = ctx.referrers(target, Link, "target")
    if not links:
        return ()
    return tuple(
        ("factor", link.source)
        for link in links
        if link.kind == "degrades" and ctx.find(link.source, DegradationFactor) is not None
    )


def words_for(ctx: Context, what: Leaned, control: Control) -> str:
    """In a sentence, as the first control that leans on it writes it."""
    kind, key = what
    if kind == "factor":
        return f"the {called(ctx.get(key))}"
    if kind == "owner":
        return f"the owner {' '.join(control.owner[:80].split())}"
    tag = next(tag for tag in control.tags if plain(tag) == key and _is_component(tag))
    return f"the component {tag[len(COMPONENT) :].strip()}"


def foresee_leaning(ctx: Context) -> dict[str, tuple[Leaned, ...]]:
    """What all controls may fail with, worked out together; controls weakened on one line are there by their guards."""
    leaned = {control.__dict__["id"]: _own_leans(ctx, control) for control in ctx.all(Control)}
    guards = {}
    for target in ctx.by(Link, "target"):
        if target in leaned:
            leaned[target] += _weakened_by(ctx, target)
        elif type(ctx.records.get(target)) is Guard:
            guards[target] = _weakened_by(ctx, target)
    ctx.foresee(_leaned_on, leaned)
    return leaned | guards
