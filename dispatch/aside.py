"""What nobody could use, kept in measure: one bad device must not fill the house."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dispatch.store import SetAside
from dispatch.writer import Writer

PER_MINUTE = 30  # frames kept of one key; beyond that they are only counted


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeStats:
    """What has come in since the service started.

    Attributes:
        acknowledged: Messages stored, repetitions counted again.
        refused: Messages refused, by reason.
        knocks: Handshakes of unknown keys.
        disconnects: Connections lost, cut ones among them.
    """

    acknowledged: int
    refused: dict[str, int]
    knocks: int
    disconnects: int


class Aside:
    """Counts what is refused, and keeps some of it with its reason.

    Thread: the intake's; the counts may be read from any other.

    Attributes:
        counts: How much was refused, by reason.
    """

    def __init__(self, writer: Writer, *, clock: Callable[[], datetime]) -> None:
        self.counts: Counter[str] = Counter()
        self._writer = writer
        self._clock = clock
        self._minute = 0
        self._kept: Counter[str] = Counter()

    def put(
        self,
        reason: str,
        key: str,
        frame: bytes,
        *,
        most: int = PER_MINUTE,
        counted: str = "",
    ) -> bool:
        """Count a frame and keep it; return False where enough of that key is kept.

        `counted` takes the key's place in that where its sender chooses the key.
        """
        self.counts[reason] += 1
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute = minute
            self._kept.clear()
        counted = counted or key
        self._kept[counted] += 1
        if self._kept[counted] > most:
            return False
        self._writer.set_aside(
            SetAside(reason=reason, peer_key=key, frame=frame, at=self._clock())
        )
        return True
