"""Mosquitto and its client, which nobody here wrote: what is published is stored once."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.doctor import Level
from console.doctor_gateways import gateways
from dispatch.commands import EnrolDevice
from dispatch.gateways.book import Gateway, Template, gateway_book, identity_of
from dispatch.gateways.mqtt import knock
from dispatch.keys import KeyPair
from dispatch.questions import QuarantineList, QuarantineReport
from dispatch.secrets import Secret, SecretStore
from dispatch.service import Service
from resources.home import Home
from tests.dispatch.line_parts import LI, Desk, device, until
from tests.gateway_kit import free_port
from tests.limits_kit import running

# Debian keeps the broker where only root looks.
BROKER = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
PUBLISH, HASH = shutil.which("mosquitto_pub"), shutil.which("mosquitto_passwd")
pytestmark = pytest.mark.skipif(
    None in (BROKER, PUBLISH, HASH),
    reason="there is no mosquitto (Debian: mosquitto mosquitto-clients)",
)
USER, WORD = "lookout", "Kanarienvogel"
RIGHT = Secret(USER, WORD)
TEMPLATE = Template(
    device="{device}",
    id="id",
    alarm={"state": ("1",)},
    restore={"state": ("0",)},
    text="{words}",
    values={"temperature_c": "t"},
)


class Town:
    """A broker, and what publishes to it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        words = folder / "passwords"
        words.touch(0o600)
        assert HASH is not None
        subprocess.run(
            [HASH, "-b", words, USER, WORD], check=True, capture_output=True, timeout=30
        )
        (folder / "mosquitto.conf").write_text(
            f"listener {self.port} 127.0.0.1\n"
            f"password_file {words}\n"
            "allow_anonymous false\n"
            "persistence true\n"
            f"persistence_location {folder}/\n"
            "autosave_interval 1\n"
            "user root\n",
            encoding="utf-8",
        )

    @contextmanager
    def broker(self) -> Iterator[None]:
        """Run the broker; it keeps its sessions over its end."""
        assert BROKER is not None
        said = self.folder / "mosquitto.log"
        with (
            said.open("wb") as log,
            running(
                [BROKER, "-c", self.folder / "mosquitto.conf"], stdout=log, stderr=log
            ) as process,
        ):

            def is_there() -> bool:
                assert process.poll() is None, said.read_text("utf-8")
                return knock(self.gateway("knock"), RIGHT) == ""

            until(is_there, "the broker")
            yield
            process.terminate()

    def gateway(self, name: str, **more: str) -> Gateway:
        return Gateway(
            name=name,
            kind=more.get("kind", "mqtt"),
            url=f"mqtt://127.0.0.1:{self.port}",
            topic=more.get("topic", "town/{device}/smoke"),
            secret_ref=more.get("secret_ref", ""),
            template=TEMPLATE,
        )

    def publish(self, topic: str, payload: bytes, *, qos: int = 1) -> None:
        assert PUBLISH is not None
        options: Sequence[object] = (
            *("-h", "127.0.0.1", "-p", self.port, "-u", USER, "-P", WORD),
            *("-q", qos, "-t", topic, "-s"),
        )
        subprocess.run(
            [PUBLISH, *map(str, options)], input=payload, check=True, timeout=30
        )

    def say(self, called: str, **said: object) -> None:
        self.publish(f"town/{called}/smoke", json.dumps(said).encode())


