"""The states of a case, and which action leads from where to where, by whom.

All of it is data: `TRANSITIONS` is the town's state machine. What a row cannot say
(a date, a cap, another case) stands in `dispatch.case_turns`.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum

from dispatch.moments import Moment
from dispatch.people import Role


class CaseState(IntEnum):
    """Codes of the state machine; the text is in `console`."""

    NEW = 100  # 待受理
    VERIFYING = 110  # 核实中
    ACCEPTED = 120  # 待立案
    FILED = 200  # 待派遣
    DISPATCHED = 210  # 待签收
    RETURNED = 220  # 回退待重派
    HANDLING = 300  # 处置中
    EN_ROUTE = 305  # 已出动
    ON_SCENE = 306  # 已到场
    SUSPENDED = 310  # 挂账中
    FEEDBACK = 400  # 已反馈(待核查)
    CHECKING = 410  # 核查中
    PENDING_CLOSE = 420  # 待结案
    CLOSED = 500  # 已结案
    FORCE_CLOSED = 510  # 强制结案
    REJECTED = 600  # 不予受理
    NOT_FILED = 610  # 不予立案
    VOIDED = 620  # 作废
    TRANSFERRED = 630  # 移交
    MERGED = 640  # 并入主案

    @property
    def is_open(self) -> bool:
        """Return whether the case still asks something of someone."""
        return self < CaseState.CLOSED

    @property
    def is_unsent(self) -> bool:
        """Return whether somebody still, or again, has to be sent."""
        return self <= CaseState.FILED or self is CaseState.RETURNED


class Leads(Enum):
    """Where a transition leads that names no state."""

    NOWHERE = "nowhere"  # the case stays where it stands
    BACK = "back"  # to where it stood before


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One thing that may be done with a case.

    Attributes:
        starts: The states it may be done in; none: it is how a case begins.
        to: Where it leads.
        roles: Any one of them may do it.
        wordy: It needs words: a reason, an opinion, what was said.
        moment: The clock it writes, or None.
    """

    starts: frozenset[CaseState]
    to: CaseState | Leads
    roles: frozenset[Role]
    wordy: bool = False
    moment: Moment | None = None


_S = CaseState
_R = Role
OPEN = frozenset(state for state in CaseState if state.is_open)
# Under 处置中 in the wider sense: whoever was sent has it.
WORKING = frozenset({_S.HANDLING, _S.EN_ROUTE, _S.ON_SCENE})
# Somebody is sent, signed or not.
SENT = WORKING | {_S.DISPATCHED}
# Others may have a hand in it.
ATTENDED = SENT | {_S.FILED, _S.RETURNED}
# Who came from outside may stay longer than who was sent.
_ATTENDED_STILL = ATTENDED | {
    *(_S.SUSPENDED, _S.FEEDBACK, _S.CHECKING, _S.PENDING_CLOSE)
}
# Others have a part in it, though it was given back or stands.
_PARTED = ATTENDED | {_S.ACCEPTED, _S.SUSPENDED}
_BEFORE_HANDLING = frozenset(state for state in OPEN if state < _S.HANDLING)
_BEFORE_SENDING = frozenset({_S.NEW, _S.VERIFYING, _S.ACCEPTED, _S.FILED})
_STAYS = Leads.NOWHERE
# Whoever sits at a desk of the command room.
_DESK = (_R.ACCEPTOR, _R.DISPATCHER, _R.SHIFT_LEADER)
_MEETS = (*_DESK, _R.DEPARTMENT)


def _row(
    starts: "set[CaseState] | frozenset[CaseState] | CaseState",
    to: CaseState | Leads,
    *roles: Role,
    wordy: bool = False,
    moment: Moment | None = None,
) -> Transition:
    return Transition(
        starts=frozenset({starts} if isinstance(starts, CaseState) else starts),
        to=to,
        roles=frozenset(roles),
        wordy=wordy,
        moment=moment,
    )


