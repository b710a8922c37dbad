"""Make whole coded pictures of RTP packets (RFC 3550, RFC 6184, RFC 7798).

A picture is complete with the packet that carries the marker, not when the next one
begins: a parser that only sees bytes has to wait for that. Nothing a camera sends
raises; what cannot be used is left out, and a decoder finds its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAX_PICTURE_BYTES: Final = 8 * 1024 * 1024
_START: Final = b"\x00\x00\x00\x01"
_HEADER: Final = 12
_PLAIN: Final = 0x80  # version 2, no padding, no extension, no other sources
_BYE: Final = 203
_RECOVERY_POINT: Final = 6
_MOST_MESSAGES: Final = 16
#: Packets. What is older has not come late: a camera has begun to count anew.
_MOST_LATE: Final = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class CodedPicture:
    """One picture, as a decoder takes it.

    Attributes:
        data: NAL units with start codes.
        key: Decoding may start here.
        stamp: RTP time, counted on past 32 bits.
        arrived: When its last packet came in, on the monotonic clock.
    """

    data: bytes
    key: bool
    stamp: int
    arrived: float


@dataclass(frozen=True, slots=True)
class _Form:
    """What differs between the two codecs.

    Attributes:
        header: Bytes before a NAL unit's content.
        aggregate: The type that carries several NAL units.
        fragment: The type that carries a part of one.
        shown: Types that are part of a picture itself.
        keys: Types at which decoding may start.
        last_plain: The last type of a NAL unit that stands for itself.
        kind_bits: Where the type stands in the first byte.
        fragment_bits: What stands there of a part.
    """

    header: int
    aggregate: int
    fragment: int
    shown: range
    keys: range
    last_plain: int
    kind_bits: int
    fragment_bits: int


_H264: Final = _Form(1, 24, 28, range(1, 6), range(5, 6), 23, 0x1F, 28)
_HEVC: Final = _Form(2, 48, 49, range(32), range(16, 24), 47, 0x7E, 49 << 1)


class Pictures:
    """Collects the packets of one stream.

    A camera that sets the marker inside a picture is found out by a slice that begins
    none: from then on its pictures end where the next begins.

    Thread: one at a time.

    Args:
        codec: "h264" or "hevc".
        payload_type: Packets of other types are left out.
    """

    def __init__(self, codec: str, payload_type: int) -> None:
        self._form = _H264 if codec == "h264" else _HEVC
        self._payload_type = payload_type
        self._data = bytearray()
        self._shown = self._key = self._too_long = False
        self._open = False  # a fragmented NAL unit is under way, nothing of it missing
        self._sequence: int | None = None
        self._source = -1
        self._raw_stamp: int | None = None
        self._stamp = 0
        self._arrived = 0.0
        self._ended_stamp: int | None = None
        self._trusts_marker = True
        self._line = b""  # of stamp and source; "" where no NAL unit goes on

    def take(self, packet: bytes, arrived: float) -> Sequence[CodedPicture]:
        """Return the pictures that are complete now: none, one, rarely two."""
        done: list[CodedPicture] = []
        if not self._goes_on(packet):
            self._line = b""
            size = len(packet)
            if size <= _HEADER or packet[0] >> 6 != 2:
                return ()
            if packet[1] & 0x7F != self._payload_type:
                return ()
            start, end = _HEADER + 4 * (packet[0] & 15), size
            if packet[0] & 0x10:
                start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4])
            if packet[0] & 0x20:
                end -= packet[-1]
            if not self._in_order(packet) or start >= end:
                return ()
            raw_stamp = int.from_bytes(packet[4:8])
            if raw_stamp != self._raw_stamp:
                if self._shown:
                    done.append(self._finish())
                self._count_on(raw_stamp)
            self._payload(packet[start:end])
            if self._open and not self._too_long:
                self._line = packet[4:12]
        self._arrived = arrived
        if packet[1] & 0x80 and self._shown and self._trusts_marker:
            self._ended_stamp = self._stamp
            done.append(self._finish())
        return [each for each in done if each.data] if done else ()

    def _goes_on(self, packet: bytes) -> bool:
        """Take a further part of a NAL unit, which is what most packets are.

        Return False for everything else: that is looked at in every detail.
        """
        if not self._line or packet[4:12] != self._line or packet[0] != _PLAIN:
            return False
        at = _HEADER + self._form.header
        assert self._sequence is not None
        number = (self._sequence + 1) & 0xFFFF
        if (
            len(packet) <= at + 1
            or packet[1] & 0x7F != self._payload_type
            or packet[2] << 8 | packet[3] != number
            or packet[_HEADER] & self._form.kind_bits != self._form.fragment_bits
            or packet[at] & 0x80  # begins one
            or len(self._data) + len(packet) > MAX_PICTURE_BYTES
        ):
            return False
        self._sequence = number
        self._data += packet[at + 1 :]
        if packet[at] & 0x40:
            self._open, self._line = False, b""
        return True

    def _in_order(self, packet: bytes) -> bool:
        """Note the packet's number; return whether it is one of the past."""
        sequence = packet[2] << 8 | packet[3]
        source = int.from_bytes(packet[8:12])
        if source != self._source:
            self._source, self._sequence, self._open = source, sequence, False
            return True
        assert self._sequence is not None
        ahead = (sequence - self._sequence) & 0xFFFF
        if ahead == 0 or ahead > 0x10000 - _MOST_LATE:
            return False  # doubled or late: what came after it has been used
        if ahead != 1:
            self._open = False
        self._sequence = sequence
        return True

    def _count_on(self, raw_stamp: int) -> None:
        if self._raw_stamp is None:
            self._stamp = raw_stamp
        else:
            step = (raw_stamp - self._raw_stamp) & 0xFFFFFFFF
            self._stamp += step - (1 << 32 if step >= 1 << 31 else 0)
        self._raw_stamp = raw_stamp

    def _finish(self) -> CodedPicture:
        data = b"" if self._too_long else bytes(self._data)
        picture = CodedPicture(data, self._key, self._stamp, self._arrived)
        self._data.clear()
        self._shown = self._key = self._too_long = self._open = False
        self._line = b""
        return picture

    def _payload(self, payload: bytes) -> None:
        form = self._form
        if len(payload) <= form.header:
            return
        kind = self._kind(payload[0])
        if kind == form.fragment:
            self._fragment(payload)
            return
        self._open = False
        if kind == form.aggregate:
            at = form.header
            while at + 2 < len(payload):
                stop = at + 2 + (payload[at] << 8 | payload[at + 1])
                if stop > len(payload):
                    break
                self._unit(payload[at + 2 : stop])
                at = stop
        elif kind <= form.last_plain:
            self._unit(payload)

    def _kind(self, first: int) -> int:
        return first & 31 if self._form is _H264 else first >> 1 & 63

    def _unit(self, nal: bytes) -> None:
        if len(nal) <= self._form.header:
            return
        self._note(self._kind(nal[0]), nal)
        self._append(_START, nal)

    def _fragment(self, payload: bytes) -> None:
        form = self._form
        if len(payload) <= form.header + 1:
            return
        about = payload[form.header]
        content = payload[form.header + 1 :]
        if about & 0x80:
            if form is _H264:
                kind = about & 31
                header = bytes((payload[0] & 0xE0 | kind,))
            else:
                kind = about & 63
                header = bytes((payload[0] & 0x81 | kind << 1, payload[1]))
            self._note(kind, header + content[:1])
            self._append(_START + header, content)
            self._open = True
        elif self._open:
            self._append(b"", content)
        if about & 0x40:
            self._open = False

    def _note(self, kind: int, nal: bytes) -> None:
        """Note what a NAL unit makes of its picture."""
        form = self._form
        if kind in form.shown:
            begins = nal[form.header] & 0x80
            if not begins and not self._shown and self._stamp == self._ended_stamp:
                self._trusts_marker = False
            self._shown = True
            self._key = self._key or kind in form.keys
        elif form is _H264 and kind == 6:
            self._key = self._key or _recovers(nal)

    def _append(self, start: bytes, content: bytes) -> None:
        if len(self._data) + len(start) + len(content) > MAX_PICTURE_BYTES:
            self._too_long = True
            self._data.clear()
        if not self._too_long:
            self._data += start
            self._data += content


def _recovers(nal: bytes) -> bool:
    """Return whether H.264's extra words (SEI) say that decoding may start here."""
    at = 1
    for _ in range(_MOST_MESSAGES):
        numbers = []
        for _ in range(2):  # what kind of word, and how long
            number = 0
            while at < len(nal) and nal[at] == 0xFF:
                number += 255
                at += 1
            if at >= len(nal):
                return False
            numbers.append(number + nal[at])
            at += 1
        if numbers[0] == _RECOVERY_POINT:
            return True
        at += numbers[1]
    return False


def says_goodbye(packet: bytes) -> bool:
    """Return whether a report (RTCP) says that nothing more will come."""
    at = 0
    while at + 4 <= len(packet) and packet[at] >> 6 == 2:
        if packet[at + 1] == _BYE:
            return True
        at += 4 + 4 * (packet[at + 2] << 8 | packet[at + 3])
    return False
