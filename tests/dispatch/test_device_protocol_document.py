"""The document for device makers says what the program does."""

import re
from pathlib import Path

import msgspec
import pytest

from dispatch import wire
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.intake import REPEAT_S

PAGE = Path(__file__).resolve().parents[2] / "docs" / "device-protocol.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
UP = [
    e for e in EXAMPLES if '"device": ' in e and '"seq": ' in e and "welcome" not in e
]
DOWN = [e for e in EXAMPLES if e not in UP]


@pytest.mark.parametrize("example", UP)
def test_what_a_device_says_is_understood(example: str) -> None:
    message, encoding = wire.parse([example.encode()])
    assert encoding is wire.Encoding.JSON
    packed = wire.write(message, wire.Encoding.MSGPACK)
    assert wire.parse([packed]) == (message, wire.Encoding.MSGPACK)


@pytest.mark.parametrize("example", DOWN)
def test_what_the_service_says_is_what_it_writes(example: str) -> None:
    body = wire.parse_down(example.encode())
    written = msgspec.json.decode(wire.write_down(body, wire.Encoding.JSON))
    assert written == msgspec.json.decode(example)


def test_every_message_has_an_example_and_every_field_a_line() -> None:
    seen_up = {type(wire.parse([e.encode()])[0].body) for e in UP}
    seen_down = {type(wire.parse_down(e.encode())) for e in DOWN}
    assert seen_up == set(wire.AnyBody.__args__)
    assert seen_down == set(wire.Downward.__args__)
    for kind in seen_up | seen_down | {wire.Where, wire.Photo, wire.DeviceMessage}:
        for name in kind.__struct_fields__:
            assert re.search(rf"`(\w+\.)?{name}`", TEXT), (kind, name)


def test_the_numbers_in_the_text_are_the_program_s() -> None:
    assert f"{wire.MAX_MESSAGE_BYTES:,} bytes" in TEXT
    assert f"{wire.MAX_PHOTO_BYTES:,}" in TEXT
    assert f"every {REPEAT_S:.0f} s" in TEXT
    assert f'"window": {wire.WINDOW}' in TEXT
    for kind in DEVICE_KINDS:
        assert f"`{kind.NAME}`" in TEXT
