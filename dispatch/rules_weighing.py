"""What readings mean by a town's rules. Pure: no clock, no store.

One reading at a time goes into what is known of a rule's subject (`dispatch.rules_known`),
and a verdict comes out. They may come late and out of order.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from dispatch.rules import (
    AnyRule,
    Combination,
    LowUse,
    Rate,
    Schedule,
    Silence,
    Term,
    Threshold,
    clock_time,
    look_back,
    span,
    terms_of,
)
from dispatch.rules_known import (
    LastUse,
    Level,
    Read,
    Said,
    Seen,
    Sighting,
    Sightings,
    State,
    Trend,
    Verdict,
    Weighed,
)

_EXACT = 1e-9  # 12.35 - 12.34 is a little less than 0.01
_A_MOMENT = timedelta(seconds=1)
_MOST_POINTS = 720  # of a trend; of faster readings the newest ones count
_MOST_SIGHTINGS = 16  # of a device and a term, likewise


def weigh(
    rule: AnyRule, state: State | None, read: Read, zone: tzinfo = UTC
) -> Weighed:
    """Weigh one reading.

    Args:
        rule: By what.
        state: What is known; None before the first reading.
        read: A reading of one of the rule's devices.
        zone: The town's.
    """
    match rule:
        case Silence() | Schedule():
            return _seen(rule, state if isinstance(state, Seen) else None, read, zone)
        case Combination():
            known = state if isinstance(state, Sightings) else Sightings()
            return _combined(rule, known, read)
    value = read.values.get(rule.value)
    if value is None:
        return Weighed(state)
    match rule:
        case LowUse():
            last = state if isinstance(state, LastUse) else None
            return _used(rule, last, value, read.at)
        case Threshold():
            level = state if isinstance(state, Level) else None
            return _level(rule, level, value, read.at)
        case Rate():
            trend = state if isinstance(state, Trend) else Trend()
            return _trend(rule, trend, value, read.at)


def by_clock(rule: AnyRule, state: State, now: datetime, zone: tzinfo = UTC) -> Weighed:
    """Return what follows from a time having come without a reading."""
    due = due_at(rule, state, zone)
    if due is None or now < due:
        return Weighed(state)
    match rule, state:
        case Threshold(), Level():
            return _raised_level(rule, replace(state, up=True))
        case Silence(), Seen():
            text = f"{rule.within_min / 60:g} h, {_local(state.last, zone)}"
            return Weighed(
                replace(state, judged=state.last + _minutes(rule.within_min)),
                Verdict.RAISED,
                text,
            )
        case Schedule(), Seen():
            return _judged(rule, state, now, zone)
        case Combination(), Sightings():
            return Weighed(replace(state, over=True), Verdict.GONE)
    return Weighed(state)


def due_at(rule: AnyRule, state: State, zone: tzinfo = UTC) -> datetime | None:
    """Return when the clock has a say next, or None."""
    match rule, state:
        case Threshold(), Level(since=datetime() as since, up=False):
            return since + _minutes(rule.hold_min)
        case Silence(), Seen(judged=None):
            return state.last + _minutes(rule.within_min + rule.grace_min)
        case Schedule(), Seen():
            ends = _ends(rule, state.judged or state.last, zone, forward=True)
            return ends + _minutes(rule.grace_min)
        case Combination(), Sightings(raised_at=datetime() as raised_at, over=False):
            return raised_at + timedelta(seconds=rule.within_s)
    return None


def resumed(
    rule: AnyRule, state: State | None, raised_at: datetime | None, zone: tzinfo = UTC
) -> State | None:
    """Return what readings said before a start, with what was raised of it.

    Args:
        rule: By what.
        state: What they say.
        raised_at: The newest report of an alarm of the rule that is active, or None.
        zone: The town's.
    """
    if raised_at is None:
        # What came together and is not active has been told, and has passed.
        if isinstance(state, Sightings) and state.raised_at is not None:
            return replace(state, over=True)
        return state
    match rule, state:
        case Threshold(), Level(rank=rank) if rank:
            return replace(state, up=True)
        case Silence(), _:
            missed = raised_at - _minutes(rule.within_min)
            seen = state if isinstance(state, Seen) else Seen(missed, missed)
            return replace(seen, judged=raised_at) if seen.last < raised_at else seen
        case Schedule(), _:
            ends = _ends(rule, raised_at, zone, forward=False)
            missed = _begins(rule, ends, zone) - _A_MOMENT
            seen = state if isinstance(state, Seen) else Seen(missed, missed)
            return replace(seen, judged=ends)
        case Combination(), _:
            known = state if isinstance(state, Sightings) else Sightings()
            return replace(known, raised_at=known.raised_at or raised_at, over=False)
    return state


def all_weighed(
    rule: AnyRule, reads: Iterable[Read], zone: tzinfo = UTC
) -> State | None:
    """Return what is known after readings."""
    state: State | None = None
    for read in reads:
        state = weigh(rule, state, read, zone).state
    return state


# -- measured values --------------------------------------------------------------


def _used(rule: LowUse, last: LastUse | None, total: float, at: datetime) -> Weighed:
    """Only a later reading can say that nothing was used; a lower one is a new meter."""
    if last is None or (total < last.total and at >= last.at):
        return Weighed(LastUse(total, at))
    if total - last.total > rule.line - _EXACT:
        return Weighed(LastUse(total, at), Verdict.GONE)
    if at - last.at < _minutes(rule.within_min) or total < last.total:
        return Weighed(last)
    text = f"{total - last.total:.2f} {rule.unit} / {rule.within_min / 60:.0f} h"
    return Weighed(last, Verdict.HOLDS, text)


def _level(rule: Threshold, last: Level | None, value: float, at: datetime) -> Weighed:
    if last is not None and at < last.at:
        return Weighed(last)  # a later one has spoken
    was = 0 if last is None else last.rank
    rank = max(_beyond(rule, value, 0.0), min(was, _beyond(rule, value, rule.back)))
    if not rank:
        return Weighed(Level(at, value), Verdict.GONE)
    since = at if last is None or last.since is None else last.since
    up = at - since >= _minutes(rule.hold_min) or (last is not None and last.up)
    level = Level(at, value, rank, since, up)
    if not up:
        return Weighed(level)
    raised = _raised_level(rule, level)
    if last is not None and last.up and rank <= was:
        return replace(raised, verdict=Verdict.HOLDS)
    return raised


def settles(rule: Threshold, value: float) -> bool:
    """Return whether a value says where it stands, whatever was read before it.

    Between a line and its way back it does not; nor, beyond a line, where it has to
    last.
    """
    rank = _beyond(rule, value, 0.0)
    if rank and rule.hold_min:
        return False
    return rank == _beyond(rule, value, rule.back)


def _raised_level(rule: Threshold, level: Level) -> Weighed:
    line = rule.lines[level.rank - 1]
    text = f"{level.value:g} {'<' if rule.falls else '>'} {line.at:g} {rule.unit}"
    return Weighed(level, Verdict.RAISED, text.rstrip(), line.severity)


def _beyond(rule: Threshold, value: float, back: float) -> int:
    """Return how many lines a value is beyond, give or take what it must come back."""
    if rule.falls:
        return sum(value < line.at + back + _EXACT for line in rule.lines)
    return sum(value > line.at - back - _EXACT for line in rule.lines)


def _trend(rule: Rate, trend: Trend, value: float, at: datetime) -> Weighed:
    points = trend.points
    if not points or at > points[-1][0]:
        points = (*points, (at, value))
    else:
        points = tuple(sorted({*points, (at, value)}))
    oldest = points[-1][0] - _minutes(rule.within_min)
    first = next(i for i, (when, _) in enumerate(points) if when >= oldest)
    kept = points[max(first, len(points) - _MOST_POINTS) :]
    values = [each for _, each in kept]
    rise = values[-1] - (min(values) if rule.rise > 0 else max(values))
    up = rise * (1 if rule.rise > 0 else -1) > abs(rule.rise) - _EXACT
    if not up:
        return Weighed(Trend(kept), Verdict.GONE)
    text = f"{rise:+.2f} {rule.unit} / {rule.within_min:g} min"
    verdict = Verdict.HOLDS if trend.up else Verdict.RAISED
    return Weighed(Trend(kept, up=True), verdict, text)


# -- what was not seen ------------------------------------------------------------


def _seen(
    rule: Silence | Schedule, seen: Seen | None, read: Read, zone: tzinfo
) -> Weighed:
    if seen is None:  # nobody can be missed before anything was heard
        seen = Seen(read.at, read.at)
    said, counted = _said(rule.any_of, seen.said, read)
    seen = replace(seen, heard=max(seen.heard, read.at), said=said)
    judged, before = seen.judged, seen.last
    if not counted:
        return Weighed(seen)
    seen = replace(seen, last=max(before, read.at))
    if judged is None:
        return Weighed(seen)
    if isinstance(rule, Silence):
        if read.at <= before:
            return Weighed(seen)
        return Weighed(replace(seen, judged=None), Verdict.GONE)
    is_over = read.at >= _begins(rule, judged, zone)
    return Weighed(seen, Verdict.GONE if is_over else Verdict.NOTHING)


def _judged(rule: Schedule, seen: Seen, now: datetime, zone: tzinfo) -> Weighed:
    """Say of the newest stretch that is over whether somebody was seen in it.

    What has said nothing for days is missing itself: it is no word about people.
    """
    ends = _ends(rule, now - _minutes(rule.grace_min), zone, forward=False)
    state = replace(seen, judged=ends)
    if seen.last >= _begins(rule, ends, zone):
        return Weighed(state)
    if ends - seen.heard > look_back(rule):
        return Weighed(state)
    text = f"{rule.since}-{rule.until}, {_local(seen.last, zone)}"
    return Weighed(state, Verdict.RAISED, text)


def _ends(rule: Schedule, at: datetime, zone: tzinfo, *, forward: bool) -> datetime:
    """Return the next end of its stretch after a time, or the last one up to it."""
    day = at.astimezone(zone).date()
    step = timedelta(days=1 if forward else -1)
    for _ in range(9):
        ends = datetime.combine(day, clock_time(rule.until), tzinfo=zone)
        fits = not rule.days or day.isoweekday() in rule.days
        if fits and (ends > at if forward else ends <= at):
            return ends.astimezone(UTC)
        day += step
    raise AssertionError("a week has every day")


def _begins(rule: Schedule, ends: datetime, zone: tzinfo) -> datetime:
    local = ends.astimezone(zone)
    begins = datetime.combine(local.date(), clock_time(rule.since), tzinfo=zone)
    if begins >= local:
        begins -= timedelta(days=1)
    return begins.astimezone(UTC)


# -- what came together -----------------------------------------------------------


def _combined(rule: Combination, known: Sightings, read: Read) -> Weighed:
    said, counted = _said(terms_of(rule), known.said, read)
    known = replace(known, said=said)
    if not counted:
        return Weighed(known)
    within = timedelta(seconds=rule.within_s)
    new = {Sighting(read.at, read.device_id, index) for index in counted}
    seen = known.seen
    if not seen or read.at > seen[-1].at:
        seen = (*seen, *sorted(new))
    else:
        seen = tuple(sorted({*seen, *new}))
    oldest = seen[-1].at - span(rule)
    seen = _newest_of_each(each for each in reversed(seen) if each.at >= oldest)
    # Before that, what would speak against it may be forgotten already.
    whole = oldest + 2 * within
    state, raised_at = replace(known, seen=seen), known.raised_at
    # What is said now makes nothing hold but what comes soon after it.
    hit = _newest_hit(rule, seen, max(read.at, whole), read.at + within)
    if hit is not None and (raised_at is None or hit > raised_at):
        state = replace(state, raised_at=hit, over=False)
        return Weighed(state, Verdict.RAISED, _together(rule))
    if raised_at is None or known.over:
        return Weighed(state)
    if (
        max(whole, raised_at - 2 * within) <= read.at <= raised_at
        and not _holds(rule, seen, raised_at)
        and _newest_hit(rule, seen, whole, raised_at) is None
    ):  # who may be there has come late
        return Weighed(replace(state, raised_at=None), Verdict.GONE)
    if seen[-1].at > raised_at + within:
        return Weighed(replace(state, over=True), Verdict.GONE)
    return Weighed(state)


def _newest_of_each(newest_first: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Return the newest sightings of each device and term, oldest first."""
    count: Counter[tuple[str, int]] = Counter()
    kept: list[Sighting] = []
    for each in newest_first:
        count[each.device_id, each.term] += 1
        if count[each.device_id, each.term] <= _MOST_SIGHTINGS:
            kept.append(each)
    return tuple(reversed(kept))


