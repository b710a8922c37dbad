"""Lines laid out once: they read, and are as wide, as if they were set anew."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from console.painting import CENTRE, LEFT, RIGHT, draw_text, elide, text_width
from console.theme import Theme

ROOM = QRectF(0, 0, 400, 40)


@pytest.fixture
def theme(qapp) -> Theme:
    return Theme()


def painted(theme: Theme, text: str, align: Qt.AlignmentFlag) -> tuple[QImage, float]:
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    width = draw_text(painter, ROOM, text, theme, align=align)
    painter.end()
    return image, width


def ink(image: QImage) -> tuple[int, int]:
    """Return the first and the last column something stands in."""
    columns = [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) & 0xFFFFFF for y in range(image.height()))
    ]
    return columns[0], columns[-1]


def test_a_line_stands_left_right_and_in_the_middle(theme: Theme) -> None:
    left, width = painted(theme, "桃源新邨12幢", LEFT)
    right, _ = painted(theme, "桃源新邨12幢", RIGHT)
    centre, _ = painted(theme, "桃源新邨12幢", CENTRE)
    assert ink(left)[0] < 4
    assert 400 - width < ink(right)[0] + 4
    assert ink(right)[1] > 392
    assert abs(sum(ink(centre)) / 2 - 200) < 4


def test_a_line_painted_again_is_the_same(theme: Theme) -> None:
    first, _ = painted(theme, "烟感报警", LEFT)
    again, _ = painted(theme, "烟感报警", LEFT)
    assert first == again
    assert first != painted(theme, "水位报警", LEFT)[0]


def test_what_ended_a_line_parts_two_words(theme: Theme) -> None:
    said = "12幢401\n2人被困"
    assert text_width(said, theme) == text_width("12幢401 2人被困", theme)
    assert painted(theme, said, LEFT)[0] == painted(theme, "12幢401 2人被困", LEFT)[0]


def test_a_line_too_long_is_never_cut_inside_a_number(theme: Theme) -> None:
    whole = text_width("桃源新邨12幢301", theme)
    for room in range(20, int(whole)):
        short = elide("桃源新邨12幢301", room, theme)
        assert text_width(short, theme) <= room or short == "…"
        kept = short.rstrip("…")
        assert "桃源新邨12幢301".startswith(kept)
        left = "桃源新邨12幢301"[len(kept) :]
        assert not (kept[-1:].isdigit() and left[0].isdigit()), "half a number"
