"""A cheap loop in a cache, so that tests of the server need not draw a town."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video.scenes_loops import LoopSpec, encode_loop
from video.scenes_overlay import LETTERING

SPEC = LoopSpec(
    scene="street",
    form="sub",
    camera_index=0,
    camera_id="1203",
    label=LETTERING / "1203.png",
)


class Pattern:
    """A field of blocks that moves: as hard to code as a street, cheap to draw."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        coarse = rng.integers(60, 190, (90, 160, 3), dtype=np.uint8)
        self._field = coarse.repeat(4, axis=0).repeat(4, axis=1)

    def draw(self, t: float) -> NDArray[np.uint8]:
        return np.roll(self._field, round(t * 10) % 640, axis=1)


def cheap_loop(folder: Path) -> Path:
    """Encode the pattern into a cache folder, and return the folder."""
    encode_loop(SPEC, folder, lambda done, of: None, scene=Pattern())
    return folder
