"""The gateways that an installation has: a file of its home, no secrets.

The token of a webhook and the log-in at a broker lie in the sealed store, under the
reference that stands here.
"""

import hashlib
import re
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult

import msgspec
from zmq.utils import z85

from dispatch import wire
from dispatch.book import (
    Book,
    BookError,
    check_name,
    checked_address,
    gaps_in,
    is_near,
)

FILE: Final = "gateways.json"
WEBHOOK, MQTT, SPARKPLUG = "webhook", "mqtt", "sparkplug"
KINDS: Final = (WEBHOOK, MQTT, SPARKPLUG)
NAMESPACE: Final = "spBv1.0"  # what topics of Sparkplug B begin with
# The first of each is what one is told to write; the second is in clear.
_SCHEMES: Final = {
    WEBHOOK: ("https", "http"),
    MQTT: ("mqtts", "mqtt"),
    SPARKPLUG: ("mqtts", "mqtt"),
}
PORTS: Final = {"mqtts": 8883, "mqtt": 1883, "https": 443, "http": 80}
_TOUCHING: Final = re.compile(r"\}\{")
_OFFSET: Final = re.compile(r"[+-](0[0-9]|1[0-4]):[0-5][0-9]")
_GAP: Final = re.compile(r"\{\w+\}")
_THROUGH: Final = re.compile(r"(?:gateway|网关)[:：]([\w.-]{1,32})/(\S.*)")
_DATUMS: Final = ("wgs84", "gcj02")


class Spot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where in a message a position stands, by paths.

    Attributes:
        lon: Of the longitude, degrees.
        lat: Of the latitude, degrees.
        accuracy_m: Of the radius in metres, or "".
        datum: "wgs84", or "gcj02" as on China's public maps: converted.
        moves: The device reports where it is, as a vehicle does; else an alarm says it.
    """

    lon: str
    lat: str
    accuracy_m: str = ""
    datum: str = "wgs84"
    moves: bool = False


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How what somebody else wrote is read as a message of a device.

    A path such as "data.0.state" leads to a value in the JSON. {gaps} are filled from
    the topic's, and else from the JSON. Whatever else a message holds, it is a sign of
    life.

    Attributes:
        device: What the device is called there, with gaps.
        id: Path of what tells messages of a device apart, or "".
        at: Path of when it happened: RFC 3339, seconds or milliseconds since 1970.
        offset: Of a time that has none itself, such as "+08:00"; "": it is not used.
        alarm: By path, the values of which each means an alarm.
        restore: By path, those of which each means that it has gone.
        test: By path, those that make an alarm a test of the device.
        drill: By path, those that make it a drill.
        text: What an alarm says for people, with gaps.
        battery: Path of the charge in per cent, or "".
        values: Path of each reading, by its name in the device protocol.
        where: Where a position stands, if anywhere.
    """

    device: str
    id: str = ""
    at: str = ""
    offset: str = ""
    alarm: dict[str, tuple[str, ...]] = {}
    restore: dict[str, tuple[str, ...]] = {}
    test: dict[str, tuple[str, ...]] = {}
    drill: dict[str, tuple[str, ...]] = {}
    text: str = ""
    battery: str = ""
    values: dict[str, str] = {}
    where: Spot | None = None


