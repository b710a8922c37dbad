"""The engine against real worker processes and real RTSP streams."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from viewing import PASSWORD, USER, Cameras, Viewer, until

from tests.limits_kit import KILLED_S, next_line
from video.contract import Picture
from video.workers import Login, Mode, StreamSpec, Want


def is_worker(process: psutil.Process) -> bool:
    try:
        return "video.worker_main" in process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if is_worker(child)]


def test_six_streams_are_live_and_their_numbers_rise(cameras: Cameras, viewer: Viewer):
    viewer.log_in(*cameras.ids)
    viewer.engine.want(cameras.wants(*cameras.ids, mode=Mode.LIVE))
    viewer.await_state("live", *cameras.ids)
    viewer.await_advance(*cameras.ids)
    indexes = {camera_id: viewer.mark(camera_id) for camera_id in cameras.ids}
    assert [m.camera for m in indexes.values() if m] == [0, 1, 2, 3, 4, 5]
    for camera_id in cameras.ids:
        picture = viewer.engine.picture(camera_id)
        assert picture is not None
        assert (picture.width, picture.height) == (480, 270)
        assert picture.bytes_per_line == 480 * 4
        assert len(picture.data) == 480 * 270 * 4
        assert 0 <= picture.age_s < 4.0
    until(lambda: all(viewer.engine.status(c).fps > 5 for c in cameras.ids))
    assert len(workers()) == 2


def test_another_address_never_shows_the_picture_of_the_one_before(
    cameras: Cameras, viewer: Viewer
):
    viewer.log_in("1")
    wants = cameras.wants("1", mode=Mode.LIVE)
    viewer.engine.want(wants)
    viewer.await_advance("1")
    nobody = replace(wants["1"].spec, main_url="", sub_url="rtsp://127.0.0.1:9/sub")
    viewer.engine.want({"1": replace(wants["1"], spec=nobody)})
    assert viewer.engine.picture("1") is None
    until(lambda: viewer.reason("1") == "refused")
    viewer.engine.poll()
    assert viewer.engine.picture("1") is None
    viewer.engine.want(wants)
    viewer.await_advance("1")


def test_a_call_up_from_standby_shows_at_once(cameras: Cameras, viewer: Viewer):
    viewer.log_in(*cameras.ids)
    wants = cameras.wants(*cameras.ids, mode=Mode.STANDBY)
    viewer.engine.want(wants)
    viewer.await_state("standby", *cameras.ids)
    assert viewer.engine.poll() == set()
    assert viewer.engine.picture("2") is None
    assert viewer.engine.status("2").ready
    wants |= cameras.wants("2", "3", "4", "5", mode=Mode.LIVE)
    viewer.engine.want(wants)
    viewer.await_state("live", "2", "3", "4", "5")
    assert viewer.state("1") == viewer.state("6") == "standby"
    viewer.await_advance("2", "3", "4", "5")
    wants |= cameras.wants("2", mode=Mode.STANDBY)
    viewer.engine.want(wants)
    assert viewer.engine.picture("2") is None
    viewer.await_state("standby", "2")
    viewer.await_advance("3", "4", "5")


def test_a_killed_worker_costs_no_picture_and_comes_back(
    cameras: Cameras, viewer: Viewer, expected_log
):
    expected_log("video.workers", "video worker .* ended")
    viewer.log_in(*cameras.ids)
    viewer.engine.want(cameras.wants(*cameras.ids, mode=Mode.LIVE))
    viewer.await_advance(*cameras.ids)
    viewer.engine.poll()
    before = {c: viewer.engine.picture(c) for c in cameras.ids}
    pixels = {c: bytes(p.data) for c, p in before.items() if p}
    held: dict[str, Picture | None] = {}

    def noticed() -> bool:
        # One worker may be back before the other's end is heard of.
        for each in set(cameras.ids) - held.keys():
            if viewer.reason(each) == "worker":
                held[each] = viewer.engine.picture(each)
        return len(held) == len(cameras.ids)

    for worker in workers():
        worker.kill()
    until(noticed)
    for camera_id, picture in before.items():
        again = held[camera_id]
        assert picture is not None
        assert again is not None
        assert again.sequence == picture.sequence
        assert bytes(again.data) == pixels[camera_id]
        assert again.age_s > picture.age_s
    viewer.await_state("live", *cameras.ids)
    viewer.await_advance(*cameras.ids)
    for camera_id, picture in before.items():
        newer = viewer.engine.picture(camera_id)
        assert picture is not None
        assert newer is not None
        assert newer.sequence > picture.sequence
    assert not any(viewer.reason(c) for c in cameras.ids)


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals on Windows")
def test_ctrl_c_in_the_terminal_is_none_of_the_workers_business(
    cameras: Cameras, viewer: Viewer
):
    viewer.log_in("1")
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE))
    viewer.await_advance("1")
    before = [worker.pid for worker in workers()]
    assert all(os.getpgid(pid) != os.getpgid(0) for pid in before)
    for pid in before:
        os.kill(pid, signal.SIGINT)
    viewer.await_advance("1")
    assert [worker.pid for worker in workers()] == before


PARENT = """
import sys, time
from viewing import Cameras, Viewer
from video.workers import Login, Mode, StreamSpec, Want
viewer = Viewer()
viewer.log_in("1", "2")
viewer.engine.want({
    camera_id: Want(
        StreamSpec(
            stream_id=camera_id,
            main_url="",
            sub_url=f"rtsp://127.0.0.1:{sys.argv[1]}/{camera_id}/sub",
            needs_login=True,
        ),
        mode, 320, 180,
    )
    for camera_id, mode in (("1", Mode.LIVE), ("2", Mode.STANDBY))
})
viewer.await_advance("1")
viewer.await_state("standby", "2")
print("shown", flush=True)
time.sleep(600)
"""


def test_a_killed_desk_leaves_no_process_and_no_segment(cameras: Cameras):
    def segments() -> set[str]:
        folder = Path("/dev/shm")
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    before = segments()
    desk = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(cameras.port)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
    )
    assert desk.stdout is not None
    try:
        assert next_line(desk).strip() == b"shown"
        children = psutil.Process(desk.pid).children(recursive=True)
        assert len(children) == 2
    finally:
        desk.kill()
        desk.wait(KILLED_S)
        desk.stdout.close()
    _, alive = psutil.wait_procs(children, timeout=5.0)
    assert alive == []
    assert segments() <= before


def test_a_stream_being_decoded_at_two_deaths_gets_a_worker_of_its_own(
    cameras: Cameras, viewer: Viewer, expected_log
):
    expected_log("video.workers", "ended|worker of its own")
    viewer.log_in("2", "3")
    viewer.engine.want(cameras.wants("2", "3", mode=Mode.LIVE))
    for _ in range(2):
        viewer.await_advance("2", "3")
        # Leave the mark that a crash inside the decoder would leave.
        entry = viewer.engine._entries["2"]
        assert entry.slot is not None
        assert entry.post.process is not None
        process = psutil.Process(entry.post.process.pid)
        process.suspend()
        entry.slot._ints[4] = 1
        process.kill()
        until(lambda: viewer.state("2") != "live")
    viewer.await_advance("2", "3")
    assert viewer.engine.status("2").probation
    assert len(workers()) == 3
    viewer.engine.want(cameras.wants("3", mode=Mode.LIVE))
    until(lambda: len(workers()) == 2)


def test_a_server_that_was_not_there_comes_goes_away_and_comes_back(
    camera_cache, viewer: Viewer
):
    def both_refuse() -> None:
        until(lambda: all(viewer.reason(c) == "refused" for c in ("1", "2")))
        assert viewer.state("1") == viewer.state("2") == "connecting"

    own = Cameras(camera_cache, ["1", "2"], [])
    own.stop()
    try:
        viewer.log_in("1", "2")
        wants = own.wants("1", mode=Mode.LIVE) | own.wants("2", mode=Mode.STANDBY)
        viewer.engine.want(wants)
        both_refuse()
        own.start()
        viewer.await_advance("1")
        viewer.await_state("standby", "2")
        own.stop()
        both_refuse()
        last = viewer.engine.picture("1")
        assert last is not None
        own.start()
        viewer.await_state("live", "1")
        viewer.await_advance("1")
        viewer.await_state("standby", "2")
    finally:
        own.stop()


def test_a_camera_that_falls_silent_is_stalled_from_its_frames(
    camera_cache, viewer: Viewer
):
    own = Cameras(camera_cache, ["1", "2"], [])
    try:
        viewer.log_in("1", "2")
        viewer.engine.want(own.wants("1", "2", mode=Mode.LIVE))
        viewer.await_advance("1", "2")
        own.order(freeze="1")
        viewer.await_state("stalled", "1")
        viewer.engine.poll()
        picture = viewer.engine.picture("1")
        assert picture is not None
        assert picture.age_s > 4.0
        assert viewer.state("2") == "live"
        own.order(resume="1")
        viewer.await_state("live", "1")
        viewer.engine.poll()  # the jump over the silence is not an advance
        viewer.await_advance("1", "2")
    finally:
        own.stop()


def test_a_wrong_password_is_its_own_reason_until_there_is_another(
    cameras: Cameras, viewer: Viewer
):
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE))
    until(lambda: viewer.reason("1") == "login_missing")
    viewer.log_in("1", password="not this one")
    until(lambda: viewer.reason("1") == "login")
    assert viewer.state("1") == "connecting"
    viewer.log_in("1")
    viewer.await_state("live", "1")
    viewer.engine.forget_login("1")
    until(lambda: viewer.reason("1") == "login_missing")


def test_every_trouble_has_its_word(cameras: Cameras, viewer: Viewer):
    def spec(stream_id: str, url: str) -> Want:
        address = StreamSpec(stream_id=stream_id, main_url=url)
        return Want(address, Mode.LIVE, 320, 180)

    at = f"rtsp://127.0.0.1:{cameras.port}"
    viewer.engine.set_login("gone", Login(USER, PASSWORD))
    viewer.engine.want(
        {
            "gone": spec("gone", f"{at}/nobody/here"),
            "closed": spec("closed", "rtsp://127.0.0.1:1/x"),
            "strange": spec("strange", "gopher://127.0.0.1/x"),
            "nowhere": spec("nowhere", ""),
            "locked": spec("locked", f"{at}/1/sub"),
        }
    )
    words = {
        "gone": "not_found",
        "closed": "refused",
        "strange": "refused",
        "nowhere": "refused",
        "locked": "login",
    }
    until(lambda: {name: viewer.reason(name) for name in words} == words)
    assert viewer.state("unknown") == "off"


def test_a_large_tile_gets_the_large_stream_without_a_gap(
    cameras: Cameras, viewer: Viewer
):
    viewer.log_in("1")
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE, width=640, height=360))
    viewer.await_advance("1")
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE, width=1280, height=720))
    widths = set()

    def large_and_fast() -> bool:
        picture = viewer.engine.picture("1")
        assert picture is not None, "the tile went black"
        widths.add(picture.width)
        viewer.engine.poll()
        assert viewer.state("1") == "live"
        return viewer.engine.status("1").fps > 18  # the small one has 15

    until(large_and_fast)
    assert widths == {640, 1280}
    viewer.await_advance("1")
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE, width=640, height=360))
    until(lambda: viewer.engine.poll() and viewer.engine.status("1").fps < 17)
    viewer.await_advance("1")


def test_the_last_picture_of_a_silent_camera_is_never_painted_over(
    camera_cache, viewer: Viewer
):
    own = Cameras(camera_cache, ["1", "2", "3", "4"], [])
    try:
        viewer.log_in(*own.ids)
        wants = own.wants("1", mode=Mode.LIVE)
        viewer.engine.want(wants)
        viewer.await_advance("1")
        own.order(freeze="1")
        viewer.await_state("stalled", "1")
        viewer.engine.poll()
        wants |= own.wants("1", mode=Mode.LIVE, width=800, height=450)
        viewer.engine.want(wants)  # its next picture goes to another slot
        for _ in range(5):
            viewer.engine.poll()
        wants |= own.wants("2", "3", "4", mode=Mode.LIVE)
        viewer.engine.want(wants)
        viewer.await_advance("2", "3", "4")
        mark = viewer.mark("1")
        assert mark is not None
        assert mark.camera == 0
    finally:
        own.stop()


def test_a_desk_that_changes_its_mind_all_the_time_is_obeyed(
    cameras: Cameras, viewer: Viewer
):
    viewer.log_in(*cameras.ids)
    for turn in range(60):
        chosen = [c for at, c in enumerate(cameras.ids) if (turn >> (at % 4)) & 1]
        mode = Mode.LIVE if turn % 3 else Mode.STANDBY
        size = 160 + 16 * (turn % 30)
        viewer.engine.want(
            cameras.wants(*chosen, mode=mode, width=size, height=size * 9 // 16)
        )
        viewer.engine.poll()
        for camera_id in cameras.ids:
            viewer.engine.picture(camera_id)
            viewer.engine.status(camera_id)
    viewer.engine.want(cameras.wants(*cameras.ids, mode=Mode.LIVE))
    viewer.await_advance(*cameras.ids)


def test_close_leaves_nothing_and_may_be_called_twice(cameras: Cameras):
    threads = threading.active_count()
    viewer = Viewer()
    viewer.log_in("1", "2")
    viewer.engine.want(cameras.wants("1", "2", mode=Mode.LIVE))
    viewer.await_advance("1", "2")
    picture = viewer.engine.picture("1")
    assert picture is not None
    viewer.engine.close()
    viewer.engine.close()
    assert workers() == []
    assert threading.active_count() == threads
    assert len(bytes(picture.data)) == 480 * 270 * 4
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE))
    assert viewer.state("1") == "off"


def test_a_worker_that_hangs_does_not_hold_up_the_end(cameras: Cameras):
    viewer = Viewer()
    until(lambda: len(workers()) == 2)
    for worker in workers():
        os.kill(worker.pid, signal.SIGSTOP)
    viewer.log_in("1", "2")
    viewer.engine.want(cameras.wants("1", "2", mode=Mode.LIVE))
    viewer.engine.close()
    assert workers() == []


@pytest.mark.expected_log("video.workers", "cannot be started|ended")
def test_a_worker_that_cannot_run_is_said_and_not_tried_for_ever():
    from video.workers import VideoEngine

    engine = VideoEngine(worker_command=["/nonexistent/worker"], worker_count=1)
    engine.want(
        {"1": Want(StreamSpec(stream_id="1", main_url="rtsp://x/"), Mode.LIVE, 9, 9)}
    )
    assert engine.status("1").state == "connecting"
    engine.close()
