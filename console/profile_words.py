"""The profile a town goes by, in words: whose rules, and their main figures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch.course import Limit
from dispatch.taxonomy import GRID_LEADER, Rules, Taxonomy

if TYPE_CHECKING:
    from console.desk import Desk

# The trade's units of time: 紧急工作时, 工作时, 工作日, 自然日.
UNITS = {
    "urgent_hour": QT_TRANSLATE_NOOP("Profile", "{n} urgent working hours"),
    "work_hour": QT_TRANSLATE_NOOP("Profile", "{n} working hours"),
    "work_day": QT_TRANSLATE_NOOP("Profile", "{n} working days"),
    "natural_day": QT_TRANSLATE_NOOP("Profile", "{n} calendar days"),
}
ONE = {
    "urgent_hour": QT_TRANSLATE_NOOP("Profile", "{n} urgent working hour"),
    "work_hour": QT_TRANSLATE_NOOP("Profile", "{n} working hour"),
    "work_day": QT_TRANSLATE_NOOP("Profile", "{n} working day"),
    "natural_day": QT_TRANSLATE_NOOP("Profile", "{n} calendar day"),
}
BEFORE = {
    "half": QT_TRANSLATE_NOOP("Profile", "half-time"),
    "four_fifths": QT_TRANSLATE_NOOP("Profile", "four fifths"),
    "day_before": QT_TRANSLATE_NOOP("Profile", "a day before"),
}


def _say(text: object) -> str:
    return QCoreApplication.translate("Profile", str(text))


def limit(value: Limit) -> str:
    """Return a limit in the trade's units: 7自然日."""
    units = ONE if value.value == 1 else UNITS
    return _say(units[value.code]).format(n=f"{value.value:g}")


def title(taxonomy: Taxonomy) -> str:
    """Return whose rules a profile holds."""
    named = taxonomy.title_zh if words.is_chinese() else taxonomy.title_en
    return named or _say(QT_TRANSLATE_NOOP("Profile", "the common base"))


def figures(rules: Rules) -> list[str]:
    """Return what a town's rules come to, a line each."""
    lines = []
    comma = _say(QT_TRANSLATE_NOOP("Profile", ", "))
    if rules.within is not None:
        text = QT_TRANSLATE_NOOP("Profile", "Handled within {limit} at most")
        lines.append(_say(text).format(limit=limit(rules.within)))
    else:
        text = QT_TRANSLATE_NOOP("Profile", "Handled within the limit of its kind")
        lines.append(_say(text))
    if rules.routes:
        leader = _say(QT_TRANSLATE_NOOP("Profile", "the leader of the grid"))
        to = [leader if each.to == GRID_LEADER else each.to for each in rules.routes]
        text = QT_TRANSLATE_NOOP("Profile", "By rule, cases go to: {to}")
        lines.append(_say(text).format(to=comma.join(dict.fromkeys(to))))
    if rules.online is not None:
        text = QT_TRANSLATE_NOOP(
            "Profile",
            "Reported online: answered within {answer}, solved within {solve}, hard ones"
            " within {hard}",
        )
        online = rules.online
        lines.append(
            _say(text).format(
                answer=limit(online.answer),
                solve=limit(online.solve),
                hard=limit(online.hard),
            )
        )
    when = [_say(BEFORE[each]) for each in rules.before]
    if when:
        text = QT_TRANSLATE_NOOP("Profile", "Reminders: {when}")
        lines.append(_say(text).format(when=comma.join(when)))
    if rules.yellow is not None and rules.red is not None:
        text = QT_TRANSLATE_NOOP("Profile", "Yellow {yellow} late, red {red}")
        lines.append(
            _say(text).format(yellow=limit(rules.yellow), red=limit(rules.red))
        )
    text = QT_TRANSLATE_NOOP(
        "Profile",
        "Extended {extensions}×, suspended {suspensions}× {days} days, reopened {hours} h",
    )
    lines.append(
        _say(text).format(
            extensions=rules.extensions,
            suspensions=rules.suspensions,
            days=rules.suspend_days,
            hours=f"{rules.reopen_hours:g}",
        )
    )
    return lines


def profile_lines(desk: "Desk") -> list[str]:
    """Return which profile the town goes by, since when, and its main figures."""
    use, taxonomy = desk.board.profile, desk.actions.taxonomy
    text = QT_TRANSLATE_NOOP("Profile", "Rules of the town: {title}")
    said = _say(text).format(title=title(taxonomy))
    if use.at is not None:
        text = QT_TRANSLATE_NOOP("Profile", "{title}, since {at}, chosen by {who}")
        at = words.clock_time(use.at, now=desk.clock(), zone=desk.zone)
        said = _say(text).format(title=said, at=at, who=use.actor)
    how = QT_TRANSLATE_NOOP("Profile", "Another is chosen where the service runs.")
    return [said, *figures(taxonomy.rules), _say(how)]
