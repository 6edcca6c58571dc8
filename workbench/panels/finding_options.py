"""Asking for the project's own thresholds, word lists, how much each rule counts, and the rules it leaves out."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QTabWidget, QWidget
from typing_extensions import override

from workbench.analysis.findings import SEVERITIES
from workbench.analysis.lint.options import defaults
from workbench.analysis.lint.registry import BY_ID, RULES
from workbench.model.lint import LintOptions
from workbench.panels.attach_base import AskDialog, WrongField
from workbench.panels.common import Label, column, plain_tip
from workbench.panels.fields import Combo
from workbench.panels.finding_signs import SEVERITY_WORD

_MOST = 1_000_000


class OptionsDialog(AskDialog):
    """What the linter goes by in this project; the answer is the fields of its options."""

    def __init__(self, given: LintOptions, parent: QWidget | None = None) -> None:
        super().__init__("Rules, words and thresholds", "Apply", parent)
        self._given = given
        shipped = defaults()
        tabs = QTabWidget()
        self._severities = dict(given.severities)
        tabs.addTab(self._rule_page(), "Rules")
        self._words: dict[str, tuple[str, ...]] = {
            name: given.words.get(name, tuple(entry["value"])) for name, entry in shipped["words"].items()
        }
        tabs.addTab(self._word_page(shipped["words"]), "Words")
        self.numbers: dict[str, QLineEdit] = {}
        tabs.addTab(self._number_page(shipped["thresholds"]), "Thresholds")
        self.body.addWidget(tabs, 1)
        self.resize(620, 460)

    def _rule_page(self) -> QWidget:
        page = QWidget()
        layout = column(page, 10, 8)
        self.rules = QListWidget()
        self.rules.setAccessibleName("Rules that are checked")
        for rule in RULES:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, rule.id)
            item.setToolTip(plain_tip(rule.explanation))
            item.setCheckState(Qt.CheckState.Unchecked if rule.id in self._given.off else Qt.CheckState.Checked)
            self.rules.addItem(item)
            self._name(item)
        layout.addWidget(self.rules, 1)
        self.severity = Combo()
        for severity in SEVERITIES:
            self.severity.addItem(SEVERITY_WORD[severity], severity)
        self.severity.activated.connect(self._take_severity)
        label = Label("Findings of the rule chosen count as", dim=True)
        label.setBuddy(self.severity)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.severity)
        row.addStretch(1)
        layout.addLayout(row)
        self.rules.currentItemChanged.connect(lambda *_: self._show_severity())
        self.rules.setCurrentRow(0)
        return page

    def _name(self, item: QListWidgetItem) -> None:
        rule = BY_ID[str(item.data(Qt.ItemDataRole.UserRole))]
        own = self._severities.get(rule.id)
        item.setText(f"{rule.title} ({rule.id}{f', {SEVERITY_WORD[own].lower()} here' if own else ''})")

    def _show_severity(self) -> None:
        item = self.rules.currentItem()
        rule = BY_ID[str(item.data(Qt.ItemDataRole.UserRole))]
        self.severity.setAccessibleName(f"Findings of the rule {rule.title} count as")
        for place, severity in enumerate(SEVERITIES):
            shipped = " (as shipped)" if severity == rule.severity else ""
            self.severity.setItemText(place, f"{SEVERITY_WORD[severity]}{shipped}")
        self.severity.setCurrentIndex(SEVERITIES.index(self._severities.get(rule.id, rule.severity)))

    def _take_severity(self, place: int) -> None:
        item = self.rules.currentItem()
        rule = BY_ID[str(item.data(Qt.ItemDataRole.UserRole))]
        if SEVERITIES[place] == rule.severity:
            self._severities.pop(rule.id, None)
        else:
            self._severities[rule.id] = SEVERITIES[place]
        self._name(item)

    def _word_page(self, shipped: Mapping[str, Any]) -> QWidget:
        page = QWidget()
        layout = column(page, 10, 8)
        row = QHBoxLayout()
        self.lists = QListWidget()
        self.lists.setAccessibleName("Lists of words")
        for name, entry in shipped.items():
            item = QListWidgetItem(str(entry["about"]))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.lists.addItem(item)
        self.lists.setWordWrap(True)
        self.phrases = QPlainTextEdit()
        self.phrases.setTabChangesFocus(True)
        self.phrases.setAccessibleName("Words and phrases, one a line")
        self.phrases.textChanged.connect(self._take_phrases)
        self.lists.currentItemChanged.connect(lambda *_: self._show_phrases())
        row.addWidget(self.lists, 1)
        row.addWidget(self.phrases, 1)
        layout.addLayout(row, 1)
        layout.addWidget(
            Label("One word or phrase a line. A list that is as shipped is not kept.", dim=True, wrap=True)
        )
        self.lists.setCurrentRow(0)
        return page

    def _number_page(self, shipped: Mapping[str, Any]) -> QWidget:
        page = QWidget()
        layout = column(page, 10, 8)
        for name, entry in shipped.items():
            about = str(entry["about"])
            field = self.line(about, text=str(self._given.thresholds.get(name, entry["value"])), longest=7)
            label = Label(about, dim=True, wrap=True)
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field)
            self.numbers[name] = field
        layout.addStretch(1)
        return page

    def _list(self) -> str:
        item = self.lists.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _show_phrases(self) -> None:
        self.phrases.blockSignals(True)
        self.phrases.setPlainText("\n".join(self._words.get(self._list(), ())))
        self.phrases.blockSignals(False)

    def _take_phrases(self) -> None:
        lines = (line.strip()[:200] for line in self.phrases.toPlainText().splitlines())
        self._words[self._list()] = tuple(dict.fromkeys(line for line in lines if line))

    @override
    def read(self) -> dict[str, Any]:
        """The fields of the project's options that differ from what is shipped.

        Raises:
            WrongField: a threshold is no whole number.
        """
        shipped = defaults()
        numbers = {}
        for name, field in self.numbers.items():
            text = field.text().strip()
            if not text.isdecimal() or int(text) > _MOST:
                raise WrongField(field, "Enter a whole number from 0 upwards.")
            if int(text) != shipped["thresholds"][name]["value"]:
                numbers[name] = int(text)
        words = {name: said for name, said in self._words.items() if said != tuple(shipped["words"][name]["value"])}
        items = (self.rules.item(place) for place in range(self.rules.count()))
        off = [str(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() == Qt.CheckState.Unchecked]
        known = {rule.id for rule in RULES}
        kept = [id for id in self._given.off if id not in known]  # rules of a newer version
        return {"off": (*kept, *off), "severities": dict(self._severities), "thresholds": numbers, "words": words}
