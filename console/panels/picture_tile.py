"""One picture tile: the picture, its caption on a solid plate, and every doubt.

Draws what it is told and asks nobody: the same for a small tile and a large one.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from console.painting import (
    CENTRE,
    draw_text,
    elide,
    first_fitting,
    text_width,
    wrapped,
)
from console.panels.tile_caption import paint_caption
from console.panels.tile_look import Look, TileContent, picture_rect, plate_quiet
from console.shapes import paint_focus
from console.theme import CLOCK, MIN, ROW, TITLE, Theme
from video.contract import Picture

DIMMED = 150


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
        # A small still has no room for words: without its colours nobody takes it for live.
        faded = content.look is not Look.AGAIN and not _is_roomy(frame, theme)
        grey = bool(content.dated) and faded
        area = paint_picture(painter, frame, content.picture, ratio, grey=grey)
        _paint_margins(painter, frame, area, theme)
    else:
        sealed = content.look is Look.SEALED
        painter.fillRect(frame, theme.surface if sealed else theme.bg)
    if content.look in (Look.FROZEN, Look.OFF, Look.WAITING) and content.picture:
        dim = QColor(theme.plate)
        dim.setAlpha(DIMMED)
        painter.fillRect(frame, dim)
    if content.look is Look.FROZEN:
        _paint_badge(painter, frame, (content.age,), theme)
    elif content.look in (Look.AGAIN, Look.STILL) or content.dated:
        _paint_before(painter, frame, content, theme)
    elif content.look is not Look.LIVE:
        _paint_words(painter, frame, content, theme)
    if content.look in (Look.FROZEN, Look.OFF) or content.wrong:
        # The focus ring keeps its place outside of it.
        gap = theme.px(8 if _is_roomy(frame, theme) else 5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.plate_doubt if content.picture else theme.doubt
        _paint_dashes(painter, frame.adjusted(gap, gap, -gap, -gap), colour, theme)
        painter.restore()
    paint_caption(painter, rect, content, theme, ratio)
    if content.wrong:
        _paint_badge(painter, frame, (content.wrong,), theme, head=True)
    paint_over(painter, rect, content, theme)


def paint_over(
    painter: QPainter, rect: QRectF, content: TileContent, theme: Theme
) -> None:
    """Paint what lies over a tile whatever it shows: a typed number, edges, focus."""
    if content.typed:
        _paint_typed(painter, picture_rect(rect, theme), content, theme)
    _paint_lines(painter, rect, theme)
    if content.focused:
        paint_focus(painter, rect, theme)


def between_lines(rect: QRectF, line: float) -> QRectF:
    """Return what of a tile its edges leave free."""
    return rect.adjusted(line, line, 0, 0)


def _paint_lines(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the edges between tiles."""
    line, x, y = theme.px(1), rect.x(), rect.y()
    painter.fillRect(QRectF(x, y, rect.width(), line), theme.line)
    painter.fillRect(QRectF(x, y, line, rect.height()), theme.line)


def paint_picture(
    painter: QPainter,
    frame: QRectF,
    picture: Picture,
    ratio: float,
    *,
    grey: bool = False,
) -> QRectF:
    """Paint the newest frame where it belongs; return where that is."""
    area = picture_area(frame, picture, ratio)
    whole = QRectF(0, 0, picture.width, picture.height)
    draw_picture(painter, picture, area, whole, ratio, grey=grey)
    return area


def draw_picture(
    painter: QPainter,
    picture: Picture,
    to: QRectF,
    part: QRectF,
    ratio: float,
    *,
    grey: bool = False,
) -> None:
    """Draw a part of a frame, pixel for pixel where the place for it has its size.

    The image lies over the shared memory: nothing is copied but to the screen.
    """
    image = QImage(
        picture.data,
        picture.width,
        picture.height,
        picture.bytes_per_line,
        QImage.Format.Format_RGB32,
    )
    if grey:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    sharp = to.width() * ratio == part.width()
    if not sharp:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(to, image, part)
    if not sharp:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)


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
    wide, high = frame.width(), frame.height()
    width, height = picture.width / ratio, picture.height / ratio
    scale = min(wide / width, high / height)
    if abs(scale - 1) * max(picture.width, picture.height) <= 2.0:
        scale = 1.0
    width, height = width * scale, height * scale
    left = round((frame.x() + (wide - width) / 2) * ratio) / ratio
    top = round((frame.y() + (high - height) / 2) * ratio) / ratio
    return QRectF(left, top, width, height)


