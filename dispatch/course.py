"""What a case carries on its way: requests, counts, supervision, stage clocks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.case_states import NOT_SUPERVISED, CaseState


class Stage(StrEnum):
    """A stretch of a case's way that has a clock of its own."""

    ACCEPT = "accept"  # 受理
    VERIFY = "verify"  # 核实
    FILE = "file"  # 立案
    DISPATCH = "dispatch"  # 派遣
    SIGN = "sign"  # 签收
    CONTACT = "contact"  # 联系
    ARRIVE = "arrive"  # 到场
    HANDLE = "handle"  # 处置
    CHECK = "check"  # 核查
    CLOSE = "close"  # 结案
    CALL_BACK = "call_back"  # 回访


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """So many of a unit of the trade's time.

    Attributes:
        code: "urgent_hour", "work_hour", "work_day" or "natural_day".
        value: How many.
    """

    code: str
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A time in which a clock stood.

    Attributes:
        begun_at: Since when.
        ended_at: Until when; None: it stands.
        reason: Stable word: "suspend".
    """

    begun_at: datetime
    reason: str
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was told of a limit that a clock had, and may have again.

    Attributes:
        limit: Which.
        counted_from: As its clock's.
        kinds: The reminders: stable words.
    """

    limit: Limit | None
    counted_from: datetime | None
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StageClock:
    """A clock that runs, or stands.

    Attributes:
        stage: Of which stage.
        begun_at: Since when; never moved.
        limit: How long it may take, or None: it is only measured.
        extensions: How many times the limit was granted again.
        pauses: When it stood, in order; the last one may be open.
        due_at: When the limit has run out; None without one, and while it stands.
        doubt: "holidays" where 节假日未公布, so that weekends alone were counted.
        told: Reminders given already of its limit: stable words.
        told_before: Those of limits that it had before: it may have them again.
        next_at: When the next one is to be given, or None.
        counted_from: When a graver report joined to it gave it a shorter limit, which
            counts from then; None: the limit counts since it began.
    """

    stage: Stage
    begun_at: datetime
    limit: Limit | None = None
    extensions: int = 0
    pauses: tuple[Pause, ...] = ()
    due_at: datetime | None = None
    doubt: str = ""
    told: tuple[str, ...] = ()
    next_at: datetime | None = None
    counted_from: datetime | None = None
    told_before: tuple[Told, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Return whether it stands."""
        return bool(self.pauses) and self.pauses[-1].ended_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Force:
    """Somebody who has a hand in a case besides whoever answers for it.

    Attributes:
        unit_id: Of a unit of ours, 协办; "": an outside force.
        name: Of an outside force: one of `case_forces.OUTSIDE`.
        called_at: When it was asked for.
        text: What for, in words.
        signed_at: When its terminal said that it comes, or None.
        departed_at: When its terminal said that it is under way, or None.
        arrived_at: When it was said to be there, or None.
        left_at: When it was said to have left or was released, or None.
        declined: Why it handed its task back, in its own words, or "".
    """

    called_at: datetime
    unit_id: str = ""
    name: str = ""
    text: str = ""
    signed_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    declined: str = ""

    @property
    def key(self) -> str:
        """Return what it is named by in commands and in the log."""
        return self.unit_id or self.name

    @property
    def has_signed(self) -> bool:
        """Return whether a unit of ours has the task: it said so, or what comes after."""
        return bool(self.signed_at or self.departed_at or self.arrived_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """A report that was joined to a case, which goes on for both.

    Attributes:
        case_id: The report's own case, which keeps everything that was said.
        number: Its number.
        severity: Its own, 1 (危及生命) to 4 (常规).
        caller: Somebody waits to be called back about it.
        called_back: They were.
        at: When it was joined; None: before that was written down.
    """

    case_id: int
    number: str
    severity: int
    caller: bool = False
    called_back: bool = False
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """承诺: what somebody at a seat said would be done, to whom, and by when.

    Attributes:
        what: In words: 回电.
        to: To whom, in words; "" for who reported it.
        due_at: By when (UTC).
        by: Who promised it.
        kept_at: When it was kept, or None.
    """

    what: str
    to: str
    due_at: datetime
    by: str
    kept_at: datetime | None = None


class PartState(StrEnum):
    """Where a part stands."""

    ASSIGNED = "assigned"  # 待签收
    SIGNED = "signed"  # 已签收
    RETURNED = "returned"  # 回退: the command room assigns it again or releases it
    DONE = "done"  # 已反馈
    RELEASED = "released"  # 解除协办


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one department has to do in a case another one answers for, 协办.

    Attributes:
        department: Whose it is.
        state: Where it stands.
        since: Since when (UTC).
        clock: Of its signing, while that is waited for.
    """

    department: str
    state: PartState
    since: datetime
    clock: StageClock | None = None

    @property
    def is_unclocked(self) -> bool:
        """Return whether its signing is waited for since before that had a clock."""
        return self.state is PartState.ASSIGNED and self.clock is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A seat asks for a case that another has, or is offered it.

    Attributes:
        seat: Which is to have it.
        at: Since when.
        name: Who asks; "" of an offer: whoever sits there.
        offered: Whoever has it wants to hand it over.
    """

    seat: str
    at: datetime
    name: str = ""
    offered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PhoneCall:
    """A telephone call about a case, as far as a telephone system names it.

    Attributes:
        call: Its name there; never a number.
        recordings: Ids or addresses of what was recorded of it, without a log-in.
    """

    call: str
    recordings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreeWay:
    """三方转接: somebody was to be brought into a call.

    Attributes:
        to: Whom: one of `phone_calls.THIRD`.
        call: Into which call, where a telephone system has named it.
        asked_at: When (UTC, the desk's time).
        answered_at: When they came, or it was known that they do not; None: not yet.
        connected: They were on the line.
    """

    to: str
    asked_at: datetime
    call: str = ""
    answered_at: datetime | None = None
    connected: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StepMark:
    """A step of the procedure that was done, or is skipped.

    Attributes:
        step: Its word in the procedure.
        at: When that was said.
        by: Who said so.
        skipped: Why it is left out; "" it was done.
        answer: What was answered, of a step that asks; "" of any other.
    """

    step: str
    at: datetime
    by: str
    skipped: str = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelved:
    """Alarms of a case that are not heard for a while.

    Attributes:
        until: When that ends.
        of: Which, by device and category.
        by: Who shelved them.
        count: How many reports the case had then.
    """

    until: datetime
    of: tuple[tuple[str, str], ...]
    by: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What a case carries on its way, besides its state.

    Attributes:
        clocks: Of the stages it is in.
        asked: A request that waits: "extend", "extend_endorsed", "suspend", or "".
        asked_until: To which date 挂账 is asked for.
        suspended_until: To which date it stands 挂账, or None.
        suspensions: How many times it was.
        shelved: Its alarms are 搁置, or None.
        extensions: How many times 延期 was granted, 返工 and 重办 notwithstanding.
        reworks: How many times 返工.
        returns: How many times 回退.
        supervision: 督办: -1 none, 1 普通, 100 黄牌, 200 红牌.
        expedited: 加急.
        level: Up to where it was brought: one of `case_states.LEVELS`.
        merged_into: The main case 并入, or None.
        before: The state it was merged from.
        overdue: Its handling took longer than it may have.
        appeal: "", "asked", "endorsed", "granted" or "refused".
        transferred_to: One of `case_states.RECIPIENTS`, or "".
        handed: What they have said of it: "", `case_states.HANDED_ACCEPTED` or
            `HANDED_CLOSED`.
        steps: What was said of the steps of its procedure, in order of time.
        forces: Who has a hand in it besides, in the order they were asked for.
        condition_met: Who closed it has said that its closing condition is met.
        joined: Reports that were joined to it, in the order in which they were.
        own_severity: What its severity was before one of them raised it; 0: none did.
        called_back: Whoever reported it has heard how it ended.
        promises: What was promised about it, in the order in which it was.
        parts: Of the departments in it besides, the one turned last at the end.
        claim: Another seat is to have it, and that waits for an answer.
        calls: Telephone calls about it, in the order in which they rang.
        three_ways: Who was to be brought into them, in the order they were asked for.
    """

    clocks: tuple[StageClock, ...] = ()
    asked: str = ""
    asked_until: datetime | None = None
    suspended_until: datetime | None = None
    suspensions: int = 0
    shelved: Shelved | None = None
    extensions: int = 0
    reworks: int = 0
    returns: int = 0
    supervision: int = NOT_SUPERVISED
    expedited: bool = False
    level: str = "town"
    merged_into: int | None = None
    before: CaseState | None = None
    overdue: bool = False
    appeal: str = ""
    transferred_to: str = ""
    handed: str = ""
    steps: tuple[StepMark, ...] = ()
    condition_met: bool = False
    forces: tuple[Force, ...] = ()
    joined: tuple[Joined, ...] = ()
    own_severity: int = 0
    called_back: bool = False
    promises: tuple[Promise, ...] = ()
    parts: tuple[Part, ...] = ()
    claim: Claim | None = None
    calls: tuple[PhoneCall, ...] = ()
    three_ways: tuple[ThreeWay, ...] = ()

    def clock(self, stage: Stage) -> StageClock | None:
        """Return the clock of a stage the case is in, or None."""
        return next((each for each in self.clocks if each.stage is stage), None)


NO_COURSE = Course()
