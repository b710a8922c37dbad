"""What is not decoded here, whoever asks: the size that is too large."""

from typing import Final

#: One larger picture would hold up everybody else's. A fisheye of 12 megapixels is not.
MAX_PIXELS: Final = 4096 * 4096


def too_large(width: int, height: int) -> bool:
    """Return whether a picture of this size is not decoded here."""
    return width * height > MAX_PIXELS
