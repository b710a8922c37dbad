"""Listening to a camera nobody here wrote: the tone it plays is the tone that is heard."""

import numpy as np
import pytest
from test_gst_camera import PASSWORD, USER, camera, engine, shown, until, want

from video.contract import SOUND_RATE, SoundState
from video.workers import Login, Mode, VideoEngine

__all__ = ["engine"]

TONE_HZ = 440.0
LISTENED_S = 2


def pitch(samples: bytes) -> float:
    """Return the strongest frequency in a sound."""
    wave = np.frombuffer(samples, np.int16).astype(float)
    strength = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return float(np.argmax(strength)) * SOUND_RATE / len(wave)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("sound", ["pcma", "pcmu", "aac"])
def test_the_tone_that_is_played_on_site_is_heard(
    engine: VideoEngine, sound: str, transport: str
):
    with camera(sound=sound, protocols=transport) as address:
        engine.set_login("1203", Login(USER, PASSWORD))
        want(engine, address, Mode.LIVE, transport)
        until(lambda: shown(engine, 3))
        engine.hearing.listen("1203")
        heard = bytearray()

        def enough() -> bool:
            heard.extend(engine.hearing.take())
            return len(heard) >= LISTENED_S * SOUND_RATE * 2

        until(enough)
        assert engine.hearing.state is SoundState.HEARD
        assert pitch(bytes(heard[-SOUND_RATE * 2 :])) == pytest.approx(TONE_HZ, abs=4)
        frames = engine.picture("1203").sequence
        until(lambda: shown(engine, frames + 10))  # the picture goes on beside it

        engine.hearing.listen("")
        assert engine.hearing.state is SoundState.OFF
        assert engine.hearing.take() == b""


def test_a_camera_without_sound_says_so_and_goes_on_showing(engine: VideoEngine):
    with camera() as address:
        engine.set_login("1203", Login(USER, PASSWORD))
        want(engine, address, Mode.LIVE)
        until(lambda: shown(engine, 3))
        engine.hearing.listen("1203")
        until(lambda: engine.hearing.state is SoundState.NONE)
        frames = engine.picture("1203").sequence
        until(lambda: shown(engine, frames + 10))
