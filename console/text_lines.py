"""Lines of text as one theme sets them: measured, shortened and laid out once.

A desk paints the same few hundred lines again every second. Laying one out costs
three times what drawing it takes (0.12 ms against 0.04, measured).
"""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QStaticText,
    QTextLayout,
    QTextOption,
    QTransform,
)

ELLIPSIS = "…"
KEPT = 2048  # lines of each sort: a full desk with its lanes holds some 300


class TextLines:
    """What is known of the lines that were painted last.

    Thread: UI only (fonts and metrics).

    Attributes:
        width: Of a line in pixels, by text, size and weight of the font.
        elided: A line that is too long, by text, pixels of room, size and weight.
        set: A line laid out for painting, by text, size and weight.
        wrapped: A text's lines, by text, pixels of room, size and weight.
    """

    def __init__(
        self,
        font: Callable[[int, int], QFont],
        metrics: Callable[[int, int], QFontMetricsF],
    ) -> None:
        self._font = font
        self._metrics = metrics
        self.width = lru_cache(KEPT)(self._width)
        self.elided = lru_cache(KEPT)(self._elided)
        self.set = lru_cache(KEPT)(self._set)
        self.wrapped = lru_cache(KEPT)(self._wrapped)

    def _width(self, text: str, size: int, weight: int) -> float:
        return self._metrics(size, weight).horizontalAdvance(_one_line(text))

    def _elided(self, text: str, width: float, size: int, weight: int) -> str:
        metrics = self._metrics(size, weight)
        text = _one_line(text)
        room = width - metrics.horizontalAdvance(ELLIPSIS)
        end = len(text)
        while end > 0 and metrics.horizontalAdvance(text[:end]) > room:
            end -= 1
        while 0 < end < len(text) and joins(text[end - 1], text[end]):
            end -= 1
        return text[:end].rstrip() + ELLIPSIS

    def _set(self, text: str, size: int, weight: int) -> QStaticText:
        line = QStaticText(_one_line(text))
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.prepare(QTransform(), self._font(size, weight))
        return line

    def _wrapped(
        self, text: str, width: float, size: int, weight: int
    ) -> tuple[str, ...]:
        layout = QTextLayout(text, self._font(size, weight))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            end = line.textStart() + line.textLength()
            lines.append(text[line.textStart() : end].rstrip())
        layout.endLayout()
        return tuple(lines)


def _one_line(text: str) -> str:
    """Return a text without line ends; a word does not run into the next line's."""
    return text.replace("\n", " ")


def joins(left: str, right: str) -> bool:
    """Say whether a cut between two characters would make another number."""
    return left.isdigit() and right.isdigit()
