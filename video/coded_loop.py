"""Coded loops: pictures coded once, cut into what RTP carries, played for ever."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext

LARGEST_PAYLOAD = 1_400
_FU_A, _FU_HEVC = 28, 49


@dataclass(frozen=True, slots=True)
class Codec:
    """What differs between the codecs that cameras use.

    Attributes:
        name: "h264" or "hevc".
        encoder: FFmpeg's name of what makes it.
        rtp: Its name in a session description.
        parameters: NAL unit types of the parameter sets, in order.
        keys: NAL unit types at which decoding may start.
        delimiter: NAL unit type that stands between pictures.
        header: Bytes before a NAL unit's content.
    """

    name: str
    encoder: str
    rtp: str
    parameters: tuple[int, ...]
    keys: range
    delimiter: int
    header: int

    def kind(self, nal: bytes) -> int:
        """Return a NAL unit's type."""
        return nal[0] & 31 if self.name == "h264" else nal[0] >> 1 & 63


CODECS: dict[str, Codec] = {
    "h264": Codec("h264", "libx264", "H264", (7, 8), range(5, 6), 9, 1),
    "hevc": Codec("hevc", "libx265", "H265", (32, 33, 34), range(16, 22), 35, 2),
}


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One coded picture: its NAL units without start codes."""

    nals: tuple[bytes, ...]
    key: bool


@dataclass(frozen=True)
class Loop:
    """A coded loop, ready to be played by any number of streams.

    Attributes:
        units: The pictures, the first of them a key frame.
        rate: Pictures a second.
        parameters: Its parameter sets, in their order.
        codec: "h264" or "hevc".
    """

    units: tuple[AccessUnit, ...]
    rate: int
    parameters: tuple[bytes, ...]
    codec: str = "h264"

    @cached_property
    def payloads(self) -> tuple[tuple[bytes, ...], ...]:
        """Return each picture as RTP payloads, made once for all its viewers."""
        codec = CODECS[self.codec]
        return tuple(rtp_payloads(unit, codec) for unit in self.units)

    @cached_property
    def bytes_a_second(self) -> float:
        """Return how much of it is sent in a second."""
        total = sum(len(nal) for unit in self.units for nal in unit.nals)
        return total * self.rate / len(self.units)


def rtp_payloads(unit: AccessUnit, codec: Codec) -> tuple[bytes, ...]:
    """Return one coded picture's RTP payloads: single units and fragments.

    RFC 6184 for H.264, RFC 7798 for HEVC.
    """
    payloads: list[bytes] = []
    for nal in unit.nals:
        if len(nal) <= LARGEST_PAYLOAD:
            payloads.append(nal)
            continue
        kind = codec.kind(nal)
        if codec.name == "h264":
            indicator = bytes((nal[0] & 0xE0 | _FU_A,))
        else:
            indicator = bytes((nal[0] & 0x81 | _FU_HEVC << 1, nal[1]))
        body = memoryview(nal)[codec.header :]
        size = LARGEST_PAYLOAD - len(indicator) - 1
        for start in range(0, len(body), size):
            first = 0x80 if start == 0 else 0
            last = 0x40 if start + size >= len(body) else 0
            head = indicator + bytes((first | last | kind,))
            payloads.append(head + bytes(body[start : start + size]))
    return tuple(payloads)


def parse_annex_b(data: bytes, rate: int, codec: str = "h264") -> Loop | None:
    """Cut an Annex-B stream with access unit delimiters into coded pictures."""
    form = CODECS[codec]
    units: list[AccessUnit] = []
    current: list[bytes] = []
    parameters: dict[int, bytes] = {}

    def finish() -> None:
        if current:
            key = any(form.kind(nal) in form.keys for nal in current)
            units.append(AccessUnit(tuple(current), key))
            current.clear()

    for nal in _nals(data):
        kind = form.kind(nal)
        if kind == form.delimiter:
            finish()
            continue
        if kind in form.parameters:
            parameters[kind] = nal
        current.append(nal)
    finish()
    if not units or len(parameters) != len(form.parameters):
        return None
    return Loop(
        tuple(units), rate, tuple(parameters[k] for k in sorted(parameters)), codec
    )


def _nals(data: bytes) -> Iterator[bytes]:
    start = data.find(b"\x00\x00\x01")
    while start >= 0:
        following = data.find(b"\x00\x00\x01", start + 3)
        nal = data[start + 3 : following if following >= 0 else len(data)]
        nal = nal.rstrip(b"\x00")  # a NAL unit never ends in a zero byte
        if nal:
            yield nal
        start = following


def open_encoder(
    codec: str,
    *,
    size: tuple[int, int],
    rate: int,
    bit_rate: int,
    gop: int,
    preset: str = "veryfast",
) -> "VideoCodecContext":
    """Return an encoder set up as a camera's: fixed groups, no picture reordered."""
    import av

    made: Any = av.CodecContext.create(CODECS[codec].encoder, "w")
    made.width, made.height = size
    made.pix_fmt = "yuv420p"
    made.time_base = Fraction(1, rate)
    made.framerate = Fraction(rate)
    made.bit_rate = bit_rate
    made.gop_size = gop
    made.max_b_frames = 0
    made.thread_count = 1
    shared = (
        f"aud=1:keyint={gop}:min-keyint={gop}:scenecut=0:"
        f"vbv-maxrate={bit_rate * 3 // 2000}:vbv-bufsize={bit_rate // 500}:"
        "rc-lookahead=10:colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"
    )
    if codec == "h264":
        made.options = {"preset": preset, "profile": "main", "x264-params": shared}
    else:
        single = "repeat-headers=1:pools=none:frame-threads=1:log-level=none:open-gop=0"
        made.options = {"preset": preset, "x265-params": f"{shared}:{single}:bframes=0"}
    result: VideoCodecContext = made
    return result


def save_coded(path: Path, data: bytes, *, pictures: int) -> None:
    """Keep a coded stream with its digest beside it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    note = {"sha256": hashlib.sha256(data).hexdigest(), "pictures": pictures}
    _replace(path, data)
    _replace(path.with_suffix(".json"), json.dumps(note).encode())


def load_coded(
    path: Path, *, pictures: int, rate: int, codec: str = "h264"
) -> Loop | None:
    """Return a kept loop, or None where it is missing, damaged or of another length."""
    try:
        data = path.read_bytes()
        note = json.loads(path.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(note, dict):
        return None
    if note.get("sha256") != hashlib.sha256(data).hexdigest():
        return None
    loop = parse_annex_b(data, rate, codec)
    if loop is None or len(loop.units) != pictures or not loop.units[0].key:
        return None
    return loop


def _replace(path: Path, data: bytes) -> None:
    # A half-written file must never carry the final name.
    scratch = path.with_name(f"{path.name}.{os.getpid()}.part")
    scratch.write_bytes(data)
    scratch.replace(path)
