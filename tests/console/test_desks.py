"""Desks of other machines, from the command line."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from console.cli import main
from console.connecting import must_be
from console.desks import find_service
from console.registers import Unusable
from console.service_card import address_for_others
from console.service_point import ServicePoint, remember, remembered
from console.starting import StartFailed
from dispatch.client import DeskClient
from dispatch.commands import ReportCase
from dispatch.geo import Point
from dispatch.homelock import HomeLock
from dispatch.keys import EnrolledKeys, fingerprint, make_keys
from dispatch.people import Actor, Role, Scope
from dispatch.service import Service, desk_keys, enrolled_desks, utc_now
from resources.home import Home


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


def lookout(capsys, *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_desk_shows_the_same_key_each_time_and_never_the_secret_half(home, capsys):
    first = lookout(capsys, "desk", "key", "--home", str(home.root))
    assert first == lookout(capsys, "desk", "key", "--home", str(home.root))
    keys = desk_keys(home)
    assert keys.public in first[1]
    assert fingerprint(keys.public) in first[1]
    assert keys.secret not in first[1]


def test_a_desk_is_enrolled_listed_and_revoked(home, tmp_path, capsys):
    at_home = ("--home", str(home.root))
    key = make_keys().public
    card = tmp_path / "service.key"
    status, out, _ = lookout(
        capsys,
        *("desk", "enrol", "--name", "2号席", "--key", key, "--card", str(card)),
        *at_home,
    )
    assert status == 0
    assert fingerprint(key) in out
    assert card.read_text().strip() in out
    assert enrolled_desks(home).admits(key)
    assert f"--connect {address_for_others(home)} --server-key" in out
    status, out, _ = lookout(capsys, "desk", "list", *at_home)
    assert (status, fingerprint(key) in out, "2号席" in out) == (0, True, True)
    assert "knocking: none" in out
    other = make_keys().public
    again = ("desk", "enrol", "--name", "2号席", "--key", other, *at_home)
    status, _, err = lookout(capsys, *again)
    assert (status, "another desk is called 2号席" in err) == (2, True)
    assert lookout(capsys, "desk", "revoke", "--name", "2号席", *at_home)[0] == 0
    assert not enrolled_desks(home).admits(key)
    assert lookout(capsys, "desk", "revoke", "--name", "2号席", *at_home)[0] == 2


def test_a_station_is_enrolled_for_its_department_and_opens_as_nothing_else(
    home, capsys
):
    at_home = ("--home", str(home.root))
    key = make_keys().public
    enrol = ("desk", "enrol", "--name", "市监站", f"--key={key}", *at_home)
    assert lookout(capsys, *enrol, "--grid", "330421111001")[0] == 2
    _, out, _ = lookout(capsys, *enrol, "--department", "市场监管所")
    assert "lookout station --connect" in out
    assert enrolled_desks(home).scope(key) == Scope("市场监管所")
    assert (
        "only the cases of 市场监管所" in lookout(capsys, "desk", "list", *at_home)[1]
    )

    desk = ServicePoint(address="tcp://10.0.0.5:1", server_key=key, seat="市监站")
    met = replace(desk, scope=Scope("市场监管所"))
    remember(home, met)
    assert remembered(home) == met
    for wanted in (None, "", "市场监管所"):
        must_be(wanted, met)
    must_be(None, desk)
    for wanted, at in (("派出所", met), ("", desk)):
        with pytest.raises(StartFailed):
            must_be(wanted, at)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--name", "2号席", "--key", "short"],
        ["--name", " ", "--key", make_keys().public],
        ["--name", "2号席"],
        ["--name", "2号席", "--knocking", "ffff"],
    ],
)
def test_what_cannot_be_enrolled_is_said(home, capsys, arguments):
    status, out, err = lookout(
        capsys, "desk", "enrol", *arguments, "--home", str(home.root)
    )
    assert (status, out) == (2, "")
    assert err.startswith("lookout: ")


def test_the_service_s_own_desk_is_neither_enrolled_nor_revoked(home, capsys):
    Service(home).close()
    own = desk_keys(home).public
    at_home = ("--home", str(home.root))
    enrol = ("desk", "enrol", "--name", "2号席", "--key", own, *at_home)
    assert lookout(capsys, *enrol)[0] == 2
    revoke = ("desk", "revoke", "--name", "this home's desk", *at_home)
    assert lookout(capsys, *revoke)[0] == 2
    assert enrolled_desks(home).admits(own)


@pytest.mark.expected_log("dispatch.server", "unknown key")
def test_a_knock_is_counted_shown_and_let_in(home, tmp_path, capsys):
    stranger = Home(tmp_path / "stranger")
    keys = desk_keys(stranger)
    mark = fingerprint(keys.public)
    at_home = ("--home", str(home.root))
    service = Service(home)
    client = DeskClient(
        service.ready.desk_address,
        server_key=service.ready.server_key,
        desk_keys=keys,
        outbox=stranger.data / "outbox.db",
        clock=utc_now,
    )
    try:
        for _ in range(100):
            listed = lookout(capsys, "desk", "list", *at_home)[1]
            if mark in listed:
                break
        assert f"{mark}  1 times" in listed
        refused = lookout(capsys, "device", "refused", *at_home)[1]
        assert "unknown_desk: a desk that is not enrolled" in refused
        enrol = ("desk", "enrol", "--name", "2号席", "--knocking", mark[:9], *at_home)
        status, said, _ = lookout(capsys, *enrol)
        assert status == 0
        # It has the service's key and address: nothing of that is to be typed there.
        assert "--server-key" not in said
        assert service.ready.server_key not in said
        assert said.splitlines()[-1] == (
            "there: it opens now by itself; later lookout console is enough"
        )
        # It may call its seat what it likes: the log has the one it was enrolled for.
        liar = Actor("王", "1号席", frozenset({Role.ACCEPTOR}))
        client.submit(
            ReportCase(
                actor=liar,
                category="B003",
                place_name="东门",
                point=Point(120.95, 30.91),
            )
        ).result(20)
        assert client.seat == "2号席"
        (entry,) = service_log(home)
        assert (entry.actor, entry.seat) == ("王", "2号席")
    finally:
        client.close()
        service.close()


def service_log(home: Home):
    from dispatch.feed import Feed
    from dispatch.store import Store, sqlite_url

    store = Store(sqlite_url(home.data / "lookout.db"))
    try:
        return Feed(store).snapshot().entries
    finally:
        store.close()


# -- at the desk ------------------------------------------------------------------


def test_where_a_desk_belongs_is_remembered(home, tmp_path):
    key = make_keys().public
    card = tmp_path / "service.key"
    card.write_text(f"{key}\n", encoding="utf-8")
    asked = Namespace(connect="tcp://10.0.0.5:20002", server_key=str(card))
    point = find_service(home, asked)
    assert point == ServicePoint(address="tcp://10.0.0.5:20002", server_key=key)
    remember(home, ServicePoint(address=point.address, server_key=key, seat="2号席"))
    again = find_service(home, Namespace(connect="", server_key=""))
    assert again == remembered(home)
    assert again.seat == "2号席"
    moved = find_service(home, Namespace(connect="tcp://10.0.0.6:1", server_key=""))
    assert (moved.address, moved.seat) == ("tcp://10.0.0.6:1", "2号席")
    new_key = make_keys().public
    other = find_service(home, Namespace(connect="", server_key=new_key))
    assert (other.server_key, other.seat) == (new_key, "")


@pytest.mark.parametrize(
    ("address", "key"),
    [("", ""), ("tcp://x:1", ""), ("tcp://x:1", "short"), ("", make_keys().public)],
    ids=["nothing", "no key", "no such key", "no address"],
)
def test_a_desk_that_cannot_know_where_to_go_says_so(home, address, key, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(Unusable):
        find_service(home, Namespace(connect=address, server_key=key))


def test_a_home_with_a_service_is_no_second_desk(home, capsys):
    Service(home).close()
    status, _, err = lookout(
        capsys,
        *("console", "--connect", "10.0.0.5", "--server-key", make_keys().public),
        *("--home", str(home.root)),
    )
    assert status == 2
    assert "a service of its own" in err


def test_a_home_that_was_connected_stays_a_desk(home, capsys, monkeypatch):
    from console import connecting

    point = ServicePoint(address="tcp://10.0.0.5:20002", server_key=make_keys().public)
    remember(home, point)
    opened = []
    monkeypatch.setattr(
        connecting, "run_connected", lambda *asked, station: opened.append(asked) or 0
    )
    for more in ([], ["--connect"]):
        assert lookout(capsys, "console", *more, "--home", str(home.root))[0] == 0
    assert opened == [(home, point)] * 2
    status, _, err = lookout(capsys, "desk", "list", "--home", str(home.root))
    assert status == 2
    assert "do this there" in err
    assert not (home.data / "lookout.db").exists()


@pytest.mark.expected_log("dispatch.service", "not started")
@pytest.mark.parametrize(
    "words",
    [
        ("import", "places", "FILE"),
        ("import", "places", "FILE", "--dry-run"),
        ("store", "set", "sqlite"),
        ("device", "refused"),
        ("service",),
    ],
)
def test_nothing_starts_a_service_on_a_second_desk_s_home(
    home, tmp_path, capsys, words
):
    point = ServicePoint(address="tcp://10.0.0.5:20002", server_key=make_keys().public)
    remember(home, point)
    file = tmp_path / "places.csv"
    file.write_text("place_id,name,lon,lat\n1,钟楼,120.9,30.9\n", encoding="utf-8")
    typed = [str(file) if word == "FILE" else word for word in words]
    status, out, err = lookout(capsys, *typed, "--home", str(home.root))
    assert status in (1, 2)
    assert "desk of another machine's service; do this there" in out + err
    assert not (home.data / "lookout.db").exists()
    assert find_service(home, Namespace(connect=None, server_key="")) == point


def test_a_desk_s_home_in_which_a_store_was_left_is_still_a_desk_s(home):
    Service(home).close()
    point = ServicePoint(address="tcp://10.0.0.5:20002", server_key=make_keys().public)
    remember(home, point)
    assert find_service(home, Namespace(connect=None, server_key="")) == point


def test_an_import_while_another_service_starts_says_so(home, tmp_path, capsys):
    file = tmp_path / "places.csv"
    file.write_text("place_id,name,lon,lat\n1,钟楼,120.9,30.9\n", encoding="utf-8")
    lock = HomeLock(home.run / "service.lock")  # held, but it does not listen yet
    try:
        status, _, err = lookout(
            capsys, "import", "places", str(file), "--home", str(home.root)
        )
    finally:
        lock.release()
    assert status == 1
    assert "another service has this home" in err


@pytest.mark.parametrize("address", [":20002", "host:port", "host:99999"])
def test_an_address_that_is_none_is_refused(address, capsys):
    with pytest.raises(SystemExit):
        main(["console", "--connect", address])
    assert "192.168.1.20:20002" in capsys.readouterr().err


def test_a_list_of_desks_is_written_whole(tmp_path: Path):
    desks = EnrolledKeys(tmp_path / "desks.txt")
    keys = [make_keys().public for _ in range(3)]
    for number, key in enumerate(keys):
        desks.enrol(key, f"{number}号席")
    desks.enrol(keys[0], "改名")
    desks.revoke(keys[1])
    expected = {keys[0]: "改名", keys[2]: "2号席"}
    assert desks.entries() == EnrolledKeys(tmp_path / "desks.txt").entries() == expected


def test_a_key_s_file_that_is_not_there_is_what_is_said(home):
    with pytest.raises(Unusable, match=r"nofile\.txt: no such file"):
        find_service(home, Namespace(connect="", server_key="nofile.txt"))
