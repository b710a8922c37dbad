"""How much each picture of a wall matters: who gives way when decoding is short."""

from typing import TYPE_CHECKING

from console.panels.stream_wants import StreamWants
from video.contract import Importance

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


def importance_of(camera_id: str, panel: "PicturesPanel") -> Importance:
    """Return how much the picture of a camera in one of the panel's tiles matters.

    While a case is open its views come first, then what was called beside them. At
    rest everything is pinned; but a large picture is being looked at.
    """
    wall, desk = panel.wall, panel.desk
    if wall.case_id is not None:
        among = any(view.camera_id == camera_id for view in desk.views)
        return Importance.CASE if among else Importance.CALLED
    if wall.enlarged and camera_id == wall.focused_camera:
        return Importance.CALLED
    return Importance.PINNED


def wants_of(panel: "PicturesPanel") -> StreamWants:
    """Return what keeps the engine told of a panel's pictures and their importance."""
    wants = StreamWants(panel.desk)
    wants.importance_of = lambda camera_id: importance_of(camera_id, panel)
    return wants
