"""The receiving loop for devices: check, translate, commit, acknowledge.

A message is acknowledged when it is on the disk, refused when it will never be
taken, and left unanswered when the store is away or the service has failed on it:
then the device sends it again.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

import zmq
from sqlalchemy.exc import SQLAlchemyError

from dispatch import wire
from dispatch.aside import Aside, IntakeStats
from dispatch.changes import CaseChanged, DeviceChanged, Snapshot
from dispatch.commands import Command, Refused
from dispatch.devices import TERMINALS, Device
from dispatch.devices.common import Heard
from dispatch.devices.kinds import TRANSLATORS
from dispatch.keys import KeyPair
from dispatch.packing import Packed, glance, unpack
from dispatch.receipts import Receipt
from dispatch.registry import Numbers, Registry
from dispatch.sockets import (
    NOW,
    NOW_AND_MORE,
    Gate,
    Waker,
    Watch,
    bind,
    guarded_router,
    receive,
)
from dispatch.store import Store
from dispatch.tasks import ForUnit, TaskBoard
from dispatch.taxonomy import Taxonomy
from dispatch.utc_time import utc
from dispatch.waiting import Batch, Line, Offered, Waiting
from dispatch.writer import Outcome, Writer

DOMAIN = "lookout.intake"
BACKSTOP_BYTES = 2 * wire.MAX_MESSAGE_BYTES  # beyond it the connection is cut
QUEUE = 4 * wire.WINDOW  # messages a peer may have queued here
REPEAT_S = 5.0  # an offer nobody has signed is said again
_HEARD_KINDS = frozenset({"case", "device"})

_log = logging.getLogger(__name__)


class Intake:
    """Listens to devices and speaks to terminals.

    Thread: its own owns the sockets. `learn`, `offer` and `close` may be called from
    any other; `stats` is a picture that may be a moment old.
    """

    def __init__(
        self,
        address: str,
        *,
        keys: KeyPair,
        writer: Writer,
        store: Store,
        snapshot: Snapshot,
        taxonomy: Taxonomy,
        clock: Callable[[], datetime],
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._registry = Registry()
        self._registry.load(snapshot.devices)
        self._tasks = TaskBoard(taxonomy)
        self._tasks.load(snapshot.cases, snapshot.entries)
        self._news: deque[tuple[str, bytes]] = deque()
        self._offered: deque[Offered] = deque()
        self._lines: dict[str, Line] = {}
        self._numbers = Numbers(store)
        self._batch: Batch | None = None  # the writer has it
        self._aside = Aside(writer, clock=clock)
        self._acknowledged = 0
        self._knocks = 0
        self._disconnects = 0
        self._repeat_due = time.monotonic() + REPEAT_S
        self._waker = Waker()
        self._closing = threading.Event()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._gate = Gate(
            self._context,
            domain=DOMAIN,
            admits=lambda key: self._registry.device(key) is not None,
            turned_away=self._turn_away,
        )
        self._router = guarded_router(
            self._context,
            keys=keys,
            domain=DOMAIN,
            max_bytes=BACKSTOP_BYTES,
            queue=QUEUE,
        )
        self._watch = Watch(self._context, self._router)
        try:
            self.address = bind(self._router, address)
        except OSError:
            self._release()
            self._waker.close()
            raise
        self._thread = threading.Thread(target=self._run, name="intake")
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Return whether the loop runs."""
        return self._thread.is_alive()

    def learn(self, packed: Sequence[Packed]) -> None:
        """Hear of changes: enrolments open the gate, sendings become tasks."""
        wanted = [(kind, body) for _, kind, body in packed if kind in _HEARD_KINDS]
        if wanted:
            self._news.extend(wanted)
            self._waker.wake()

    def offer(self, messages: Sequence[Offered]) -> None:
        """Take messages that a gateway made, like those of the line to devices."""
        self._offered.extend(messages)
        self._waker.wake()

    def stats(self) -> IntakeStats:
        """Return the counts."""
        return IntakeStats(
            acknowledged=self._acknowledged,
            refused=dict(self._aside.counts),
            knocks=self._knocks,
            disconnects=self._disconnects,
        )

    def close(self) -> None:
        """End the loop and give the sockets back; what waits is not acknowledged."""
        self._closing.set()
        self._waker.wake()
        self._thread.join()
        self._waker.close()

    # -- on the intake's own thread ------------------------------------------------

    def _run(self) -> None:
        busy = zmq.Poller()
        idle = zmq.Poller()
        for source in (self._gate.socket, self._watch.socket, self._waker):
            busy.register(source, zmq.POLLIN)
            idle.register(source, zmq.POLLIN)
        idle.register(self._router, zmq.POLLIN)
        try:
            while not self._closing.is_set():
                pause = max(0.0, self._repeat_due - time.monotonic())
                (idle if self._batch is None else busy).poll(int(1000 * pause) + 1)
                self._waker.drain()
                self._take_news()
                self._gate.answer()
                for happening in self._watch.happened():
                    self._disconnects += happening == zmq.EVENT_DISCONNECTED
                self._acknowledge()
                # By turns with the writer: both need the interpreter for all they do,
                # and side by side each is in the other's way at every call.
                if self._batch is None:
                    self._gather()
                self._repeat()
        except Exception:
            _log.exception("the device line has failed")
            raise
        finally:
            self._release()

    def _release(self) -> None:
        self._watch.close()
        self._router.close()
        self._gate.socket.close()
        self._context.term()

    def _turn_away(self, key: str, address: str) -> None:
        self._knocks += 1
        if self._aside.put("unknown_key", key, address.encode(), most=1):
            _log.warning("unknown key %s from %s was not let in", key, address)

    def _take_news(self) -> None:
        while self._news:
            kind, body = self._news.popleft()
            if kind == "case" and not self._tasks.concerns(glance(body)):
                continue
            change = unpack(kind, body)
            if isinstance(change, DeviceChanged):
                if self._registry.put(change.device):
                    self._numbers.forget(change.device.device_id)
                    self._lines.pop(change.device.device_id, None)
            elif isinstance(change, CaseChanged):
                for said in self._tasks.apply(change):
                    self._tell_unit(said)

    # -- upward --------------------------------------------------------------------

    def _gather(self) -> None:
        """Take what is queued, as much as one commit holds, and hand it on."""
        commands: list[Command] = []
        waiting: list[Waiting] = []
        greet: list[tuple[Device, Line]] = []
        received_at = self._clock()
        is_quiet = False  # nothing more on the line
        for turn in range(self._writer.batch_limit):
            # By turns: neither way in holds up the other.
            if self._offered and (turn % 2 or is_quiet):
                self._take_offered(commands, waiting, received_at)
                continue
            try:
                route, key, body = receive(self._router)
            except zmq.Again:
                if not self._offered:
                    break
                is_quiet = True
                continue
            try:
                found = self._understand(route, key, body, received_at)
            except wire.BadFrame as bad:
                self._refuse(Line(route, bad.encoding), bad, key, b"".join(body))
                continue
            if isinstance(found, Device):
                greet.append((found, self._lines[found.device_id]))
            else:
                commands.append(found[0])
                waiting.append(found[1])
        if commands:
            future = self._writer.submit_batch(commands)
            self._batch = Batch(waiting, future, [])
            future.add_done_callback(lambda _future: self._waker.wake())
        elif self._offered:
            self._waker.wake()  # all that was taken was refused
        for device, line in greet:
            self._greet(device, line)

    def _take_offered(
        self, commands: list[Command], waiting: list[Waiting], received_at: datetime
    ) -> None:
        """Take a message that a gateway made, as of the device it speaks for."""
        one = self._offered.popleft()
        line = Line(b"", wire.Encoding.JSON, one.answered)
        device = self._registry.device(one.key)
        try:
            if isinstance(one.body, wire.BadFrame):
                raise one.body
            if device is None:
                raise wire.BadFrame("unknown_key", f"{one.peer} is not enrolled")
            message = wire.DeviceMessage(
                v=1, device=device.device_id, seq=one.seq, at=one.at, body=one.body
            )
            commands.append(self._command(device, message, received_at))
        except wire.BadFrame as bad:
            # Whoever sends chooses by what name an unknown device is called there.
            counted = "" if device else one.peer.partition("/")[0]
            self._refuse(line, bad, one.peer, one.raw, counted=counted)
        else:
            waiting.append(Waiting(device.device_id, one.seq, one.raw, one.peer, line))

    def _understand(
        self, route: bytes, key: str, body: list[bytes], received_at: datetime
    ) -> tuple[Command, Waiting] | Device:
        """Return the command a message means; the device itself for a hello.

        Raises:
            BadFrame: If it will never be taken.
        """
        device = self._registry.device(key)
        message, encoding = wire.parse(body)
        seq = message.seq or None
        if device is None:
            raise wire.BadFrame(
                "unknown_key", "this key is not enrolled", seq=seq, encoding=encoding
            )
        if message.device != device.device_id:
            raise wire.BadFrame(
                "wrong_device",
                f"this key is enrolled for {device.device_id}",
                seq=seq,
                encoding=encoding,
            )
        line, is_new = self._note_line(device, route, encoding)
        if isinstance(message.body, wire.Hello):
            return device
        if is_new:
            for standing in self._standing(device):
                self._say(line, standing)
        command = self._command(device, message, received_at, encoding)
        return command, Waiting(device.device_id, message.seq, body[0], key, line)

    def _command(
        self,
        device: Device,
        message: wire.DeviceMessage,
        received_at: datetime,
        encoding: wire.Encoding = wire.Encoding.JSON,
    ) -> Command:
        """Return the command that a device's message means, by its kind.

        Raises:
            BadFrame: If it means none.
        """
        assert not isinstance(message.body, wire.Hello)
        task = getattr(message.body, "task", None)
        if task is not None and self._tasks.is_stale(task):
            text = f"task {task} was recalled"
            raise wire.BadFrame("recalled", text, seq=message.seq, encoding=encoding)
        heard = Heard(
            device=device,
            body=message.body,
            seq=message.seq,
            at=received_at if message.at is None else utc(message.at),
            received_at=received_at,
        )
        translate = TRANSLATORS.get(device.kind)
        command: Command | None = None if translate is None else translate(heard)
        if command is None:
            text = f"a {device.kind} cannot say this"
            raise wire.BadFrame(
                "not_for_kind", text, seq=message.seq, encoding=encoding
            )
        return command

    def _note_line(
        self, device: Device, route: bytes, encoding: wire.Encoding
    ) -> tuple[Line, bool]:
        """Remember the way to a device; on a new one it may have missed something."""
        line = self._lines.get(device.device_id)
        if line is not None and line.route == route:
            line.encoding = encoding
            return line, False
        line = self._lines[device.device_id] = Line(route, encoding)
        return line, True

    def _standing(self, device: Device) -> list[wire.Task]:
        carries = device.unit_id and device.kind in TERMINALS
        return self._tasks.standing(device.unit_id) if carries else []

    def _greet(self, device: Device, line: Line) -> None:
        """Welcome a device, after what it has said already."""
        if self._batch is not None and self._batch.holds(device.device_id):
            self._batch.greet.append((device, line))
        else:
            self._welcome(device, line)

    def _welcome(self, device: Device, line: Line) -> None:
        try:
            stored_seq = self._numbers.stored(device)
        except SQLAlchemyError as error:
            # It says hello again, until the store can be asked.
            _log.info("%s is not welcomed: %s", device.device_id, type(error).__name__)
            return
        standing = self._standing(device)
        self._say(
            line,
            wire.Welcome(
                device=device.device_id,
                stored_seq=stored_seq,
                max_message_bytes=wire.MAX_MESSAGE_BYTES,
                window=wire.WINDOW,
                at=self._clock(),
                tasks=[task.task for task in standing],
            ),
        )
        for task in standing:
            self._say(line, task)

    def _acknowledge(self) -> None:
        """Answer the batch that is on the disk."""
        batch = self._batch
        if batch is None or not batch.future.done():
            return
        self._batch = None
        if not (batch.future.cancelled() or batch.future.exception() is not None):
            outcomes = batch.future.result()
            for one, outcome in zip(batch.waiting, outcomes, strict=True):
                self._answer(one, outcome)
        # Else the store is away: nobody is told that it has anything.
        for device, line in batch.greet:
            if self._registry.device(device.public_key) is not None:
                self._welcome(device, line)

    def _answer(self, one: Waiting, outcome: Outcome) -> None:
        """Tell a device what became of a message; nothing where we have failed."""
        if isinstance(outcome, Receipt):
            self._acknowledged += 1
            self._numbers.note(one, self._registry.device(one.key))
            self._say(one.line, wire.Ack(seq=one.seq))
        elif isinstance(outcome, Refused):
            bad = wire.BadFrame(outcome.reason, outcome.text, seq=one.seq)
            self._refuse(one.line, bad, one.key, one.frame)

    def _refuse(
        self,
        line: Line,
        bad: wire.BadFrame,
        key: str,
        frame: bytes,
        *,
        counted: str = "",
    ) -> None:
        """Tell the sender, count it, and keep it with its reason."""
        self._say(line, wire.Reject(seq=bad.seq, reason=bad.reason, text=bad.text))
        self._aside.put(bad.reason, key, frame, counted=counted)

    # -- downward ------------------------------------------------------------------

    def _repeat(self) -> None:
        if time.monotonic() < self._repeat_due:
            return
        self._repeat_due = time.monotonic() + REPEAT_S
        for said in self._tasks.unsigned():
            self._tell_unit(said)

    def _tell_unit(self, said: ForUnit) -> None:
        for device in self._registry.terminals(said.unit_id):
            line = self._lines.get(device.device_id)
            if line is not None:
                self._say(line, said.body)

    def _say(self, line: Line, body: wire.Downward) -> None:
        """Send if the peer is there; whatever matters is repeated until answered."""
        if line.hears is not None:
            line.hears(body)
            return
        try:
            # If there is room for the first part there is for the second.
            self._router.send(line.route, NOW_AND_MORE)
            self._router.send(wire.write_down(body, line.encoding), NOW)
        except zmq.Again:
            return
        except zmq.ZMQError as error:
            if error.errno != zmq.EHOSTUNREACH:
                raise
