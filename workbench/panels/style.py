"""The look of the whole program: palette, fonts and one application style sheet, made from a theme's tokens."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from workbench.panels.stylesheet import style_sheet
from workbench.render.fonts import load_fonts
from workbench.render.theme import Theme, load_theme

BODY_PX: Final = 13
SMALL_PX: Final = 12
CAPTION_PX: Final = 11
TITLE_PX: Final = 14
DISPLAY_PX: Final = 28


_MARK: Final = "hazardWorkbenchTheme"
_DRAWN: Final = "hazardWorkbenchStyle"
_FUSION: Final = "Fusion"


def make_application(name: str) -> QApplication:
    """Qt's application in the Fusion style; asking for it here is cheaper than naming Qt's style classes later."""
    app = QApplication([name, "-style", _FUSION])
    app.setProperty(_DRAWN, _FUSION)
    return app


def current_theme() -> Theme:
    """The theme last applied to the application; light before any was."""
    app = QApplication.instance()
    name = app.property(_MARK) if app is not None else None
    return load_theme(name or "light")


def system_theme() -> str:
    """``dark`` where the desktop asks for a dark look, else ``light``."""
    scheme = QApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def ui_font(pixels: float = BODY_PX, *, strong: bool = False) -> QFont:
    """The program's font at a size in logical pixels; ``strong`` is semibold."""
    font = QFont(QApplication.font())
    font.setPixelSize(round(pixels))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def figure_font(pixels: float = BODY_PX, *, strong: bool = False) -> QFont:
    """Like ``ui_font``, with figures of one width for tables and plots."""
    font = ui_font(pixels, strong=strong)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette_of(theme: Theme) -> QPalette:
    """Qt's palette in the theme's colours."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.surface.window,
        role.WindowText: theme.text.primary,
        role.Base: theme.surface.input,
        role.AlternateBase: theme.surface.panel,
        role.Text: theme.text.primary,
        role.PlaceholderText: theme.text.secondary,
        role.Button: theme.surface.raised,
        role.ButtonText: theme.text.primary,
        role.BrightText: theme.accent.on,
        role.ToolTipBase: theme.surface.overlay,
        role.ToolTipText: theme.text.primary,
        role.Highlight: theme.selection.row,
        role.HighlightedText: theme.selection.text,
        role.Link: theme.accent.text,
        role.LinkVisited: theme.accent.text,
        role.Accent: theme.accent.base,
        role.Light: theme.surface.raised,
        role.Midlight: theme.border.subtle,
        role.Mid: theme.border.base,
        role.Dark: theme.border.strong,
        role.Shadow: theme.border.strong,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.text.disabled))
    return palette


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the application a theme: Fusion, palette, Source Sans Pro at 13 pixels, and the style sheet."""
    load_fonts()
    app.setProperty(_MARK, theme.name)
    if app.property(_DRAWN) != _FUSION:
        app.setStyle(_FUSION)
        app.setProperty(_DRAWN, _FUSION)
    font = QFont()
    families = ["Source Sans Pro"]
    known = set(QFontDatabase.families())
    font.setFamilies([name for name in families if name in known] or families[:1])
    font.setPixelSize(BODY_PX)
    app.setFont(font)
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet(theme))
