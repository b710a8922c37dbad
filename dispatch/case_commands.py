"""What may be asked about a case beyond its straight way; see `case_states`.

Which role each needs stands in `TRANSITIONS`, beside what it does; the case refuses
whoever has none of them.
"""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import CaseCommand, Command, FieldCommand, Photo
from dispatch.geo import Point
from dispatch.people import Role


@dataclass(frozen=True, kw_only=True)
class TurnCase(CaseCommand):
    """An action that needs nothing but words: 不予受理, 回退, 申请延期, 返工, 重办.

    Attributes:
        action: One of `dispatch.case_turns.PLAIN`.
        text: The reason, the opinion, what was said.
    """

    action: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestSuspension(CaseCommand):
    """申请挂账 to a date; the clock stands from the approval on."""

    until: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class ShelveAlarms(CaseCommand):
    """搁置 a case's alarms for `dispatch.shelving.MINUTES`, with a reason."""

    minutes: int
    text: str


@dataclass(frozen=True, kw_only=True)
class SuperviseCase(CaseCommand):
    """督办: 1 普通, 100 黄牌, 200 红牌."""

    level: int
    text: str


@dataclass(frozen=True, kw_only=True)
class TransferCase(CaseCommand):
    """移交 to whom it belongs.

    Attributes:
        to: One of `dispatch.case_states.RECIPIENTS`.
        text: Why.
        number: Its number there, or "" where it is not known yet.
    """

    to: str
    text: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Reinforce(CaseCommand):
    """请求增援: a unit comes besides whoever was sent, 协办."""

    unit_id: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class CallForce(CaseCommand):
    """An outside force was asked for.

    Attributes:
        force: One of `dispatch.case_forces.OUTSIDE`.
        text: What was said.
    """

    force: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class MoveForce(CaseCommand):
    """Somebody who came besides is there, or has gone.

    Attributes:
        action: "force_arrive" or "force_leave".
        force: The unit's id, or the name of the outside force.
    """

    action: str
    force: str


@dataclass(frozen=True, kw_only=True)
class AnswerHelp(FieldCommand):
    """What a unit that was asked to help, 协办, says at its terminal of its own task.

    Attributes:
        action: "force_sign", "force_depart", "force_arrive", "force_leave" when it has
            done its part, or "force_return".
        call: Which call of the case for help it answers, counted from 1.
        text: What was done, or why it cannot come.
        photos: What it looks like.
    """

    action: str
    call: int
    text: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AcceptHandOver(CaseCommand):
    """Whoever a case was handed to has accepted it.

    Attributes:
        number: Its number there; "": the one that is known already, or none.
        text: What they said.
    """

    number: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class MergeCase(CaseCommand):
    """合并: the same thing as another case, which goes on for both."""

    main_id: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteCallBack(CaseCommand):
    """回访: a reporter was told how it went, and this is what they said.

    The case may be closed, or joined to another: each caller is called back about the
    report that was theirs.
    """

    needs = frozenset({Role.ACCEPTOR})

    text: str


@dataclass(frozen=True, kw_only=True)
class CompleteCase(CaseCommand):
    """补充登记: what is known by now of a report that was saved before it was complete.

    Each is the whole of it; None leaves it as it is.
    """

    needs = frozenset({Role.ACCEPTOR})

    details: str | None = None
    reporter_name: str | None = None
    reporter_phone: str | None = None
    channel: str | None = None


@dataclass(frozen=True, kw_only=True)
class HoldMeeting(CaseCommand):
    """会商 or 调解: people sat together about a case.

    Attributes:
        action: One of `dispatch.meetings.KINDS`.
        participants: Who took part, in words.
        text: What was decided, or put and answered.
        agreement: One of `dispatch.meetings.AGREEMENTS`.
        follow_up: What is to follow, or "": a promise with a clock of its own.
        due_at: Until when that is done, or None.
    """

    action: str
    participants: str
    text: str
    agreement: str
    follow_up: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MakePromise(CaseCommand):
    """承诺: what will be done, to whom, and by when; it may be about a closed case.

    Attributes:
        what: In words: 回电.
        to: To whom, in words; "" for who reported it.
        due_at: By when.
    """

    needs = frozenset({Role.ACCEPTOR})

    what: str
    to: str = ""
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeepPromise(CaseCommand):
    """A promise was kept; which, by its number from 0 in the order of making."""

    needs = frozenset({Role.ACCEPTOR})

    number: int


@dataclass(frozen=True, kw_only=True)
class SendDirect(CaseCommand):
    """紧急直报(越级): to whoever answers for it, before it is taken."""

    unit_id: str


@dataclass(frozen=True, kw_only=True)
class AssignCase(CaseCommand):
    """派遣到部门, or 转办 by one department to another, which signs for it.

    Attributes:
        action: "assign" or "hand_on".
        department: Whose it is from now on.
        text: Why; 转办 needs it.
    """

    action: str
    department: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedBack(CaseCommand):
    """反馈 by the department: what was done, with its photos."""

    text: str
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TurnPart(CaseCommand):
    """联合处置: a department's part is assigned, signed for, returned or released.

    Attributes:
        action: One of `dispatch.parts.PART_TURNS`, but "part_done".
        department: Whose part.
        text: What is to be done, or why.
    """

    action: str
    department: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedBackPart(CaseCommand):
    """反馈 of a department's own part: what was done, with its photos."""

    department: str
    text: str
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClaimCase(CaseCommand):
    """A seat asks for a case that another has, or answers who asked or offered.

    Attributes:
        action: "own_ask", "own_yes" or "own_no".
        at: When it was said, by the desk's clock.
        claim_seat: Of an answer: which seat is to have the case.
        claim_at: Of an answer: since when that waits. It is an answer to nothing else.
    """

    action: str
    at: datetime
    claim_seat: str = ""
    claim_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OfferCase(CaseCommand):
    """A seat offers a case that it has to another one.

    Attributes:
        seat: To which.
        at: When it was said, by the desk's clock.
    """

    seat: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MarkStep(CaseCommand):
    """A step of the case's procedure is done, answered, skipped, or to be done after all.

    It is only added, whatever was seen: two seats may tick off one list.

    Attributes:
        step: Its word in the procedure.
        deed: One of `dispatch.case_steps.DEEDS`.
        reason: Why it is skipped.
        answer: Which of its answers is given.
    """

    step: str
    deed: str
    reason: str = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportHandled(Command):
    """自行处置: found, put right and reported in one act, with its two photos.

    Attributes:
        unit_id: The unit of the terminal's key.
        at: The terminal's own time.
        category: Taxonomy code.
        standard_id: Of which filing standard.
        text: What was done.
        place_name: Where, in words.
        point: Where.
        before: What it looked like.
        after: What it looks like.
    """

    unit_id: str
    at: datetime
    category: str
    standard_id: str
    text: str
    place_name: str
    point: Point
    before: Photo
    after: Photo
