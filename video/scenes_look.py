"""How one camera's picture of a scene differs from another's: seed, side, night.

A scene is written once. While one is built, `look()` says for which camera, so that
walls, trees, light and people come out different without every surface carrying a
parameter for it; `looking` sets it for the building thread only.
"""

import colorsys
import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

import numpy as np

from video.scenes_eye import F32, Eye, Vec


@dataclass(frozen=True, slots=True)
class Weather:
    """What the sky does to a picture by day.

    Attributes:
        direct: How much of the light comes from the sun; shadows go with it.
        haze: Share of the scene's clear distance.
        tint: Blue, green, red of the light.
    """

    direct: float
    haze: float
    tint: tuple[float, float, float]


_AS_DRAWN = Weather(1.0, 1.0, (1.0, 1.0, 1.0))
_WEATHERS = (
    Weather(1.0, 1.1, (0.93, 0.99, 1.06)),  # a warm morning
    Weather(0.3, 0.6, (1.03, 1.0, 0.97)),  # overcast
    Weather(1.0, 1.3, (1.03, 1.0, 0.98)),  # after rain
    Weather(0.65, 0.45, (1.0, 1.01, 1.0)),  # hazy
)


@dataclass(frozen=True, slots=True)
class Look:
    """For which camera a scene is built.

    Attributes:
        seed: 0: as the scene was drawn; any other: a place like it elsewhere.
        night: Dark, with lamps, lit windows and headlights.
        mirrored: Seen from the other side.
    """

    seed: int = 0
    night: bool = False
    mirrored: bool = False

    def rng(self, purpose: int) -> np.random.Generator:
        """Return this look's own chance for a purpose, the same by day and night."""
        return np.random.default_rng((self.seed, purpose))

    def seeded(self, seed: int) -> int:
        """Return a thing's seed in this look."""
        return seed + 101 * self.seed

    @property
    def weather(self) -> Weather:
        """Return the day's weather."""
        if self.seed == 0:
            return _AS_DRAWN
        return _WEATHERS[int(self.rng(1).integers(len(_WEATHERS)))]

    def eye(
        self, at: Vec, *, yaw: float, pitch: float, fov: float, size: tuple[int, int]
    ) -> Eye:
        """Return the scene's camera, hung and turned a little otherwise."""
        if self.seed == 0:
            return Eye(at, yaw=yaw, pitch=pitch, fov=fov, size=size)
        rng = self.rng(2)
        x, y, z = at
        moved = (x + rng.uniform(-0.8, 0.8), y, z * rng.uniform(0.9, 1.2))
        return Eye(
            moved,
            yaw=yaw + rng.uniform(-7, 7),
            pitch=pitch + rng.uniform(-0.5, 2.0),
            fov=fov * rng.uniform(0.84, 1.02),
            size=size,
        )

    def sun(self, sun: Vec) -> Vec:
        """Return where the sun stands; at night nearly overhead, for faint shadows."""
        if self.night:
            return (0.08, -0.12, 1.0)
        if self.seed == 0:
            return sun
        rng = self.rng(3)
        turn = math.radians(rng.uniform(-75, 75))
        x, y, z = sun
        c, s = math.cos(turn), math.sin(turn)
        # Never behind what the camera looks at: its walls would all be dark.
        return (x * c - y * s, -abs(x * s + y * c), z * rng.uniform(0.7, 1.15))

    def wall(self, tone: str) -> str:
        """Return a wall's paint: each house of a look keeps its own."""
        if self.seed == 0:
            return tone
        value = int(tone.lstrip("#"), 16)
        rng = np.random.default_rng((self.seed, value))
        red, green, blue = (value >> s & 255 for s in (16, 8, 0))
        hue, light, colour = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        hue = (hue + rng.choice((0.0, -0.04, 0.05, 0.35, 0.5))) % 1.0
        light = min(0.88, max(0.5, light * rng.uniform(0.84, 1.1)))
        colour = min(0.34, colour * rng.uniform(0.5, 1.7))
        parts = colorsys.hls_to_rgb(hue, light, colour)
        return "#" + "".join(f"{round(p * 255):02x}" for p in parts)


_AS_IT_IS = Look()
_look: ContextVar[Look] = ContextVar("look", default=_AS_IT_IS)


def look() -> Look:
    """Return for which camera the scene at hand is built."""
    return _look.get()


@contextmanager
def looking(wanted: Look) -> Iterator[None]:
    """Build for a camera."""
    token = _look.set(wanted)
    try:
        yield
    finally:
        _look.reset(token)


@dataclass(frozen=True, slots=True)
class Lamp:
    """Something that lights its surroundings at night.

    Attributes:
        at: Where it hangs.
        colour: Blue, green, red.
        reach_m: How far its light goes.
        strength: At its foot, against daylight.
        bulb_m: Size of what one sees of it; 0: hidden.
    """

    at: tuple[float, float, float]
    colour: tuple[float, float, float] = (0.62, 0.86, 1.0)
    reach_m: float = 8.0
    strength: float = 0.85
    bulb_m: float = 0.28

    def shifted(self, x: float, y: float) -> "Lamp":
        """Return one like it elsewhere."""
        return replace(self, at=(self.at[0] + x, self.at[1] + y, self.at[2]))


AMBIENT = np.array([0.235, 0.205, 0.185], np.float32)  # the night sky over a town


def lamplight(lamps: "list[Lamp] | tuple[Lamp, ...]", x: F32, y: F32, z: F32) -> F32:
    """Return the light at positions, as factors of blue, green and red."""
    total: F32 = np.broadcast_to(AMBIENT, (*np.shape(x), 3)).astype(np.float32)
    for lamp in lamps:
        lx, ly, lz = lamp.at
        away = (x - lx) ** 2 + (y - ly) ** 2 + (z - lz) ** 2
        fall = lamp.strength / (1 + away / np.float32(lamp.reach_m**2)) ** 2
        total = total + fall[..., None] * np.array(lamp.colour, np.float32)
    return total
