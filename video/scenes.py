"""The drawn scenes of the demonstration: what each virtual camera looks at.

A scene is built once (see `video.scenes_space`) and then drawn for any time of
its loop of 12 seconds, which closes without a seam.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from video.scenes_eye import Backdrop, Image
from video.scenes_painter import Actor, paint_actor, paint_shadows

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
        for _, actor in sorted(present, key=lambda p: -p[0]):
            paint_actor(picture, stage.backdrop, actor, t)
        for effect in stage.after:
            effect(picture, t)
        self._count += 1
        grain = self._grain[self._count % len(self._grain)]
        return cv2.addWeighted(picture, 1.0, grain, 0.055, -128 * 0.055)


def open_scene(name: str, size: tuple[int, int]) -> DrawnScene:
    """Build a scene by name at a picture size.

    Raises:
        KeyError: There is no scene of that name.
    """
    return DrawnScene(_builders()[name](size))


def _builders() -> Mapping[str, Callable[[tuple[int, int]], Stage]]:
    from video import (
        scenes_courtyard,
        scenes_market,
        scenes_park,
        scenes_river,
        scenes_roads,
    )

    return {
        "street": scenes_roads.street,
        "crossing": scenes_roads.crossing,
        "market": scenes_market.market,
        "courtyard": scenes_courtyard.courtyard,
        "park": scenes_park.park,
        "river": scenes_river.river,
    }


SCENES = ("street", "market", "crossing", "park", "courtyard", "river")
