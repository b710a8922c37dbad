"""Which streams are decoded apart from the others: those at which workers died. Pure."""

from typing import Final

DEATHS: Final = 2  # from so many on; one may be anybody's
FORGIVEN_S: Final = 3_600.0  # without another one
MOST_APART: Final = 4  # processes of their own; more suspects share these


class Suspects:
    """Counts the deaths of workers by the streams that were being decoded.

    Thread: used under its engine's lock.
    """

    def __init__(self) -> None:
        self._deaths: dict[str, tuple[int, float]] = {}  # and when the last one was

    def died(self, stream_id: str, now: float) -> None:
        """Note that a worker died while it decoded this stream."""
        self._deaths[stream_id] = self._count(stream_id, now) + 1, now

    def apart(self, stream_id: str, now: float) -> bool:
        """Return whether a stream that is begun now is decoded apart from the others."""
        return self._count(stream_id, now) >= DEATHS

    def _count(self, stream_id: str, now: float) -> int:
        count, at = self._deaths.get(stream_id, (0, now))
        return count if now - at < FORGIVEN_S else 0
