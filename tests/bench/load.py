"""The town's devices in a process of their own: so many sockets, so many in flight.

Speaks JSON lines: one with the devices on stdin, then one for each phase; answers
each phase with one line. It writes frames as a device's maker would, and sends again
what is not acknowledged.
"""

import json
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import zmq

from dispatch import wire
from dispatch.keys import KeyPair
from dispatch.service import utc_now
from dispatch.sockets import dealer

SEED = 20261123
AGAIN_S = 1.0  # what is not acknowledged by then is sent again
LOOK_S = 0.1
PROGRESS = 50  # lines of progress in a phase
AT_ONCE = 50  # connections that are made together
GIVE_UP_S = 60.0  # without a single acknowledgement
# Of a detector's messages; a tenth of the devices are terminals and send positions,
# which makes 70 % readings, 20 % positions and heartbeats, 10 % alarms.
SHARES = {"reading": 7, "heartbeat": 1, "alarm": 1}

_ack = msgspec.msgpack.Decoder(wire.ServiceMessage)


@dataclass(slots=True)
class Socket:
    """One device: its socket, what it has still to say, what is on the way."""

    device_id: str
    is_terminal: bool
    lon: float
    lat: float
    link: "zmq.Socket[bytes]"
    seq: int = 0
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    in_flight: dict[int, tuple[float, bytes]] = field(default_factory=dict)
    heard_at: float = 0.0


