"""Files into registers from the command line, through the real service."""

import io
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from console import import_words, importing
from console.cli import main
from console.import_words import Words
from console.processes import own_command
from dispatch.importing_faults import FAULTS, Fault
from dispatch.importing_plan import Planned
from dispatch.keys import make_keys
from dispatch.receipts import Receipt
from dispatch.service import desk_for_a_moment
from dispatch.store import Store, sqlite_url
from resources.home import Home
from tests.limits_kit import patience, running

SAMPLE = (
    Path(__file__).parent.parent.parent / "resources" / "samples" / "yaozhuang-small"
)
FILES = {
    "grids": "grids.geojson",
    "staff": "units.csv",
    "cameras": "cameras.csv",
    "places": "places.csv",
    "devices": "devices.csv",
}


@pytest.fixture
def run(home: Home, capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> tuple[int, str]:
        status = main(["import", *words, "--home", str(home.root)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def kept(home: Home) -> "dict[str, int]":
    with desk_for_a_moment(home) as client:
        stands = importing.snapshot_of(client)
    return {
        "grids": len(stands.grids),
        "staff": len(stands.units),
        "cameras": len(stands.cameras),
        "places": len(stands.places),
        "devices": len(stands.devices),
    }


def test_a_town_comes_in_once_and_is_unchanged_the_second_time(run, home) -> None:
    for kind, name in FILES.items():
        status, said = run(kind, str(SAMPLE / name))
        assert (status, "有错误：0" in said) == (0, True), said
    assert kept(home) == {
        "grids": 12,
        "staff": 14,
        "cameras": 6,
        "places": 31,
        "devices": 16,
    }
    store = Store(sqlite_url(home.data / "lookout.db"))
    assert store.town().name == "姚庄镇"
    assert abs(store.town().origin.lat - 30.93) < 0.02
    store.close()
    for kind, name in FILES.items():
        status, said = run(kind, str(SAMPLE / name))
        assert (status, "没有写入：没有任何变化" in said) == (0, True), said


def test_dry_and_real_say_the_same_and_only_one_writes(run, home) -> None:
    file = str(SAMPLE / "places.csv")
    run("grids", str(SAMPLE / "grids.geojson"))
    status, dry = run("places", file, "--dry-run")
    assert (status, kept(home)["places"]) == (0, 0)
    _, real = run("places", file)
    assert dry.splitlines()[:-1] == real.splitlines()[:-1]
    assert kept(home)["places"] == 31


def test_nothing_is_written_with_a_fault_unless_it_is_skipped(
    run, home, tmp_path
) -> None:
    file = tmp_path / "人员.csv"
    file.write_bytes("编号,姓名,角色\nW1,甲,网格长\nW2,,网格长\n".encode("gb18030"))
    status, said = run("staff", str(file), "--dry-run")
    assert (status, "第 3 行：姓名 没有填" in said) == (1, True)
    assert run("staff", str(file))[0] == 1
    assert kept(home)["staff"] == 0
    status, said = run("staff", str(file), "--skip-faulty")
    assert (status, "已写入：1 行" in said) == (0, True)
    assert kept(home)["staff"] == 1


def test_a_file_without_rows_says_so(run, tmp_path) -> None:
    for name in ("人员.csv", "人员.geojson"):
        file = tmp_path / name
        file.touch()
        said = (1, f"{name}: 是空文件，没有可导入的内容\n没有写入。\n")
        assert run("staff", str(file)) == said
    file = tmp_path / "人员.csv"
    file.write_text("编号,姓名,角色\n", "utf-8")
    status, text = run("staff", str(file))
    assert (status, text.splitlines()[-1]) == (
        0,
        "没有写入：文件只有标题，下面没有一行。",
    )


def test_a_whole_roster_says_who_is_taken_off_and_does_it(run, tmp_path) -> None:
    file = tmp_path / "人员.csv"
    file.write_text("编号,姓名,角色\nW1,甲,网格长\nW2,乙,网格长\n", "utf-8")
    run("staff", str(file))
    roster, week = tmp_path / "排班.csv", "编号,周一,周二,周三,周四,周五,周六,周日\n"
    roster.write_text(f"{week}W1,全天,,,,,,\nW2,,全天,,,,,\n", "utf-8")
    run("roster", str(roster))
    roster.write_text(f"{week}W1,全天,,,,,,\n", "utf-8")
    status, said = run("roster", str(roster), "--replace", "--dry-run")
    assert (status, "移出排班，今后不当班：1 人\n    W2 乙" in said) == (0, True), said
    status, said = run("roster", str(roster), "--replace")
    assert (status, "已写入：1 行" in said) == (0, True), said
    status, said = run("roster", str(roster), "--replace")
    assert (status, "没有写入" in said) == (0, True), said
    assert run("staff", str(file), "--replace")[0] == 2


def test_a_report_speaks_of_columns_as_the_file_does(run, tmp_path) -> None:
    file = tmp_path / "网格.csv"
    rows = ["网格编码,名称,级别,边界", "3.3E+14,甲,网格,", "33,乙,村,", "1,丙,行星,"]
    file.write_text("\n".join([*rows, "330421111001001,丁,网格,ROUND"]), "utf-8")
    said = run("grids", str(file))[1]
    assert "第 2 行：网格编码 被表格软件缩成了 3.3E+14" in said
    assert "第 3 行：村、社区 的 网格编码 应为 12 位数字" in said
    assert "第 4 行：级别 应为 镇, 村、社区, 网格, 单位 之一" in said
    assert "第 5 行：边界 应写成 POLYGON" in said
    file.write_text("编号,名称,级别\n330421111,甲镇,镇\n", "utf-8")
    assert run("grids", str(file))[0] == 0
    file.write_text("code,name,级别\n330421111,乙镇,镇\n", "utf-8")
    assert "330421111 乙镇：name" in run("grids", str(file))[1]


def test_a_column_that_is_not_there_is_named_in_the_reader_s_language(run, tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text("编号,姓名\nW1,甲\n", "utf-8")
    status, said = run("staff", str(file))
    assert (status, "缺少这些列：角色（role）" in said) == (1, True)
    file.write_text("工号,姓名,角色\nW1,甲,网格员\n", "utf-8")
    said = run("staff", str(file))[1]
    assert "第 1 行：缺少这些列：编号（unit_id）" in said
    assert "不认识的列：工号" in said
    assert said.count("第 ") == 1  # its rows have nothing to add
    devices = tmp_path / "devices.csv"
    rows = ["编号,类型,名称,安装位置,经度,纬度", "D,树,甲,乙,120,30"]
    devices.write_text("\n".join(rows), "utf-8")
    assert "已有 烟感, " in run("devices", str(devices))[1]


def test_a_missing_file_is_said(run, tmp_path) -> None:
    status, said = run("staff", str(tmp_path / "none.csv"), "--skip-faulty")
    assert (status, "没有这个文件" in said) == (1, True)


def test_a_password_goes_nowhere(run, home, tmp_path) -> None:
    canary = "Kanarienvogel"
    file = tmp_path / "cameras.csv"
    file.write_text(
        "camera_id,name,lon,lat,main_url\n"
        f"9,a,120.93,30.93,rtsp://admin:{canary}@192.0.2.1/1\n"
    )
    status, said = run("cameras", str(file))
    assert (status, "camera login" in said) == (1, True)
    assert canary not in said
    for path in home.root.rglob("*"):
        assert not path.is_file() or canary.encode() not in path.read_bytes()


def test_a_camera_that_moves_to_another_machine_loses_its_log_in_and_that_is_said(
    run, home, tmp_path, monkeypatch
) -> None:
    file = tmp_path / "cameras.csv"
    row = "camera_id,name,lon,lat,main_url\n9,a,120.93,30.93,rtsp://192.0.2.{}/1\n"
    file.write_text(row.format(1))
    assert run("cameras", str(file))[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("Kanarienvogel\n"))
    login = ("camera", "login", "9", "--user", "admin", "--home", str(home.root))
    assert main([*login]) == 3  # nobody answers there
    file.write_text(row.format(66))
    status, said = run("cameras", str(file))
    assert (status, "camera login 9 --user" in said) == (0, True)
    assert "camera/9" not in (home.data / "secrets.json").read_text("utf-8")


def test_an_imported_device_is_enrolled_by_name_and_key_alone(
    run, home, capsys
) -> None:
    shutil.copytree(SAMPLE, home.root / "town")
    for kind in ("grids", "staff", "devices"):
        run(kind, str(home.root / "town" / FILES[kind]))
    key = make_keys().public
    enrol = ["device", "enrol", "--id", "term-W07", "--key", key]
    assert main([*enrol, "--home", str(home.root)]) == 0
    capsys.readouterr()
    with desk_for_a_moment(home) as client:
        stands = importing.snapshot_of(client)
    device = next(d for d in stands.devices if d.device_id == "term-W07")
    assert (device.public_key, device.unit_id) == (key, "W07")
    assert device.name == "王建国 终端"


def row(number: int) -> Planned:
    return Planned(line=number, key=str(number), name="", record=None, fields=None)


def sender(sent: list[int]) -> Callable[[object], "Future[Receipt]"]:
    def send(batch: list[Planned]) -> "Future[Receipt]":
        sent.append(len(batch))
        future: Future[Receipt] = Future()
        future.set_result(Receipt("", 1))
        return future

    return send


def test_batches_leave_nothing_out_and_stay_small() -> None:
    sent: list[int] = []
    batches = importing.Batches([row(n) for n in range(1234)], sender(sent))
    assert list(batches)[-1] == sum(sent) == 1234
    assert max(sent) <= importing.LARGEST


def test_an_interruption_counts_the_batch_that_was_under_way() -> None:
    sent: list[int] = []
    batches = importing.Batches([row(n) for n in range(200)], sender(sent))
    next(batches)
    waiting: Future[Receipt] = Future()
    batches._under_way = waiting, 50
    waiting.set_result(Receipt("", 2))
    batches.finish()
    assert batches.done == importing.FIRST_BATCH + 50
    batches.finish()
    assert batches.done == importing.FIRST_BATCH + 50


def test_positions_of_another_datum_and_numbers_no_device_can_say_are_told(
    run, tmp_path
) -> None:
    grids = tmp_path / "grids.csv"
    ring = "(120.94 30.90, 120.96 30.90, 120.96 30.92, 120.94 30.92, 120.94 30.90)"
    rows = ["编号,名称,级别,上级,边界", "330421111,甲镇,镇,,"]
    rows.append(f'330421111001001,甲,网格,330421111,"POLYGON({ring})"')
    grids.write_text("\n".join(rows), "utf-8")
    assert run("grids", str(grids))[0] == 0
    cameras = tmp_path / "cameras.csv"
    rows = ["编号,名称,经度,纬度,主码流", "1,甲,120.9642,30.91,rtsp://127.0.0.1:9/x"]
    rows.append("2,乙,120.95,30.91,rtsp://127.0.0.1:9/x")
    cameras.write_text("\n".join(rows), "utf-8")
    status, said = run("cameras", str(cameras))
    assert (status, "第 2 行：1 不在任何网格内" in said) == (0, True)
    assert "2 不在任何网格内" not in said
    devices = tmp_path / "devices.csv"
    rows = ["编号,类型,名称,安装位置,经度,纬度", "SD 1,烟感,甲,乙,120.95,30.91"]
    devices.write_text("\n".join(rows), "utf-8")
    status, said = run("devices", str(devices))
    assert (status, "不能是 'SD 1'" in said) == (1, True)
    swapped = ring.replace("120.94 30.90", "30.90 120.94")
    grids.write_text(grids.read_text("utf-8").replace(ring, swapped), "utf-8")
    assert "不是坐标（经度在前，纬度在后）：30.90 120.94" in run("grids", str(grids))[1]


def test_every_fault_has_its_words_in_both_languages(monkeypatch) -> None:
    monkeypatch.setattr("console.own_name.own_name", lambda: "lookout")
    assert {k: str(v) for k, v in import_words.FAULTS.items()} == FAULTS
    chinese, english = Words(), Words("en")
    details = dict.fromkeys(
        [
            "column",
            "key",
            "value",
            "low",
            "high",
            "levels",
            "level",
            "length",
            "count",
            "text",
            "kinds",
            "limit",
            "words",
            "columns",
            "lon",
            "lat",
            "known",
        ],
        "x",
    )
    for word in FAULTS:
        fault = Fault(1, word, details)
        assert english.fault(fault) == fault.text
        assert chinese.fault(fault) != fault.text


def test_progress_stands_on_a_terminal_only(capsys) -> None:
    progress = importing.Progress(sys.stderr, 10, Words("en"))
    progress.show(5)
    progress.end()
    assert capsys.readouterr().err == ""


def test_an_interruption_right_after_sending_loses_no_count(
    run, home, tmp_path, monkeypatch
) -> None:
    file = tmp_path / "places.csv"
    rows = [f"P{n},地点{n},shop,120.93,30.93" for n in range(500)]
    file.write_text("\n".join(["place_id,name,kind,lon,lat", *rows]), "utf-8")
    send = importing.submitted

    def interrupted(client, command):
        future = send(client, command)
        signal.raise_signal(signal.SIGINT)  # before anybody has noted that it is sent
        return future

    monkeypatch.setattr(importing, "submitted", interrupted)
    status, said = run("places", str(file))
    first = importing.FIRST_BATCH
    assert (status, f"500 行中的 {first} 行" in said) == (1, True), said
    assert kept(home)["places"] == first
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: SIGINT")
def test_interrupted_it_leaves_whole_batches_and_goes_on_later(
    run, home, tmp_path
) -> None:
    file = tmp_path / "places.csv"
    rows = [f"P{n},地点{n},shop,120.93,30.93" for n in range(1500)]
    file.write_text("\n".join(["place_id,name,kind,lon,lat", *rows]), "utf-8")
    with running(
        own_command("import", "places", str(file), "--home", str(home.root)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as command:
        assert command.stdout is not None
        with patience(command):
            while "有错误" not in command.stdout.readline():
                assert command.poll() is None
            command.send_signal(signal.SIGINT)
            said = command.stdout.read()
    assert command.returncode == 1, said
    assert "已停止" in said
    before = kept(home)["places"]
    assert before < 1500
    number = re.search(r"1500 行中的 (\d+) 行", said)
    assert number is None or int(number[1]) == before
    status, said = run("places", str(file))
    assert (status, f"已写入：{1500 - before} 行" in said) == (0, True)