@pytest.mark.expected_log("dispatch.writer", "the store does not take anything")
@pytest.mark.expected_log("dispatch.gateways.mqtt", "is lost")
def test_what_is_published_is_stored_once_whatever_is_away(
    home: Home, tmp_path: Path
) -> None:
    town = Town(tmp_path)
    SecretStore(home).put("gateway:town:1", USER, WORD)
    book = gateway_book(home.data)
    book.put(town.gateway("town", secret_ref="gateway:town:1"))
    with town.broker():
        with serving(home) as desk:
            entry = device(
                "SD-1", "smoke_detector", KeyPair(identity_of("town", "A1"), "")
            )
            desk.do(EnrolDevice(actor=LI, device=entry))
            # Its session at the broker stands once something has come.
            until(lambda: said_until(town, desk, "begin"), "the first message")
            town.say("A1", id="1", state=1, words="12 %/m", t=40)
            until(lambda: counted(desk) == 1, "the alarm")
            town.say("A1", id="1", state=1, words="12 %/m", t=40)  # again
            town.publish("town/A1/smoke", b"{broken")
            town.say("A9", id="1", state=1)
            until(lambda: aside(desk) == {"garbage", "unknown_key"}, "kept aside")
            # The store is away: nothing is confirmed, nothing is lost.
            database = sqlite3.connect(home.data / "lookout.db", isolation_level=None)
            try:
                database.execute("ALTER TABLE alarms RENAME TO away")
                town.say("A1", id="2", state=1)
                until(lambda: desk.client.link.not_storing_since is not None, "away")
                database.execute("ALTER TABLE away RENAME TO alarms")
            finally:
                database.close()
            until(lambda: counted(desk) == 2, "after the store was away")
        # The service is away: the broker keeps it.
        town.say("A1", id="3", state=1)
        with serving(home) as desk:
            until(lambda: counted(desk) == 3, "after the service was away")
            assert len(desk.board.cases) == 1
    # The broker is away, and comes back by itself.
    with serving(home) as desk, town.broker():
        until(lambda: said_until(town, desk, "back"), "after the broker was away")
        assert counted(desk) == 3


def test_a_node_that_dies_takes_its_devices_with_it(home: Home, tmp_path: Path) -> None:
    town = Town(tmp_path)
    SecretStore(home).put("gateway:sp:1", USER, WORD)
    gateway_book(home.data).put(
        town.gateway(
            "sp", secret_ref="gateway:sp:1", kind="sparkplug", topic="spBv1.0/#"
        )
    )
    # Of Sparkplug's protobuf: name "state", alias 1, UInt8, 0; then alias 1 alone, 1.
    birth = bytes.fromhex("0a057374617465100120055000")
    data = bytes.fromhex("10015001")
    with town.broker(), serving(home) as desk:
        entry = device("SD-1", "smoke_detector", KeyPair(identity_of("sp", "A"), ""))
        desk.do(EnrolDevice(actor=LI, device=entry))

        def is_born() -> bool:
            town.publish("spBv1.0/g/DBIRTH/n/A", payload(birth, 1), qos=0)
            return online(desk) == 1

        until(is_born, "born")
        town.publish("spBv1.0/g/DDATA/n/A", payload(data, 2), qos=0)
        until(lambda: desk.board.cases or desk.board.alarms, "the alarm")
        town.publish("spBv1.0/g/NDEATH/n", payload(birth, 0))
        until(lambda: online(desk) == 0, "gone")


def test_the_doctor_names_a_broker_that_does_not_let_us_in(
    home: Home, tmp_path: Path
) -> None:
    town = Town(tmp_path)
    assert knock(town.gateway("town"), RIGHT) == "unreachable"
    with town.broker():
        assert knock(town.gateway("town"), RIGHT) == ""
        assert knock(town.gateway("town"), Secret(USER, "wrong")) == "login"
        assert knock(town.gateway("town"), None) == "login"
    gateway_book(home.data).put(town.gateway("town"))
    (said,) = gateways(home)
    assert (said.level, said.values["name"]) == (Level.WRONG, "town")
    assert str(town.port) in str(said.values["url"])


@contextmanager
def serving(home: Home) -> Iterator[Desk]:
    service = Service(home)
    try:
        desk = Desk(home, service.ready)
        try:
            yield desk
        finally:
            desk.client.close()
    finally:
        service.close()


def said_until(town: Town, desk: Desk, word: str) -> bool:
    """Say that a device lives; return whether that came."""
    temperature = float(len(word))
    town.say("A1", t=temperature)
    reading = desk.board.readings.get("SD-1")
    return reading is not None and reading.values.get("temperature_c") == temperature


def counted(desk: Desk) -> int:
    return sum(case.alarm_count for case in desk.board.cases.values())


def online(desk: Desk) -> float | None:
    reading = desk.board.readings.get("SD-1")
    return None if reading is None else reading.values.get("online")


def aside(desk: Desk) -> set[str]:
    report = desk.client.ask(QuarantineList()).result(10)
    assert isinstance(report, QuarantineReport)
    return {each.reason for each in report.frames}


def payload(metric: bytes, sequence: int) -> bytes:
    """Return a payload of one metric, with its number and the time 2026-11-21."""
    stamp = bytes.fromhex("0880a48be29f34")
    return stamp + b"\x12" + bytes([len(metric)]) + metric + bytes([0x18, sequence])
