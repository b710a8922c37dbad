"""Paints what moves onto a finished background: shaded, shadowed, hidden rightly."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from video.scenes_eye import Backdrop, Image, rgb

Points = NDArray[np.float64]
Colour = tuple[float, float, float]

_SHIFT = 3  # sub-pixel bits of OpenCV's polygon functions


def tone(text: str, factor: float = 1.0) -> Colour:
    """Return "#rrggbb" as blue, green, red of 0 to 255."""
    b, g, r = (float(c) * 255 for c in rgb(text))
    grey = 0.11 * b + 0.59 * g + 0.30 * r
    # As little colour as the background's sensor gives.
    b, g, r = (min(255.0, (grey + 0.84 * (c - grey)) * factor) for c in (b, g, r))
    return b, g, r


def scaled(colour: Colour, factor: float) -> Colour:
    """Return a lighter or darker colour."""
    b, g, r = (min(255.0, max(0.0, c * factor)) for c in colour)
    return b, g, r


class Actor(Protocol):
    """Something that moves or stands in a scene."""

    def place(self, t: float) -> tuple[float, float] | None:
        """Return where it stands at a time of the loop, or None: not there."""

    def shadow(self, t: float) -> list[Points]:
        """Return polygons on the ground, in metres, before the sun moves them."""

    def paint(self, brush: "Brush", t: float) -> None:
        """Draw it."""


@dataclass(slots=True)
class Brush:
    """A patch of picture that one actor is drawn on, finer than the picture.

    Attributes:
        light: 0.7 in shade to 1 in the sun.
    """

    backdrop: Backdrop
    patch: NDArray[np.uint8]
    left: int
    top: int
    fine: int
    light: float

    def pixels(self, points: Points) -> Points:
        """Return positions on the patch."""
        flat, _ = self.backdrop.eye.project(points)
        return (flat - (self.left, self.top)) * self.fine

    @property
    def _focal(self) -> float:
        return self.backdrop.eye.focal * self.fine

    def _spot(self, point: Sequence[float]) -> tuple[float, float, float]:
        x, y, depth = self.backdrop.eye.spot(point)
        return (x - self.left) * self.fine, (y - self.top) * self.fine, max(0.5, depth)

    def polygon(self, points: Points, colour: Colour) -> None:
        """Fill a polygon given in metres."""
        self.polygon_px(self.pixels(points), colour)

    def polygon_px(self, pixels: Points, colour: Colour) -> None:
        """Fill a polygon given on the patch."""
        scaled_px = np.round(pixels * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(
            self.patch, [scaled_px], (*scaled(colour, self.light), 255.0), shift=_SHIFT
        )

    def limb(
        self,
        a: Sequence[float],
        b: Sequence[float],
        width: float,
        colour: Colour,
        *,
        end: float | None = None,
    ) -> None:
        """Draw a rounded, tapering limb from a to b, widths in metres."""
        ax, ay, adepth = self._spot(a)
        bx, by, bdepth = self._spot(b)
        ra = max(0.5, width / 2 * self._focal / adepth)
        rb = max(0.5, (end if end is not None else width) / 2 * self._focal / bdepth)
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy)
        rgba = (*scaled(colour, self.light), 255.0)
        if length > 0.5:
            sx, sy = -dy / length * 8, dx / length * 8
            quad = (
                (ax * 8 + sx * ra, ay * 8 + sy * ra),
                (bx * 8 + sx * rb, by * 8 + sy * rb),
                (bx * 8 - sx * rb, by * 8 - sy * rb),
                (ax * 8 - sx * ra, ay * 8 - sy * ra),
            )
            cv2.fillConvexPoly(
                self.patch, np.array(quad).round().astype(np.int32), rgba, shift=_SHIFT
            )
        for x, y, r in ((ax, ay, ra), (bx, by, rb)):
            centre = (round(x * 8), round(y * 8))
            cv2.circle(self.patch, centre, round(r * 8), rgba, -1, shift=_SHIFT)

    def blob(
        self, at: Sequence[float], radius: float, colour: Colour, *, tall: float = 1.0
    ) -> None:
        """Draw a ball, its size in metres."""
        x, y, depth = self._spot(at)
        r = max(0.6, radius * self._focal / depth)
        cv2.ellipse(
            self.patch,
            (round(x * 8), round(y * 8)),
            (round(r * 8), round(r * tall * 8)),
            0,
            0,
            360,
            (*scaled(colour, self.light), 255.0),
            -1,
            shift=_SHIFT,
        )

    def hull(self, points: Points, colour: Colour) -> None:
        """Fill the hull of some points given in metres."""
        pixels = self.pixels(points).astype(np.float32)
        self.polygon_px(cv2.convexHull(pixels)[:, 0].astype(np.float64), colour)


def paint_actor(
    picture: Image,
    backdrop: Backdrop,
    actor: Actor,
    t: float,
    *,
    reach: float = 3.4,
    stays: bool = False,
) -> None:
    """Draw one actor with its place in depth; see `paint_shadows` for its shadow.

    Args:
        picture: Drawn into.
        backdrop: Whose camera, light and depth hold.
        actor: What to draw.
        t: Time of the loop in seconds.
        reach: Half the size in metres of what it may cover.
        stays: From now on it hides what passes behind it.
    """
    where = actor.place(t)
    if where is None:
        return
    size = getattr(actor, "reach", reach)
    base = getattr(actor, "base", 0.0)
    eye = backdrop.eye
    centre = np.array([[where[0], where[1], base + 0.8]])
    pixels, depths = eye.project(centre)
    depth = float(depths[0])
    if depth < 1.5:
        return
    half = size * eye.focal / depth
    height, width = picture.shape[:2]
    x0, x1 = max(0, int(pixels[0, 0] - half)), min(width, int(pixels[0, 0] + half) + 1)
    y0, y1 = max(0, int(pixels[0, 1] - half)), min(height, int(pixels[0, 1] + half) + 1)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    fine = 3 if half < 90 else 2
    patch = np.zeros(((y1 - y0) * fine, (x1 - x0) * fine, 4), np.uint8)
    light, tint = 0.74 + 0.26 * backdrop.lit.at_point(*where), None
    if backdrop.light is not None:
        around = backdrop.light(where[0], where[1], base + 0.9)
        light = min(1.0, float(around.max()))
        tint = around / max(1e-3, float(around.max()))
    actor.paint(Brush(backdrop, patch, x0, y0, fine, light), t)
    covered = cv2.boundingRect(np.ascontiguousarray(patch[..., 3]))
    if covered[2] == 0:
        return
    small = cv2.resize(patch, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    cx, cy = covered[0] // fine, covered[1] // fine
    ex = min(x1 - x0, cx + covered[2] // fine + 2)
    ey = min(y1 - y0, cy + covered[3] // fine + 2)
    small = small[cy:ey, cx:ex]
    region = picture[y0 + cy : y0 + ey, x0 + cx : x0 + ex]
    free = backdrop.solid[y0 + cy : y0 + ey, x0 + cx : x0 + ex] > depth - 0.25
    haze = (1 - math.exp(-depth / 330)) * (1.0 if tint is None else 0.3)
    mask = free.astype(np.float32)
    alpha = small[..., 3:4].astype(np.float32) / 255 * mask[..., None]
    colour = small[..., :3].astype(np.float32) * mask[..., None]
    if tint is not None:
        colour = colour * tint
    colour = colour * (1 - haze) + np.array(backdrop.haze) * haze * alpha
    region[:] = (region * (1 - alpha) + colour).astype(np.uint8)
    if stays:
        solid = backdrop.solid[y0 + cy : y0 + ey, x0 + cx : x0 + ex]
        solid[alpha[..., 0] > 0.5] = depth


def paint_shadows(
    picture: Image, backdrop: Backdrop, actors: Sequence[Actor], t: float
) -> None:
    """Darken the ground under everything that stands on it.

    At night nothing throws a shadow but what stands right on the ground.
    """
    height, width = picture.shape[:2]
    cover = np.zeros((height // 2, width // 2), np.uint8)
    slope = np.array([-backdrop.sun[0], -backdrop.sun[1]]) / backdrop.sun[2]
    deepest = np.zeros((height // 2, width // 2), np.float32)
    for actor in actors:
        where = actor.place(t)
        if where is None or backdrop.eye.depth_of((*where, 0)) < 1.5:
            continue
        lit = backdrop.lit.at_point(*where)
        base = getattr(actor, "base", 0.0)
        for polygon in actor.shadow(t):
            flat = polygon.copy()
            flat[:, :2] += (flat[:, 2:3] - base) * slope
            flat[:, 2] = base
            pixels, depths = backdrop.eye.project(flat)
            if np.any(depths < 0.5):
                continue
            hull = cv2.convexHull((pixels / 2 * 8).astype(np.int32))
            strength = 70 + 75 * lit if backdrop.light is None else 60
            one = np.array(hull, np.int32)
            x, y, w, h = cv2.boundingRect((pixels / 2).astype(np.float32))
            sx, sy = max(0, x - 1), max(0, y - 1)
            ex, ey = min(width // 2, x + w + 1), min(height // 2, y + h + 1)
            if sx >= ex or sy >= ey:
                continue
            part = np.zeros((ey - sy, ex - sx), np.uint8)
            cv2.fillConvexPoly(
                part, one - np.array([sx * 8, sy * 8], np.int32), strength, shift=_SHIFT
            )
            np.maximum(cover[sy:ey, sx:ex], part, out=cover[sy:ey, sx:ex])
            behind = deepest[sy:ey, sx:ex]
            behind[part > 0] = float(depths.mean())
    if not cover.any():
        return
    solid = backdrop.solid[::2, ::2][: height // 2, : width // 2]
    cover[solid < deepest - 0.5] = 0
    soft = cv2.GaussianBlur(cover, (0, 0), 1.1)
    large = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    x, y, w, h = cv2.boundingRect(large)
    region = picture[y : y + h, x : x + w]
    factor = cv2.cvtColor(255 - large[y : y + h, x : x + w], cv2.COLOR_GRAY2BGR)
    cv2.multiply(region, factor, dst=region, scale=1 / 255)


def turned_one(
    local: Sequence[float], at: tuple[float, float], heading: float
) -> tuple[float, float, float]:
    """Return one local point (ahead, left, up) in the scene."""
    s, c = math.sin(heading), math.cos(heading)
    ahead, left, up = local
    return at[0] + ahead * s - left * c, at[1] + ahead * c + left * s, up


def turned(local: Points, at: tuple[float, float], heading: float) -> Points:
    """Return local points (ahead, left, up) in the scene; heading 0 is y."""
    s, c = math.sin(heading), math.cos(heading)
    ahead = np.array([s, c, 0.0])
    left = np.array([-c, s, 0.0])
    up = np.array([0.0, 0.0, 1.0])
    base = np.array([at[0], at[1], 0.0])
    result: Points = base + local @ np.array([ahead, left, up])
    return result


@dataclass(frozen=True, slots=True)
class Path:
    """A way walked or driven once in each loop.

    Attributes:
        points: Corners in metres.
        speed: Metres a second; 0: as fast as one loop needs.
        start: When it begins, in seconds of the loop.
        loop: The loop's length in seconds.
    """

    points: tuple[tuple[float, float], ...]
    speed: float
    start: float = 0.0
    loop: float = 12.0

    def __call__(self, t: float) -> tuple[tuple[float, float], float, float] | None:
        """Return place, heading and metres gone, or None before and after."""
        gone = ((t - self.start) % self.loop) * self.speed
        left = gone
        for (ax, ay), (bx, by) in zip(self.points, self.points[1:], strict=False):
            length = math.hypot(bx - ax, by - ay)
            if left <= length:
                share = left / length
                place = (ax + (bx - ax) * share, ay + (by - ay) * share)
                return place, math.atan2(bx - ax, by - ay), gone
            left -= length
        return None


Mover = Callable[[float], tuple[tuple[float, float], float, float] | None]


def standing(x: float, y: float, heading: float) -> Mover:
    """Return a mover that stays."""
    return lambda t: ((x, y), heading, 0.0)


def to_and_fro(
    a: tuple[float, float],
    b: tuple[float, float],
    *,
    wait: float = 1.0,
    start: float = 0.0,
) -> Mover:
    """Return a mover that goes from a to b and back within one loop."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    way = (12.0 - 2 * wait) / 2
    out = math.atan2(b[0] - a[0], b[1] - a[1])

    def at(t: float) -> tuple[tuple[float, float], float, float]:
        s = (t - start) % 12.0
        if s < way:
            share, heading = s / way, out
        elif s < way + wait:
            share, heading = 1.0, out + (s - way) / wait * math.pi
        elif s < 2 * way + wait:
            share, heading = 1 - (s - way - wait) / way, out + math.pi
        else:
            share, heading = 0.0, out + math.pi * (1 + (s - 2 * way - wait) / wait)
        gone = length * (share if s < way + wait else 2 - share)
        return (
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share),
            heading,
            gone,
        )

    return at