def _is_roomy(frame: QRectF, theme: Theme) -> bool:
    return frame.height() >= theme.px(96)


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
    painter: QPainter,
    frame: QRectF,
    texts: Sequence[str],
    theme: Theme,
    *,
    head: bool = False,
) -> None:
    """Paint a doubt where nobody overlooks it: across the picture, or at its head.

    Args:
        painter: At the widget's own pixels.
        frame: The picture's.
        texts: The same in ever shorter words; the first that has room stands there.
        theme: Colours and sizes.
        head: At its head, not across it.
    """
    roomy = _is_roomy(frame, theme)
    size = TITLE if roomy and not head else MIN
    metrics = theme.metrics(size, 600)
    sides = theme.px(28 if roomy else 10)
    # With its margins clear of the dashes.
    room = frame.width() - theme.px(28) - sides
    text = first_fitting(texts, room, theme, size=size, weight=600)
    width = metrics.horizontalAdvance(text) + sides
    height = min(metrics.height() + theme.px(8 if roomy else 0), frame.height())
    box = QRectF(0, 0, width, height)
    box.moveCenter(frame.center())
    if head:
        box.moveTop(frame.top() + theme.px(16 if roomy else 0))
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
        said = (content.status, *content.dated)
        _paint_badge(painter, frame, said, theme, head=True)


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
    # Clear of the dashes.
    room = frame.width() - theme.px(44 if _is_roomy(frame, theme) else 20)
    lines = lines[:1] + [
        part for line in lines[1:] for part in wrapped(line, room, theme, size=MIN)
    ]
    if content.look is Look.EMPTY:
        lines = wrapped(lines[0], room, theme, size=MIN)
    step = theme.metrics(ROW, 400).height() * 1.2
    more = wrapped(advice, room, theme, size=MIN) if advice else []
    if step * (len(lines) + len(more)) <= frame.height() - theme.px(24):
        lines += more  # a small tile says why; what to do stands where there is room
    lines = lines[: max(1, int(frame.height() / step))]  # a smaller one what is wrong
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
            elide(line, room, theme, size=ROW, weight=600) if main else line,
            theme,
            colour=ink if main else quiet,
            size=ROW if main else MIN,
            weight=600 if main else 400,
            align=CENTRE,
        )


def _paint_typed(
    painter: QPainter, frame: QRectF, content: TileContent, theme: Theme
) -> None:
    """Paint the number being typed on a plate, with the name it would call."""
    name = content.typed_name
    pad = theme.px(48)
    names = wrapped(name, max(theme.px(80), frame.width() - pad), theme) or [""]
    width = pad + max(
        text_width(content.typed, theme, size=CLOCK, weight=600),
        *(text_width(line, theme, size=ROW) for line in names),
    )
    row = theme.px(32)
    while names and theme.px(64) + row * len(names) > frame.height():
        names.pop()  # in a small tile the number alone
    high = min(theme.px(64) + row * len(names), frame.height())
    box = QRectF(0, 0, min(width, frame.width()), high)
    box.moveCenter(frame.center())
    painter.setPen(QPen(theme.plate_text, theme.px(2)))
    painter.setBrush(theme.plate)
    painter.drawRect(box)
    top = box.top() + theme.px(6)
    digits = min(theme.px(48), high - theme.px(12))
    draw_text(
        painter,
        QRectF(box.left(), top, box.width(), digits),
        content.typed,
        theme,
        colour=theme.plate_text,
        size=CLOCK if digits == theme.px(48) else MIN,
        weight=600,
        align=CENTRE,
    )
    for index, line in enumerate(names):
        draw_text(
            painter,
            QRectF(box.left(), top + theme.px(48) + index * row, box.width(), row),
            line,
            theme,
            colour=plate_quiet(theme),
            align=CENTRE,
        )
