"""Turns of a case beside its straight way: what is asked, granted, counted, capped.

Pure, like `dispatch.cases`: each gives the next case and its line of the log, or raises
`Refused`. Which state it starts from, who may and whether words are needed stands in
`case_states.TRANSITIONS`; here is only what a row of a table cannot say.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from dispatch import case_handover
from dispatch.case_states import (
    ANSWERED,
    EXPLAINED,
    LEVELS,
    NOT_SUPERVISED,
    RECIPIENTS,
    SUPERVISION,
)
from dispatch.cases import Case, PhotoRef, Step
from dispatch.commands import Moment, Refused
from dispatch.course import Course, Stage
from dispatch.joining import unheard
from dispatch.kinship import likeness, matter_of
from dispatch.people import Actor, Role
from dispatch.taxonomy import DirectRule, Rules
from dispatch.units import Unit, UnitStatus

EXTEND, ENDORSED, SUSPEND = "extend", "extend_endorsed", "suspend"
RESTORE = "restore_by_hand"  # 强制恢复: of what no device restores

Effect = Callable[[Case, Actor, datetime, Rules], Course]


def turn(
    case: Case, action: str, by: Actor, at: datetime, *, text: str, rules: Rules
) -> Step:
    """Do one of the `PLAIN` actions."""
    if action not in PLAIN:
        raise Refused("action", f"there is no action {action}", action=action)
    if action == "accept":
        return case.accept(by, at)
    case.must(action, by, text)
    effect = PLAIN[action]
    course = case.course if effect is None else effect(case, by, at, rules)
    outcome = _OUTCOMES.get(action)
    changed: dict[str, object] = {} if outcome is None else {"outcome": outcome}
    if action == "handover_reject":
        changed["external_number"] = ""  # of somebody who does not have it
    return case.turn(action, by, at, text=text, course=course, **changed)


def request_suspension(
    case: Case, by: Actor, at: datetime, *, until: datetime, text: str, rules: Rules
) -> Step:
    """申请挂账: once, to a date at most a year away."""
    case.must("request_suspend", by, text)
    if case.course.suspensions >= rules.suspensions:
        raise _capped(case, rules.suspensions)
    _must_be_idle(case)
    if not at < until <= at + timedelta(days=rules.suspend_days):
        raise Refused(
            "date",
            f"the date lies within {rules.suspend_days} days",
            days=rules.suspend_days,
        )
    course = replace(case.course, asked=SUSPEND, asked_until=until)
    return case.turn("request_suspend", by, at, text=text, course=course)


def supervise(case: Case, by: Actor, at: datetime, *, level: int, text: str) -> Step:
    """督办 at a level."""
    case.must("supervise", by, text)
    if level not in SUPERVISION:
        raise Refused("level", f"there is no supervision {level}", level=level)
    course = replace(case.course, supervision=level)
    return case.turn("supervise", by, at, text=text, course=course)


def transfer(
    case: Case, by: Actor, at: datetime, *, to: str, text: str, number: str
) -> Step:
    """移交 to whom it belongs; its number there stands on it."""
    case.must("transfer", by, text)
    if to not in RECIPIENTS:
        raise Refused("recipient", f"nobody is called {to}", to=to)
    return case.turn(
        "transfer",
        by,
        at,
        text=text,
        course=replace(case.course, transferred_to=to, handed=""),
        external_number=number or case.external_number,
    )


def assign(
    case: Case, action: str, by: Actor, at: datetime, *, to: str, text: str
) -> Step:
    """派遣到部门 or 转办: it is another's now, who has to sign for it."""
    if action not in ("assign", "hand_on"):
        raise Refused("action", f"there is no action {action}", action=action)
    case.must(action, by, text)
    to = to.strip()
    if not to or (action == "hand_on" and to == case.department):
        raise Refused("department", f"case {case.number} goes to a department", to=to)
    said = f"{to} · {text.strip()}" if text.strip() else to
    return case.turn(action, by, at, text=said, department=to, sending=case.sending + 1)


def feed_back(
    case: Case, by: Actor, at: datetime, *, text: str, photos: tuple[PhotoRef, ...]
) -> Step:
    """反馈 by the department, for whomever it has sent."""
    case.must("finish", by)
    if Role.DEPARTMENT not in by.roles:
        raise Refused("role", "finish needs the department", roles=Role.DEPARTMENT)
    if not text.strip():
        raise Refused("result_missing", "what was done has to be said in words")
    return case.step("finish", by, at, text=text.strip(), photos=photos)


