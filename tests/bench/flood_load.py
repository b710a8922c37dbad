"""Some of the devices of the bench `flood`, in a process of their own, by the clock.

Its first line of input are the devices, the second for how long and how many alarms a
minute; its last line of output says what was sent and what was acknowledged.
"""

import json
import random
import sys
import time
from collections.abc import Mapping
from typing import Any, Final

import zmq

from dispatch import wire
from tests.bench.load import Load, Socket, tell

WINDOW: Final = 4  # messages on the way per device
POSITION_EVERY_S: Final = 10.0
LOOK_S: Final = 0.1
LAST_S: Final = 240.0  # until what was said last is acknowledged


class FloodLoad(Load):
    """Terminals in turn, and detectors as they are drawn.

    Thread: the process's only one.
    """

    again_s = 5.0  # a device that says it again each second would be a flood itself

    def __init__(self, setup: Mapping[str, Any]) -> None:
        super().__init__(setup)
        self._dice = random.Random(setup["seed"])
        self._terminals = [each for each in self._sockets if each.is_terminal]
        self._detectors = [each for each in self._sockets if not each.is_terminal]
        self._rejected = 0

    def flood(self, phase: Mapping[str, Any]) -> dict[str, object]:
        """Speak for so long; return how much was said."""
        seconds, alarms = float(phase["seconds"]), 0
        every = 60.0 / float(phase["alarms_per_minute"])
        position_every = POSITION_EVERY_S / len(self._terminals)
        began = time.monotonic()
        looked, said = began, 0
        while (gone := time.monotonic() - began) < seconds:
            while said * position_every <= gone:
                self._say(self._terminals[said % len(self._terminals)], "position")
                said += 1
            while alarms * every <= gone:
                self._say(self._dice.choice(self._detectors), "alarm")
                alarms += 1
            self._hear(min(position_every, 0.02))
            looked = self._look(looked)
        deadline = time.monotonic() + LAST_S
        while any(each.waiting or each.in_flight for each in self._sockets):
            if time.monotonic() > deadline:
                raise TimeoutError("some of it is never acknowledged")
            self._hear(LOOK_S)
            looked = self._look(looked)
        return {"alarms": alarms, "positions": said, "rejected": self._rejected}

    def _say(self, socket: Socket, kind: str) -> None:
        socket.seq += 1
        frame = self._frame(socket, socket.seq, self._body(socket, kind))
        socket.waiting.append((socket.seq, frame))
        self._fill(socket, WINDOW)

    def _hear(self, at_most_s: float) -> None:
        for link, _event in self._poller.poll(max(1, round(1000 * at_most_s))):
            socket = self._by_link[link]
            while True:
                try:
                    body = wire.parse_down(socket.link.recv(zmq.NOBLOCK))
                except zmq.Again:
                    break
                if isinstance(body, wire.Ack | wire.Reject):
                    socket.in_flight.pop(body.seq or 0, None)
                    self._rejected += isinstance(body, wire.Reject)
            self._fill(socket, WINDOW)

    def _look(self, looked: float) -> float:
        now = time.monotonic()
        if now - looked < LOOK_S:
            return looked
        self._again(self._sockets, time.perf_counter(), WINDOW)
        return now


def main() -> int:
    """Speak once, as long as the parent wants."""
    load = FloodLoad(json.loads(sys.stdin.readline()))
    try:
        load.greet()
        tell({"ready": True})
        tell(load.flood(json.loads(sys.stdin.readline())))
        sys.stdin.read()
    except (TimeoutError, ValueError) as error:
        tell({"error": str(error)})
        return 1
    finally:
        load.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
