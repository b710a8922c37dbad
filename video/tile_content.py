"""What a tile of a wall may show, as a short text that can be kept. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CAMERA: Final = "camera"  # its number
MAP: Final = "map"  # "town"
LANE: Final = "lane"  # "now" or "due"
BOARD: Final = "board"  # "shift": the room's figures
CASE: Final = "case"  # "open", or a case's number
NOTICE: Final = "notice"  # the text itself
TOUR: Final = "tour"  # its key
KINDS: Final = (CAMERA, MAP, LANE, BOARD, CASE, NOTICE, TOUR)
NOTICE_MOST: Final = 200  # characters; more is not read on a wall


class ContentError(ValueError):
    """A text that names no content."""


@dataclass(frozen=True, slots=True)
class TileRef:
    """What a tile shows.

    Attributes:
        kind: One of `KINDS`.
        value: Which one of its kind.
    """

    kind: str
    value: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not self.value:
            raise ContentError(f"{self.kind}:{self.value}")

    def __str__(self) -> str:
        """Return the text that `parse` reads."""
        return f"{self.kind}:{self.value}"

    @property
    def camera_id(self) -> str | None:
        """Return the camera's number, or None where it is no camera."""
        return self.value if self.kind == CAMERA else None


OPEN_CASE: Final = TileRef(CASE, "open")
TOWN_MAP: Final = TileRef(MAP, "town")
LANE_NOW: Final = TileRef(LANE, "now")
LANE_DUE: Final = TileRef(LANE, "due")
SHIFT_BOARD: Final = TileRef(BOARD, "shift")


def camera(camera_id: str) -> TileRef:
    """Return the content that is a camera's picture."""
    return TileRef(CAMERA, camera_id)


def cameras(camera_ids: Sequence[str | None]) -> list[TileRef | None]:
    """Return a camera for each tile, None for an empty one."""
    return [None if each is None else camera(each) for each in camera_ids]


def cameras_of(contents: Iterable[TileRef | None]) -> list[str]:
    """Return the numbers of the cameras among some contents."""
    found = [None if each is None else each.camera_id for each in contents]
    return [each for each in found if each is not None]


def notice(text: str) -> TileRef:
    """Return a notice of a text, on one line and not longer than can be read.

    Raises:
        ContentError: There is no text.
    """
    return TileRef(NOTICE, " ".join(text.split())[:NOTICE_MOST])


def parse(text: str) -> TileRef:
    """Return the content that a text names.

    Raises:
        ContentError: It names none.
    """
    kind, _, value = text.partition(":")
    return TileRef(kind, value)


def known(text: str) -> TileRef | None:
    """Return the content that a kept text names; None where it names none today."""
    try:
        return parse(text)
    except ContentError:
        return None
