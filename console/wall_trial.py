"""Trying the cameras of tours in turn, a few at a time. Pure.

Each is connected until it is known whether it would show a picture at its turn, or its
time is over; then it is let go and the next one is tried. Whoever looks on sees what
was found a minute ago at most, however many cameras there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from console.panels.tile_look import Look

AT_ONCE: Final = 8
WAIT_S: Final = 12.0  # a key frame every 10 s is slow, and is waited for
AGAIN_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a camera.

    Attributes:
        look: `LIVE`: it is ready; `OFF`: it is not; `WAITING`: nothing came in time.
        reason: Why it is not, one of `video.contract.REASONS`.
        at: When, seconds.
    """

    look: Look
    reason: str
    at: float


class Trial:
    """Tries cameras in turn, round after round.

    Thread: UI only.

    Args:
        camera_ids: All of them.
        sight: What is known of one now, and why: `LIVE`, `OFF` or `WAITING`.

    Attributes:
        found: What was last found of each that was tried.
    """

    def __init__(
        self,
        camera_ids: Iterable[str],
        sight: Callable[[str], tuple[Look, str]],
    ) -> None:
        self.found: dict[str, Found] = {}
        self._waiting = list(dict.fromkeys(camera_ids))
        self._sight = sight
        self._since: dict[str, float] = {}

    @property
    def trying(self) -> tuple[str, ...]:
        """Return the cameras that are to be connected now."""
        return tuple(self._since)

    def advance(self, now: float) -> None:
        """Take what is known by now, and go on to the next ones."""
        for camera_id, since in tuple(self._since.items()):
            look, reason = self._sight(camera_id)
            if look is not Look.WAITING or now - since >= WAIT_S:
                del self._since[camera_id]
                self._note(camera_id, Found(look, reason, now))
        for camera_id in tuple(self._waiting):
            known = self.found.get(camera_id)
            if known is not None and now - known.at < AGAIN_S:
                break  # those after it were tried later still
            look, reason = self._sight(camera_id)
            if look is Look.LIVE:
                self._waiting.remove(camera_id)
                self._note(camera_id, Found(look, reason, now))
            elif len(self._since) < AT_ONCE:
                self._waiting.remove(camera_id)
                self._since[camera_id] = now

    def _note(self, camera_id: str, found: Found) -> None:
        self.found[camera_id] = found
        self._waiting.append(camera_id)
