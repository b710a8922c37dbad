"""What is said of a flood of alarms: of its rows, of its figures, of noisy devices."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch import flood
from dispatch.flood import Load, Noise
from dispatch.queueing import LaneRow

if TYPE_CHECKING:
    from console.desk import Desk

CAUSES_NAMED = 2


def title(desk: "Desk", row: LaneRow) -> str:
    """Return where the cases of a folded row are, or what they have in common."""
    heap = row.heap
    if heap is None:
        return row.department
    causes = [words.category(desk.actions.taxonomy, code) for code in heap.causes]
    if heap.level == flood.BUILDING:
        return heap.about
    if heap.level == flood.SHELVED:
        device = desk.board.devices.get(heap.about)
        return heap.about if device is None else device.name
    grid = desk.board.grids.get(heap.about)
    return causes[0] if grid is None else f"{grid.name} · {causes[0]}"


def about(desk: "Desk", row: LaneRow) -> str:
    """Return how old the newest of a folded row is, and why it is folded."""
    heap = row.heap
    if heap is None:
        return ""
    parts = []
    if heap.drill:
        parts.append(_said(QT_TRANSLATE_NOOP("Flood", "DRILL")))
    if heap.level == flood.SHELVED:
        until = desk.flooding.shelved_until(heap.about)
        if until is not None:
            time = words.clock_time(until, now=desk.clock(), zone=desk.zone)
            parts.append(
                _said(QT_TRANSLATE_NOOP("Flood", "Shelved until {time}")).format(
                    time=time
                )
            )
    elif heap.level == flood.BUILDING:
        named = [words.category(desk.actions.taxonomy, each) for each in heap.causes]
        parts.append(" ".join(named[:CAUSES_NAMED]))
        if len(named) > CAUSES_NAMED:
            parts[-1] += " …"
    age = words.span(desk.clock() - heap.newest)
    parts.append(_said(QT_TRANSLATE_NOOP("Flood", "newest {span}")).format(span=age))
    return " · ".join(parts)


def folded(desk: "Desk") -> str:
    """Return how many alarms are folded into how many rows, or nothing."""
    flooding = desk.flooding
    if not flooding.on:
        return ""
    if flooding.unfolded:
        return _said(QT_TRANSLATE_NOOP("Flood", "Flood · unfolded"))
    if not flooding.inside:
        return _said(QT_TRANSLATE_NOOP("Flood", "Flood"))
    said = _said(QT_TRANSLATE_NOOP("Flood", "Flood · {n} folded into {rows}"))
    return said.format(n=flooding.inside, rows=flooding.heaps)


def figures(load: Load) -> list[str]:
    """Return what a seat was given against the figures for an operator."""
    now = _said(
        QT_TRANSLATE_NOOP(
            "Flood", "In the last 10 min {n} alarms · at most {most} in the long run"
        )
    )
    if flood.is_flood(load.now):
        now = _said(
            QT_TRANSLATE_NOOP(
                "Flood", "In the last 10 min {n} alarms · over {flood} is a flood"
            )
        )
    elif load.now <= flood.CALM:
        now = _said(
            QT_TRANSLATE_NOOP(
                "Flood", "In the last 10 min {n} alarms · {calm} is what one can answer"
            )
        )
    day = _said(
        QT_TRANSLATE_NOOP(
            "Flood", "In 24 h {n} alarms · {calm} are acceptable, {most} the most"
        )
    )
    worst = _said(
        QT_TRANSLATE_NOOP(
            "Flood",
            "Most in 10 min: {n} · in flood {part} % of the time, under 1 % is good",
        )
    )
    stand = _said(
        QT_TRANSLATE_NOOP(
            "Flood", "Acknowledged and still active: {n} · there should be few"
        )
    )
    return [
        now.format(n=load.now, calm=flood.CALM, most=flood.MOST, flood=flood.FLOOD),
        day.format(n=load.day, calm=flood.DAY_CALM, most=flood.DAY_MOST),
        worst.format(n=load.worst, part=f"{load.floods:.1f}"),
        stand.format(n=load.standing),
    ]


def noise(desk: "Desk", each: Noise) -> tuple[str, str]:
    """Return of a device what it is and how much it said; since when, what to do."""
    device = desk.board.devices.get(each.device_id)
    name = each.device_id if device is None else device.name
    kind = words.category(desk.actions.taxonomy, each.category)
    said = _said(QT_TRANSLATE_NOOP("Flood", "{n} reports, {part} %"))
    count = said.format(n=each.reports, part=round(each.percent))
    now, zone = desk.clock(), desk.zone
    since = words.clock_time(each.since, now=now, zone=zone)
    said, time = "", words.clock_time(now + flood.SHELVED_FOR, now=now, zone=zone)
    until = desk.flooding.shelved_until(each.device_id)
    if until is not None:
        time = words.clock_time(until, now=now, zone=zone)
        said = _said(QT_TRANSLATE_NOOP("Flood", "Shelved until {time}"))
    elif each.proposal == "shelve":
        said = _said(QT_TRANSLATE_NOOP("Flood", "proposed: shelve until {time} (S)"))
    elif each.proposal == "repair":
        said = _said(QT_TRANSLATE_NOOP("Flood", "proposed: have it repaired (M)"))
    parts = [said.format(time=time)] if said else []
    parts += [
        _said(QT_TRANSLATE_NOOP("Flood", "since {time}")).format(time=since),
        kind,
    ]
    place = "" if each.place_name in name else f" {each.place_name}"
    return f"{count} · {name}{place}", " · ".join(parts)


def _said(text: object) -> str:
    return QCoreApplication.translate("Flood", str(text))
