"""Listen to one camera: a connection of its own for the sound, in a worker.

It knows nothing of the picture's connection: a camera that gives no sound, or loses it,
shows its picture as before.
"""

import random
import threading
import time
from collections.abc import Sequence
from typing import Any

from video.contract import SoundState
from video.hearing import Late
from video.retries import PROVEN_S, retry_delay
from video.sources import Login, StreamSpec
from video.sources.packets import SourceError
from video.sources.rtsp_sound import RtspSound


class Listener(threading.Thread):
    """Keeps a connection for the sound of one camera until it is finished.

    Thread: itself; the rest from any.

    Args:
        urls: Where to ask, one after the other, without credentials.
        transport: As in `StreamSpec`.
        login: Of the camera, or None.

    Attributes:
        state: How far it came.
        waiting: What came in and was not fetched yet.
    """

    def __init__(
        self,
        stream_id: str,
        *,
        urls: Sequence[str],
        transport: str,
        login: Login | None,
    ) -> None:
        super().__init__(name=f"listen {stream_id}", daemon=True)
        self.stream_id = stream_id
        self.state = SoundState.CONNECTING
        self.waiting = Late()
        self._urls = tuple(dict.fromkeys(filter(None, urls)))
        self._transport = transport
        self._login = login
        self._finished = threading.Event()

    def finish(self) -> None:
        """End at the next packet, or when the connection's time-out runs out."""
        self._finished.set()

    def run(self) -> None:
        """Listen, and begin again where the connection was lost.

        Not where the log-in was refused, cameras lock accounts; and a camera without
        sound at any address gets no better by being asked again.
        """
        at = failures = 0
        while not self._finished.is_set():
            began = time.monotonic()
            try:
                self._listen(self._urls[at % len(self._urls)])
            except SourceError as error:
                at += 1
                if error.reason == "no_sound":
                    if at >= len(self._urls):
                        self.state = SoundState.NONE
                        return
                    continue
                proven = self.state is SoundState.HEARD
                if proven and time.monotonic() - began >= PROVEN_S:
                    failures = 0
                failures += 1
                busy = error.reason == "busy"
                self.state = SoundState.BUSY if busy else SoundState.LOST
                if error.reason == "login":
                    return
                spread = random.random()
                self._finished.wait(retry_delay(failures, shown=True, spread=spread))

    def _listen(self, url: str) -> None:
        sound = RtspSound(url, transport=self._transport, login=self._login)
        try:
            for samples in sound.samples():
                if self._finished.is_set():
                    return
                self.state = SoundState.HEARD
                self.waiting.put(samples)
        finally:
            sound.close()


class Ear:
    """The one listener of a worker.

    Thread: told on the worker's main thread, asked on its manager's.
    """

    def __init__(self) -> None:
        self._specs: dict[str, StreamSpec] = {}
        self._listener: Listener | None = None
        self._turn = 0
        self._told = SoundState.OFF

    def know(self, spec: StreamSpec) -> None:
        """Remember where a stream comes from."""
        self._specs[spec.stream_id] = spec

    def listen(self, stream_id: str, *, turn: int, login: Login | None) -> None:
        """Listen to this stream from now on, and to no other."""
        self.mute()
        spec = self._specs.get(stream_id)
        if spec is None:
            return
        self._turn, self._told = turn, SoundState.CONNECTING
        self._listener = Listener(
            stream_id,
            urls=(spec.main_url, spec.sub_url),
            transport=spec.transport,
            login=login,
        )
        self._listener.start()

    def mute(self) -> None:
        """Listen to nobody."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.finish()

    def forget(self, stream_id: str) -> None:
        """Listen no more to a stream that is gone, or whose log-in is."""
        if self._listener is not None and self._listener.stream_id == stream_id:
            self.mute()

    def words(self) -> dict[str, Any] | None:
        """Return what there is to say of it, or None."""
        listener = self._listener
        if listener is None:
            return None
        state, sound = listener.state, listener.waiting.take()
        if not sound and state is self._told:
            return None
        self._told = state
        return {
            "say": "sound",
            "turn": self._turn,
            "state": state,
            "sound": sound.hex(),
        }
