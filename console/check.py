"""Does the operator's job without an operator, in the real window, and measures it.

`lookout demo --check` waits for pictures, has the smoke detector fire, presses the
keys an operator would press, waits for the worker's terminal to do its part, checks
and closes the case. Every figure is read from the running system: clocks from the
case, pictures from the painted pixels, messages from the field and the store.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from console.action_rules import worst_alarm
from console.check_field import FieldWatch
from dispatch.cases import CaseState
from dispatch.commands import Moment
from dispatch.questions import MessageCounts
from video.contract import StreamState
from video.frame_code import read_frame_number

if TYPE_CHECKING:
    from console.app import DeskRun

_log = logging.getLogger("lookout.check")

STEP_S = {
    "pictures": 60.0,
    "people": 30.0,
    "alarm": 10.0,
    "open": 10.0,
    "four": 20.0,
    "signed": 30.0,
    "feedback": 90.0,
    "closed": 15.0,
}
LIVE_OVER_S = 2.0
SIGNAL_TO_SCREEN_MS = 1000.0
BLOCKED_MS = 50.0
BEAT_MS = 10


@dataclass(slots=True)
class Verdict:
    """What the check prints; the names are a contract with those who read it.

    Attributes:
        ok: Closed, nothing lost, four tiles live, in time, never blocked.
        signal_to_screen_ms: From the detector's own time to the painted strip.
        open_to_first_picture_ms: From the key that opens the case.
        open_to_four_pictures_ms: The same, until the last of four.
        tiles_live: Tiles whose painted frame number advanced over 2 s.
        case_closed: The case reached 已结案.
        changes: Number of the newest change.
        messages_acknowledged: What the devices were told is kept.
        messages_lost: Of those, how many the store does not have.
        ui_blocked_ms_max: Longest lateness of a 10 ms timer on the UI thread.
    """

    ok: bool = False
    signal_to_screen_ms: float | None = None
    open_to_first_picture_ms: float | None = None
    open_to_four_pictures_ms: float | None = None
    tiles_live: int = 0
    case_closed: bool = False
    changes: int = 0
    messages_acknowledged: int = 0
    messages_lost: int | None = None
    ui_blocked_ms_max: float | None = None

    def judge(self) -> None:
        """Set `ok` from the figures."""
        self.ok = not self.missed()

    def missed_only_time(self) -> bool:
        """Return whether the whole job was done, and only too slowly."""
        timed = (self.signal_to_screen_ms, self.ui_blocked_ms_max)
        done = self.case_closed and self.messages_lost == 0 and self.tiles_live == 4
        return done and None not in timed and bool(self.missed())

    def missed(self) -> list[str]:
        """Return a sentence for each condition that was not met."""
        found = []
        if not self.case_closed:
            found.append("the case was not closed")
        if self.messages_lost is None:
            found.append("the messages were not counted")
        elif self.messages_lost != 0:
            found.append(f"{self.messages_lost} acknowledged messages are lost")
        if self.tiles_live != 4:
            found.append(f"{self.tiles_live} of 4 tiles were live")
        for what, value, most in (
            (
                "from the signal to the screen",
                self.signal_to_screen_ms,
                SIGNAL_TO_SCREEN_MS,
            ),
            ("the window's longest block", self.ui_blocked_ms_max, BLOCKED_MS),
        ):
            if value is None:
                found.append(f"{what}: not measured")
            elif value > most:
                found.append(f"{what}: {value:.0f} ms, allowed are {most:.0f}")
        return found


class Heartbeat(QObject):
    """How late a 10 ms timer comes on the UI thread, at worst.

    Thread: UI.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.worst_ms = 0.0
        self._due: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin, or begin again after something that does not count."""
        self._due = None
        self._timer.start()

    def pause(self) -> None:
        """Leave out what comes until `start`."""
        self._timer.stop()
        self._due = None

    def _beat(self) -> None:
        now = time.perf_counter()
        if self._due is not None:
            late_ms = (now - self._due) * 1000.0
            if late_ms > self.worst_ms:
                self.worst_ms = late_ms
                if late_ms > BLOCKED_MS:
                    _log.warning("the window was blocked for %.0f ms", late_ms)
        self._due = now + BEAT_MS / 1000.0


class Failed(Exception):  # noqa: N818 - an outcome of the check
    """A step did not come about in its time."""


# What a step waits for: its name, the time it may take, and the condition.
Wait = tuple[str, float, Callable[[], bool]]


class Check(QObject):
    """Runs the job step by step on the UI thread.

    Thread: UI.

    Signals:
        done: The `Verdict`.
    """

    done = Signal(object)

    def __init__(
        self, run: "DeskRun", field: FieldWatch, *, shots: Path | None
    ) -> None:
        super().__init__(run)
        self.verdict = Verdict()
        self._run = run
        self._desk = run.desk
        self._window = run.window
        self._pictures = run.window.pictures
        self._field = field
        self._shots = shots
        self._beat = Heartbeat(self)
        self._case_id = 0
        self._turn = 0
        self._steps = self._job()
        self._wait: Wait | None = None
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin; `done` comes in any case."""
        self._window.installEventFilter(self)
        self._advance()
        self._timer.start()

    # -- the engine of it ------------------------------------------------------------

    def _look(self) -> None:
        assert self._wait is not None
        name, limit, condition = self._wait
        if condition():
            self._advance()
        elif time.perf_counter() > self._until:
            _log.error("gave up on %r after %.0f s", name, limit)
            sys.stderr.write(f"check: gave up on {name!r} after {limit:.0f} s\n")
            self._end()

    def _advance(self) -> None:
        try:
            self._wait = next(self._steps)
        except StopIteration:
            self._end()
            return
        except Failed as failed:
            sys.stderr.write(f"check: {failed}\n")
            self._end()
            return
        self._until = time.perf_counter() + self._wait[1]

    def _end(self) -> None:
        self._timer.stop()
        self._steps.close()
        self._beat.pause()
        if self._beat.worst_ms:
            self.verdict.ui_blocked_ms_max = round(self._beat.worst_ms, 1)
        self.verdict.changes = self._run.board.number
        self.verdict.judge()
        self.done.emit(self.verdict)

    # -- the job ---------------------------------------------------------------------

    def _job(self) -> Generator[Wait, None, None]:
        self._window.activateWindow()
        yield ("active window", 10.0, self._window.isActiveWindow)
        yield ("board", 30.0, lambda: bool(self._run.board.cameras))
        yield ("pictures", STEP_S["pictures"], self._pinned_live)
        yield ("people", STEP_S["people"], self._people_known)
        yield from self._pause(1.0)
        yield from self._shot("desk-rest")

        self._field.fire()
        yield ("alarm", STEP_S["alarm"], lambda: self._case_of_alarm() is not None)
        self._case_id = self._case_of_alarm() or 0
        yield ("on screen", STEP_S["open"], lambda: self._clock(Moment.ON_SCREEN))
        self.verdict.signal_to_screen_ms = self._span(Moment.SIGNAL, Moment.ON_SCREEN)

        yield from self._shot("desk-signal")

        opened = time.perf_counter()
        self.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        yield ("open", STEP_S["open"], lambda: self._desk.open_case_id == self._case_id)
        seen: set[int] = set()
        yield ("first picture", STEP_S["four"], lambda: self._count(seen) >= 1)
        self.verdict.open_to_first_picture_ms = _ms_since(opened)
        yield ("four pictures", STEP_S["four"], lambda: self._count(seen) >= 4)
        self.verdict.open_to_four_pictures_ms = _ms_since(opened)
        yield ("taken", STEP_S["open"], lambda: self._state() >= CaseState.FILED)
        yield (
            "people",
            STEP_S["open"],
            lambda: self._desk.highlighted_unit_id is not None,
        )
        before = yield from self._numbers()
        yield from self._pause(LIVE_OVER_S)
        after = yield from self._numbers()
        self.verdict.tiles_live = sum(
            first is not None and second is not None and first != second
            for first, second in zip(before, after, strict=True)
        )
        yield from self._shot("desk-alarm")

        self.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
        yield ("sent", STEP_S["open"], lambda: self._state() >= CaseState.DISPATCHED)
        yield ("signed", STEP_S["signed"], lambda: self._state() >= CaseState.HANDLING)
        yield (
            "on scene",
            STEP_S["feedback"],
            lambda: self._state() >= CaseState.ON_SCENE,
        )
        yield from self._shot("desk-on-scene")
        yield (
            "feedback",
            STEP_S["feedback"],
            lambda: self._state() >= CaseState.FEEDBACK,
        )
        yield from self._pause(1.0)
        yield from self._shot("desk-feedback")
        self.press(Qt.Key.Key_F7)
        yield (
            "checked",
            STEP_S["closed"],
            lambda: self._state() >= CaseState.PENDING_CLOSE,
        )
        self.press(Qt.Key.Key_F8)
        yield from self._pause(0.3)
        self.press(Qt.Key.Key_Return)
        yield ("closed", STEP_S["closed"], lambda: self._state() >= CaseState.CLOSED)
        self.verdict.case_closed = self._state() is CaseState.CLOSED
        yield from self._pause(0.5)
        yield from self._shot("desk-closed")
        yield from self._count_messages()

    def _count_messages(self) -> Generator[Wait, None, None]:
        """Ask the devices first, the store afterwards: it may only have more."""
        self._field.ask()
        yield ("field", 10.0, lambda: self._field.acknowledged() is not None)
        told = self._field.acknowledged() or {}
        future = self._desk.ask(MessageCounts())
        yield ("message counts", 10.0, future.done)
        kept: dict[str, int] = future.result()  # type: ignore[assignment]
        self.verdict.messages_acknowledged = sum(told.values())
        self.verdict.messages_lost = sum(
            max(0, count - kept.get(device_id, 0)) for device_id, count in told.items()
        )

    # -- looking ---------------------------------------------------------------------

    def _pinned_live(self) -> bool:
        engine = self._run.engine
        shown = [each for each in self._pictures.shown if each is not None]
        return len(shown) >= 4 and all(
            engine.status(each).state is StreamState.LIVE for each in shown
        )

    def _people_known(self) -> bool:
        """Return whether every terminal has said where it is."""
        return all(
            unit.point is not None
            for unit in self._run.board.units.values()
            if unit.device_id
        )

    def _case_of_alarm(self) -> int | None:
        alarm = worst_alarm(self._desk)
        return alarm.case_id if alarm is not None else None

    def _state(self) -> CaseState:
        case = self._run.board.cases.get(self._case_id)
        return case.state if case is not None else CaseState.NEW

    def _clock(self, moment: Moment) -> bool:
        return moment in self._run.board.cases[self._case_id].clocks

    def _span(self, start: Moment, end: Moment) -> float:
        clocks = self._run.board.cases[self._case_id].clocks
        return round((clocks[end] - clocks[start]).total_seconds() * 1000.0, 1)

    def _count(self, seen: set[int]) -> int:
        """Count the tiles that painted a best view of the case, newest frame."""
        views = {view.camera_id for view in self._desk.views}
        engine = self._run.engine
        shown = self._pictures.shown
        waiting = [
            tile
            for tile, camera_id in enumerate(shown)
            if tile not in seen
            and camera_id in views
            and engine.status(str(camera_id)).state is StreamState.LIVE
        ]
        if waiting:  # reading pixels takes time: one tile at a look, in turn
            self._turn += 1
            tile = waiting[self._turn % len(waiting)]
            if self._number(tile) is not None:
                seen.add(tile)
        return len(seen)

    def _number(self, tile: int) -> int | None:
        pixels = self._pictures.painted_tile_image(tile)
        if pixels is None:
            return None
        return read_frame_number(np.ascontiguousarray(pixels))

    def _numbers(self) -> Generator[Wait, None, list[int | None]]:
        """Read the tiles one after the other, letting the window live between."""
        numbers = []
        for tile in range(4):
            numbers.append(self._number(tile))
            yield from self._pause(0.03)
        return numbers

    # -- acting ----------------------------------------------------------------------

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key where the keyboard is, through Qt's own shortcut handling."""
        from PySide6.QtTest import QTest

        target: QWidget = QApplication.focusWidget() or self._window
        QTest.keyClick(target, key, modifiers)

    def _pause(self, seconds: float) -> Generator[Wait, None, None]:
        end = time.perf_counter() + seconds
        yield ("pause", seconds + 5.0, lambda: time.perf_counter() >= end)

    def _shot(self, name: str) -> Generator[Wait, None, None]:
        if self._shots is None:
            return
        # A grab paints what the bar holds, and it asks a moment after a change.
        yield ("bar", STEP_S["open"], self._window.action_bar.is_true)
        self._beat.pause()
        self._shots.mkdir(parents=True, exist_ok=True)
        self._window.grab().save(str(self._shots / f"{name}.png"))
        yield from self._pause(0.05)
        self._beat.start()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure from the first painted frame on."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._beat.start)
        return False


def print_verdict(verdict: Verdict, shots: Path | None = None) -> None:
    """Print the verdict as the last line of standard output, what missed beside it."""
    for sentence in verdict.missed():
        sys.stderr.write(f"check: {sentence}\n")
    if verdict.missed_only_time():
        sys.stderr.write(
            "check: the job was done: alarm, pictures, dispatch, report and closing all"
            " came about. Only a limit of time was missed, as a busy machine does;"
            " try again when it is quieter.\n"
        )
    if shots is not None and verdict.missed():
        sys.stderr.write(f"check: screenshots are in {shots}\n")
    sys.stderr.flush()
    sys.stdout.write(json.dumps(asdict(verdict)) + "\n")
    sys.stdout.flush()


def _ms_since(start: float) -> float:
    return round((time.perf_counter() - start) * 1000.0, 1)
