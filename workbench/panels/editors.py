"""Which editor a field gets."""

from workbench.panels.fields import ChoiceEditor, FieldEditor, FlagsEditor
from workbench.panels.forms import Field
from workbench.panels.line_editor import LineEditor
from workbench.panels.prose_editor import ProseEditor
from workbench.panels.text_editor import TextEditor


def make_editor(field: Field) -> FieldEditor:
    """The editor for a field; ``odd`` is made by the inspector, which knows the taxonomy."""
    if field.editor == "prose":
        return ProseEditor(field)
    if field.editor in ("text", "lines"):
        return TextEditor(field)
    if field.editor in ("choice", "category", "reference"):
        return ChoiceEditor(field)
    if field.editor == "flags":
        return FlagsEditor(field)
    return LineEditor(field)
