"""The tokens hold what they promise: contrast, colour distance, sizes."""

import itertools
import math
import sys

import pytest
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QImage,
    QPainter,
    QPainterPath,
    QPolygonF,
    QRawFont,
)

from console.layers.palette import palette
from console.shapes import (
    BadgeLook,
    badge_look,
    paint_severity,
    severity_path,
)
from console.theme import (
    DARK,
    LIGHT,
    MIN,
    REFERENCE_MM_PER_PX,
    ROW,
    Theme,
    Tokens,
    load_fonts,
    scale_of,
)

BOTH = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])

# Machado, Oliveira, Fernandes 2009, severity 1.0; on linear RGB.
MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def contrast(one: str, other: str) -> float:
    light = sorted(
        sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(rgb: list[float]) -> list[float]:
    m = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    white = (0.95047, 1.0, 1.08883)
    xyz = [
        sum(a * b for a, b in zip(row, rgb, strict=True)) / w
        for row, w in zip(m, white, strict=True)
    ]
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz]
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]


def seen(colour: str, eye: str) -> list[float]:
    rgb = linear(colour)
    mixed = [
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))))
        for row in MACHADO[eye]
    ]
    return lab(mixed)


def ratios(tokens: Tokens) -> dict[str, float]:
    return {
        name: round(contrast(getattr(tokens, name), tokens.surface), 1)
        for name in ("text", "text2", "text3", "edge", "line")
    }


def test_ratios_are_those_of_the_design():
    assert ratios(DARK) == {
        "text": 13.0,
        "text2": 7.6,
        "text3": 6.0,
        "edge": 4.4,
        "line": 1.6,
    }
    assert ratios(LIGHT) == {
        "text": 14.0,
        "text2": 7.0,
        "text3": 5.4,
        "edge": 4.2,
        "line": 1.5,
    }


@BOTH
def test_text_reads_on_every_background(tokens: Tokens):
    for background in (tokens.bg, tokens.surface, tokens.raised):
        for text in (tokens.text, tokens.text2, tokens.text3):
            assert contrast(text, background) >= 4.5
        assert contrast(tokens.edge, background) >= 3
        assert contrast(tokens.focus, background) >= 3


@BOTH
def test_ink_reads_on_its_fill(tokens: Tokens):
    for fill in (*tokens.severities, tokens.doubt):
        assert contrast(fill.fill, fill.ink) >= 4.5
    # Doubt is the only one of these colours that is ever text.
    assert contrast(tokens.doubt.fill, tokens.raised) >= 4.5
    assert contrast(tokens.plate_text, tokens.plate) >= 7
    assert contrast(tokens.plate_doubt, tokens.plate) >= 4.5


def test_fills_stand_off_the_panel_or_have_an_outline():
    for fill in DARK.severities:
        assert contrast(fill.fill, DARK.surface) >= 4.5
    assert LIGHT.outlined
    assert not DARK.outlined


@BOTH
@pytest.mark.parametrize("eye", MACHADO)
def test_every_eye_tells_the_colours_apart(tokens: Tokens, eye: str):
    colours = [*(fill.fill for fill in tokens.severities), tokens.doubt.fill]
    distances = [
        math.dist(seen(one, eye), seen(other, eye))
        for one, other in itertools.combinations(colours, 2)
    ]
    assert min(distances) >= 18


@BOTH
def test_neutral_tokens_have_no_hue(tokens: Tokens):
    for name in ("bg", "surface", "raised", "text", "text2", "text3", "edge", "line"):
        red, green, blue, _ = QColor(getattr(tokens, name)).getRgb()
        assert max(red, green, blue) - min(red, green, blue) <= 32, name


def test_scale_comes_from_the_monitor():
    assert scale_of(1920, 1080, 527, 296) == 1.0  # 23.8", the reference
    assert scale_of(1920, 1080, 508, 286) == 1.0  # Xvfb at 96 dots an inch
    assert scale_of(2560, 1440, 597, 336) == 1.15  # 27" QHD
    assert scale_of(3840, 2160, 1016, 571) == 2.0  # says it is 46": lies
    assert scale_of(3840, 2160, 0, 0) == 2.0
    assert 1.7 <= scale_of(3840, 2160, 597, 336) <= 1.8  # 27" 4K
    assert scale_of(1366, 768, 310, 174) == 1.0


