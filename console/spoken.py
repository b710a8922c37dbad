"""What is said aloud of an alarm, and how the trade says its numbers."""

import re
from collections.abc import Sequence

from pypinyin import Style, pinyin
from PySide6.QtCore import QCoreApplication

from console import words
from dispatch.alarms import Alarm
from dispatch.taxonomy import Taxonomy

translate = QCoreApplication.translate

DIGITS = "零一二三四五六七八九"
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# What one voice can say: Chinese with its stops, or whatever else has letters.
PARTS = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff，\s]*|[^\u3400-\u9fff]+")
READINGS = {"幢": "zhuang4", "弄": "long4"}  # as they are said of addresses
# A voice reads signs aloud, and takes some for commands to itself: none reaches it.
SIGNS = re.compile(r"[^\w\s']+|_")
LONGEST = 30  # signs of a place: whoever listens also wants to hear of what kind


def chosen(alarms: Sequence[Alarm]) -> tuple[Alarm, int]:
    """Return the alarm that is said, and how many there are of its kind.

    A true one before any of a drill, then the newest.

    Args:
        alarms: First-rate, unacknowledged, at least one.
    """
    alike = [each for each in alarms if not each.drill] or alarms
    return max(alike, key=lambda each: (each.first_at, each.alarm_id)), len(alike)


def of_alarm(
    alarm: Alarm, count: int, taxonomy: Taxonomy, *, place: str | None = None
) -> str:
    """Return what is said of a first-rate alarm: 一级告警，桃源新邨十二幢三零一，烟感.

    Args:
        alarm: Which one.
        count: How many there are, this one included.
        taxonomy: What its kind is called.
        place: Where it is, as the room may hear it; None: as the alarm says.
    """
    said = {
        "place": said_aloud(shortened(alarm.place_name if place is None else place)),
        "kind": said_aloud(kind_of(words.category(taxonomy, alarm.category))),
    }
    if count == 1:
        #: Read aloud by a voice: no signs in it but stops.
        text = translate("Speech", "Danger to life. {place}. {kind}.")
        return text.format(**said)
    #: Read aloud: {count} alarms, of which this is the newest.
    text = translate("Speech", "Danger to life. {place}. {kind}. {count} in all.")
    return text.format(**said, count=counted(count))


def to_try() -> str:
    """Return what is said when somebody wants to hear how it sounds."""
    return translate("Speech", "Danger to life. This is only to try it.")


def drill() -> str:
    """Return the word that is said before every sound of a drill."""
    return translate("Speech", "Drill")


def is_chinese(text: str) -> bool:
    """Return whether a text wants a voice that reads Chinese."""
    return CHINESE.search(text) is not None


def parts_of(text: str) -> list[str]:
    """Return a text in parts, of which each is for one voice."""
    parts = (part.strip(" ，,.") for part in PARTS.findall(text))
    return [part for part in parts if part]


def pinyin_of(text: str) -> str:
    """Return Chinese by its syllables and tones, stops kept: tao2 yuan2, yan1 gan3.

    A voice has not every character in its dictionary, nor every reading.
    """
    return ", ".join(" ".join(_syllables(part)) for part in CHINESE.findall(text))


def kind_of(name: str) -> str:
    """Return a kind as it is called on the telephone: 烟感, without 报警."""
    short = name.removesuffix("报警")
    return short if len(short) > 1 else name


def shortened(place: str) -> str:
    """Return the beginning of a place's name, no number of it cut in two."""
    if len(place) <= LONGEST:
        return place
    cut = place[:LONGEST]
    if place[LONGEST].isdecimal():
        cut = re.sub(r"\d+$", "", cut)
    return cut


def said_aloud(text: str) -> str:
    """Return a text as a voice is to read it: its numbers in words, no signs.

    Of buildings and rooms three digits and more are said one by one, as 三零一; fewer
    are a number, as 十二.
    """
    if is_chinese(text):
        text = re.sub(r"(?<=\d)[#＃]", "号", text)  # 3#楼
        text, between = re.sub(r"\d+", _in_chinese, text), "，"
    else:
        text, between = re.sub(r"\d+", _in_english, text), ", "
    parts = (" ".join(part.split()) for part in SIGNS.split(text))
    return between.join(part for part in parts if part)


def counted(count: int) -> str:
    """Return a number of alarms in words: 两, 十二."""
    if not words.is_chinese():
        return str(count)
    if count == 2:
        return "两"
    return number(count) if count < 100 else one_by_one(str(count))


def number(value: int) -> str:
    """Return a number under a hundred in Chinese: 十二."""
    tens, ones = divmod(value, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def one_by_one(digits: str) -> str:
    """Return digits one by one in Chinese: 三零一."""
    return "".join(DIGITS[int(each)] for each in digits)


def _syllables(text: str) -> list[str]:
    found = pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return [
        READINGS.get(sign, spelling[0])
        for sign, spelling in zip(text, found, strict=False)
    ]


def _is_spelt(digits: str) -> bool:
    return len(digits) > 2 or (len(digits) == 2 and int(digits[0]) == 0)


def _in_chinese(found: re.Match[str]) -> str:
    digits = found[0]
    return one_by_one(digits) if _is_spelt(digits) else number(int(digits))


def _in_english(found: re.Match[str]) -> str:
    digits = "".join(str(int(each)) for each in found[0])
    return f" {' '.join(digits)} " if _is_spelt(digits) else digits
