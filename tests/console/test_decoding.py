"""Whether devices may decode is kept, and the engine hears it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from console.decoding import Decoding
from tests.limits_kit import PATIENCE_S
from video.workers import VideoEngine

FOUND = (
    'print(\'{"kind": "cuda", "codec": "h264", "right": true,'
    ' "small": 0.5, "large": 0.2}\')'
)
PROBE = [sys.executable, "-c", FOUND]


@pytest.fixture
def engine() -> Iterator[VideoEngine]:
    idle = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    made = VideoEngine(worker_command=idle, worker_count=1)
    yield made
    made.close()


def settings_in(folder: Path) -> QSettings:
    return QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)


def test_it_is_automatic_until_somebody_says_otherwise(tmp_path: Path):
    decoding = Decoding(None, settings_in(tmp_path))
    assert decoding.automatic
    decoding.set_automatic(False)
    assert not decoding.automatic
    decoding.look(PROBE)  # a desk without pictures looks at nothing


def test_off_is_kept_and_tries_nothing_until_it_is_on(
    qtbot, tmp_path: Path, engine: VideoEngine
):
    kept = settings_in(tmp_path)
    Decoding(None, kept).set_automatic(False)
    kept.sync()
    decoding = Decoding(engine, settings_in(tmp_path))
    assert not decoding.automatic
    decoding.look(PROBE)
    assert engine.acceleration.uses is None
    assert engine.acceleration.active == ()
    decoding.set_automatic(True)
    qtbot.waitUntil(lambda: bool(engine.acceleration.active), timeout=PATIENCE_S * 1000)
    decoding.set_automatic(False)
    assert engine.acceleration.active == ()
