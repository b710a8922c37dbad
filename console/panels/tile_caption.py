"""The caption under a tile's picture, on its solid plate.

Its words are set once, and kept until one of them changes.
"""

from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from console.painting import CENTRE, LEFT, RIGHT, draw_text, elide, text_width
from console.panels.tile_look import (
    DOUBTED,
    Look,
    TileContent,
    TourLook,
    caption_height,
    plate_quiet,
)
from console.theme import MIN, ROW, Theme

BAR = 4  # how much of its time a tour's camera has had
HELD = 8  # from one bar to the other of the mark of a tour that is held
NAME_LEAST = 3  # characters; less of a name says nothing


def paint_caption(
    painter: QPainter, rect: QRectF, content: TileContent, theme: Theme, ratio: float
) -> None:
    """Paint the caption; its words are set once, and kept until one of them changes."""
    height = caption_height(rect, theme)
    bar = QRectF(rect.left(), rect.bottom() - height, rect.width(), height)
    look = content.look if content.look in DOUBTED else Look.LIVE
    if look is Look.LIVE and content.dated:
        look = Look.STILL
    words = TileContent(
        number=content.number,
        camera_id=content.camera_id,
        name=content.name,
        where=content.where,
        tour=still(content.tour),
        look=look,
        status="" if _on_plate(content) else content.status,
        brief=content.brief,
    )
    inks = (theme.plate.rgba(), theme.plate_text.rgba(), theme.plate_doubt.rgba())
    image = _caption(words, bar.width(), height, ratio, theme, inks)
    painter.drawImage(bar.topLeft(), image)
    if content.tour is not None:
        paint_share(painter, bar, content.tour.share, theme)


def _on_plate(content: TileContent) -> bool:
    """Return whether the picture's plate says from when it is: that leaves the name room."""
    dated = bool(content.dated) and not content.wrong
    return dated and content.picture is not None and content.look is not Look.FROZEN


def still(tour: TourLook | None) -> TourLook | None:
    """Return what words are set of a tour: its share moves, and is painted over them."""
    return None if tour is None else replace(tour, share=0.0)


def paint_share(painter: QPainter, bar: QRectF, share: float, theme: Theme) -> None:
    """Paint how much of its time a camera has had, along the top of its caption."""
    high = theme.px(BAR)
    done = QRectF(bar.left(), bar.top(), round(bar.width() * share), high)
    painter.fillRect(done, theme.plate_text)


def held_width(tour: TourLook | None, theme: Theme) -> float:
    """Return how wide the mark of a tour is that is held, with what parts it."""
    return theme.px(HELD) * 2.5 if tour is not None and tour.held else 0.0


def paint_held(painter: QPainter, room: QRectF, theme: Theme) -> None:
    """Paint the two bars of a tour that is held, at the left end of its caption."""
    wide, high = theme.px(HELD), min(theme.px(MIN) * 0.8, room.height() * 0.6)
    box = QRectF(room.left(), room.center().y() - high / 2, wide * 0.6, high)
    for _ in range(2):
        painter.fillRect(box, theme.plate_text)
        box.translate(wide, 0)


@lru_cache(maxsize=256)  # of four walls of 64 tiles that nobody changes
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
    """Set the words of a caption; where it is narrow they go one after the other.

    First the name, then how far off, then that it is live, then the tile's number; a
    doubt, and that less than everything is shown, go after that; the camera's number
    never.
    """
    painter.fillRect(bar, theme.plate)
    doubtful = content.look in DOUBTED
    pad = theme.px(8)
    number = text_width(content.camera_id, theme, weight=600) + pad
    held = held_width(content.tour, theme)
    box, whole = _number_width(content.number, theme) + pad, bar.width() - pad - held
    said, status = "", 0.0
    for words in (content.status, content.brief):
        wide = text_width(words, theme, size=MIN, weight=600) + pad
        owed = doubtful or words == content.brief  # before the tile's own number
        if words and number + wide + (0 if owed else box) <= whole:
            said, status = words, wide
            break
    with_box = number + box + status <= whole
    room = bar.adjusted(pad, 0, -pad, 0)
    if held:
        paint_held(painter, room, theme)
        room.setLeft(room.left() + held)
    if with_box:
        ink = theme.plate_text if content.camera_id else plate_quiet(theme)
        _set_number(painter, room, content.number, theme, ink)
        room.setLeft(room.left() + box)
    if said:
        taken = draw_text(
            painter,
            room,
            said,
            theme,
            colour=theme.plate_doubt if doubtful else plate_quiet(theme),
            size=MIN,
            weight=600 if doubtful else 400,
            align=RIGHT,
        )
        room.setRight(room.right() - taken - pad)
    if content.camera_id:
        _set_camera(painter, room, content, theme)


def _number_width(number: int, theme: Theme) -> float:
    digits = text_width(str(number), theme, size=MIN, weight=600)
    return max(theme.px(22), digits + theme.px(6))


def _set_number(
    painter: QPainter, room: QRectF, number: int, theme: Theme, ink: QColor
) -> None:
    """Set the tile's own number in its box, as on the map."""
    side, width = theme.px(22), _number_width(number, theme)
    box = QRectF(room.left(), room.center().y() - side / 2, width, side)
    painter.setPen(QPen(ink, theme.px(1)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    draw_text(
        painter,
        box,
        str(number),
        theme,
        colour=ink,
        size=MIN,
        weight=600,
        align=CENTRE,
    )


def _set_camera(
    painter: QPainter, room: QRectF, content: TileContent, theme: Theme
) -> None:
    pad = theme.px(8)
    number = text_width(content.camera_id, theme, weight=600)
    beside, where = "", 0.0
    after = () if content.tour is None else content.tour.after
    for each in (content.where,) if content.where else after:
        wide = text_width(each, theme, size=MIN) + pad
        if number + wide <= room.width():
            beside, where = each, wide
            break
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
            beside,
            theme,
            colour=plate_quiet(theme),
            size=MIN,
            align=LEFT,
        )
