"""The themes: colours by meaning, the same tokens in each; the grey one is made from that for print."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final, Literal, TypeVar, cast, get_args

from workbench.analysis.colours import contrast, grey, is_colour
from workbench.render.sizes import Sizes, TextSizes, shared
from workbench.render.tokens import TokenError, parse, raw_tokens
from workbench.values import value_type

ThemeName = Literal["light", "dark", "print", "projector", "grey"]
THEME_NAMES: Final[tuple[ThemeName, ...]] = get_args(ThemeName)
C = TypeVar("C")


@value_type(frozen=True, slots=True)
class KindColours:
    """One kind of element. ``text`` stands on the fill of a box, beside a bar."""

    fill: str
    border: str
    icon: str
    text: str


@value_type(frozen=True, slots=True)
class HazardColours(KindColours):
    """The hazard, with the two colours of its stripes."""

    stripe_light: str
    stripe_dark: str


@value_type(frozen=True, slots=True)
class VerdictColours:
    """One verdict: badge, glyph on it, the word, and the ground of a card."""

    fill: str
    glyph: str
    text: str
    tint: str


@value_type(frozen=True, slots=True)
class RiskColours:
    """One risk level."""

    fill: str
    border: str
    text: str


@value_type(frozen=True, slots=True)
class FindingColours:
    """One severity of finding."""

    fill: str
    border: str
    glyph: str


@value_type(frozen=True, slots=True)
class DiffColours:
    """One way two diagrams differ: the mark, the sign on it, the ground."""

    mark: str
    on: str
    tint: str


@value_type(frozen=True, slots=True)
class HeatColours:
    """One step of the capability grid's scale."""

    fill: str
    text: str


@value_type(frozen=True, slots=True)
class Surface:
    """Grounds."""

    window: str
    panel: str
    raised: str
    canvas: str
    input: str
    header: str
    overlay: str


@value_type(frozen=True, slots=True)
class TextColours:
    """Text on any surface."""

    primary: str
    secondary: str
    disabled: str


@value_type(frozen=True, slots=True)
class BorderColours:
    """Lines between surfaces."""

    subtle: str
    base: str
    strong: str


@value_type(frozen=True, slots=True)
class AccentColours:
    """The one accent of the program's chrome."""

    base: str
    text: str
    on: str
    tint: str


@value_type(frozen=True, slots=True)
class SelectionColours:
    """What is selected."""

    ring: str
    row: str
    text: str
    band: str


@value_type(frozen=True, slots=True)
class FocusColours:
    """What has the keyboard."""

    ring: str


@value_type(frozen=True, slots=True)
class CanvasColours:
    """What stands on the canvas and is no element."""

    grid: str
    edge: str
    edge_lit: str
    ribbon: str
    label: str
    guide: str
    legal: str
    illegal: str
    shadow: str


@value_type(frozen=True, slots=True)
class PlotColours:
    """Forest plots and evidence cards."""

    background: str
    estimate: str
    interval: str
    threshold: str
    baseline: str
    axis: str
    grid: str
    pass_zone: str
    band: str


@value_type(frozen=True, slots=True)
class Kinds:
    """Colours by kind of element; ``theme.kind["cause"]`` and ``theme.kind.cause`` are the same."""

    hazard: HazardColours
    top_event: KindColours
    cause: KindColours
    consequence: KindColours
    preventive_control: KindColours
    mitigative_control: KindColours
    degradation_factor: KindColours
    degradation_control: KindColours
    gate: KindColours
    note: KindColours

    def __getitem__(self, kind: str) -> KindColours:
        """The colours of a kind.

        Raises:
            KeyError: there is no such kind.
        """
        try:
            return cast("KindColours", getattr(self, kind))
        except AttributeError:
            raise KeyError(kind) from None


@value_type(frozen=True, slots=True, eq=False)
class Palette:
    """The colours of one theme. Families of open size (verdicts, risk levels) are dictionaries by name."""

    surface: Surface
    text: TextColours
    border: BorderColours
    accent: AccentColours
    selection: SelectionColours
    focus: FocusColours
    canvas: CanvasColours
    kind: Kinds
    verdict: dict[str, VerdictColours]
    risk: dict[str, RiskColours]
    finding: dict[str, FindingColours]
    diff: dict[str, DiffColours]
    plot: PlotColours
    heat: tuple[HeatColours, ...]


