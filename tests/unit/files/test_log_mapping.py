"""Profiles of logs: written, read again, and refused with what to do."""

import json

import pytest

from workbench.files import log_mapping
from workbench.files.log_grid import Grid, LogReadError
from workbench.files.log_mapping import (
    LogProfile,
    as_profile_json,
    check_headings,
    places_of,
    profile_of,
    read_log_profile,
    split,
)

GOOD = {"log_profile": 1, "columns": {"id": "No."}}


def test_a_profile_goes_round_through_its_file(tmp_path):
    profile = LogProfile({"id": "No.", "title": "Hazard"}, ";", "Sheet1", 3, "Garden committee")
    path = tmp_path / "p.json"
    path.write_text(json.dumps(as_profile_json(profile)))
    assert read_log_profile(path) == profile


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"log_profile": 2}, "no profile of a hazard log"),
        ({"columns": {}}, "columns must name the headings"),
        ({"columns": ["id"]}, "columns must name the headings"),
        ({"columns": {"colour": "Red"}}, "no column 'colour'; known are id, title"),
        ({"columns": {"id": 3}}, "the heading of id must be text"),
        ({"separator": "tab"}, "separator must be one of line"),
        ({"sheet": 1}, "sheet must be text"),
        ({"heading_row": True}, "heading_row a number from 1"),
        ({"heading_row": 1_001}, "heading_row a number from 1"),
        ({"heading_row": -1}, "heading_row a number from 1"),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path, change, said):
    with pytest.raises(LogReadError, match=said):
        profile_of(tmp_path / "p.json", {**GOOD, **change})


def test_a_name_that_is_no_text_is_none(tmp_path):
    assert profile_of(tmp_path, {**GOOD, "name": 3}).name == ""
    with pytest.raises(LogReadError, match="no profile of a hazard log"):
        profile_of(tmp_path, [1])


def test_files_that_are_no_profile(tmp_path, monkeypatch):
    path = tmp_path / "p.json"
    with pytest.raises(LogReadError, match=r"cannot be read .*check the path of the profile"):
        read_log_profile(path)
    path.write_text("{")
    with pytest.raises(LogReadError, match="is no JSON; the guide shows a profile"):
        read_log_profile(path)
    path.write_text(json.dumps(GOOD))
    assert read_log_profile(path).columns == {"id": "No."}
    monkeypatch.setattr(log_mapping, "_MAX_PROFILE", 10)
    with pytest.raises(LogReadError, match="too large for a profile; name the profile, not the log"):
        read_log_profile(path)


def test_headings_are_found_whatever_their_case_and_signs(tmp_path):
    grid = Grid("", ("No.", "HAZARD (short)"), 1, (), ())
    profile = check_headings(tmp_path, grid, LogProfile({"title": "hazard short", "id": "No."}))
    assert places_of(grid.headings, profile) == {"title": 1, "id": 0}
    with pytest.raises(LogReadError, match=r"has no column 'Owner'; it has: No\., HAZARD"):
        check_headings(tmp_path, grid, LogProfile({"owner": "Owner"}))


def test_a_cell_of_one_entry_is_not_split():
    profile = LogProfile({}, "none")
    assert split(" one; two\nthree ", profile) == ["one; two\nthree"]
    assert split("  ", profile) == []
