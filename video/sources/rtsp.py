"""Open RTSP cameras with PyAV and read their packets, without giving a log-in away.

FFmpeg wants user and password inside the address, and its exceptions, its messages
and the `name` of an open container repeat that address. So no container leaves
this folder and no PyAV exception the module: errors become a `SourceError` with a stable word,
raised after the original has been let go, so that no traceback leads back to it.
"""

import contextlib
import errno
import socket
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Final
from urllib.parse import quote, urlsplit

import av
import av.error
from av.container import InputContainer

from video.sources import Login
from video.sources.packets import CodecSetup, SourceError, VideoPacket

SCHEMES: Final = ("rtsp", "rtsps")

PROBE_TIMEOUT_S: Final = 3.0
# Over UDP, FFmpeg itself gives up after 10 s and turns to TCP: wait longer than that.
_FALL_BACK_S: Final = 10.0
TCP_TIMEOUT_S: Final = 8.0
UDP_TIMEOUT_S: Final = _FALL_BACK_S + 5.0

# A network that knows of nobody there says so itself; else nobody says anything.
_AWAY: Final = (errno.EHOSTUNREACH, errno.ENETUNREACH)
_PORTS: Final = {"rtsp": 554, "rtsps": 322}
_LONGEST_USERINFO: Final = 127  # FFmpeg cuts it there, and would send a wrong one
# Probing reads one picture. "fflags=nobuffer" would throw it away: the first key frame,
# and with it a whole group of waiting (docs/decisions/0005-video-engine.md).
_OPTIONS: Final = {
    "probesize": "32768",
    "analyzeduration": "0",
}
# A large key frame comes in one burst; a packet that is late is not waited for long.
_DATAGRAMS: Final = {"buffer_size": "2097152", "max_delay": "200000"}
_TRANSPORTS: Final = {
    "tcp": {"rtsp_transport": "tcp"},
    "udp": {"rtsp_transport": "udp", **_DATAGRAMS},
    "auto": {"rtsp_transport": "tcp+udp", "rtsp_flags": "prefer_tcp", **_DATAGRAMS},
}

_LOGIN_ERRORS: Final = (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)
_TIMEOUT_ERRORS: Final = (av.error.ExitError, av.error.TimeoutError)
_PICTURE_ERRORS: Final = (
    av.error.InvalidDataError,
    av.error.LookupError,
    av.error.PatchWelcomeError,
    av.error.HTTPOtherClientError,  # of a description without a picture, say
)


def reason_of(error: av.error.FFmpegError) -> str:
    """Return which of `video.contract.REASONS` an error of FFmpeg is."""
    if isinstance(error, _LOGIN_ERRORS):
        return "login"
    if isinstance(error, _TIMEOUT_ERRORS):
        return "timeout"
    if isinstance(error, av.error.HTTPNotFoundError):
        return "not_found"
    if isinstance(error, av.error.HTTPServerError):
        return "busy"
    if isinstance(error, _PICTURE_ERRORS):
        return "no_picture"
    return "refused"


def reason_unconnected(error: OSError | UnicodeError) -> str:
    """Return the reason why no connection came about."""
    if isinstance(error, socket.gaierror | UnicodeError):
        return "unknown_host"
    if isinstance(error, TimeoutError) or error.errno in _AWAY:
        return "timeout"
    return "refused"


def _host_and_port(url: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not host:
        return None
    return host, port or _PORTS[parts.scheme]


def probe(url: str) -> None:
    """Raise `SourceError` unless somebody accepts a connection at this address."""
    place = _host_and_port(url)
    if place is None:
        raise SourceError("refused")
    reason = ""
    try:
        socket.create_connection(place, timeout=PROBE_TIMEOUT_S).close()
    except (OSError, UnicodeError) as error:
        reason = reason_unconnected(error)
    if reason:
        raise SourceError(reason)


def _with_login(url: str, login: Login | None) -> str:
    """Return the address with the log-in in it; one already there is dropped."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    if login is not None:
        user, password = (quote(t, safe="") for t in (login.username, login.password))
        userinfo = f"{user}:{password}"
        if len(userinfo) > _LONGEST_USERINFO:
            raise SourceError("login")
        place = f"{userinfo}@{place}"
    return parts._replace(netloc=place).geturl()


def open_source(url: str, *, transport: str, login: Login | None) -> "RtspSource":
    """Open a camera; raises `SourceError` where that is not possible."""
    return RtspSource(url, transport=transport, login=login)


def open_container(
    url: str, *, transport: str, login: Login | None, media: str
) -> InputContainer:
    """Connect for "video" or "audio"; raises `SourceError` where it is not possible.

    What is returned knows the log-in: it is for the modules of this folder only.
    """
    limit = TCP_TIMEOUT_S if transport == "tcp" else UDP_TIMEOUT_S
    address = _with_login(url, login)
    options = _OPTIONS | _TRANSPORTS[transport] | {"allowed_media_types": media}
    reason = ""
    try:
        return av.open(address, container_options=options, timeout=(limit, limit))
    except av.error.FFmpegError as error:
        reason = reason_of(error)
    except (OSError, ValueError):
        reason = "no_picture"
    raise SourceError(reason or "refused")


class RtspSource:
    """One open connection to a camera.

    Thread: opened, read and closed on one thread.
    """

    def __init__(self, url: str, *, transport: str, login: Login | None) -> None:
        self._container: InputContainer | None = open_container(
            url, transport=transport, login=login, media="video"
        )
        streams = self._container.streams.video
        if not streams or streams[0].codec_context is None:  # None: no such decoder
            self.close()
            raise SourceError("no_picture")
        self._stream = streams[0]

    def __repr__(self) -> str:
        return "RtspSource(…)"

    @property
    def codec(self) -> CodecSetup:
        """Return what a decoder needs."""
        context = self._stream.codec_context
        aspect = self._stream.sample_aspect_ratio or Fraction(1)
        return CodecSetup(
            context.name,
            context.extradata,
            float(aspect) or 1.0,
            context.width,
            context.height,
        )

    def packets(self) -> Iterator[VideoPacket]:
        """Give packets as they come in; raises `SourceError` when they stop."""
        assert self._container is not None
        reason = ""
        try:
            for packet in self._container.demux(self._stream):
                if packet.size:
                    now = time.monotonic()
                    yield VideoPacket(packet, packet.is_keyframe, packet.size, now)
        except av.error.FFmpegError as error:
            reason = reason_of(error)
        raise SourceError(reason or "refused")

    def close(self) -> None:
        """Say good-bye to the camera, whatever it answers."""
        container, self._container = self._container, None
        if container is not None:
            with contextlib.suppress(av.error.FFmpegError, OSError):
                container.close()
