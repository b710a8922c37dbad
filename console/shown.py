"""What a wall shows of the cameras, and what all walls of a desk show together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Size = tuple[int, int]  # pixels of the screen, wide and high


@dataclass(frozen=True, slots=True)
class Shown:
    """What one wall shows.

    Attributes:
        live: Size of the largest picture of each camera in it.
        spare: Cameras that come back when its case is put away.
        case_id: The case its pictures are looked at for, or None.
    """

    live: Mapping[str, Size] = field(default_factory=dict)
    spare: Sequence[str] = ()
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """What all walls show: each camera once, however many tiles show it.

    Attributes:
        live: Size that serves the largest tile of each camera.
        spare: Cameras that come back in any of them.
        case_ids: For which case each camera is looked at, or None.
    """

    live: Mapping[str, Size]
    spare: Sequence[str]
    case_ids: Mapping[str, int | None]


def together(walls: Iterable[Shown]) -> Together:
    """Return what all walls want as one; the first wall comes first in everything.

    A camera that one wall shows for a case and another one anyway is looked at once:
    for the case.
    """
    live: dict[str, Size] = {}
    spare: dict[str, None] = {}
    case_ids: dict[str, int | None] = {}
    for wall in walls:
        for camera_id, (width, height) in wall.live.items():
            wide, high = live.get(camera_id, (0, 0))
            live[camera_id] = max(wide, width), max(high, height)
            if case_ids.get(camera_id) is None:
                case_ids[camera_id] = wall.case_id
        spare.update(dict.fromkeys(wall.spare))
    return Together(live, tuple(each for each in spare if each not in live), case_ids)
