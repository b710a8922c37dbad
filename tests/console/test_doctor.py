"""What the doctor says of machines and installations that lack something."""

import json
import os
import runpy
import shutil
import socket
import subprocess
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from console import (
    doctor,
    doctor_cameras,
    doctor_machine,
    doctor_screen,
    doctor_sound,
    doctor_town,
)
from console.doctor import Finding, Level, as_text, examine
from console.plain_words import CHINESE, ENGLISH, PlainWords
from console.registers import snapshot_of
from console.service_point import ServicePoint, remember
from dispatch.changes import DeviceReading
from dispatch.commands import EnrolDevice
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.keys import make_keys
from dispatch.people import Actor, Role
from dispatch.rows import DEVICES, READINGS
from dispatch.secrets import SecretStore
from dispatch.service import Service, desk_for_a_moment, utc_now
from dispatch.store import Store, sqlite_url
from resources.home import Home

CHECKS = {
    name: check
    for room in (
        doctor_machine,
        doctor_screen,
        doctor_sound,
        doctor_town,
        doctor_cameras,
    )
    for name, check in room.CHECKS
}
ROOT = Path(__file__).resolve().parents[2]
TECHNICIAN = Actor("周", "技术席", frozenset({Role.TECHNICIAN}))


def found(name: str, home: Home) -> Finding:
    """Return a check's only finding, its gaps filled in both languages."""
    findings = examine(name, CHECKS[name], home)
    for language in (ENGLISH, CHINESE):
        assert as_text(findings, PlainWords("Doctor", language))
    (only,) = findings
    return only


