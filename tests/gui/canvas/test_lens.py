"""A lens dims what does not belong to it, follows the document, and goes without a trace."""

from itertools import combinations

from PySide6.QtGui import QColor

from tests.support import there
from workbench.analysis.colours import VISIONS, contrast, difference, lab
from workbench.analysis.risk import DIMENSIONS
from workbench.analysis.scheme_check import LEAST_CONTRAST, LEAST_DIFFERENCE
from workbench.commands import connect, create
from workbench.render.dimension_tags import DIMENSION_COLOUR, tag_ops, tag_spot
from workbench.render.ops import TextOp, flatten
from workbench.render.theme import load_theme
from workbench.session.session import Lens


def test_a_lens_dims_the_rest_and_follows_edits(pilot):
    with pilot.store.transaction("Build") as tx:
        social = create.create_on_diagram(tx, "diagram_1", "hazard", 0, 0, "Bias", impact_dimensions=("social",))
        other = create.create_on_diagram(tx, "diagram_1", "hazard", 0, 300, "Leak")
        cause = create.create_on_diagram(tx, "diagram_1", "cause", -400, 0, "Data")
    pilot.turn()
    artist = pilot.view.artist
    full = artist.node(other, "full").commands
    assert artist.clear is None
    pilot.session.set_lens(Lens("Social impacts", "social"))
    pilot.turn()
    assert social in there(artist.clear)
    assert other not in there(artist.clear)
    assert artist.node(other, "full").commands != full
    with pilot.store.transaction("Connect") as tx:
        connect.connect(tx, cause, social)
    pilot.turn()
    assert cause in there(artist.clear)
    pilot.store.undo()
    pilot.turn()
    assert cause not in there(artist.clear)
    pilot.session.set_lens(None)
    pilot.turn()
    assert artist.clear is None
    assert len(artist.node(other, "full").commands) == len(full)


def test_from_far_away_the_rest_is_dimmed_too(pilot):
    def dimmed():
        pilot.view.artist.ready_blocks()
        batches = pilot.view.artist.blocks._batches.items()
        return {owner: key[3] for key, batch in batches for owner in batch.owners}

    with pilot.store.transaction("Build") as tx:
        social = create.create_on_diagram(tx, "diagram_1", "hazard", 0, 0, "Bias", impact_dimensions=("social",))
        other = create.create_on_diagram(tx, "diagram_1", "hazard", 0, 300, "Leak")
        cause = create.create_on_diagram(tx, "diagram_1", "cause", -400, 0, "Data")
    pilot.turn()
    assert dimmed() == {social: False, other: False, cause: False}
    pilot.session.set_lens(Lens("Social impacts", "social"))
    pilot.turn()
    assert dimmed() == {social: False, other: True, cause: True}
    with pilot.store.transaction("Connect") as tx:
        link = connect.connect(tx, cause, social)
    pilot.turn()
    assert dimmed() == {social: False, other: True, cause: False, link: False}
    pilot.session.set_lens(None)
    pilot.turn()
    assert not any(dimmed().values())


def test_impact_dimensions_are_tagged_and_coloured_and_the_rest_is_dimmed(pilot):
    with pilot.store.transaction("Build") as tx:
        both = create.create_on_diagram(
            tx, "diagram_1", "hazard", 0, 0, "Bias", impact_dimensions=("political", "social")
        )
        other = create.create_on_diagram(tx, "diagram_1", "hazard", 0, 300, "Leak")
        cause = create.create_on_diagram(tx, "diagram_1", "cause", -400, 0, "Data")
        connect.connect(tx, cause, both)
    pilot.turn()
    artist = pilot.view.artist
    plain = pilot.view.viewport().grab().toImage()
    pilot.session.set_lens(Lens("Impact dimensions", coloured=True))
    pilot.turn()
    assert dict(artist.tints)[both] == dict(artist.tints)[cause] == ("social", "political")
    assert other not in there(artist.clear)
    artist.ready_blocks()
    names = {(owner, key[2]) for key, batch in artist.blocks._batches.items() for owner in batch.owners}
    assert {(both, "impact:social"), (both, "impact:political"), (other, "hazard")} <= names
    seen = pilot.view.viewport().grab().toImage()
    assert seen != plain
    ratio = seen.devicePixelRatio()
    spot = pilot.view.camera.to_view(*tag_spot(pilot.view.scene.picture.nodes[both]))
    wanted = QColor(DIMENSION_COLOUR["social"])
    near = {
        seen.pixelColor(round(spot[0] * ratio) + x, round(spot[1] * ratio) + y).name()
        for x in range(-1, 16)
        for y in range(-7, 8)
    }
    assert wanted.name() in near
    pilot.session.set_lens(None)
    pilot.turn()
    assert not artist.tints
    assert pilot.view.viewport().grab().toImage() == plain


def test_the_colours_of_dimensions_are_told_apart_by_everybody():
    colours = DIMENSION_COLOUR.values()
    assert tuple(DIMENSION_COLOUR) == DIMENSIONS
    for vision in VISIONS:
        for one, other in combinations(colours, 2):
            assert difference(lab(one, vision), lab(other, vision)) >= LEAST_DIFFERENCE
    for theme in ("light", "dark"):
        for op, _, _ in flatten(tag_ops(DIMENSIONS, load_theme(theme))):
            if isinstance(op, TextOp):
                name = next(n for n in DIMENSIONS if n[0].upper() == op.text)
                assert contrast(op.colour, DIMENSION_COLOUR[name]) >= LEAST_CONTRAST
