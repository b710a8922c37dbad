"""Posting to a webhook: stored or refused, told once; and who may not hold it up."""

import json
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from line_parts import LI, PATIENCE_S, Desk, device, until

from dispatch import wire
from dispatch.commands import EnrolDevice
from dispatch.gateways.book import Gateway, Template, gateway_book, identity_of
from dispatch.gateways.door import Door
from dispatch.gateways.webhook import Webhook, listens
from dispatch.keys import KeyPair
from dispatch.questions import QuarantineList, QuarantineReport
from dispatch.secrets import SecretStore
from dispatch.service import Service, utc_now
from dispatch.waiting import Offered
from resources.home import Home
from tests.gateway_kit import free_port, own_certificate

TOKEN = "Kanarien#vogel/7%"
TEMPLATE = Template(
    device="{imei}",
    id="id",
    alarm={"state": ("1",)},
    restore={"state": ("0",)},
    text="{words}",
    values={"temperature_c": "t"},
)
Answer = tuple[int, dict[str, Any]]


def post(
    url: str,
    said: object,
    *,
    token: str = TOKEN,
    headers: dict[str, str] | None = None,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Post as anyone would who has never seen Lookout."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    request = urllib.request.Request(
        url, body, {"Authorization": f"Bearer {token}", **(headers or {})}
    )
    try:
        with urllib.request.urlopen(
            request, timeout=PATIENCE_S, context=context
        ) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


_SCHEMES = {"webhook": "http", "mqtt": "mqtt"}


def gateway(port: int, *, name: str = "iot", **more: str) -> Gateway:
    return Gateway(
        name=name,
        kind=(kind := more.pop("kind", "webhook")),
        url=more.pop("url", f"{_SCHEMES[kind]}://127.0.0.1:{port}"),
        topic="" if kind == "webhook" else "t/{imei}",
        template=TEMPLATE,
        **more,
    )


