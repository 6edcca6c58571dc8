"""Sizes, radii, times and levels of detail that all themes share. Lengths are scene units (pixels at 100 %)."""

from functools import cache

from workbench.render.tokens import parse, raw_tokens
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class BoxSizes:
    """Causes and consequences."""

    width: float
    min_width: float
    max_width: float
    min_height: float
    height: float
    max_height: float
    padding: float
    title_lines: int


@value_type(frozen=True, slots=True)
class HazardSizes:
    """The hazard, with the height of its striped band."""

    width: float
    height: float
    band: float


@value_type(frozen=True, slots=True)
class TopEventSizes:
    """The knot of the bow-tie."""

    diameter: float
    min: float
    max: float
    title_lines: int


@value_type(frozen=True, slots=True)
class BarSizes:
    """A control on a line; a mitigative one is two bars of ``double_width``."""

    width: float
    height: float
    double_width: float
    double_gap: float


@value_type(frozen=True, slots=True)
class LabelSizes:
    """The label of a control; ``gap`` is between bar and label."""

    width: float
    lines: int
    gap: float


@value_type(frozen=True, slots=True)
class DegradationSizes:
    """Degradation factors, their stem (``stem_bare`` without controls on it) and their controls."""

    width: float
    height: float
    skew: float
    stem: float
    stem_bare: float
    control_width: float
    control_height: float


@value_type(frozen=True, slots=True)
class GateSizes:
    """A logic gate."""

    width: float
    height: float


@value_type(frozen=True, slots=True)
class NoteSizes:
    """A note and the legs of its folded corner."""

    width: float
    fold: float


@value_type(frozen=True, slots=True)
class PitchSizes:
    """Distances of the bow-tie arrangement."""

    column: float
    row_gap: float
    knot: float
    box_to_control: float
    diagram_gap: float


@value_type(frozen=True, slots=True)
class BadgeSizes:
    """A verdict badge and the ring of canvas colour around it."""

    size: float
    halo: float


@value_type(frozen=True, slots=True)
class TextSizes:
    """Pixel sizes of the text on a diagram; whole numbers.

    Attributes:
        meta: 0: there are no meta rows.
        aside: counts and words beside a body: how many lines a control stands on, what is collapsed, what is listed.
    """

    title: int
    top_event: int
    control_label: int
    meta: int
    chip: int
    aside: int
    minimum_drawn: float


@value_type(frozen=True, slots=True)
class LineHeight:
    """Distance of baselines as a multiple of the size."""

    ui: float
    label: float
    reading: float


@value_type(frozen=True, slots=True)
class UiText:
    """Pixel sizes of text outside diagrams."""

    caption: int
    small: int
    body: int
    strong: int
    title: int
    heading: int
    display: int
    stage: int


@value_type(frozen=True, slots=True)
class Radii:
    """Corner radii."""

    chip: float
    control: float
    node: float
    card: float
    bar: float


@value_type(frozen=True, slots=True)
class Strokes:
    """Stroke widths and dash patterns."""

    hair: float
    edge: float
    edge_lit: float
    node: float
    node_selected: float
    focus: float
    dash: tuple[float, ...]
    dot: tuple[float, ...]


@value_type(frozen=True, slots=True)
class Icons:
    """Icon sizes and the stroke they are drawn with."""

    ui: float
    toolbar: float
    node: float
    badge: float
    badge_glyph: float
    stroke: float


@value_type(frozen=True, slots=True)
class Hits:
    """Least sizes of what a pointer must hit."""

    edge: float
    handle: float
    minimum: float


@value_type(frozen=True, slots=True)
class Opacities:
    """Shares of a colour blended over the canvas."""

    dimmed: float
    ghost: float
    preview: float


@value_type(frozen=True, slots=True)
class Motions:
    """Durations in milliseconds; ``reduced`` where the user asked for less motion."""

    quick_ms: int
    panel_ms: int
    camera_ms: int
    reduced: int


@value_type(frozen=True, slots=True)
class Detail:
    """Least zoom factors of the levels of detail; below ``titles_only`` there are filled blocks only."""

    full: float
    titles_only: float


@value_type(frozen=True, slots=True)
class Sizes:
    """All shared sizes."""

    grid: float
    fit_padding: float
    box: BoxSizes
    hazard: HazardSizes
    top_event: TopEventSizes
    bar: BarSizes
    control_label: LabelSizes
    degradation: DegradationSizes
    gate: GateSizes
    note: NoteSizes
    pitch: PitchSizes
    badge: BadgeSizes
    handle: float
    ribbon: float
    minimap: tuple[float, ...]


@value_type(frozen=True, slots=True)
class TypeTokens:
    """Font families, most wanted first by script, and text sizes."""

    latin: tuple[str, ...]
    cjk: tuple[str, ...]
    arabic: tuple[str, ...]
    mono: tuple[str, ...]
    svg_fallback: str
    size: UiText
    line_height: LineHeight
    canvas: TextSizes
    canvas_projector: TextSizes


@value_type(frozen=True, slots=True)
class Shared:
    """Everything in the token file that does not differ between themes."""

    type: TypeTokens
    space: tuple[float, ...]
    radius: Radii
    stroke: Strokes
    icon: Icons
    hit: Hits
    opacity: Opacities
    motion: Motions
    canvas: Sizes
    lod: Detail


@cache
def shared() -> Shared:
    """The shared tokens, read once.

    Raises:
        TokenError: the program's token file is damaged.
    """
    return parse(Shared, raw_tokens(), "tokens")


def sizes() -> Sizes:
    """Sizes of what stands on the canvas."""
    return shared().canvas
