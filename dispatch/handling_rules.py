"""A town's rules at work: readings and the clock in, alarms and restores out.

What is known of a rule's subject is kept in mind, and read from the readings again
where it is not: after a start nothing is missing, in the middle of a window neither.
The clock speaks only after a grace, so that what waited in outboxes comes first. An alarm
that no rule stands for any more is let go: nothing else would ever restore it.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from dispatch.alarms import Alarm
from dispatch.commands import DeviceCommand, RaiseAlarm, RecordReading, RestoreAlarm
from dispatch.devices import Device
from dispatch.handling import Means
from dispatch.latching import latch, let_go
from dispatch.people import SYSTEM, Actor
from dispatch.premises import Premises, Watched, premises_of
from dispatch.rules import AnyRule, Watch, is_rule_id, is_timed
from dispatch.rules_heard import heard
from dispatch.rules_known import Kept, Read, RuleKey, State, Verdict, Weighed
from dispatch.rules_weighing import all_weighed, by_clock, due_at, resumed, weigh
from dispatch.work import UnitOfWork
from dispatch.working import WorkingSet

AFTER_START = timedelta(minutes=5)  # for what the field has kept while we were away
_FORSAKEN = "规则不再适用"
# What a rule of a town can do wrong; what its store does is not its fault.
_FAULTS = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)
_log = logging.getLogger(__name__)


def weigh_reading(
    work: UnitOfWork,
    command: RecordReading,
    *,
    device: Device,
    at: datetime,
    means: Means,
) -> None:
    """Weigh what a device has read by the rules that listen to its kind.

    A rule that fails on it is passed over and told in the log, once: no reading is lost
    by a rule, and the other rules have their say.
    """
    rules = means.taxonomy.watch.by_kind.get(device.kind)
    if not rules:
        return
    premises = _premises(work.working)
    read = Read(
        device_id=device.device_id, kind=device.kind, at=at, values=command.values
    )
    for rule in rules:
        watched = premises.watched(rule, device)
        if watched is None or watched.values.isdisjoint(command.values):
            continue
        mark = work.mark()
        try:
            _weigh(work, rule, watched, read, command, means)
        except _FAULTS:
            work.back_to(mark)
            if rule.rule_id not in work.working.failing:
                work.working.failing.add(rule.rule_id)
                _log.exception("rule %s fails on what is read", rule.rule_id)


def _weigh(
    work: UnitOfWork,
    rule: AnyRule,
    watched: Watched,
    read: Read,
    command: RecordReading,
    means: Means,
) -> None:
    subject, members = watched.subject, watched.members
    state = _known(work, rule, subject, members)
    weighed = weigh(rule, state, read, work.working.zone)
    if weighed.state is not None:
        kept = _kept(work.working, rule, weighed.state, members)
        work.note_rule((rule.rule_id, subject), kept)
    _follow(
        work,
        rule,
        weighed,
        members,
        at=read.at,
        received_at=command.received_at,
        by=command,
        means=means,
    )


def due_rules(working: WorkingSet, at: datetime) -> list[RuleKey]:
    """Return the rules' subjects of which the clock has a say; asked each second.

    Thread: the writer's.
    """
    return [
        key
        for key, kept in working.watched.items()
        if kept.due is not None and kept.due <= at
    ]


def keep_rule(work: UnitOfWork, key: RuleKey, means: Means) -> None:
    """Do what the clock asks of a rule's subject at the time of a unit of work."""
    working = work.working
    rule_id, subject = key
    rule = means.taxonomy.watch.find(rule_id)
    members = () if rule is None else _premises(working).members(rule, subject)
    state = None
    if rule is not None and members:
        state = _known(work, rule, subject, members)
    if rule is None or state is None:
        working.watched.pop(key, None)  # a reload may have forgotten it
        return
    weighed = by_clock(rule, state, work.at, working.zone)
    kept = _kept(working, rule, weighed.state or state, members)
    if weighed.verdict is Verdict.NOTHING:
        # Nothing to write, and so nothing to take back either.
        working.watched[key] = kept
        return
    work.note_rule(key, kept)
    _follow(
        work,
        rule,
        weighed,
        members,
        at=work.at,
        received_at=work.at,
        by=None,
        means=means,
    )


def is_to_look_over(working: WorkingSet) -> bool:
    """Return whether rules may look at others than they did: devices, places are new."""
    return working.looked_over is None or working.looked_over is not working.premises


