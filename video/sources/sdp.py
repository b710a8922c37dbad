"""Read what a camera says of its picture (SDP, RFC 4566, RFC 6184, RFC 7798).

Only what is simple is read: one H.264 or H.265 picture, sent in decoding order. All
else is a `SdpError`, for which somebody else has an answer.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

RTP_CLOCK: Final = 90_000
_MAX_LINES: Final = 500
_MAX_SET: Final = 4_096
_MEDIA: Final = re.compile(
    r"video \d{1,5}(?:/\d+)? RTP/AVPF?(?:/TCP)? (\d{1,3})(?: .*)?"
)
_MAPPED: Final = re.compile(r"(\d{1,3})\s+([\w.-]+)/(\d{1,9})(?:/.*)?")
_CODECS: Final = {"H264": "h264", "H265": "hevc"}
_SETS: Final = {
    "h264": ("sprop-parameter-sets",),
    "hevc": ("sprop-vps", "sprop-sps", "sprop-pps"),
}


class SdpError(Exception):
    """It is no description, or one of something else."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a camera sends.

    Attributes:
        codec: FFmpeg's name of the codec: "h264" or "hevc".
        payload_type: Of its RTP packets.
        parameters: Parameter sets, in their order; perhaps none.
        control: Where the picture is set up, perhaps relative; "" where not said.
        session_control: Where it is played, perhaps relative; "" where not said.
    """

    codec: str
    payload_type: int
    parameters: tuple[bytes, ...]
    control: str
    session_control: str


def parse(body: bytes) -> Described:
    """Return what is described; raises `SdpError`."""
    lines = body.decode("utf-8", "replace").splitlines()
    if len(lines) > _MAX_LINES or not lines or lines[0].strip() != "v=0":
        raise SdpError("not a description")
    session: list[str] = []
    video: list[str] | None = None
    section = session
    for line in lines:
        if line.startswith("m="):
            section = []  # of sound, say: not looked at
            if line.startswith("m=video") and video is None:
                video = section
        section.append(line.strip())
    if video is None:
        raise SdpError("no picture")
    media = _MEDIA.fullmatch(video[0][2:])
    if media is None:
        raise SdpError("a picture that comes in another way")
    payload_type = int(media[1])
    codec = _codec(video, payload_type)
    options = _options(video, payload_type)
    if codec == "h264" and options.get("packetization-mode", "0") not in ("0", "1"):
        raise SdpError("a picture sent out of order")
    if options.get("sprop-max-don-diff", "0") != "0":
        raise SdpError("a picture sent out of order")
    return Described(
        codec,
        payload_type,
        _parameters(codec, options),
        _attribute(video, "control"),
        _attribute(session, "control"),
    )


def resolve(base: str, control: str) -> str:
    """Return a control address as cameras and players have agreed to join it."""
    if not control or control == "*":
        return base
    if control.lower().startswith("rtsp://"):
        return control
    return f"{base.rstrip('/')}/{control.lstrip('/')}"


def _attribute(section: list[str], name: str) -> str:
    start = f"a={name}:"
    for line in section:
        if line.startswith(start):
            return line[len(start) :].strip()
    return ""


def _codec(section: list[str], payload_type: int) -> str:
    for line in section:
        mapped = _MAPPED.fullmatch(line.removeprefix("a=rtpmap:"))
        if line.startswith("a=rtpmap:") and mapped and int(mapped[1]) == payload_type:
            codec = _CODECS.get(mapped[2].upper())
            if codec is not None and int(mapped[3]) == RTP_CLOCK:
                return codec
            break
    raise SdpError("a picture of another kind")


def _options(section: list[str], payload_type: int) -> dict[str, str]:
    for line in section:
        kind, _, rest = line.removeprefix("a=fmtp:").partition(" ")
        if line.startswith("a=fmtp:") and kind == str(payload_type):
            pairs = (each.partition("=") for each in rest.split(";"))
            return {name.strip().lower(): text.strip() for name, _, text in pairs}
    return {}


def _parameters(codec: str, options: dict[str, str]) -> tuple[bytes, ...]:
    found = []
    for name in _SETS[codec]:
        for text in options.get(name, "").split(","):
            try:
                data = base64.b64decode(text.strip(), validate=True)
            except (binascii.Error, ValueError):
                return ()  # they come with the pictures, too
            if 2 < len(data) <= _MAX_SET:
                found.append(data)
    return tuple(found)
