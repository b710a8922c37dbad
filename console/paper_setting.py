"""Sets a document in pages: a process of its own, because setting takes Python's lock.

On a thread the window would stand still whenever a table is laid out. What is to be set
comes in as one line of JSON; out go lines, some with so many bytes behind them:
`page N M` as each is drawn, `pdf SIZE`, `picture WIDTH HEIGHT` in grays, `end`. Where
the input closes, the desk is gone, and so is this.
"""

import json
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QImage,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
)

from console.theme import DARK, Theme, load_fonts

POINTS: Final = 12  # of its letters: 小四
DPI: Final = 300
MARGIN_MM: Final = 20
EDGE: Final = 0.03  # of a picture's width
INCH: Final = 72  # points
GRAYS: Final = QImage.Format.Format_Grayscale8
_MARGIN: Final = MARGIN_MM * DPI / 25.4


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What is to be set.

    Attributes:
        parts: The document, in pieces of HTML.
        title: Of the PDF.
        width: Of the pictures, in pixels; a multiple of four.
        letters: How high letters are in them, in pixels.
    """

    parts: Sequence[str]
    title: str
    width: int
    letters: int


def line_of(order: Order) -> bytes:
    """Return an order as it goes to the process."""
    return json.dumps(asdict(order)).encode() + b"\n"


def run() -> int:
    """Set what stands on the standard input; return the exit status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _application = QGuiApplication(sys.argv[:1])
    load_fonts()
    order = Order(**json.loads(sys.stdin.buffer.readline()))
    threading.Thread(target=_follow_parent, daemon=True).start()
    font = Theme(DARK).font()
    font.setPointSizeF(POINTS)
    pdf = _printed(order, font)
    _tell("pdf", len(pdf), data=pdf)
    for picture in _pictures(order, font):
        data = bytes(picture.constBits())
        _tell("picture", picture.width(), picture.height(), data=data)
    _tell("end")
    return 0


def _follow_parent() -> None:
    while os.read(0, 4096):
        pass
    os._exit(1)


def _tell(word: str, *numbers: int, data: bytes = b"") -> None:
    line = " ".join([word, *map(str, numbers)])
    sys.stdout.buffer.write(line.encode() + b"\n" + data)
    sys.stdout.buffer.flush()


def _printed(order: Order, font: QFont) -> bytes:
    """Return it on A4."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(order.title)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    text = QSizeF(writer.width() - 2 * _MARGIN, writer.height() - 2 * _MARGIN)
    document = _laid_out(order, font, writer, text)
    pages = document.pageCount()
    painter = QPainter(writer)
    painter.setFont(font)
    for number in range(pages):
        if number:
            writer.newPage()
        _tell("page", number + 1, pages)
        _draw(painter, document, number, _MARGIN)
        foot = QRectF(_MARGIN, _MARGIN, text.width(), text.height() + _MARGIN / 2)
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(foot, where, f"{number + 1} / {pages}")
    painter.end()  # it writes the end of the file
    buffer.close()
    return bytes(data.data())


def _pictures(order: Order, font: QFont) -> list[QImage]:
    """Return it in letters for the screen."""
    edge = order.width * EDGE
    blank = QImage(order.width, round(order.width * 1.4), GRAYS)
    dots = round(order.letters * INCH / POINTS / 0.0254)
    blank.setDotsPerMeterX(dots)
    blank.setDotsPerMeterY(dots)
    blank.fill(Qt.GlobalColor.white)
    text = QSizeF(order.width - 2 * edge, blank.height() - 2 * edge)
    document = _laid_out(order, font, blank, text)
    pictures = [blank.copy() for _ in range(document.pageCount())]
    for number, picture in enumerate(pictures):
        painter = QPainter(picture)
        _draw(painter, document, number, edge)
        painter.end()
    return pictures


def _laid_out(
    order: Order, font: QFont, device: QPaintDevice, page: QSizeF
) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font)
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setPageSize(page)
    cursor = QTextCursor(document)
    for part in order.parts:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertHtml(part)
    return document


def _draw(
    painter: QPainter, document: QTextDocument, number: int, margin: float
) -> None:
    text = document.pageSize()
    page = QRectF(0, number * text.height(), text.width(), text.height())
    look = QAbstractTextDocumentLayout.PaintContext()
    look.clip = page
    look.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    painter.save()
    painter.translate(margin, margin - page.top())
    painter.setClipRect(page)
    document.documentLayout().draw(painter, look)
    painter.restore()
