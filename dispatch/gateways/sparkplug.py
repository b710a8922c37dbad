"""Sparkplug B: births, deaths and data of edge nodes, read like any other message.

Its payloads are protobuf of a dozen fields, read here by hand: the library would bring
a megabyte and generated code for them. The names of fields are those of the
specification 3.0.
"""

import logging
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from dispatch import wire
from dispatch.book import gaps_in
from dispatch.gateways.book import NAMESPACE, Template
from dispatch.gateways.reading import Meant, read
from dispatch.keys import write_private
from dispatch.silence import ONLINE

TIMESTAMP: Final = "timestamp"  # what a template calls the payload's own
ASK_S: Final = 10.0  # a node is asked for its birth this often at most
KEEP_S: Final = 5.0  # what was learnt is written this often at most
_REBIRTH: Final = b"Node Control/Rebirth"
_BIRTH_NUMBER: Final = "bdSeq"
_BOOLEAN: Final = 11
_SIGNED: Final = {1: 8, 2: 16, 3: 32, 4: 64}  # data type: bits
_VARINT_BYTES: Final = 10
_MOST_METRICS: Final = 5000
MOST_NODES: Final = 2000  # beyond these somebody makes them up
MOST_DEVICES: Final = 20_000  # of all nodes
MOST_ALIASES: Final = 20_000  # of one
_MOST_BYTES: Final = 2 * 1024 * 1024  # more than the birth of so many

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Metric:
    """One value of a payload; one of name and alias may be missing."""

    name: str
    alias: int | None
    datatype: int
    value: Any


@dataclass(slots=True)
class _Node:
    """What is known of an edge node.

    Attributes:
        devices: Those that have been born under it.
        metrics: Name and data type by alias, since the birth that we heard.
        sequence: Of its newest message, 0 to 255; None: its birth was not heard.
        birth: The number of its birth, which its death repeats.
        asked_at: When it was asked to be born again, monotonic.
    """

    devices: set[str] = field(default_factory=set)
    metrics: dict[int, tuple[str, int]] = field(default_factory=dict)
    sequence: int | None = None
    birth: Any = None
    asked_at: float = -ASK_S


