"""One tile of a wall on a monitor: the picture, and as little as can be read from afar.

Number and place under it, the number alone where it is narrow. No names, no scrolling,
no focus: nobody sits there.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from console.painting import (
    CENTRE,
    LEFT,
    RIGHT,
    draw_text,
    first_fitting,
    text_width,
    wrapped,
)
from console.panels.picture_tile import DIMMED, paint_picture
from console.panels.tile_caption import BAR, held_width, paint_held, paint_share, still
from console.panels.tile_look import Look, TourLook, plate_quiet
from console.theme import MIN, Theme, Tokens
from video.contract import Picture

LINE_SHARE = 1.35  # of the words' size
CAPTION_SHARE = 1.1  # of it, below which a caption would cut them
FEWEST = 5  # letters across a tile
DOUBTED = frozenset({Look.FROZEN, Look.OFF, Look.AGAIN})  # never to be taken for live
SMALL_LINES = 4  # a picture lower than so many lines shows a still without colours
DATED_EDGE = 3
DATED_SHARE = 0.45  # of the picture's height, for its time at most
LEAST = 3  # of the words' size, where even a time alone has no room
PLATE_SIZE = 32  # of the number while a tile is chosen


@dataclass(frozen=True, kw_only=True, slots=True)
class WallTile:
    """What a tile is to show.

    Attributes:
        number: The camera's number, or what stands for it; "" for an empty tile.
        place: Where that is, "" where it may not be read.
        look: How believable the picture is.
        words: What is said of it, the most important first; none while it is live
            in full.
        dated: From when the picture is where that is not of now, in words, in ever
            shorter ones.
        picture: The newest frame, or None.
        hidden: Words on a grey plate in place of the picture, or "".
        plate: The tile's own number while somebody chooses one, else 0.
        chosen: It is the one that the desk sends to.
        tour: What is said of the tour it runs, or None.
    """

    number: str = ""
    place: str = ""
    look: Look = Look.EMPTY
    words: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    picture: Picture | None = None
    hidden: str = ""
    plate: int = 0
    chosen: bool = False
    tour: TourLook | None = None


def caption_height(rect: QRectF, theme: Theme) -> float:
    """Return how high the caption of a tile is; a third of it at most."""
    letters = min(theme.px(MIN), rect.width() / FEWEST)
    return float(min(round(letters * LINE_SHARE), int(rect.height() // 3)))


def fitted(theme: Theme, rect: QRectF) -> Theme:
    """Return the theme of a tile: in a very small one letters are whole, if smaller."""
    letters = min(caption_height(rect, theme) / CAPTION_SHARE, rect.width() / FEWEST)
    return lettered(theme, letters)


def lettered(theme: Theme, letters: float) -> Theme:
    """Return a theme whose letters are no larger than so much."""
    fits = letters >= theme.px(MIN)
    return theme if fits else _theme(theme.tokens, max(1, int(letters)))


@lru_cache(maxsize=32)
def _theme(tokens: Tokens, letters: int) -> Theme:
    return Theme(tokens, scale=letters / MIN)


def picture_rect(rect: QRectF, theme: Theme) -> QRectF:
    """Return the part of a tile that shows the picture."""
    return rect.adjusted(0, 0, 0, -caption_height(rect, theme))


def paint_wall_tile(
    painter: QPainter, rect: QRectF, tile: WallTile, theme: Theme, ratio: float
) -> None:
    """Paint one tile.

    Args:
        painter: At the widget's own pixels.
        rect: The tile with its caption.
        tile: What it shows.
        theme: Colours, and sizes for the eye's distance.
        ratio: Device pixels a pixel.
    """
    whole, theme = theme, fitted(theme, rect)
    frame = picture_rect(rect, theme) if tile.number else rect
    painter.fillRect(frame, theme.surface if tile.hidden else theme.bg)
    if tile.hidden:
        _paint_lines(painter, frame, (tile.hidden,), theme, theme.text2)
    else:
        if tile.picture is not None:
            # A small still has no room for words: without its colours nobody takes it
            # for live.
            small = frame.height() < theme.px(MIN) * SMALL_LINES
            grey = bool(tile.dated) and tile.look is Look.LIVE and small
            paint_picture(painter, frame, tile.picture, ratio, grey=grey)
        if tile.look is not Look.LIVE and tile.picture is not None:
            dim = QColor(theme.plate)
            dim.setAlpha(DIMMED)
            painter.fillRect(frame, dim)
        if tile.look in DOUBTED and not tile.dated:
            _paint_dashes(painter, frame, theme)
        over = tile.picture is not None
        ink = theme.plate_text if over else theme.text2
        if not tile.plate:  # they would stand in each other's way
            _paint_lines(painter, frame, tile.words, theme, ink)
            _paint_dated(painter, frame, tile, theme)
    if tile.number:
        height = caption_height(rect, theme)
        doubt = tile.look in DOUBTED and not tile.hidden
        inks = (theme.plate.rgba(), theme.plate_text.rgba())
        words = _Words(tile.number, tile.place, doubt, still(tile.tour))
        image = _caption(words, rect.width(), height, ratio, theme, inks)
        bar = QRectF(rect.left(), frame.bottom(), rect.width(), height)
        painter.drawImage(bar.topLeft(), image)
        if tile.tour is not None:
            paint_share(painter, bar, tile.tour.share, theme)
    paint_edges(painter, rect, tile, whole)


def edge(theme: Theme) -> float:
    """Return how wide the lines between tiles are."""
    return max(1.0, theme.scale)


def paint_edges(painter: QPainter, rect: QRectF, tile: WallTile, theme: Theme) -> None:
    """Paint what parts a tile from the others, and its plate where it has one."""
    line, theme = edge(theme), fitted(theme, rect)
    frame = picture_rect(rect, theme) if tile.number else rect
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), line), theme.line)
    painter.fillRect(QRectF(rect.left(), rect.top(), line, rect.height()), theme.line)
    if tile.plate:
        _paint_plate(painter, frame, tile, theme)


def _paint_lines(
    painter: QPainter, frame: QRectF, lines: tuple[str, ...], theme: Theme, ink: QColor
) -> None:
    """Paint words in the middle, as many whole lines as there is room for."""
    step = theme.px(MIN) * LINE_SHARE
    room = frame.width() - theme.px(16)
    most = max(1, int((frame.height() - theme.px(8)) // step))
    fitting: list[str] = []
    for text in lines:
        parts = wrapped(text, room, theme, size=MIN)
        if len(fitting) + len(parts) > most:
            break
        fitting += parts
    size = MIN
    if lines and not fitting:
        text, size = whole_words(lines[:1], room, frame.height(), theme)
        fitting, step = [text], theme.px(size) * LINE_SHARE
    top = frame.center().y() - step * len(fitting) / 2
    for index, text in enumerate(fitting):
        box = QRectF(frame.left(), top + index * step, frame.width(), step)
        weight = 600 if index == 0 else 400
        draw_text(
            painter,
            box,
            text,
            theme,
            colour=ink,
            size=size,
            weight=weight,
            align=CENTRE,
        )


def whole_words(
    texts: tuple[str, ...], width: float, height: float, theme: Theme
) -> tuple[str, int]:
    """Return the first of ever shorter words that has room, and its size.

    Letters grow smaller before a word is cut: half a word, or half a time, is none.
    """
    size = MIN
    while size > LEAST and theme.px(size) * LINE_SHARE > height:
        size -= 1
    text = first_fitting(texts, width, theme, size=size, weight=600)
    while text not in texts and size > LEAST:
        size -= 1
        text = first_fitting(texts, width, theme, size=size, weight=600)
    return text, size


def _paint_dated(
    painter: QPainter, frame: QRectF, tile: WallTile, theme: Theme
) -> None:
    """Frame a picture that is not of now, and say from when it is, however small."""
    if not tile.dated or tile.picture is None:
        return
    wide = min(max(3.0, theme.px(DATED_EDGE)), frame.height() / 16)
    pen = QPen(theme.doubt, wide)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = wide / 2
    painter.drawRect(frame.adjusted(half, half, -half, -half))
    room = frame.width() - 2 * wide - theme.px(8)
    text, size = whole_words(tile.dated, room, frame.height() * DATED_SHARE, theme)
    wanted = text_width(text, theme, size=size, weight=600) + theme.px(size) / 2
    box = QRectF(0, 0, wanted, theme.px(size) * LINE_SHARE)
    box.moveCenter(frame.center())
    box.moveTop(frame.top() + wide)
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


def _paint_dashes(painter: QPainter, frame: QRectF, theme: Theme) -> None:
    pen = QPen(theme.plate_doubt, max(2.0, theme.px(2)))
    pen.setDashPattern([2.5, 2.0])
    gap = pen.widthF() * 1.5
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.adjusted(gap, gap, -gap, -gap))


@dataclass(frozen=True, slots=True)
class _Words:
    number: str
    place: str
    doubt: bool
    tour: TourLook | None


@lru_cache(maxsize=128)
def _caption(
    words: _Words,
    width: float,
    height: float,
    ratio: float,
    theme: Theme,
    _inks: tuple[int, ...],
) -> QImage:
    """Return a caption; large letters are slow to set. `_inks` tell themes apart."""
    image = QImage(
        QSize(round(width * ratio), round(height * ratio)), QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    try:
        bar = QRectF(0, 0, width, height)
        painter.fillRect(bar, theme.plate)
        pad = theme.px(6)
        room = bar.adjusted(pad, 0, -pad, 0)
        if words.tour is not None:
            room.setTop(theme.px(BAR))
        held = held_width(words.tour, theme)
        if held:
            paint_held(painter, room, theme)
            room.setLeft(room.left() + held)
        both = f"{words.number} {words.place}".strip()
        narrow = text_width(both, theme, size=MIN, weight=600) > room.width()
        used = draw_text(
            painter,
            room,
            words.number if narrow else both,
            theme,
            colour=theme.plate_doubt if words.doubt else theme.plate_text,
            size=MIN,
            weight=600,
            align=LEFT,
        )
        room.setLeft(room.left() + used + pad * 2)
        for after in () if words.tour is None else words.tour.after:
            if text_width(after, theme, size=MIN) <= room.width():
                ink = plate_quiet(theme)
                draw_text(
                    painter, room, after, theme, colour=ink, size=MIN, align=RIGHT
                )
                break
    finally:
        painter.end()
    return image.copy()


def _paint_plate(
    painter: QPainter, frame: QRectF, tile: WallTile, theme: Theme
) -> None:
    """Paint the number to type for a tile; that of the chosen one in inverse."""
    large = theme.px(PLATE_SIZE) * LINE_SHARE <= frame.height() / 2
    size = PLATE_SIZE if large else MIN
    text = str(tile.plate)
    wide = text_width(text, theme, size=size, weight=600) + theme.px(16)
    box = QRectF(0, 0, wide, theme.px(size) * LINE_SHARE)
    box.moveTopLeft(frame.topLeft())
    plate, ink = theme.plate, theme.plate_text
    if tile.chosen:
        plate, ink = ink, plate
    painter.fillRect(box, plate)
    painter.setPen(QPen(ink, max(2.0, theme.px(2))))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    draw_text(
        painter,
        box,
        text,
        theme,
        colour=ink,
        size=size,
        weight=600,
        align=CENTRE,
    )
