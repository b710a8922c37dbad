"""A photo from a file, made small enough to be sent, without what a camera hides in it."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from dispatch.case_log import PHOTO_BYTES
from dispatch.commands import Photo

JPEG = "image/jpeg"
# Edge in pixels and JPEG quality, tried in turn until it is small enough.
TRIES = ((1600, 85), (1600, 70), (1280, 65), (960, 60), (640, 50))


def fit_photo(path: Path) -> Photo | None:
    """Return a file's picture as it is sent; None: it is no picture that can be read.

    It is drawn anew, so that place and device in the file's own notes stay behind.

    Thread: any.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    edge = TRIES[0][0]
    if size.isValid() and max(size.width(), size.height()) > edge:
        reader.setScaledSize(_within(size, edge))
    image = reader.read()
    if image.isNull():
        return None
    for edge, quality in TRIES:
        if max(image.width(), image.height()) > edge:
            image = image.scaled(
                _within(image.size(), edge),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"jpeg"))
        writer.setQuality(quality)
        writer.write(_bare(image))
        data = bytes(buffer.data().data())
        if data and len(data) <= PHOTO_BYTES:
            taken = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            name = f"{path.stem}.jpg"
            return Photo(name=name, media_type=JPEG, data=data, taken_at=taken)
    return None


def _bare(image: QImage) -> QImage:
    """Return the picture alone: its notes would be written with it."""
    kind = QImage.Format.Format_RGB888
    image = image.convertToFormat(kind)
    bits = image.constBits()
    return QImage(
        bits, image.width(), image.height(), image.bytesPerLine(), kind
    ).copy()


def _within(size: QSize, edge: int) -> QSize:
    return size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio)
