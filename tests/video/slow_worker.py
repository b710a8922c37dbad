"""A video worker on a machine that is too slow for it: every painting takes longer."""

import sys
import time
from typing import Any

from video.pixels import TileMaker
from video.worker_main import run

PAINTING_S = 0.03
_paint = TileMaker.paint


def slowly(self: TileMaker, *args: Any, **more: Any) -> None:
    time.sleep(PAINTING_S)
    _paint(self, *args, **more)


if __name__ == "__main__":
    TileMaker.paint = slowly  # type: ignore[method-assign]
    sys.exit(run())
