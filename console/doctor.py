"""`lookout doctor`: what is missing or wrong on this machine, and what to do about it.

Works where next to nothing does: each check loads what it needs by itself, the risky
ones in a process of their own, and the words come without Qt.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import east_asian_width

from console.command_words import language_of
from console.own_name import as_called
from console.patience import said_if_long
from console.plain_words import (
    ENGLISH,
    QT_TRANSLATE_NOOP,
    PlainWords,
)
from resources.home import Home


class Level(StrEnum):
    """How a check ended."""

    OK = "ok"
    LOOK = "look"  # works, yet someone should know
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        check: A stable word for what was looked at.
        level: How it ended.
        said: What was found, in English with gaps.
        remedy: What to do about it, in English with gaps; "" where nothing.
        values: What fills the gaps.
    """

    check: str
    level: Level
    said: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def fine(check: str, said: str, **values: object) -> Finding:
    """Return that something is as it should be."""
    return Finding(check=check, level=Level.OK, said=said, values=values)


def look(check: str, said: str, remedy: str, **values: object) -> Finding:
    """Return that something works, yet someone should know."""
    return Finding(
        check=check, level=Level.LOOK, said=said, remedy=remedy, values=values
    )


def wrong(check: str, said: str, remedy: str, **values: object) -> Finding:
    """Return that something does not work."""
    return Finding(
        check=check, level=Level.WRONG, said=said, remedy=remedy, values=values
    )


Check = Callable[[Home], Iterable[Finding]]

LEVELS = {
    Level.OK: QT_TRANSLATE_NOOP("Doctor", "fine"),
    Level.LOOK: QT_TRANSLATE_NOOP("Doctor", "look"),
    Level.WRONG: QT_TRANSLATE_NOOP("Doctor", "wrong"),
}
NAMES = {
    "python": QT_TRANSLATE_NOOP("Doctor", "Python"),
    "libraries": QT_TRANSLATE_NOOP("Doctor", "libraries"),
    "window": QT_TRANSLATE_NOOP("Doctor", "window"),
    "display": QT_TRANSLATE_NOOP("Doctor", "screen"),
    "fonts": QT_TRANSLATE_NOOP("Doctor", "fonts"),
    "decoder": QT_TRANSLATE_NOOP("Doctor", "decoders"),
    "hardware": QT_TRANSLATE_NOOP("Doctor", "hardware"),
    "sound": QT_TRANSLATE_NOOP("Doctor", "sound"),
    "speech": QT_TRANSLATE_NOOP("Doctor", "speech"),
    "clock": QT_TRANSLATE_NOOP("Doctor", "clock"),
    "home": QT_TRANSLATE_NOOP("Doctor", "home"),
    "disk": QT_TRANSLATE_NOOP("Doctor", "disk"),
    "ports": QT_TRANSLATE_NOOP("Doctor", "ports"),
    "key store": QT_TRANSLATE_NOOP("Doctor", "log-ins"),
    "store": QT_TRANSLATE_NOOP("Doctor", "store"),
    "service": QT_TRANSLATE_NOOP("Doctor", "service"),
    "cameras": QT_TRANSLATE_NOOP("Doctor", "cameras"),
    "devices": QT_TRANSLATE_NOOP("Doctor", "devices"),
    "notify": QT_TRANSLATE_NOOP("Doctor", "notices"),
    "gateways": QT_TRANSLATE_NOOP("Doctor", "gateways"),
}
NOT_LOOKED_AT = QT_TRANSLATE_NOOP("Doctor", "not looked at: {library} is missing")
INSTALL = QT_TRANSLATE_NOOP("Doctor", "Install Lookout again: make setup.")
LOOKING = QT_TRANSLATE_NOOP(
    "Doctor", "looking; cameras that do not answer take up to {limit} s…"
)
VERDICT_FINE = QT_TRANSLATE_NOOP("Doctor", "Nothing is wrong.")
VERDICT_LOOK = QT_TRANSLATE_NOOP("Doctor", "Nothing is wrong; to look at: {count}.")
VERDICT_WRONG = QT_TRANSLATE_NOOP("Doctor", "To mend: {count}.")


def run_doctor(home: Home, options: Namespace) -> int:
    """Look at everything, print it, return 0 where nothing is wrong and 1 otherwise."""
    from console import (
        doctor_cameras,
        doctor_gateways,
        doctor_machine,
        doctor_notify,
        doctor_screen,
        doctor_sound,
        doctor_town,
    )

    findings: list[Finding] = []
    rooms = (
        doctor_machine,
        doctor_screen,
        doctor_sound,
        doctor_town,
        doctor_gateways,
        doctor_notify,
        doctor_cameras,
    )
    language = options.language or language_of(home)
    words = PlainWords("Doctor", language, "Command")  # and of cameras' settings
    with said_if_long(words(LOOKING).format(limit=f"{doctor_cameras.LIMIT_S:g}")):
        for name, check in (pair for room in rooms for pair in room.CHECKS):
            findings.extend(examine(name, check, home))
    text = as_json(findings, words) if options.json else as_text(findings, words)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # an old terminal still shows the rest
    sys.stdout.write(f"{text}\n")
    return 1 if any(found.level is Level.WRONG for found in findings) else 0


def examine(name: str, check: Check, home: Home) -> list[Finding]:
    """Return what a check finds; a library that is not there is a finding too."""
    try:
        return list(check(home))
    except ImportError as missing:
        return [wrong(name, NOT_LOOKED_AT, INSTALL, library=missing.name or missing)]


def sentence(text: str, found: Finding, words: PlainWords) -> str:
    """Return a finding's text in the reader's language, its gaps filled."""
    said = words(text).format_map({k: str(v) for k, v in found.values.items()})
    return as_called(text, said)


def as_text(findings: list[Finding], words: PlainWords) -> str:
    """Return the findings for people."""
    lines = []
    for found in findings:
        level = _wide(words(LEVELS[found.level]), 7)
        name = _wide(words(NAMES[found.check]), 11)
        lines.append(f"{level}{name}{sentence(found.said, found, words)}")
        if found.remedy:
            lines.append(f"{'':18}→ {sentence(found.remedy, found, words)}")
    return "\n".join([*lines, _verdict(findings, words)])


def _verdict(findings: list[Finding], words: PlainWords) -> str:
    for level, verdict in (
        (Level.WRONG, VERDICT_WRONG),
        (Level.LOOK, VERDICT_LOOK),
    ):
        count = sum(found.level is level for found in findings)
        if count:
            return words(verdict).format(count=count)
    return words(VERDICT_FINE)


def _wide(text: str, columns: int) -> str:
    """Return a text as wide as a terminal's columns; a Chinese sign takes two."""
    taken = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, columns - taken)


def as_json(findings: list[Finding], words: PlainWords) -> str:
    """Return the findings for programs."""
    rows = [
        {
            "check": found.check,
            "level": found.level.value,
            "said": sentence(found.said, found, words),
            "remedy": sentence(found.remedy, found, words),
            "said_en": sentence(found.said, found, PlainWords("Doctor", ENGLISH)),
        }
        for found in findings
    ]
    return json.dumps(
        {"ok": all(row["level"] != Level.WRONG for row in rows), "findings": rows},
        ensure_ascii=False,
        indent=1,
    )