class Gateway(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way in, as an installation has set it up.

    Attributes:
        name: Unique; of a webhook the end of its address: POST /NAME.
        kind: "webhook", "mqtt" or "sparkplug".
        url: Where it listens, https://ADDRESS:PORT; or the broker, mqtts://HOST[:PORT].
        topic: At a broker: what is listened to, such as "town/{device}/smoke"; each gap
            is one step. Of Sparkplug B "spBv1.0/#", or of one group "spBv1.0/GROUP/#".
        ca: At a broker: certificates to trust instead of the system's, PEM, or "".
        certificate: Of a webhook that listens to https: its own with its key, PEM.
        secret_ref: Reference in the sealed store of its token or log-in, or "".
        template: How what comes in is read.
    """

    name: str
    kind: str
    url: str
    topic: str = ""
    ca: str = ""
    certificate: str = ""
    secret_ref: str = ""
    template: Template

    @property
    def parts(self) -> SplitResult:
        """Return its address in parts."""
        return checked_address(self.url, _SCHEMES[self.kind])

    @property
    def port(self) -> int:
        """Return its port."""
        return self.parts.port or PORTS[self.parts.scheme]

    @property
    def is_sealed(self) -> bool:
        """Return whether what goes over its line is encrypted."""
        return self.parts.scheme in ("https", "mqtts")

    def with_secret(self, ref: str) -> "Gateway":
        """Return the same with the reference of its token or log-in."""
        return msgspec.structs.replace(self, secret_ref=ref)


def identity_of(gateway: str, called: str) -> str:
    """Return the key under which a device of a gateway is enrolled: its identity.

    A point of the curve by name, whose secret half nobody has: so the device itself, or
    anyone else, can never speak under it on the line to devices, and a gateway never
    under that of another's device.
    """
    name = f"lookout gateway\n{gateway}\n{called}"
    return z85.encode(hashlib.sha256(name.encode()).digest()).decode()


def key_written(text: str) -> str:
    """Return a device's key as a table has it: its own, or "gateway:NAME/CALLED"."""
    through = _THROUGH.fullmatch(text)
    return text if through is None else identity_of(through[1], through[2])


def check(gateway: Gateway) -> None:
    """Refuse a gateway that could never take anything in.

    Raises:
        BookError: In words.
    """
    check_name(gateway.name)
    if gateway.kind not in KINDS:
        raise BookError("a gateway is of the kind webhook, mqtt or sparkplug")
    parts = gateway.parts
    if not gateway.is_sealed and not is_near(parts.hostname or ""):
        raise BookError(
            "{scheme}:// is only for an IP address of one's own network; give"
            " {sealed}://",
            scheme=parts.scheme,
            sealed=_SCHEMES[gateway.kind][0],
        )
    if gateway.kind == WEBHOOK and gateway.is_sealed and not gateway.certificate:
        raise BookError("https:// needs a certificate with its key, in one PEM file")
    if gateway.kind != WEBHOOK:
        _check_topic(gateway.topic)
    if gateway.kind == SPARKPLUG and not gateway.topic.startswith(f"{NAMESPACE}/"):
        raise BookError("a topic of Sparkplug B begins with spBv1.0/")
    check_template(gateway.template)


def check_template(template: Template) -> None:
    """Refuse a template that names no device, or what nobody knows.

    Raises:
        BookError: In words.
    """
    if not gaps_in(template.device):
        raise BookError("the template's device must hold a gap such as {{device}}")
    if _TOUCHING.search(template.device):
        raise BookError(
            "put a / between the gaps of the template's device: else 1 and 23 would be"
            " the device that 12 and 3 are"
        )
    try:
        if template.values:
            wire.value_names.check(template.values)
            msgspec.convert({"values": dict.fromkeys(template.values, 0)}, wire.Reading)
    except (msgspec.ValidationError, ValueError) as error:
        raise BookError("this is no template: {error}", error=error) from None
    if template.offset and not _OFFSET.fullmatch(template.offset):
        raise BookError(
            "an offset looks like +08:00, not {offset!r}", offset=template.offset
        )
    if template.where is not None and template.where.datum not in _DATUMS:
        raise BookError("a datum is wgs84 or gcj02")


def _check_topic(topic: str) -> None:
    steps = topic.split("/")
    for at, step in enumerate(steps):
        whole = (
            (_GAP.fullmatch(step) and steps.count(step) == 1)
            or step == "+"
            or (step == "#" and at == len(steps) - 1)
        )
        # Below $share a broker would send what comes under another topic.
        odd = set(step) & set("{}+#\0") or (not at and step.startswith("$"))
        if not step or (not whole and odd):
            raise BookError(
                "a topic looks like town/{{device}}/smoke, each gap a whole step, not"
                " {topic!r}",
                topic=topic,
            )


def read_template(data: bytes) -> Template:
    """Return the template in a file.

    Raises:
        BookError: It is none.
    """
    try:
        template = msgspec.json.decode(data, type=Template)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BookError("this is no template: {error}", error=error) from None
    check_template(template)
    return template


def gateway_book(home_data: Path) -> Book[Gateway]:
    """Return the gateways of a home, by its folder of data."""
    return Book(home_data / FILE, Gateway, check=check)
