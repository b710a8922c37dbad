"""One picture tile: the picture, its caption on a solid plate, and every doubt.

Draws what it is told and asks nobody: the same for a small tile and a large one.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from console.painting import (
    CENTRE,
    LEFT,
    RIGHT,
    draw_text,
    elide,
    text_width,
    wrapped,
)
from console.panels.plates import paint_typed, plate_quiet
from console.shapes import paint_focus
from console.theme import MIN, ROW, TITLE, Theme
from video.contract import Picture

CAPTION = 32
NAME_LEAST = 3  # characters; less of a name says nothing
DIMMED = 150


class Look(Enum):
    """How believable a tile is."""

    EMPTY = "empty"  # no camera in it
    WAITING = "waiting"  # connecting
    LIVE = "live"
    FROZEN = "frozen"  # a picture that no longer moves
    OFF = "off"  # no signal
    AGAIN = "again"  # of before, with its time: never to be taken for live


DOUBTED = (Look.FROZEN, Look.OFF, Look.AGAIN)  # what it says stands out


@dataclass(frozen=True, kw_only=True, slots=True)
class TileContent:
    """What a tile is to show.

    Attributes:
        number: From 1, as on the map.
        camera_id: The camera's number, "" for an empty tile.
        name: Its name.
        where: Distance and direction from the case, "" without one.
        look: How believable it is.
        status: The status in words, for the caption.
        reason: Why there is no picture, in words.
        remedy: What to do about it, in words, or "".
        age: Age of a frozen picture in words, or "".
        picture: The newest frame, or None.
        focused: The keyboard acts on it.
        typed: A camera number being typed, or "".
        typed_name: The name that goes with it, or "".
        wrong: Who says that it does not show what it should, in words, or "".
    """

    number: int
    camera_id: str = ""
    name: str = ""
    where: str = ""
    look: Look = Look.EMPTY
    status: str = ""
    reason: str = ""
    remedy: str = ""
    age: str = ""
    picture: Picture | None = None
    focused: bool = False
    typed: str = ""
    typed_name: str = ""
    wrong: str = ""


def picture_rect(rect: QRectF, theme: Theme) -> QRectF:
    """Return the part of a tile that shows the picture."""
    return rect.adjusted(0, 0, 0, -theme.px(CAPTION))


def paint_tile(
    painter: QPainter, rect: QRectF, content: TileContent, theme: Theme, ratio: float
) -> None:
    """Paint one tile.

    Args:
        painter: At the widget's own pixels.
        rect: The tile with its caption.
        content: What it shows.
        theme: Colours and sizes.
        ratio: Device pixels a pixel.
    """
    frame = picture_rect(rect, theme)
    if content.picture is not None and content.look is not Look.EMPTY:
        area = paint_picture(painter, frame, content.picture, ratio)
        _paint_margins(painter, frame, area, theme)
    else:
        painter.fillRect(frame, theme.bg)
    if content.look in (Look.FROZEN, Look.OFF, Look.WAITING) and content.picture:
        dim = QColor(theme.plate)
        dim.setAlpha(DIMMED)
        painter.fillRect(frame, dim)
    if content.look is Look.FROZEN:
        _paint_badge(painter, frame, content.age, theme)
    elif content.look is Look.AGAIN:
        _paint_before(painter, frame, content, theme)
    elif content.look is not Look.LIVE:
        _paint_words(painter, frame, content, theme)
    if content.look in (Look.FROZEN, Look.OFF) or content.wrong:
        gap = theme.px(8)  # the focus ring keeps its place outside of it
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.plate_doubt if content.picture else theme.doubt
        _paint_dashes(painter, frame.adjusted(gap, gap, -gap, -gap), colour, theme)
        painter.restore()
    _paint_caption(painter, rect, content, theme, ratio)
    if content.wrong:
        _paint_badge(painter, frame, content.wrong, theme, head=True)
    if content.typed:
        paint_typed(painter, frame, content.typed, content.typed_name, theme)
    _paint_lines(painter, rect, theme)
    if content.focused:
        paint_focus(painter, rect, theme)


def paint_next(
    painter: QPainter, rect: QRectF, picture: Picture, theme: Theme, ratio: float
) -> None:
    """Paint the next frame of a live tile whose every word stays as it is."""
    paint_picture(painter, picture_rect(rect, theme), picture, ratio)
    _paint_lines(painter, rect, theme)


def _paint_lines(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    line = theme.px(1)
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), line), theme.line)
    painter.fillRect(QRectF(rect.left(), rect.top(), line, rect.height()), theme.line)


def paint_picture(
    painter: QPainter, frame: QRectF, picture: Picture, ratio: float
) -> QRectF:
    """Paint the newest frame where it belongs, pixel for pixel if it has the size.

    The image lies over the shared memory: nothing is copied but to the screen.
    """
    image = QImage(
        picture.data,
        picture.width,
        picture.height,
        picture.bytes_per_line,
        QImage.Format.Format_RGB32,
    )
    target = picture_area(frame, picture, ratio)
    sharp = target.width() * ratio == picture.width
    if sharp:
        image.setDevicePixelRatio(ratio)
        painter.drawImage(target.topLeft(), image)
        return target
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    return target


def _paint_margins(
    painter: QPainter, frame: QRectF, picture: QRectF, theme: Theme
) -> None:
    """Paint what a picture of another shape leaves of its frame."""
    left, right = picture.left() - frame.left(), frame.right() - picture.right()
    top, bottom = picture.top() - frame.top(), frame.bottom() - picture.bottom()
    for width, x in ((left, frame.left()), (right, picture.right())):
        if width > 0:
            painter.fillRect(QRectF(x, frame.top(), width, frame.height()), theme.bg)
    for height, y in ((top, frame.top()), (bottom, picture.bottom())):
        if height > 0:
            painter.fillRect(QRectF(frame.left(), y, frame.width(), height), theme.bg)


def picture_area(frame: QRectF, picture: Picture, ratio: float) -> QRectF:
    """Return where a picture lies in its frame: whole, in its own shape.

    A picture made for this frame is not scaled again, even if a pixel is missing.
    """
    width, height = picture.width / ratio, picture.height / ratio
    scale = min(frame.width() / width, frame.height() / height)
    if abs(scale - 1) * max(picture.width, picture.height) <= 2.0:
        scale = 1.0
    target = QRectF(0, 0, width * scale, height * scale)
    target.moveTo(
        round((frame.center().x() - target.width() / 2) * ratio) / ratio,
        round((frame.center().y() - target.height() / 2) * ratio) / ratio,
    )
    return target


def _paint_caption(
    painter: QPainter, rect: QRectF, content: TileContent, theme: Theme, ratio: float
) -> None:
    """Paint the caption; its words are set once, and kept until one of them changes."""
    height = theme.px(CAPTION)
    bar = QRectF(rect.left(), rect.bottom() - height, rect.width(), height)
    look = content.look if content.look in DOUBTED else Look.LIVE
    words = TileContent(
        number=content.number,
        camera_id=content.camera_id,
        name=content.name,
        where=content.where,
        look=look,
        status=content.status,
    )
    inks = (theme.plate.rgba(), theme.plate_text.rgba(), theme.plate_doubt.rgba())
    image = _caption(words, bar.width(), height, ratio, theme, inks)
    painter.drawImage(bar.topLeft(), image)


@lru_cache(maxsize=64)
def _caption(
    content: TileContent,
    width: float,
    height: float,
    ratio: float,
    theme: Theme,
    _inks: tuple[int, ...],
) -> QImage:
    """Return a caption; `_inks` are only there to tell one theme from another."""
    size = QSize(round(width * ratio), round(height * ratio))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    try:
        _set_caption(painter, QRectF(0, 0, width, height), content, theme)
    finally:
        painter.end()
    return image.copy()  # what is painted keeps its paint engine: 70 KB each


def _set_caption(
    painter: QPainter, bar: QRectF, content: TileContent, theme: Theme
) -> None:
    painter.fillRect(bar, theme.plate)
    pad = theme.px(8)
    side = theme.px(22)
    box = QRectF(bar.left() + pad, bar.center().y() - side / 2, side, side)
    ink = theme.plate_text if content.camera_id else plate_quiet(theme)
    painter.setPen(QPen(ink, theme.px(1)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    draw_text(
        painter,
        box,
        str(content.number),
        theme,
        colour=ink,
        size=MIN,
        weight=600,
        align=CENTRE,
    )
    room = bar.adjusted(pad * 2 + side, 0, -pad, 0)
    doubtful = content.look in DOUBTED
    if content.status:
        taken = draw_text(
            painter,
            room,
            content.status,
            theme,
            colour=theme.plate_doubt if doubtful else plate_quiet(theme),
            size=MIN,
            weight=600 if doubtful else 400,
            align=RIGHT,
        )
        room.setRight(room.right() - taken - pad)
    if not content.camera_id:
        return
    where = text_width(content.where, theme, size=MIN) + pad if content.where else 0.0
    number = text_width(content.camera_id, theme, weight=600)
    if number + where > room.width():
        where = 0.0  # in a small tile the number alone
    title = content.camera_id
    least = text_width(f"{title} {content.name[:NAME_LEAST]}…", theme, weight=600)
    whole = text_width(f"{title} {content.name}", theme, weight=600)
    if min(least, whole) <= room.width() - where:
        title = f"{title} {content.name}"
    title = elide(title, room.width() - where, theme, size=ROW, weight=600)
    taken = draw_text(
        painter,
        room,
        title,
        theme,
        colour=theme.plate_text,
        size=ROW,
        weight=600,
        align=LEFT,
    )
    if where:
        draw_text(
            painter,
            room.adjusted(taken + pad, 0, 0, 0),
            content.where,
            theme,
            colour=plate_quiet(theme),
            size=MIN,
            align=LEFT,
        )


def _paint_dashes(
    painter: QPainter, rect: QRectF, colour: QColor, theme: Theme
) -> None:
    pen = QPen(colour, max(2.0, 2.0 * theme.scale))
    pen.setDashPattern([2.5, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half, radius = pen.widthF() / 2, 3.0 * theme.scale
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def _paint_badge(
    painter: QPainter, frame: QRectF, text: str, theme: Theme, *, head: bool = False
) -> None:
    """Paint a doubt where nobody overlooks it: across the picture, or at its head."""
    size = MIN if head else TITLE
    metrics = theme.metrics(size, 600)
    height = metrics.height() + theme.px(8)
    room = frame.width() - theme.px(56)  # with its margins clear of the dashes
    text = elide(text, room, theme, size=size, weight=600)
    width = metrics.horizontalAdvance(text) + theme.px(28)
    box = QRectF(0, 0, width, height)
    box.moveCenter(frame.center())
    if head:
        box.moveTop(frame.top() + theme.px(16))
    painter.fillRect(box, theme.doubt)
    draw_text(
        painter,
        box,
        text,
        theme,
        colour=theme.doubt_ink,
        size=size,
        weight=600,
        align=CENTRE,
    )


def _paint_before(
    painter: QPainter, frame: QRectF, content: TileContent, theme: Theme
) -> None:
    """Mark what was before: a frame all round, and its time where one looks first."""
    wide = theme.px(5)
    for edge in (
        QRectF(frame.left(), frame.top(), frame.width(), wide),
        QRectF(frame.left(), frame.bottom() - wide, frame.width(), wide),
        QRectF(frame.left(), frame.top(), wide, frame.height()),
        QRectF(frame.right() - wide, frame.top(), wide, frame.height()),
    ):
        painter.fillRect(edge, theme.doubt)
    if content.picture is None:
        _paint_words(painter, frame, content, theme)
    elif not content.wrong:
        _paint_badge(painter, frame, content.status, theme, head=True)


def _paint_words(
    painter: QPainter, frame: QRectF, content: TileContent, theme: Theme
) -> None:
    lines = [content.reason] if content.look is Look.EMPTY else [content.status]
    if content.look not in (Look.EMPTY, Look.LIVE) and content.reason:
        lines.append(content.reason)
    if content.look is Look.OFF and content.age:
        lines.append(
            QCoreApplication.translate("Picture", "Last picture {span} ago").format(
                span=content.age
            )
        )
    advice = content.remedy if content.look is Look.OFF else ""
    # Over a dimmed picture the ground is dark in every theme.
    ink, quiet = theme.text2, theme.text3
    if content.picture is not None and content.look is not Look.EMPTY:
        ink, quiet = theme.plate_text, plate_quiet(theme)
    room = frame.width() - theme.px(44)  # clear of the dashes
    lines = lines[:1] + [
        part for line in lines[1:] for part in wrapped(line, room, theme, size=MIN)
    ]
    if content.look is Look.EMPTY:
        lines = wrapped(lines[0], room, theme, size=MIN)
    step = theme.metrics(ROW, 400).height() * 1.2
    more = wrapped(advice, room, theme, size=MIN) if advice else []
    if step * (len(lines) + len(more)) <= frame.height() - theme.px(24):
        lines += more  # a small tile says why; what to do stands where there is room
    top = frame.center().y() - step * len(lines) / 2
    for index, line in enumerate(lines):
        main = index == 0 and content.look is not Look.EMPTY
        draw_text(
            painter,
            QRectF(
                frame.left() + theme.px(12),
                top + index * step,
                frame.width() - theme.px(24),
                step,
            ),
            line,
            theme,
            colour=ink if main else quiet,
            size=ROW if main else MIN,
            weight=600 if main else 400,
            align=CENTRE,
        )
