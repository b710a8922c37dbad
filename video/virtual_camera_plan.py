"""Which loops the virtual cameras play, by day and by night, and which is drawn next."""

import asyncio
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from video.scenes import SCENES
from video.scenes_look import Look
from video.scenes_loops import LoopSpec
from video.scenes_overlay import LETTERING

# On a road everyone would drive on the wrong side of the signs, so these stay.
_NEVER_MIRRORED = ("crossing", "vehicle")


@dataclass(frozen=True, kw_only=True, slots=True)
class CameraSpec:
    """One virtual camera.

    Attributes:
        camera_id: Its number, first part of the stream's path.
        scene: Name of a drawn scene, see `video.scenes.SCENES`.
        seed: 0: the scene as it is; any other: a place like it elsewhere.
        labels: Folder with the pictures of names.
    """

    camera_id: str
    scene: str
    seed: int = 0
    labels: Path = LETTERING

    @property
    def label(self) -> Path:
        """Return the picture of its name, which may not exist."""
        return self.labels / f"{self.camera_id}.png"

    @property
    def look(self) -> Look:
        """Return how its picture differs from others of the same scene."""
        turned = self.seed % 2 == 1 and self.scene not in _NEVER_MIRRORED
        return Look(seed=self.seed, mirrored=turned)

    def loop_spec(self, index: int, form: str, *, night: bool) -> LoopSpec:
        """Return what one of its loops shows.

        Args:
            index: Written into the pictures' marks.
            form: "sub" or "main".
            night: Which of the two.
        """
        return LoopSpec(
            scene=self.scene,
            form=form,
            camera_index=index,
            camera_id=self.camera_id,
            label=self.label,
            look=replace(self.look, night=night),
        )


STAND_IN = LoopSpec(scene="preparing", form="sub", camera_index=-1, camera_id="")


def camera_specs(
    scenes: Mapping[str, str], labels: Path = LETTERING
) -> tuple[CameraSpec, ...]:
    """Return cameras by number and scene, such as "street" or "street:7".

    The number after the colon is the seed. Without one, the first camera of a scene
    shows it as it is, and every other a place like it, by its own number.

    Raises:
        ValueError: There is no such scene, or a seed is no number.
    """
    specs: list[CameraSpec] = []
    taken: set[str] = set()
    for camera_id, text in scenes.items():
        scene, colon, word = text.partition(":")
        if scene not in SCENES:
            raise ValueError("there is no such scene")
        seed = 0
        if colon:
            seed = int(word)
        elif scene in taken:
            seed = 1 + zlib.crc32(camera_id.encode()) % 997
        taken.add(scene)
        specs.append(
            CameraSpec(camera_id=camera_id, scene=scene, seed=seed, labels=labels)
        )
    return tuple(specs)


@dataclass(frozen=True, slots=True)
class Night:
    """From when to when it is night, in the town's time."""

    begins: time
    ends: time

    def at(self, moment: time) -> bool:
        """Return whether it is night at a time of day."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


class TownClock:
    """Says what time it is in the town; a demonstration may set it.

    Thread: any one.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._shift = timedelta()

    def set(self, moment: time) -> None:
        """Let it be this time of day now."""
        now = self._now()
        wanted = now.replace(
            hour=moment.hour, minute=moment.minute, second=0, microsecond=0
        )
        self._shift = wanted - now

    def time(self) -> time:
        """Return the time of day."""
        return (self._now() + self._shift).time()


class DrawingQueue:
    """What still has to be drawn: what somebody waits for first, each thing once.

    Thread: its event loop's.
    """

    def __init__(self) -> None:
        self._waiting: dict[LoopSpec, tuple[int, int]] = {}
        self._count = 0
        self._news = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def want(self, specs: Sequence[LoopSpec], *, urgency: int) -> None:
        """Ask for loops; the lower the number, the sooner. Asking again may hasten."""
        for spec in specs:
            before = self._waiting.get(spec)
            if before is None or before[0] > urgency:
                self._count += 1
                self._waiting[spec] = (urgency, self._count)
        self._news.set()

    def forget(self, spec: LoopSpec) -> None:
        """Ask for it no more."""
        self._waiting.pop(spec, None)

    async def next(self) -> tuple[LoopSpec, int]:
        """Wait for the most urgent and take it."""
        while not self._waiting:
            self._news.clear()
            await self._news.wait()
        spec = min(self._waiting, key=lambda s: self._waiting[s])
        return spec, self._waiting.pop(spec)[0]