def look_over(work: UnitOfWork, watch: Watch) -> Premises:
    """See what rules look at now, at the start and whenever devices or places change.

    Alarms of rules that are gone by no more, or not at their devices, are let go. What
    the clock may have a say in and has not is looked at a while later.

    Returns:
        How devices hang together, by which that was seen.
    """
    working, at = work.working, work.at
    premises, begins = _premises(working), working.began_at is None
    if begins:
        working.began_at = at
    for rule in filter(is_timed, watch.rules):
        for subject in premises.subjects(rule):
            kept = working.watched.get((rule.rule_id, subject))
            if begins or kept is None:
                kept = kept or Kept(None)
                due = max(kept.due or at, at + AFTER_START)
                working.watched[rule.rule_id, subject] = replace(kept, due=due)
    for alarm in [*working.things["alarm"].values()]:
        if not (alarm.active and is_rule_id(alarm.source)):
            continue
        source = watch.find(alarm.source)
        device = work.find("device", alarm.device_id)
        if (
            source is None
            or source.category != alarm.category
            or device is None
            or premises.watched(source, device) is None
        ):
            _restore(work, alarm, at=at, received_at=at, text=_FORSAKEN)
    return premises


def _restore(
    work: UnitOfWork,
    alarm: Alarm,
    *,
    at: datetime,
    received_at: datetime,
    actor: Actor = SYSTEM,
    text: str = "",
) -> None:
    gone = RestoreAlarm(
        actor=actor,
        device_id=alarm.device_id,
        sequence=0,
        at=at,
        received_at=received_at,
        category=alarm.category,
        source=alarm.source,
    )
    let_go(work, gone, text=text)


def _follow(
    work: UnitOfWork,
    rule: AnyRule,
    weighed: Weighed,
    members: tuple[Device, ...],
    *,
    at: datetime,
    received_at: datetime,
    by: DeviceCommand | None,
    means: Means,
) -> None:
    """Raise or restore what a verdict asks for, at the first of its devices."""
    if weighed.verdict is Verdict.NOTHING:
        return
    active = list(_active(work, rule, members))
    actor: Actor = SYSTEM if by is None else by.actor
    sequence = 0 if by is None else by.sequence
    if weighed.verdict.raises(active=bool(active)):
        device = members[0]
        if active:
            device = work.device(active[-1].device_id)
        alarm = RaiseAlarm(
            actor=actor,
            device_id=device.device_id,
            sequence=sequence,
            at=at,
            received_at=received_at,
            category=rule.category,
            text=f"{rule.name_zh}: {weighed.text}",
            source=rule.rule_id,
            severity=weighed.severity or rule.severity,
        )
        latch(work, device, alarm, means)
    elif weighed.verdict is Verdict.GONE:
        for each in active:
            _restore(work, each, at=at, received_at=received_at, actor=actor)


def _active(
    work: UnitOfWork, rule: AnyRule, members: tuple[Device, ...]
) -> Iterator[Alarm]:
    for member in members:
        for alarm in work.alarms_of(member.device_id, rule.category):
            if alarm.active and alarm.source == rule.rule_id:
                yield alarm


def _known(
    work: UnitOfWork, rule: AnyRule, subject: str, members: tuple[Device, ...]
) -> State | None:
    """Return what is known of a subject; after a start, what its readings say.

    That is kept even if the work is taken back: it is read once, of the same devices.
    """
    watched, key = work.working.watched, (rule.rule_id, subject)
    kept = watched.get(key, Kept(None))
    if kept.state is not None and kept.members == members:
        return kept.state
    zone = work.working.zone
    with work.store.reading() as connection:
        reads = heard(connection, rule, members, work.at)
    state = all_weighed(rule, reads, zone)
    told = [alarm.last_at for alarm in _active(work, rule, members)]
    state = resumed(rule, state, max(told, default=None), zone)
    if state is not None:
        watched[key] = replace(kept, state=state, members=members)
    return state


def _kept(
    working: WorkingSet, rule: AnyRule, state: State, members: tuple[Device, ...]
) -> Kept:
    """Return what is known now with when the clock has a say of it, after the grace."""
    due = due_at(rule, state, working.zone)
    if due is not None and working.began_at is not None:
        due = max(due, working.began_at + AFTER_START)
    return Kept(state, due, members)


def _premises(working: WorkingSet) -> Premises:
    """Return what hangs together, as the registers are now."""
    if working.premises is None:
        things = working.things
        working.premises = premises_of(
            things["device"].values(), things["place"].values()
        )
    return working.premises
