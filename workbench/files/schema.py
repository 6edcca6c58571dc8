"""The JSON Schema of the project file, generated from the models.

It says what this version writes. Like the program, it lets pass what it does not know: other fields and record types.
"""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from workbench.files.canonical import dump
from workbench.files.header import FORMAT, MAJOR, MINOR
from workbench.model.records import CLASS_OF, RECORD_CLASSES

_REF: Final = "#/$defs/{model}"


def project_schema() -> dict[str, Any]:
    """The schema as plain values."""
    names, generated = models_json_schema(
        [(cls, "validation") for cls in RECORD_CLASSES], ref_template=_REF, schema_generator=GenerateJsonSchema
    )
    definitions = generated["$defs"]
    for cls in RECORD_CLASSES:
        name = names[cls, "validation"]["$ref"].rpartition("/")[2]
        definitions[name].get("properties", {}).pop("id", None)  # the key it is filed under
    tables = {
        kind: {"type": "object", "additionalProperties": names[cls, "validation"]} for kind, cls in CLASS_OF.items()
    }
    whole_number = {"type": "integer", "minimum": 0}
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": f"Hazard Workbench project, version {MAJOR}.{MINOR}",
        "type": "object",
        "required": ["format", "records", "version"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {
                "type": "object",
                "required": ["major", "minor"],
                "properties": {"major": {"const": MAJOR}, "minor": whole_number},
            },
            "records": {
                "type": "object",
                "properties": tables,
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "object"}},
            },
        },
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as committed under ``resources/``."""
    return dump(project_schema()).decode()
