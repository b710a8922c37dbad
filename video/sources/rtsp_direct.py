"""Open RTSP cameras of H.264 or H.265 over TCP without FFmpeg's demuxer.

FFmpeg hands a picture on when the next one begins, and wants a thread for each camera.
Here a picture is whole with its marker, and a source is read without waiting, so that
one thread can serve them all. The one rule of who opens what: **a camera that says no
is believed; one that is merely other than expected** (another transport, another
codec, a strange answer) **is opened by `video.sources.rtsp`**, as if nothing had been.
"""

import contextlib
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from video.limits import too_large
from video.sources import Login, rtsp
from video.sources.lateness import Lateness
from video.sources.packets import CodecSetup, Source, SourceError, VideoPacket
from video.sources.rtp_pictures import Pictures, says_goodbye
from video.sources.rtsp import (
    PROBE_TIMEOUT_S,
    SCHEMES,
    TCP_TIMEOUT_S,
    probe,
    reason_unconnected,
)
from video.sources.rtsp_address import RtspAddress, parse_address
from video.sources.rtsp_talk import MovedError, Talk, UnsuitedError
from video.sources.rtsp_wire import Answer, Frame, Wire, WireError
from video.trouble import size_of

__all__ = ["SCHEMES", "RtspDirectSource", "open_source", "probe"]

_CHUNK: Final = 64 * 1024
_MOST_MOVES: Final = 3
_BITE: Final = 16 * 1024
#: Of a processor, in one call: a flood of tiny packets is not to take others' time.
_LONGEST_S: Final = 0.005
_MOST_EARLY: Final = 1024 * 1024  # bytes that overtake the answer to PLAY
_FRAME_BYTES: Final = 128  # what keeping a frame costs besides
_MOST_UNSENT: Final = 16 * 1024
_SIZE_AGAIN_S: Final = 1.0  # where a key frame does not tell it
_LOOK_S: Final = 0.5
_START: Final = b"\x00\x00\x00\x01"


def open_source(url: str, *, transport: str, login: Login | None) -> Source:
    """Open a camera; raises `SourceError` where that is not possible."""
    address = None if transport == "udp" else parse_address(url)
    if address is None:
        probe(url)  # FFmpeg gives up on a silent one much later
        source = None
    else:
        source = _open_directly(address, login)
    return source or rtsp.open_source(url, transport=transport, login=login)


def _open_directly(
    address: RtspAddress, login: Login | None
) -> "RtspDirectSource | None":
    """Return a source, or None where another way has to be tried."""
    for _ in range(1 + _MOST_MOVES):
        try:
            return RtspDirectSource(address, login=login)
        except UnsuitedError:
            return None
        except MovedError as moved:
            elsewhere = moved.address
        if not address.same_place(elsewhere):
            login = None  # it was given for another place
        address = elsewhere
    return None


