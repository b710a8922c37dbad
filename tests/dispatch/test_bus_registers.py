"""Cameras, units and devices in their registers, through the real bus."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from bus_kit import CENTRE, DESK, FAR_AWAY, Kit, refusal

from dispatch import tables
from dispatch.cameras import Camera
from dispatch.commands import (
    EnrolDevice,
    ImportTown,
    OpenStream,
    RegisterCamera,
)
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.registry import Registry
from dispatch.rows import CAMERAS, load_all
from dispatch.units import Unit


def test_a_password_goes_to_the_sealed_store_only(kit: Kit, tmp_path: Path) -> None:
    camera = Camera(
        camera_id="1207", name="12幢东", point=CENTRE, main_url="rtsp://10.0.0.7/main"
    )
    kit.bus.handle(
        RegisterCamera(
            actor=DESK, camera=camera, username="lookout", password="Canary-9c1f"
        )
    )
    kept = kit.board().cameras["1207"]
    assert kit.secrets.kept[kept.secret_ref].password == "Canary-9c1f"
    kit.bus.handle(RegisterCamera(actor=DESK, camera=camera))
    assert kit.board().cameras["1207"].secret_ref == kept.secret_ref
    view = OpenStream(actor=DESK, camera_id="1207", purpose="view")
    receipt = kit.bus.handle(view)
    assert receipt.value == ("lookout", "Canary-9c1f")
    assert "Canary" not in repr(receipt)
    assert kit.bus.handle(view).value == ("lookout", "Canary-9c1f")
    for file in tmp_path.iterdir():
        assert b"Canary" not in file.read_bytes()


@pytest.mark.parametrize("way", ["register", "import"])
@pytest.mark.parametrize(
    ("main_url", "sub_url", "keeps"),
    [
        ("rtsp://10.0.0.7/other", "", True),
        ("rtsp://10.0.0.7:554/main", "rtsp://10.0.0.7/small", True),
        ("rtsp://10.0.0.66/main", "", False),
        ("rtsp://10.0.0.7:8554/main", "", False),
        ("rtsps://10.0.0.7/main", "", False),
        ("rtsp://10.0.0.7/main", "rtsp://10.0.0.66/small", False),
        ("rtsp://10.0.0.7:bad/main", "", False),
    ],
)
def test_a_password_never_goes_to_another_machine(
    kit: Kit, way: str, main_url: str, sub_url: str, keeps: bool
) -> None:
    camera = Camera(
        camera_id="1207", name="12幢东", point=CENTRE, main_url="rtsp://10.0.0.7/main"
    )
    kit.bus.handle(
        RegisterCamera(actor=DESK, camera=camera, username="a", password="Canary-9c1f")
    )
    camera = replace(camera, main_url=main_url, sub_url=sub_url)
    if way == "import":
        kit.bus.handle(ImportTown(actor=DESK, cameras=(camera,)))
    else:
        kit.bus.handle(RegisterCamera(actor=DESK, camera=camera))
    assert bool(kit.board().cameras["1207"].secret_ref) is keeps
    assert bool(kit.secrets.kept) is keeps
    view = OpenStream(actor=DESK, camera_id="1207", purpose="view")
    assert (kit.bus.handle(view).value is not None) is keeps


def test_another_machines_password_waits_for_the_commit(kit: Kit) -> None:
    camera = Camera(
        camera_id="1207", name="12幢东", point=CENTRE, main_url="rtsp://10.0.0.7/main"
    )
    kit.bus.handle(
        RegisterCamera(actor=DESK, camera=camera, username="a", password="old")
    )
    elsewhere = replace(camera, main_url="rtsp://10.0.0.66/main")
    moves = RegisterCamera(actor=DESK, camera=elsewhere, username="a", password="new")
    view = OpenStream(actor=DESK, camera_id="1207", purpose="standby", case_id=None)
    with kit.store.writing() as connection:
        connection.execute(sa.text("ALTER TABLE cameras RENAME TO away"))
    with pytest.raises(sa.exc.DatabaseError):
        kit.bus.handle(moves)
    with kit.store.writing() as connection:
        connection.execute(sa.text("ALTER TABLE away RENAME TO cameras"))
    assert kit.bus.handle(replace(view, command_id="v1")).value == ("a", "old")
    kit.bus.handle(moves)
    assert kit.bus.handle(replace(view, command_id="v2")).value == ("a", "new")
    assert "old" not in [each.password for each in kit.secrets.kept.values()]


def test_a_log_in_is_deleted_only_when_its_camera_has_moved_for_good(kit: Kit) -> None:
    camera = Camera(
        camera_id="1207", name="12幢东", point=CENTRE, main_url="rtsp://10.0.0.7/main"
    )
    kit.bus.handle(
        RegisterCamera(actor=DESK, camera=camera, username="a", password="b")
    )
    elsewhere = replace(camera, main_url="rtsp://10.0.0.66/main")
    bad = replace(camera, camera_id="1208", main_url="rtsp://a:b@10.0.0.7/main")
    command = ImportTown(actor=DESK, cameras=(elsewhere, bad))
    assert refusal(kit, command).reason == "credentials_in_url"
    assert kit.board().cameras["1207"].secret_ref in kit.secrets.kept


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://a:Kanari@10.0.0.7/main",
        "RTSP://Kanari@10.0.0.7/main",
        "rtsp://10.0.0.7/user=admin&password=Kanari&channel=1&stream=0.sdp",
        "rtsp://10.0.0.7/user=admin_password=Kanari_channel=1_stream=0.sdp",
        "rtsp://10.0.0.7/live?channel=1&Pwd=Kanari",
        "rtsp://10.0.0.7/live?%70asswd=Kanari",
        "rtsp://10.0.0.7:bad/live?pass=Kanari",
    ],
)
def test_a_camera_address_with_a_login_is_refused(kit: Kit, url: str) -> None:
    camera = Camera(camera_id="1", name="", point=CENTRE, main_url=url)
    refused = refusal(kit, RegisterCamera(actor=DESK, camera=camera))
    assert refused.reason == "credentials_in_url"
    assert "Kanari" not in str(refused)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rtsp://10.0.0.7/Streaming/Channels/101",
        "rtsp://10.0.0.7/cam/realmonitor?channel=1&subtype=0",
        "rtsp://10.0.0.7/live@home?multiuser=1&bypass=0",
    ],
)
def test_a_plain_camera_address_is_taken(kit: Kit, url: str) -> None:
    camera = Camera(camera_id="1", name="", point=CENTRE, main_url=url)
    kit.bus.handle(RegisterCamera(actor=DESK, camera=camera))
    assert kit.board().cameras["1"].main_url == url


@pytest.mark.parametrize("way", [RegisterCamera, ImportTown])
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"bearing_deg": math.nan}, "camera_bearing"),
        ({"bearing_deg": math.inf}, "camera_bearing"),
        ({"bearing_deg": 999.0}, "camera_bearing"),
        ({"bearing_deg": -20.0}, "camera_bearing"),
        ({"fov_deg": 0.0}, "camera_fov"),
        ({"fov_deg": math.nan}, "camera_fov"),
        ({"range_m": -5.0}, "camera_range"),
        ({"range_m": 5_001.0}, "camera_range"),
        ({"camera_id": "A12"}, "camera_number"),
        ({"camera_id": ""}, "camera_number"),
        ({"camera_id": "１２"}, "camera_number"),
        ({"camera_id": "123456789"}, "camera_number"),
        ({"point": FAR_AWAY}, "far_from_town"),
        ({"point": Point(CENTRE.lat, -CENTRE.lon / 2)}, "far_from_town"),
    ],
)
def test_a_camera_that_cannot_be_is_refused_in_words(
    kit: Kit, way: type, wrong: dict[str, Any], reason: str
) -> None:
    camera = replace(Camera(camera_id="1207", name="东", point=CENTRE), **wrong)
    command = (
        ImportTown(actor=DESK, cameras=(camera,))
        if way is ImportTown
        else RegisterCamera(actor=DESK, camera=camera)
    )
    assert refusal(kit, command).reason == reason


def test_a_camera_that_stood_before_can_still_be_given_its_log_in(kit: Kit) -> None:
    old = Camera(camera_id="A12", name="东", point=FAR_AWAY, bearing_deg=-20.0)
    with kit.store.writing() as connection:
        CAMERAS.save(connection, [(None, old)])
    kit.bus = kit.new_bus()
    kit.bus.handle(RegisterCamera(actor=DESK, camera=old, username="a", password="b"))
    assert kit.board().cameras["A12"].secret_ref
    worse = replace(old, bearing_deg=-21.0)
    command = RegisterCamera(actor=DESK, camera=worse)
    assert refusal(kit, command).reason == "camera_bearing"


@pytest.mark.parametrize("ends", [0.0, 360.0])
def test_an_empty_installation_takes_a_camera_anywhere(
    store_address: str | sa.URL, ends: float
) -> None:
    kit = Kit(store_address, empty=True)
    camera = Camera(
        camera_id="1", name="东", point=FAR_AWAY, bearing_deg=ends, fov_deg=360.0
    )
    kit.bus.handle(RegisterCamera(actor=DESK, camera=camera))
    assert kit.board().cameras["1"].point == FAR_AWAY
    kit.close()


def test_each_view_of_a_camera_is_logged(kit: Kit) -> None:
    view = OpenStream(actor=DESK, camera_id="1203", purpose="standby", case_id=3)
    assert kit.bus.handle(view).value is None
    with kit.store.reading() as connection:
        row = connection.execute(sa.select(tables.view_log)).one()
    assert (row.actor, row.camera_id, row.purpose, row.case_id) == (
        "李敏",
        "1203",
        "standby",
        3,
    )


def test_an_import_does_not_call_a_unit_off_its_case(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    again = Unit(unit_id="W01", name="王建国(组长)", role="网格长")
    kit.bus.handle(ImportTown(actor=DESK, units=(again,)))
    unit = kit.board().units["W01"]
    assert (unit.name, unit.case_id) == ("王建国(组长)", case_id)
    assert unit.device_id == "T1"


def test_one_key_is_one_device(kit: Kit) -> None:
    device = kit.board().devices["S1"]
    twin = replace(device, device_id="S7")
    assert refusal(kit, EnrolDevice(actor=DESK, device=twin)).reason == "key_taken"


def test_the_name_of_a_device_that_speaks_is_given_away_on_purpose_only(
    kit: Kit,
) -> None:
    known = kit.board().devices["S1"]
    other = replace(known, public_key="n" * 40)
    assert refusal(kit, EnrolDevice(actor=DESK, device=other)).reason == "device_taken"
    assert kit.board().devices["S1"] == known
    kit.bus.handle(EnrolDevice(actor=DESK, device=replace(known, name="新名")))
    kit.bus.handle(EnrolDevice(actor=DESK, device=other, replaces=True))
    assert kit.board().devices["S1"].public_key == "n" * 40
    # One that was revoked has left its name.
    kit.bus.handle(EnrolDevice(actor=DESK, device=replace(other, revoked=True)))
    kit.bus.handle(EnrolDevice(actor=DESK, device=known))
    assert kit.board().devices["S1"].public_key == known.public_key


def test_a_unit_carries_one_terminal(kit: Kit) -> None:
    kit.enrol("T2", "worker_terminal", unit_id="W01")
    board = kit.board()
    assert board.units["W01"].device_id == "T2"
    assert board.devices["T1"].unit_id == ""
    kit.enrol("T2", "worker_terminal", unit_id="W02")
    board = kit.board()
    assert board.units["W01"].device_id == ""
    assert board.units["W02"].device_id == "T2"
    # A button at the belt is no terminal, and takes nobody's place.
    kit.enrol("B1", "panic_button", unit_id="W02")
    board = kit.board()
    assert board.units["W02"].device_id == "T2"
    assert board.devices["T2"].unit_id == "W02"
    gone = replace(board.devices["T2"], revoked=True)
    kit.bus.handle(EnrolDevice(actor=DESK, device=gone))
    board = kit.board()
    assert board.units["W02"].device_id == ""
    assert (board.devices["T2"].unit_id, board.devices["T2"].revoked) == ("", True)


@pytest.mark.parametrize("key", ["", "short", "k" * 41, "号" * 40, " " * 40, "~" * 40])
def test_what_is_no_key_is_not_enrolled(kit: Kit, key: str) -> None:
    device = replace(kit.board().devices["S1"], public_key=key)
    assert refusal(kit, EnrolDevice(actor=DESK, device=device)).reason == "key"


def imported(kit: Kit, *devices: Device, cameras: tuple[Camera, ...] = ()) -> None:
    kit.bus.handle(ImportTown(actor=DESK, devices=devices, cameras=cameras))


def test_an_imported_device_stands_and_is_not_enrolled(kit: Kit) -> None:
    plain = replace(kit.board().devices["S1"], device_id="S7", public_key="")
    other = replace(plain, device_id="S8")
    imported(kit, plain, other)  # two without a key are no two of one key
    assert kit.board().devices["S7"].public_key == ""
    registry = Registry()
    registry.load(kit.board().devices.values())
    assert registry.device("") is None
    kit.enrol("S7", "smoke_detector")
    assert kit.board().devices["S7"].public_key == "S7".rjust(40, "0")


def test_an_import_takes_no_key_away_and_lets_no_revoked_one_in(kit: Kit) -> None:
    known = kit.board().devices["S1"]
    imported(kit, replace(known, public_key="", name="新名"))
    assert kit.board().devices["S1"] == replace(known, name="新名")
    kit.bus.handle(EnrolDevice(actor=DESK, device=replace(known, revoked=True)))
    imported(kit, known)
    assert kit.board().devices["S1"].revoked


def test_one_key_is_one_device_in_a_file_too(kit: Kit) -> None:
    twin = replace(kit.board().devices["S1"], device_id="S7")
    fresh = replace(twin, device_id="S8", public_key="S8".rjust(40, "0"))
    command = ImportTown(actor=DESK, devices=(fresh, twin))
    assert refusal(kit, command).reason == "key_taken"
    assert "S8" not in kit.board().devices, "a batch is in as a whole, or not"
    twice = ImportTown(actor=DESK, devices=(fresh, replace(fresh, device_id="S9")))
    assert refusal(kit, twice).reason == "key_taken"


def test_imported_terminals_are_carried_like_enrolled_ones(kit: Kit) -> None:
    old = kit.board().devices["T1"]
    first = replace(old, device_id="T2", public_key="")
    second = replace(old, device_id="T3", public_key="")
    imported(kit, first, second)
    board = kit.board()
    assert board.units["W01"].device_id == "T3"
    assert [board.devices[i].unit_id for i in ("T1", "T2", "T3")] == ["", "", "W01"]


def test_an_import_keeps_a_cameras_log_in_and_takes_none(kit: Kit) -> None:
    camera = Camera(
        camera_id="1207", name="12幢东", point=CENTRE, main_url="rtsp://10.0.0.7/main"
    )
    kit.bus.handle(
        RegisterCamera(actor=DESK, camera=camera, username="a", password="b")
    )
    imported(kit, cameras=(replace(camera, name="新名"),))
    kept = kit.board().cameras["1207"]
    assert (kept.name, kept.secret_ref[:12]) == ("新名", "camera/1207/")
    bad = replace(camera, main_url="rtsp://a:b@10.0.0.7/main")
    command = ImportTown(actor=DESK, cameras=(bad,))
    assert refusal(kit, command).reason == "credentials_in_url"


def test_of_what_is_altered_only_that_is_written(kit: Kit) -> None:
    """A row's other columns, and the indexes over them, are left alone."""
    before = Camera(camera_id="A12", name="东", point=CENTRE, bearing_deg=20.0)
    after = replace(before, name="西", point=FAR_AWAY)
    written: list[str] = []
    with kit.store.writing() as connection:
        CAMERAS.save(connection, [(None, before)])
        sa.event.listen(
            connection, "before_cursor_execute", lambda *told: written.append(told[2])
        )
        CAMERAS.save(connection, [(before, after), (after, after)])
        (found,) = load_all(connection, CAMERAS, tables.cameras.c.camera_id == "A12")
    assert found == after
    (update,) = [text for text in written if text.startswith("UPDATE")]
    columns = update.partition(" SET ")[2].partition(" WHERE ")[0]
    names = {part.partition("=")[0].strip() for part in columns.split(",")}
    assert names == {"name", "lon", "lat", "datum"}