def run_doctor(home: Home, *more: str, **environment: str):
    return subprocess.run(
        [sys.executable, *more, "--home", str(home.root), "--json"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | environment,
        timeout=120,
        check=False,
    )


def test_a_machine_that_has_everything_is_told_so(home: Home):
    done = run_doctor(home, "-m", "console.cli", "doctor", "--language", "zh_CN")
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert said["ok"]
    checks = {row["check"] for row in said["findings"]}
    assert {"python", "libraries", "display", "fonts", "decoder", "clock"} <= checks
    assert {"home", "disk", "ports", "key store", "store", "service"} <= checks
    for row in said["findings"]:
        assert row["said_en"]
        assert row["level"] == "ok" or row["remedy"]
    assert any(
        "程序库" in row["said"] or "可加载" in row["said"] for row in said["findings"]
    )


WITHOUT = """
import sys
gone = sys.argv.pop(1).split(",")
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in gone:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
from console.cli import main
sys.exit(main(["doctor", *sys.argv[1:]]))
"""


def test_it_works_without_any_library(home: Home):
    names = ("PySide6", "zmq", "sqlalchemy", "msgspec", "cryptography", "av", "numpy")
    done = run_doctor(home, "-c", WITHOUT, ",".join(names))
    assert done.returncode == 1, done.stderr
    findings = {row["check"]: row for row in json.loads(done.stdout)["findings"]}
    assert findings["store"]["level"] == "wrong"
    assert "is missing" in findings["store"]["said_en"]
    assert findings["home"]["level"] == "ok"


def test_it_says_what_decodes_besides_the_processor(home: Home, monkeypatch):
    found_by = doctor_screen.own_command
    assert found("hardware", home).level is Level.OK
    rows = [
        {"kind": "cuda", "codec": "h264", "right": True, "small": 0.5, "large": 0.2},
        {"kind": "cuda", "codec": "hevc", "right": True, "small": 2.0, "large": 0.2},
    ]
    code = "".join(f"print({json.dumps(row)!r})\n" for row in rows)
    monkeypatch.setattr(
        doctor_screen, "own_command", lambda *_: [sys.executable, "-c", code]
    )
    said = as_text([found("hardware", home)], PlainWords("Doctor", CHINESE))
    assert "h264 (cuda), hevc (cuda, ≥ 1920x1080)" in said
    monkeypatch.setattr(doctor_screen, "own_command", lambda *_: [sys.executable])
    said = as_text([found("hardware", home)], PlainWords("Doctor", CHINESE))
    assert "软件解码，没有找到可用的硬件解码" in said
    assert found_by("video-probe")[-1] == "video-probe"


def test_a_library_that_is_away_or_broken_is_named(
    home: Home, tmp_path: Path, monkeypatch
):
    (tmp_path / "zmq.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file')"
    )
    (tmp_path / "av.py").write_text("import os; os.abort()")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    findings = examine("libraries", CHECKS["libraries"], home)
    said = as_text(findings, PlainWords("Doctor", ENGLISH))
    assert "av crashes when it is loaded" in said
    monkeypatch.setattr(doctor_machine, "LIBRARIES", ("zmq", "nowhere_at_all"))
    findings = examine("libraries", CHECKS["libraries"], home)
    said = as_text(findings, PlainWords("Doctor", ENGLISH))
    assert "zmq needs libEGL.so.1" in said
    assert "sudo apt install libegl1" in said
    assert "nowhere_at_all cannot be loaded" in said
    assert {each.level for each in findings} == {Level.WRONG}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux: X11")
def test_a_library_of_the_window_that_is_away_is_named(home: Home, monkeypatch):
    monkeypatch.setattr(doctor_screen, "WINDOW_LIBRARIES", {"libnone.so.9": "libnone9"})
    only = found("window", home)
    assert only.level is Level.WRONG
    assert "libnone9" in str(only.values)


def test_a_screen_that_does_not_open_is_said(home: Home, monkeypatch):
    monkeypatch.setenv("DISPLAY", "127.0.0.1:99")
    monkeypatch.setenv("QT_QPA_PLATFORM", "nowhere")
    assert found("display", home).level is Level.WRONG


def test_a_small_screen_is_worth_a_look():
    (small,) = doctor_screen._screens([[1280, 720]])
    (enough,) = doctor_screen._screens([[1280, 720], [1920, 1080]])
    assert (small.level, enough.level) == (Level.LOOK, Level.OK)


@pytest.mark.parametrize("state", [True, False, None])
def test_a_clock_that_nobody_keeps_right_is_worth_a_look(home, monkeypatch, state):
    monkeypatch.setattr(doctor_machine, "_is_synchronised", lambda: state)
    assert found("clock", home).level is (Level.OK if state else Level.LOOK)
    monkeypatch.setattr(doctor_machine, "FIRST_YEAR", 3000)
    assert found("clock", home).level is Level.WRONG


def test_a_full_disk_is_wrong(home: Home, monkeypatch):
    usage = doctor_machine.shutil.disk_usage(home.data)
    for free, level in ((10**8, Level.WRONG), (2 * 10**9, Level.LOOK)):
        monkeypatch.setattr(
            doctor_machine.shutil,
            "disk_usage",
            lambda _path, free=free: usage._replace(free=free),
        )
        assert found("disk", home).level is level


def test_a_home_that_is_no_folder_or_is_open_to_all_is_wrong(
    home: Home, tmp_path: Path
):
    assert found("home", home).level is Level.OK
    if sys.platform != "win32":
        home.keys.chmod(0o755)
        assert found("home", home).level is Level.WRONG
        home.keys.chmod(0o700)
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert found("home", Home(taken)).level is Level.WRONG


def test_a_port_that_another_program_has_is_named(home: Home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        kept = json.dumps({"desk": f"tcp://127.0.0.1:{port}"})
        (home.run / "addresses.json").write_text(kept)
        only = found("ports", home)
        assert only.level is Level.LOOK
        assert str(port) in str(only.values)
    assert found("ports", home).level is Level.OK


def test_log_ins_without_their_key_are_wrong(home: Home):
    assert found("key store", home).level is Level.OK
    SecretStore(home).put("camera", "admin", "kanarien")
    assert found("key store", home).level is Level.OK
    key = home.keys / "secrets.key"
    if sys.platform != "win32":
        key.chmod(0o644)
        assert found("key store", home).level is Level.WRONG
    key.unlink()
    assert found("key store", home).level is Level.WRONG


def test_a_store_is_told_by_its_version(home: Home):
    assert found("store", home).level is Level.OK
    Service(home).close()
    assert found("store", home).level is Level.OK
    store = Store(sqlite_url(home.data / "lookout.db"))
    for revision, level in (("9999", Level.WRONG), ("", Level.LOOK)):
        with store.writing() as connection:
            connection.execute(
                sa.text("UPDATE alembic_version SET version_num = :to")
                if revision
                else sa.text("DELETE FROM alembic_version WHERE :to = ''"),
                {"to": revision},
            )
        assert found("store", home).level is level
    store.close()
    (home.data / "lookout.db").write_bytes(b"no database at all" * 1000)
    for more in ("lookout.db-wal", "lookout.db-shm"):
        (home.data / more).unlink(missing_ok=True)
    only = found("store", home)
    assert only.level is Level.WRONG
    assert "lookout.db" in str(only.values)


def test_the_service_is_asked_for_an_answer(home: Home):
    assert found("service", home).level is Level.LOOK
    service = Service(home)
    try:
        assert found("service", home).level is Level.OK
        assert found("ports", home).level is Level.OK
    finally:
        service.close()


@pytest.mark.expected_log("dispatch.server", "unknown key")
def test_a_desk_that_is_not_let_in_is_told_how(home: Home, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(doctor_town, "ANSWER_S", 1.0)
    away = Home(tmp_path / "away")
    service = Service(home)
    try:
        point = ServicePoint(
            address=service.ready.desk_address, server_key=service.ready.server_key
        )
        remember(away, point)
        only = found("service", away)
        assert only.level is Level.WRONG
        assert "another program" in only.said
        assert "lookout desk enrol" in only.remedy
        assert examine("store", CHECKS["store"], away) == []
    finally:
        service.close()
    remember(away, replace(point, server_key=make_keys().public))
    assert "nobody listens" in found("service", away).said


def test_a_device_that_never_said_anything_is_named(home: Home):
    assert found("devices", home).said == "none is enrolled yet"
    with desk_for_a_moment(home) as desk:
        snapshot_of(desk)
        entry = Device(
            device_id="SD-1",
            kind="smoke_detector",
            name="烟感",
            public_key=make_keys().public,
            place_name="东门",
            point=Point(120.95, 30.91),
        )
        desk.submit(EnrolDevice(actor=TECHNICIAN, device=entry)).result(20)
    findings = examine("devices", CHECKS["devices"], home)
    said = as_text(findings, PlainWords("Doctor", ENGLISH))
    assert "SD-1 烟感: never heard from" in said
    assert "1 must give signs of life: 0 not heard in time, 1 never" in said


def test_the_doctor_and_the_desk_count_silence_alike(home: Home):
    """A terminal that is switched off is missed by neither, an old sign by both."""
    Service(home).close()
    store = Store(sqlite_url(home.data / "lookout.db"))
    kinds = {"a": "smoke_detector", "b": "smoke_detector", "c": "worker_terminal"}
    now = utc_now()
    rows = [
        Device(
            device_id=name,
            kind=kind,
            name=name,
            public_key=make_keys().public,
            place_name="东门",
            point=Point(120.95, 30.91),
        )
        for name, kind in kinds.items()
    ]
    heard = DeviceReading(
        device_id="a", last_seen=now - timedelta(hours=30), battery=None, values={}
    )
    with store.writing() as connection:
        DEVICES.save(connection, ((None, row) for row in rows))
        READINGS.save(connection, [(None, heard)])
    store.close()
    said = as_text(
        examine("devices", CHECKS["devices"], home), PlainWords("Doctor", ENGLISH)
    )
    assert "2 must give signs of life: 1 not heard in time, 1 never" in said
    assert "a a: not heard for 30 h" in said
    assert "c c" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: players")
def test_sound_is_tried_as_the_desk_plays_it(home: Home, tmp_path, monkeypatch):
    monkeypatch.setattr("console.speaker.PLAYERS", (("no-such-player",),))
    assert found("sound", home).level is Level.LOOK
    for code, level in ((0, Level.OK), (1, Level.LOOK)):
        player = tmp_path / f"player{code}"
        player.write_text(f"#!/bin/sh\nexit {code}\n")
        player.chmod(0o755)
        monkeypatch.setattr("console.speaker.PLAYERS", ((str(player),),))
        assert found("sound", home).level is level


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: espeak-ng")
def test_a_voice_is_tried_as_the_desk_uses_it(home: Home, tmp_path, monkeypatch):
    monkeypatch.setattr("console.speech.VOICE", str(tmp_path / "no-such-voice"))
    assert found("speech", home).level is Level.LOOK
    for script in ("cat > /dev/null", "cat > /dev/null; exit 1", "cat"):
        voice = tmp_path / "voice"
        voice.write_text(f"#!/bin/sh\n{script}\n")
        voice.chmod(0o755)
        monkeypatch.setattr("console.speech.VOICE", str(voice))
        only = found("speech", home)
        assert only.level is Level.LOOK
        assert "espeak-ng" in only.remedy


@pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed"
)
def test_a_voice_that_speaks_is_said(home: Home):
    only = found("speech", home)
    assert (only.level, only.values) == (Level.OK, {"name": "espeak-ng"})


def test_the_last_line_counts_what_is_wrong_else_what_to_look_at():
    fine = doctor.fine("python", "ok")
    look = doctor.look("sound", "none", "see")
    wrong = doctor.wrong("disk", "full", "clear")

    def last(*findings: Finding) -> str:
        return as_text(list(findings), PlainWords("Doctor", CHINESE)).splitlines()[-1]

    assert last(fine) == "没有问题。"
    assert last(fine, look, look) == "没有错误，2 项注意。"
    assert last(look, wrong) == "需处理 1 项。"


def test_every_word_of_it_has_its_chinese():
    chinese = PlainWords("Doctor", CHINESE)
    sources = (ROOT / "console").glob("doctor*.py")
    known = set(chinese._known)
    assert len(known) > 80
    for name in (*doctor.NAMES.values(), *doctor.LEVELS.values(), doctor.VERDICT_FINE):
        assert name in known
    assert len(list(sources)) == 8


def test_it_speaks_the_language_of_the_desk_like_every_command(
    home, monkeypatch, capsys
):
    def asked() -> str:
        monkeypatch.setattr(doctor, "examine", lambda *_: [])
        doctor.run_doctor(home, Namespace(language="", json=False))
        return capsys.readouterr().out

    assert "没有" in asked()
    monkeypatch.setenv("LOOKOUT_LANGUAGE", ENGLISH)
    assert doctor.VERDICT_FINE in asked()


def test_the_set_up_and_the_doctor_name_the_same_libraries():
    root = Path(doctor_machine.__file__).parent.parent
    names = runpy.run_path(str(root / "packaging" / "setup_env.py"))
    assert dict(names["WITHOUT_SCREEN"]) == doctor_machine.SYSTEM_LIBRARIES
    assert dict(names["FOR_A_WINDOW"]) == doctor_machine.WINDOW_LIBRARIES
