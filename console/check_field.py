"""What the check asks of the demonstration's field process, and hears from it."""

import threading
import time
from typing import cast

from console.processes import Child, Message


ASK_EVERY_S = 0.3


class FieldWatch:
    """The field process as the check sees it.

    Thread: `hear` on the child's reader thread, everything else on the UI thread.

    Attributes:
        detector: The device that fires.
    """

    def __init__(self, detector: str) -> None:
        self.detector = detector
        self.child: Child | None = None
        self._lock = threading.Lock()
        self._stats: dict[str, dict[str, int]] = {}
        self._ready = threading.Event()
        self._asked_at = 0.0

    def hear(self, message: Message) -> None:
        """Take a line of the field process."""
        if message.get("ready"):
            self._ready.set()
        stats = message.get("stats")
        if isinstance(stats, dict):
            with self._lock:
                self._stats = cast("dict[str, dict[str, int]]", stats)

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until the devices are there; return whether they are."""
        return self._ready.wait(timeout_s)

    def fire(self) -> None:
        """Have the detector raise its alarm."""
        self._send({"alarm": self.detector})

    def settle(self) -> None:
        """Have the field do nothing of its own accord any more."""
        self._send({"quiet": True})

    def has_settled(self) -> bool:
        """Return whether nothing waits in any outbox; ask anew now and then."""
        now = time.monotonic()
        if now - self._asked_at > ASK_EVERY_S:
            self._asked_at = now
            self._send({"stats": True})
        with self._lock:
            return bool(self._stats) and not any(
                each["waiting"] for each in self._stats.values()
            )

    @property
    def acknowledged(self) -> int:
        """Return how many messages the devices were told are kept."""
        return sum(self.acknowledged_by_device().values())

    def acknowledged_by_device(self) -> dict[str, int]:
        """Return the same for each device."""
        with self._lock:
            return {name: each["acknowledged"] for name, each in self._stats.items()}

    def _send(self, message: Message) -> None:
        if self.child is not None:
            self.child.send(message)
