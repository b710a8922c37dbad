"""When something on a tile was: a picture that is not of now, in ever shorter words."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console import words
from console.panels.tile_look import Look
from video.contract import Picture, Step
from video.tile_memory import Withdrawn

if TYPE_CHECKING:
    from console.desk import Desk


def dated_words(
    desk: "Desk", camera_id: str, look: Look, picture: Picture | None
) -> tuple[str, ...]:
    """Return from when a tile's picture is, where it is of before or no more than stills."""
    if picture is None:
        return ()
    if look is Look.AGAIN:
        return again_words(desk, picture), *picture_times(desk, picture)
    stills = look is Look.LIVE and is_stills(desk, camera_id)
    return still_words(desk, picture) if stills else ()


def is_stills(desk: "Desk", camera_id: str | None) -> bool:
    """Return whether a camera has given way so far that stills are left of it."""
    if desk.engine is None or camera_id is None:
        return False
    return desk.engine.status(camera_id).taken is Step.STILLS


def picture_times(desk: "Desk", picture: Picture) -> tuple[str, str]:
    """Return from when a picture is: to the second, and as short as there is."""
    now, zone = desk.clock(), desk.zone
    at = now - timedelta(seconds=picture.age_s)
    return (
        words.seconds_time(at, now=now, zone=zone),
        words.clock_time(at, now=now, zone=zone),
    )


def again_words(desk: "Desk", picture: Picture | None) -> str:
    """Return from when a picture is that is looked at again, or is to be."""
    now = desk.clock()
    at = desk.replay.time_of(desk.replay.moment)
    if picture is not None:
        at = now - timedelta(seconds=picture.age_s)
    return QCoreApplication.translate("Picture", "Back at {time}").format(
        time=words.seconds_time(at, now=now, zone=desk.zone)
    )


def still_words(desk: "Desk", still: Picture | None) -> tuple[str, ...]:
    """Return from when a still is, in ever shorter words."""
    if still is None:
        return ()
    times = picture_times(desk, still)
    said = QCoreApplication.translate("Picture", "Still of {time}")
    return said.format(time=times[0]), *times


def withdrawn_words(desk: "Desk", withdrawn: Withdrawn | None) -> str:
    """Return that the camera of a tile was sealed, and when; "" where none was."""
    if withdrawn is None:
        return ""
    said = QCoreApplication.translate("Picture", "{camera} was sealed at {time}")
    return said.format(
        camera=withdrawn.camera_id,
        time=words.clock_time(withdrawn.at, now=desk.clock(), zone=desk.zone),
    )
