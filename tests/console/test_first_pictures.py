"""The first picture of a camera that was called up does not wait for a tick."""

import sys
import time

import pytest
import shiboken6
from desk_kit import DeskKit
from PySide6.QtCore import QObject, QTimer

from console.first_pictures import LOOK_FOR_S, FirstPictures
from console.panels.pictures import PicturesPanel
from video.contract import Mode, Want
from video.slots import SlotAddress, SlotWriter
from video.sources import StreamSpec
from video.workers import VideoEngine

SIZE = (64, 48)


@pytest.fixture
def engine():
    """An engine whose worker never says or shows anything by itself."""
    idle = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    made = VideoEngine(worker_command=idle, worker_count=1)
    yield made
    made.close()


@pytest.fixture
def parent(qtbot):
    made = QObject()
    yield made
    if shiboken6.isValid(made):
        shiboken6.delete(made)


def want(engine: VideoEngine, *names: str) -> None:
    spec = StreamSpec(stream_id="", main_url="rtsp://192.0.2.1/", sub_url="")
    engine.want({name: Want(spec, Mode.LIVE, *SIZE) for name in names})


def publish(engine: VideoEngine, name: str) -> None:
    """Do what a worker does with a picture."""
    slot = engine._entries[name].slot
    assert slot is not None
    address: SlotAddress = slot.address
    writer = SlotWriter(address, engine._arena.fd)
    assert writer.begin(*SIZE) is not None
    writer.publish(*SIZE, arrived=time.monotonic(), now=time.monotonic())


def timer_of(first: FirstPictures) -> QTimer:
    (timer,) = first.findChildren(QTimer)
    return timer


def test_it_is_painted_as_soon_as_it_is_there_and_then_the_looking_ends(
    qtbot, engine, parent
):
    painted: list[set[str]] = []
    first = FirstPictures(engine, lambda: painted.append(engine.poll()), parent)
    want(engine, "1203")
    first.expect(["1203"])
    assert timer_of(first).isActive()
    publish(engine, "1203")
    qtbot.waitUntil(lambda: painted == [{"1203"}], timeout=30_000)
    qtbot.waitUntil(lambda: not timer_of(first).isActive(), timeout=30_000)
    publish(engine, "1203")  # the next is an ordinary one
    qtbot.wait(50)
    assert painted == [{"1203"}]


def test_of_four_each_is_painted_when_it_is_there(qtbot, engine, parent):
    names = ["1203", "1207", "1211", "1190"]
    painted: list[set[str]] = []
    first = FirstPictures(engine, lambda: painted.append(engine.poll()), parent)
    want(engine, *names)
    for name in names:
        first._waited = {}
        first._shown = frozenset()
        first.expect(names)
        publish(engine, name)
        qtbot.waitUntil(lambda name=name: {name} in painted, timeout=30_000)
    assert painted == [{name} for name in names]
    qtbot.waitUntil(lambda: not timer_of(first).isActive(), timeout=30_000)


def test_what_an_ordinary_tick_has_shown_is_waited_for_no_more(qtbot, engine, parent):
    painted: list[None] = []
    first = FirstPictures(engine, lambda: painted.append(None), parent)
    want(engine, "1203")
    first.expect(["1203"])
    publish(engine, "1203")
    engine.poll()
    qtbot.waitUntil(lambda: not timer_of(first).isActive(), timeout=30_000)
    assert painted == []


def test_one_that_does_not_come_soon_waits_for_the_ordinary_tick(
    qtbot, engine, parent, monkeypatch
):
    first = FirstPictures(engine, lambda: None, parent)
    want(engine, "1203")
    first.expect(["1203"])
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + LOOK_FOR_S)
    qtbot.waitUntil(lambda: not timer_of(first).isActive(), timeout=30_000)
    first.expect(["1203"])  # it stands there still: no new call-up
    assert not timer_of(first).isActive()


def test_one_that_is_shown_no_more_is_not_waited_for(engine, parent):
    first = FirstPictures(engine, lambda: None, parent)
    want(engine, "1203")
    first.expect(["1203"])
    first.expect([])
    assert not timer_of(first).isActive()


def test_without_an_engine_nothing_is_looked_at(qtbot, parent):
    first = FirstPictures(None, lambda: None, parent)
    first.expect(["1203"])
    qtbot.waitUntil(lambda: not timer_of(first).isActive(), timeout=30_000)


def test_its_timer_goes_with_the_panel(qtbot, engine, parent):
    looked: list[None] = []
    first = FirstPictures(engine, lambda: None, parent)
    want(engine, "1203")
    first.expect(["1203"])
    timer = timer_of(first)
    engine.has_new = lambda _: looked.append(None)
    qtbot.waitUntil(lambda: bool(looked), timeout=30_000)
    shiboken6.delete(parent)
    assert not shiboken6.isValid(timer)
    looked.clear()
    qtbot.wait(50)
    assert looked == []


def test_an_engine_that_was_closed_is_looked_at_without_harm(qtbot, engine, parent):
    first = FirstPictures(engine, lambda: None, parent)
    want(engine, "1203")
    first.expect(["1203"])
    engine.close()
    assert not engine.has_new(["1203"])
    qtbot.waitUntil(lambda: not timer_of(first).isActive(), timeout=30_000)


def test_a_panel_that_is_closed_looks_no_more(qtbot, engine, tmp_path):
    kit = DeskKit(tmp_path, engine=engine)
    kit.start(qtbot)
    panel = PicturesPanel(kit.desk)
    panel.resize(800, 514)
    panel.show()
    (first,) = kit.desk.findChildren(FirstPictures)
    panel.show_camera("1220", 0)
    timer = timer_of(first)
    assert timer.isActive()
    assert "1220" in kit.desk.wants.declared
    publish(engine, "1220")
    qtbot.waitUntil(lambda: engine.picture("1220") is not None, timeout=30_000)
    panel.show_camera("1215", 0)
    assert timer.isActive()
    panel.close()
    assert not timer.isActive()
    panel.deleteLater()
    kit.close()
