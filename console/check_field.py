"""What the check asks of the demonstration's field process, and hears from it."""

import threading
from typing import cast

from console.processes import Child, Message


class FieldWatch:
    """The field process as the check sees it.

    Thread: `hear` on the child's reader thread, everything else on the UI thread.

    Attributes:
        detector: The device that fires.
        child: The process, once it was started.
        stats: The newest counts it gave.
    """

    def __init__(self) -> None:
        self.detector = ""
        self.child: Child | None = None
        self.stats: Message = {}
        self._lock = threading.Lock()
        self._acknowledged: dict[str, int] | None = None

    def hear(self, message: Message) -> None:
        """Take a line of the field process."""
        stats = message.get("stats")
        if isinstance(stats, dict):
            told = cast("dict[str, int]", stats["acknowledged_by_device"])
            with self._lock:
                self._acknowledged = dict(told)
                self.stats = stats

    def fire(self) -> None:
        """Have the detector raise its alarm."""
        self._send({"fire": self.detector})

    def ask(self) -> None:
        """Ask how many messages each device was told are kept."""
        with self._lock:
            self._acknowledged = None
        self._send({"stats": True})

    def acknowledged(self) -> dict[str, int] | None:
        """Return the answer, by device; None until it is there."""
        with self._lock:
            return self._acknowledged

    def _send(self, message: Message) -> None:
        if self.child is not None:
            self.child.send(message)
