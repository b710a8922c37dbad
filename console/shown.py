"""What a wall shows of the cameras, and what all walls of a desk show together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from video.contract import Importance

Size = tuple[int, int]  # pixels of the screen, wide and high


@dataclass(frozen=True, slots=True)
class Shown:
    """What one wall shows.

    Attributes:
        live: Size of the largest picture of each camera in it.
        spare: Cameras that come back when its case is put away.
        case_id: The case its pictures are looked at for, or None.
        importance: When each gives way to others; else as its case or as pinned.
    """

    live: Mapping[str, Size] = field(default_factory=dict)
    spare: Sequence[str] = ()
    case_id: int | None = None
    importance: Mapping[str, Importance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Together:
    """What all walls show: each camera once, however many tiles show it.

    Attributes:
        live: Size that serves the largest tile of each camera.
        spare: Cameras that come back in any of them.
        case_ids: For which case each camera is looked at, or None.
        importance: The highest that each camera has in any of them.
    """

    live: Mapping[str, Size]
    spare: Sequence[str]
    case_ids: Mapping[str, int | None]
    importance: Mapping[str, Importance]


def together(walls: Iterable[Shown]) -> Together:
    """Return what all walls want as one; the first wall comes first in everything.

    A camera that one wall shows for a case and another one anyway is looked at once:
    for the case.
    """
    live: dict[str, Size] = {}
    spare: dict[str, None] = {}
    case_ids: dict[str, int | None] = {}
    importance: dict[str, Importance] = {}
    for wall in walls:
        usual = Importance.PINNED if wall.case_id is None else Importance.CASE
        for camera_id, (width, height) in wall.live.items():
            wide, high = live.get(camera_id, (0, 0))
            live[camera_id] = max(wide, width), max(high, height)
            if case_ids.get(camera_id) is None:
                case_ids[camera_id] = wall.case_id
            matters = wall.importance.get(camera_id, usual)
            importance[camera_id] = max(matters, importance.get(camera_id, matters))
        spare.update(dict.fromkeys(wall.spare))
    more = tuple(each for each in spare if each not in live)
    return Together(live, more, case_ids, importance)
