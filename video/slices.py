"""Look into a coded picture: is it one that is coded from what is shown later?

A bit of its header says so; nothing is decoded and no codec loaded.
"""

from typing import Final

_START: Final = b"\x00\x00\x01"
_KEYS_HEVC: Final = range(16, 24)
_SHOWN_HEVC: Final = range(32)
_SHOWN_H264: Final = (1, 2, 5)  # 2: the first part of a picture sent in parts
_B_H264: Final = (1, 6)
_B_HEVC: Final = 0
_HEADER_BYTES: Final = 16  # of a slice; what is read of it is shorter


def is_b_picture(codec: str, data: bytes) -> bool:
    """Return whether a picture is a B picture; of other codecs, none is.

    Args:
        codec: FFmpeg's name of it.
        data: NAL units with start codes.
    """
    if codec not in ("h264", "hevc"):
        return False
    at = data.find(_START)
    while at >= 0:
        unit = data[at + 3 : at + 3 + _HEADER_BYTES]
        found = _kind_h264(unit) if codec == "h264" else _kind_hevc(unit)
        if found is not None:
            return found
        at = data.find(_START, at + 3)
    return False


def _kind_h264(unit: bytes) -> bool | None:
    """Return whether a slice is a B slice; None: it is no slice."""
    if len(unit) < 2 or unit[0] & 31 not in _SHOWN_H264:
        return None
    bits = _Bits(unit[1:])
    bits.number()  # where in the picture it begins
    return bits.number() in _B_H264


def _kind_hevc(unit: bytes) -> bool | None:
    """Return the same of H.265; only the slice that begins a picture is asked."""
    if len(unit) < 3 or unit[0] >> 1 & 63 not in _SHOWN_HEVC:
        return None
    bits = _Bits(unit[2:])
    if not bits.bit():
        return None
    if unit[0] >> 1 & 63 in _KEYS_HEVC:
        return False
    bits.number()  # of its parameter set
    return bits.number() == _B_HEVC


class _Bits:
    """Reads bits and numbers (Exp-Golomb) from the left; past the end it reads zeros."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data)
        self._left = 8 * len(data)

    def bit(self) -> int:
        self._left -= 1
        return self._value >> self._left & 1 if self._left >= 0 else 0

    def number(self) -> int:
        zeros = 0
        while self._left > 0 and not self.bit():
            zeros += 1
        found = 1
        for _ in range(zeros):
            found = found << 1 | self.bit()
        return found - 1
