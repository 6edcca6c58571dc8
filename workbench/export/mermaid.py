"""A diagram as a Mermaid flowchart: controls are nodes on their lines, arranged by whoever draws it."""

import json
import re
from typing import Final

from workbench.export.facts import UNTITLED_DIAGRAM, one_line
from workbench.export.segments import Segment, segments_of
from workbench.render.characters import clean
from workbench.render.picture import BarPicture, DiagramPicture, NodePicture
from workbench.render.shapes_bars import shown_title as bar_title
from workbench.render.shapes_boxes import shown_title
from workbench.render.theme import Theme

_SHAPES: Final = {
    "hazard": ("[[", "]]"),
    "top_event": ("(((", ")))"),
    "cause": (">", "]"),
    "consequence": ("{{", "}}"),
    "degradation_factor": ("[/", "/]"),
    "gate": ("{", "}"),
    "note": ("[", "]"),
}
_CONTROL: Final = ("(", ")")
_ROLES: Final = ("preventive", "mitigative", "degradation")
_TITLE_LIMIT: Final = 1_000
_UNSAFE: Final = re.compile(r"[^\w\s,:()/'?!=.-]|_|^\s*[-.]|(?<=\d)\.(?=\s)|\.{2,}|-{2,}", re.ASCII)
"""What Mermaid might take for markup, a directive, a list or an arrow. Letters beyond ASCII are not touched."""


def write_mermaid(picture: DiagramPicture, theme: Theme) -> bytes:
    """The Mermaid file of a diagram; the same diagram gives the same bytes."""
    names = {id: f"n{number}" for number, id in enumerate((*sorted(picture.nodes), *sorted(picture.bars)), start=1)}
    title = clean((one_line(picture.title) or UNTITLED_DIAGRAM)[:_TITLE_LIMIT])
    lines = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", "flowchart LR"]
    lines += (f"  {names[id]}{_node(picture.nodes[id])}:::{picture.nodes[id].kind}" for id in sorted(picture.nodes))
    lines += (f"  {names[id]}{_bar(picture.bars[id])}:::{picture.bars[id].role}" for id in sorted(picture.bars))
    for part in segments_of(picture):
        target = names.get(part.target)
        if target is not None:  # a note about a line has no node to point at
            lines.append(f"  {names[part.source]} {_line(part)} {target}")
    return ("\n".join([*lines, *_classes(picture, theme)]) + "\n").encode()


def _node(node: NodePicture) -> str:
    begin, end = _SHAPES.get(node.kind, _SHAPES["note"])
    words = shown_title(node)
    if node.sign:
        words = f"{node.sign} {words}"
    return f'{begin}"{_label(node.code, words)}"{end}'


def _bar(bar: BarPicture) -> str:
    return f'{_CONTROL[0]}"{_label(bar.code, bar_title(bar))}"{_CONTROL[1]}'


def _line(part: Segment) -> str:
    if part.dashed:
        return "-.-"
    return "-->" if part.arrow else "---"


def _label(code: str, title: str) -> str:
    """Words in quotes: whatever might be markup is written as the number of its character."""
    lines = clean(f"{code}\n{title[:_TITLE_LIMIT]}" if code else title[:_TITLE_LIMIT]).splitlines()
    return "<br/>".join(_UNSAFE.sub(_numbered, line.strip()) for line in lines)


def _numbered(match: re.Match[str]) -> str:
    return "".join(f"#{ord(char)};" if ord(char) < 128 and not char.isspace() else char for char in match.group())


def _classes(picture: DiagramPicture, theme: Theme) -> list[str]:
    """Colours by kind, of the kinds that are there."""
    out = []
    for kind in sorted({node.kind for node in picture.nodes.values()}):
        ink = theme.kind[kind if kind in _SHAPES else "note"]
        out.append(f"  classDef {kind} fill:{ink.fill},stroke:{ink.border},color:{ink.text}")
    here = {bar.role for bar in picture.bars.values()}
    for role in _ROLES:
        if role in here:
            ink = theme.kind[f"{role}_control"]
            ground = theme.surface.canvas
            out.append(f"  classDef {role} fill:{ground},stroke:{ink.fill},color:{ink.text},stroke-width:3px")
    return out
