"""The register from the command line, as a technician types it."""

import io
import json
from pathlib import Path

import pytest

from console.camera_looks import NO_PICTURE
from console.cli import main
from dispatch.datums import to_gcj
from dispatch.feed import Feed
from dispatch.geo import Point
from dispatch.keys import make_keys
from dispatch.service import utc_now
from dispatch.store import SetAside, Store, sqlite_url
from resources.home import Home

AT = "120.95,30.91"
CANARY = "Kanarienvogel"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


@pytest.fixture
def run(home: Home, capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> tuple[int, str]:
        status = main([*words, "--home", str(home.root)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def set_aside(home: Home, reason: str, key: str) -> None:
    store = Store(sqlite_url(home.data / "lookout.db"))
    store.quarantine_many(
        [SetAside(reason=reason, peer_key=key, frame=b"x\x1b[31m", at=utc_now())]
    )
    store.close()


def test_a_device_is_enrolled_and_revoked(run) -> None:
    key = make_keys().public
    enrol = ("device", "enrol", "--key", key, "--id", "SD-1", "--at", AT)
    status, said = run(*enrol, "--kind", "smoke_detector")
    assert (status, "enrolled" in said) == (0, True)
    status, said = run("device", "revoke", "--id", "SD-1")
    assert (status, "revoked" in said) == (0, True)
    assert run("device", "revoke", "--id", "SD-2")[0] == 2
    # Its key is free again.
    enrol = ("device", "enrol", "--key", key, "--id", "SD-3", "--at", AT)
    assert run(*enrol, "--kind", "smoke_detector")[0] == 0


def test_the_name_of_a_device_that_speaks_is_not_given_away(run, home: Home) -> None:
    first, second = make_keys().public, make_keys().public
    enrol = ("device", "enrol", "--id", "SD-1", "--kind", "smoke_detector", "--at", AT)
    assert run(*enrol, "--key", first, "--name", "甲", "--place", "一楼")[0] == 0
    status, said = run(*enrol, "--key", second, "--name", "乙", "--place", "二楼")
    assert status == 2
    assert "SD-1 is 甲, a smoke_detector at 一楼" in said
    assert first in said
    status, said = run(*enrol, "--key", first)
    assert (status, "enrolled already, with this key" in said) == (0, True)
    status, said = run(*enrol, "--key", second, "--name", "乙", "--replace")
    assert (status, "enrolled in its place" in said) == (0, True)
    # One that was revoked has left its name.
    assert run("device", "revoke", "--id", "SD-1")[0] == 0
    assert run(*enrol, "--key", first)[0] == 0


def test_what_was_refused_is_listed_in_words(run, home: Home) -> None:
    assert run("device", "refused") == (0, "nothing was refused\n")
    key, stranger = make_keys().public, make_keys().public
    enrol = ("device", "enrol", "--key", key, "--id", "SD-1", "--at", AT)
    assert run(*enrol, "--kind", "smoke_detector")[0] == 0
    for reason, sender in (("garbage", key), ("garbage", key), ("unknown_key", "")):
        set_aside(home, reason, sender)
    set_aside(home, "oversize", stranger)
    status, said = run("device", "refused", "--limit", "3")
    assert status == 0
    lines = said.splitlines()
    assert lines[1].split() == [
        "2",
        "garbage:",
        "neither",
        "JSON",
        "nor",
        "MessagePack",
    ]
    assert "Asia/Shanghai" in lines[4]
    assert lines[4].startswith("the newest 3")
    assert f"oversize: larger than the limit; 6 bytes; key {stranger}" in lines[5]
    assert lines[6].endswith("no key")
    assert f"SD-1, key {key}" in lines[7]
    assert "\x1b" not in said


def test_the_field_that_was_refused_is_named(run, home: Home) -> None:
    assert run("device", "refused")[0] == 0  # and the store is made
    frame = {"v": 1, "seq": 3, "device": "SD-1", "at": utc_now().isoformat()}
    body = {"type": "heartbeat", "battery": 900}
    store = Store(sqlite_url(home.data / "lookout.db"))
    data = json.dumps(frame | {"body": body}).encode()
    store.quarantine_many(
        [SetAside(reason="schema", peer_key="", frame=data, at=utc_now())]
    )
    store.close()
    assert "$.body" in run("device", "refused")[1]


@pytest.mark.parametrize(
    "url",
    [
        f"rtsp://admin:{CANARY}@10.0.0.7/1",
        f"rtsp://10.0.0.7/user=admin&password={CANARY}&channel=1&stream=0.sdp",
        f"rtsp://10.0.0.7:bad/?pwd={CANARY}",
    ],
)
def test_no_form_of_a_log_in_is_taken_in_an_address(run, home: Home, url: str) -> None:
    status, said = run("camera", "add", "--url", url, "--name", "x", "--at", AT)
    assert status == 2
    assert "leave the log-in out" in said
    assert CANARY not in said
    for path in Path(home.root).rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()


@pytest.mark.parametrize("address", ["", "here", "0.0.0.0", "0.0.0.0:0", "h:70000"])
def test_where_to_listen_is_checked_as_it_is_typed(
    run, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("service", "--devices", address)
    assert "write it like" in capsys.readouterr().err


def add(run, *more: str, number: str = "7") -> tuple[int, str]:
    # Port 9 of this machine: nobody answers there.
    url = ("--url", "rtsp://127.0.0.1:9/x")
    where = ("--name", "河埠头", "--at", AT, "--number", number)
    return run("camera", "add", *url, *where, *more)


def test_a_camera_is_added_though_nobody_answers_and_that_is_said(run) -> None:
    status, said = add(run)
    assert (status, "camera 7 河埠头: added" in said) == (3, True)
    assert "picture: not reachable: no connection at its address" in said


@pytest.mark.parametrize(
    "wrong",
    [
        ("--at", "200,30.9"),
        ("--at", "here"),
        ("--url", "ftp://127.0.0.1/x"),
        ("--fov", "0"),
        ("--number", "A12"),
    ],
)
def test_nobody_is_asked_for_a_password_in_vain(
    run, home: Home, monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str]
) -> None:
    asked = io.StringIO(f"{CANARY}\n")
    monkeypatch.setattr("sys.stdin", asked)
    assert add(run, "--user", "admin", *wrong)[0] == 2
    assert asked.tell() == 0
    assert not (home.data / "lookout.db").exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--number", "7"), "camera 7 is 河埠头"),
        (("--number", "8", "--at", "100,30.9"), "2000 km from the town"),
        (("--number", "8", "--at", "120.9625,30.909"), "GCJ-02"),
        (("--number", "8", "--unit", "V9"), "no V9 in the staff register"),
    ],
)
def test_the_registers_are_asked_before_the_password(
    run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    more: tuple[str, ...],
    why: str,
) -> None:
    file = tmp_path / "grids.csv"
    file.write_text(GRIDS, "utf-8")
    assert run("import", "grids", str(file))[0] == 0
    add(run)
    asked = io.StringIO(f"{CANARY}\n")
    monkeypatch.setattr("sys.stdin", asked)
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")
    status, said = add(run, "--user", "admin", *more)
    assert (status, why in said) == (2, True), said
    assert asked.tell() == 0


def test_a_log_in_for_a_camera_that_is_not_there_is_not_asked_for(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = io.StringIO(f"{CANARY}\n")
    monkeypatch.setattr("sys.stdin", asked)
    assert run("camera", "login", "8", "--user", "admin")[0] == 2
    assert asked.tell() == 0


def test_a_camera_far_off_is_said_to_lie_outside(run, tmp_path: Path) -> None:
    file = tmp_path / "grids.csv"
    file.write_text(GRIDS, "utf-8")
    run("import", "grids", str(file))
    status, said = add(run, "--at", "121.5,31.2")
    assert (status, "added\n  7 lies outside the town" in said) == (3, True)
    assert "lies" not in add(run, number="8")[1]


def test_a_camera_that_is_replaced_keeps_what_is_not_said(run, home: Home) -> None:
    """As `lookout doctor` writes the command: another address, and nothing else."""
    add(run, "--bearing", "90", "--fov", "40", "--sub-url", "rtsp://127.0.0.1:9/s")
    replace = ("camera", "add", "--number", "7", "--replace")
    status, said = run(*replace, "--url", "rtsp://127.0.0.2:9/y")
    assert (status, "camera 7 河埠头: replaced" in said) == (3, True)
    store = Store(sqlite_url(home.data / "lookout.db"))
    (camera,) = Feed(store).snapshot().cameras
    store.close()
    assert (camera.bearing_deg, camera.fov_deg, camera.range_m) == (90, 40, 60)
    assert f"{camera.point.lon},{camera.point.lat}" == AT
    assert camera.main_url == "rtsp://127.0.0.2:9/y"
    assert camera.sub_url == "rtsp://127.0.0.2:9/s"
    status, said = run("camera", "add", "--number", "8", "--replace", "--name", "x")
    assert (status, "--url, --at" in said) == (2, True)


def test_a_number_in_use_is_not_given_away(run) -> None:
    add(run)
    status, said = add(run)
    assert status == 2
    assert "camera 7 is 河埠头, rtsp://127.0.0.1:9/x" in said
    status, said = add(run, "--replace")
    assert (status, "camera 7 河埠头: replaced" in said) == (3, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--bearing", "nan"), "a direction is 0 to 360 degrees, not nan"),
        (("--bearing=-20",), "a direction is 0 to 360 degrees, not -20"),
        (("--fov", "0"), "an angle of view is 1 to 360 degrees"),
        (("--range=-5",), "a range is 1 to 5000 metres"),
        (("--number", "A12"), "1 to 8 digits"),
    ],
)
def test_what_no_camera_has_is_said(run, words: tuple[str, ...], why: str) -> None:
    status, said = add(run, *words)
    assert (status, why in said) == (2, True)


def test_a_number_that_no_device_can_say_is_refused(run) -> None:
    enrol = ("device", "enrol", "--key", make_keys().public, "--at", AT)
    status, said = run(*enrol, "--id", "SD 1", "--kind", "smoke_detector")
    assert (status, "not 'SD 1'" in said) == (2, True)


def test_a_kind_of_device_may_be_said_and_is_shown_in_chinese(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "zh_CN")
    enrol = ("device", "enrol", "--key", make_keys().public, "--at", AT, "--id", "SD-1")
    status, said = run(*enrol, "--kind", "烟雾")
    assert (status, "烟感" in said) == (2, True)
    assert run(*enrol, "--kind", "烟感")[0] == 0
    assert run("device", "list")[1].split()[1] == "烟感"


def test_what_no_register_has_needs_kind_and_place_to_be_enrolled(run) -> None:
    key = make_keys().public
    assert run("device", "enrol", "--key", key, "--id", "SD-1")[0] == 2
    kind = ("--kind", "smoke_detector")
    status, said = run("device", "enrol", "--key", key, "--id", "SD-1", *kind)
    assert (status, "--at" in said) == (2, True)


GRIDS = (
    "code,name,level,parent,outline\n330421111,镇,town,,\n"
    '330421111001,村,community,330421111,"POLYGON((120.94 30.90, 120.96 30.90,'
    ' 120.96 30.92, 120.94 30.92, 120.94 30.90))"\n'
)


def test_a_place_off_a_public_map_is_found_out_and_converted(
    run, home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "grids.csv"
    file.write_text(GRIDS, "utf-8")
    assert run("import", "grids", str(file))[0] == 0
    shown = to_gcj(Point(120.958, 30.91))  # over the eastern edge
    there = ("--at", f"{shown.lon},{shown.lat}")
    add = ("camera", "add", "--url", "rtsp://127.0.0.1:1/x", "--name", "东口")
    enrol = ("device", "enrol", "--kind", "smoke_detector", "--key", make_keys().public)
    for words in (add, enrol):
        status, said = run(*words, *there)
        assert (status, "GCJ-02" in said) == (2, True)
        assert run(*words, *there, "--datum", "gcj02")[0] in (0, NO_PICTURE)
    assert run(*add, *there, "--datum", "wgs84")[0] == NO_PICTURE
    store = Store(sqlite_url(home.data / "lookout.db"))
    stands = Feed(store).snapshot()
    store.close()
    found = {each.camera_id: each.point.lon for each in stands.cameras}
    assert found == {"1001": pytest.approx(120.958), "1002": pytest.approx(shown.lon)}
    assert stands.devices[0].point.lon == pytest.approx(120.958)


def test_a_camera_is_sealed_and_stays_so_until_it_is_said(run, home: Home) -> None:
    add = (
        "camera",
        "add",
        "--url",
        "rtsp://127.0.0.1:1/x",
        "--name",
        "东口",
        "--at",
        AT,
    )
    assert run(*add)[0] == NO_PICTURE
    status, said = run("camera", "seal", "1001")
    assert (status, "sealed; walls" in said) == (0, True)
    assert f"lookout --home {home.root} camera seal --back 1001" in said
    assert run(*add, "--number", "1001", "--replace")[0] == NO_PICTURE
    assert run("camera", "list")[1].rstrip().endswith("sealed")
    assert run("camera", "seal", "--back", "1001")[0] == 0
    assert "sealed" not in run("camera", "list")[1]
    status, said = run("camera", "seal", "9")
    assert (status, str(home.root) in said) == (2, True)
