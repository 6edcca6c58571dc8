"""A lens dims what does not belong to it, follows the document, and goes without a trace."""

from tests.support import there
from workbench.commands import connect, create
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
