"""The inspector: every field of what is selected, validated and undoable."""

from functools import partial
from typing import Any, Final, get_args

from pydantic import ValidationError
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.risk import scheme_of
from workbench.analysis.words import count_words, kind_word, name_of, plain_error, sign_of
from workbench.commands.edit import set_field
from workbench.commands.errors import CommandError
from workbench.model.base import record_type
from workbench.model.elements import Control, Element, Guard
from workbench.model.records import CLASS_OF
from workbench.model.runs import Evidence
from workbench.panels.capability_parts import CAPABILITY_PARTS
from workbench.panels.common import Label, Panel, column, rule
from workbench.panels.editors import make_editor
from workbench.panels.fields import ChoiceEditor, FieldEditor
from workbench.panels.forms import FORMS, Field, Place, Section, sections_of, shared_sections, value_of
from workbench.panels.halves import Halves
from workbench.panels.icons import icon, kind_icon
from workbench.panels.inspector_evidence import EVIDENCE_PARTS
from workbench.panels.inspector_head import MARGIN, InspectorHead
from workbench.panels.inspector_links import LINK_PARTS
from workbench.panels.inspector_parts import PARTS, Part
from workbench.panels.inspector_review import REVIEW_PARTS
from workbench.panels.odd import OddEditor
from workbench.panels.style import current_theme, ui_font
from workbench.panels.tab_order import step
from workbench.session.session import Session
from workbench.store.diff import Change
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError

_ALL_PARTS: Final = PARTS | EVIDENCE_PARTS | CAPABILITY_PARTS | LINK_PARTS | REVIEW_PARTS
_MOST_FORMS: Final = 16


