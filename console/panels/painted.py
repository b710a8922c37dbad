"""What stands in a window after its last painting, for whoever measures it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

Pixels = NDArray[np.uint8]


def painted_pixels(widget: QWidget, area: QRectF) -> Pixels | None:
    """Return a copy of what was last painted in an area of a widget.

    It is read from what the window hands to the screen, so it is what the product's
    own painting made, whichever way it took.

    Thread: UI only.

    Args:
        widget: Whose painting.
        area: In its own coordinates.

    Returns:
        Rows of BGRA in device pixels; None before the window was painted.
    """
    window, store = widget.window(), widget.backingStore()
    image = None if store is None else store.paintDevice()
    if not isinstance(image, QImage) or image.isNull():
        return None
    ratio = widget.devicePixelRatioF()
    corner = widget.mapTo(window, area.topLeft())
    left, top = round(corner.x() * ratio), round(corner.y() * ratio)
    right = left + round(area.width() * ratio)
    bottom = top + round(area.height() * ratio)
    rows = np.frombuffer(image.constBits(), np.uint8)
    pixels = rows.reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[max(0, top) : bottom, max(0, left) : right].copy()
