"""A drawn scene that moves: a street seen from the roof of an enforcement vehicle.

The town is a lattice of like blocks, and every car drives round its block, to the
right at each corner. After one side of a block everything stands again as it did:
the loop closes without a seam although the camera never turns back. Its light is
that of an overcast day, or of lamps, which is the same from all sides.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from video.frame_code import LOOP_SECONDS
from video.scenes_develop import clouds
from video.scenes_eye import F32, Backdrop, Eye, Image, ShadowMap, rgb
from video.scenes_look import lamplight, look
from video.scenes_night import Light, lights_of, paint_beams, paint_glow
from video.scenes_painter import Actor, paint_actor, paint_shadows, standing, to_and_fro
from video.scenes_people import Person, Rider
from video.scenes_street_textures import BLOCK, PITCH, Piece, Textures, crown
from video.scenes_vehicles import SEDAN, SUV, VAN, Vehicle

_LANE = 7.1  # from the houses to where one drives
_CORNER = 7.0  # radius driven at a corner
_HALF = BLOCK / 2 + _LANE
_STRAIGHT = 2 * (_HALF - _CORNER)
_QUARTER = _STRAIGHT + _CORNER * math.pi / 2
_SEEN_M = 170.0
_HAZE_M = 150.0

Place = tuple[tuple[float, float], float, float]


def driven(gone: float) -> Place:
    """Return place, heading and metres gone of who drives round the block at 0, 0.

    It begins in the middle of the western side, northwards, turning right.
    """
    quarter, along = divmod(gone, _QUARTER)
    along += 0.0
    if along < _STRAIGHT / 2:
        x, y, heading = -_HALF, along, 0.0
    elif along < _STRAIGHT / 2 + _CORNER * math.pi / 2:
        turn = (along - _STRAIGHT / 2) / _CORNER
        x = -_HALF + _CORNER * (1 - math.cos(turn))
        y = _STRAIGHT / 2 + _CORNER * math.sin(turn)
        heading = turn
    else:
        left = along - _STRAIGHT / 2 - _CORNER * math.pi / 2
        x, y, heading = -_HALF + _CORNER + left, _HALF, math.pi / 2
    angle = quarter * math.pi / 2
    c, s = math.cos(angle), math.sin(angle)
    return (x * c + y * s, y * c - x * s), heading + angle, gone


def _turned(place: Place, quarter: int, block: tuple[float, float]) -> Place:
    """Return the same place at another side of another block."""
    (x, y), heading, gone = place
    for _ in range(quarter):
        x, y = y, -x
    return (x + block[0], y + block[1]), heading + quarter * math.pi / 2, gone


@dataclass(slots=True)
class _At:
    """A mover at a place that is given anew for each picture."""

    place: Place

    def __call__(self, t: float) -> Place:
        """Return it."""
        return self.place


class Ride:
    """The scene, drawn picture by picture.

    Thread: one at a time; it keeps scratch pictures.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._count = 0
        self._grain: list[Image] = []
        self._look = look()
        rng = self._look.rng(5)
        self._night = self._look.night
        self._textures = Textures()
        self._lamps = self._textures.lamps
        width, height = self.size
        self._haze: F32 = rgb("#20262c" if self._night else "#c9cfd2") * np.float32(255)
        self._sky = self._made_sky()
        for _ in range(5):
            raw = rng.normal(128, 26, (height // 2, width // 2)).astype(np.float32)
            fine = cv2.resize(raw, self.size, interpolation=cv2.INTER_LINEAR)
            grey = np.clip(fine, 0, 255).astype(np.uint8)
            self._grain.append(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
        seeds = [self._look.seeded(900 + i) for i in range(20)]
        paints = ("#e9e8e4", "#2b3036", "#8c2f2d", "#48617c", "#b9bdc0", "#c98f2e")
        self._parked = [
            (y, str(paints[(i + self._look.seed) % 6]), (SEDAN, SUV, VAN)[i % 3])
            for i, y in enumerate((-17.5, -11.0, -4.8, 8.5, 14.6))
        ]
        self._driving = [(0.28, "#dfe0dd", SUV), (0.6, "#7b2d2c", SEDAN)]
        self._walkers: list[Person | Rider] = [
            (Person(to_and_fro((-28.4, -18.0), (-28.6, -9.0), start=2.0), seeds[0])),
            (Person(to_and_fro((-28.6, 12.0), (-28.2, 3.0), start=7.0), seeds[1])),
            (Person(to_and_fro((-28.0, 20.0), (-28.8, 26.5), start=4.0), seeds[2])),
            (Person(standing(-28.2, -2.0, 2.0), seeds[3], pose="talk")),
            (Person(standing(-27.6, -2.3, -1.2), seeds[4], pose="phone", vest=True)),
            (Person(standing(-29.6, 17.0, -1.5), seeds[5], pose="stand")),
            (Rider(standing(-29.4, 6.6, 1.6), seeds[6], parked=True)),
            (Rider(standing(-29.4, 7.4, 1.5), seeds[7], parked=True)),
            (Rider(standing(-29.4, 8.2, 1.6), seeds[8], parked=True)),
        ]

    def draw(self, t: float) -> Image:
        """Return the picture at a time of the loop, blue-green-red."""
        share = t % LOOP_SECONDS / LOOP_SECONDS
        (x, y), heading, _ = driven(share * _QUARTER)
        (ax, ay), _, _ = driven(share * _QUARTER + 6.0)  # one looks where one goes
        towards = math.atan2(ax - x, ay - y)
        heading += 0.65 * ((towards - heading + math.pi) % (2 * math.pi) - math.pi)
        phase = 2 * math.pi * share
        bump = 0.35 * math.sin(phase * 23) + 0.25 * math.sin(phase * 37 + 1)
        eye = Eye(
            (x, y, 2.55 + 0.012 * bump),
            yaw=math.degrees(heading) + 0.12 * math.sin(phase * 11),
            pitch=5.5 + 0.22 * bump,
            fov=76,
            size=self.size,
        )
        picture = self._sky_for(eye, heading)
        backdrop = self._ground(picture, eye)
        actors = self._actors(eye, share, t)
        near = [a for _, a in actors]
        paint_shadows(picture, backdrop, near, t)
        if self._night:
            lights = [light for a in near for light in lights_of(a, t)]
            own = [
                Light((x + s * math.cos(heading), y - s * math.sin(heading), 0.7),
                      heading, True, 0.9)
                for s in (-0.6, 0.6)
            ]  # fmt: skip
            paint_beams(picture, backdrop, [*lights, *own])
        things: list[tuple[float, object]] = [
            *((p.depth(eye), p) for p in self._textures.pieces if p.seen(eye, _SEEN_M)),
            *((d, a) for d, a in actors),
            *self._trees(eye),
        ]
        for depth, thing in sorted(things, key=lambda item: -item[0]):
            if isinstance(thing, Piece):
                self._textures.paint(picture, thing, eye, self._veil(depth))
            elif isinstance(thing, tuple):
                self._tree(picture, eye, thing, depth)
            else:
                self._actor(picture, backdrop, thing, t)  # type: ignore[arg-type]
        self._count += 1
        grain = self._grain[self._count % len(self._grain)]
        noise = 0.075 if self._night else 0.055
        return cv2.addWeighted(picture, 1.0, grain, noise, -128 * noise)

    def _actor(
        self, picture: Image, backdrop: Backdrop, actor: Actor, t: float
    ) -> None:
        paint_actor(picture, backdrop, actor, t)
        if self._night:
            paint_glow(picture, backdrop, lights_of(actor, t))

    def _veil(self, depth: float) -> tuple[float, F32]:
        return 1 - math.exp(-max(0.0, depth - 6) / _HAZE_M), self._haze

    def _made_sky(self) -> Image:
        width, height = self.size
        low, high = ("#343a41", "#151a21") if self._night else ("#dde1e2", "#b9c3cb")
        t = np.linspace(1, 0, height, dtype=np.float32)[:, None, None] ** 0.8
        sky = rgb(low) * (1 - t) + rgb(high) * t
        # Turned by a quarter it is the same, or the loop would show a seam.
        cloud = clouds(2 * width, height)
        cloud = (cloud + np.roll(cloud[:, ::-1], width // 2, axis=1)) / 2
        sky = sky + (cloud[..., None] - np.float32(0.5)) * np.float32(0.06)
        made: Image = np.clip(sky * 255, 0, 255).astype(np.uint8)
        return made

    def _sky_for(self, eye: Eye, heading: float) -> Image:
        width = self.size[0]
        shift = round(heading / (math.pi / 2) * 2 * width) % (2 * width)
        turned = np.roll(self._sky, -shift, axis=1)[:, :width]
        horizon = round(self.size[1] / 2 - eye.focal * math.tan(math.radians(5.5)))
        picture = np.empty((self.size[1], width, 3), np.uint8)
        picture[:] = turned[min(self.size[1] - 1, horizon * 2)][None]
        picture[:horizon] = cv2.resize(turned, (width, horizon))
        return picture

    def _ground(self, picture: Image, eye: Eye) -> Backdrop:
        width, height = self.size
        down = -math.asin(float(eye.forward[2]))
        first = max(0, math.floor(height / 2 - eye.focal * math.tan(down)) + 3)
        xs = ((np.arange(width) + 0.5 - width / 2) / eye.focal).astype(np.float32)
        ys = ((np.arange(first, height) + 0.5 - height / 2) / eye.focal).astype(
            np.float32
        )[:, None]
        fall = eye.forward[2] + ys * np.float32(eye.down[2])
        depth = np.minimum(np.float32(-eye.at[2]) / np.minimum(fall, -1e-3), 400.0)
        depth = np.broadcast_to(depth, (height - first, width)).astype(np.float32)
        east = eye.at[0] + depth * (
            eye.forward[0] + xs * eye.right[0] + ys * eye.down[0]
        ).astype(np.float32)
        ahead = eye.at[1] + depth * (
            eye.forward[1] + xs * eye.right[1] + ys * eye.down[1]
        ).astype(np.float32)
        ground, albedo = self._textures.ground(east, ahead, depth)
        share = (1 - np.exp(-np.maximum(0, depth - 6) / _HAZE_M))[..., None]
        picture[first:] = ground * (1 - share) + self._haze * share
        lit = np.zeros_like(picture)
        if albedo is not None:
            lit[first:] = albedo
        clear: F32 = np.full((height, width), np.inf, np.float32)
        b, g, r = (float(part) for part in self._haze)
        return Backdrop(
            picture=picture,
            solid=clear,
            lit=ShadowMap((0.0, 0.0, 0.2, 0.2), (0.0, 0.0, 1.0)),
            eye=eye,
            sun=np.array([0.02, 0.03, 1.0]),
            water=clear,
            haze=(b, g, r),
            light=self._light_at if self._night else None,
            albedo=lit if self._night else None,
        )

    def _light_at(self, x: float, y: float, z: float) -> F32:
        # Lamps of the lattice: those around, in the coordinates of one block.
        bx = (x + PITCH / 2) % PITCH - PITCH / 2
        by = (y + PITCH / 2) % PITCH - PITCH / 2
        one = [np.array(part, np.float32) for part in (bx, by, z)]
        return lamplight(self._lamps, one[0], one[1], one[2])

    def _actors(self, eye: Eye, share: float, t: float) -> list[tuple[float, Actor]]:
        found: list[tuple[float, Actor]] = []
        centre = (round(eye.at[0] / PITCH), round(eye.at[1] / PITCH))

        def add(actor: Actor, block: tuple[int, int]) -> None:
            where = actor.place(t)
            if where is None:
                return
            depth = eye.depth_of((*where, 0.0))
            across = abs(eye.spot((*where, 0.8))[0] - self.size[0] / 2)
            if 1.8 < depth < 60 and across < self.size[0] * 0.85:
                found.append((depth, actor))

        for i in range(-2, 3):
            for j in range(-2, 3):
                block = (centre[0] + i, centre[1] + j)
                at = (block[0] * PITCH, block[1] * PITCH)
                for quarter in range(4):
                    for start, paint, shape in self._driving:
                        place = driven((share + start) % 1.0 * _QUARTER)
                        moved = _At(_turned(place, quarter, at))
                        add(Vehicle(moved, paint, shape), block)
                    for along, paint, shape in self._parked:
                        place = ((-BLOCK / 2 - 4.35, along), 0.0, 0.0)
                        stood = _At(_turned(place, quarter, at))
                        add(Vehicle(stood, paint, shape), block)
                    for walker in self._walkers:
                        put = walker.mover(t)
                        if put is None:
                            continue
                        goes = _At(_turned(put, quarter, at))
                        if isinstance(walker, Person):
                            person = Person(
                                goes, walker.seed, pose=walker.pose, vest=walker.vest
                            )
                            add(person, block)
                        else:
                            add(Rider(goes, walker.seed, parked=True), block)
        return found

    def _trees(self, eye: Eye) -> list[tuple[float, object]]:
        found: list[tuple[float, object]] = []
        for x, y, kind in self._textures.trees:
            depth = eye.depth_of((x, y, 0.0))
            across = abs(eye.spot((x, y, 3.0))[0] - self.size[0] / 2)
            if 2.2 < depth < 120 and across < self.size[0]:
                found.append((depth, (x, y, kind)))
        return found

    def _tree(
        self, picture: Image, eye: Eye, thing: tuple[float, float, int], depth: float
    ) -> None:
        x, y, kind = thing
        column, foot, _ = eye.spot((x, y, 0.0))
        sprite, wide_m = crown(kind, night=self._night)
        width = round(wide_m * eye.focal / depth)
        height = round(width * sprite.shape[0] / sprite.shape[1])
        if width < 3:
            return
        left, top = round(column - width / 2), round(foot - height)
        x0, x1 = max(0, left), min(self.size[0], left + width)
        y0, y1 = max(0, top), min(self.size[1], top + height)
        if x0 >= x1 or y0 >= y1:
            return
        fitted = cv2.resize(sprite, (width, height), interpolation=cv2.INTER_AREA)
        part = fitted[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32)
        alpha = part[..., 3:4] / 255
        colour: F32 = part[..., :3]
        if self._night:
            colour = colour * np.minimum(self._light_at(x, y, 4.0), 0.6)
        veil, haze = self._veil(depth)
        colour = colour * (1 - veil) + haze * alpha * veil
        region = picture[y0:y1, x0:x1]
        region[:] = np.minimum(region * (1 - alpha) + colour, 255).astype(np.uint8)


def vehicle(size: tuple[int, int]) -> Ride:
    """Build the street that an enforcement vehicle drives along."""
    return Ride(size)
