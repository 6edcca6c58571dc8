"""Message boxes. Whatever the user typed is shown as plain text: a title such as ``a<b`` is no markup."""

from typing import Literal

from PySide6 import QtWidgets  # its classes are made when first named: a message box is seldom needed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

Answer = Literal["save", "discard", "cancel"]


def _box(parent: QWidget | None, icon: "QtWidgets.QMessageBox.Icon", title: str, text: str) -> "QtWidgets.QMessageBox":
    box = QtWidgets.QMessageBox(icon, title, text, QtWidgets.QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box


def show_error(parent: QWidget | None, title: str, text: str) -> None:
    """Say what went wrong; the user reads it and goes on."""
    box = _box(parent, QtWidgets.QMessageBox.Icon.Warning, title, text)
    box.addButton(QtWidgets.QMessageBox.StandardButton.Ok)
    box.exec()


def confirm(parent: QWidget | None, title: str, question: str, verb: str, *, careful: bool = False) -> bool:
    """Ask before something that is not easily seen; ``verb`` names the button that does it.

    ``careful``: what is lost cannot be brought back, so Enter cancels.
    """
    box = _box(parent, QtWidgets.QMessageBox.Icon.Question, title, question)
    go = box.addButton(verb, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(stay if careful else go)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is go


def ask_unsaved(parent: QWidget | None, name: str) -> Answer:
    """Ask what becomes of unsaved work before a document is closed."""
    text = f"“{name}” has changes that are not saved."
    box = _box(parent, QtWidgets.QMessageBox.Icon.Question, "Unsaved changes", text)
    save = box.addButton("Save", QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("Close without saving", QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    if clicked is save:
        return "save"
    return "discard" if clicked is discard else "cancel"
