"""Message boxes. Whatever the user typed is shown as plain text: a title such as ``a<b`` is no markup."""

from collections.abc import Sequence
from typing import Final, Literal

from PySide6 import QtWidgets  # its classes are made when first named: a message box is seldom needed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.render.characters import brief

_MOST: Final = 3_000
Answer = Literal["save", "discard", "cancel"]


def _box(parent: QWidget | None, icon: "QtWidgets.QMessageBox.Icon", title: str, text: str) -> "QtWidgets.QMessageBox":
    box = QtWidgets.QMessageBox(icon, title, brief(text, _MOST), QtWidgets.QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box


def show_error(parent: QWidget | None, title: str, text: str, offer: str = "") -> bool:
    """Say what went wrong; the user reads it and goes on.

    Args:
        offer: the verb of a way out; a button of its own.

    Returns:
        Whether the user took it.
    """
    box = _box(parent, QtWidgets.QMessageBox.Icon.Warning, title, text)
    taken = box.addButton(offer, QtWidgets.QMessageBox.ButtonRole.AcceptRole) if offer else None
    box.setEscapeButton(box.addButton(QtWidgets.QMessageBox.StandardButton.Ok))
    box.exec()
    return taken is not None and box.clickedButton() is taken


def ask(parent: QWidget | None, title: str, question: str, verbs: Sequence[str], *, default: str = "") -> str:
    """Ask which of several things to do; the verb of the button pressed, empty where the user cancelled.

    Args:
        parent: the window asked about.
        title: of the box.
        question: what is asked, and what each answer does.
        verbs: on the buttons; all but the first may lose something.
        default: what Enter answers; empty cancels.
    """
    box = _box(parent, QtWidgets.QMessageBox.Icon.Question, title, question)
    roles = QtWidgets.QMessageBox.ButtonRole
    buttons = {
        box.addButton(verb, roles.DestructiveRole if place else roles.AcceptRole): verb
        for place, verb in enumerate(verbs)
    }
    stay = box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(next((made for made, verb in buttons.items() if verb == default), stay))
    box.setEscapeButton(stay)
    box.exec()
    pressed = box.clickedButton()
    return next((verb for made, verb in buttons.items() if made is pressed), "")


def confirm(parent: QWidget | None, title: str, question: str, verb: str, *, careful: bool = False) -> bool:
    """Ask before something that is not easily seen; ``verb`` names the button that does it.

    ``careful``: what is lost cannot be brought back, so Enter cancels.
    """
    return bool(ask(parent, title, question, (verb,), default="" if careful else verb))


def ask_unsaved(parent: QWidget | None, name: str) -> Answer:
    """Ask what becomes of unsaved work before a document is closed."""
    save, discard = "Save", "Close without saving"
    question = f"“{name}” has changes that are not saved."
    answers: dict[str, Answer] = {save: "save", discard: "discard", "": "cancel"}
    return answers[ask(parent, "Unsaved changes", question, (save, discard), default=save)]
