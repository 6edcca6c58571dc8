"""The guide names pages that exist, keys that work and commands that are there."""

import json
import re
from pathlib import Path

import pytest

import workbench
from workbench import paths
from workbench.actions.registry import actions
from workbench.cli.table import COMMANDS
from workbench.evidence.imported import ImportedRun
from workbench.evidence.profile import profile_from
from workbench.evidence.reading import importers
from workbench.evidence.report import run_as_data
from workbench.model.kinds import CODE_LETTER
from workbench.model.runs import Metric, Reported, Run

FOLDER = paths.resource("guide")
SOURCES = Path(workbench.__file__).parent
PAGES = sorted(FOLDER.glob("*.md"))
WIDGET_KEYS = {
    "Ctrl+arrow", "Ctrl+Left", "Ctrl+Right", "Ctrl+Down", "Ctrl+Alt+arrow", "Alt+arrow", "Shift+Alt", "Ctrl+Space",
    "Shift+N", "Ctrl+Enter", "Ctrl+Delete", "Alt+Up", "Alt+Down",
}  # fmt: skip
"""Keys of the canvas, the hazard log’s cells, merge conflicts, the strip that notes, tables of a scheme: no actions."""
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
    shortcuts = {shortcut.replace("Delete", "Del") for action in actions() for shortcut in action.shortcuts}
    known = shortcuts | {shortcut.partition(",")[0] for shortcut in shortcuts}  # a chord is told key by key
    text = page.read_text(encoding="utf-8").replace("Shift+Delete", "Shift+Del")
    named = {keys for keys in _KEYS.findall(text) if keys != "Shift+Enter"}
    assert named <= known | WIDGET_KEYS, named - known - WIDGET_KEYS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_menus_and_what_opens_a_dialog_are_called_so(page: Path) -> None:
    text = " ".join(page.read_text(encoding="utf-8").split())
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    for name in re.findall(r"\*([A-Z][^*]*[^* ]…)\*", text):
        assert f'"{name.rpartition(", ")[2]}"' in source, name
    menus = {action.menu[0] for action in actions()}
    entries = {(action.menu[0], part) for action in actions() for part in (*action.menu[1:], action.title)}
    for menu, entry in re.findall(r"\*([A-Z]\w+)\*, \*([^*]+)\*", text):
        assert menu not in menus or any((menu, name) in entries for name in (entry, f"{entry}…")), (menu, entry)


def test_commands_named_in_the_guide_exist() -> None:
    text = (FOLDER / "command-line.md").read_text(encoding="utf-8")
    named = {match.split()[0] for match in re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)}
    assert named == set(COMMANDS)


def test_letters_are_those_of_the_canvas() -> None:
    text = (FOLDER / "canvas.md").read_text(encoding="utf-8")
    for letter in CODE_LETTER.values():
        assert f"**{letter}** " in text


def test_the_profile_in_the_guide_is_one() -> None:
    text = (FOLDER / "formats.md").read_text(encoding="utf-8")
    block = "".join(line[4:] + "\n" for line in text.splitlines() if line.startswith("    "))
    profile = profile_from(json.loads(block))
    assert profile.name == "SALLM"
    assert profile.of_samples
    for role in ("item", "cluster", "model", "task", "answer", "error", "strata", "split"):
        assert f"`{role}`" in text


def test_every_format_has_a_line_in_the_guide() -> None:
    text = (FOLDER / "formats.md").read_text(encoding="utf-8")
    for importer in importers():
        word = "CSV, JSON Lines, Parquet" if importer.name == "table" else importer.label.split()[0]
        assert re.search(rf"^\| [^|]*{re.escape(word)}", text, re.MULTILINE), importer.label


def test_the_json_of_evidence_read_is_told_in_full() -> None:
    text = (FOLDER / "command-line.md").read_text(encoding="utf-8")
    said = set(re.findall(r"`(\w+)`", text.partition("## Reading runs")[2].partition("## Evidence in")[0]))
    metric = Metric(id="m", run="r", name="rate", reported=Reported(value=0.5))
    data = run_as_data(ImportedRun(Run(id="r"), (metric,)), [metric])
    (entry,) = data["metrics"]
    told = {*data, *data["source"], *data["library"], *data["counts"], *entry, *entry["reported"]}
    assert told <= said, told - said
