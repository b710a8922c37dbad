"""A town's rules over readings in words: a line of the table, its figures to alter."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch.importing_columns import chinese_value
from dispatch.rule_changes import Trial
from dispatch.rules import (
    GRID,
    HOUSEHOLD,
    AnyRule,
    Combination,
    Line,
    LowUse,
    Measured,
    Rate,
    Silence,
    Threshold,
    clock_time,
    kinds_of,
)
from dispatch.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing of a rule that a town may alter, as a line of text.

    Attributes:
        field: The rule's field.
        label: What it is called; to be translated.
        read: Its value from what was typed; raises `ValueError`.
        write: The other way round.
    """

    field: str
    label: object
    read: Callable[[str], Any]
    write: Callable[[Any], str]


def _number(text: str) -> float:
    return float(text.strip())


def _lines(text: str) -> tuple[Line, ...]:
    found = []
    for part in text.replace(",", " ").replace("，", " ").split():
        at, _, severity = part.partition("/")
        found.append(Line(at=float(at), severity=int(severity or 0)))
    return tuple(found)


def _written_lines(lines: tuple[Line, ...]) -> str:
    return "  ".join(
        f"{each.at:g}/{each.severity}" if each.severity else f"{each.at:g}"
        for each in lines
    )


def _days(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.replace(",", " ").split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace("，", " ").replace(",", " ").split())


def _severity(text: str) -> int:
    return int(text.strip() or 0)


def _hour(text: str) -> str:
    return clock_time(text.strip()).strftime("%H:%M")


def _off(text: str) -> bool:
    return bool(int(text.strip() or 1))


OFF: Final = "off"  # the one that is yes or no
_PLAIN: Final[tuple[Callable[[str], Any], Callable[[Any], str]]] = (str.strip, str)
_FLOAT: Final[tuple[Callable[[str], Any], Callable[[Any], str]]] = (
    _number,
    lambda value: f"{value:g}",
)
# In the order in which they are asked.
FIGURES: Final = (
    Figure("line", QT_TRANSLATE_NOOP("Rules", "Line"), *_FLOAT),
    Figure(
        "lines",
        QT_TRANSLATE_NOOP(
            "Rules", "Lines, as 10/2: figure and severity, mildest first"
        ),
        _lines,
        _written_lines,
    ),
    Figure("back", QT_TRANSLATE_NOOP("Rules", "Over once it is back by"), *_FLOAT),
    Figure("hold_min", QT_TRANSLATE_NOOP("Rules", "Has to last, minutes"), *_FLOAT),
    Figure("rise", QT_TRANSLATE_NOOP("Rules", "Rise; below zero: fall"), *_FLOAT),
    Figure("within_min", QT_TRANSLATE_NOOP("Rules", "Within, minutes"), *_FLOAT),
    Figure("within_s", QT_TRANSLATE_NOOP("Rules", "Within, seconds"), *_FLOAT),
    Figure("since", QT_TRANSLATE_NOOP("Rules", "From, such as 05:00"), _hour, str),
    Figure("until", QT_TRANSLATE_NOOP("Rules", "Until, such as 10:00"), _hour, str),
    Figure(
        "days",
        QT_TRANSLATE_NOOP("Rules", "Days, 1 is Monday; none: every day"),
        _days,
        lambda days: " ".join(str(each) for each in days),
    ),
    Figure("grace_min", QT_TRANSLATE_NOOP("Rules", "Grace, minutes"), *_FLOAT),
    Figure(
        "severity",
        QT_TRANSLATE_NOOP("Rules", "Severity 1 to 4; 0: as its kind"),
        _severity,
        str,
    ),
    Figure(
        "grid", QT_TRANSLATE_NOOP("Rules", "Grid code begins with; none: all"), *_PLAIN
    ),
    Figure(
        "hazards",
        QT_TRANSLATE_NOOP("Rules", "Only homes registered as; none: all"),
        _words,
        " ".join,
    ),
    Figure(
        OFF,
        QT_TRANSLATE_NOOP("Rules", "In force"),
        _off,
        lambda off: str(int(off)),
    ),
)


_MEASURED: Final = frozenset({"line", "lines", "back", "rise"})


def figures_of(rule: AnyRule) -> tuple[Figure, ...]:
    """Return what of a rule may be altered."""
    held = {field.name for field in fields(rule)}
    return tuple(each for each in FIGURES if each.field in held)


def typed_rule(rule: AnyRule, typed: dict[str, str]) -> AnyRule:
    """Return a rule with what was typed for its figures.

    Raises:
        ValueError: A line is no figure; the argument is its label, translated.
    """
    values: dict[str, Any] = {}
    for figure in figures_of(rule):
        try:
            values[figure.field] = figure.read(typed[figure.field])
        except ValueError:
            raise ValueError(label(figure)) from None
    return replace(rule, **values)


def label(figure: Figure, rule: AnyRule | None = None) -> str:
    """Return what a figure is called, with its unit where a rule says one."""
    unit = rule.unit if figure.field in _MEASURED and isinstance(rule, Measured) else ""
    return f"{_say(figure.label)} {unit}".rstrip()


def name(rule: AnyRule) -> str:
    """Return what a rule is called."""
    return rule.name_zh if words.is_chinese() else rule.name_en


