"""The themes are complete, readable, and told apart without good colour vision."""

import itertools
import math

import pytest

from workbench.render import tokens
from workbench.render.sizes import shared
from workbench.render.theme import THEME_NAMES, Theme, ThemeName, load_theme, mix
from workbench.render.tokens import TokenError

BOXES = ("hazard", "top_event", "cause", "consequence", "degradation_factor", "gate", "note")
BARS = ("preventive_control", "mitigative_control", "degradation_control")
# Severity 1.0 matrices of Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color
# vision deficiency", IEEE TVCG 15(6), 2009; applied to linear RGB.
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}

each_theme = pytest.mark.parametrize("name", THEME_NAMES)


def linear(colour: str) -> tuple[float, float, float]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def oklab(colour: str, vision: str) -> tuple[float, float, float]:
    """Björn Ottosson's Oklab, in which distances look about equal."""
    rgb = linear(colour)
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in VISION[vision])
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


def test_themes_are_read_once_and_known_by_name() -> None:
    assert load_theme("light") is load_theme("light")
    assert {load_theme(name).name for name in THEME_NAMES} == set(THEME_NAMES)
    with pytest.raises(TokenError, match="sepia"):
        load_theme("sepia")


def test_damaged_tokens_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    good = tokens.raw_tokens()
    bad = {**good, "themes": {**good["themes"], "light": {**good["themes"]["light"], "surface": {"window": "#fff"}}}}
    monkeypatch.setattr("workbench.render.theme.raw_tokens", lambda: bad)
    load_theme.cache_clear()
    with pytest.raises(TokenError, match=r"themes\.light\.surface"):
        load_theme("light")
    load_theme.cache_clear()


@each_theme
def test_text_is_readable(name: ThemeName) -> None:
    theme = load_theme(name)
    floor = 7.0 if name == "projector" else 4.5
    pairs = [(theme.canvas.label, theme.surface.canvas), (theme.text.primary, theme.surface.raised)]
    pairs += [(theme.text.secondary, theme.surface.canvas), (theme.canvas.label, theme.canvas.ribbon)]
    for kind in BOXES:
        pairs += [(theme.kind[kind].text, theme.kind[kind].fill), (theme.text.secondary, theme.kind[kind].fill)]
    pairs += [(risk.text, risk.fill) for risk in theme.risk.values()]
    for text, ground in pairs:
        assert contrast(text, ground) >= floor, (text, ground)
    badges = [(colours.glyph, colours.fill) for colours in theme.verdict.values()]
    badges += [(colours.glyph, colours.fill) for colours in theme.finding.values()]
    for glyph, ground in badges:
        assert contrast(glyph, ground) >= 4.5, (glyph, ground)


@each_theme
def test_outlines_bars_lines_and_badges_stand_out(name: ThemeName) -> None:
    theme = load_theme(name)
    ground = theme.surface.canvas
    marks = [theme.canvas.edge, theme.canvas.edge_lit, theme.selection.ring, theme.focus.ring, theme.canvas.illegal]
    marks += [theme.kind[kind].border for kind in BOXES] + [theme.kind[kind].fill for kind in BARS]
    marks += [verdict.fill for verdict in theme.verdict.values()] + [risk.border for risk in theme.risk.values()]
    for colour in marks:
        assert contrast(colour, ground) >= 3.0, colour
    for kind in BOXES:
        assert contrast(theme.kind[kind].border, theme.kind[kind].fill) >= 3.0, kind
        assert contrast(theme.kind[kind].icon, theme.kind[kind].fill) >= 3.0, kind
    assert contrast(theme.kind.hazard.stripe_dark, theme.kind.hazard.stripe_light) >= 7.0


def families(theme: Theme) -> dict[str, dict[str, str]]:
    return {
        "kinds": {k: theme.kind[k].border if k in BOXES else theme.kind[k].fill for k in (*BOXES, *BARS)},
        "verdicts": {name: colours.fill for name, colours in theme.verdict.items()},
        "risk": {name: colours.fill for name, colours in theme.risk.items()},
    }


@pytest.mark.parametrize("name", [name for name in THEME_NAMES if name != "grey"])
@pytest.mark.parametrize("vision", VISION)
def test_colours_of_a_family_differ_in_every_vision(name: ThemeName, vision: str) -> None:
    for family, colours in families(load_theme(name)).items():
        for one, other in itertools.combinations(colours, 2):
            distance = math.dist(oklab(colours[one], vision), oklab(colours[other], vision))
            assert distance >= 0.045, (family, one, other, round(distance, 3))


@each_theme
def test_risk_levels_survive_a_grey_print(name: ThemeName) -> None:
    levels = load_theme(name).risk
    lights = [oklab(levels[level].fill, "normal")[0] for level in ("High", "Serious", "Medium", "Low", "Eliminated")]
    steps = [b - a for a, b in itertools.pairwise(lights)]
    assert all(step > 0.04 for step in steps) or all(step < -0.04 for step in steps)


def test_the_grey_theme_is_grey_whatever_colours_a_project_has_chosen() -> None:
    theme = load_theme("grey")
    colours = [colour for family in families(theme).values() for colour in family.values()]
    colours += [theme.level(3, "#FFE08A").fill, theme.accent.base, theme.kind.hazard.stripe_light]
    assert {colour[1:3] == colour[3:5] == colour[5:7] for colour in colours} == {True}
    inked = load_theme("print")
    assert contrast(theme.canvas.edge, theme.surface.canvas) == pytest.approx(
        contrast(inked.canvas.edge, inked.surface.canvas), rel=0.03
    )


def test_dimmed_themes_blend_colours_and_leave_the_ground() -> None:
    theme = load_theme("light")
    dim = theme.dimmed()
    assert dim is theme.dimmed()
    assert dim.surface == theme.surface
    assert dim.kind.cause.border == mix(theme.kind.cause.border, theme.surface.canvas, shared().opacity.dimmed)
    assert contrast(dim.kind.cause.text, theme.surface.canvas) < contrast(theme.kind.cause.text, theme.surface.canvas)
    assert theme.blended(1.0) is theme


def test_a_level_of_a_scheme_of_ones_own_takes_the_colours_of_its_steps() -> None:
    theme = load_theme("print")
    assert theme.level(4) is theme.risk["High"]
    assert theme.level(0) is theme.risk["Eliminated"]
    assert theme.level(9, "no colour") is theme.risk["High"]


def test_a_colour_of_ones_own_gets_the_ink_that_reads_on_it_and_is_dimmed_with_the_rest() -> None:
    theme = load_theme("light")
    assert theme.level(3, "#FFE08A").text == "#10151C"
    assert theme.level(3, "#003366").fill == "#003366"
    assert theme.level(3, "#003366").text == "#FFFFFF"
    assert theme.dimmed().level(3, "#003366").fill == mix("#003366", theme.surface.canvas, shared().opacity.dimmed)


def test_no_line_is_drawn_with_a_wide_pen() -> None:
    assert max(shared().stroke.edge, shared().stroke.edge_lit, shared().stroke.node) <= 1.0
