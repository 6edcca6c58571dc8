"""What the inspector offers under references: to open an address among them."""

from typing import Any, Final

from PySide6.QtCore import Qt
from typing_extensions import override

from workbench.analysis.addresses import addresses_of
from workbench.model.base import Record
from workbench.panels.common import button
from workbench.panels.inspector_parts import Part

OPEN_LINK: Final = "edit.open_link"


class Links(Part):
    """A button where there is an address; the dialog it opens shows all of them."""

    @override
    def content(self, record: Record) -> list[Any]:
        return [one.text for one in addresses_of(self.store, [record.id])]

    @override
    def fill(self, content: list[Any]) -> None:
        if content:
            words = "Open link…" if len(content) == 1 else f"Open one of {len(content)} links…"
            made = button(words, lambda: self.action_requested.emit(OPEN_LINK), look="flat", tip="\n".join(content))
            self._layout.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


LINK_PARTS: Final[dict[str, type[Part]]] = {"links": Links}
