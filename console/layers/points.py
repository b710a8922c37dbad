"""Points by the thousand: which of them a view sees, without looking at each."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from console.layers.layer import MapView

CELL_PX = 6.0


class Points:
    """Where some records are, in map units.

    Thread: UI only.
    """

    def __init__(self, where: Mapping[int | str, tuple[float, float]]) -> None:
        self._keys = list(where)
        self._where = dict(where)
        self._at = np.array(list(where.values()), float).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self._keys)

    def where(self, key: int | str) -> tuple[float, float]:
        """Return one record's place in map units."""
        return self._where[key]

    def get(self, key: int | str) -> tuple[float, float] | None:
        """Return one record's place in map units, None where it has none any more."""
        return self._where.get(key)

    def within(self, middle: tuple[float, float], reach: float) -> list[int | str]:
        """Return whose place is nearer to another than that, in map units."""
        away = np.hypot(self._at[:, 0] - middle[0], self._at[:, 1] - middle[1])
        return [self._keys[index] for index in np.flatnonzero(away < reach)]

    def seen(
        self, view: "MapView", margin: float, *, thinned: bool = False
    ) -> Iterator[tuple[int | str, QPointF]]:
        """Yield key and pixel of each record in view.

        Args:
            view: What is looked at.
            margin: Pixels beyond its edges that count as seen.
            thinned: At most one a cell of six pixels: where there are thousands,
                dots on top of each other cost time and show nothing.
        """
        if not self._keys:
            return
        x = (self._at[:, 0] - view.left) * view.scale
        y = (view.top - self._at[:, 1]) * view.scale
        inside = np.flatnonzero(
            (x >= -margin)
            & (x <= view.width + margin)
            & (y >= -margin)
            & (y <= view.height + margin)
        )
        if thinned and len(inside):
            columns = int(view.width / CELL_PX) + 8
            cells = (y[inside] // CELL_PX).astype(np.int64) * columns
            cells += (x[inside] // CELL_PX).astype(np.int64)
            inside = inside[np.unique(cells, return_index=True)[1]]
        for index in inside:
            yield self._keys[index], QPointF(float(x[index]), float(y[index]))
