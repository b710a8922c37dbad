"""Bringing one's own: a camera and a device of others, let in from the command line."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.camera_looks import NO_PICTURE
from dispatch.cases import CaseState
from dispatch.commands import Moment
from dispatch.keys import make_keys
from dispatch.queueing import due_lane, now_lane
from dispatch.service import service_running
from tests.limits_kit import next_line, running
from video.contract import StreamState

REAL = Path(__file__).parent.parent / "real"
SYSTEM_PYTHON = Path("/usr/bin/python3")
PLAIN = Qt.KeyboardModifier.NoModifier
USER, PASSWORD = "admin", "p@ss:w/örd %41"


@contextlib.contextmanager
def foreign_camera() -> Iterator[str]:
    """Run gst-rtsp-server as `tests/real` does, and give the camera's address."""
    if not SYSTEM_PYTHON.exists():
        pytest.skip("there is no /usr/bin/python3")
    with running(
        [str(SYSTEM_PYTHON), str(REAL / "gst_rtsp_camera.py"), "h264"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin is not None
        order = {"username": USER, "password": PASSWORD, "auth": "digest"}
        with contextlib.suppress(BrokenPipeError):
            server.stdin.write(json.dumps(order | {"protocols": "tcp"}) + "\n")
            server.stdin.flush()
        said = json.loads(next_line(server))
        if "missing" in said:
            pytest.skip(f"gst-rtsp-server cannot run here: {said['missing']}")
        yield f"rtsp://127.0.0.1:{said['port']}/camera"
        server.stdin.close()


def add_camera(desk, address: str, password: str, *more: str, status: int = 0) -> str:
    return desk.lookout(
        *("camera", "add", "--url", address, "--name", "河埠头"),
        *("--number", "2001", "--at", "120.951,30.911", "--bearing", "45"),
        *("--user", USER, "--password-stdin", *more),
        typed=f"{password}\n",
        status=status,
    )


def painted(desk) -> "np.ndarray":
    pixels = desk.run.window.pictures.painted_tile_image(0)
    assert pixels is not None
    return pixels[..., :3]


def shows_a_ball_that_moves(desk) -> bool:
    """Look for the white ball on black in the first tile's painted pixels, twice."""
    first = painted(desk)
    if first.max() < 200 or np.median(first) > 40:
        return False
    desk.until(lambda: not np.array_equal(first, painted(desk)), "the next picture")
    return True


@pytest.mark.expected_log("video", "2001")
def test_a_camera_of_ones_own_is_added_and_seen(own_desk):
    with foreign_camera() as address:
        pictures = own_desk.run.window.pictures
        assert "lookout camera add" in pictures.content(0).reason
        said = add_camera(own_desk, address, "wrong one", status=NO_PICTURE)
        assert "2001 河埠头：已登记" in said
        assert "用户名或密码不对" in said
        own_desk.until(lambda: pictures.shown[0] == "2001", "the camera in a tile")
        own_desk.until(
            lambda: pictures.content(0).reason == "用户名或密码不被接受",
            "the tile to say that the log-in is wrong",
        )

        said = add_camera(own_desk, address, PASSWORD, "--replace")
        assert "2001 河埠头：已替换" in said
        assert "连得通，有画面" in said
        own_desk.until(
            lambda: own_desk.run.engine.status("2001").state is StreamState.LIVE,
            "the picture",
        )
        own_desk.until(lambda: shows_a_ball_that_moves(own_desk), "the ball")
        content = pictures.content(0)
        assert (content.name, content.reason) == ("河埠头", "")
        assert content.status.startswith("实时")


def raise_a_case(own_desk, tmp_path) -> int:
    """Enrol a detector, have a program of another maker alarm as it; return the case."""
    keys = make_keys()
    said = own_desk.lookout(
        *("device", "enrol", "--id", "SD-7", "--key", keys.public),
        *("--kind", "smoke_detector", "--name", "茶馆烟感"),
        *("--place", "老街茶馆", "--at", "120.951,30.911"),
    )
    assert "SD-7" in said
    service = service_running(own_desk.home)
    assert service is not None
    config, messages = tmp_path / "config.json", tmp_path / "messages.json"
    config.write_text(
        json.dumps(
            {
                "address": service.intake_address,
                "server_key": service.server_key,
                "public_key": keys.public,
                "secret_key": keys.secret,
                "device": "SD-7",
            }
        )
    )
    messages.write_text(json.dumps([{"type": "alarm", "text": "smoke 12 %/m"}]))
    with running(
        [sys.executable, REAL / "foreign_device.py", config, messages],
        stdout=subprocess.PIPE,
        text=True,
    ) as device:
        board = own_desk.run.board
        own_desk.until(lambda: board.cases, "the device's case")
        (case_id,) = board.cases
        own_desk.until(
            lambda: Moment.ON_SCREEN in board.cases[case_id].clocks, "it on the screen"
        )
        own_desk.until(lambda: device.poll() is not None, "the device to end")
        assert device.stdout is not None
        answers = [json.loads(line) for line in device.stdout]
    assert device.returncode == 0
    assert [answer["type"] for answer in answers] == ["welcome", "ack"]
    return case_id


def test_a_device_of_ones_own_is_enrolled_and_raises_a_case(own_desk, tmp_path):
    case_id = raise_a_case(own_desk, tmp_path)
    board = own_desk.run.board
    assert board.cases[case_id].place_name == "老街茶馆"
    assert board.cases[case_id].details == "smoke 12 %/m"


def test_a_false_alarm_ends_where_there_is_nobody_to_send(own_desk, tmp_path):
    case_id = raise_a_case(own_desk, tmp_path)
    run = own_desk.run
    assert not run.board.units

    def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or run.window, key, modifiers)

    press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    own_desk.until(
        lambda: run.board.cases[case_id].state is CaseState.FILED, "it taken"
    )
    own_desk.until(lambda: run.desk.actions.pending(case_id) is None, "the answer")
    panel = run.window.case
    assert panel.step.step()[1] == "没有可派人员：F8 作废，或导入人员。"
    press(Qt.Key.Key_F8)
    choice = panel.choice()
    assert choice is not None
    assert choice.buttons[0].text().endswith("误报")
    own_desk.until(choice.hasFocus, "the question to have the keyboard")
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    own_desk.until(
        lambda: run.board.cases[case_id].state is CaseState.VOIDED, "it void"
    )
    case = run.board.cases[case_id]
    assert case.outcome == "false_alarm"
    assert not now_lane(run.board, run.desk.clock())
    assert not due_lane(run.board, run.desk.clock())
    entry = run.board.entries(case_id)[-1]
    heading, text = panel.log.itemDelegate().lines(entry)
    assert (heading.split()[0], text) == ("作废", "误报")
