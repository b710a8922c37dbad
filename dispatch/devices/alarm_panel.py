"""报警主机: an alarm panel with its zones. What it reports are codes of Contact ID.

Each code of each zone is an alarm of its own, so that one zone's end ends no other's.
What is no alarm (somebody arms, bypasses, tests it) is kept among its readings.
"""

from dataclasses import replace
from typing import Final

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "alarm_panel"
CATEGORY = "B008"  # what a panel says in no code, and 1xx that has no other place
FAULT = "B010"

_RESTORES = 3

# Codes of SIA DC-05 with their words, by the category they are of.
CODES: Final = {
    "B001": {
        "110": "火警",
        "111": "烟感",
        "112": "燃烧",
        "113": "水流",
        "114": "温感",
        "115": "手动火警",
        "118": "临近火警",
        "158": "高温",
    },
    "B002": {"151": "燃气泄漏", "162": "一氧化碳"},
    "B003": {
        "100": "医疗求助",
        "101": "个人紧急求助",
        "102": "未按时报到",
        "120": "紧急求助",
        "121": "胁迫",
        "122": "无声求助",
        "123": "有声求助",
    },
    "B005": {"641": "无活动"},
    "B007": {"154": "漏水"},
    "B008": {
        "130": "盗警",
        "131": "周界",
        "132": "室内",
        "133": "24小时防区",
        "134": "出入口",
        "140": "一般报警",
    },
    "B010": {
        "137": "防拆",
        "200": "消防监督",
        "301": "交流断电",
        "302": "电池电压低",
        "309": "电池测试失败",
        "350": "通信故障",
        "354": "通信失败",
        "373": "火警回路故障",
        "380": "探头故障",
        "381": "无线探头失联",
        "383": "探头防拆",
        "384": "无线探头电池低",
    },
}
_OF_CODE = {
    code: (category, words)
    for category, codes in CODES.items()
    for code, words in codes.items()
}


def translate(message: common.Heard) -> Command | None:
    """Return the command a panel's message means, or None if it has none."""
    match message.body:
        case wire.ContactId() as body:
            return _reported(message, body)
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None


def meaning(event: str) -> tuple[str, str] | None:
    """Return the category of a code and its words; None: it is no alarm."""
    known = _OF_CODE.get(event)
    if known is not None:
        return known
    if event[0] == "1":
        return CATEGORY, ""
    return (FAULT, "") if event[0] in "23" else None


def _reported(message: common.Heard, body: wire.ContactId) -> Command:
    known = meaning(body.event)
    if known is None:
        values = {
            "contact_id": float(body.event),
            "qualifier": float(body.qualifier),
            "partition": float(body.partition),
            "zone": float(body.zone),
        }
        return common.sign_of_life(message, wire.Reading(values=values))
    category, words = known
    zone = f"{body.partition:02}-{body.zone:03}"
    source = f"cid-{body.event}-{zone}"
    if body.qualifier == _RESTORES:
        return replace(common.restore(message, category=category), source=source)
    text = " ".join(part for part in (body.event, words, zone, body.text) if part)
    alarm = common.alarm(
        message, wire.Alarm(text=text, test=body.test), category=category
    )
    return replace(alarm, source=source)
