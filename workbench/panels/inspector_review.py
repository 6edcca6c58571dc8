"""What the inspector says of a meeting's log: what is pinned to the selected record, and the way to note more."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from workbench.analysis.meeting_log import STATE_WORD, Entry, noted_on, tally_words
from workbench.analysis.words import name_of
from workbench.model.base import Record
from workbench.model.elements import Guard
from workbench.panels.common import Label, allow_change, button
from workbench.panels.icons import icon
from workbench.panels.inspector_parts import LONGEST, Part
from workbench.panels.review_rows import day_text
from workbench.panels.row_button import RowButton
from workbench.panels.style import current_theme
from workbench.render.characters import single_line
from workbench.session.today import today_of

SHOW: Final = "review.here"


class Noted(Part):
    """Actions, decisions, votes and comments on the record, and on the control of a bar; what waits first."""

    @override
    def content(self, record: Record) -> list[Any]:
        today = today_of(self.session)
        found = noted_on(self.store, record.id, today)
        if isinstance(record, Guard):
            found = [*found, *noted_on(self.store, record.control, today)]
        return sorted(found, key=lambda one: (not one.waits, one.due or "9" if one.waits else ""))

    @override
    def fill(self, content: list[Any]) -> None:
        for one in content[:LONGEST]:
            words = _words(one)
            row = RowButton(words, lambda: self.action_requested.emit(SHOW), tip=f"{words}. {one.text}")
            late = current_theme().finding["error"].fill if one.state == "overdue" else ""
            row.setIcon(icon(one.kind, late))
            row.setIconSize(QSize(16, 16))
            self._layout.addWidget(row)
        if len(content) > LONGEST:
            self._layout.addWidget(Label(f"and {len(content) - LONGEST} more", dim=True))
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        for words, action in (("Note an action…", "review.action"), ("Comment…", "review.comment")):
            made = button(words, partial(self.action_requested.emit, action), look="flat")
            made.setAccessibleName(single_line(f"{words} {name_of(self.store, self.subject)}"))
            allow_change(made, self.store.read_only)
            foot.addWidget(made)
        foot.addStretch(1)
        self._layout.addLayout(foot)


def _words(one: Entry) -> str:
    """One line: the state first, for that decides what is to be done."""
    said = " ".join(one.text.split())
    if one.kind == "vote":
        return f"{said} ({tally_words(one.tally)})"
    if one.kind == "action":
        beside = ", ".join(filter(None, (one.who, day_text(one.due))))
        return f"{STATE_WORD[one.state]}: {said}" + (f" ({beside})" if beside else "")
    return f"{STATE_WORD[one.state]}: {said}" if one.kind == "comment" else said


REVIEW_PARTS: Final[dict[str, type[Part]]] = {"noted": Noted}
