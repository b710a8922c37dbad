"""Cameras and an engine for the tests of moving pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from viewing import Cameras, Viewer


@pytest.fixture(scope="module")
def cameras(camera_cache: Path) -> Iterator[Cameras]:
    server = Cameras(camera_cache, ["1", "2", "3", "4", "5", "6"], ["1"])
    yield server
    server.stop()


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    made = Viewer()
    yield made
    made.engine.close()
