"""What a foreign message means in our protocol, by its gateway's template. Pure.

Silence is the worst answer: an alarm is never refused for its time or its place, and a
value that a template does not know is refused aloud instead of taken for none.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from dispatch import wire
from dispatch.book import as_word, at_path, filled
from dispatch.datums import from_gcj
from dispatch.gateways.book import Spot, Template
from dispatch.geo import Point
from dispatch.utc_time import utc

_MILLISECONDS_FROM: Final = 1e11  # as seconds that would be the year 5138
_NAME_LETTERS: Final = 200
_TEXT_LETTERS: Final = 500

Said = wire.Body | wire.BadFrame


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """What a message says of one device.

    Attributes:
        called: What the device is called there.
        told_apart: What tells it apart from the device's other messages, the same each
            time it comes; "": nothing does.
        by_time: Only its time does so: nothing does where the clock is not believed.
        at: The device's own time, or None.
        said: In our protocol, the gravest first; a refusal where it cannot be that.
    """

    called: str
    told_apart: str
    by_time: bool
    at: datetime | None
    said: tuple[Said, ...]


def number_of(told_apart: str, part: int) -> int:
    """Return the number of a part of a message in our protocol, of 62 bits."""
    digest = hashlib.sha256(f"{part}\n{told_apart}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 2 or 1


def decoded(payload: bytes) -> Any:
    """Return what JSON says.

    Raises:
        BadFrame: It is none, or larger than any message.
    """
    if len(payload) > wire.MAX_MESSAGE_BYTES:
        raise wire.BadFrame(
            "oversize", f"{len(payload)} bytes; the limit is {wire.MAX_MESSAGE_BYTES}"
        )
    try:
        return msgspec.json.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
        raise wire.BadFrame("garbage", "not JSON in UTF-8") from None


def read(
    template: Template,
    said: Any,
    *,
    gaps: Mapping[str, str],
    payload: bytes,
    message_id: str = "",
) -> Meant:
    """Return what a message means.

    Args:
        template: Of its gateway.
        said: What it says, as JSON.
        gaps: What its topic says.
        payload: The message as it came.
        message_id: What tells it apart, where that is said beside it.

    Raises:
        BadFrame: Nobody can know of which device it is.
    """
    called = _named(template, said, gaps)
    at_value = _at(said, template.at) if template.at else None
    own_id = _at(said, template.id) if template.id else None
    told_apart = message_id or ("" if own_id is None else as_word(own_id))
    at = _time(at_value, template.offset)
    by_time = not told_apart and at is not None
    if by_time:
        # All it says does, too: the same only where it is the same message.
        told_apart = hashlib.sha256(payload).hexdigest()
    elif told_apart and at_value is not None:
        # A counter begins again, after a power cut perhaps: its time tells those apart.
        told_apart = f"{told_apart}\n{as_word(at_value)}"
    return Meant(
        called=called,
        told_apart=told_apart,
        by_time=by_time,
        at=at,
        said=_said(template, said, gaps),
    )


def _named(template: Template, said: Any, gaps: Mapping[str, str]) -> str:
    lacking: list[str] = []

    def value_of(gap: str) -> str | None:
        found = _gap(gap, said, gaps)
        if not found:
            lacking.append(gap)
        return found

    called = str(filled(template.device, value_of))
    if lacking:
        raise wire.BadFrame("schema", f"the message lacks {', '.join(lacking)}")
    if len(called) > _NAME_LETTERS or not called.isprintable():
        raise wire.BadFrame("schema", "the device's name is too long or no text")
    return called


def _gap(gap: str, said: Any, gaps: Mapping[str, str]) -> str | None:
    if gap in gaps:
        return gaps[gap]
    found = _at(said, gap)
    return None if found is None else as_word(found)


def _at(said: Any, path: str) -> Any:
    """Return what stands at a path; the empty one is all of it."""
    return at_path(said, path) if path else said


def _said(template: Template, said: Any, gaps: Mapping[str, str]) -> tuple[Said, ...]:
    parts: list[Said] = []
    where: Point | None = None
    try:
        where = _point(template.where, said)
    except wire.BadFrame as bad:
        if template.where is not None and template.where.moves:
            parts.append(bad)  # an alarm goes without its place
    state = _state(template, said)
    if state == "alarm":
        parts.insert(0, _alarm(template, said, gaps, where))
    elif state == "restore":
        parts.insert(0, wire.Restore())
    elif isinstance(state, wire.BadFrame):
        parts.insert(0, state)
    if where is not None and template.where is not None and template.where.moves:
        parts.append(_position(template.where, said, where))
    parts.extend(_readings(template, said))
    return tuple(parts) or (wire.Heartbeat(),)


def _state(template: Template, said: Any) -> str | wire.BadFrame:
    """Return "alarm", "restore" or "", or a refusal where nobody can know."""
    if _is_one(template.alarm, said):
        return "alarm"
    if _is_one(template.restore, said):
        return "restore"
    for path in template.alarm.keys() & template.restore.keys():
        value = _at(said, path)
        if value is not None:
            return wire.BadFrame(
                "schema",
                f"{path} is {as_word(value)[:60]}: neither an alarm nor its end by the"
                " template",
            )
    return ""


def _is_one(wanted: Mapping[str, tuple[str, ...]], said: Any) -> bool:
    for path, values in wanted.items():
        value = _at(said, path)
        if value is not None and as_word(value) in values:
            return True
    return False


def _alarm(
    template: Template, said: Any, gaps: Mapping[str, str], where: Point | None
) -> Said:
    text = str(filled(template.text, lambda gap: _gap(gap, said, gaps) or ""))
    # What cannot be written on paper cannot be stored everywhere: a NUL above all.
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return wire.Alarm(
        text=text[:_TEXT_LETTERS],
        where=None
        if where is None
        else wire.ClaimedWhere(lon=where.lon, lat=where.lat),
        test=_is_one(template.test, said),
        drill=_is_one(template.drill, said),
    )


def _readings(template: Template, said: Any) -> list[Said]:
    parts: list[Said] = []
    try:
        found = {
            name: _number(path, value)
            for name, path in template.values.items()
            if (value := _at(said, path)) is not None
        }
        if found:
            wire.value_names.check(found)
            parts.append(msgspec.convert({"values": found}, wire.Reading))
    except (wire.BadFrame, msgspec.ValidationError, ValueError) as error:
        parts.append(_bad(error))
    charge = _at(said, template.battery) if template.battery else None
    if charge is not None:
        try:
            battery = _number(template.battery, charge)
            parts.append(msgspec.convert({"battery": battery}, wire.Heartbeat))
        except (wire.BadFrame, msgspec.ValidationError) as error:
            parts.append(_bad(error))
    return parts


def _position(spot: Spot, said: Any, where: Point) -> Said:
    try:
        accuracy = _at(said, spot.accuracy_m) if spot.accuracy_m else None
        radius = None if accuracy is None else _number(spot.accuracy_m, accuracy)
        place = {"lon": where.lon, "lat": where.lat, "accuracy_m": radius}
        return msgspec.convert({"where": place}, wire.Position)
    except (wire.BadFrame, msgspec.ValidationError) as error:
        return _bad(error)


def _point(spot: Spot | None, said: Any) -> Point | None:
    """Return the position that a message holds; None: it holds none."""
    if spot is None:
        return None
    lon, lat = _at(said, spot.lon), _at(said, spot.lat)
    if lon is None or lat is None:
        return None
    try:
        point = Point(_number(spot.lon, lon), _number(spot.lat, lat))
        # What lies on the edge of the world may be shifted over it.
        return from_gcj(point) if spot.datum == "gcj02" else point
    except ValueError as error:
        raise wire.BadFrame("schema", str(error)) from None


def _number(path: str, value: Any) -> float:
    """Return a number, written as one, as text, or as true and false."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise wire.BadFrame("schema", f"{path} is no number: {as_word(value)[:60]}")
    return number


def _bad(error: Exception) -> wire.BadFrame:
    if isinstance(error, wire.BadFrame):
        return error
    return wire.BadFrame("schema", str(error)[:300])


def _time(value: Any, offset: str) -> datetime | None:
    """Return a moment; None where it cannot be read: then the receipt's counts."""
    if isinstance(value, str):
        return _written(value.strip(), offset)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _written(value: str, offset: str) -> datetime | None:
    if value.isascii() and value.isdecimal() and len(value) >= 10:
        return _time(int(value[:20]), "")
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            if not offset:
                return None
            at = datetime.fromisoformat(f"{at.isoformat()}{offset}")
        return utc(at)
    except ValueError:
        return None
