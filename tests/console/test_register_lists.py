"""Registers listed, a camera retired, a terminal enrolled, as a technician types it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from test_registers import AT, run

from console.cli import main
from console.register_lists import shown_time
from dispatch.board import Board
from dispatch.bus import Bus
from dispatch.commands import RecordHeartbeat
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.feed import Feed
from dispatch.keys import make_keys
from dispatch.people import Actor, Role
from dispatch.store import Store, sqlite_url
from dispatch.wrong_views import FlagWrongView

run = run  # the fixture

STAFF = (
    "编号,姓名,角色,部门,网格编码,电话\nW01,王建国,专职网格员,老街社区,,10000000101\n"
)
GRIDS = "编号,名称,级别,上级,边界\n330421111,姚庄镇,镇,,\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


def board_of(home) -> Board:
    store = Store(sqlite_url(home.data / "lookout.db"))
    board = Board()
    try:
        board.load(Feed(store).snapshot())
    finally:
        store.close()
    return board


def test_a_camera_is_retired_listed_and_brought_back(run, home):
    add = ("camera", "add", "--url", "rtsp://127.0.0.1:9/main", "--at", AT)
    assert run(*add, "--name", "东门", "--number", "1001")[0] == 3
    assert run("camera", "list")[1].split() == [
        *("1001", "东门", "rtsp://127.0.0.1:9/main")
    ]
    assert run("camera", "retire", "9")[0] == 2
    status, said = run("camera", "retire", "1001")
    assert (status, "its history stays" in said) == (0, True)
    assert "retired" in run("camera", "list")[1]
    assert board_of(home).cameras == {}
    assert run("camera", "retire", "--back", "1001")[0] == 0
    assert list(board_of(home).cameras) == ["1001"]


def test_a_camera_that_a_desk_flagged_is_listed_as_such(run, home):
    add = ("camera", "add", "--url", "rtsp://127.0.0.1:9/main", "--at", AT)
    assert run(*add, "--name", "东门", "--number", "1001")[0] == 3
    store = Store(sqlite_url(home.data / "lookout.db"))
    try:
        at = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)
        seat = Actor("李敏", "2号席", frozenset({Role.ACCEPTOR}))
        bus = Bus(store, clock=lambda: at)
        bus.handle(FlagWrongView(actor=seat, camera_id="1001", at=at))
    finally:
        store.close()
    assert "wrong view, says a desk" in run("camera", "list")[1]


def test_a_terminal_hangs_nowhere_and_is_somebody_s(run, tmp_path, monkeypatch):
    for kind, text in (("grids", GRIDS), ("staff", STAFF)):
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        assert run("import", kind, str(file))[0] == 0
    key = make_keys().public
    enrol = ("device", "enrol", "--kind", "worker_terminal", f"--key={key}")
    status, said = run(*enrol)
    assert (status, "who carries it?" in said) == (2, True)
    status, said = run(*enrol, "--unit", "W01", "--id", "T-01")
    assert (status, "enrolled" in said) == (0, True)
    assert "T-01" in run("staff", "list")[1]
    assert run("device", "list")[1].split()[-5:] == [
        *["no", "sign", "of", "life", "yet"]
    ]
    assert run("grid", "list")[1].split() == ["330421111", "姚庄镇", "town"]
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "zh_CN")
    assert run("grid", "list")[1].split() == ["330421111", "姚庄镇", "镇"]


def test_a_device_is_listed_with_its_last_message(run, home):
    key = make_keys().public
    enrol = ("device", "enrol", "--id", "SD-1", "--kind", "smoke_detector", "--at", AT)
    said = run(*enrol, f"--key={key}")[1]
    assert "its device number: SD-1; it goes into the device too" in said
    assert run("device", "list")[1].endswith("no sign of life yet\n")
    at = datetime(2026, 11, 22, 14, 11, 5, tzinfo=UTC)
    store = Store(sqlite_url(home.data / "lookout.db"))
    try:
        beat = RecordHeartbeat(
            actor=Actor("SD-1", "SD-1", frozenset({Role.DEVICE})),
            device_id="SD-1",
            public_key=key,
            sequence=1,
            at=at,
            received_at=at,
        )
        bus = Bus(store, clock=lambda: at)
        bus.handle(beat)
        bus.flush_coalesced()
    finally:
        store.close()
    assert "last message" in run("device", "list")[1]
    run("device", "revoke", "--id", "SD-1")
    assert "revoked  last message" in run("device", "list")[1]


def test_a_time_of_another_day_has_its_date():
    zone = ZoneInfo("Asia/Shanghai")
    at = datetime(2026, 11, 22, 14, 11, 5, tzinfo=UTC)
    assert shown_time(at, now=at + timedelta(hours=1), zone=zone) == "22:11:05"
    later = shown_time(at, now=at + timedelta(hours=2), zone=zone)
    assert later == "2026-11-22 22:11:05"


def test_the_help_lists_the_kinds_of_devices(capsys):
    with pytest.raises(SystemExit):
        main(["device", "enrol", "--help"])
    said = "".join(capsys.readouterr().out.split())
    assert all(kind.NAME in said for kind in DEVICE_KINDS)


def test_a_log_in_is_tried_at_once(run, monkeypatch):
    add = ("camera", "add", "--url", "rtsp://127.0.0.1:9/main", "--at", AT)
    assert run(*add, "--name", "东门", "--number", "1001")[0] == 3
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("word\n"))
    status, said = run("camera", "login", "1001", "--user", "a", "--password-stdin")
    assert status == 3
    assert "its log-in is kept" in said
    assert "not reachable: no connection at its address" in said
