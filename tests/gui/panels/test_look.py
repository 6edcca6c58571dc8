"""Icons, signs and the style, in both themes."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPalette, Qt

from workbench.actions.registry import actions
from workbench.model.kinds import ELEMENT_KINDS
from workbench.panels.common import Label, plain_tip
from workbench.panels.icons import exists, glyph_icon, icon, kind_icon
from workbench.panels.signs import badge_icon
from workbench.panels.style import apply_theme, current_theme
from workbench.paths import resource
from workbench.render.theme import load_theme


def colours(picture, width=40, height=40):
    """The colours of the opaque pixels of an icon."""
    image = picture.pixmap(QSize(width, height)).toImage()
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            colour = image.pixelColor(x, y)
            if colour.alpha() > 250:
                found.add(colour.name())
    return found


@pytest.fixture(params=["light", "dark"])
def theme(request, qapp, look):
    apply_theme(qapp, load_theme(request.param))
    yield current_theme()
    apply_theme(qapp, load_theme("light"))


def test_icons_take_the_text_colour(theme):
    assert colours(icon("save")) == {theme.text.primary.lower()}


def test_an_icon_follows_a_change_of_theme(qapp, look):
    picture = icon("open")
    light = colours(picture)
    apply_theme(qapp, load_theme("dark"))
    dark = colours(picture)
    apply_theme(qapp, load_theme("light"))
    assert light != dark


def test_disabled_icons_are_dim(theme):
    image = icon("save").pixmap(QSize(40, 40), QIcon.Mode.Disabled).toImage()
    solid = {
        image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 250
    }
    assert solid == {theme.text.disabled.lower()}


def test_icons_are_sharp_on_dense_screens(look):
    assert icon("save").pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)


def test_every_drawing_can_be_drawn(look):
    for path in resource("icons").glob("*.svg"):
        assert colours(icon(path.stem)), path


def test_every_action_has_its_drawing():
    missing = [action.icon for action in actions() if action.icon and not exists(action.icon)]
    assert not missing


def test_a_name_without_a_drawing_is_an_error(look):
    with pytest.raises(FileNotFoundError, match="no icon named nonsense"):
        icon("nonsense")


def test_kinds_are_told_apart(theme):
    pictures = {kind: frozenset(colours(kind_icon(kind, theme), 24, 16)) for kind in ELEMENT_KINDS}
    assert len(set(pictures.values())) == len(ELEMENT_KINDS)
    assert all(not glyph_icon(kind, theme).isNull() for kind in (*ELEMENT_KINDS, "guard", "link", "diagram"))


def test_verdicts_are_told_apart_without_colour(theme):
    shapes = set()
    for verdict in ("supports", "refutes", "inconclusive", "stale"):
        image = badge_icon(verdict, theme).pixmap(16, 16).toImage()
        shapes.add(tuple(image.pixelColor(x, y).alpha() > 128 for x in range(16) for y in range(16)))
    assert len(shapes) == 4


def test_the_palette_is_the_themes(qapp, theme):
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window).name() == theme.surface.window.lower()
    assert palette.color(QPalette.ColorRole.WindowText).name() == theme.text.primary.lower()


def test_what_a_person_typed_is_never_markup(qtbot, look):
    text = "if a<b and c>d <img src='file:///etc/hostname'> &lt;b"
    label = Label(text)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert Qt.mightBeRichText(text)
    assert not Qt.mightBeRichText(plain_tip(text))
    assert plain_tip(text).replace("\u2060", "") == text
