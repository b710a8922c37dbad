"""The room a drawn scene is built in: a camera, planes with shaders, light, depth.

A scene's background is drawn once. Every surface is a plane in metres (x east,
y ahead, z up) whose colour a shader computes per pixel, with a depth buffer, a
sun, cast shadows and haze; trees and other soft things are sprites. What moves
is painted on it for each picture, hidden where something stands before it.

All colours are blue-green-red, 0 to 1 while building, bytes afterwards.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from video.scenes_develop import clouds, develop
from video.scenes_eye import (
    DAY_HAZE,
    F32,
    Backdrop,
    Eye,
    Image,
    ShadowMap,
    Sprite,
    Vec,
    rgb,
)
from video.scenes_look import Lamp, lamplight, look

Shader = Callable[[F32, F32, F32], F32]
_NEAR = 0.3
_SHADOW_TINT = np.array([0.66, 0.60, 0.565], np.float32)  # sky light only
_NIGHT_HAZE = rgb("#20262c")
_NIGHT_SKY = (rgb("#343a41"), rgb("#151a21"))  # a town below makes its rim bright


@dataclass(frozen=True, slots=True)
class Glowing:
    """A surface that gives light of its own at night, such as windows.

    Attributes:
        colour: What it looks like by day.
        glow: What it sends out at night.
    """

    colour: Shader
    glow: Shader

    def __call__(self, u: F32, v: F32, pixel: F32) -> F32:
        """Return its colour by day."""
        return self.colour(u, v, pixel)


class Space:
    """Where a background is built; `finish` gives the picture."""

    def __init__(
        self,
        eye: Eye,
        *,
        sun: Vec,
        bounds: tuple[float, float, float, float] = (-60.0, -10.0, 60.0, 130.0),
        haze: str = "#c9d0d4",
        haze_m: float = 330.0,
        supersample: int = 2,
    ) -> None:
        self._small = eye
        self._factor = supersample
        self.eye = eye.scaled(supersample)
        self._look = look()
        weather = self._look.weather
        self._night = self._look.night
        self._direct, self._tint = weather.direct, np.array(weather.tint, np.float32)
        self._lamps: list[Lamp] = []
        sun = self._look.sun(sun)
        self.sun = np.array(sun, np.float64) / np.linalg.norm(sun)
        self.lit = ShadowMap(bounds, self.sun)
        self._haze, self._haze_m = rgb(haze), haze_m * weather.haze
        if self._night:
            self._haze, self._haze_m = _NIGHT_HAZE, haze_m
        width, height = self.eye.size
        self._colour: F32 = np.zeros((height, width, 3), np.float32)
        self._depth: F32 = np.full((height, width), np.inf, np.float32)
        self._solid: F32 = np.full((height, width), np.inf, np.float32)
        self._water: F32 = np.zeros((height, width), np.float32)
        self._sprites: list[Sprite] = []
        self._glow: F32 | None = np.zeros_like(self._colour) if self._night else None

    def lamp(
        self,
        at: tuple[float, float, float],
        *,
        reach_m: float = 8.0,
        strength: float = 0.85,
        tone: str = "#ffdca0",
        bulb_m: float = 0.28,
    ) -> None:
        """Hang a lamp, which burns at night."""
        if self._night:
            b, g, r = (float(part) for part in rgb(tone))
            self._lamps.append(Lamp(at, (b, g, r), reach_m, strength, bulb_m))

    def plane(
        self,
        origin: Vec,
        along: Vec,
        up: Vec,
        shader: Shader,
        *,
        solid: bool = True,
        lit: float | None = None,
        ground: bool = False,
        water: bool = False,
        keep: Callable[[F32, F32], NDArray[np.bool_]] | None = None,
    ) -> None:
        """Draw the rectangle origin, origin+along, origin+up.

        The shader gets metres along and up and the size of a pixel in metres.

        Args:
            origin: A corner.
            along: The side whose metres the shader gets first.
            up: The other side.
            shader: Gives the colours.
            solid: Hides what moves behind it.
            lit: Light on it; from its direction to the sun if None.
            ground: Shadows fall on it.
            water: Marked in the backdrop, for moving water.
            keep: Says which of its metres are there; all if None.
        """
        o = np.asarray(origin, np.float64)
        u_vec, v_vec = np.asarray(along, np.float64), np.asarray(up, np.float64)
        su, sv = float(np.linalg.norm(u_vec)), float(np.linalg.norm(v_vec))
        u, v = u_vec / su, v_vec / sv
        normal = np.cross(u, v)
        if normal @ (self.eye.at - o) < 0:
            normal = -normal
        corners = np.array([o, o + u_vec, o + v_vec, o + u_vec + v_vec])
        box = self._bounds_of(corners)
        if box is None:
            return
        x0, y0, x1, y1 = box
        eye = self.eye
        xs = ((np.arange(x0, x1) + 0.5 - eye.size[0] / 2) / eye.focal).astype(
            np.float32
        )
        ys = ((np.arange(y0, y1) + 0.5 - eye.size[1] / 2) / eye.focal).astype(
            np.float32
        )

        def along_rays(axis: NDArray[np.float64]) -> F32:
            base = float(eye.forward @ axis)
            across = xs * np.float32(eye.right @ axis)
            downward = ys * np.float32(eye.down @ axis)
            result: F32 = np.float32(base) + across[None, :] + downward[:, None]
            return result

        rel = o - eye.at
        slope = along_rays(normal)
        with np.errstate(divide="ignore", invalid="ignore"):
            depth = np.float32(rel @ normal) / slope
            uu = depth * along_rays(u) - np.float32(rel @ u)
            vv = depth * along_rays(v) - np.float32(rel @ v)
            mask = (
                (depth > _NEAR)
                & (uu >= 0)
                & (uu <= su)
                & (vv >= 0)
                & (vv <= sv)
                & (depth < self._depth[y0:y1, x0:x1])
            )
            if keep is not None:
                mask &= keep(uu, vv)
        rows, columns = np.nonzero(mask)
        if rows.size == 0:
            return
        d = depth[rows, columns]
        a, b = uu[rows, columns], vv[rows, columns]
        # Pixels grow with distance, and more where the surface is seen edge on.
        steep = np.abs(slope[rows, columns])
        pixel = d / np.float32(eye.focal) / np.maximum(steep, 0.08) ** 0.5
        colour = shader(a, b, pixel)
        if self._glow is not None:
            glows = isinstance(shader, Glowing)
            own = shader.glow(a, b, pixel) if isinstance(shader, Glowing) else 0.0
            self._glow[rows + y0, columns + x0] = own if glows else np.float32(0)
            if not ground and lit is None:
                facing = abs(float(normal @ self.eye.forward))
                colour = colour * np.float32(0.8 + 0.2 * facing)
        elif ground:
            at = o[None, :2] + a[:, None] * u[None, :2] + b[:, None] * v[None, :2]
            light = self.lit.at(
                at[:, 0].astype(np.float32), at[:, 1].astype(np.float32)
            )[:, None] * np.float32(self._direct)
            colour = colour * (_SHADOW_TINT + (1 - _SHADOW_TINT) * light)
        else:
            facing = max(0.0, float(normal @ self.sun)) if lit is None else lit
            facing = min(1.0, facing * 1.25) * self._direct
            facing += (1 - self._direct) * 0.45
            colour = colour * (_SHADOW_TINT + (1 - _SHADOW_TINT) * np.float32(facing))
        self._colour[rows + y0, columns + x0] = colour
        self._depth[rows + y0, columns + x0] = d
        self._water[rows + y0, columns + x0] = 1.0 if water else 0.0
        if solid:
            self._solid[rows + y0, columns + x0] = d

    def ground(self, shader: Shader, *, z: float = 0.0, reach: float = 400.0) -> None:
        """Draw the ground; call it last. The shader gets east and ahead."""
        half = 200.0

        def shifted(u: F32, v: F32, pixel: F32) -> F32:
            return shader(u - np.float32(half), v - np.float32(20), pixel)

        self.plane(
            (-half, -20, z),
            (2 * half, 0, 0),
            (0, reach, 0),
            shifted,
            solid=False,
            ground=True,
        )

    def box(
        self,
        corner: Vec,
        size: Vec,
        walls: Shader,
        *,
        top: Shader | None = None,
        casts: bool = True,
    ) -> None:
        """Draw an upright box; the walls' shader gets metres along and up."""
        x, y, z = corner
        w, d, h = size
        sides = (
            ((x, y, z), (w, 0.0, 0.0)),
            ((x + w, y, z), (0.0, d, 0.0)),
            ((x + w, y + d, z), (-w, 0.0, 0.0)),
            ((x, y + d, z), (0.0, -d, 0.0)),
        )
        for origin, along in sides:
            outward = np.cross(along, (0.0, 0.0, 1.0))
            if outward @ (self.eye.at - np.asarray(origin)) > 0:
                self.plane(origin, along, (0, 0, h), walls)
        if self.eye.at[2] > z + h:
            self.plane((x, y, z + h), (w, 0, 0), (0, d, 0), top or walls, lit=0.9)
        if casts:
            self.lit.cast(
                np.array(
                    [
                        (px, py, pz)
                        for px in (x, x + w)
                        for py in (y, y + d)
                        for pz in (z, z + h)
                    ]
                )
            )

    def sprite(self, sprite: Sprite) -> None:
        """Let something soft stand here."""
        self._sprites.append(sprite)

    def sky(self, low: str, high: str) -> None:
        """Fill what nothing covers: brighter towards the horizon."""
        height, width = self._depth.shape
        horizon = self.eye.size[1] / 2 - self.eye.focal * math.tan(
            math.asin(-float(self.eye.forward[2]))
        )
        empty = ~np.isfinite(self._depth)
        rows = np.nonzero(empty.any(axis=1))[0]
        if rows.size == 0:
            return
        first, end = int(rows[0]), int(rows[-1]) + 1
        t = np.clip((horizon - np.arange(first, end)) / (height * 0.7), 0, 1)
        t = t.astype(np.float32)[:, None, None]
        below, above = _NIGHT_SKY if self._night else (rgb(low), rgb(high))
        sky = below * (1 - t) + above * t
        if self._direct < 0.8 and not self._night:
            grey = sky.mean(axis=2, keepdims=True) * np.float32(0.98)
            sky = sky + (grey - sky) * np.float32(0.8)
        cloud = clouds(width, height)[first:end, :, None]
        # At night the sky is seen by its own light.
        np.copyto(
            (self._colour if self._glow is None else self._glow)[first:end],
            sky + (cloud - np.float32(0.5)) * np.float32(0.05),
            where=empty[first:end, :, None],
        )

    def finish(self) -> Backdrop:
        """Return the background as the camera sees it."""
        hazy = np.where(np.isfinite(self._depth), self._depth, 0.0)
        share = (1 - np.exp(-hazy / self._haze_m))[..., None].astype(np.float32)
        albedo = None
        if self._glow is not None:
            albedo = self._colour.copy()
            self._colour = self._colour * self._lamplight() + self._glow
        self._colour = self._colour * (1 - share) + self._haze * share
        for sprite in sorted(
            self._sprites, key=lambda s: self.eye.depth_of(s.foot), reverse=True
        ):
            self._compose(sprite)
        small = cv2.resize(
            self._colour, self._small.size, interpolation=cv2.INTER_AREA
        ).astype(np.float32)
        if self._glow is None:
            small = small * self._tint
        else:
            self._bulbs(small)
        picture = develop(small)
        step = self._factor
        b, g, r = (float(part) * 255 for part in self._haze)
        return Backdrop(
            picture=picture,
            haze=(b, g, r) if self._night else DAY_HAZE,
            light=self._light_at if self._night else None,
            albedo=None if albedo is None else self._shrunk(albedo),
            solid=self._solid[step // 2 :: step, step // 2 :: step].copy(),
            lit=self.lit,
            eye=self._small,
            sun=self.sun,
            water=cv2.resize(
                self._water, self._small.size, interpolation=cv2.INTER_AREA
            ).astype(np.float32),
        )

    def _shrunk(self, albedo: F32) -> Image:
        small = cv2.resize(albedo, self._small.size, interpolation=cv2.INTER_AREA)
        shrunk: Image = np.clip(small * 255, 0, 255).astype(np.uint8)
        return shrunk

    def _light_at(self, x: float, y: float, z: float) -> F32:
        one = [np.array(part, np.float32) for part in (x, y, z)]
        return lamplight(self._lamps, one[0], one[1], one[2])

    def _lamplight(self) -> F32:
        """Return the light on every pixel, from where its surface is in the scene."""
        eye, step = self.eye, 4
        depth = np.where(np.isfinite(self._depth), self._depth, 400.0)[::step, ::step]
        height, width = depth.shape
        xs = ((np.arange(width) * step + 2 - eye.size[0] / 2) / eye.focal)[None, :]
        ys = ((np.arange(height) * step + 2 - eye.size[1] / 2) / eye.focal)[:, None]
        at = [
            (
                eye.at[i]
                + depth * (eye.forward[i] + xs * eye.right[i] + ys * eye.down[i])
            ).astype(np.float32)
            for i in range(3)
        ]
        light = lamplight(self._lamps, at[0], at[1], at[2])
        grown: F32 = cv2.resize(light, eye.size, interpolation=cv2.INTER_LINEAR)
        return grown

    def _bulbs(self, picture: F32) -> None:
        """Draw what one sees of the lamps themselves, with their halo, in place."""
        eye, factor = self._small, self._factor
        halo = np.zeros_like(picture)
        for lamp in self._lamps:
            x, y, depth = eye.spot(lamp.at)
            column, row = round(x), round(y)
            if depth < 1 or lamp.bulb_m <= 0:
                continue
            if not (0 <= column < eye.size[0] and 0 <= row < eye.size[1]):
                continue
            if self._depth[row * factor, column * factor] < depth - 2.5:
                continue
            radius = lamp.bulb_m * eye.focal / depth
            radius = min(max(1.0, radius), 7 * eye.size[0] / 1280)
            tone = [float(c) * 1.25 for c in lamp.colour]
            cv2.circle(halo, (column, row), round(radius), tone, -1)
        near = cv2.GaussianBlur(halo, (0, 0), 1.2)
        far = cv2.GaussianBlur(halo, (0, 0), 14 * eye.size[0] / 1280)
        picture += near + far * np.float32(1.6)

    def _compose(self, sprite: Sprite) -> None:
        pixels, depths = self.eye.project(np.array([sprite.foot]))
        depth = float(depths[0])
        if depth < 1.0:
            return
        width = max(2, round(sprite.width_m * self.eye.focal / depth))
        height = max(2, round(width * sprite.image.shape[0] / sprite.image.shape[1]))
        image = cv2.resize(sprite.image, (width, height), interpolation=cv2.INTER_AREA)
        left = round(pixels[0, 0] - width / 2)
        top = round(pixels[0, 1] - height)
        x0, y0 = max(0, left), max(0, top)
        x1 = min(self.eye.size[0], left + width)
        y1 = min(self.eye.size[1], top + height)
        if x0 >= x1 or y0 >= y1:
            return
        part = image[y0 - top : y1 - top, x0 - left : x1 - left]
        before = self._depth[y0:y1, x0:x1] > depth - 1.5
        alpha = part[..., 3] * before
        share = np.float32(1 - math.exp(-depth / self._haze_m))
        tinted = part[..., :3]
        if self._night:
            middle = sprite.foot[2] + sprite.width_m * 0.5
            light = self._light_at(sprite.foot[0], sprite.foot[1], middle)
            tinted = tinted * np.minimum(light, 0.62)  # a crown shades itself
        colour = tinted * (1 - share) + self._haze * share * part[..., 3:4]
        region = self._colour[y0:y1, x0:x1]
        region *= 1 - alpha[..., None]
        region += colour * before[..., None]
        self._water[y0:y1, x0:x1] *= 1 - alpha
        dense = alpha > 0.5
        self._depth[y0:y1, x0:x1][dense] = depth
        self._solid[y0:y1, x0:x1][dense] = depth

    def _bounds_of(
        self, corners: NDArray[np.float64]
    ) -> tuple[int, int, int, int] | None:
        pixels, depths = self.eye.project(corners)
        width, height = self.eye.size
        if np.all(depths < _NEAR):
            return None
        if np.any(depths < _NEAR):
            return 0, 0, width, height
        x0 = max(0, math.floor(pixels[:, 0].min()))
        y0 = max(0, math.floor(pixels[:, 1].min()))
        x1 = min(width, math.ceil(pixels[:, 0].max()) + 1)
        y1 = min(height, math.ceil(pixels[:, 1].max()) + 1)
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