def merge(
    case: Case, by: Actor, at: datetime, *, main: Case, text: str, rules: Rules
) -> Step:
    """合并 into a main case: of a kindred kind, near in place and time; no drill."""
    case.must("merge", by)
    if main.case_id == case.case_id or not main.state.is_open:
        raise Refused(
            "main_case", f"case {main.number} takes no other in", number=main.number
        )
    if main.drill is not case.drill:
        raise Refused(
            "drill_apart",
            f"one of {case.number} and {main.number} is a drill",
            number=main.number,
        )
    if likeness(matter_of(case), matter_of(main), rules) is None:
        raise Refused(
            "not_the_same",
            f"cases {case.number} and {main.number} differ in kind, place or time",
            number=main.number,
        )
    course = replace(case.course, merged_into=main.case_id, before=case.state)
    return case.turn("merge", by, at, text=text or main.number, course=course)


def again(step: Step, unit: Unit | None) -> Step:
    """Return a step that leads back to whoever had the case, if they are free.

    It is another task for them, and another sending; else the case is with its
    department, and the dispatcher takes it back to send somebody.
    """
    case = step.case
    (entry,) = step.entries
    may_come = (
        unit is not None
        and unit.unit_id == case.unit_id
        and unit.status is not UnitStatus.OFF_DUTY
        and unit.case_id in (None, case.case_id)
    )
    unit_id = case.unit_id if may_come else ""
    sending = case.sending + int(may_come)
    return Step(
        replace(case, unit_id=unit_id, sending=sending),
        (replace(entry, unit_id=unit_id),),
    )


def direct_rule(case: Case, rules: Rules) -> DirectRule | None:
    """Return the first rule by which a case may go straight to whoever leads."""
    for rule in rules.direct:
        if (
            case.severity <= rule.severity
            and case.grid_code.startswith(rule.grid)
            and case.category.startswith(rule.category)
        ):
            return rule
    return None


def decisions(case: Case) -> tuple[str, ...]:
    """Return the actions that decide on what was asked of a case; none: nothing waits.

    The one that grants it, or sends it on, stands first.
    """
    waits = _DECIDES.get(case.course.asked) or _APPEALS.get(case.course.appeal, ())
    return tuple(action for action in waits if case.may(action))


# -- what a row cannot say -----------------------------------------------------


def _request_extend(case: Case, by: Actor, at: datetime, rules: Rules) -> Course:
    if case.course.extensions >= rules.extensions:
        raise _capped(case, rules.extensions)
    _must_be_idle(case)
    handle = case.course.clock(Stage.HANDLE)
    if handle is None or handle.due_at is None:
        raise Refused("no_limit", f"case {case.number} has no limit to extend")
    if at >= handle.due_at:
        raise Refused(
            "overdue", f"case {case.number} is overdue already", number=case.number
        )
    asked = ENDORSED if Role.DEPARTMENT in by.roles else EXTEND
    return replace(case.course, asked=asked)


