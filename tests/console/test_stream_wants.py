import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_kit import Clock, DeskKit

from console.panels.stream_wants import StreamWants
from dispatch.bus import Bus
from dispatch.commands import OpenStream, Refused, RegisterCamera
from dispatch.people import SYSTEM
from dispatch.questions import ViewLog
from dispatch.secrets import SecretStore
from resources.home import Home
from video.workers import VideoEngine

sys.path.insert(0, str(Path(__file__).parents[1] / "video"))
from viewing import PASSWORD, USER, WORKER, Cameras

IDS = ["1203", "1207", "1211", "1190", "1215", "1220"]
SECONDS = 1000
SIZE = (400, 225)


@pytest.fixture(scope="module")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cameras]:
    server = Cameras(tmp_path_factory.mktemp("locked-cameras"), IDS, [])
    yield server
    server.stop()


@pytest.fixture
def kit(qtbot, tmp_path, cameras) -> Iterator[DeskKit]:
    """A desk whose cameras all need a log-in, which only the service knows."""
    engine = VideoEngine(worker_command=WORKER, worker_count=1)
    made = DeskKit(tmp_path, engine=engine, clock=Clock(running=True))
    secrets = SecretStore(Home(tmp_path / "home"))
    made.bus = made.client.bus = Bus(made.store, clock=made.clock, secrets=secrets)
    made.start(qtbot)
    for camera in list(made.board.cameras.values()):
        url = cameras.spec(camera.camera_id).sub_url
        made.client.do(
            RegisterCamera(
                actor=SYSTEM,
                camera=replace(camera, main_url=url, sub_url=url),
                username=USER,
                password=PASSWORD,
            )
        )
    qtbot.waitUntil(
        lambda: all(each.secret_ref for each in made.board.cameras.values()),
        timeout=5 * SECONDS,
    )
    yield made
    engine.close()
    made.close()


@pytest.fixture
def wants(kit) -> StreamWants:
    return StreamWants(kit.desk)


def asked(kit, purpose: str) -> Counter[tuple[str, int | None]]:
    return Counter(
        (command.camera_id, command.case_id)
        for command in kit.client.submitted
        if isinstance(command, OpenStream) and command.purpose == purpose
    )


def open_case(kit, qtbot) -> int:
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    case_id = next(iter(kit.board.cases))
    kit.desk.open_case(case_id)
    return case_id


def test_camera_called_up_from_standby_is_written_down_as_looked_at(kit, wants, qtbot):
    wants.declare({})
    assert asked(kit, "standby")[("1220", None)] == 1
    assert not asked(kit, "view")
    wants.declare({"1220": SIZE})
    assert asked(kit, "view") == {("1220", None): 1}
    wants.declare({"1220": SIZE})  # the same look, declared once more
    assert asked(kit, "view") == {("1220", None): 1}

    def logged() -> list[str]:
        return [
            each.purpose for each in kit.desk.ask(ViewLog(camera_id="1220")).result(5)
        ]

    qtbot.waitUntil(lambda: logged() == ["view", "standby"], timeout=5 * SECONDS)


def test_each_look_within_a_case_is_written_down(kit, wants, qtbot):
    case_id = open_case(kit, qtbot)
    wants.declare({"1203": SIZE})
    wants.declare({})  # another took its tile; it stays at hand
    assert "1203" in wants.declared
    wants.declare({"1203": SIZE})
    assert asked(kit, "view") == {("1203", case_id): 2}
    kit.desk.open_case(None)
    wants.declare({"1203": SIZE})
    assert asked(kit, "view") == {("1203", case_id): 2, ("1203", None): 1}


def test_log_in_that_is_at_hand_is_not_asked_for_again(kit, wants):
    wants.declare({"1203": SIZE})
    wants.declare({})
    wants.declare({"1203": SIZE})
    wants.declare({})
    assert not asked(kit, "standby")[("1203", None)]
    assert set(asked(kit, "standby").values()) == {1}


def test_look_that_found_the_service_away_is_asked_again(kit, wants, qtbot):
    open_stream = kit.client.submit

    def away(command):
        future = open_stream(command)
        future.set_exception(Refused("service_away", "away"))
        return future

    kit.client.lose()
    kit.client.submit = away
    wants.declare({"1203": SIZE, "1207": SIZE})
    qtbot.waitUntil(lambda: len(wants._refused) == 6, timeout=5 * SECONDS)
    kit.client._waiting.clear()
    kit.client.submit = open_stream
    kit.client.find_again()
    kit.client.submitted.clear()
    wants.declare({"1203": SIZE})  # nobody looks at 1207 any more, but someone did
    wants.retry()
    wants.retry()
    assert asked(kit, "view") == {("1203", None): 1, ("1207", None): 1}
    assert ("1203", None) not in asked(kit, "standby")
    assert set(asked(kit, "standby").values()) == {1}
    assert not wants._refused


def held(kit) -> set[str]:
    """Return the cameras whose log-in the engine has."""
    return set(kit.desk.engine._logins)


def test_log_in_is_taken_back_before_another_address_is_told(kit, wants, qtbot):
    wants.declare({"1203": SIZE})
    qtbot.waitUntil(lambda: "1203" in held(kit), timeout=5 * SECONDS)
    told: list[tuple[str, str]] = []
    engine, want = kit.desk.engine, kit.desk.engine.want

    def look(wanted):
        told.append((wanted["1203"].spec.main_url, "1203" in held(kit)))
        want(wanted)

    engine.want = look
    before = kit.board.cameras["1203"]
    elsewhere = replace(before, main_url="rtsp://127.0.0.2:9/a", sub_url="")
    kit.client.do(RegisterCamera(actor=SYSTEM, camera=elsewhere))
    qtbot.waitUntil(
        lambda: kit.board.cameras["1203"].main_url == elsewhere.main_url,
        timeout=5 * SECONDS,
    )
    wants.declare({"1203": SIZE})
    assert told == [(elsewhere.main_url, False)]
    qtbot.wait(0)
    assert "1203" not in held(kit)


def test_log_in_that_was_under_way_to_the_old_address_is_not_handed_on(
    kit, wants, qtbot
):
    answered: list[Refused | None] = []
    kit.desk.actions.open_stream("1203", done=answered.append)
    before = kit.board.cameras["1203"]
    kit.board.cameras["1203"] = replace(before, main_url="rtsp://127.0.0.2:9/a")
    qtbot.waitUntil(lambda: answered == [None], timeout=5 * SECONDS)
    assert "1203" not in held(kit)


def test_log_in_that_the_service_has_no_more_is_forgotten(kit, wants, qtbot):
    wants.declare({"1203": SIZE})
    qtbot.waitUntil(lambda: "1203" in held(kit), timeout=5 * SECONDS)
    before = kit.board.cameras["1203"]
    kit.bus.handle(
        RegisterCamera(
            actor=SYSTEM, camera=replace(before, main_url="rtsp://127.0.0.2:9/a")
        )
    )
    kit.desk.actions.open_stream("1203")
    qtbot.waitUntil(lambda: "1203" not in held(kit), timeout=5 * SECONDS)