TRANSITIONS: dict[str, Transition] = {
    # -- 信息收集, 案件建立
    "report": _row(set(), _S.NEW, _R.ACCEPTOR, _R.HANDLER, _R.COLLECTOR, _R.DEVICE),
    "self_report": _row(
        set(), _S.CLOSED, _R.COLLECTOR, _R.HANDLER, wordy=True, moment=Moment.CLOSED
    ),
    "send_verify": _row(_S.NEW, _S.VERIFYING, _R.ACCEPTOR),
    "verify_true": _row(
        _S.VERIFYING,
        _S.ACCEPTED,
        _R.COLLECTOR,
        _R.ACCEPTOR,
        wordy=True,
        moment=Moment.ACKNOWLEDGED,
    ),
    "verify_false": _row(
        _S.VERIFYING,
        _S.REJECTED,
        _R.COLLECTOR,
        _R.ACCEPTOR,
        wordy=True,
        moment=Moment.CLOSED,
    ),
    "accept": _row(_S.NEW, _S.ACCEPTED, _R.ACCEPTOR, moment=Moment.ACKNOWLEDGED),
    "reject": _row(_S.NEW, _S.REJECTED, _R.ACCEPTOR, wordy=True, moment=Moment.CLOSED),
    "answer": _row(_S.NEW, _S.CLOSED, _R.ACCEPTOR, wordy=True, moment=Moment.CLOSED),
    "file": _row(_S.ACCEPTED, _S.FILED, _R.SHIFT_LEADER, moment=Moment.FILED),
    "not_file": _row(
        _S.ACCEPTED, _S.NOT_FILED, _R.SHIFT_LEADER, wordy=True, moment=Moment.CLOSED
    ),
    "merge": _row(OPEN, _S.MERGED, _R.ACCEPTOR, moment=Moment.CLOSED),
    "unmerge": _row(_S.MERGED, Leads.BACK, _R.ACCEPTOR, wordy=True),
    "void": _row(_BEFORE_HANDLING, _S.VOIDED, _R.SHIFT_LEADER, moment=Moment.CLOSED),
    # -- 任务派遣
    "dispatch": _row(
        {_S.FILED, _S.RETURNED},
        _S.DISPATCHED,
        _R.DISPATCHER,
        moment=Moment.DISPATCHED,
    ),
    "urgent_direct": _row(
        _BEFORE_SENDING,
        _S.DISPATCHED,
        _R.ACCEPTOR,
        _R.DISPATCHER,
        moment=Moment.DISPATCHED,
    ),
    "assign": _row(
        {_S.FILED, _S.RETURNED},
        _S.DISPATCHED,
        _R.DISPATCHER,
        moment=Moment.DISPATCHED,
    ),
    "hand_on": _row(
        SENT, _S.DISPATCHED, _R.DEPARTMENT, wordy=True, moment=Moment.DISPATCHED
    ),
    "recall": _row(SENT, _S.FILED, _R.DISPATCHER, moment=Moment.FILED),
    "return": _row(
        SENT,
        _S.RETURNED,
        _R.HANDLER,
        _R.DEPARTMENT,
        wordy=True,
        moment=Moment.FILED,
    ),
    "return_further": _row(_S.RETURNED, _S.ACCEPTED, _R.DISPATCHER, wordy=True),
    "sign": _row(
        _S.DISPATCHED,
        _S.HANDLING,
        _R.HANDLER,
        _R.DEPARTMENT,
        _R.DISPATCHER,
        moment=Moment.SIGNED,
    ),
    # -- 任务处理
    "contact": _row(
        _BEFORE_HANDLING | WORKING,
        _STAYS,
        _R.ACCEPTOR,
        _R.HANDLER,
        _R.DEPARTMENT,
        _R.DISPATCHER,
    ),
    "depart": _row(
        _S.HANDLING, _S.EN_ROUTE, _R.HANDLER, _R.DISPATCHER, moment=Moment.DEPARTED
    ),
    "arrive": _row(
        {_S.HANDLING, _S.EN_ROUTE},
        _S.ON_SCENE,
        _R.HANDLER,
        _R.DISPATCHER,
        moment=Moment.ARRIVED,
    ),
    "finish": _row(
        WORKING,
        _S.FEEDBACK,
        _R.HANDLER,
        _R.DEPARTMENT,
        _R.DISPATCHER,
        moment=Moment.FINISHED,
    ),
    "request_extend": _row(WORKING, _STAYS, _R.HANDLER, _R.DEPARTMENT, wordy=True),
    "endorse_extend": _row(WORKING, _STAYS, _R.DEPARTMENT),
    "approve_extend": _row(WORKING, _STAYS, _R.DISPATCHER),
    "refuse_extend": _row(WORKING, _STAYS, _R.DEPARTMENT, _R.DISPATCHER, wordy=True),
    "request_suspend": _row(WORKING, _STAYS, _R.HANDLER, _R.DEPARTMENT, wordy=True),
    "approve_suspend": _row(WORKING, _S.SUSPENDED, _R.DISPATCHER),
    "refuse_suspend": _row(WORKING, _STAYS, _R.DISPATCHER, wordy=True),
    "resume": _row(_S.SUSPENDED, _S.HANDLING, _R.DISPATCHER),
    # -- 处理反馈, 核查结案
    "send_check": _row(_S.FEEDBACK, _S.CHECKING, _R.DISPATCHER, _R.ACCEPTOR),
    "call_back": _row(_S.FEEDBACK, _S.PENDING_CLOSE, _R.ACCEPTOR, wordy=True),
    "check_pass": _row(
        _S.CHECKING, _S.PENDING_CLOSE, _R.COLLECTOR, _R.DISPATCHER, _R.ACCEPTOR
    ),
    "rework": _row(
        {_S.CHECKING, _S.FEEDBACK},
        _S.HANDLING,
        _R.COLLECTOR,
        _R.DISPATCHER,
        _R.ACCEPTOR,
        wordy=True,
    ),
    "close": _row(_S.PENDING_CLOSE, _S.CLOSED, _R.SHIFT_LEADER, moment=Moment.CLOSED),
    "explain": _row(
        {_S.FEEDBACK, _S.CHECKING, _S.PENDING_CLOSE},
        _S.CLOSED,
        _R.SHIFT_LEADER,
        wordy=True,
        moment=Moment.CLOSED,
    ),
    "force_close": _row(
        OPEN, _S.FORCE_CLOSED, _R.SHIFT_LEADER, wordy=True, moment=Moment.CLOSED
    ),
    "reopen": _row(_S.CLOSED, _S.HANDLING, _R.ACCEPTOR, wordy=True),
    "appeal": _row(_S.CLOSED, _STAYS, _R.DEPARTMENT, wordy=True),
    "endorse_appeal": _row(_S.CLOSED, _STAYS, _R.DISPATCHER),
    "grant_appeal": _row(_S.CLOSED, _STAYS, _R.SHIFT_LEADER),
    "refuse_appeal": _row(
        _S.CLOSED, _STAYS, _R.DISPATCHER, _R.SHIFT_LEADER, wordy=True
    ),
    # -- at any time while it is open
    "supervise": _row(OPEN, _STAYS, _R.SHIFT_LEADER, wordy=True),
    "unsupervise": _row(OPEN, _STAYS, _R.SHIFT_LEADER),
    "expedite": _row(OPEN, _STAYS, _R.SHIFT_LEADER, _R.DISPATCHER),
    "unexpedite": _row(OPEN, _STAYS, _R.SHIFT_LEADER, _R.DISPATCHER),
    "instruct": _row(OPEN, _STAYS, _R.SHIFT_LEADER, wordy=True),
    "escalate": _row(OPEN, _STAYS, _R.DISPATCHER, wordy=True),
    "consult": _row(OPEN, _STAYS, *_MEETS, wordy=True),
    "mediate": _row(OPEN, _STAYS, *_MEETS, wordy=True),
    "restore_by_hand": _row(OPEN, _STAYS, _R.SHIFT_LEADER, wordy=True),
    "shelve": _row(OPEN, _STAYS, _R.SHIFT_LEADER, wordy=True),
    "unshelve": _row(OPEN, _STAYS, _R.SHIFT_LEADER, _R.SYSTEM),
    "transfer": _row(
        OPEN, _S.TRANSFERRED, _R.DISPATCHER, wordy=True, moment=Moment.CLOSED
    ),
    "reinforce": _row(ATTENDED, _STAYS, _R.DISPATCHER),
    "call_force": _row(ATTENDED, _STAYS, _R.ACCEPTOR, _R.DISPATCHER),
    "force_sign": _row(ATTENDED, _STAYS, _R.HANDLER),
    "force_depart": _row(ATTENDED, _STAYS, _R.HANDLER),
    "force_arrive": _row(
        _ATTENDED_STILL, _STAYS, _R.ACCEPTOR, _R.DISPATCHER, _R.HANDLER
    ),
    "force_leave": _row(
        _ATTENDED_STILL, _STAYS, _R.ACCEPTOR, _R.DISPATCHER, _R.HANDLER
    ),
    "force_return": _row(ATTENDED, _STAYS, _R.HANDLER, wordy=True),
    # -- 联合处置: the parts of other departments
    "part_assign": _row(ATTENDED, _STAYS, _R.DISPATCHER, _R.DEPARTMENT),
    "part_sign": _row(_PARTED, _STAYS, _R.DEPARTMENT),
    "part_return": _row(_PARTED, _STAYS, _R.DEPARTMENT, wordy=True),
    "part_done": _row(_PARTED, _STAYS, _R.DEPARTMENT, wordy=True),
    "part_release": _row(_PARTED, _STAYS, _R.DISPATCHER, _R.DEPARTMENT, wordy=True),
    # -- which seat has it
    "own_ask": _row(OPEN, _STAYS, *_DESK),
    "own_offer": _row(OPEN, _STAYS, *_DESK),
    "own_yes": _row(OPEN, _STAYS, *_DESK),
    "own_no": _row(OPEN, _STAYS, *_DESK),
    "own_lapse": _row(OPEN, _STAYS, _R.SYSTEM),
    # -- what whoever it was handed to says of it
    "handover_accept": _row(_S.TRANSFERRED, _STAYS, _R.ACCEPTOR, _R.DISPATCHER),
    "handover_reject": _row(
        _S.TRANSFERRED, _S.ACCEPTED, _R.ACCEPTOR, _R.DISPATCHER, wordy=True
    ),
    "handover_close": _row(
        _S.TRANSFERRED, _STAYS, _R.ACCEPTOR, _R.DISPATCHER, wordy=True
    ),
    "handover_reopen": _row(
        _S.TRANSFERRED, _STAYS, _R.ACCEPTOR, _R.DISPATCHER, wordy=True
    ),
}

