"""What a picture tile is told to show, and how it is cut into picture and caption."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from console.theme import Theme
from video.contract import Picture

CAPTION = 32
CAPTION_LEAST = 24  # of a tile that is itself hardly higher
CAPTION_SHARE = 4  # a tile that is not so many captions high has the smaller one
LOOK_EVERY_TICKS = 5  # how often a tile is looked at for having frozen
LOOKED_OVER_IN_TICKS = 8  # once a second all are looked over for having other words
QUIET = 0.75  # how much of the plate's ink second text has


class Look(Enum):
    """How believable a tile is."""

    EMPTY = "empty"  # no camera in it
    WAITING = "waiting"  # connecting
    LIVE = "live"
    FROZEN = "frozen"  # a picture that no longer moves
    OFF = "off"  # no signal
    AGAIN = "again"  # of before, with its time: never to be taken for live
    SEALED = "sealed"  # 密件: not for who sits here
    STILL = "still"  # its last picture, with its time, until a live one comes


DOUBTED = (Look.FROZEN, Look.OFF, Look.AGAIN, Look.STILL)  # what it says stands out


@dataclass(frozen=True, slots=True)
class TourLook:
    """What a tile says of the tour that runs in it, at a desk as on a wall.

    Attributes:
        after: What comes next, in words, in ever shorter ones.
        share: How much of its time the camera has had, 0 to 1.
        held: Somebody holds it at this camera.
    """

    after: tuple[str, ...] = ()
    share: float = 0.0
    held: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TileContent:
    """What a tile is to show.

    Attributes:
        number: From 1, as on the map.
        camera_id: The camera's number, "" for an empty tile.
        name: Its name.
        where: Distance and direction from the case, "" without one.
        look: How believable it is.
        status: The status in words, for the caption.
        brief: The same in a word where less than everything is shown, or "".
        reason: Why there is no picture, in words.
        remedy: What to do about it, in words, or "".
        age: Age of a frozen picture in words, or "".
        picture: The newest frame, or None.
        focused: The keyboard acts on it.
        typed: A camera number being typed, or "".
        typed_name: The name that goes with it, or "".
        tour: What is said of the tour it runs, or None.
        dated: From when its picture is where that is not of now, in words, in ever
            shorter ones.
        wrong: Who says that it does not show what it should, in words, or "".
    """

    number: int
    camera_id: str = ""
    name: str = ""
    where: str = ""
    look: Look = Look.EMPTY
    status: str = ""
    brief: str = ""
    reason: str = ""
    remedy: str = ""
    age: str = ""
    picture: Picture | None = None
    focused: bool = False
    typed: str = ""
    typed_name: str = ""
    tour: TourLook | None = None
    dated: tuple[str, ...] = ()
    wrong: str = ""


def picture_rect(rect: QRectF, theme: Theme) -> QRectF:
    """Return the part of a tile that shows the picture."""
    return rect.adjusted(0, 0, 0, -caption_height(rect, theme))


def caption_height(rect: QRectF, theme: Theme) -> float:
    """Return how high the caption of a tile is."""
    small = rect.height() < CAPTION_SHARE * theme.px(CAPTION)
    return theme.px(CAPTION_LEAST if small else CAPTION)


def plate_quiet(theme: Theme) -> QColor:
    """Return the colour of second text on a plate, the same in every theme."""
    ink, plate = theme.plate_text, theme.plate

    def mixed(one: int, other: int) -> int:
        return round(one * QUIET + other * (1 - QUIET))

    return QColor(
        mixed(ink.red(), plate.red()),
        mixed(ink.green(), plate.green()),
        mixed(ink.blue(), plate.blue()),
    )
