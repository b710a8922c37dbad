"""Open the sound of RTSP cameras and read it, without giving a log-in away.

The same care as in `video.sources.rtsp`: no container and no PyAV exception leaves.
"""

import contextlib
from collections.abc import Iterator
from typing import Final

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer

from video.contract import SOUND_RATE
from video.sources import Login
from video.sources.packets import SourceError
from video.sources.rtsp import open_container, reason_of

_SILENT: Final = ("no_picture", "not_found")  # it answers, and has no such track


class RtspSound:
    """One open connection to a camera for its sound.

    Thread: opened, read and closed on one thread.

    Raises:
        SourceError: It cannot be opened; "no_sound" where the camera sends none.
    """

    def __init__(self, url: str, *, transport: str, login: Login | None) -> None:
        self._container: InputContainer | None = None
        reason = ""
        try:
            self._container = open_container(
                url, transport=transport, login=login, media="audio"
            )
        except SourceError as error:
            reason = "no_sound" if error.reason in _SILENT else error.reason
        if self._container is None:
            raise SourceError(reason)
        streams = self._container.streams.audio
        if not streams or streams[0].codec_context is None:
            self.close()
            raise SourceError("no_sound")
        self._stream = streams[0]

    def __repr__(self) -> str:
        return "RtspSound(…)"

    def samples(self) -> Iterator[bytes]:
        """Give what comes in: 16 bits, one channel, `SOUND_RATE`; raises `SourceError`."""
        assert self._container is not None
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SOUND_RATE)
        reason = ""
        try:
            for packet in self._container.demux(self._stream):
                for frame in _decoded(packet):
                    for part in resampler.resample(frame):
                        yield bytes(part.planes[0])[: part.samples * 2]
        except av.error.FFmpegError as error:
            reason = reason_of(error)
        raise SourceError(reason or "refused")

    def close(self) -> None:
        """Say good-bye to the camera, whatever it answers."""
        container, self._container = self._container, None
        if container is not None:
            with contextlib.suppress(av.error.FFmpegError, OSError):
                container.close()


def _decoded(packet: "av.Packet[AudioStream]") -> list[av.AudioFrame]:
    try:
        return packet.decode()
    except av.error.InvalidDataError:
        return []  # damaged on its way: the next one is another moment
