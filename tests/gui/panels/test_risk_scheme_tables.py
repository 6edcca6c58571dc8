"""The tables of the scheme editor: every word has room, and what becomes of ratings stands in an order people know."""

from tests.unit.analysis.risk_project import project
from workbench.commands.risk import Remapped
from workbench.panels.risk_scheme_dialog import SchemeDialog
from workbench.panels.risk_scheme_preview import PreviewTable
from workbench.render.characters import single_line


def test_headings_have_room_for_their_words(qtbot, look):
    dialog = SchemeDialog(project())
    qtbot.addWidget(dialog)
    dialog.show()
    for table in (dialog.severities, dialog.frequencies, dialog.levels):
        dialog.tabs.setCurrentWidget(table)
        head = table.table.horizontalHeader()
        assert all(head.sectionSize(place) >= head.sectionSizeHint(place) for place in range(head.count()))


def test_ratings_are_listed_by_what_becomes_of_them_and_by_code(qtbot, look):
    table = PreviewTable()
    qtbot.addWidget(table)
    long = "Initial rating of E-2 " + "a long title " * 5
    names = ("Initial rating of E-10", "Initial rating of E-9", long)
    told = [Remapped(name, name, "3C Medium (Major, Occasional)", "3C", changed="10" not in name) for name in names]
    table.rows.show_rows(told)
    assert [table.rows.index(row, 0).data() for row in range(3)] == [single_line(long), names[1], names[0]]
    table.resize(700, 200)
    table.show()
    assert all(table.columnWidth(place) < 250 for place in (1, 2, 3)), "the titles get the room that is left"
