"""Words: every label of a state, moment, severity, refusal, time and distance.

One place, so that the same thing is called the same everywhere. English here;
Chinese, the default, stands in `resources/translations`.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.log_words import LOG_ACTIONS as LOG_ACTIONS
from console.log_words import STAGES as STAGES
from dispatch.cases import Case, CaseState
from dispatch.commands import Moment
from dispatch.joining import short_number
from dispatch.people import Role
from dispatch.taxonomy import ProcedureStep, StepAnswer, Taxonomy
from dispatch.units import UnitStatus

translate = QCoreApplication.translate

STATES = {
    CaseState.NEW: QT_TRANSLATE_NOOP("State", "To accept"),
    CaseState.VERIFYING: QT_TRANSLATE_NOOP("State", "Verifying"),
    CaseState.ACCEPTED: QT_TRANSLATE_NOOP("State", "To file"),
    CaseState.FILED: QT_TRANSLATE_NOOP("State", "To send"),
    CaseState.DISPATCHED: QT_TRANSLATE_NOOP("State", "Not yet signed"),
    CaseState.RETURNED: QT_TRANSLATE_NOOP("State", "Handed back, to send"),
    CaseState.HANDLING: QT_TRANSLATE_NOOP("State", "Handling"),
    CaseState.EN_ROUTE: QT_TRANSLATE_NOOP("State", "Under way"),
    CaseState.ON_SCENE: QT_TRANSLATE_NOOP("State", "On scene"),
    CaseState.SUSPENDED: QT_TRANSLATE_NOOP("State", "Suspended"),
    CaseState.FEEDBACK: QT_TRANSLATE_NOOP("State", "To check"),
    CaseState.CHECKING: QT_TRANSLATE_NOOP("State", "Checking"),
    CaseState.PENDING_CLOSE: QT_TRANSLATE_NOOP("State", "To close"),
    CaseState.CLOSED: QT_TRANSLATE_NOOP("State", "Closed"),
    CaseState.FORCE_CLOSED: QT_TRANSLATE_NOOP("State", "Closed by force"),
    CaseState.REJECTED: QT_TRANSLATE_NOOP("State", "Not accepted"),
    CaseState.NOT_FILED: QT_TRANSLATE_NOOP("State", "Not filed"),
    CaseState.VOIDED: QT_TRANSLATE_NOOP("State", "Void"),
    CaseState.TRANSFERRED: QT_TRANSLATE_NOOP("State", "Transferred"),
    CaseState.MERGED: QT_TRANSLATE_NOOP("State", "Joined to another"),
}

MOMENTS = {
    Moment.SIGNAL: QT_TRANSLATE_NOOP("Moment", "Signal"),
    Moment.RECEIVED: QT_TRANSLATE_NOOP("Moment", "Received"),
    Moment.ON_SCREEN: QT_TRANSLATE_NOOP("Moment", "On screen"),
    Moment.ACKNOWLEDGED: QT_TRANSLATE_NOOP("Moment", "Seen"),
    Moment.FIRST_PICTURE: QT_TRANSLATE_NOOP("Moment", "Picture"),
    Moment.FILED: QT_TRANSLATE_NOOP("Moment", "Filed"),
    Moment.DISPATCHED: QT_TRANSLATE_NOOP("Moment", "Sent"),
    Moment.SIGNED: QT_TRANSLATE_NOOP("Moment", "Signed"),
    Moment.DEPARTED: QT_TRANSLATE_NOOP("Moment", "Left"),
    Moment.ARRIVED: QT_TRANSLATE_NOOP("Moment", "Arrived"),
    Moment.FINISHED: QT_TRANSLATE_NOOP("Moment", "Reported"),
    Moment.CLOSED: QT_TRANSLATE_NOOP("Moment", "Closed"),
    Moment.OWED: QT_TRANSLATE_NOOP("Moment", "Owed to people"),
    Moment.SETTLED: QT_TRANSLATE_NOOP("Moment", "Nothing owed"),
}

# What is said of a running limit, and when.
REMINDERS = {
    "half": QT_TRANSLATE_NOOP("Reminder", "Half of the limit has gone"),
    "four_fifths": QT_TRANSLATE_NOOP("Reminder", "Four fifths of the limit have gone"),
    "day_before": QT_TRANSLATE_NOOP("Reminder", "A day is left"),
    "due": QT_TRANSLATE_NOOP("Reminder", "The limit has run out"),
    "unsigned": QT_TRANSLATE_NOOP("Reminder", "Not signed for in time"),
    "yellow": QT_TRANSLATE_NOOP("Reminder", "Yellow card"),
    "red": QT_TRANSLATE_NOOP("Reminder", "Red card"),
}

SEVERITIES = {
    1: QT_TRANSLATE_NOOP("Severity", "Danger to life"),
    2: QT_TRANSLATE_NOOP("Severity", "Urgent"),
    3: QT_TRANSLATE_NOOP("Severity", "Normal"),
    4: QT_TRANSLATE_NOOP("Severity", "Routine"),
}

UNIT_STATES = {
    UnitStatus.FREE: QT_TRANSLATE_NOOP("Unit", "Free"),
    UnitStatus.ASSIGNED: QT_TRANSLATE_NOOP("Unit", "Not yet signed"),
    UnitStatus.EN_ROUTE: QT_TRANSLATE_NOOP("Unit", "Under way"),
    UnitStatus.ON_SCENE: QT_TRANSLATE_NOOP("Unit", "On scene"),
    UnitStatus.OFF_DUTY: QT_TRANSLATE_NOOP("Unit", "Off duty"),
}

CHANNELS = {
    "device": QT_TRANSLATE_NOOP("Channel", "Device alarm"),
    "hotline": QT_TRANSLATE_NOOP("Channel", "Phone"),
    "walk_in": QT_TRANSLATE_NOOP("Channel", "Visit"),
    "grid_worker": QT_TRANSLATE_NOOP("Channel", "Grid"),
    "patrol": QT_TRANSLATE_NOOP("Channel", "Patrol"),
    "wechat": QT_TRANSLATE_NOOP("Channel", "App"),
    "petition": QT_TRANSLATE_NOOP("Channel", "Petition"),
    "video_round": QT_TRANSLATE_NOOP("Channel", "Video"),
    "upper": QT_TRANSLATE_NOOP("Channel", "Upper"),
    "leader": QT_TRANSLATE_NOOP("Channel", "Leader"),
    "camera": QT_TRANSLATE_NOOP("Channel", "Camera alarm"),
}

ROLES = {
    Role.ACCEPTOR: QT_TRANSLATE_NOOP("Role", "Acceptor"),
    Role.DISPATCHER: QT_TRANSLATE_NOOP("Role", "Dispatcher"),
    Role.SHIFT_LEADER: QT_TRANSLATE_NOOP("Role", "Shift leader"),
    Role.HANDLER: QT_TRANSLATE_NOOP("Role", "Handler"),
    Role.COLLECTOR: QT_TRANSLATE_NOOP("Role", "Collector"),
    Role.DEPARTMENT: QT_TRANSLATE_NOOP("Role", "Department"),
    Role.TECHNICIAN: QT_TRANSLATE_NOOP("Role", "Technician"),
    Role.DEVICE: QT_TRANSLATE_NOOP("Role", "Device"),
    Role.SYSTEM: QT_TRANSLATE_NOOP("Role", "Service"),
}


# What a search for places finds besides the register of places.
OTHER_PLACES = {
    "grid": QT_TRANSLATE_NOOP("Place", "Grid"),
    "camera": QT_TRANSLATE_NOOP("Place", "Camera"),
    "device": QT_TRANSLATE_NOOP("Place", "Device"),
}

# How organisations end, and no person's name does. What is not on the list is masked.
ORGANISATION = re.compile(
    "(公司|集团|物业|中心|合作社|银行|(服务|消防|工作|加油|电)站|派出所|大队|中队"
    "|超市|集市|市场|商店|饭店|酒店|宾馆|药店|..厂|学校|小学|中学|幼儿园"
    "|[医卫生法养老敬]{2,}院|医院|村委会?|居委会|社区|委员会|办公室|[值班门卫保安]{2,}室?)$"
)

OUTCOMES = {
    "handled": QT_TRANSLATE_NOOP("Outcome", "Handled"),
    "false_alarm": QT_TRANSLATE_NOOP("Outcome", "False alarm"),
    "not_found": QT_TRANSLATE_NOOP("Outcome", "Nothing found on scene"),
    "test": QT_TRANSLATE_NOOP("Outcome", "Test or drill"),
}

# How a case ended without anybody choosing it from the list.
ENDINGS = {
    "answered": QT_TRANSLATE_NOOP("Outcome", "Answered on the spot"),
    "explained": QT_TRANSLATE_NOOP("Outcome", "Not solvable, explained"),
    "self_handled": QT_TRANSLATE_NOOP("Outcome", "Put right on the spot"),
}

VOID_REASONS = {
    "false_alarm": QT_TRANSLATE_NOOP("Outcome", "False alarm"),
    "test": QT_TRANSLATE_NOOP("Outcome", "Test or drill"),
    "duplicate": QT_TRANSLATE_NOOP("Outcome", "Reported twice"),
    "other": QT_TRANSLATE_NOOP("Outcome", "Another reason"),
}

DOUBTS = {
    "clock": QT_TRANSLATE_NOOP("Doubt", "the sender's clock is wrong"),
    "outside": QT_TRANSLATE_NOOP("Doubt", "the place sent lies outside the town"),
    "holidays": QT_TRANSLATE_NOOP("Doubt", "holidays not announced: by weekends alone"),
}


def state(value: CaseState) -> str:
    """Return a state as it is called on the desk."""
    return translate("State", str(STATES[value]))


def moment(value: Moment) -> str:
    """Return what a clock of a case is called."""
    return translate("Moment", str(MOMENTS[value]))


def log_action(action: str) -> str:
    """Return what a line of a case's log is called."""
    return translate("Log", str(LOG_ACTIONS.get(action, action)))


