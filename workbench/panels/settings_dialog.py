"""What a person sets once for themselves; never stored in a document."""

from typing import Literal

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from workbench.panels.common import Label, column
from workbench.panels.fields import Combo
from workbench.values import value_type

ThemeChoice = Literal["system", "light", "dark"]
LANGUAGES = (("English", "en"),)


@value_type(frozen=True, slots=True)
class Preferences:
    """A person's preferences.

    Attributes:
        author: name written beside judgements and evidence.
        wheel_zooms: the wheel zooms and Ctrl+wheel scrolls; else the other way round.
        reduced_motion: views change at once instead of gliding.
    """

    author: str = ""
    theme: ThemeChoice = "system"
    language: str = "en"
    wheel_zooms: bool = False
    reduced_motion: bool = False


_THEMES: tuple[tuple[str, ThemeChoice], ...] = (("Like the system", "system"), ("Light", "light"), ("Dark", "dark"))
_WHEELS = (("Scrolls; Ctrl+wheel zooms", "scroll"), ("Zooms; Ctrl+wheel scrolls", "zoom"))


class SettingsDialog(QDialog):
    """Shows preferences; ``preferences`` gives them as changed once the dialog was accepted."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        layout = column(self, 16, 12)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        layout.addLayout(form)
        self.author = QLineEdit(preferences.author)
        self.author.setMaxLength(200)
        self.author.setPlaceholderText("Your name or role")
        self.author.setMinimumWidth(260)
        self._row(form, "Author", self.author)
        self.theme = self._combo(_THEMES, preferences.theme)
        self._row(form, "Theme", self.theme)
        self.language = self._combo(LANGUAGES, preferences.language)
        self._row(form, "Language", self.language)
        self.wheel = self._combo(_WHEELS, "zoom" if preferences.wheel_zooms else "scroll")
        self._row(form, "Mouse wheel", self.wheel)
        self.reduced_motion = QCheckBox("Reduce motion")
        self.reduced_motion.setChecked(preferences.reduced_motion)
        form.addRow("", self.reduced_motion)
        layout.addStretch(1)
        choices = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        buttons = QDialogButtonBox(choices)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def preferences(self) -> Preferences:
        """What the dialog shows now."""
        return Preferences(
            author=self.author.text().strip(),
            theme=_THEMES[self.theme.currentIndex()][1],
            language=LANGUAGES[self.language.currentIndex()][1],
            wheel_zooms=self.wheel.currentIndex() == 1,
            reduced_motion=self.reduced_motion.isChecked(),
        )

    def _row(self, form: QFormLayout, text: str, field: QWidget) -> None:
        label = Label(text)
        label.setBuddy(field)
        field.setAccessibleName(text)
        form.addRow(label, field)

    def _combo(self, choices: tuple[tuple[str, str], ...], current: str) -> QComboBox:
        made = Combo()
        for text, value in choices:
            made.addItem(text)
            if value == current:
                made.setCurrentIndex(made.count() - 1)
        return made
