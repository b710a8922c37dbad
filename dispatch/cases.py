"""Case 案件: states, transitions, clocks and the append-only flow log.

A case is a value. Each method that does something returns a `Step`: the case as
it then is, and the log entries that say what was done; it raises `Refused` where
the thing may not be done. The desk asks the same methods on its own copy to know
which buttons are live; nothing here knows a clock, a store or a socket.

States and transitions: the town's state machine, straight path and recall.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from dispatch.commands import Moment
from dispatch.geo import Point


class CaseState(IntEnum):
    """Codes of the state machine; the text is in `console`."""

    NEW = 100  # 待受理
    ACCEPTED = 120  # 待立案
    FILED = 200  # 待派遣
    DISPATCHED = 210  # 待签收
    HANDLING = 300  # 处置中
    EN_ROUTE = 305  # 已出动
    ON_SCENE = 306  # 已到场
    FEEDBACK = 400  # 已反馈(待核查)
    CHECKING = 410  # 核查中
    PENDING_CLOSE = 420  # 待结案
    CLOSED = 500  # 已结案

    @property
    def is_open(self) -> bool:
        """Return whether the case still asks something of someone."""
        return self < CaseState.CLOSED


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoRef:
    """A photo kept by the service; its bytes are asked for by its digest.

    Attributes:
        digest: SHA-256 of the bytes, hexadecimal.
        name: File name as sent.
        media_type: "image/jpeg" or "image/png".
        taken_at: Sender's time.
    """

    digest: str
    name: str
    media_type: str
    taken_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One line of a case's flow log. Never altered, never removed.

    Attributes:
        case_id: Which case.
        at: When (UTC, the service's clock).
        actor: Who.
        seat: From which seat; empty for devices and terminals.
        action: Stable word: "report", "accept", "file", "dispatch", "recall",
            "sign", "depart", "arrive", "finish", "send_check", "check_pass",
            "close", "note", "moment", "alarm", "restore", "acknowledge".
        from_state: State before; None for the first entry.
        to_state: State after.
        text: Opinion, note or result, in the words of whoever wrote it.
        unit_id: The unit concerned, or "".
        photos: Photos that came with it.
    """

    case_id: int
    at: datetime
    actor: str
    seat: str
    action: str
    from_state: CaseState | None
    to_state: CaseState
    text: str = ""
    unit_id: str = ""
    photos: tuple[PhotoRef, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One case.

    Attributes:
        case_id: The store's number, never reused.
        number: 19 characters: town code, yyMMdd of the town's day, serial.
        version: Counts up with each change; commands name the one they saw.
        state: Where it stands.
        category: Taxonomy code.
        severity: 1 (危及生命) to 4 (常规).
        place_name: Where, in words.
        point: Where.
        grid_code: Grid of that point, or "".
        channel: How it came in: "device", "hotline", "walk_in", "grid_worker" …
        details: What was reported.
        reporter_name: Personal.
        reporter_phone: Personal.
        owner: Who at a seat has it, or "".
        owner_seat: That seat, or "".
        unit_id: The unit sent, or "".
        department: Responsible department, or "".
        standard_id: Filing standard chosen at 立案, or "".
        opened_at: When the service had it (UTC).
        deadline: When the running stage must be done, or None.
        clocks: Self-measured moments, each written once (UTC).
        alarm_count: How many alarm messages stand behind it.
        doubt: Why it is 存疑, or "".
        outcome: Stable word chosen at closing, or "".
        drill: 演练.
        external_number: Number at an upper platform, or "".
    """

    case_id: int
    number: str
    version: int
    state: CaseState
    category: str
    severity: int
    place_name: str
    point: Point
    grid_code: str = ""
    channel: str = ""
    details: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    owner: str = ""
    owner_seat: str = ""
    unit_id: str = ""
    department: str = ""
    standard_id: str = ""
    opened_at: datetime
    deadline: datetime | None = None
    clocks: dict[Moment, datetime] = field(default_factory=dict)
    alarm_count: int = 0
    doubt: str = ""
    outcome: str = ""
    drill: bool = False
    external_number: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a transition gives: the case afterwards and what was written."""

    case: Case
    entries: tuple[LogEntry, ...]