class Sparkplug:
    """Reads what edge nodes publish.

    Thread: its broker's.

    Args:
        template: How metrics are read; {group}, {node} and {device} are gaps.
        path: Where is kept which devices each node has, so that a node's death is
            theirs after a restart too; None: nowhere.

    Attributes:
        asks: What has to be published: topics and payloads.
    """

    def __init__(self, template: Template, path: Path | None) -> None:
        at = template.at or TIMESTAMP
        self._template = msgspec.structs.replace(template, at=at)
        self._path = path
        self._nodes: dict[str, _Node] = {
            name: _Node(devices=set(devices)) for name, devices in _kept(path).items()
        }
        self.asks: list[tuple[str, bytes]] = []
        self._is_kept = True
        self._kept_at = -KEEP_S

    def begin(self) -> None:
        """Begin with a new connection: births may have been missed before it.

        Each node that is known is asked: what says no more until something changes would
        else count as gone.
        """
        for name, node in self._nodes.items():
            node.sequence = None
            group, _, of_group = name.partition("/")
            self._ask(node, {"group": group, "node": of_group})

    def read(self, topic: str, payload: bytes) -> list[Meant]:
        """Return what a message says of devices; nothing where it is for others.

        Raises:
            BadFrame: It cannot be understood.
        """
        steps = topic.split("/")
        if len(steps) not in (4, 5) or steps[0] != NAMESPACE:
            return []
        group, said, name = steps[1:4]
        device = steps[4] if len(steps) == 5 else ""
        if said not in (*_OF_NODES, *_OF_DEVICES) or bool(device) != (
            said in _OF_DEVICES
        ):
            return []
        stamp, sequence, metrics = parse(payload)
        node = self._node(f"{group}/{name}")
        gaps = {"group": group, "node": name, "device": device}
        if said == "NDEATH":
            return self._died(node, gaps, metrics)
        if said == "DDEATH":
            self._follow(node, gaps, sequence)
            return [self._gone(gaps)]
        if said == "NBIRTH":
            node.metrics.clear()
            node.sequence = sequence
            node.birth = _value(metrics, _BIRTH_NUMBER)
        else:
            self._follow(node, gaps, sequence)
        if said.endswith("BIRTH"):
            for each in metrics:
                if each.alias is not None and len(node.metrics) < MOST_ALIASES:
                    node.metrics[each.alias] = (each.name, each.datatype)
        if device and device not in node.devices:
            self._learn(node, device)
        return self._values(node, gaps, stamp, metrics, topic.encode() + payload, said)

    def keep_in_time(self) -> None:
        """Write what was learnt, unless that was done just now."""
        if time.monotonic() - self._kept_at >= KEEP_S:
            self.keep()

    def keep(self) -> None:
        """Write what was learnt, if anything."""
        if self._is_kept or self._path is None:
            return
        self._is_kept, self._kept_at = True, time.monotonic()
        known = {name: sorted(node.devices) for name, node in self._nodes.items()}
        try:
            write_private(self._path, msgspec.json.encode(known))
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._path, error.strerror)

    def _node(self, name: str) -> _Node:
        """Return a node; one too many is read like the others, and forgotten."""
        node = self._nodes.get(name)
        if node is not None:
            return node
        if len(self._nodes) >= MOST_NODES:
            return _Node(asked_at=time.monotonic())
        return self._nodes.setdefault(name, _Node())

    def _learn(self, node: _Node, device: str) -> None:
        if sum(len(each.devices) for each in self._nodes.values()) < MOST_DEVICES:
            node.devices.add(device)
            self._is_kept = False

    def _values(
        self,
        node: _Node,
        gaps: Mapping[str, str],
        stamp: int | None,
        metrics: list[Metric],
        raw: bytes,
        said: str,
    ) -> list[Meant]:
        if not gaps["device"] and "device" in gaps_in(self._template.device):
            return []  # of the node itself, which is nobody's device
        found: dict[str, Any] = {} if stamp is None else {TIMESTAMP: stamp}
        for each in metrics:
            name, datatype = each.name, each.datatype
            if not name and each.alias is not None:
                known = node.metrics.get(each.alias)
                if known is None:
                    self._ask(node, gaps)
                    raise wire.BadFrame(
                        "no_birth", "its birth was not heard; it is asked for it"
                    )
                name, datatype = known[0], datatype or known[1]
            found[name] = _signed(each.value, datatype)
        meant = read(self._template, found, gaps=gaps, payload=raw)
        if said.endswith("BIRTH"):
            alive = wire.Reading(values={ONLINE: 1.0})
            return [_with(meant, (*meant.said, alive))]
        return [meant]

    def _died(
        self, node: _Node, gaps: Mapping[str, str], metrics: list[Metric]
    ) -> list[Meant]:
        """Return that all devices of a node are gone, unless it has come back since."""
        if node.birth is not None and _value(metrics, _BIRTH_NUMBER) != node.birth:
            return []
        node.sequence = None
        if "device" not in gaps_in(self._template.device):
            return [self._gone(gaps)]
        return [self._gone({**gaps, "device": each}) for each in sorted(node.devices)]

    def _gone(self, gaps: Mapping[str, str]) -> Meant:
        meant = read(self._template, {}, gaps=gaps, payload=b"")
        return _with(meant, (wire.Reading(values={ONLINE: 0.0}),))

    def _follow(
        self, node: _Node, gaps: Mapping[str, str], sequence: int | None
    ) -> None:
        """Note a message's number; ask for a birth where one before it was missed.

        What is known of the metrics stays: to take a value for another is better than
        to take none until the birth has come.
        """
        if node.sequence is None or sequence != (node.sequence + 1) % 256:
            self._ask(node, gaps)
        node.sequence = sequence

    def _ask(self, node: _Node, gaps: Mapping[str, str]) -> None:
        now = time.monotonic()
        if now - node.asked_at >= ASK_S:
            node.asked_at = now
            topic = f"{NAMESPACE}/{gaps['group']}/NCMD/{gaps['node']}"
            self.asks.append((topic, rebirth()))


