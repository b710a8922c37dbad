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
    """A noisy field that moves: as hard to code as a street, and cheap to draw."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        self._field = rng.integers(60, 190, (360, 640, 3), dtype=np.uint8)

    def draw(self, t: float) -> NDArray[np.uint8]:
        return np.roll(self._field, round(t * 10) % 640, axis=1)


def cheap_loop(folder: Path) -> Path:
    """Encode the pattern into a cache folder, and return the folder."""
    encode_loop(SPEC, folder, lambda done, of: None, scene=Pattern())
    return folder