class RtspDirectSource:
    """One open connection to a camera, read without waiting.

    Thread: opened on one, then used on one other.

    Raises:
        SourceError: The camera says no, or nothing at all.
        UnsuitedError: It has to be opened in another way.
        MovedError: It is elsewhere.
    """

    def __init__(self, address: RtspAddress, *, login: Login | None) -> None:
        self._wire = Wire()
        self._talk = Talk(address, login)
        self._early: list[Frame] = []
        self._early_bytes = 0
        self._unsent = b""
        self._sized_at = 0.0
        self._ended = False
        self._socket = _connected(address)
        with contextlib.ExitStack() as unless_playing:
            unless_playing.callback(self.close)
            self._converse(time.monotonic() + TCP_TIMEOUT_S)
            self._socket.setblocking(False)
            unless_playing.pop_all()
        described = self._talk.described
        assert described is not None
        self._pictures = Pictures(described.codec, described.payload_type)
        self._channel = self._talk.channel
        self._lateness = Lateness()
        sets = b"".join(_START + each for each in described.parameters)
        self._codec = CodecSetup(described.codec, sets or None, 1.0)
        self._heard_at = self._picture_at = self._alive_at = time.monotonic()

    def __repr__(self) -> str:
        return "RtspDirectSource(…)"

    @property
    def codec(self) -> CodecSetup:
        """Return what a decoder needs; the size is known from the first key frame."""
        return self._codec

    def fileno(self) -> int:
        """Return what an operating system waits for."""
        return self._socket.fileno()

    def receive(self, most: int) -> list[VideoPacket]:
        """Return what has come in, at most so many bytes read; never waits.

        What would take too long is left for the next call.
        """
        if self._ended:
            raise SourceError("refused")
        done: list[VideoPacket] = []
        now = time.monotonic()
        early, self._early = self._early, []
        for frame in early:
            self._take(frame, now, done)
        until = time.thread_time() + _LONGEST_S
        while most > 0 and not self._ended:
            try:
                data = self._socket.recv(min(_BITE, most))
            except (BlockingIOError, InterruptedError):
                break
            except OSError:
                data = b""
            if not data:
                self._ended = True
                break
            most -= len(data)
            self._understand(data, time.monotonic(), done)
            if len(data) < _BITE or time.thread_time() > until:
                break
        if self._ended and not done:
            raise SourceError("refused")
        return done

    def tend(self, now: float) -> None:
        """Say that somebody is there, now and then; raises `SourceError` on silence."""
        if now - self._heard_at > TCP_TIMEOUT_S:
            raise SourceError("timeout")
        if now - self._picture_at > TCP_TIMEOUT_S:
            raise SourceError("no_picture")
        if self._unsent:  # it does not listen: more would only pile up
            self._send(b"")
        elif now - self._alive_at > self._talk.alive_every_s:
            self._alive_at = now
            self._answer(self._talk.alive)

    def packets(self) -> Iterator[VideoPacket]:
        """Give packets as they come in; raises `SourceError` when they stop."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            while True:
                yield from self.receive(_CHUNK)
                self.tend(time.monotonic())
                selector.select(_LOOK_S)

    def close(self) -> None:
        """Say good-bye to the camera, whatever it answers."""
        if self._socket.fileno() < 0:
            return
        with contextlib.suppress(OSError, UnsuitedError):
            self._socket.setblocking(False)
            self._socket.send(self._talk.good_bye())
        self._socket.close()

    def _converse(self, until: float) -> None:
        """Talk until it plays; raises as the class says."""
        self._say(self._talk.begin(), until)
        while not self._talk.playing:
            for each in self._hear(until):
                if isinstance(each, Answer):
                    self._say(self._talk.hear(each), until)
                elif self._early_bytes < _MOST_EARLY:
                    self._early.append(each)
                    self._early_bytes += len(each[1]) + _FRAME_BYTES

    def _say(self, data: bytes, until: float) -> None:
        reason = ""
        try:
            self._socket.settimeout(max(0.01, until - time.monotonic()))
            self._socket.sendall(data)
        except TimeoutError:
            reason = "timeout"
        except OSError:
            reason = "refused"
        if reason:
            raise SourceError(reason)

    def _hear(self, until: float) -> list[Frame | Answer]:
        left = until - time.monotonic()
        reason, data, strange = "", b"", False
        heard: list[Frame | Answer] = []
        try:
            self._socket.settimeout(max(0.01, left))
            data = self._socket.recv(_CHUNK)
            heard = self._wire.feed(data)
        except TimeoutError:
            reason = "timeout"
        except OSError:
            reason = "refused"
        except WireError:
            strange = True
        if left <= 0 or reason == "timeout":
            raise SourceError("timeout")
        # Hung up on: perhaps it wants to be talked to in another way. Not after a
        # log-in that may have been the reason: that is not said twice.
        if strange or ((reason or not data) and not self._talk.login_pending):
            raise UnsuitedError
        if reason or not data:
            raise SourceError("refused")
        return heard

    def _understand(self, data: bytes, now: float, done: list[VideoPacket]) -> None:
        heard: list[Frame | Answer] = []
        try:
            heard = self._wire.feed(data)
        except WireError:
            self._ended = True
        for each in heard:
            if isinstance(each, tuple):
                self._take(each, now, done)
            else:
                self._answer(partial(self._talk.hear, each))

    def _answer(self, saying: Callable[[], bytes]) -> None:
        try:
            self._send(saying())
        except UnsuitedError:
            self._ended = True

    def _take(self, frame: Frame, now: float, done: list[VideoPacket]) -> None:
        channel, packet = frame
        if channel != self._channel:
            if channel == self._channel + 1:
                self._lateness.hear(packet)
                self._ended |= says_goodbye(packet)
            return
        self._heard_at = now
        for picture in self._pictures.take(packet, now):
            self._picture_at = now
            if picture.key and not self._codec.width:
                self._learn_size(picture.data, now)
            size, stamp, arrived = len(picture.data), picture.stamp, picture.arrived
            late_s = self._lateness.of(stamp, arrived)
            done.append(
                VideoPacket(picture.data, picture.key, size, arrived, stamp, late_s)
            )

    def _learn_size(self, key_frame: bytes, now: float) -> None:
        if now - self._sized_at < _SIZE_AGAIN_S:
            return
        self._sized_at = now
        sets = self._codec.extradata or b""
        width, height = size_of(self._codec.name, sets + key_frame)
        self._codec = replace(self._codec, width=width, height=height)
        if too_large(width, height):
            raise SourceError("too_large")

    def _send(self, data: bytes) -> None:
        """Send what the connection takes now; the rest goes with the next round."""
        self._unsent += data
        if not self._unsent:
            return
        try:
            sent = self._socket.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self._ended = True
            return
        self._unsent = self._unsent[sent:]
        self._ended = self._ended or len(self._unsent) > _MOST_UNSENT


def _connected(address: RtspAddress) -> socket.socket:
    reason = ""
    try:
        return socket.create_connection(
            (address.host, address.port), timeout=PROBE_TIMEOUT_S
        )
    except (OSError, UnicodeError) as error:
        reason = reason_unconnected(error)
    raise SourceError(reason)
