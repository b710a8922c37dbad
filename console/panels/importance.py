"""How much each picture of a wall matters: who gives way when decoding is short."""

from typing import TYPE_CHECKING

from video.contract import Importance

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


def importances(panel: "PicturesPanel") -> dict[str, Importance]:
    """Return how much the picture of each camera in the panel's tiles matters.

    While a case is open its views come first, then what was called beside them. At
    rest everything is pinned; but a large picture is being looked at.
    """
    wall, desk = panel.wall, panel.desk
    views = {view.camera_id for view in desk.views}
    found: dict[str, Importance] = {}
    for camera_id in filter(None, panel.shown):
        if wall.case_id is not None:
            among = camera_id in views
            found[camera_id] = Importance.CASE if among else Importance.CALLED
        elif wall.enlarged and camera_id == wall.focused_camera:
            found[camera_id] = Importance.CALLED
        else:
            found[camera_id] = Importance.PINNED
    return found
