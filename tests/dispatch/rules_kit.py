"""A water meter on the real bus, and the rule that comes with the program for it."""

from pathlib import Path

import pytest
from bus_kit import Kit

from dispatch.profiles import load_taxonomy

WATCH = load_taxonomy().watch
RULE = WATCH.low_uses[0]


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    made.enrol("M1", "water_meter")
    yield made
    made.close()


def read(kit: Kit, total: float, **changed: object) -> None:
    kit.bus.handle(kit.reading("M1", values={"volume_m3": total}, **changed))
