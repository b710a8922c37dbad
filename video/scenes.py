"""The drawn scenes of the demonstration: what each virtual camera looks at.

A scene is built once (see `video.scenes_space`) and then drawn for any time of
its loop of 12 seconds, which closes without a seam.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import cv2
import numpy as np

from video.scenes_eye import Backdrop, Image
from video.scenes_look import Look, looking
from video.scenes_night import lights_of, paint_beams, paint_glow
from video.scenes_painter import Actor, Path, paint_actor, paint_shadows
from video.scenes_people import Person, Rider
from video.scenes_vehicles import BUS, SEDAN, SUV, VAN, Vehicle

Effect = Callable[[Image, float], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene's module gives: the background, who is there, what flows.

    Attributes:
        backdrop: The finished background.
        actors: Everything that stands or moves on it.
        before: Drawn under the actors, such as moving water.
        still: What stands for good: painted once.
        after: Drawn over them, such as smoke.
    """

    backdrop: Backdrop
    actors: Sequence[Actor]
    still: Sequence[Actor] = ()
    before: Sequence[Effect] = ()
    after: Sequence[Effect] = ()


@dataclass(slots=True)
class DrawnScene:
    """A scene of one size, drawn picture by picture.

    Thread: one at a time; it keeps scratch pictures.
    """

    stage: Stage
    mirrored: bool = False
    _grain: list[Image] = field(init=False, default_factory=list)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        backdrop = self.stage.backdrop
        still = sorted(
            self.stage.still,
            key=lambda a: -backdrop.eye.depth_of((*(a.place(0.0) or (0, 0)), 0.0)),
        )
        paint_shadows(backdrop.picture, backdrop, still, 0.0)
        for actor in still:
            paint_actor(backdrop.picture, backdrop, actor, 0.0, stays=True)
        rng = np.random.default_rng(3)
        height, width = self.stage.backdrop.picture.shape[:2]
        for _ in range(5):
            # Sensor noise: a little blotchy, as after the camera's own filter.
            raw = rng.normal(128, 26, (height // 2, width // 2)).astype(np.float32)
            fine = cv2.resize(raw, (width, height), interpolation=cv2.INTER_LINEAR)
            grey = np.clip(fine, 0, 255).astype(np.uint8)
            self._grain.append(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))

    def draw(self, t: float) -> Image:
        """Return the picture at a time of the loop, blue-green-red."""
        stage = self.stage
        picture = stage.backdrop.picture.copy()
        for effect in stage.before:
            effect(picture, t)
        present = [
            (stage.backdrop.eye.depth_of((*where, 0.0)), actor)
            for actor in stage.actors
            if (where := actor.place(t)) is not None
        ]
        paint_shadows(picture, stage.backdrop, [a for _, a in present], t)
        night = stage.backdrop.light is not None
        if night:
            shining = [light for _, actor in present for light in lights_of(actor, t)]
            paint_beams(picture, stage.backdrop, shining)
        for _, actor in sorted(present, key=lambda p: -p[0]):
            paint_actor(picture, stage.backdrop, actor, t)
            if night:
                paint_glow(picture, stage.backdrop, lights_of(actor, t))
        for effect in stage.after:
            effect(picture, t)
        if self.mirrored:
            picture = cv2.flip(picture, 1)
        self._count += 1
        grain = self._grain[self._count % len(self._grain)]
        noise = 0.075 if night else 0.055
        return cv2.addWeighted(picture, 1.0, grain, noise, -128 * noise)


class Drawable(Protocol):
    """Anything that gives a picture for each time of the loop."""

    def draw(self, t: float) -> Image:
        """Return the picture, blue-green-red."""


def open_scene(name: str, size: tuple[int, int], look: Look | None = None) -> Drawable:
    """Build a scene by name at a picture size, as it is or as another place like it.

    Raises:
        KeyError: There is no scene of that name.
    """
    wanted = look or Look()
    builder = _builders()[name]
    with looking(wanted):
        stage = builder(size)
        if not isinstance(stage, Stage):
            return stage
        if wanted.seed:
            stage = _peopled_otherwise(stage, wanted)
        return DrawnScene(stage, wanted.mirrored)


_PAINTS = (
    "#e9e8e4", "#2b3036", "#7f868b", "#8c2f2d", "#48617c", "#d5d6d4", "#39485a",
    "#b79a5b", "#6f2b2b", "#3f5d4c", "#c9ccce", "#1f2226", "#a8b4bb", "#5b4a3f",
)  # fmt: skip


def _peopled_otherwise(stage: Stage, look: Look) -> Stage:
    """Return the stage with other people, other vehicles, at other times."""
    rng = look.rng(4)
    shift = float(rng.uniform(0, 12))
    thinned = 0.45 if look.night else float(rng.uniform(0.05, 0.3))

    def other(actor: Actor) -> Actor:
        if isinstance(actor, Vehicle):
            actor = replace(actor, colour=str(rng.choice(_PAINTS)))
            if actor.shape is not BUS:
                shape = (SEDAN, SEDAN, SUV, SUV, VAN)[int(rng.integers(5))]
                green = bool(rng.random() < 0.35)
                actor = replace(actor, shape=shape, electric=green)
        elif isinstance(actor, Person | Rider):
            actor = replace(actor, seed=look.seeded(actor.seed))
        if isinstance(actor, Person | Rider | Vehicle) and isinstance(
            actor.mover, Path
        ):
            path = actor.mover
            points = path.points
            if look.mirrored and not isinstance(actor, Person):
                points = points[::-1]  # traffic keeps to the right on either side
            late = shift + float(rng.uniform(-0.4, 0.4))
            actor = replace(
                actor, mover=replace(path, points=points, start=path.start + late)
            )
        return actor

    moving = [other(a) for a in stage.actors if rng.random() >= thinned]
    standing = [other(a) for a in stage.still if rng.random() >= 0.25]
    return replace(stage, actors=moving, still=standing)


def _builders() -> Mapping[str, Callable[[tuple[int, int]], Stage | Drawable]]:
    from video import (
        scenes_courtyard,
        scenes_market,
        scenes_park,
        scenes_preparing,
        scenes_river,
        scenes_roads,
        scenes_vehicle,
    )

    return {
        "street": scenes_roads.street,
        "crossing": scenes_roads.crossing,
        "market": scenes_market.market,
        "courtyard": scenes_courtyard.courtyard,
        "park": scenes_park.park,
        "river": scenes_river.river,
        "vehicle": scenes_vehicle.vehicle,
        "preparing": scenes_preparing.Preparing,
    }


SCENES = ("street", "market", "crossing", "park", "courtyard", "river", "vehicle")
