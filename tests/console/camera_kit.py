"""A desk over small cameras that are really there, with log-ins of the service."""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from desk_kit import Clock, DeskKit

from dispatch.bus import Bus
from dispatch.commands import RegisterCamera
from dispatch.people import SYSTEM
from dispatch.secrets import SecretStore
from resources.home import Home
from video.budget import Budget
from video.economy import Economy
from video.workers import VideoEngine

sys.path.insert(0, str(Path(__file__).parents[1] / "video"))
from viewing import PASSWORD, USER, WORKER, Cameras, until

SECONDS = 1000


def served(ids: Sequence[str]) -> Any:
    """Return a fixture of a module: a server of small cameras of these numbers."""

    @pytest.fixture(scope="module")
    def cameras(camera_cache: Path) -> Iterator[Cameras]:
        server = Cameras(camera_cache, list(ids), [])
        yield server
        server.stop()

    return cameras


@pytest.fixture(scope="module")
def engine() -> Iterator[VideoEngine]:
    """An engine for the desks of a module, one after the other; its worker runs."""
    made = VideoEngine(worker_command=WORKER, worker_count=1)
    until(lambda: made._posts[0].process is not None)
    yield made
    made.close()


class Lent:
    """An engine that one desk has for a test; afterwards it asks a closed one.

    A desk that was closed may still have a timer, and what it says must not reach the
    desk after it.
    """

    def __init__(self, engine: VideoEngine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def give_back(self, ids: Collection[str]) -> None:
        """Leave it as it was found."""
        engine, self._engine = self._engine, _closed()
        engine.hearing.listen("")
        engine.replay(None, ())
        engine.want({})
        for camera_id in ids:
            engine.forget_login(camera_id)
        engine._economy = Economy()  # what gave way at one desk does not at the next
        for post in engine._posts:
            post.budget = Budget()


@cache
def _closed() -> VideoEngine:
    made = VideoEngine(worker_command=WORKER, worker_count=1)
    made.close()
    return made


def desk_over(
    qtbot: Any,
    tmp_path: Path,
    engine: VideoEngine,
    cameras: Cameras,
    ids: Collection[str],
) -> Iterator[DeskKit]:
    """Yield a desk whose cameras of these numbers come from a server; close it after."""
    lent = Lent(engine)
    made = DeskKit(tmp_path, engine=lent, clock=Clock(running=True))
    secrets = SecretStore(Home(tmp_path / "home"))
    made.bus = made.client.bus = Bus(made.store, clock=made.clock, secrets=secrets)
    made.start(qtbot)
    for camera_id in ids:
        url = cameras.spec(camera_id).sub_url
        camera = replace(made.board.cameras[camera_id], main_url=url, sub_url=url)
        made.client.do(
            RegisterCamera(
                actor=SYSTEM, camera=camera, username=USER, password=PASSWORD
            )
        )
    qtbot.waitUntil(
        lambda: all(
            str(cameras.port) in made.board.cameras[each].sub_url for each in ids
        ),
        timeout=5 * SECONDS,
    )
    yield made
    lent.give_back(ids)
    made.close()
    until(lambda: not any(cameras.pulled(each)[1] for each in cameras.ids))
