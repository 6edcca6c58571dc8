"""The card of one cell of a capability grid, or of one point of its sweep: all of it in words, edited in place."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.capability_cell import CellView
from workbench.analysis.capability_direction import behind
from workbench.analysis.capability_standard import about
from workbench.analysis.capability_words import (
    ASPECT_WORD,
    MEANING_WORD,
    gap_sentence,
    human_sentence,
    model_sentence,
    rate_text,
    verdict_sentence,
)
from workbench.analysis.words import name_of, plain_error
from workbench.commands import capability
from workbench.commands.capability import Spot
from workbench.commands.errors import CommandError
from workbench.commands.find import elements
from workbench.evidence.criterion import CriterionProblem, format_criterion
from workbench.model.codes import code_key
from workbench.model.judgement import CapabilityCell, SweepPoint
from workbench.model.runs import Metric, Run
from workbench.panels.attach_base import Choice, VerdictBox
from workbench.panels.capability_fields import (
    CRITERION,
    HUMAN,
    MODEL,
    NOTE,
    WHEN,
    bounds_text,
    cell_of,
    set_criterion,
    set_human,
    set_typed,
)
from workbench.panels.common import ElidedLabel, Label, allow_change, button, clear_layout, column, plain_tip, rule
from workbench.panels.criterion_when import WHEN_WORDS, when_of
from workbench.panels.editors import make_editor
from workbench.panels.fields import FieldEditor
from workbench.panels.forms import Field
from workbench.panels.icons import icon
from workbench.panels.parsing import BadValueError
from workbench.panels.style import SMALL_PX, TITLE_PX, figure_font, ui_font
from workbench.render.characters import brief
from workbench.session.session import Session
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction
from workbench.tools.intents import step

_BIG: Final = 26


class CellCard(QScrollArea):
    """Shows and edits one cell or point.

    Attributes:
        left: the user is done here; the keyboard goes back to the grid.
        reveal_asked: emits the id of an element that should be shown on its diagram.
        run_asked: emits the id of a run that should be shown.
    """

    left = Signal()
    reveal_asked = Signal(str)
    run_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.store = session.store
        self.grid = ""
        self.spot: Spot | None = None
        self._shown = CellView("", "", "execution")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(270)
        body = QWidget()
        body.setProperty("panel", True)
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body.setAccessibleName("The cell in full")
        self._layout = column(body, 12, 8)
        self._build()
        self.setWidget(body)
        self._body = body

    # building

    def _build(self) -> None:
        self._place = Label("", wrap=True)
        self._place.setFont(ui_font(TITLE_PX, strong=True))
        self._about = Label("", dim=True, wrap=True)
        self._big = Label("")
        self._big.setFont(figure_font(_BIG, strong=True))
        self._said = Label("", wrap=True)
        self._gap = Label("", wrap=True)
        self._gap.setFont(ui_font(strong=True))
        self._how = Label("", dim=True, wrap=True)
        self._how.setFont(ui_font(SMALL_PX))
        for label in (self._place, self._about, self._big, self._said, self._gap, self._how):
            self._layout.addWidget(label)
        self.verdict = VerdictBox()
        self._layout.addWidget(self.verdict)
        self._prompts = Label("", wrap=True)
        self._layout.addWidget(self._prompts)
        self._model = self._section("Model", MODEL, self._type_in)
        self._run = QWidget()
        row = QHBoxLayout(self._run)
        row.setContentsMargins(0, 0, 0, 0)
        self._run_name = ElidedLabel("")
        row.addWidget(self._run_name, 1)
        self._show_run = button("Show run", lambda: self.run_asked.emit(self._shown.run), look="flat")
        row.addWidget(self._show_run)
        self.take_away = button("Take away", self._take_away, look="flat", tip="Take the run's figure out of this cell")
        row.addWidget(self.take_away)
        self._layout.addWidget(self._run)
        self._behind = Label("", dim=True, wrap=True)
        self._behind.setFont(ui_font(SMALL_PX))
        self._layout.addWidget(self._behind)
        self._human = self._section("Human baseline", HUMAN, self._set_human)
        self._judging = QWidget()
        judging = column(self._judging, 0, 8)
        self._criterion = self._section("Criterion", (CRITERION, WHEN), self._set_criterion, judging)
        self._criterion["before"].set_options(list(WHEN_WORDS))  # type: ignore[attr-defined]
        self._meaning = Label("", dim=True, wrap=True)
        judging.addWidget(self._meaning)
        judging.addWidget(rule())
        head = Label("Informs")
        head.setFont(ui_font(strong=True))
        judging.addWidget(head)
        self._informs = QVBoxLayout()
        self._informs.setSpacing(2)
        judging.addLayout(self._informs)
        self.add_element = Choice("Add a cause, hazard or other element", ())
        self.add_element.setPlaceholderText("Add a cause, hazard or other…")
        self.add_element.needed.connect(self._offer_elements)
        self.add_element.activated.connect(self._add_element)
        judging.addWidget(self.add_element)
        judging.addWidget(rule())
        self._note = self._section("", (NOTE,), self._set_note, judging)
        self._layout.addWidget(self._judging)
        self._layout.addStretch(1)

    def _section(
        self,
        title: str,
        fields: tuple[Field, ...],
        commit: Callable[[Transaction, dict[str, Any]], None],
        layout: QVBoxLayout | None = None,
    ) -> dict[str, FieldEditor]:
        """Fields under a heading; each edit hands the values of all of them to ``commit``."""
        layout = layout or self._layout
        if title:
            layout.addWidget(rule())
            head = Label(title)
            head.setFont(ui_font(strong=True))
            layout.addWidget(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        editors: dict[str, FieldEditor] = {}
        row = place = 0
        for field in fields:
            editor = make_editor(field)
            editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            editor.edited.connect(partial(self._edited, editors, editor, commit))
            editor.left.connect(self.store.history.seal)
            grid.addWidget(editor, row, place, 1, 1 if field.half else 2, Qt.AlignmentFlag.AlignTop)
            place = 1 if field.half and place == 0 else 0
            row += place == 0
            editors[field.name] = editor
            editor.control.setAccessibleName(f"{title}: {field.label}" if title else field.label)
        layout.addLayout(grid)
        return editors

    # showing

    def show_cell(self, grid: str, spot: Spot | None, shown: CellView) -> None:
        """Show a cell or point; nothing where ``spot`` is None."""
        other = (grid, spot) != (self.grid, self.spot)
        if other and self.spot is not None:
            self._settle()  # what is typed belongs to the cell that is left
        self.grid, self.spot, self._shown = grid, spot, shown
        self._body.setVisible(spot is not None)
        if spot is None:
            return
        if other:
            self.store.history.seal()
            for editors in (self._model, self._human, self._criterion, self._note):
                for editor in editors.values():
                    editor.forget()
            self.verticalScrollBar().setValue(0)
        self._show_words(shown)
        self._bind(shown)

    def _show_words(self, cell: CellView) -> None:
        point = self.spot is not None and len(self.spot) == 2
        if point:
            self._place.setText(f"{cell.row or 'Model'}, {cell.column} blocks")
            self._about.hide()
        else:
            self._place.setText(f"{cell.row} · {cell.column}")
            said = [ASPECT_WORD[cell.aspect] + ".", about(cell.row), about(cell.column)]
            self._about.setText(" ".join(filter(None, said)))
            self._about.show()
        self._big.setText(rate_text(cell.value) if cell.value is not None else cell.blank_reason)
        self._big.setFont(figure_font(_BIG if cell.value is not None else TITLE_PX, strong=True))
        self._big.setWordWrap(cell.value is None)
        _say(self._said, model_sentence(cell).partition(", ")[2].capitalize() if cell.value is not None else "")
        human = human_sentence(cell)
        gap = f"Gap {gap_sentence(cell)}" if cell.gap is not None else ""
        _say(self._gap, gap)
        _say(self._how, " ".join(filter(None, (f"Human {human}" if human else "", cell.gap_how, *cell.remarks))))
        sign = "stale" if cell.stale else cell.verdict or "none"
        self.verdict.setVisible(bool(cell.stale or cell.criterion))
        sentence = verdict_sentence(cell) or "No criterion is set."
        self.verdict.show_verdict(sign, sentence, " ".join(["Suspended.", *cell.stale]) if cell.stale else "")
        _say(self._prompts, "\n".join(f"•  {text}" for _, text in cell.prompts))
        self._meaning.setText(MEANING_WORD[cell.meaning] or "Its direction says whether a low value is the hazard.")

    def _record(self) -> CapabilityCell | SweepPoint | None:
        record = self.store.get(self._shown.id) if self._shown.id else None
        return record if isinstance(record, CapabilityCell | SweepPoint) else None

    def _bind(self, cell: CellView) -> None:
        record, locked = self._record(), bool(self.store.read_only)
        typed = record.typed if record is not None else None
        human = record.human if record is not None else None
        from_run = bool(cell.run)
        for name, editor in self._model.items():
            editor.setVisible(not from_run)
            editor.set_value(getattr(typed, name, None if name != "source" else ""))
            editor.set_read_only(locked)
        self._run.setVisible(from_run)
        self._run_name.set_text(cell.source)
        metric, run = self.store.find(cell.metric, Metric), self.store.find(cell.run, Run)
        _say(self._behind, behind(metric, run) if metric is not None and run is not None else "")
        self._behind.setToolTip(plain_tip(run.source.path or run.title) if run is not None else "")
        allow_change(self.take_away, self.store.read_only)
        for name, editor in self._human.items():
            if name == "bounds":
                editor.set_value(bounds_text(human))
            else:
                editor.set_value(getattr(human, name, "" if name in ("who", "source") else None))
            editor.set_read_only(locked)
        self._judging.setVisible(isinstance(self.spot, tuple) and len(self.spot) == 3)
        criterion = cell.criterion
        self._criterion["criterion"].set_value(format_criterion(criterion) if criterion is not None else "")
        self._criterion["before"].set_value(when_of(criterion))
        self._criterion["criterion"].set_read_only(locked)
        self._criterion["before"].set_read_only(locked or criterion is None)
        self._note["note"].set_value(cell.note)
        self._note["note"].set_read_only(locked)
        self._show_informs(cell)

    def _show_informs(self, cell: CellView) -> None:
        clear_layout(self._informs)
        if not cell.informs:
            self._informs.addWidget(Label("Nothing yet", dim=True))
        for id in cell.informs:
            row = QHBoxLayout()
            row.setSpacing(2)
            name = name_of(self.store, id)
            shown = button(
                name[:48], partial(self.reveal_asked.emit, id), look="row", tip=f"Show {name} on its diagram"
            )
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(shown, 1)
            drop = button("", partial(self._drop_element, id), look="flat", tip=f"{name} no longer leans on this cell")
            drop.setIcon(icon("close"))
            drop.setFixedSize(24, 24)
            drop.setAccessibleName(brief(f"Remove {name}"))
            allow_change(drop, self.store.read_only)
            row.addWidget(drop)
            self._informs.addLayout(row)
        allow_change(self.add_element, self.store.read_only)

    def _settle(self) -> None:
        for editors in (self._model, self._human, self._criterion):
            for editor in editors.values():
                editor.settle()

    def edit(self) -> None:
        """Put the keyboard into the first field that can be edited."""
        editors = self._human if self._shown.run else self._model
        self.ensureWidgetVisible(editors["value"])
        editors["value"].control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # changing

    def _edited(
        self,
        editors: dict[str, FieldEditor],
        editor: FieldEditor,
        commit: Callable[[Transaction, dict[str, Any]], None],
        value: Any,
    ) -> None:
        try:
            values = {name: self._now(editors, name) for name in editors} | {editor.field.name: value}
            what = editor.control.accessibleName().lower()
            with self.store.transaction(f"Edit {what}", merge_key=f"capability {self.spot} {what}") as tx:
                commit(tx, values)
        except ValidationError as error:
            editor.set_error(plain_error(error))
        except (CommandError, BadValueError, CriterionProblem, ReadOnlyError, IntegrityError) as error:
            editor.set_error(str(error))
        else:
            editor.committed(value)

    def _now(self, editors: dict[str, FieldEditor], name: str) -> Any:
        """The value the document has for a field of the same section."""
        record = self._record()
        if editors is self._criterion:
            criterion = self._shown.criterion
            if name == "criterion":
                return format_criterion(criterion) if criterion is not None else ""
            return when_of(criterion)
        if editors is self._note:
            return self._shown.note
        human = record.human if record is not None else None
        part: Any = human if editors is self._human else record.typed if record is not None else None
        if name == "bounds":
            return bounds_text(human)
        return getattr(part, name, None)

    def _spot(self) -> Spot:
        if self.spot is None:
            raise CommandError("Choose a cell first.")
        return self.spot

    def _type_in(self, tx: Transaction, values: dict[str, Any]) -> None:
        set_typed(tx, self.grid, self._spot(), values)

    def _set_human(self, tx: Transaction, values: dict[str, Any]) -> None:
        set_human(tx, self.grid, self._spot(), values)

    def _set_criterion(self, tx: Transaction, values: dict[str, Any]) -> None:
        set_criterion(tx, self.grid, cell_of(self._spot()), values, self._shown.criterion)

    def _set_note(self, tx: Transaction, values: dict[str, Any]) -> None:
        capability.set_note(tx, self.grid, cell_of(self._spot()), values["note"])

    def _take_away(self) -> None:
        step(self.session, "Take figure away", lambda tx: capability.type_in(tx, self.grid, self._spot(), None))

    def _offer_elements(self) -> None:
        """The elements that do not lean on the cell yet, by code."""
        found = [element for element in elements(self.store) if element.TYPE != "note"]
        found = [element for element in found if element.id not in self._shown.informs]
        found.sort(key=lambda element: (element.TYPE != "hazard", element.TYPE != "cause", code_key(element.code)))
        options = [(name_of(self.store, element.id), element.id) for element in found]
        if [text for text, _ in options] != [self.add_element.itemText(i) for i in range(self.add_element.count())]:
            self.add_element.set_options(options)

    def _add_element(self, _index: int) -> None:
        id = self.add_element.value()
        self.add_element.setCurrentIndex(-1)
        if id is not None:
            ids = (*self._shown.informs, id)
            step(
                self.session, "Link cell", lambda tx: capability.set_informs(tx, self.grid, cell_of(self._spot()), ids)
            )

    def _drop_element(self, id: str) -> None:
        ids = [other for other in self._shown.informs if other != id]
        step(self.session, "Unlink cell", lambda tx: capability.set_informs(tx, self.grid, cell_of(self._spot()), ids))

    @override
    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        super().keyPressEvent(event)


def _say(label: Label, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
