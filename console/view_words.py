"""Why a camera stands where it does among the best views, and where that is, in words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from video.views import View

ARROWS = "↑↗→↘↓↙←↖"

# Every word of `video.views.REASONS` has a line here.
REASON_WORDS = {
    "dead": QT_TRANSLATE_NOOP("View", "no picture"),
    "wrong_view": QT_TRANSLATE_NOOP("View", "somebody says: wrong view"),
    "unsure": QT_TRANSLATE_NOOP("View", "nobody knows where it is or looks"),
    "hidden": QT_TRANSLATE_NOOP("View", "a building stands between"),
    "looks_away": QT_TRANSLATE_NOOP("View", "looks elsewhere"),
    "too_far": QT_TRANSLATE_NOOP("View", "too far"),
    "preset": QT_TRANSLATE_NOOP("View", "preset {preset} looks here"),
    "covers": QT_TRANSLATE_NOOP("View", "looks here"),
    "all_round": QT_TRANSLATE_NOOP("View", "sees all round"),
    "off_axis": QT_TRANSLATE_NOOP("View", "at the edge of its picture"),
    "under_pole": QT_TRANSLATE_NOOP("View", "so near that it looks over it"),
    "moving": QT_TRANSLATE_NOOP("View", "on a vehicle"),
    "never_verified": QT_TRANSLATE_NOOP("View", "place never looked at on site"),
    "verified_long_ago": QT_TRANSLATE_NOOP("View", "place last looked at long ago"),
    "ready": QT_TRANSLATE_NOOP("View", "shows at once"),
    "opens_cold": QT_TRANSLATE_NOOP("View", "takes a moment to open"),
}


def reasons(view: View) -> list[str]:
    """Return what speaks for and against a camera, the weightiest first."""
    return [
        QCoreApplication.translate("View", str(REASON_WORDS[each])).format(
            preset=view.preset
        )
        for each in view.reasons
    ]


def why(view: View) -> str:
    """Return the same in one line."""
    return " · ".join(reasons(view))


def where_words(distance_m: float, bearing_deg: float) -> str:
    """Return distance and direction: 12米→."""
    return words.distance(distance_m) + ARROWS[round(bearing_deg / 45.0) % 8]