class Load:
    """All devices, driven by one loop.

    Thread: the process's only one.
    """

    again_s = AGAIN_S

    def __init__(self, setup: Mapping[str, Any]) -> None:
        self._address: str = setup["address"]
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._context.max_sockets = max(1023, 2 * len(setup["devices"]))
        self._random = random.Random(SEED)
        self._poller = zmq.Poller()
        self._by_link: dict[object, Socket] = {}
        for each in setup["devices"]:
            link = dealer(
                self._context,
                keys=KeyPair(*each["keys"]),
                server_key=setup["server_key"],
                queue=4 * wire.WINDOW,
            )
            self._poller.register(link, zmq.POLLIN)
            self._by_link[link] = Socket(
                device_id=each["device_id"],
                is_terminal=each["is_terminal"],
                lon=each["lon"],
                lat=each["lat"],
                link=link,
            )
        self._sockets = list(self._by_link.values())
        self._said: Counter[str] = Counter()

    def greet(self) -> None:
        """Say hello with every device and wait until all are welcome.

        Some after the others, as a town's devices come: a handshake that waits for
        thousands is given up by the service.
        """
        for first in range(0, len(self._sockets), AT_ONCE):
            self._greet(self._sockets[first : first + AT_ONCE])

    def _greet(self, sockets: list[Socket]) -> None:
        for socket in sockets:
            socket.link.connect(self._address)
            socket.link.send(self._frame(socket, 0, wire.Hello()))
        for socket in sockets:
            if not socket.link.poll(int(1000 * GIVE_UP_S)):
                raise TimeoutError(f"{socket.device_id} is not welcomed")
            body = wire.parse_down(socket.link.recv())
            if not isinstance(body, wire.Welcome):
                raise ValueError(f"{socket.device_id}: {body}")

    def run(self, phase: Mapping[str, Any]) -> dict[str, object]:
        """Send what a phase asks for; return how it went."""
        window: int = phase["window"]
        used = self._sockets[-phase["sockets"] :]
        self._prepare(used, phase["events"])
        left = total = sum(len(socket.waiting) for socket in used)
        every = max(1, total // PROGRESS)
        clock = time.perf_counter
        took: list[float] = []
        rejected = resent = 0
        began = look = heard = clock()
        for socket in used:
            self._fill(socket, window)
        while left:
            for link, _event in self._poller.poll(100):
                socket = self._by_link[link]
                while True:
                    try:
                        data = socket.link.recv(zmq.NOBLOCK)
                    except zmq.Again:
                        break
                    body = _ack.decode(data).body
                    if not isinstance(body, wire.Ack | wire.Reject):
                        continue
                    found = socket.in_flight.pop(body.seq or 0, None)
                    if found is None:
                        continue  # acknowledged twice: it was sent twice
                    heard = clock()
                    took.append(heard - found[0])
                    rejected += isinstance(body, wire.Reject)
                    left -= 1
                    if left % every == 0:
                        tell({"left": left})
                self._fill(socket, window)
            now = clock()
            if now - look >= LOOK_S:
                look = now
                resent += self._again(used, now, window)
            if now - heard > GIVE_UP_S:
                raise TimeoutError(f"{left} of {total} are never acknowledged")
        return {
            "done": True,
            "events": total,
            "took_s": heard - began,
            "ack_ms": [round(1000 * each, 3) for each in took],
            "rejected": rejected,
            "resent": resent,
            "sent": {socket.device_id: socket.seq for socket in self._sockets},
            "said": dict(self._said),
        }

    def close(self) -> None:
        """Give the sockets back."""
        for socket in self._sockets:
            socket.link.close()
        self._context.term()

    def _prepare(self, used: list[Socket], events: int) -> None:
        """Write the frames beforehand: the devices' own work is not what is measured."""
        for index, socket in enumerate(used):
            count = events // len(used) + (index < events % len(used))
            kinds = (
                ["position"] * count
                if socket.is_terminal
                else kinds_of(self._random.random(), count=count)
            )
            self._said.update(kinds)
            for kind in kinds:
                socket.seq += 1
                frame = self._frame(socket, socket.seq, self._body(socket, kind))
                socket.waiting.append((socket.seq, frame))

    def _body(self, socket: Socket, kind: str) -> wire.AnyBody:
        draw = self._random.uniform
        if kind == "position":
            where = wire.Where(
                lon=round(socket.lon + draw(-0.002, 0.002), 7),
                lat=round(socket.lat + draw(-0.002, 0.002), 7),
                accuracy_m=round(draw(3, 20), 1),
            )
            return wire.Position(where=where, speed_mps=round(draw(0, 3), 1))
        if kind == "reading":
            # The number in the values finds the row again.
            values = {
                "number": float(socket.seq),
                "smoke_percent": round(draw(0, 2), 2),
                "temperature_c": round(draw(5, 35), 1),
            }
            return wire.Reading(values=values)
        if kind == "heartbeat":
            return wire.Heartbeat(battery=round(draw(20, 100)))
        return wire.Alarm(text=f"压测 #{socket.seq}")

    def _frame(self, socket: Socket, seq: int, body: wire.AnyBody) -> bytes:
        return wire.write(
            wire.DeviceMessage(
                v=1, device=socket.device_id, seq=seq, at=utc_now(), body=body
            )
        )

    def _fill(self, socket: Socket, window: int) -> None:
        while socket.waiting and len(socket.in_flight) < window:
            seq, frame = socket.waiting[0]
            try:
                socket.link.send(frame, zmq.NOBLOCK)
            except zmq.Again:
                return  # no connection: looked at again
            socket.waiting.popleft()
            socket.in_flight[seq] = (time.perf_counter(), frame)

    def _again(self, used: list[Socket], now: float, window: int) -> int:
        """Send again what is overdue; the first sending counts for its time."""
        count = 0
        for socket in used:
            flight = socket.in_flight
            if flight and now - max(socket.heard_at, flight[next(iter(flight))][0]) > (
                self.again_s
            ):
                socket.heard_at = now
                for _sent_at, frame in flight.values():
                    try:
                        socket.link.send(frame, zmq.NOBLOCK)
                    except zmq.Again:
                        break
                    count += 1
            self._fill(socket, window)
        return count


def kinds_of(seed: float, *, count: int) -> list[str]:
    """Return what a detector says, in the mix of a town, in no order."""
    draw = random.Random(seed)
    kinds: list[str] = []
    while len(kinds) < count:
        pack = [kind for kind, times in SHARES.items() for _ in range(times)]
        draw.shuffle(pack)
        kinds += pack
    return kinds[:count]


def tell(line: Mapping[str, object]) -> None:
    """Say a line to the parent."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run phases until the parent closes the pipe."""
    load = Load(json.loads(sys.stdin.readline()))
    try:
        load.greet()
        tell({"ready": True})
        for line in sys.stdin:
            tell(load.run(json.loads(line)))
    except (TimeoutError, ValueError) as error:
        tell({"error": str(error)})
        return 1
    finally:
        load.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
