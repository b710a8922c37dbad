"""A wrong password is tried once in a while, whoever is begun anew meanwhile."""

from collections.abc import Iterator

import psutil
import pytest
from bad_cameras import PASSWORD, USER, BadCameras
from viewing import Viewer, until

from video.workers import Mode, Want


@pytest.fixture
def busy() -> Iterator[BadCameras]:
    """A camera that asks for the log-in first, and then says that it is busy."""
    made = BadCameras({"1": None})
    yield made
    made.close()


@pytest.fixture
def alone() -> Iterator[Viewer]:
    made = Viewer(workers=1)
    yield made
    made.engine.close()


def test_a_refused_log_in_rests_though_its_stream_begins_anew(
    busy: BadCameras, alone: Viewer, expected_log
):
    expected_log("video.workers", "ended")
    wants = {"1": Want(busy.spec("1"), Mode.LIVE, 320, 180)}
    alone.log_in("1", user=USER, password="not this one")
    alone.engine.want(wants)
    until(lambda: alone.reason("1") == "login")
    refused = busy.refused
    assert refused
    for _ in range(3):  # a tour that comes round, or all of it loaded anew
        alone.engine.want({})
        assert alone.reason("1") == ""
        alone.engine.want(wants)
        until(lambda: alone.reason("1") == "login")
    process = alone.engine._posts[0].process
    assert process is not None
    psutil.Process(process.pid).kill()
    until(lambda: alone.reason("1") == "worker")
    until(lambda: alone.reason("1") == "login")
    assert busy.refused == refused
    alone.log_in("1", user=USER, password=PASSWORD)
    until(lambda: alone.reason("1") == "busy")
    assert busy.refused == refused