@pytest.mark.expected_log("dispatch.gateways.mqtt", "is lost")
def test_a_foreign_detector_is_a_device_like_any_other(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.gateways.mqtt.GRACE_S", 0.0)
    port = free_port()
    SecretStore(home).put("gateway:iot:1", "", TOKEN)
    gateway_book(home.data).put(gateway(port, secret_ref="gateway:iot:1"))
    service = Service(home)
    desk = Desk(home, service.ready)
    url = f"http://127.0.0.1:{port}/iot"
    try:
        entry = device(
            "SD-1", "smoke_detector", KeyPair(identity_of("iot", "8661"), "")
        )
        desk.do(EnrolDevice(actor=LI, device=entry))
        until(lambda: listens(gateway(port)), "it listens")
        alarm = {"imei": 8661, "id": "a1", "state": 1, "words": "12 %/m", "t": 40}
        assert post(url, alarm) == (200, {"result": "stored"})
        # What the sender was told is stored: on the desk as any alarm, once.
        assert post(url, alarm) == (200, {"result": "stored"})
        assert post(url, {**alarm, "id": "a2"})[0] == 200
        until(lambda: desk.board.cases, "the case")
        until(lambda: "SD-1" in desk.board.readings, "the reading")
        (case,) = desk.board.cases.values()
        assert (case.category, case.details) == ("B001", "12 %/m")
        until(lambda: desk.board.cases[case.case_id].alarm_count == 2, "counted twice")
        assert desk.board.readings["SD-1"].values == {"temperature_c": 40.0}
        # Refused, in words, and kept aside as it came.
        refusals = {
            "garbage": (400, b'{"imei":'),
            "schema": (422, {"imei": 8661, "state": 7}),
            "unknown_key": (422, {"imei": 9, "state": 1}),
            "token": (401, {"imei": 8661, "state": 1}),
        }
        for reason, (status, said) in refusals.items():
            token = "Kanarien" if reason == "token" else TOKEN
            answered, words = post(url, said, token=token)
            assert (answered, words["reason"]) == (status, reason)
        report = desk.client.ask(QuarantineList()).result(10)
        assert isinstance(report, QuarantineReport)
        until(lambda: len(_aside(desk)) == len(refusals), "all kept aside")
        kept = _aside(desk)
        assert kept["garbage"] == ("iot", b'{"imei":')
        assert kept["schema"][0] == "iot/8661"
        assert kept["unknown_key"] == ("iot/9", b'{"imei": 9, "state": 1}')
        assert kept["token"] == ("iot 401", b"127.0.0.1")
        # Taken away, it listens no more.
        gateway_book(home.data).remove("iot")
        until(lambda: not listens(gateway(port)), "it is closed")
        # Of one through which nothing comes in every desk is told, until it is gone.
        gateway_book(home.data).put(gateway(port, name="away", kind="mqtt"))
        until(lambda: desk.client.unheard == ("away",), "the desk is told")
        gateway_book(home.data).remove("away")
        until(lambda: desk.client.unheard == (), "and that it is over")
    finally:
        desk.client.close()
        service.close()
    for path in home.root.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def _aside(desk: Desk) -> dict[str, tuple[str, bytes]]:
    report = desk.client.ask(QuarantineList()).result(10)
    assert isinstance(report, QuarantineReport)
    return {each.reason: (each.peer_key, each.frame) for each in report.frames}


class Intake:
    """Answers what a door offers, as long as it is there."""

    def __init__(self) -> None:
        self.is_away = False
        self.offered: list[Offered] = []

    def offer(self, messages: Sequence[Offered]) -> None:
        self.offered.extend(messages)
        for one in messages:
            if isinstance(one.body, wire.BadFrame):
                bad = one.body
                one.answered(wire.Reject(seq=None, reason=bad.reason, text=bad.text))
            elif not self.is_away:
                one.answered(wire.Ack(seq=one.seq))


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.fixture
def listen(intake: Intake) -> Iterator[Callable[[Gateway], Webhook]]:
    made: list[Webhook] = []

    def listen(said: Gateway) -> Webhook:
        door = Door(intake.offer, clock=utc_now)
        made.append(Webhook(said, door, served={said.name: (said, TOKEN)}))
        return made[-1]

    yield listen
    for each in made:
        each.close()


def test_while_the_store_is_away_nobody_is_told_that_it_has_anything(
    intake: Intake, listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.gateways.webhook.ANSWER_S", 0.1)
    port = free_port()
    listen(gateway(port))
    url = f"http://127.0.0.1:{port}/iot"
    intake.is_away = True
    key = {"Idempotency-Key": "7"}
    assert post(url, {"imei": 1}, headers=key) == (503, {"result": "not now"})
    intake.is_away = False
    assert post(url, {"imei": 1}, headers=key)[0] == 200
    first, second = intake.offered
    assert first.seq == second.seq


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"POST /iot HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\n", 411),
        (f"POST /iot HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 9e9", 411),
        (f"POST /iot HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 999999", 413),
        ("POST /iot HTTP/1.1\r\nAuthorization: Bearer", 401),
        ("POST /iot HTTP/1.1\r\nContent-Length: 3", 401),
        ("POST /other HTTP/1.1\r\nAuthorization: Bearer", 401),
        ("POST http://[x HTTP/1.1\r\nAuthorization: Bearer", 401),
        ("POST /iot HTTP/1.1\r\nContent-Length: " + "9" * 5000, 401),
        ("GET /iot HTTP/1.1", 501),
        ("nonsense", 400),
    ],
)  # fmt: skip
def test_odd_requests_are_answered(listen, head: str, status: int) -> None:
    port = free_port()
    listen(gateway(port))
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(head.rstrip("\r\n").encode() + b"\r\n\r\n")
        said = b"".join(iter(lambda: line.recv(4096), b""))
    assert (
        said.split(b" ")[1] == str(status).encode()
        or f"code: {status}".encode() in said
    )
    assert TOKEN.encode() not in said


def test_silent_and_slow_ones_hold_nobody_up(
    listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.gateways.webhook.MOST_AT_ONCE", 4)
    monkeypatch.setattr("dispatch.gateways.webhook.WHOLE_S", 0.2)
    port = free_port()
    webhook = listen(gateway(port))
    silent = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(8)]
    try:
        end = time.monotonic() + PATIENCE_S
        while True:
            webhook.look_after()
            try:
                answered, _ = post(f"http://127.0.0.1:{port}/iot", {"imei": 1})
            except OSError:  # no room yet
                assert time.monotonic() < end
                time.sleep(0.05)
            else:
                break
        assert answered == 200
    finally:
        for line in silent:
            line.close()


def test_it_speaks_tls_with_its_own_certificate(listen, tmp_path: Path) -> None:
    port = free_port()
    pem = own_certificate(tmp_path)
    listen(gateway(port, url=f"https://127.0.0.1:{port}", certificate=str(pem)))
    context = ssl.create_default_context(cafile=str(pem))
    url = f"https://127.0.0.1:{port}/iot"
    assert post(url, {"imei": 1}, context=context) == (200, {"result": "stored"})
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"POST /iot HTTP/1.1\r\n\r\n")  # in clear: no answer, no harm
        assert b"200" not in line.recv(100)
    assert post(url, {"imei": 1}, context=context)[0] == 200