@value_type(frozen=True, slots=True, eq=False)
class Theme(Palette):
    """One theme. Compared and hashed by identity: there is one object a name and blend.

    Attributes:
        name: ``light``, ``dark``, ``print``, ``projector`` or ``grey``.
        strength: share of the full colours over the canvas; 1 is the theme itself.
        type: pixel sizes of text on the diagram.
    """

    name: ThemeName
    strength: float
    type: TextSizes

    @property
    def sizes(self) -> Sizes:
        """Sizes of what stands on the canvas."""
        return shared().canvas

    def level(self, steps: int, colour: str = "") -> RiskColours:
        """Colours of a risk level by its steps, whatever a scheme calls it.

        Args:
            steps: 0 to 4.
            colour: fill a project has chosen for the level (``#rrggbb``); anything else counts as none.
        """
        own = self.risk[RISK_BY_STEPS[max(0, min(steps, 4))]]
        if not is_colour(colour):
            return own
        colour = grey(colour) if self.name == "grey" else colour
        fill = mix(colour, self.surface.canvas, self.strength)
        dark, light = "#10151C", "#FFFFFF"
        text = max((dark, light), key=lambda ink: contrast(ink, colour))
        border = mix(mix(colour, dark, 0.7), self.surface.canvas, self.strength)
        return RiskColours(fill, border, mix(text, self.surface.canvas, self.strength))

    def blended(self, strength: float) -> "Theme":
        """The same theme with everything drawn on the canvas blended over its ground: dimmed, ghosts, previews.

        Args:
            strength: share of the full colour, 0 to 1.
        """
        share = round(max(0.0, min(1.0, strength)), 4)
        return self if share >= self.strength >= 1.0 else _blended(self.name, self.type, share)

    def dimmed(self) -> "Theme":
        """What is out of the story: blended to a quarter."""
        return self.blended(shared().opacity.dimmed)


RISK_BY_STEPS: Final = ("Eliminated", "Low", "Medium", "Serious", "High")


def mix(colour: str, ground: str, strength: float) -> str:
    """``colour`` at an opacity over an opaque ground, as one opaque colour."""
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * strength + b * (1 - strength)):02X}" for a, b in pairs)


@cache
def load_theme(name: ThemeName) -> Theme:
    """The theme of this name, read once.

    Raises:
        TokenError: there is no such theme, or the program's token file is damaged.
    """
    if name == "grey":
        return _greyed()
    themes = raw_tokens().get("themes")
    if not isinstance(themes, dict) or name not in themes:
        raise TokenError(f"There is no theme {name!r}; there are: {', '.join(THEME_NAMES)}.")
    palette = parse(Palette, themes[name], f"themes.{name}")
    text = shared().type.canvas_projector if name == "projector" else shared().type.canvas
    own = {item.name: getattr(palette, item.name) for item in fields(Palette)}
    return Theme(**own, name=name, strength=1.0, type=text)


def _greyed() -> Theme:
    """The theme for print in greys alone: what colours say there, shapes and glyphs say as well."""
    inked = load_theme("print")
    own = {item.name: _mapped(getattr(inked, item.name), grey) for item in fields(Palette)}
    return Theme(**own, name="grey", strength=1.0, type=inked.type)


@cache
def stage_theme(*, dark: bool) -> Theme:
    """The theme of a presentation: the projector's, or the dark one with the projector's text."""
    return _worn("dark", shared().type.canvas_projector) if dark else load_theme("projector")


@cache
def _worn(name: ThemeName, text: TextSizes) -> Theme:
    """A theme with text sizes that may be another's."""
    theme = load_theme(name)
    return theme if theme.type == text else replace(theme, type=text)


@lru_cache(maxsize=64)
def _blended(name: ThemeName, text: TextSizes, strength: float) -> Theme:
    theme = _worn(name, text)
    if strength >= 1.0:
        return theme
    ground = theme.surface.canvas
    return replace(
        theme,
        text=_mixed(theme.text, ground, strength),
        canvas=_mixed(theme.canvas, ground, strength),
        kind=_mixed(theme.kind, ground, strength),
        verdict=_mixed(theme.verdict, ground, strength),
        risk=_mixed(theme.risk, ground, strength),
        finding=_mixed(theme.finding, ground, strength),
        diff=_mixed(theme.diff, ground, strength),
        strength=strength,
    )


def _mixed(value: C, ground: str, strength: float) -> C:
    """A colour, or every colour inside a dataclass or dictionary, blended over ``ground``."""
    return _mapped(value, lambda colour: mix(colour, ground, strength))


def _mapped(value: C, change: Callable[[str], str]) -> C:
    """A colour, or every colour inside a dataclass, dictionary or tuple, changed; other words stay."""
    result: Any = value
    if isinstance(value, str):
        result = change(value) if is_colour(value) else value
    elif isinstance(value, dict):
        result = {key: _mapped(item, change) for key, item in value.items()}
    elif isinstance(value, tuple):
        result = tuple(_mapped(item, change) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {item.name: _mapped(getattr(value, item.name), change) for item in fields(value)}
        result = replace(value, **changed)
    return cast("C", result)