def _newest_hit(
    rule: Combination, seen: tuple[Sighting, ...], since: datetime, until: datetime
) -> datetime | None:
    """Return when it last came together in a time, or None where it did not."""
    for each in reversed(_between(seen, since, until)):
        if each.term < len(rule.all_of) and _holds(rule, seen, each.at):
            return each.at
    return None


def _holds(rule: Combination, seen: tuple[Sighting, ...], at: datetime) -> bool:
    within = timedelta(seconds=rule.within_s)
    near = _between(seen, at - within, at)
    begun = at
    for index, term in enumerate(rule.all_of):
        of_term = [each for each in near if each.term == index]
        if len({each.device_id for each in of_term}) < term.devices:
            return False
        begun = min(begun, of_term[0].at)
    before = _between(seen, begun - within, at)
    return not any(each.term >= len(rule.all_of) for each in before)


def _between(
    seen: tuple[Sighting, ...], since: datetime, until: datetime
) -> tuple[Sighting, ...]:
    """Return the sightings of a time, its first and last moment too."""
    first = bisect_left(seen, since, key=lambda each: each.at)
    return seen[first : bisect_right(seen, until, key=lambda each: each.at)]


def _together(rule: Combination) -> str:
    text = " + ".join(term.value for term in rule.all_of)
    without = "".join(f" - {term.value}" for term in rule.none_of)
    return f"{text}{without} / {rule.within_s:g} s"


# -- small things -----------------------------------------------------------------


def _said(
    terms: tuple[Term, ...], known: Said, read: Read
) -> tuple[Said, tuple[int, ...]]:
    """Return what is known of the terms that turn, and which terms a reading counts for.

    One that turns counts where its device had said before that it is not so; one that
    was said earlier and comes late, where it is not so now.
    """
    said, counted = known, []
    for index, term in enumerate(terms):
        if read.kind not in term.kinds or term.value not in read.values:
            continue
        is_so = read.says(term)
        if term.turns:
            key = (read.device_id, index)
            at, was = known.get(key, (read.at, False))
            if read.at >= at:
                said = {**said, key: (read.at, is_so)}
            is_so = is_so and not was
        if is_so:
            counted.append(index)
    return said, tuple(counted)


def _minutes(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def _local(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%m-%d %H:%M}"
