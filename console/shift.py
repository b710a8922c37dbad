"""What a shift wants to see at rest: what ended, what is silent or shows it wrong.

All of it is read from the board and from the engine of the pictures; nothing is kept.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dispatch.cameras import Camera
from dispatch.cases import Case, CaseState
from dispatch.commands import Moment
from dispatch.course import Promise
from dispatch.devices import Device
from dispatch.joining import OwedCall, owed_calls
from dispatch.promises import open_promises
from dispatch.silence import Silent, never_heard_among, silent_among
from video.contract import GONE_REASONS

if TYPE_CHECKING:
    from console.desk import Desk

ENDED_WITHIN = timedelta(hours=12)  # the longest shift there is
# Whoever has no log-in yet says so in the tile; for a moment nobody has one.
OUT_REASONS = GONE_REASONS - {"login_missing"}


def ended(desk: "Desk") -> list[tuple[datetime, Case]]:
    """Return the cases that ended within a shift's length, the latest first."""
    since = desk.clock() - ENDED_WITHIN
    found = [
        (at, case)
        for case in desk.board.cases.values()
        if not case.state.is_open
        for at in [case.clocks.get(Moment.CLOSED)]
        if at is not None and at >= since
    ]
    return sorted(found, key=lambda each: (each[0], each[1].case_id), reverse=True)


def silent_devices(desk: "Desk") -> list[Silent]:
    """Return the devices that are silent, the longest silent first.

    Counted to when the board was last kept up: a service that is away hears nobody.
    """
    board, now = desk.board, desk.as_of or desk.clock()
    return silent_among(board.devices.values(), board.readings, now)


def never_heard(desk: "Desk") -> list[Device]:
    """Return the devices that were let in and have never given a sign of life."""
    return never_heard_among(desk.board.devices.values(), desk.board.readings)


def wrong_views(desk: "Desk") -> list[Camera]:
    """Return the cameras of which somebody says 画面不符, the longest so first."""
    said = [
        (camera.wrong_since, camera.camera_id, camera)
        for camera in desk.board.cameras.values()
        if camera.wrong_since is not None
    ]
    return [camera for _, _, camera in sorted(said, key=lambda each: each[:2])]


def cameras_out(desk: "Desk") -> list[str]:
    """Return the cameras that were asked for a picture and gave none, by number."""
    engine = desk.engine
    if engine is None:
        return []
    return sorted(
        camera_id
        for camera_id in desk.board.cameras
        if engine.status(camera_id).reason in OUT_REASONS
    )


def to_call_back(desk: "Desk") -> list[tuple[OwedCall, Case]]:
    """Return the calls that ended cases owe, the longest ended first."""
    owing = [
        (call, case)
        for case in desk.board.cases.values()
        if Moment.OWED in case.clocks and case.state is not CaseState.MERGED
        for call in owed_calls(case)
    ]
    return sorted(owing, key=lambda pair: pair[1].clocks[Moment.OWED])


def promised(desk: "Desk") -> list[tuple[Promise, Case]]:
    """Return what was promised and not kept yet, the soonest first."""
    waiting = [
        (promise, case)
        for case in desk.board.cases.values()
        for _, promise in open_promises(case)
    ]
    return sorted(waiting, key=lambda pair: pair[0].due_at)
