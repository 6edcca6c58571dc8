import pytest

from workbench.commands.renew import renewed
from workbench.files.project import load_project
from workbench.model.judgement import CapabilityCell, CapabilityGrid, SweepPoint
from workbench.paths import resource
from workbench.store.store import Store


@pytest.mark.parametrize("name", ["bow-tie", "simple", "code-synthesis", "empty"])
def test_two_projects_from_one_template_share_no_elements(name):
    template = load_project(resource("templates", f"{name}.hazard.json")).store
    one, two = Store(renewed(template.records.values())), Store(renewed(template.records.values()))
    assert len(one) == len(two) == len(template)
    shared = {id for id in one.records if id in two}
    kinds = {type(one.get(id)).__name__ for id in shared}
    assert kinds <= {"Project", "RiskScheme", "OddCategory", "OddConsideration"}
    for kind in template.kinds():
        assert one.count(kind) == template.count(kind)


def test_cells_and_points_of_a_grid_keep_ids_that_follow_from_their_place():
    grid = CapabilityGrid(id="cg_1", attributes=("a",), levels=("l",))
    cell, point = CapabilityCell.of("cg_1", "a", "l", "execution"), SweepPoint.of("cg_1", 4, "m")
    new = {type(record): record for record in renewed([grid, cell, point])}
    id = new[CapabilityGrid].id
    assert id != "cg_1"
    assert new[CapabilityCell].id == CapabilityCell.of(id, "a", "l", "execution").id
    assert new[SweepPoint].id == SweepPoint.of(id, 4, "m").id