def stages(text: str) -> str:
    """Return the stages that a line of the log names."""
    return " · ".join(translate("Stage", str(STAGES[each])) for each in text.split())


def reminder(kind: str) -> str:
    """Return what is said of a running limit, after whose; other words stay as such."""
    whose, dot, word = kind.rpartition(" · ")
    if word not in REMINDERS:
        return kind
    return whose + dot + translate("Reminder", str(REMINDERS[word]))


def notice(text: str) -> str:
    """Return a text of `console.notice_words` in the desk's language."""
    return translate("Notice", text)


def severity(value: int) -> str:
    """Return what a severity is called."""
    return translate("Severity", str(SEVERITIES[min(max(value, 1), 4)]))


def unit_status(value: UnitStatus) -> str:
    """Return what a unit is doing."""
    return translate("Unit", str(UNIT_STATES[value]))


def channel(value: str) -> str:
    """Return how a case came in."""
    return translate("Channel", str(CHANNELS.get(value, value)))


def role(value: Role) -> str:
    """Return what a role is called."""
    return translate("Role", str(ROLES[value]))


def is_chinese() -> bool:
    """Return whether the desk speaks Chinese: the translation says so itself."""
    #: Translate as "zh" in Chinese; it chooses between names kept in both languages.
    return translate("words", "en") == "zh"


