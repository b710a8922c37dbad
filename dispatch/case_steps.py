"""The steps of a case's procedure: which there are, which are done, what is missing.

Pure, like `dispatch.cases`. A step is done when somebody says so, or by the moment of the
case that proves it; a step that asks, by an answer, and answers lead to branches. To say
so moves no state and no version: whoever ticks a list off must not keep another from the
case.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dispatch.alarms import Alarm
from dispatch.case_states import HANDLED
from dispatch.cases import Case, Step
from dispatch.commands import Moment, Refused
from dispatch.course import StepMark
from dispatch.owing import must_be_called
from dispatch.people import Actor, Role
from dispatch.taxonomy import (
    IS_DONE,
    IS_SKIPPED,
    FilingStandard,
    ProcedureStep,
    Taxonomy,
)

# What may be said of a step, as the log has it.
DONE, ANSWERED, SKIPPED, UNDONE = "step_done", "step_answer", "step_skip", "step_undo"
DEEDS = (DONE, ANSWERED, SKIPPED, UNDONE)
ROLES = frozenset(
    {
        Role.ACCEPTOR,
        Role.DISPATCHER,
        Role.SHIFT_LEADER,
        Role.HANDLER,
        Role.COLLECTOR,
        Role.DEPARTMENT,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class StepNow:
    """A step as it stands with a case.

    Attributes:
        step: Of the procedure.
        at: When it was done or skipped, or None.
        by: Who said so; "" where a moment of the case proves it.
        skipped: Why it is left out, or "".
        answer: What was answered, or "".
    """

    step: ProcedureStep
    at: datetime | None = None
    by: str = ""
    skipped: str = ""
    answer: str = ""

    @property
    def is_missing(self) -> bool:
        """Return whether it keeps the case from being closed."""
        return self.step.required and self.at is None

    @property
    def is_passed_over(self) -> bool:
        """Return whether a required step was left out: the supervisor looks at it."""
        return self.step.required and bool(self.skipped)

    @property
    def said(self) -> str:
        """Return what was said of it, as the condition of a later step has it."""
        if self.at is None:
            return ""
        return IS_SKIPPED if self.skipped else self.answer or IS_DONE


def steps_now(case: Case, taxonomy: Taxonomy) -> tuple[StepNow, ...]:
    """Return the steps of a case's procedure as they stand, in order.

    Those of a branch that was not taken are none of the case's: what was done in one
    before the answer changed stays in the log, and comes back with the answer.
    """
    marks = {mark.step: mark for mark in case.course.steps}
    found: dict[str, StepNow] = {}
    for step in taxonomy.steps_of(case.category):
        if all(
            before in found and found[before].said == said
            for before, said in step.when.items()
        ):
            found[step.step_id] = _now(step, marks.get(step.step_id), case)
    return tuple(found.values())


def _now(step: ProcedureStep, mark: StepMark | None, case: Case) -> StepNow:
    proved = case.clocks.get(Moment(step.moment)) if step.moment else None
    if proved is not None and (mark is None or mark.skipped):
        return StepNow(step=step, at=proved)
    known = {each.answer_id for each in step.answers}
    if mark is None or (known and not mark.skipped and mark.answer not in known):
        return StepNow(step=step)  # also where the profile has come to ask otherwise
    answer = mark.answer if known else ""
    return StepNow(
        step=step, at=mark.at, by=mark.by, skipped=mark.skipped, answer=answer
    )


def marked(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    taxonomy: Taxonomy,
    step_id: str,
    deed: str,
    reason: str = "",
    answer: str = "",
) -> Step:
    """Say of a step that it is done, what its answer is, that it is skipped, or open.

    What is said already changes nothing.
    """
    if not ROLES & by.roles:
        raise Refused(
            "role",
            f"{deed} needs a role of {', '.join(sorted(ROLES))}",
            roles="acceptor",
        )
    if not case.state.is_open:
        raise Refused(
            "state",
            f"case {case.number} cannot {deed} in state {case.state.name}",
            number=case.number,
            action=deed,
            state=int(case.state),
        )
    known = {each.step.step_id: each.step for each in steps_now(case, taxonomy)}
    if step_id not in known or deed not in DEEDS:
        raise Refused("step_unknown", f"case {case.number} has no step {step_id}")
    answers = {each.answer_id for each in known[step_id].answers}
    answer = answer if deed == ANSWERED else ""
    if (deed == DONE and answers) or (deed == ANSWERED and answer not in answers):
        raise Refused("answer_unknown", f"{step_id} is not answered by {answer!r}")
    reason = reason.strip() if deed == SKIPPED else ""
    if deed == SKIPPED and not reason:
        raise Refused("reason_missing", "a step is skipped with a reason", action=deed)
    before = next((m for m in case.course.steps if m.step == step_id), None)
    mark = StepMark(step=step_id, at=at, by=by.name, skipped=reason, answer=answer)
    new = None if deed == UNDONE else mark
    if _same(before, new):
        return Step(case, ())
    rest = tuple(mark for mark in case.course.steps if mark.step != step_id)
    rest += () if new is None else (new,)
    entry = case.entry(deed, by, at, text=f"{step_id} {reason}{answer}".strip())
    return Step(replace(case, course=replace(case.course, steps=rest)), (entry,))


def _same(before: StepMark | None, now: StepMark | None) -> bool:
    """Return whether both say the same, whoever says it and when."""
    if before is None or now is None:
        return before is now
    return (before.skipped, before.answer) == (now.skipped, now.answer)


def must_be_done(case: Case, taxonomy: Taxonomy) -> None:
    """Refuse to close a case while a required step is neither done nor skipped."""
    missing = [each.step for each in steps_now(case, taxonomy) if each.is_missing]
    if missing:
        raise Refused(
            "steps_missing",
            f"case {case.number} lacks {', '.join(each.name_en for each in missing)}",
            number=case.number,
            steps="、".join(each.name_zh for each in missing),
            steps_en=", ".join(each.name_en for each in missing),
        )


def condition_of(case: Case, taxonomy: Taxonomy) -> str:
    """Return the closing condition of the standard by which a case was filed, or ""."""
    standard: FilingStandard | None = taxonomy.standard(case.standard_id)
    return "" if standard is None else standard.close_condition


def must_be_over(
    case: Case, alarms: Iterable[Alarm], taxonomy: Taxonomy, *, met: bool
) -> None:
    """Refuse to close as handled what still stands, or has not met its condition."""
    if any(alarm.active and not alarm.test for alarm in alarms):
        raise Refused(
            "alarm_active",
            f"case {case.number} has an alarm that still stands",
            number=case.number,
        )
    condition = condition_of(case, taxonomy)
    if condition and not met:
        raise Refused(
            "condition_unmet",
            f"case {case.number} is handled when: {condition}",
            condition=condition,
        )


def closed(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    alarms: Iterable[Alarm],
    taxonomy: Taxonomy,
    outcome: str,
    met: bool,
    opinion: str = "",
) -> Step:
    """结案: with an outcome, after its steps and calls; as handled, only what is over.

    That nobody has acknowledged an alarm is looked at elsewhere: every end asks it.
    """
    course = replace(case.course, condition_met=met and outcome == HANDLED)
    step = replace(case, course=course).close(by, at, outcome=outcome, opinion=opinion)
    must_be_done(case, taxonomy)
    must_be_called(case)
    if outcome == HANDLED:
        must_be_over(case, alarms, taxonomy, met=met)
    return step
