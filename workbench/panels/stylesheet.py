"""The one application style sheet: what a palette cannot say (radii, borders, focus rings, tab marks)."""

from string import Template
from typing import Final

from workbench.paths import resource
from workbench.render.theme import Theme

_SHEET: Final = Template("""
QToolTip { background: $overlay; color: $text; border: 1px solid $border; padding: 3px 6px; }
QMainWindow::separator { background: $subtle; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QStatusBar { background: $window; border-top: 1px solid $subtle; color: $secondary; font-size: 12px; }
QStatusBar::item { border: none; }
QMenuBar { background: $window; border: none; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $tint; color: $text; }
QMenu { background: $overlay; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 3px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $row; color: $rowText; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $subtle; margin: 4px 8px; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $subtle; spacing: 2px; padding: 4px 8px;
  qproperty-iconSize: 20px 20px; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; background: transparent; color: $text; }
QToolButton:hover { background: $tint; }
QToolButton:pressed { background: $row; }
QToolButton:checked { background: $tint; border-color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton#search-box { background: $input; border: 1px solid $strong; padding: 4px 10px; color: $secondary; }
QToolButton#search-box:hover, QToolButton#search-box:focus { border-color: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolButton::menu-indicator { image: none; }
QPushButton { background: $raised; border: 1px solid $border; border-radius: 4px; padding: 4px 12px; min-height: 18px; }
QPushButton:hover { border-color: $strong; background: $tint; }
QPushButton:pressed { background: $row; }
QPushButton:focus { border: 1px solid $accent; outline: none; }
QPushButton:default, QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on; }
QPushButton:default:hover, QPushButton[primary="true"]:hover { background: $accentText; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border: 2px solid $ring; padding: 3px 11px; }
QPushButton:disabled { color: $disabled; border-color: $subtle; background: $panel; }
QPushButton[flat="true"] { border: 1px solid transparent; background: transparent; padding: 2px 4px;
  color: $accentText; }
QPushButton[flat="true"]:hover { background: $tint; }
QPushButton[flat="true"]:focus { border-color: $accent; }
QPushButton[flat="true"]:disabled { color: $disabled; background: transparent; }
QPushButton[row="true"] { border: 1px solid transparent; background: transparent; padding: 2px 4px;
  color: $text; text-align: left; }
QPushButton[row="true"]:hover { background: $tint; }
QPushButton[row="true"]:focus { border-color: $accent; }
QPushButton[pill="true"] { border: 1px solid $border; border-radius: 11px;
  padding: 1px 10px; background: $raised; min-height: 18px; }
QPushButton[pill="true"]:checked { background: $tint; border-color: $accent; color: $accentText; font-weight: 600; }
QPushButton[pill="true"]:focus { border-color: $ring; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
  background: $input; color: $text; border: 1px solid $strong; border-radius: 4px; padding: 3px 7px;
  selection-background-color: $accent; selection-color: $on; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
  border: 2px solid $accent; padding: 2px 6px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $error; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled {
  color: $disabled; border-color: $subtle; background: $panel; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: $panel; border-color: $border; }
QLineEdit:read-only:focus { border: 2px solid $accent; padding: 2px 6px; }
QLineEdit[bare="true"] { background: transparent; border: 1px solid transparent; padding: 1px 3px; }
QLineEdit[bare="true"]:hover { border-color: $border; }
QLineEdit[bare="true"]:focus { border: 1px solid $accent; background: $input; }
QTextEdit[bare="true"] { background: transparent; border: 1px solid transparent; padding: 0; }
QTextEdit[bare="true"]:focus { border: 1px solid $accent; padding: 0; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url($chevron); width: 12px; height: 12px; }
QSpinBox, QDoubleSpinBox { padding-right: 20px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding-right: 19px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { border: none; width: 18px; subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { border: none; width: 18px; subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url($rising); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url($chevron); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $overlay; border: 1px solid $border; padding: 2px; outline: none;
  selection-background-color: $row; selection-color: $rowText; }
QCheckBox, QRadioButton { spacing: 6px; padding: 2px; border: 1px solid transparent; border-radius: 3px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QTreeView::indicator { width: 14px; height: 14px; border: 1px solid $strong; border-radius: 3px;
  background: $input; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: $accent; border-color: $accent;
  image: url($tick); }
QCheckBox::indicator:indeterminate { image: url($dash); }
QCheckBox::indicator:disabled { border-color: $border; background: $panel; }
QTabBar { qproperty-drawBase: 0; background: $header; }
QTabBar::tab { background: $header; color: $secondary; padding: 6px 12px; border: none;
  border-right: 1px solid $subtle; border-top: 2px solid transparent; min-height: 18px; }
QTabBar::tab:hover { color: $text; background: $panel; }
QTabBar::tab:selected { background: $panel; color: $text; border-top: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accentText; }
QTabWidget::pane { border: none; border-top: 1px solid $subtle; background: $panel; }
QDockWidget { color: $text; font-weight: 600; titlebar-close-icon: url($close); }
QDockWidget::title { background: $header; padding: 7px 12px; border-bottom: 1px solid $subtle; }
QWidget[panel="true"] { background: $panel; }
QWidget[panelTitle="true"] { background: $header; border-bottom: 1px solid $subtle; }
QFrame[card="true"] { background: $raised; border: 1px solid $border; border-radius: 8px; }
QFrame[rule="true"] { background: $subtle; max-height: 1px; border: none; }
QLabel[dim="true"] { color: $secondary; }
QLabel[wrong="true"] { color: $error; }
QScrollArea { background: transparent; border: none; }
QAbstractItemView { background: $panel; border: none; outline: none; alternate-background-color: $raised;
  selection-background-color: $row; selection-color: $rowText; }
QTableView::item { padding: 0 4px; }
QTableView { gridline-color: $subtle; background: $raised; border: 1px solid $border; border-radius: 4px; }
QTreeView::item, QListView::item { padding: 0; border: none; }
QListView::item { min-height: 24px; }
QListView#roomy::item { padding: 0 6px; }
QTreeView::item:hover, QListView::item:hover { background: $header; }
QTreeView::item:selected, QListView::item:selected { background: $row; color: $rowText; }
QTreeView:focus, QListView:focus, QTableView:focus { border: 1px solid $accent; }
QTreeView, QListView { border: 1px solid transparent; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected { background: $row; }
QTreeView::branch:closed:has-children { image: url($closed); }
QTreeView::branch:open:has-children { image: url($opened); }
QHeaderView { background: $header; border: none; }
QHeaderView::section { background: $header; color: $secondary; border: none; border-bottom: 1px solid $border;
  padding: 3px 6px; font-weight: 400; font-size: 12px; }
QHeaderView::down-arrow { image: url($chevron); width: 12px; height: 12px; }
QHeaderView::up-arrow { image: url($rising); width: 12px; height: 12px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $input; border: 1px solid $border; border-radius: 4px; text-align: center;
  min-height: 16px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $subtle; }
""")


def style_sheet(theme: Theme) -> str:
    """The style sheet in the theme's colours."""
    shade = "dark" if theme.name == "dark" else "light"

    def picture(name: str) -> str:
        return resource("icons", "fixed", f"{name}-{shade}.svg").as_posix()

    return _SHEET.substitute(
        window=theme.surface.window,
        panel=theme.surface.panel,
        raised=theme.surface.raised,
        input=theme.surface.input,
        header=theme.surface.header,
        overlay=theme.surface.overlay,
        text=theme.text.primary,
        secondary=theme.text.secondary,
        disabled=theme.text.disabled,
        subtle=theme.border.subtle,
        border=theme.border.base,
        strong=theme.border.strong,
        accent=theme.accent.base,
        accentText=theme.accent.text,
        on=theme.accent.on,
        tint=theme.accent.tint,
        row=theme.selection.row,
        rowText=theme.selection.text,
        ring=theme.focus.ring,
        error=theme.finding["error"].fill,
        chevron=picture("chevron-down"),
        rising=picture("chevron-up"),
        closed=picture("chevron-right"),
        opened=picture("chevron-down"),
        close=picture("close"),
        tick=picture("check"),
        dash=picture("minus"),
    )
