"""What a tile says of a picture: how it stands, why there is none, what to do."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from console import words
from console.own_name import as_called
from console.panels.tile_look import Look
from video.contract import Picture, Step

PREPARING = "preparing"  # it will have a picture: a demonstration camera being drawn
LATE = "late"  # it moves, and what it shows is of before
_SAME_REMEDY = {"unknown_host": "not_found"}


def brief(taken: Step) -> str:
    """Return in a word what is shown of a picture, for where no sentence fits."""
    if taken is Step.STILLS:
        return QCoreApplication.translate("Picture", "Still")
    return QCoreApplication.translate("Picture", "reduced")


def status_words(
    look: Look,
    picture: Picture | None,
    delay_s: float,
    *,
    reason: str = "",
    given_way: str = "",
) -> str:
    """Return what a tile says of its picture; every tile says one of these.

    Args:
        look: How believable it is.
        picture: The newest one, or None.
        delay_s: The oldest that its pictures were of late.
        reason: One of `video.contract.REASONS`, or `PREPARING`.
        given_way: What it says where less than everything is shown of it, or "".
    """
    if look is Look.WAITING and reason == PREPARING:
        return QCoreApplication.translate("Picture", "Getting ready")
    if look is Look.LIVE and picture is not None and given_way:
        return given_way
    if look is Look.LIVE and picture is not None:
        live = QCoreApplication.translate("Picture", "Live {n} s")
        if reason == "damaged":
            live = QCoreApplication.translate("Picture", "Live {n} s, damaged")
        return live.format(n=f"{max(delay_s, 0.1):.1f}")
    if look is Look.FROZEN and picture is not None and reason == LATE:
        return QCoreApplication.translate("Picture", "Late by {span}").format(
            span=age_words(picture)
        )
    if look is Look.FROZEN and picture is not None:
        return QCoreApplication.translate("Picture", "Frozen for {span}").format(
            span=age_words(picture)
        )
    if look is Look.OFF:
        return QCoreApplication.translate("Picture", "No signal")
    if look is Look.SEALED:
        return QCoreApplication.translate("Picture", "Sealed")
    if look is Look.WAITING:
        return QCoreApplication.translate("Picture", "Connecting")
    return ""


def age_words(picture: Picture) -> str:
    """Return how old a frozen picture is."""
    return words.span(timedelta(seconds=picture.age_s))


def reason_words(reason: str) -> str:
    """Return why there is no picture, so that someone can act on it."""
    return {
        "refused": QCoreApplication.translate(
            "Picture", "No connection at its address"
        ),
        "unknown_host": QCoreApplication.translate(
            "Picture", "Nobody knows a machine of that name"
        ),
        "login": QCoreApplication.translate(
            "Picture", "User name or password not accepted"
        ),
        "timeout": QCoreApplication.translate("Picture", "No answer in time"),
        "not_found": QCoreApplication.translate(
            "Picture", "The camera has no picture at this address"
        ),
        "busy": QCoreApplication.translate(
            "Picture", "The camera is busy or reports an error of its own"
        ),
        "no_picture": QCoreApplication.translate(
            "Picture", "It answers, but sends no picture"
        ),
        "no_key_frame": QCoreApplication.translate(
            "Picture", "It sends, but no whole picture to begin with"
        ),
        "damaged": QCoreApplication.translate(
            "Picture", "What it sends arrives damaged"
        ),
        LATE: QCoreApplication.translate(
            "Picture", "The line is too slow: its pictures wait on the way"
        ),
        "too_large": QCoreApplication.translate(
            "Picture", "Its picture is too large to be decoded here"
        ),
        "worker": QCoreApplication.translate(
            "Picture", "The decoder is being started again"
        ),
        PREPARING: QCoreApplication.translate("Picture", "The camera is getting ready"),
        "login_missing": QCoreApplication.translate(
            "Picture", "Waiting for the log-in from the service"
        ),
    }.get(reason, reason)


def remedy_words(reason: str, camera_id: str) -> str:
    """Return what to do where there is no picture, "" where nobody need do anything."""
    said = {
        "refused": QCoreApplication.translate(
            "Picture",
            "Have its power and network looked at; a wrong port the technician corrects.",
        ),
        "login": QCoreApplication.translate(
            "Picture",
            "The technician gives its log-in again: lookout camera login {camera}",
        ),
        "timeout": QCoreApplication.translate(
            "Picture", "It is tried again by itself. If it stays: its network."
        ),
        "not_found": QCoreApplication.translate(
            "Picture", "The technician corrects the address of camera {camera}."
        ),
        "busy": QCoreApplication.translate(
            "Picture",
            "It is tried again by itself. If it stays: restart it, or let fewer watch it.",
        ),
        "no_picture": QCoreApplication.translate(
            "Picture", "The technician looks at its stream settings."
        ),
        "no_key_frame": QCoreApplication.translate(
            "Picture", "The technician sets its key frames to one every 2 seconds."
        ),
        "damaged": QCoreApplication.translate(
            "Picture", "Have its network looked at; TCP loses nothing."
        ),
        LATE: QCoreApplication.translate(
            "Picture", "Have its network looked at, or a smaller stream set."
        ),
        "too_large": QCoreApplication.translate(
            "Picture", "The technician sets a smaller picture, or gives a sub-stream."
        ),
    }.get(_SAME_REMEDY.get(reason, reason), "")
    return as_called(said, said.format(camera=camera_id))