# How a case may be closed: stable words, as a desk chooses them.
HANDLED = "handled"
OUTCOMES = (HANDLED, "false_alarm", "not_found", "test")
# And as an action of its own writes them: 当场答复, 无法解决·已说明, 自行处置.
ANSWERED, EXPLAINED, SELF_HANDLED = "answered", "explained", "self_handled"
# Why a case may be void: stable words; the last one needs words of its own.
VOID_REASONS = ("false_alarm", "test", "duplicate", "other")
# 移交 to whom: stable words.
RECIPIENTS = ("upper", "110", "12345", "county")
# What they have said of it since; 退回 brings the case back instead.
HANDED_ACCEPTED, HANDED_CLOSED = "accepted", "closed"
# 升级, from below: each is the next one's superior.
LEVELS = ("grid", "village", "town", "county")
# 督办: none, 普通, 黄牌, 红牌.
NOT_SUPERVISED, SUPERVISED, YELLOW_CARD, RED_CARD = -1, 1, 100, 200
SUPERVISION = (SUPERVISED, YELLOW_CARD, RED_CARD)

UNIT_MOMENTS = frozenset(
    {
        Moment.DISPATCHED,
        Moment.SIGNED,
        Moment.DEPARTED,
        Moment.ARRIVED,
        Moment.FINISHED,
    }
)
DESK_MOMENTS = frozenset({Moment.ON_SCREEN, Moment.FIRST_PICTURE})
_ANEW = frozenset({Moment.DEPARTED, Moment.ARRIVED, Moment.FINISHED})
# What is measured anew after an action; the log keeps what was.
CLEARS: dict[str, frozenset[Moment]] = {
    "hand_on": UNIT_MOMENTS,
    "recall": UNIT_MOMENTS | {Moment.FILED},
    "return": UNIT_MOMENTS | {Moment.FILED},
    "return_further": frozenset({Moment.FILED}),
    "void": UNIT_MOMENTS,
    "rework": _ANEW,
    "resume": _ANEW,
    "reopen": _ANEW | {Moment.CLOSED},
    "unmerge": frozenset({Moment.CLOSED}),
    "handover_reject": UNIT_MOMENTS | {Moment.FILED, Moment.CLOSED},
}
# After these whoever was sent is not any more.
LEAVES = frozenset({"hand_on", "recall", "return", "void", "handover_reject"})
