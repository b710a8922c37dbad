"""How large the words of a wall must be, by its monitor and the eye's distance. Pure."""

import math

from console.theme import MIN

DISTANCES_M = (3.0, 5.0, 8.0, 12.0)
DISTANCE_M = 8.0
ARC_MINUTES = 16.0  # what the height of a digit must span
CAP_HEIGHT = 0.733  # of the letter's size
PANEL = (1920, 1080)  # one panel of the design's wall ...
PANEL_MM_PER_PX = 0.6342  # ... of 55 inches
LEAST_DIAGONAL_MM = 900.0  # below this no wall is read from metres away
MOST_SHARE = 0.1  # of a panel's height: larger words would leave no picture


def least_px(mm_per_px: float, distance_m: float = DISTANCE_M) -> int:
    """Return the size in pixels under which no word of a wall may be."""
    height_mm = 2 * distance_m * 1000 * math.tan(math.radians(ARC_MINUTES / 60) / 2)
    return math.floor(height_mm / CAP_HEIGHT / mm_per_px)


def wall_scale(
    width: int,
    height: int,
    width_mm: float,
    height_mm: float,
    *,
    distance_m: float = DISTANCE_M,
) -> float:
    """Return the scale of a wall's theme: its least size is what the eye needs.

    A monitor that says nothing believable of its size, or that is as small as a
    desk's, is taken for a panel of 55 inches, or for several side by side.

    Args:
        width: Pixels.
        height: Pixels.
        width_mm: Millimetres, as the monitor says.
        height_mm: Likewise.
        distance_m: From where it is read.
    """
    panel_px = (
        height / max(1, round(height / PANEL[1])) if width > 2 * height else height
    )
    diagonal = math.hypot(width_mm, height_mm)
    if diagonal >= LEAST_DIAGONAL_MM and width_mm > 0:
        mm_per_px = width_mm / width
    else:
        mm_per_px = PANEL_MM_PER_PX * PANEL[1] / panel_px
    most = max(float(MIN), panel_px * MOST_SHARE)
    return min(float(least_px(mm_per_px, distance_m)), most) / MIN
