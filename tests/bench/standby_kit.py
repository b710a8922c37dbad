"""How many cameras a bench's desk keeps ready, and whether they are."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from console import stream_wants
from tests.bench.desk_window import let_run_until
from tests.bench.wall_window import WallWindow
from video.contract import StreamState
from video.standby_choice import Budget


@contextmanager
def ready_at_rest(count: int) -> Iterator[None]:
    """Have the desk keep the first so many cameras ready while nothing happens.

    It looks at this whenever it declares what it wants.
    """
    before = stream_wants.BUDGET
    stream_wants.BUDGET = Budget(
        mbit_s=math.inf, mb=before.mb, cameras=count, at_rest=count
    )
    try:
        yield
    finally:
        stream_wants.BUDGET = before


def is_ready(wall: WallWindow, camera_id: str) -> bool:
    """Return whether a call-up would show a picture at once."""
    status = wall.engine.status(camera_id)
    settled = status.state in (StreamState.STANDBY, StreamState.LIVE)
    return settled and status.ready


def wait_until_ready(
    wall: WallWindow, camera_ids: Sequence[str], *, limit_s: float
) -> None:
    """Wait until all of these cameras stand by."""
    let_run_until(
        lambda: all(is_ready(wall, each) for each in camera_ids),
        f"{len(camera_ids)} cameras on standby",
        limit_s=limit_s,
    )