class Inspector(Panel):
    """Shows and edits the selected record; with nothing selected, the project and the diagram shown.

    Attributes:
        attach_requested: emits the id of the subject that evidence should be attached to.
        claim_opened: emits the id of a claim that should be shown in full.
        evidence_requested: emits what the evidence dialogs should do, and to which claim, run or subject.
        action_requested: emits the id of an action that was asked for.
    """

    attach_requested = Signal(str)
    claim_opened = Signal(str)
    evidence_requested = Signal(str, str)
    action_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Inspector")
        self._forms: dict[tuple[Section, ...], _Form] = {}
        self._form = _Form((), session)
        self._bound: dict[Place, tuple[str, ...]] = {}
        self._drafts: dict[tuple[tuple[str, ...], str], str] = {}
        outer = column(self, 0, 0)
        self._head = InspectorHead()
        self._head.code_edited.connect(self._commit_code)
        outer.addWidget(self._head)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._form)
        outer.addWidget(self._stack, 1)
        self.setMinimumWidth(220)
        self.later()

    @override
    def sizeHint(self) -> QSize:
        return QSize(264, 600)

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        self.later()

    @override
    def on_diagram(self, diagram: str | None) -> None:
        self.later()

    @override
    def on_change(self, change: Change) -> None:
        if change.origin in ("undo", "redo"):
            self._drafts.clear()
        self.later()

    @override
    def on_theme(self) -> None:
        self.later()

    # what is shown

    def _targets(self, place: Place) -> tuple[str, ...]:
        """Ids of the records whose fields the form shows."""
        store, selection = self.store, self.session.selection
        if place == "diagram":
            sheet = self.session.diagram
            return (sheet,) if sheet is not None and sheet in store else ()
        if not selection:
            return ("project",) if "project" in store else ()
        if len(selection) == 1 and place == "self":
            return selection
        ids = []
        for key in selection:
            guard = store.find(key, Guard)
            ids.append(guard.control if guard is not None else key)
        return tuple(dict.fromkeys(ids))

    def _sections(self) -> tuple[Section, ...]:
        selection = self.session.selection
        if not selection:
            return FORMS["project"] if "project" in self.store else ()
        if len(selection) == 1:
            record = self.store.get(selection[0])
            return sections_of(record) if record is not None else ()
        kinds = {record_type(record) for key in self._targets("control") if (record := self.store.get(key)) is not None}
        return shared_sections(tuple(sorted(kinds)))

    @override
    def refresh(self) -> None:
        bound: dict[Place, tuple[str, ...]] = {place: self._targets(place) for place in get_args(Place)}
        sections = self._sections()
        if bound != self._bound or sections != self._form.sections:
            self._keep_drafts()
            self.store.history.seal()
            self._bound = bound
            self._show_form(sections)
        self._show_head()
        for place, editor in self._form.editors:
            self._bind(place, editor)
        for part in self._form.parts:
            part.show_for(self.session.primary or "")

    def _show_head(self) -> None:
        store, selection = self.store, self.session.selection
        theme = current_theme()
        if len(selection) > 1:
            self._head.show_record(
                count_words(len(selection), "selected", "selected"), "Changes apply to all of them", "", None
            )
            return
        record = store.get(selection[0] if selection else "project")
        if record is None:
            self._head.show_record("Nothing selected", "", "", None)
            return
        element = store.find(record.control, Control) if isinstance(record, Guard) else record
        code = element.code if isinstance(element, Element) else ""
        line = f"on {name_of(store, record.id).partition(' on ')[2]}" if isinstance(record, Guard) else ""
        sign = kind_icon(sign_of(store, record), theme) if selection else None
        if isinstance(record, Evidence):
            sign = icon("evidence")
        self._head.show_record(kind_word(store, record), line, code, sign, editable=not store.read_only)

    def _bind(self, place: Place, editor: FieldEditor) -> None:
        store, field = self.store, editor.field
        values = []
        for key in self._bound[place]:
            record = store.get(key)
            if record is not None:
                values.append(value_of(record, field.name))
        if isinstance(editor, ChoiceEditor) and field.editor in ("category", "reference"):
            editor.set_options(self._options(field))
        elif isinstance(editor, OddEditor):
            editor.set_store(store)
        if values:
            editor.set_value(values[0], mixed=any(value != values[0] for value in values[1:]))
            draft = self._drafts.pop((self._bound[place], field.name), None)
            if draft is not None:
                editor.restore(draft)
        editor.set_read_only(bool(store.read_only))

    def _options(self, field: Field) -> list[tuple[str, Any]]:
        options: list[tuple[str, Any]] = []
        if field.editor == "category":
            options.append(("Not set", ""))
            scheme = scheme_of(self.store)
            if scheme is not None:
                options += [(f"{c.code}  {c.name}".strip(), c.code) for c in scheme.frequencies]
            return options
        if field.optional:
            options.append(("Not set", None))
        for kind in field.kinds:
            options += [(name_of(self.store, record.id), record.id) for record in self.store.all(CLASS_OF[kind])]
        return options

    def _show_form(self, sections: tuple[Section, ...]) -> None:
        """Show the form with these sections; forms are kept, since making one takes longer than filling it."""
        form = self._forms.get(sections)
        if form is None:
            if len(self._forms) >= _MOST_FORMS:
                old = self._forms.pop(next(iter(self._forms)))
                self._stack.removeWidget(old)
                old.deleteLater()
            form = self._forms[sections] = _Form(sections, self.session)
            form.edited.connect(self._commit)
            form.left.connect(self.store.history.seal)
            form.attach_requested.connect(self.attach_requested)
            form.claim_opened.connect(self.claim_opened)
            form.requested.connect(self.evidence_requested)
            form.action_requested.connect(self.action_requested)
            self._stack.addWidget(form)
        form.forget()
        self._form = form
        self._stack.setCurrentWidget(form)
        form.verticalScrollBar().setValue(0)

    # changing

    def _commit(self, place: Place, editor: FieldEditor, value: Any) -> None:
        ids = tuple(key for key in self._bound[place] if key in self.store)
        if not ids:
            return
        field = editor.field
        try:
            with self.store.transaction(f"Edit {field.label.lower()}", merge_key=f"inspector {field.name} {ids}") as tx:
                for key in ids:
                    set_field(tx, key, field.name, value)
        except ValidationError as error:
            editor.set_error(plain_error(error))
        except (CommandError, ReadOnlyError, IntegrityError) as error:
            editor.set_error(str(error))
        else:
            editor.committed(value)

    def _commit_code(self, code: str) -> None:
        targets = self._bound["control"]
        if len(targets) != 1 or targets[0] not in self.store:
            return
        try:
            with self.store.transaction("Edit code") as tx:
                set_field(tx, targets[0], "code", code.strip())
        except (ValidationError, CommandError, ReadOnlyError) as error:
            self.session.notice.emit(plain_error(error) if isinstance(error, ValidationError) else str(error))
            self.later()  # the code it has is shown again

    def _keep_drafts(self) -> None:
        """Take what is typed, and remember refused texts of the form that is about to go, by their records."""
        self._head.settle()
        for place, editor in self._form.editors:
            editor.settle()
            draft = editor.draft()
            if draft is not None and self._bound.get(place):
                self._drafts[self._bound[place], editor.field.name] = draft

    # for the window

    @override
    def focus_target(self) -> QWidget:
        """The title, or the first field there is."""
        self.flush()
        return next((editor.control for _, editor in self._form.editors if editor.isEnabled()), self._form)

    def editor(self, name: str) -> FieldEditor | None:
        """The editor of a field of the form shown."""
        self.flush()
        return next((editor for _, editor in self._form.editors if editor.field.name == name), None)


