"""The JSON Schema of the device protocol, for device makers.

It stands in `resources/schemas`; `python -m dispatch.wire_schema` writes it anew and
a test compares the two.
"""

import inspect
import json
from pathlib import Path
from typing import Any

import msgspec

from dispatch import wire

SCHEMA_FILE = "device-protocol-v1.json"


def schema_text() -> str:
    """Return the schema of both directions as it stands in the resources."""
    (up, down), parts = msgspec.json.schema_components(
        [wire.DeviceMessage, wire.ServiceMessage], ref_template="#/$defs/{name}"
    )
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:lookout:device-protocol:{wire.VERSION}",
        "title": "Lookout device protocol",
        "description": "Bytes are base64 in JSON and bin in MessagePack.",
        "oneOf": [up, down],
        "$defs": _even(parts),
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _even(part: Any) -> Any:
    """Return a part with its docstrings dedented, as Python 3.13 compiles them."""
    if isinstance(part, dict):
        return {
            key: inspect.cleandoc(value)
            if key == "description" and isinstance(value, str)
            else _even(value)
            for key, value in part.items()
        }
    return [_even(item) for item in part] if isinstance(part, list) else part


def schema_path() -> Path:
    """Return where the committed schema stands."""
    root = Path(__file__).resolve().parent.parent
    return root / "resources" / "schemas" / SCHEMA_FILE


if __name__ == "__main__":
    schema_path().write_text(schema_text(), encoding="utf-8", newline="\n")
