"""The desk's own tones, made here: what each sounds like, as a WAV.

What a voice says is brought to their form: one rate, as loud as the loudest of them.
"""

import io
import wave
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

RATE = 22_050
ONSET_S = 0.03  # a tone that jumps on makes people flinch
PULSE_S = 0.15
GAP_S = 0.1
HARMONICS = ((1, 1.0), (2, 0.5), (3, 0.33), (4, 0.2))
FAINT = 0.01  # of the loudest: what is below it at the ends is silence
BREATH_S = 0.12  # between what two voices say

Wave = NDArray[np.float64]


class Tone(StrEnum):
    """What can be heard at a desk."""

    P1 = "p1"
    P2 = "p2"
    P3 = "p3"
    DUE = "due"
    FLOOD_BEGINS = "flood_begins"
    FLOOD = "flood"
    FLOOD_ENDS = "flood_ends"
    ALONE = "alone"
    BACK = "back"
    DRILL = "drill"  # before every other sound of a drill


# How loud, against the first: 15, 10 and 5 dB over the room, the rest softer.
DECIBELS = {
    Tone.P1: 0.0,
    Tone.P2: -5.0,
    Tone.P3: -10.0,
    Tone.FLOOD_BEGINS: -5.0,
    Tone.FLOOD: -5.0,
    Tone.FLOOD_ENDS: -8.0,
    Tone.ALONE: -8.0,
    Tone.BACK: -10.0,
    Tone.DUE: -12.0,
    Tone.DRILL: -6.0,
}


def wav_of(
    tone: Tone,
    *,
    volume: float = 1.0,
    drill: bool = False,
    word: Wave | None = None,
) -> bytes:
    """Return a tone as a WAV file.

    Args:
        tone: Which one.
        volume: 0 to 1.
        drill: The sign of a drill comes before it.
        word: That sign, as a voice says it; None: four ticks.
    """
    parts = [_shape(tone) * _factor(tone)]
    if drill:
        sign = _shape(Tone.DRILL) if word is None else word
        parts = [sign * _factor(Tone.DRILL), _silence(0.25), *parts]
    return as_wav(np.concatenate(parts), volume=volume)


def seconds_of(samples: Wave) -> float:
    """Return how long something sounds."""
    return len(samples) / RATE


def voice_of(data: bytes) -> Wave | None:
    """Return what a voice said, from the WAV it made; None: there is nothing in it.

    Its silent ends are off, and its loudest moment is as loud as that of a tone.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width = file.getnchannels(), file.getsampwidth()
            rate = file.getframerate()
            # A voice that writes into a pipe cannot know how long it will speak:
            # the length in the head of its file is none.
            frames = file.readframes(len(data))
    except (wave.Error, EOFError):
        return None
    whole = len(frames) // (2 * channels) * (2 * channels)
    if width != 2 or not whole:
        return None
    both = np.frombuffer(frames[:whole], "<i2").reshape(-1, channels)
    sound = both[:, 0].astype(np.float64)
    if rate != RATE:
        at = np.arange(0, len(sound), rate / RATE)
        sound = np.interp(at, np.arange(len(sound)), sound)
    peak = float(np.abs(sound).max(initial=0.0))
    if peak == 0.0:
        return None
    loud = np.flatnonzero(np.abs(sound) > peak * FAINT)
    return np.asarray(sound[loud[0] : loud[-1] + 1] / peak)


def joined(sounds: Sequence[Wave]) -> Wave:
    """Return sounds one after the other, with a breath between them."""
    parts: list[Wave] = []
    for sound in sounds:
        parts += [_silence(BREATH_S), sound]
    return np.concatenate(parts[1:])


def as_wav(samples: Wave, *, volume: float) -> bytes:
    """Return samples between -1 and 1 as a WAV file of a volume from 0 to 1."""
    samples = samples * min(max(volume, 0.0), 1.0)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32_000).astype("<i2").tobytes())
    return file.getvalue()


def _factor(tone: Tone) -> float:
    return float(10.0 ** (DECIBELS[tone] / 20.0))


def _shape(tone: Tone) -> Wave:
    match tone:
        case Tone.P1:  # three and two, high and low: no other sound here has five
            high, low = _pulse(880.0), _pulse(660.0)
            return _with_gaps([high, low, high], [low, high], between=0.25)
        case Tone.P2:
            return _with_gaps([_pulse(660.0)] * 3)
        case Tone.P3:
            return _pulse(520.0)
        case Tone.DUE:
            return _with_gaps([_knock()], [_knock()], between=0.18)
        case Tone.FLOOD_BEGINS | Tone.FLOOD:
            return _with_gaps([_pulse(700.0, 0.3), _pulse(440.0, 0.4)])
        case Tone.FLOOD_ENDS:
            return _with_gaps([_pulse(440.0, 0.3), _pulse(700.0, 0.4)])
        case Tone.ALONE:
            return _with_gaps([_pulse(300.0, 0.25)] * 2)
        case Tone.BACK:
            return _with_gaps([_pulse(600.0, 0.25)] * 2)
        case Tone.DRILL:
            return _with_gaps([_pulse(350.0, 0.08)] * 4)


def _with_gaps(*groups: Sequence[Wave], between: float = 0.0) -> Wave:
    parts: list[Wave] = []
    for group in groups:
        if parts and between:
            parts.append(_silence(between))
        for pulse in group:
            parts += [pulse, _silence(GAP_S)]
    return np.concatenate(parts)


def _silence(seconds: float) -> Wave:
    return np.zeros(round(seconds * RATE))


def _pulse(hertz: float, seconds: float = PULSE_S) -> Wave:
    at = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros_like(at)
    for times, share in HARMONICS:
        sound += share * np.sin(2 * np.pi * hertz * times * at)
    sound /= np.abs(sound).max()
    ramp = min(ONSET_S, seconds / 3)
    envelope = np.minimum(np.minimum(at, seconds - at) / ramp, 1.0)
    return np.asarray(sound * np.clip(envelope, 0.0, 1.0))


def _knock() -> Wave:
    at = np.arange(round(0.12 * RATE)) / RATE
    sound = np.sin(2 * np.pi * 190.0 * at) * np.exp(-at * 38.0)
    return np.asarray(sound * np.minimum(at / 0.008, 1.0))