class _Form(QScrollArea):
    """The editors and lists of some sections."""

    edited = Signal(object, object, object)
    left = Signal()
    attach_requested = Signal(str)
    claim_opened = Signal(str)
    requested = Signal(str, str)
    action_requested = Signal(str)

    def __init__(self, sections: tuple[Section, ...], session: Session) -> None:
        super().__init__()
        self.sections = sections
        self.editors: list[tuple[Place, FieldEditor]] = []
        self.parts: list[Part] = []
        self._session = session
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("panel", True)
        layout = column(body, 0, 8)
        layout.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        for index, section in enumerate(sections):
            self._add_section(layout, section, first=index == 0)
        layout.addStretch(1)
        self.setWidget(body)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return step(self, forwards=next) or super().focusNextPrevChild(next)

    def forget(self) -> None:
        """Other records are about to be shown: nothing on screen belongs to them."""
        for _, editor in self.editors:
            editor.forget()

    def _add_section(self, layout: QVBoxLayout, section: Section, *, first: bool) -> None:
        part = _ALL_PARTS[section.extra](self._session) if section.extra is not None else None
        if section.title:
            if not first:
                layout.addSpacing(2)
                layout.addWidget(rule())
            head = QHBoxLayout()
            title = Label(section.title)
            title.setFont(ui_font(strong=True))
            head.addWidget(title)
            head.addStretch(1)
            layout.addLayout(head)
            if part is not None:
                part.add_to_head(head)
        self._add_fields(layout, section)
        if part is not None:
            part.attach_requested.connect(self.attach_requested)
            part.claim_opened.connect(self.claim_opened)
            part.requested.connect(self.requested)
            part.action_requested.connect(self.action_requested)
            self.parts.append(part)
            layout.addWidget(part)

    def _add_fields(self, layout: QVBoxLayout, section: Section) -> None:
        rows = Halves()
        for field in section.fields:
            editor = OddEditor(field) if field.editor == "odd" else make_editor(field)
            self.editors.append((section.of, editor))
            editor.edited.connect(partial(self.edited.emit, section.of, editor))
            editor.left.connect(self.left)
            rows.add(editor, half=editor.fits if field.half else None)
        layout.addLayout(rows)
