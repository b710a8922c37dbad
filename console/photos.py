"""Photos of a case's log: asked for once, kept small, shown large on request."""

from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QImageReader

from dispatch.cases import PhotoRef
from dispatch.questions import PhotoBytes

if TYPE_CHECKING:
    from console.desk import Desk

WAITS = "…"
KEPT = 4  # of 5 MB each at most
LARGEST = QSize(1360, 932)  # decoded no larger than it can be shown


class PhotoShelf(QObject):
    """Holds the photos of the cases looked at lately.

    Thread: UI only.

    Signals:
        arrived: Digest of a photo that is here: to be painted, or found to be none.
    """

    arrived = Signal(str)

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._photos: OrderedDict[str, QImage | None] = OrderedDict()

    def photo(self, ref: PhotoRef) -> QImage | None:
        """Return a photo, null if it is none; None while it is on its way."""
        if ref.digest in self._photos:
            return self._photos[ref.digest]
        self._photos[ref.digest] = None
        while len(self._photos) > KEPT:
            self._photos.popitem(last=False)
        future = self._desk.ask(PhotoBytes(digest=ref.digest))
        digest = ref.digest
        self._desk.bridge.when_done(future, lambda done: self._take(digest, done))
        return None

    def _take(self, digest: str, future: "Future[Any]") -> None:
        if future.cancelled() or future.exception() is not None:
            self._photos.pop(digest, None)  # asked again when it is painted again
            return
        data = future.result()
        if isinstance(data, bytes):
            bridge = self._desk.bridge
            bridge.when_done(
                bridge.compute(lambda: decode(data)),
                lambda done: self._keep(digest, done),
            )

    def _keep(self, digest: str, future: "Future[QImage]") -> None:
        if not future.cancelled():
            self._photos[digest] = future.result()
            self.arrived.emit(digest)


def in_place_of(image: QImage | None) -> str:
    """Return what is said where a photo is not painted; "" where it can be."""
    if image is None:
        return WAITS
    if image.isNull():
        return QCoreApplication.translate("Photo", "Not a photo that can be shown")
    return ""


def decode(data: bytes) -> QImage:
    """Return a photo no larger than it can be shown; a null image if it is none.

    Thread: any.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (
        size.width() > LARGEST.width() or size.height() > LARGEST.height()
    ):
        reader.setScaledSize(size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
