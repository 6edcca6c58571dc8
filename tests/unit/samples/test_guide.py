"""The guide names pages that exist, keys that work and commands that are there."""

import re
from pathlib import Path

import pytest

from workbench import paths
from workbench.actions.registry import actions
from workbench.cli.table import COMMANDS
from workbench.model.kinds import CODE_LETTER

FOLDER = paths.resource("guide")
PAGES = sorted(FOLDER.glob("*.md"))
CANVAS_KEYS = {"Ctrl+arrow", "Ctrl+Left", "Ctrl+Right", "Ctrl+Down", "Ctrl+Alt+arrow", "Alt+arrow", "Shift+Alt"}
"""Keys of the canvas that are no actions."""
_KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Za-z0-9]+|[^\s*|;]+?)(?=[\s*|;,.)]|$)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_to_pages(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "<" not in re.sub(r"`[^`]*`", "", text), "the guide is shown without HTML"
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (FOLDER / target).is_file(), target


def test_every_page_is_in_the_contents() -> None:
    contents = set(re.findall(r"\]\(([^)]+)\)", (FOLDER / "index.md").read_text(encoding="utf-8")))
    assert contents == {page.name for page in PAGES} - {"index.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_keys_exist(page: Path) -> None:
    known = {shortcut.replace("Delete", "Del") for action in actions() for shortcut in action.shortcuts}
    text = page.read_text(encoding="utf-8").replace("Shift+Delete", "Shift+Del")
    named = {keys for keys in _KEYS.findall(text) if keys != "Shift+Enter"}
    assert named <= known | CANVAS_KEYS, named - known - CANVAS_KEYS


def test_commands_named_in_the_guide_exist() -> None:
    text = (FOLDER / "command-line.md").read_text(encoding="utf-8")
    named = {match.split()[0] for match in re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)}
    assert named == set(COMMANDS)


def test_letters_are_those_of_the_canvas() -> None:
    text = (FOLDER / "canvas.md").read_text(encoding="utf-8")
    for letter in CODE_LETTER.values():
        assert f"**{letter}** " in text
