"""What the hand carries within this program: what a tile shows, or a person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from console import words
from console.painting import CENTRE, draw_text, text_width
from console.theme import ROW
from console.tiles.pages import title_of
from video import tile_content
from video.tile_content import CASE, OPEN_CASE, ContentError, TileRef

if TYPE_CHECKING:
    from console.desk import Desk

MIME: Final = "application/x-lookout-tile"
UNIT_MIME: Final = "application/x-lookout-unit"


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A person or a vehicle in the hand; no tile shows one."""

    unit_id: str


def data_of(content: TileRef | UnitRef) -> QMimeData:
    """Return a content or a unit as it is dragged."""
    data = QMimeData()
    if isinstance(content, UnitRef):
        data.setData(UNIT_MIME, content.unit_id.encode())
    else:
        data.setData(MIME, str(content).encode())
    return data


def unit_of(desk: "Desk", data: QMimeData) -> UnitRef | None:
    """Return the unit that is dragged, None where it is none that is known."""
    unit_id = bytes(data.data(UNIT_MIME).data()).decode(errors="replace")
    return UnitRef(unit_id) if unit_id in desk.board.units else None


def content_of(desk: "Desk", data: QMimeData) -> TileRef | None:
    """Return what is dragged, None where it is nothing that a tile may show now."""
    if not data.hasFormat(MIME):
        return None
    try:
        content = tile_content.parse(bytes(data.data(MIME).data()).decode())
    except (ContentError, UnicodeDecodeError):
        return None
    if content.camera_id is not None:
        return content if content.camera_id in desk.board.cameras else None
    if content.kind == CASE and content != OPEN_CASE:
        known = content.value.isdecimal() and int(content.value) in desk.board.cases
        return content if known else None
    return content


def drag(source: QWidget, desk: "Desk", content: TileRef | UnitRef) -> None:
    """Let the hand carry something until it lets go of it; returns after that."""
    carried = QDrag(source)
    carried.setMimeData(data_of(content))
    plate = _plate(desk, name_of(desk, content), source.devicePixelRatioF())
    carried.setPixmap(plate)
    carried.setHotSpot(QPoint(-12, -12))
    carried.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)


def name_of(desk: "Desk", content: TileRef | UnitRef) -> str:
    """Return what is in the hand is called."""
    if isinstance(content, UnitRef):
        unit = desk.board.units.get(content.unit_id)
        return content.unit_id if unit is None else unit.name
    if content.camera_id is not None:
        camera = desk.board.cameras.get(content.camera_id)
        return (
            content.camera_id
            if camera is None
            else f"{content.camera_id} {camera.name}"
        )
    if content.kind == CASE and content.value.isdecimal():
        case = desk.board.cases.get(int(content.value))
        if case is not None:
            return f"{words.case_number(case)} {case.place_name}"
    return title_of(content) or content.value


def _plate(desk: "Desk", text: str, ratio: float) -> QPixmap:
    theme = desk.theme
    width = round(text_width(text, theme, weight=600) + theme.px(20))
    high = theme.px(ROW * 1.6)
    image = QPixmap(round(width * ratio), round(high * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(theme.plate)
    painter = QPainter(image)
    try:
        box = image.deviceIndependentSize()
        rect = image.rect().toRectF()
        rect.setSize(box)
        draw_text(
            painter,
            rect,
            text,
            theme,
            colour=theme.plate_text,
            weight=600,
            align=CENTRE,
        )
    finally:
        painter.end()
    return image
