"""What is drawn, in words: for screen readers. Knows no Qt."""

from typing import Final

from workbench.canvas.scene import Scene
from workbench.model.kinds import label
from workbench.render.picture import Badge, BarPicture, LinkPicture, NodePicture

_VERDICT: Final = {
    "supports": "Evidence supports it.",
    "refutes": "Evidence refutes it.",
    "inconclusive": "Evidence is inconclusive.",
    "stale": "Evidence is stale.",
}
_ROLE: Final = {
    "preventive": "Preventive control",
    "mitigative": "Mitigative control",
    "degradation": "Degradation control",
}
_VERB: Final = {"leads_to": "Leads to", "degrades": "Weakens", "annotates": "Remarks on", "belongs": "Has top event"}
_MOST_LINES = 6


def name_of(scene: Scene, id: str) -> str:
    """Kind, code and title of something drawn; the ends of a line."""
    node, bar, link = scene.node(id), scene.bar(id), scene.link(id)
    if node is not None:
        return _named(label(node.kind), node.code, node.title)
    if bar is not None:
        return _named(_ROLE[bar.role], bar.code, bar.title)
    if link is not None:
        return f"Line from {_short(scene, link.source)} to {_short(scene, link.target)}"
    return ""


def sentences(scene: Scene, id: str) -> str:
    """How something drawn hangs together with the rest, and what evidence says."""
    node, bar, link = scene.node(id), scene.bar(id), scene.link(id)
    if node is not None:
        parts = _of_node(scene, node)
    elif bar is not None:
        parts = _of_bar(scene, bar)
    elif link is not None:
        parts = [f"{_controls(len(link.bars)).capitalize()} on it."]
    else:
        parts = []
    one = node or bar or link
    return " ".join(part for part in (*parts, _findings(scene, one), _waiting(scene, one)) if part)


def _findings(scene: Scene, one: NodePicture | BarPicture | LinkPicture | None) -> str:
    tally = scene.findings.of(one) if scene.findings is not None and one is not None else None
    if tally is None:
        return ""
    return f"1 finding: {tally.severity}." if tally.count == 1 else f"{tally.count} findings, worst: {tally.severity}."


def _waiting(scene: Scene, one: NodePicture | BarPicture | LinkPicture | None) -> str:
    tally = scene.reviews.of(one) if scene.reviews is not None and one is not None else None
    return f"{tally.words().capitalize()}." if tally is not None else ""


def whole(scene: Scene, id: str) -> str:
    """Name and sentences together, as they are read out when the focus comes."""
    return f"{name_of(scene, id)}. {sentences(scene, id)}".strip()


def _named(kind: str, code: str, title: str) -> str:
    head = f"{kind} {code}".strip()
    return f"{head}: {title}" if title else f"{head}, untitled"


def _short(scene: Scene, id: str) -> str:
    one = scene.node(id) or scene.bar(id)
    return (one.code or one.title or "an untitled element") if one is not None else "something not shown here"


def _controls(count: int) -> str:
    return "no control" if count == 0 else "1 control" if count == 1 else f"{count} controls"


def _of_node(scene: Scene, node: NodePicture) -> list[str]:
    links = [found for id in scene.links_of(node.id) if (found := scene.link(id)) is not None]
    out = [_outgoing(scene, link) for link in links if link.source == node.id]
    come = [_short(scene, link.source) for link in links if link.target == node.id and link.kind == "leads_to"]
    come.sort()
    parts = out[:_MOST_LINES]
    if len(out) > _MOST_LINES:
        parts.append(f"And {len(out) - _MOST_LINES} more.")
    if come:
        more = f" and {len(come) - _MOST_LINES} more" if len(come) > _MOST_LINES else ""
        parts.append(f"Follows from {', '.join(come[:_MOST_LINES])}{more}.")
    if node.listed:
        parts.append(f"{_controls(len(node.listed)).capitalize()} not on any line yet.")
    if node.hidden:
        parts.append(f"Collapsed: {node.hidden_text or node.hidden} hidden behind it.")
    if node.retired:
        parts.append("Retired.")
    return [*parts, _risk(node), _verdict(node.badge)]


def _risk(node: NodePicture) -> str:
    if not node.chips:
        return ""
    said = ", then ".join(f"{c.text}{' (the worst of its consequences)' if c.inherited else ''}" for c in node.chips)
    return f"Risk {said}."


def _outgoing(scene: Scene, link: LinkPicture) -> str:
    through = f" through {_controls(len(link.bars))}" if link.bars else ""
    return f"{_VERB.get(link.kind, 'Leads to')} {_short(scene, link.target)}{through}."


def _of_bar(scene: Scene, bar: BarPicture) -> list[str]:
    parts = []
    link = scene.link(scene.line_of(bar.id))
    if link is None:
        parts.append("Not on a line yet.")
    else:
        place = f"{link.bars.index(bar.id) + 1} of {len(link.bars)}"
        ends = f"{_short(scene, link.source)} to {_short(scene, link.target)}"
        parts.append(f"On the line from {ends}, {place}.")
    if bar.shared > 1:
        parts.append(f"Shared: guards {bar.shared} lines.")
    if bar.planned:
        parts.append("Proposed.")
    hanging = scene.hanging_on(bar.id)
    if hanging:
        parts.append(f"Weakened by {', '.join(_short(scene, id) for id in hanging)}.")
    return [*parts, _verdict(bar.badge)]


def _verdict(badge: Badge | None) -> str:
    if badge is None:
        return ""
    by_hand = " Judged by hand; nothing is computed." if badge.by_hand else ""
    return _VERDICT[badge.verdict] + (" The analyst judges otherwise than computed." if badge.analyst else by_hand)
