"""Texts that can be edited in a list or table: shown with their marks by name, edited as they are."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QStyledItemDelegate
from typing_extensions import override

from workbench.render.characters import brief


class PlainDelegate(QStyledItemDelegate):
    """For views whose items hold the very text that is stored."""

    @override
    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        return brief(value) if isinstance(value, str) else super().displayText(value, locale)
