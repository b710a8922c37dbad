"""The states of a case, and which action leads from where to where."""

from enum import IntEnum

from dispatch.commands import Moment


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
    VOIDED = 620  # 作废

    @property
    def is_open(self) -> bool:
        """Return whether the case still asks something of someone."""
        return self < CaseState.CLOSED


# action: the states it starts from, and the state it leads to.
TRANSITIONS: dict[str, tuple[frozenset[CaseState], CaseState]] = {
    "accept": (frozenset({CaseState.NEW}), CaseState.ACCEPTED),
    "file": (frozenset({CaseState.ACCEPTED}), CaseState.FILED),
    "dispatch": (frozenset({CaseState.FILED}), CaseState.DISPATCHED),
    "recall": (
        frozenset(
            {
                CaseState.DISPATCHED,
                CaseState.HANDLING,
                CaseState.EN_ROUTE,
                CaseState.ON_SCENE,
            }
        ),
        CaseState.FILED,
    ),
    "return": (
        frozenset(
            {
                CaseState.DISPATCHED,
                CaseState.HANDLING,
                CaseState.EN_ROUTE,
                CaseState.ON_SCENE,
            }
        ),
        CaseState.FILED,
    ),
    "sign": (frozenset({CaseState.DISPATCHED}), CaseState.HANDLING),
    "depart": (frozenset({CaseState.HANDLING}), CaseState.EN_ROUTE),
    "arrive": (
        frozenset({CaseState.HANDLING, CaseState.EN_ROUTE}),
        CaseState.ON_SCENE,
    ),
    "finish": (
        frozenset({CaseState.HANDLING, CaseState.EN_ROUTE, CaseState.ON_SCENE}),
        CaseState.FEEDBACK,
    ),
    "send_check": (frozenset({CaseState.FEEDBACK}), CaseState.CHECKING),
    "check_pass": (frozenset({CaseState.CHECKING}), CaseState.PENDING_CLOSE),
    "close": (frozenset({CaseState.PENDING_CLOSE}), CaseState.CLOSED),
    "void": (
        frozenset(
            {
                CaseState.NEW,
                CaseState.ACCEPTED,
                CaseState.FILED,
                CaseState.DISPATCHED,
            }
        ),
        CaseState.VOIDED,
    ),
}

# How a case may be closed: stable words.
OUTCOMES = ("handled", "false_alarm", "not_found", "test")
# Why a case may be void: stable words; the last one needs words of its own.
VOID_REASONS = ("false_alarm", "test", "duplicate", "other")

# The clocks that a transition writes; those a desk writes are in DESK_MOMENTS.
CLOCK_OF = {
    "accept": Moment.ACKNOWLEDGED,
    "file": Moment.FILED,
    "recall": Moment.FILED,
    "return": Moment.FILED,
    "dispatch": Moment.DISPATCHED,
    "sign": Moment.SIGNED,
    "depart": Moment.DEPARTED,
    "arrive": Moment.ARRIVED,
    "finish": Moment.FINISHED,
    "close": Moment.CLOSED,
    "void": Moment.CLOSED,
}
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
