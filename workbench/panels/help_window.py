"""The user's guide: Markdown pages that ship with the program."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QToolButton, QWidget
from typing_extensions import override

from workbench.analysis.addresses import address
from workbench.panels.common import Label, column
from workbench.panels.icons import icon
from workbench.panels.link_dialog import open_link
from workbench.panels.style import ui_font

START: Final = "index.md"


_FEATURES: Final = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
"""Tables, but no HTML: a page is text and nothing that runs."""


class HelpWindow(QWidget):
    """Shows pages below one folder; a link elsewhere asks first."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("User’s guide")
        self.resize(820, 680)
        self._folder = folder.resolve()
        self._visited: list[str] = []
        self._at = -1
        layout = column(self, 0, 0)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        self._back = _tool("chevron-left", "Back", lambda: self._move(-1))
        self._forward = _tool("chevron-right", "Forward", lambda: self._move(1))
        bar.addWidget(self._back)
        bar.addWidget(self._forward)
        bar.addWidget(_tool("outline", "Contents", lambda: self.open(START)))
        self._title = Label("")
        self._title.setFont(ui_font(strong=True))
        bar.addSpacing(8)
        bar.addWidget(self._title)
        bar.addStretch(1)
        layout.addLayout(bar)
        self.page = _Page(self._folder)
        self.page.followed.connect(self._follow)
        layout.addWidget(self.page)
        self.page.setFocus()  # arrows and Page Down read on at once
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)

    def open(self, page: str = START) -> bool:
        """Show a page, such as ``index.md`` or ``evidence.md#verdicts``; False where there is none."""
        name, _, anchor = page.partition("#")
        path = (self._folder / (name or self._name())).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            self._title.setText(f"There is no page {name} in the guide.")
            return False
        del self._visited[self._at + 1 :]
        self._visited.append(f"{path.relative_to(self._folder).as_posix()}#{anchor}")
        self._at = len(self._visited) - 1
        self._show()
        return True

    def _name(self) -> str:
        return self._visited[self._at].partition("#")[0] if self._at >= 0 else START

    def _move(self, by: int) -> None:
        if 0 <= self._at + by < len(self._visited):
            self._at += by
            self._show()

    def _show(self) -> None:
        name, _, anchor = self._visited[self._at].partition("#")
        text = (self._folder / name).read_text("utf-8")
        self.page.show_markdown(text)
        first = next((line for line in text.splitlines() if line.startswith("# ")), f"# {name}")
        self._title.setText(first.removeprefix("# "))
        if anchor:
            self.page.scrollToAnchor(anchor)
        self._back.setEnabled(self._at > 0)
        self._forward.setEnabled(self._at + 1 < len(self._visited))

    def _follow(self, url: QUrl) -> None:
        if url.scheme():
            open_link([address(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))], self)
        else:
            here = Path(self._name()).parent
            target = (here / url.path()).as_posix() if url.path() else ""
            self.open(f"{target}#{url.fragment()}")


class _Page(QTextBrowser):
    """A text browser that loads pictures from one folder and nothing else."""

    followed = Signal(QUrl)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setAccessibleName("Guide")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self.followed)
        self.document().setDocumentMargin(24)

    def show_markdown(self, text: str) -> None:
        """Show a page."""
        self.document().setDefaultFont(ui_font(14))
        self.document().setMarkdown(text, _FEATURES)
        self._air()
        self.setTextCursor(QTextCursor(self.document()))  # it stands at the end, and the page would follow it there
        self.verticalScrollBar().setValue(0)

    def _air(self) -> None:
        """Space between paragraphs and around headings, which Markdown import leaves out."""
        block = self.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            heading = shape.headingLevel()
            inside = QTextCursor(block).currentTable() is not None or block.textList() is not None
            shape.setTopMargin(18.0 if heading > 1 else 4.0)
            shape.setBottomMargin(8.0 if heading else 2.0 if inside else 8.0)
            shape.setLineHeight(130.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        url = QUrl(name)
        path = (self._folder / url.path()).resolve()
        inside = url.scheme() in ("", "file") and path.is_relative_to(self._folder)
        if inside and path.suffix == ".png" and path.is_file():
            return path.read_bytes()
        return None


def _tool(sign: str, tip: str, slot: object) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(sign))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.clicked.connect(slot)
    return made
