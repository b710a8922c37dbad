"""The telephone calls of this desk, and what becomes of them: recordings, 三方转接.

What a telephone system says of a call belongs to the case that the call's report
became. Until there is one it waits here, in memory: a call that nobody takes down is
kept nowhere.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from console.call_requests import Answered, Rang, Recorded, Word
from console.call_rules import told
from console.telephone import ID
from dispatch import phone_calls
from dispatch.case_terms import phone_digits
from dispatch.cases import Case
from dispatch.commands import CaseCommand
from dispatch.numbers import PLAYED, RECORDING, NumberOf
from dispatch.phone_calls import ASKED, FAILED, LATEST, recording_of
from dispatch.phone_commands import NoteRecording, NoteThreeWay

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

_log = logging.getLogger("lookout.calls")

RINGS: Final = timedelta(minutes=3)  # after that, whoever rang is not taken down
PATIENCE: Final = timedelta(seconds=60)  # with who is brought into a call
OURS: Final = "desk-"  # begins the name of a call that no telephone system has named
MOST: Final = 200  # calls, and words of them, that are kept in mind


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a call, and when; who was asked for is said by this desk."""

    word: Recorded | Answered
    at: datetime


class Calls(QObject):
    """What is known of the calls of this desk.

    Thread: UI only.

    Attributes:
        dials: Numbers that are copied are handed to this machine's dialler (`tel:`).
        system: Asks a telephone system to bring somebody into a call, by the call and
            whom; its answer is "" or why not. None: this machine's dialler rings them.
        recordings: Where a recording is found by its id: an address with `ID`, or "".
        open_address: Hands an address to the machine's browser or dialler; returns
            whether there is one.

    Signals:
        rang: Somebody rings: `Rang`, which names a call.
        changed: Something was said of a call.
    """

    rang = Signal(object)
    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.dials = False
        self.system: Callable[[str, str], Future[str]] | None = None
        self.recordings = ""
        self.open_address: Callable[[str], bool] = _open
        self._rung: OrderedDict[str, tuple[str, datetime]] = OrderedDict()
        self._cases: OrderedDict[str, int] = OrderedDict()  # by call
        self._waiting: list[tuple[str, Said]] = []  # for the case of a call
        self._asked: dict[tuple[str, str], datetime] = {}  # call, whom: until when
        self._played: tuple[int, int] = (0, 0)  # of a case, how many already
        desk.moved.connect(self._on_moved)
        desk.second.connect(self._on_second)

    # -- what a telephone system says ------------------------------------------------

    def hear(self, word: Word) -> None:
        """Take what a telephone system says of a call."""
        now = self._desk.clock()
        if isinstance(word, Rang):
            call = word.call or new_call()
            _remember(self._rung, call, (word.number, now))
            self.rang.emit(Rang(number=word.number, call=call))
            if word.recording:
                self.hear(Recorded(call=call, recording=word.recording))
            return
        if isinstance(word, Answered):
            self._asked.pop((word.call, word.to), None)
            self._desk.said.emit(told(word))
        self._give(Said(word, now))

    def said_of(self, call: str) -> list[Said]:
        """Return what waits for the report of a call to be saved."""
        return [said for each, said in self._waiting if call and each == call]

    # -- what an operator does -------------------------------------------------------

    def bring(self, to: str, *, case: Case | None, call: str = "") -> None:
        """Have somebody brought into a call, and that written down.

        Where no telephone system can be asked, this machine's dialler rings them.

        Args:
            to: Whom: one of `phone_calls.THIRD`.
            case: The case; None: its report is not saved yet.
            call: The call, where it is known.
        """
        call = call or self._call_of(case)
        case_id = None if case is None else case.case_id
        say = partial(self._give_answer, call, to, case_id=case_id)
        if (call, to) in self._asked:
            return  # a key too many
        if self.system is not None and call and not call.startswith(OURS):
            say(ASKED)
            self._asked[call, to] = self._desk.clock() + PATIENCE
            future = self.system(call, to)
            self._desk.bridge.when_done(future, partial(self._on_taken, call, to, say))
        else:
            say(ASKED, "dialled")
            if not self.open_address(f"tel:{to}"):
                say(FAILED, "away")

    def answer(self, to: str, deed: str, *, case: Case | None, call: str = "") -> None:
        """Have written down by hand that somebody is on the line, or is not."""
        call = call or self._call_of(case, to)
        self._asked.pop((call, to), None)
        case_id = None if case is None else case.case_id
        self._give_answer(call, to, deed, "by_hand", case_id=case_id)

    def play(self, reports: list[Case]) -> str:
        """Open the newest recording of reports, the one before it the next time.

        Returns:
            "opened"; "copied": its id, because nobody knows where it is found; or
            "away": this machine opens nothing.
        """
        found = [
            (report, call, recording)
            for report in reports
            for call, recording in phone_calls.recordings(report)
        ]
        main, before = self._played
        at = before % len(found) if main == reports[0].case_id else 0
        self._played = (reports[0].case_id, at + 1)
        report, call, recording = found[at]
        owner = NumberOf(kind=RECORDING, ref=call)
        self._desk.actions.note_numbers(report.case_id, (owner,), deed=PLAYED)
        address = recording
        if "://" not in recording:
            address = self.recordings.replace(ID, recording)
        if not address:
            QGuiApplication.clipboard().setText(recording)
            return "copied"
        # It came over the wire from another desk, maybe.
        clean = "://" not in recording or recording_of(recording) == recording
        return "opened" if clean and self.open_address(address) else "away"

    # -- inside ----------------------------------------------------------------------

    def _call_of(self, case: Case | None, to: str = "") -> str:
        """Return the call that is on the line about a case, or ""."""
        if case is None:
            return ""
        asked = phone_calls.waiting(case, to) if to else None
        if asked is not None:
            return asked.call
        reporter, now = phone_digits(case.reporter_phone), self._desk.clock()
        for call, (number, at) in reversed(self._rung.items()):
            fresh = now - at < RINGS and call not in self._cases
            if fresh and reporter and number == reporter:
                return call  # who reported it rings again: on the line now
        calls = case.course.calls
        return calls[-1].call if calls else ""

    def _give_answer(
        self,
        call: str,
        to: str,
        deed: str,
        reason: str = "",
        *,
        case_id: int | None = None,
    ) -> None:
        word = Answered(call=call, to=to, deed=deed, reason=reason)
        said = Said(word, self._desk.clock())
        self._desk.said.emit(told(word))
        if case_id is not None:
            self._write(case_id, said)
        else:
            self._give(said)

    def _on_taken(
        self, call: str, to: str, say: Callable[..., None], future: "Future[str]"
    ) -> None:
        reason = future.result()
        if reason and self._asked.pop((call, to), None) is not None:
            _log.info("the telephone system brings nobody into a call: %s", reason)
            say(FAILED, reason)

    def _give(self, said: Said) -> None:
        """Write what was said at the case of its call, or keep it until there is one."""
        word = said.word
        call, number = word.call, getattr(word, "number", "")
        if not call:
            call = next(
                (
                    each
                    for each, (rang, at) in reversed(self._rung.items())
                    if rang == number and said.at - at < LATEST
                ),
                "",
            )
            said = replace(said, word=replace(word, call=call))
        case_id = self._cases.get(call)
        if case_id is None:
            cases = self._desk.board.cases.values()
            case = phone_calls.case_of(cases, call=call, number=number, at=said.at)
            case_id = None if case is None else case.case_id
        if case_id is not None:
            self._write(case_id, said)
        elif call:
            self._waiting = [*self._waiting, (call, said)][-MOST:]
        self.changed.emit()

    def _write(self, case_id: int, said: Said) -> None:
        desk, word = self._desk, said.word
        command: CaseCommand
        if isinstance(word, Answered):
            command = NoteThreeWay(
                actor=desk.actor,
                case_id=case_id,
                to=word.to,
                deed=word.deed,
                at=said.at,
                call=word.call,
                reason=word.reason,
            )
        else:
            case = desk.board.cases.get(case_id)
            bare = () if case is None else case.course.calls
            call = word.call or next(
                (each.call for each in reversed(bare) if not each.recordings), ""
            )
            command = NoteRecording(
                actor=desk.actor, case_id=case_id, call=call, recording=word.recording
            )
        desk.actions.note_call(command)

    def _on_moved(self, moved: "Moved") -> None:
        cases = self._desk.board.cases
        for case_id in list(cases) if moved.everything else moved.cases:
            case = cases.get(case_id)
            for each in () if case is None else case.course.calls:
                _remember(self._cases, each.call, case_id)
        if self._waiting:
            ready = [(c, said) for c, said in self._waiting if c in self._cases]
            self._waiting = [(c, s) for c, s in self._waiting if c not in self._cases]
            for call, said in ready:
                self._write(self._cases[call], said)
            if ready:
                self.changed.emit()

    def _on_second(self) -> None:
        now = self._desk.clock()
        late = [key for key, until in self._asked.items() if until < now]
        for call, to in late:
            del self._asked[call, to]
            self._give_answer(call, to, FAILED, "silent")
        if self._waiting and now - self._waiting[0][1].at > LATEST:
            del self._waiting[0]


def new_call() -> str:
    """Return a name for a call that no telephone system has named."""
    return f"{OURS}{uuid4().hex}"


def _remember(known: "OrderedDict[str, Any]", key: str, value: object) -> None:
    known[key] = value
    while len(known) > MOST:
        known.popitem(last=False)


def _open(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))
