"""How an alarm is latched on its case, and let go: of a device, or of a rule over it.

An alarm is one of its device, its category and its source: a rule that looks at a gas
detector's readings neither restores what the detector itself has seen, nor the other
way round. All of them are counted on one case, but for devices that look at many things.
"""

from dataclasses import replace
from datetime import datetime

from dispatch.alarms import Alarm
from dispatch.cases import Case, PhotoRef, Step
from dispatch.commands import RaiseAlarm, RestoreAlarm
from dispatch.devices import APART, Device
from dispatch.handling import DOUBT_OUTSIDE, Means, believable, doubts, open_case
from dispatch.handling_field import keep_photo
from dispatch.joining import RAISED, own_severity
from dispatch.people import Actor
from dispatch.shelving import GRAVE, ended, holds
from dispatch.work import UnitOfWork

DEVICE_CHANNEL = "device"


def latch(
    work: UnitOfWork, device: Device, command: RaiseAlarm, means: Means
) -> int | None:
    """Open an alarm and its case, or count it on those that are open.

    What comes again is counted; what comes again more gravely is news besides: its
    alarm waits to be acknowledged anew, and its case is as grave as that.

    Returns:
        The case.
    """
    at, doubt = believable(command.at, command.received_at)
    camera = work.find("camera", command.camera_id)
    if camera is not None and not (camera.unit_id or camera.sealed or camera.retired):
        device = replace(
            device,
            place_name=camera.name,
            point=camera.point,
            grid_code=camera.grid_code,
        )
    point = device.point
    if command.point is not None:
        if not work.in_town(command.point, home=device.point):
            doubt = doubts(doubt, DOUBT_OUTSIDE)
        elif device.unit_id:
            point = command.point  # a terminal is where it says, not where it hangs
    category = means.taxonomy.category(command.category)
    severity = command.severity or category.severity
    akin = [
        alarm
        for alarm in work.alarms_of(device.device_id, command.category)
        if alarm.drill == command.drill and alarm.test == command.test
    ]
    held = [alarm for alarm in akin if alarm.source == command.source]
    if device.kind in APART:
        akin = held
    latest = held[-1] if held else None
    own = _open_case_of(work, latest)
    case = own or _case_of(work, akin) or _shelved_case(work, device, command)
    again = (
        latest if own is not None and latest is not None and latest.is_open else None
    )
    if latest is not None and latest.active and again is None:
        # Its case was closed while the condition held: the new alarm carries it on.
        work.keep_alarm(latest.restored(at))
    if case is not None:
        count = 1 if again is None else again.count + 1
        graver = severity < min((alarm.severity for alarm in akin), default=severity)
        if case.course.shelved is not None and (graver or severity <= GRAVE):
            case = work.keep_step(ended(case, command.actor, work.at))
            announce_again(work, case)
        shelved = holds(case, device.device_id, command.category, work.at)
        quiet = shelved or (
            again is not None and not (graver or again.is_news(at, count=count))
        )
        text = _counted(command.text, count)
        step = case.alarmed(command.actor, work.at, text=text, doubt=doubt, quiet=quiet)
        shown = tuple(
            replace(line, photos=_photos(work, command)) for line in step.entries
        )
        case = work.keep_step(Step(step.case, shown))
        if graver and severity < own_severity(case):
            case = work.keep_step(_raised(case, severity, command.actor, work.at))
        if again is not None:
            work.keep_alarm(again.repeated(at, doubt=doubt, severity=severity))
            return case.case_id
    if case is None:
        case = open_case(
            work,
            command.actor,
            action="alarm",
            category=replace(category, severity=severity),
            place_name=device.place_name,
            point=point,
            grid_code=device.grid_code if point is device.point else "",
            channel=DEVICE_CHANNEL,
            details=command.text,
            signal_at=at,
            received_at=command.received_at,
            doubt=doubt,
            drill=command.drill or command.test,
            alarm_count=1,
            photos=_photos(work, command),
        )
    alarm = Alarm(
        alarm_id=work.next_number("alarm"),
        device_id=device.device_id,
        category=command.category,
        severity=severity,
        place_name=device.place_name,
        point=point,
        first_at=at,
        last_at=at,
        case_id=case.case_id,
        doubt=doubt,
        drill=command.drill,
        test=command.test,
        source=command.source,
    )
    on_shelf = case.course.shelved
    if on_shelf is not None and holds(
        case, device.device_id, command.category, work.at
    ):
        alarm = alarm.acknowledged(on_shelf.by, work.at)  # seen before, all of them
    work.keep_alarm(alarm)
    return case.case_id


def let_go(work: UnitOfWork, command: RestoreAlarm, *, text: str = "") -> None:
    """Note that a condition has gone; what nobody acknowledged stays latched.

    Args:
        work: What it is part of.
        command: What has gone.
        text: Why, where it is not simply so; then the log always has it.
    """
    at, _ = believable(command.at, command.received_at)
    for alarm in work.alarms_of(command.device_id, command.category):
        if not alarm.active or alarm.source != command.source:
            continue
        work.keep_alarm(alarm.restored(at))
        case = _open_case_of(work, alarm)
        if case is None:
            continue
        shelved = holds(case, command.device_id, command.category, work.at)
        if text or (not shelved and alarm.is_news(at, count=alarm.count)):
            said = text or _counted("", alarm.count)
            work.keep_step(case.restored(command.actor, work.at, text=said))


def _raised(case: Case, severity: int, by: Actor, at: datetime) -> Step:
    """Return a case that is graver by itself than it was; what was joined stays."""
    now = min(case.severity, severity)
    course = replace(case.course, own_severity=severity if severity != now else 0)
    text = f"{case.severity} → {now}"
    entries = (case.entry(RAISED, by, at, text=text),) if now != case.severity else ()
    return Step(replace(case, course=course, severity=now), entries)


def announce_again(work: UnitOfWork, case: Case) -> None:
    """Have what still holds of a case heard again: its shelving is over."""
    for alarm in work.alarms_on(case.case_id):
        work.keep_alarm(alarm.announced())


def _shelved_case(work: UnitOfWork, device: Device, command: RaiseAlarm) -> Case | None:
    """Return the case on which such alarms are shelved, though none is latched now."""
    about = (device.device_id, command.category, work.at)
    drill = command.drill or command.test
    for case in work.working.things["case"].values():
        if case.course.shelved is not None and holds(case, *about):
            found: Case = case
            return found if found.drill == drill else None
    return None


def _case_of(work: UnitOfWork, akin: list[Alarm]) -> Case | None:
    """Return the open case of another alarm of the device and category."""
    found = (_open_case_of(work, alarm) for alarm in reversed(akin))
    return next((case for case in found if case is not None), None)


def _photos(work: UnitOfWork, command: RaiseAlarm) -> tuple[PhotoRef, ...]:
    return tuple(keep_photo(work, photo) for photo in command.photos)


def _counted(text: str, count: int) -> str:
    """Return a report's words with its number, from the third on."""
    return text if count < 3 else f"×{count} {text}".rstrip()


def _open_case_of(work: UnitOfWork, alarm: Alarm | None) -> Case | None:
    if alarm is None or alarm.case_id is None:
        return None
    case = work.case(alarm.case_id)
    while case.course.merged_into is not None:
        # What was joined to another is counted on that one.
        case = work.case(case.course.merged_into)
    return case if case.state.is_open else None