_OF_NODES: Final = ("NBIRTH", "NDEATH", "NDATA")
_OF_DEVICES: Final = ("DBIRTH", "DDEATH", "DDATA")


def parse(payload: bytes) -> tuple[int | None, int | None, list[Metric]]:
    """Return the time (ms since 1970), the number and the metrics of a payload.

    Raises:
        BadFrame: It is none.
    """
    if len(payload) > _MOST_BYTES:
        raise wire.BadFrame(
            "oversize", f"{len(payload)} bytes; the limit is {_MOST_BYTES}"
        )
    stamp = sequence = None
    metrics: list[Metric] = []
    for number, value in _fields(payload):
        if number == 1 and isinstance(value, int):
            stamp = value
        elif number == 2 and isinstance(value, bytes):
            metrics.append(_metric(value))
        elif number == 3 and isinstance(value, int):
            sequence = value
        if len(metrics) > _MOST_METRICS:
            raise wire.BadFrame("oversize", f"more than {_MOST_METRICS} metrics")
    return stamp, sequence, metrics


def rebirth() -> bytes:
    """Return the payload that asks a node to be born again."""
    metric = b"\x0a" + bytes([len(_REBIRTH)]) + _REBIRTH + bytes([0x20, _BOOLEAN])
    metric += b"\x70\x01"
    return b"\x12" + bytes([len(metric)]) + metric


def _metric(data: bytes) -> Metric:
    name, datatype = "", 0
    alias: int | None = None
    value: Any = None
    for number, said in _fields(data):
        if number == 1 and isinstance(said, bytes):
            name = _text(said)
        elif number == 2 and isinstance(said, int):
            alias = said
        elif number == 4 and isinstance(said, int):
            datatype = said
        elif number in (10, 11) and isinstance(said, int):
            value = said
        elif number == 12 and isinstance(said, bytes) and len(said) == 4:
            (value,) = struct.unpack("<f", said)
        elif number == 13 and isinstance(said, bytes) and len(said) == 8:
            (value,) = struct.unpack("<d", said)
        elif number == 14 and isinstance(said, int):
            value = bool(said)
        elif number == 15 and isinstance(said, bytes):
            value = _text(said)
    return Metric(name, alias, datatype, value)


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the number and the value of each field of a protobuf message."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == 2:
            length, at = _varint(data, at)
        elif kind in (1, 5):
            length = 8 if kind == 1 else 4
        else:
            raise _garbage()
        if at + length > len(data):
            raise _garbage()
        yield number, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(_VARINT_BYTES):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value & (1 << 64) - 1, at
    raise _garbage()


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise _garbage() from None


def _garbage() -> wire.BadFrame:
    return wire.BadFrame("garbage", "not a payload of Sparkplug B")


def _signed(value: Any, datatype: int) -> Any:
    """Return a number as its data type means it: they travel without a sign."""
    bits = _SIGNED.get(datatype)
    if bits is None or isinstance(value, bool) or not isinstance(value, int):
        return value
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _value(metrics: list[Metric], name: str) -> Any:
    return next((each.value for each in metrics if each.name == name), None)


def _with(meant: Meant, said: tuple[wire.Body | wire.BadFrame, ...]) -> Meant:
    return replace(meant, said=said)


def _kept(path: Path | None) -> dict[str, list[str]]:
    try:
        data = b"{}" if path is None else path.read_bytes()
        return msgspec.json.decode(data, type=dict[str, list[str]])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        _log.warning("%s cannot be read: %s", path, type(error).__name__)
        return {}
