"""AI盒: a box that looks at cameras' pictures. Who intrudes is B008, the rest B009.

What it believes to see is an alarm with its picture, of a camera and a label by itself;
people say whether it is so. Each of them has a case of its own (`devices.APART`).
"""

from dataclasses import replace
from typing import Final

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "ai_box"
INTRUSION = "B008"
CATEGORY = "B009"  # of every label that is no intrusion

INTRUSIONS: Final = {
    "intrusion": "入侵",
    "line_crossing": "绊线",
    "loitering": "徘徊",
    "climbing": "翻越",
}
# Labels seen in products, with their words; others are shown as they are.
LABELS: Final = {
    "out_of_shop": "店外经营",
    "street_vendor": "游摊小贩",
    "road_occupied": "占道经营",
    "goods_piled": "乱堆物料",
    "outdoor_ad": "户外广告",
    "banner": "横幅",
    "packed_waste": "打包垃圾",
    "exposed_waste": "暴露垃圾",
    "bin_overflow": "垃圾箱满溢",
    "laundry": "沿街晾晒",
    "umbrella": "违规撑伞",
    "ground_lock": "地桩地锁",
    "green_damaged": "绿化损坏",
    "road_damaged": "道路破损",
    "manhole_odd": "井盖异常",
    "illegal_parking": "违停",
    "crowd": "聚集",
}


def translate(message: common.Heard) -> Command | None:
    """Return the command a box's message means, or None if it has none."""
    match message.body:
        case wire.Detection() as body:
            return _detected(message, body)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None


def _detected(message: common.Heard, body: wire.Detection) -> Command:
    category = INTRUSION if body.label in INTRUSIONS else CATEGORY
    source = f"{body.label}@{body.camera}"[:64]
    if body.ended:
        return replace(common.restore(message, category=category), source=source)
    words = INTRUSIONS.get(body.label) or LABELS.get(body.label, body.label)
    sure = "" if body.confidence is None else f"{body.confidence:.0%}"
    text = " ".join(part for part in (words, body.camera, sure, body.text) if part)
    alarm = common.alarm(
        message, wire.Alarm(text=text, test=body.test), category=category
    )
    return replace(
        alarm,
        source=source,
        camera_id=body.camera,
        photos=common.photos(message, body.photo),
    )