def test_rows_are_large_enough_at_80_cm():
    # ISO 9241-303: 16 minutes of arc for figures, 20 for Chinese characters.
    def arc(height_mm: float) -> float:
        return math.degrees(2 * math.atan(height_mm / 2 / 800)) * 60

    assert arc(ROW * 0.733 * REFERENCE_MM_PER_PX) >= 16
    assert arc(ROW * 0.92 * REFERENCE_MM_PER_PX) >= 20
    assert arc(MIN * 0.92 * REFERENCE_MM_PER_PX) >= 20


def test_fonts_load_and_show_chinese(qapp):
    assert load_fonts()
    theme = Theme()
    assert QFontInfo(theme.font()).family() in load_fonts()
    raw = QRawFont.fromFont(theme.font())
    assert all(raw.supportsCharacter(ord(each)) for each in "瞭望派遣0123456789")
    metrics = theme.metrics(ROW)
    widths = {metrics.horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1, "figures must be of one width"


def test_sizes_scale():
    theme = Theme(scale=2)
    assert theme.px(60) == 120
    assert theme.font(20).pixelSize() == 40


@pytest.mark.parametrize("look", BadgeLook)
@pytest.mark.parametrize("severity", [1, 2, 3, 4])
@BOTH
def test_badges_paint_inside_their_rectangle(qapp, tokens, severity, look):
    theme = Theme(tokens)
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(QColor(tokens.surface))
    painter = QPainter(image)
    paint_severity(painter, QRectF(10, 10, 40, 40), severity, theme, look=look)
    painter.end()
    centre = image.pixelColor(18 if severity == 3 else 30, 44)
    assert centre != QColor(tokens.surface)
    for edge in (QPointF(4, 30), QPointF(56, 30), QPointF(30, 4), QPointF(30, 56)):
        assert image.pixelColor(edge.toPoint()) == QColor(tokens.surface)


def test_shapes_differ():
    box = QRectF(0, 0, 40, 40)
    areas = []
    for severity in (1, 2, 3, 4):
        path = severity_path(severity, box)
        assert path.contains(QPointF(20, 24))
        areas.append(
            tuple(
                path.contains(QPointF(x, y))
                for x in range(2, 40, 6)
                for y in range(2, 40, 6)
            )
        )
    assert len(set(areas)) == 4


def test_blinking_follows_the_alarm():
    from datetime import UTC, datetime

    first = datetime(2026, 11, 23, 2, 0, 0, 100_000, UTC)
    second = first.replace(microsecond=600_000)

    def look(**changed):
        said = {"acknowledged": False, "active": True, "reduced_motion": False}
        return lambda now: badge_look(**{**said, **changed}, now=now)

    assert [look()(now) for now in (first, second)] == [
        BadgeLook.FILLED,
        BadgeLook.OUTLINE,
    ]
    still = look(reduced_motion=True)
    assert {still(first), still(second)} == {BadgeLook.DOUBLE}
    restored = look(active=False)
    later = first.replace(second=1)
    assert [restored(now) for now in (first, later)] == [
        BadgeLook.OUTLINE,
        BadgeLook.DIM,
    ]
    assert look(acknowledged=True)(first) is BadgeLook.FILLED
    assert look(acknowledged=True, active=False)(first) is BadgeLook.GREY


def test_painting_keeps_the_count_of_none(qapp):
    """PySide6 6.12.0 on 3.11 gave up a reference to None in each of these calls."""
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(5, 5)
    polygon = QPolygonF([QPointF(0, 0), QPointF(5, 0), QPointF(5, 5)])
    colour = QColor("#123456")
    calls = [
        lambda: painter.drawPolygon(polygon),
        lambda: painter.setPen(colour),
        lambda: painter.setBrush(colour),
        lambda: painter.drawPath(path),
        lambda: painter.drawImage(QPointF(0, 0), image.copy(0, 0, 2, 2)),
        lambda: painter.fillRect(QRect(0, 0, 4, 4), colour),
        lambda: painter.drawLine(QLineF(0, 0, 4, 4)),
        lambda: painter.drawEllipse(QRectF(0, 0, 4, 4)),
        lambda: painter.drawText(QRectF(0, 0, 9, 9), 0, "1"),
        lambda: painter.save(),
        lambda: painter.restore(),
    ]
    lost = []
    for call in calls:
        call()
        before = sys.getrefcount(None)
        for _ in range(1000):
            call()
        lost.append(before - sys.getrefcount(None))
    painter.end()
    assert max(lost) < 100, lost


@BOTH
def test_words_read_on_the_map(qapp, tokens: Tokens):
    land = palette(Theme(tokens)).land.name()
    for colour in (tokens.text, tokens.text2, tokens.text3, tokens.doubt.fill):
        assert contrast(colour, land) >= 4.5