def looks_for(rule: AnyRule) -> str:
    """Return when a rule holds, in short."""
    match rule:
        case LowUse():
            text = _say(QT_TRANSLATE_NOOP("Rules", "less than {line} in {time}"))
            line = f"{rule.line:g} {rule.unit}"
            return text.format(line=line, time=_time(rule.within_min))
        case Threshold():
            sign = "<" if rule.falls else ">"
            lines = " · ".join(f"{sign} {each.at:g} {rule.unit}" for each in rule.lines)
            if not rule.hold_min:
                return lines
            text = _say(QT_TRANSLATE_NOOP("Rules", "{lines} for {time}"))
            return text.format(lines=lines, time=_time(rule.hold_min))
        case Rate():
            text = _say(QT_TRANSLATE_NOOP("Rules", "{rise} in {time}"))
            rise = f"{rule.rise:+g} {rule.unit}"
            return text.format(rise=rise, time=_time(rule.within_min))
        case Silence():
            text = _say(QT_TRANSLATE_NOOP("Rules", "nothing for {time}"))
            return text.format(time=_time(rule.within_min))
        case Combination():
            text = _say(QT_TRANSLATE_NOOP("Rules", "together within {s} s"))
            if rule.none_of:
                text = _say(
                    QT_TRANSLATE_NOOP("Rules", "together within {s} s, and no {no}")
                )
            no = ", ".join(kind(k) for term in rule.none_of for k in term.kinds)
            return text.format(s=f"{rule.within_s:g}", no=no)
        case _:
            text = _say(QT_TRANSLATE_NOOP("Rules", "not between {since} and {until}"))
            return text.format(since=rule.since, until=rule.until)


def whom(rule: AnyRule) -> str:
    """Return at what and where a rule looks."""
    parts = [" + ".join(kind(each) for each in kinds_of(rule))]
    if rule.scope == HOUSEHOLD:
        parts.append(_say(QT_TRANSLATE_NOOP("Rules", "by home")))
    elif rule.scope == GRID:
        parts.append(_say(QT_TRANSLATE_NOOP("Rules", "by grid")))
    parts += rule.hazards
    if rule.grid:
        parts.append(rule.grid)
    return " · ".join(parts)


def means(taxonomy: Taxonomy, rule: AnyRule) -> str:
    """Return what a rule's alarm is, and how grave."""
    found = taxonomy.find(rule.category)
    usual = 0 if found is None else found.severity
    lines = rule.lines if isinstance(rule, Threshold) else ()
    grave = [each.severity or rule.severity or usual for each in lines] or [
        rule.severity or usual
    ]
    called = words.category(taxonomy, rule.category) if found else rule.category
    levels = "/".join(dict.fromkeys(f"P{each}" for each in grave if each))
    return f"{called} {levels}".strip()


def kind(word: str) -> str:
    """Return what a kind of device is called."""
    if words.is_chinese():
        return chinese_value("devices", "kind", word)
    return word.replace("_", " ")


def trial_lines(rule: AnyRule, trial: Trial, *, days: int) -> list[str]:
    """Return what a trial came to."""
    if not trial.subjects:
        none = _say(
            QT_TRANSLATE_NOOP(
                "Rules",
                "Nothing there is looked at: no device of these kinds hangs there, or no"
                " home is registered so.",
            )
        )
        return [none]
    if not trial.alarms:
        first = _say(
            QT_TRANSLATE_NOOP(
                "Rules", "In the last {days} days it would not have alarmed."
            )
        ).format(days=days)
    else:
        (most, times), *_rest = trial.named
        where = (
            QT_TRANSLATE_NOOP(
                "Rules",
                "In the last {days} days it would have alarmed {n} times, {times} of"
                " them at one device: {name}.",
            )
            if isinstance(rule, Measured)
            else QT_TRANSLATE_NOOP(
                "Rules",
                "In the last {days} days it would have alarmed {n} times, {times} of"
                " them at one place: {name}.",
            )
        )
        first = _say(where).format(days=days, n=trial.alarms, times=times, name=most)
    read = QT_TRANSLATE_NOOP(
        "Rules", "{spoken} of {n} looked at have readings, {readings} in all."
    )
    seen = _say(read).format(
        spoken=trial.spoken, n=trial.subjects, readings=trial.readings
    )
    told = QT_TRANSLATE_NOOP("Rules", "At work it has alarmed {n} times.")
    lines = [first, f"{seen} {_say(told).format(n=trial.told)}"]
    if trial.standing:
        still = QT_TRANSLATE_NOOP("Rules", "{n} of them would still hold.")
        lines[0] += " " + _say(still).format(n=trial.standing)
    if len(trial.named) > 1:
        lines.append(" · ".join(f"{each} ×{n}" for each, n in trial.named[1:]))
    return lines


def _time(minutes: float) -> str:
    if minutes >= 60:
        text = QT_TRANSLATE_NOOP("Rules", "{n} h")
        return _say(text).format(n=f"{minutes / 60:g}")
    return _say(QT_TRANSLATE_NOOP("Rules", "{n} min")).format(n=f"{minutes:g}")


def _say(text: object) -> str:
    return QCoreApplication.translate("Rules", str(text))