def outcome(value: str) -> str:
    """Return how a case ended, or why it is void."""
    text = {**OUTCOMES, **ENDINGS, **VOID_REASONS}.get(value, value)
    return translate("Outcome", str(text))


def category(taxonomy: Taxonomy, code: str) -> str:
    """Return what a kind of case is called in the desk's language."""
    found = taxonomy.category(code)
    return found.name_zh if is_chinese() else found.name_en


def procedure_step(step: ProcedureStep) -> str:
    """Return what a step of a procedure is called in the desk's language."""
    return step.name_zh if is_chinese() else step.name_en


def step_answer(answer: StepAnswer) -> str:
    """Return an answer to a step that asks, in the desk's language."""
    return answer.name_zh if is_chinese() else answer.name_en


def step_said(taxonomy: Taxonomy, code: str, text: str) -> str:
    """Return what a log says of a step: its name, its answer or why it is skipped."""
    step_id, _, said = text.partition(" ")
    named = (each for each in taxonomy.steps_of(code) if each.step_id == step_id)
    step = next(named, None)
    name = step_id if step is None else procedure_step(step)
    for answer in () if step is None else step.answers:
        said = step_answer(answer) if said == answer.answer_id else said
    return f"{name} · {said}" if said else name


def other_place(kind: str) -> str:
    """Return what a found place is, where it is none of the register."""
    return translate("Place", str(OTHER_PLACES[kind]))


