"""Why somebody is recommended, in words: 值班 · 对口 · 420米 · 位置 2分前 · 在办 1 件."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from console.painting import text_width
from console.theme import Theme
from dispatch.recommending import (
    ANSWERS,
    GAVE_BACK,
    OFF_SHIFT,
    ON_SHIFT,
    OWN_GRID,
    SKILL,
    UnitSuggestion,
)

_BETWEEN: Final = " · "
# What is no word here is seen in the row: the role, the age of the position.
_SAYS: Final = {
    GAVE_BACK: QT_TRANSLATE_NOOP("Reason", "returned it"),
    ANSWERS: QT_TRANSLATE_NOOP("Reason", "answers for it"),
    ON_SHIFT: QT_TRANSLATE_NOOP("Reason", "on shift"),
    OFF_SHIFT: QT_TRANSLATE_NOOP("Reason", "off shift"),
    SKILL: QT_TRANSLATE_NOOP("Reason", "of the trade"),
    OWN_GRID: QT_TRANSLATE_NOOP("Reason", "own grid"),
}


def brief(suggestion: UnitSuggestion) -> list[str]:
    """Return the reasons that no column of the list shows, in their order."""
    return [*_said(suggestion), *_load(suggestion)]


def reasons(suggestion: UnitSuggestion) -> list[str]:
    """Return all reasons, in their order."""
    parts = _said(suggestion)
    if suggestion.distance_m is not None:
        parts.append(words.distance(suggestion.distance_m))
    if suggestion.position_age is None:
        parts.append(_words(QT_TRANSLATE_NOOP("Reason", "no position")))
    else:
        position = _words(QT_TRANSLATE_NOOP("Reason", "position {age}"))
        parts.append(position.format(age=words.ago(suggestion.position_age)))
    return [*parts, *_load(suggestion)]


def fitting(parts: Sequence[str], width: float, theme: Theme) -> str:
    """Return as many of the parts as a width has room for, from the first on."""
    for count in range(len(parts), 0, -1):
        text = _BETWEEN.join(parts[:count])
        if text_width(text, theme) <= width:
            return text
    return ""


def _said(suggestion: UnitSuggestion) -> list[str]:
    return [_words(_SAYS[word]) for word in suggestion.reasons if word in _SAYS]


def _load(suggestion: UnitSuggestion) -> list[str]:
    if not suggestion.load:
        return []
    return [
        _words(QT_TRANSLATE_NOOP("Reason", "{n} in hand")).format(n=suggestion.load)
    ]


def _words(text: object) -> str:
    return QCoreApplication.translate("Reason", str(text))