def _endorse_extend(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(_asked(case, EXTEND), asked=ENDORSED)


def _approve_extend(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    course = _asked(case, ENDORSED)
    clocks = tuple(
        replace(
            clock,
            extensions=clock.extensions + 1,
            due_at=None,
            told=(),
            told_before=(),
        )
        if clock.stage is Stage.HANDLE
        else clock
        for clock in course.clocks
    )
    return replace(course, asked="", clocks=clocks, extensions=course.extensions + 1)


def _refuse_extend(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(_asked(case, EXTEND, ENDORSED), asked="")


def _approve_suspend(case: Case, _by: Actor, at: datetime, _rules: Rules) -> Course:
    course = _asked(case, SUSPEND)
    if course.asked_until is None or course.asked_until <= at:
        raise Refused("date", "the date asked for is past", days=0)
    return replace(
        course,
        asked="",
        asked_until=None,
        suspended_until=course.asked_until,
        suspensions=course.suspensions + 1,
    )


def _refuse_suspend(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(_asked(case, SUSPEND), asked="", asked_until=None)


def _resume(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(case.course, suspended_until=None)


def _sign(case: Case, by: Actor, _at: datetime, _rules: Rules) -> Course:
    if Role.DEPARTMENT not in by.roles:  # whoever else has it says so themselves
        raise Refused("role", "sign needs the department", roles=Role.DEPARTMENT)
    return case.course


def _return(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(case.course, returns=case.course.returns + 1)


def _rework(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(unheard(case.course), reworks=case.course.reworks + 1)


def _call_back(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if not case.reporter_phone:
        raise Refused("no_caller", f"nobody can be called back about {case.number}")
    return replace(case.course, called_back=True)


def _reopen(case: Case, _by: Actor, at: datetime, rules: Rules) -> Course:
    if not case.standard_id:
        raise Refused("never_filed", f"case {case.number} was answered, never filed")
    closed_at = case.clocks.get(Moment.CLOSED, at)
    if at - closed_at > timedelta(hours=rules.reopen_hours):
        raise Refused(
            "too_late",
            f"case {case.number} was closed too long ago",
            hours=rules.reopen_hours,
        )
    # Who heard how it ended, has to hear it again.
    return replace(unheard(case.course), condition_met=False)


def _unmerge(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(case.course, merged_into=None)


def _unsupervise(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if case.course.supervision == NOT_SUPERVISED:
        raise _nothing_asked(case)
    return replace(case.course, supervision=NOT_SUPERVISED)


def _expedite(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(case.course, expedited=True)


def _unexpedite(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if not case.course.expedited:
        raise _nothing_asked(case)
    return replace(case.course, expedited=False)


def _escalate(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    place = LEVELS.index(case.course.level) + 1
    if place == len(LEVELS):
        raise Refused("top_level", f"case {case.number} is with the county already")
    return replace(case.course, level=LEVELS[place])


def _appeal(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if not case.course.overdue or case.course.appeal:
        raise Refused(
            "no_appeal", f"case {case.number} has no verdict left to appeal against"
        )
    return replace(case.course, appeal="asked")


def _endorse_appeal(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if case.course.appeal != "asked":
        raise _nothing_asked(case)
    return replace(case.course, appeal="endorsed")


def _grant_appeal(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if case.course.appeal != "endorsed":
        raise _nothing_asked(case)
    return replace(case.course, appeal="granted")


def _refuse_appeal(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    if case.course.appeal not in ("asked", "endorsed"):
        raise _nothing_asked(case)
    return replace(case.course, appeal="refused")


def _answer(case: Case, _by: Actor, _at: datetime, rules: Rules) -> Course:
    if case.category not in rules.enquiries:
        raise Refused(
            "not_an_enquiry", f"case {case.number} asks for more than an answer"
        )
    return replace(case.course, called_back=True)


def _explain(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    return replace(case.course, called_back=True)


# What `TurnCase` may ask, with what it changes besides the state.
PLAIN: dict[str, Effect | None] = {
    "accept": None,
    "send_verify": None,
    "verify_true": None,
    "verify_false": None,
    "reject": None,
    "answer": _answer,
    "not_file": None,
    "unmerge": _unmerge,
    "sign": _sign,
    "return": _return,
    "return_further": None,
    "contact": None,
    "request_extend": _request_extend,
    "endorse_extend": _endorse_extend,
    "approve_extend": _approve_extend,
    "refuse_extend": _refuse_extend,
    "approve_suspend": _approve_suspend,
    "refuse_suspend": _refuse_suspend,
    "resume": _resume,
    "send_check": None,
    "call_back": _call_back,
    "check_pass": None,
    "rework": _rework,
    "explain": _explain,
    "force_close": None,
    "reopen": _reopen,
    "appeal": _appeal,
    "endorse_appeal": _endorse_appeal,
    "grant_appeal": _grant_appeal,
    "refuse_appeal": _refuse_appeal,
    "unsupervise": _unsupervise,
    "expedite": _expedite,
    "unexpedite": _unexpedite,
    "instruct": None,
    RESTORE: None,
    "escalate": _escalate,
    "handover_reject": case_handover.given_back,
    "handover_close": case_handover.closed,
    "handover_reopen": case_handover.reopened,
}
# What waits, and which actions decide on it.
_DECIDES: dict[str, tuple[str, ...]] = {
    EXTEND: ("endorse_extend", "refuse_extend"),
    ENDORSED: ("approve_extend", "refuse_extend"),
    SUSPEND: ("approve_suspend", "refuse_suspend"),
}
_APPEALS: dict[str, tuple[str, ...]] = {
    "asked": ("endorse_appeal", "refuse_appeal"),
    "endorsed": ("grant_appeal", "refuse_appeal"),
}
_OUTCOMES = {"answer": ANSWERED, "explain": EXPLAINED, "reopen": ""}


def _must_be_idle(case: Case) -> None:
    if case.course.asked:
        raise Refused(
            "already_asked",
            f"case {case.number} has a request that waits",
            number=case.number,
        )


def _asked(case: Case, *what: str) -> Course:
    if case.course.asked not in what:
        raise _nothing_asked(case)
    return case.course


def _nothing_asked(case: Case) -> Refused:
    return Refused(
        "nothing_asked", f"case {case.number} has nothing of that kind to decide on"
    )


def _capped(case: Case, most: int) -> Refused:
    return Refused("capped", f"case {case.number} has had it {most} times", most=most)