def key(portable: str) -> str:
    """Return a shortcut as it stands on a key cap."""
    text = portable.replace("Shift+Num++", "Shift +")
    for name, arrow in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        text = text.replace(f"Alt+{name}", f"Alt+{arrow}")
    text = text.replace("PgDown", "PgDn").replace("Return", "⏎").replace("Enter", "⏎")
    text = text.replace("Num++", "+").replace("Num+-", "−").replace("Num+.", ".")
    return text.replace("Num+", "")


def masked(name: str) -> str:
    """Return a person's name as a room may read it: 张*.

    A company, an office or a shop is nobody: its name stands as it is.
    """
    if not name or is_organisation(name):
        return name
    return f"{name[0]}*"


def is_organisation(name: str) -> bool:
    """Return whether a name is that of a company or an office, not of a person."""
    if name.isascii():
        return bool({"ltd", "ltd.", "co.", "inc."} & set(name.lower().split()))
    return ORGANISATION.search(name.strip()) is not None


# -- times and distances ----------------------------------------------------------


def span(length: timedelta) -> str:
    """Return a length of time in its two largest units: 41秒, 12分, 2时10分, 3天2时."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return translate("Time", "{n} s").format(n=seconds)
    minutes = seconds // 60
    if minutes < 60:
        return translate("Time", "{n} min").format(n=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        if minutes == 0:
            return translate("Time", "{h} h").format(h=hours)
        return translate("Time", "{h} h {m} min").format(h=hours, m=minutes)
    days, hours = divmod(hours, 24)
    if hours == 0:
        return translate("Time", "{d} d").format(d=days)
    return translate("Time", "{d} d {h} h").format(d=days, h=hours)


def counting(length: timedelta) -> str:
    """Return a running clock: 00:41, 12:05, 1:02:41."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes:02}:{seconds:02}"


def running(length: timedelta) -> str:
    """Return a time that runs on the screen: 41秒, 10分58秒, 2时05分."""
    seconds = max(0, int(length.total_seconds()))
    return span(length) if seconds < 60 else fine(length)


def fine(length: timedelta) -> str:
    """Return a short measured time: 0.4秒, 12.3秒, 2分05秒."""
    seconds = max(0.0, length.total_seconds())
    if seconds < 60:
        shown = f"{seconds:.2f}" if seconds < 0.1 else f"{seconds:.1f}"
        return translate("Time", "{n} s").format(n=shown)
    if seconds < 3600:
        minutes, rest = divmod(int(seconds), 60)
        return translate("Time", "{m} min {s} s").format(m=minutes, s=f"{rest:02}")
    return span(length)


def clock_time(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return HH:mm today, MM-DD HH:mm on any other day."""
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}"


def seconds_time(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return HH:mm:ss today, MM-DD HH:mm on any other day."""
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M:%S}"
    return f"{local:%m-%d %H:%M}"


def ago(age: timedelta) -> str:
    """Return an age as people say it: 40秒前."""
    return translate("Time", "{span} ago").format(span=span(age))


def left(rest: timedelta) -> str:
    """Return time left or overdue: 剩 2时10分, 超期 3天2时."""
    if rest < timedelta(0):
        return translate("Time", "overdue {span}").format(span=span(-rest))
    return translate("Time", "{span} left").format(span=span(rest))


def left_briefly(rest: timedelta) -> str:
    """Return time left or overdue in its largest unit: 剩 2时, 超期 3天."""
    length = _in_its_largest(abs(rest))
    return left(length if rest >= timedelta(0) else -length)


def length_briefly(length: timedelta) -> str:
    """Return a length in its largest unit, for a box that says what it is: 2时, 3天."""
    return span(_in_its_largest(abs(length)))


def _in_its_largest(length: timedelta) -> timedelta:
    for unit in (timedelta(days=1), timedelta(hours=1)):
        if length >= unit:
            return (length // unit) * unit
    return length


def distance(metres: float) -> str:
    """Return a distance: 180米 under a kilometre, 1.4公里 above."""
    if metres < 995:
        rounded = round(metres) if metres < 100 else round(metres / 10) * 10
        return translate("Distance", "{n} m").format(n=rounded)
    return translate("Distance", "{n} km").format(n=f"{metres / 1000:.1f}")


def case_number(case: Case) -> str:
    """Return the part of a case's number that people say: #0417."""
    return short_number(case.number) if case.number else f"#{case.case_id}"


def doubt(value: str) -> str:
    """Return why something is doubtful."""
    return " · ".join(
        translate("Doubt", str(DOUBTS.get(each, each))) for each in value.split()
    )
