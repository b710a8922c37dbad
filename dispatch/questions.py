"""What may be asked of the store, and what the answers are made of.

Apart from `dispatch.history`, which answers, so that a desk can ask without loading
a database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.cases import Case, CaseState, LogEntry
from dispatch.circulars import CircularsOf, Sent
from dispatch.geo import Point
from dispatch.kinship import Likeness
from dispatch.numbers import NumberOf
from dispatch.places import Place
from dispatch.rule_changes import Trial, TryRule


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLog:
    """The whole log of a case, oldest first; answered with log entries."""

    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadCase:
    """One case, however old, with its whole log; answered with a `WholeCase`."""

    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeCase:
    """A case as it stands in the store.

    Attributes:
        case: It, or None where there is none of that number.
        entries: Its log, oldest first.
    """

    case: Case | None
    entries: tuple[LogEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoBytes:
    """The bytes of a photo; answered with them, empty where none is kept."""

    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarantineList:
    """What was set aside, newest first; answered with a `QuarantineReport`."""

    limit: int = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class FindPlaces:
    """Places by part of a name, address or number, or by pinyin initials.

    Answered with places, the best first. Grids, cameras, devices and units are
    given as places of the kind "grid", "camera", "device" and "unit".
    """

    text: str
    limit: int = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class FindCases:
    """Cases by what was written of them, open and closed; answered with `FoundCases`.

    Attributes:
        text: Words of two characters and more, all of which a case must have: part of
            a place, a report or a name, pinyin initials of a place or a name, a case
            number or its end, a telephone number whole or its last four digits.
        limit: How many, the newest first; 200 at most.
        before: Only cases of a lower number: the next page.
    """

    text: str
    limit: int = 50
    before: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundCase:
    """One case that was found, without what it says of any person.

    Attributes:
        case_id: The store's number.
        number: The number people use.
        state: Where it stands.
        category: Taxonomy code.
        severity: 1 (危及生命) to 4 (常规).
        place_name: Where, in words.
        point: Where.
        grid_code: Grid of that point, or "".
        opened_at: When the service had it (UTC).
        drill: 演练.
        owner: Who at a seat had it last, or "".
        unit_id: The unit that was sent last, or "".
        by: What the words were found in: "number", "phone", "place", "name", "details".
    """

    case_id: int
    number: str
    state: CaseState
    category: str
    severity: int
    place_name: str
    point: Point
    grid_code: str
    opened_at: datetime
    drill: bool
    owner: str
    unit_id: str
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundCases:
    """Cases that were found, the newest first.

    Attributes:
        cases: Those of this page.
        before: Where the next page begins; None: there are no more.
    """

    cases: tuple[FoundCase, ...]
    before: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FindKin:
    """Open cases that may be the same thing; answered with `Kin`s, the likeliest first.

    How near is near, and which kinds are kindred, the desk says: by the rules that its
    people read.

    Attributes:
        point: Where.
        at: When it came in.
        kinds: Its kind, then those kindred with it; none: nobody has chosen one yet.
        place_name: Where, in words.
        phone: Of who reports it, or "".
        drill: 演练.
        case_id: Its own case, where it has one.
        within_m: How far off another may be.
        within_hours: How long before or after.
        limit: How many, `MOST_KIN` at most.
    """

    point: Point
    at: datetime
    kinds: tuple[str, ...] = ()
    place_name: str = ""
    phone: str = ""
    drill: bool = False
    case_id: int | None = None
    within_m: float = 200
    within_hours: float = 24
    limit: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """An open case that may be the same thing as a report; it names no person.

    Attributes:
        case_id: The store's number.
        number: The number people use.
        state: Where it stands.
        category: Taxonomy code.
        severity: 1 (危及生命) to 4 (常规).
        place_name: Where, in words.
        why: What speaks for it.
    """

    case_id: int
    number: str
    state: CaseState
    category: str
    severity: int
    place_name: str
    why: Likeness


@dataclass(frozen=True, kw_only=True, slots=True)
class FindEarlier:
    """What was reported around a place and by a number; answered with `Earlier`s.

    Open cases and closed ones, the newest first.

    Attributes:
        point: Around where; None: nowhere.
        phone: By whom; "" for nobody.
        within_m: How far around.
        limit: How many of each, `MOST_KIN` at most.
    """

    point: Point | None = None
    phone: str = ""
    within_m: float = 100
    limit: int = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """A case that was reported at a place, or by a number; it names no person.

    Attributes:
        case_id: The store's number.
        number: The number people use.
        state: Where it stands.
        category: Taxonomy code.
        place_name: Where, in words.
        opened_at: When it came in.
        here: It lies around the place.
        same_caller: Its reporter left that number.
    """

    case_id: int
    number: str
    state: CaseState
    category: str
    place_name: str
    opened_at: datetime
    here: bool
    same_caller: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewLog:
    """Who looked at a camera, newest first; answered with `Viewed`."""

    camera_id: str
    limit: int = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewed:
    """One logged view of a camera.

    Attributes:
        at: When.
        actor: Who.
        seat: From which seat.
        camera_id: Which camera.
        purpose: "view", "listen", "standby" or "check"; or what somebody said of it, see
            `dispatch.wrong_views`.
        case_id: The case it was looked at for, or None.
    """

    at: datetime
    actor: str
    seat: str
    camera_id: str
    purpose: str
    case_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberLog:
    """Who read telephone numbers, newest first; answered with `NumberRead`.

    Attributes:
        case_id: Those read for a case; None for every case.
        owner: Those of one owner; None for everybody's.
        limit: How many.
    """

    case_id: int | None = None
    owner: NumberOf | None = None
    limit: int = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberRead:
    """One logged look at a telephone number; the number is not kept here.

    Attributes:
        at: When.
        actor: Who.
        seat: From which seat.
        case_id: The case it was wanted for; 0: for none.
        owner: Whose number.
        deed: "shown", "copied", "opened": the case, found by search, or "matched":
            with a number that somebody typed.
    """

    at: datetime
    actor: str
    seat: str
    case_id: int
    owner: NumberOf
    deed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarantined:
    """One frame that was set aside.

    Attributes:
        at: When it came.
        reason: A stable word.
        peer_key: Public key of the sender, or "".
        size: How many bytes it had.
        frame: The first of them.
    """

    at: datetime
    reason: str
    peer_key: str
    size: int
    frame: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarantineReport:
    """What was set aside.

    Attributes:
        counts: How many frames ever, by reason.
        frames: The newest of those kept.
    """

    counts: dict[str, int]
    frames: tuple[Quarantined, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageCounts:
    """How many messages of each device are stored; answered by device id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SimilarTook:
    """How long a stage of similar cases took, pauses left out, the newest first.

    Answered with seconds; `dispatch.forecast` reads what will be late in them.

    Attributes:
        category: Of which kind.
        stage: One of `course.Stage`'s words.
        limit: How many at most.
    """

    category: str
    stage: str = "handle"
    limit: int = 200


Query = (
    CaseLog
    | ReadCase
    | PhotoBytes
    | QuarantineList
    | FindPlaces
    | FindCases
    | FindKin
    | FindEarlier
    | ViewLog
    | NumberLog
    | MessageCounts
    | CircularsOf
    | SimilarTook
    | TryRule
)

# Each question and the type of its answer, for whoever carries them.
ANSWERS: dict[type[Query], Any] = {
    CaseLog: tuple[LogEntry, ...],
    ReadCase: WholeCase,
    PhotoBytes: bytes,
    QuarantineList: QuarantineReport,
    FindPlaces: tuple[Place, ...],
    FindCases: FoundCases,
    FindKin: tuple[Kin, ...],
    FindEarlier: tuple[Earlier, ...],
    ViewLog: tuple[Viewed, ...],
    NumberLog: tuple[NumberRead, ...],
    MessageCounts: dict[str, int],
    CircularsOf: tuple[Sent, ...],
    SimilarTook: tuple[float, ...],
    TryRule: Trial,
}
