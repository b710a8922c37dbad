"""The camera, the light and the result of a drawn scene, and its colours.

All colours are blue-green-red, 0 to 1 while building, bytes afterwards.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[Any]  # of float32 in practice; NumPy's own types say Any
Image = NDArray[Any]  # of bytes
Vec = Sequence[float] | NDArray[np.float64]
_NEAR = 0.3
_SHADOW_PX_PER_M = 8
DAY_HAZE = (212.0, 208.0, 201.0)


def rgb(text: str) -> F32:
    """Return "#rrggbb" as a colour of this module."""
    value = int(text.lstrip("#"), 16)
    parts = (value & 255, value >> 8 & 255, value >> 16 & 255)
    return np.array(parts, np.float32) / np.float32(255)


@dataclass(frozen=True, slots=True)
class Sprite:
    """Something soft that stands upright and faces the camera.

    Attributes:
        image: Blue, green, red, alpha; colours already multiplied by alpha.
        foot: Where its lower middle stands.
        width_m: Its width on the ground.
    """

    image: F32
    foot: tuple[float, float, float]
    width_m: float


class Eye:
    """A camera on a pole: where it stands, where it looks, what falls where."""

    def __init__(
        self,
        at: Vec,
        *,
        yaw: float,
        pitch: float,
        fov: float,
        size: tuple[int, int],
    ) -> None:
        self.at = np.array(at, np.float64)
        self.size = size
        self.focal = size[0] / 2 / math.tan(math.radians(fov) / 2)
        a, b = math.radians(yaw), math.radians(pitch)
        self.forward = np.array(
            [math.sin(a) * math.cos(b), math.cos(a) * math.cos(b), -math.sin(b)]
        )
        self.right = np.array([math.cos(a), -math.sin(a), 0.0])
        self.down = np.cross(self.forward, self.right)
        self._plain: tuple[tuple[float, ...], ...] | None = None

    def scaled(self, factor: float) -> "Eye":
        """Return the same view with more or fewer pixels."""
        eye = Eye.__new__(Eye)
        eye.at, eye.forward = self.at, self.forward
        eye.right, eye.down = self.right, self.down
        eye._plain = None
        eye.focal = self.focal * factor
        eye.size = (round(self.size[0] * factor), round(self.size[1] * factor))
        return eye

    def project(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return pixel positions (N x 2) and depths (N) of points (N x 3)."""
        rel = np.asarray(points, np.float64) - self.at
        depth = rel @ self.forward
        safe = np.maximum(depth, _NEAR)
        x = rel @ self.right / safe * self.focal + self.size[0] / 2
        y = rel @ self.down / safe * self.focal + self.size[1] / 2
        return np.stack([x, y], axis=1), depth

    def depth_of(self, point: Vec) -> float:
        """Return how far ahead of the camera a point lies."""
        return self.spot(point)[2]

    def spot(self, point: Vec) -> tuple[float, float, float]:
        """Return the pixel position and depth of one point, without arrays."""
        if self._plain is None:
            self._plain = (
                tuple(map(float, self.at)),
                tuple(map(float, self.right)),
                tuple(map(float, self.down)),
                tuple(map(float, self.forward)),
            )
        (ax, ay, az), r, d, f = self._plain
        x, y, z = point[0] - ax, point[1] - ay, point[2] - az
        depth = x * f[0] + y * f[1] + z * f[2]
        scale = self.focal / max(depth, _NEAR)
        return (
            (x * r[0] + y * r[1] + z * r[2]) * scale + self.size[0] / 2,
            (x * d[0] + y * d[1] + z * d[2]) * scale + self.size[1] / 2,
            depth,
        )


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A finished background.

    Attributes:
        picture: Height x width x 3.
        solid: Depth of what stands upright; infinite where only ground is.
        lit: Shadow map: 1 in the sun, 0 in shade.
        eye: The camera.
        sun: Direction to the sun.
        water: How much of each pixel is open water.
        haze: Blue, green, red of what is far away, in bytes.
        light: At night, the light at a point, as factors of blue, green, red.
        albedo: At night, the picture as a full light would show it.
    """

    picture: Image
    solid: F32
    lit: "ShadowMap"
    eye: Eye
    sun: NDArray[np.float64]
    water: F32
    haze: tuple[float, float, float] = DAY_HAZE
    light: Callable[[float, float, float], F32] | None = None
    albedo: Image | None = None


class ShadowMap:
    """What of the ground the sun reaches, seen from above."""

    def __init__(self, bounds: tuple[float, float, float, float], sun: Vec) -> None:
        self._x0, self._y0, x1, y1 = bounds
        width = round((x1 - self._x0) * _SHADOW_PX_PER_M)
        height = round((y1 - self._y0) * _SHADOW_PX_PER_M)
        self._map: F32 = np.ones((height, width), np.float32)
        self._slope = np.array([-sun[0] / sun[2], -sun[1] / sun[2]])

    def cast(self, points: NDArray[np.float64], *, density: float = 1.0) -> None:
        """Darken the shadow of the hull of some points."""
        flat = points[:, :2] + points[:, 2:3] * self._slope
        pixels = (flat - (self._x0, self._y0)) * _SHADOW_PX_PER_M
        hull = cv2.convexHull(pixels.astype(np.float32)).astype(np.int32)
        cover = np.zeros(self._map.shape, np.uint8)
        cv2.fillConvexPoly(cover, hull, 255)
        self._map *= 1.0 - cover.astype(np.float32) / 255.0 * density

    def cast_crown(
        self, centre: Vec, radius: float, *, density: float = 0.85, seed: int = 1
    ) -> None:
        """Darken a tree's shadow: a broken disc with specks of sun."""
        rng = np.random.default_rng(seed)
        middle = np.array(centre[:2]) + centre[2] * self._slope
        cover = np.zeros(self._map.shape, np.uint8)
        stretch = np.array([-self._slope[1], self._slope[0]])
        for _ in range(70):
            angle, reach = rng.uniform(0, 2 * math.pi), math.sqrt(rng.uniform(0, 1))
            at = middle + radius * reach * np.array([math.cos(angle), math.sin(angle)])
            at += self._slope * rng.uniform(-0.5, 0.5) * radius + stretch * 0.0
            pixel = (at - (self._x0, self._y0)) * _SHADOW_PX_PER_M
            size = max(1, round(rng.uniform(0.12, 0.3) * radius * _SHADOW_PX_PER_M))
            cv2.circle(cover, (round(pixel[0]), round(pixel[1])), size, 255, -1)
        self._map *= 1.0 - cover.astype(np.float32) / 255.0 * density

    def at(self, x: F32, y: F32) -> F32:
        """Return how lit ground positions are."""
        px = ((x - self._x0) * _SHADOW_PX_PER_M).astype(np.int32)
        py = ((y - self._y0) * _SHADOW_PX_PER_M).astype(np.int32)
        height, width = self._map.shape
        inside = (px >= 0) & (px < width) & (py >= 0) & (py < height)
        found = self._map[np.clip(py, 0, height - 1), np.clip(px, 0, width - 1)]
        return np.where(inside, found, np.float32(1)).astype(np.float32)

    def at_point(self, x: float, y: float) -> float:
        """Return how lit one ground position is."""
        one = self.at(np.array([x], np.float32), np.array([y], np.float32))
        return float(one[0])
