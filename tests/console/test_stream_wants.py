from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from camera_kit import desk_over, served
from camera_kit import engine as engine
from desk_kit import DeskKit

from console import stream_wants
from console.panels.tile_contents import TileContents
from console.panels.tile_look import Look
from console.shown import Shown, ShownTile, Size
from console.stream_wants import RETRY_SECONDS, StreamWants
from dispatch.board import Moved
from dispatch.client import Link
from dispatch.commands import NoteView, OpenStream, Refused, RegisterCamera
from dispatch.people import SYSTEM
from dispatch.questions import ViewLog
from video.contract import Mode, StreamState
from video.standby_choice import Budget

IDS = ["1203", "1207", "1211", "1190", "1215", "1220"]
SECONDS = 1000
SIZE = (400, 225)


cameras = served(IDS)


@pytest.fixture
def kit(qtbot, tmp_path, engine, cameras) -> Iterator[DeskKit]:
    """A desk whose cameras all need a log-in, which only the service knows."""
    yield from desk_over(qtbot, tmp_path, engine, cameras, IDS)


@pytest.fixture
def wants(kit) -> StreamWants:
    return StreamWants(kit.desk)


def declare(wants: StreamWants, live: dict[str, Size]) -> None:
    """Say what one wall shows, all of it for the open case if there is one."""
    case_id = wants._desk.open_case_id
    tiles = (ShownTile(k, size, case_id=case_id) for k, size in live.items())
    wants.show("desk", Shown(tuple(tiles)))
    assert wants.declared  # all of it is settled


def looks(kit) -> Counter[tuple[str, int | None]]:
    return Counter(
        (command.camera_id, command.case_id)
        for command in kit.client.submitted
        if isinstance(command, NoteView)
    )


def logins(kit) -> Counter[str]:
    return Counter(
        command.camera_id
        for command in kit.client.submitted
        if isinstance(command, OpenStream)
    )


def logged(kit, camera_id: str) -> list[tuple[str, datetime]]:
    found = kit.desk.ask(ViewLog(camera_id=camera_id)).result(5)
    return [(each.purpose, each.at) for each in found]


class Refusing:
    """Stands before the desk's line, and refuses some commands for a reason."""

    def __init__(self, kit, kind: type, reason: str, camera_id: str = "") -> None:
        self.kit, self.on = kit, True
        self._submit = kit.client.submit

        def submit(command):
            hit = isinstance(command, kind) and camera_id in ("", command.camera_id)
            if not (self.on and hit):
                return self._submit(command)
            kit.client.submitted.append(command)
            future = Future()
            future.set_exception(Refused(reason, "refused"))
            return future

        kit.client.submit = submit


def open_case(kit, qtbot) -> int:
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    case_id = next(iter(kit.board.cases))
    kit.desk.open_case(case_id)
    return case_id


def test_what_stood_ready_is_called_up_before_anything_else(kit, wants, monkeypatch):
    monkeypatch.setattr(stream_wants, "BUDGET", Budget(cameras=2, at_rest=0))

    def show(*camera_ids: str) -> None:
        tiles = tuple(ShownTile(each, SIZE) for each in camera_ids)
        wants.show("desk", Shown(tiles, spare=IDS[:2]))

    show()
    assert wants.declared["1203"].mode is Mode.STANDBY
    show("1203")
    assert wants._declared is not None
    assert wants._declared["1203"].mode is Mode.LIVE
    assert wants._settling.remainingTime() > 0
    assert not looks(kit)
    # Shown for a moment only: it is written down all the same.
    show("1207")
    assert looks(kit) == {("1203", None): 1}
    show("1207", "1190")
    assert wants._settling.interval() == 0  # this one has to be opened
    assert {"1207", "1190"} <= wants.declared.keys()
    assert looks(kit) == {(each, None): 1 for each in ("1203", "1207", "1190")}


def test_a_look_is_written_down_with_its_moment_also_as_the_desk_closes(kit, wants):
    tiles = (ShownTile("1203", SIZE),)
    wants.show("desk", Shown(spare=IDS[:2]))
    assert wants.declared["1203"].mode is Mode.STANDBY
    began = kit.clock()
    wants.show("desk", Shown(tiles, spare=IDS[:2]))
    kit.clock.go(hours=1)
    wants.show("desk", Shown((*tiles, ShownTile("1207", SIZE)), spare=IDS[:2]))
    assert not looks(kit)
    kit.clock.go(hours=1)
    wants.settle()  # as `Run.close` does
    told = [c for c in kit.client.submitted if isinstance(c, NoteView)]
    hours = {each.camera_id: (each.at - began) // timedelta(hours=1) for each in told}
    assert hours == {"1203": 0, "1207": 1}
    wants.settle()
    assert looks(kit) == {("1203", None): 1, ("1207", None): 1}


def test_camera_called_up_from_standby_is_written_down_as_looked_at(kit, wants, qtbot):
    declare(wants, {})
    assert logins(kit)["1220"] == 1
    assert not looks(kit)
    declare(wants, {"1220": SIZE})
    assert looks(kit) == {("1220", None): 1}
    declare(wants, {"1220": SIZE})  # the same look, declared once more
    assert looks(kit) == {("1220", None): 1}
    assert logins(kit)["1220"] == 1
    qtbot.waitUntil(
        lambda: sorted(each for each, _ in logged(kit, "1220")) == ["standby", "view"],
        timeout=5 * SECONDS,
    )


def test_each_look_within_a_case_is_written_down(kit, wants, qtbot):
    case_id = open_case(kit, qtbot)
    declare(wants, {"1203": SIZE})
    declare(wants, {})  # another took its tile; it stays at hand
    assert "1203" in wants.declared
    declare(wants, {"1203": SIZE})
    assert looks(kit) == {("1203", case_id): 2}
    kit.desk.open_case(None)
    declare(wants, {"1203": SIZE})
    assert looks(kit) == {("1203", case_id): 2, ("1203", None): 1}


def test_log_in_that_is_at_hand_is_not_asked_for_again(kit, wants):
    for _ in range(2):
        declare(wants, {"1203": SIZE})
        declare(wants, {})
    assert set(logins(kit).values()) == {1}
    assert logins(kit)["1203"] == 1


def test_look_while_the_service_is_away_waits_with_its_time(kit, wants, qtbot):
    kit.client.lose()
    began = kit.clock()
    declare(wants, {"1203": SIZE})
    ended = kit.clock()
    declare(wants, {})  # nobody looks any more, but someone did
    assert wants.declared["1203"].mode is Mode.STANDBY
    kit.clock.go(minutes=5)
    kit.client.find_again()
    qtbot.waitUntil(
        lambda: "view" in [each for each, _ in logged(kit, "1203")],
        timeout=5 * SECONDS,
    )
    (at,) = [at for each, at in logged(kit, "1203") if each == "view"]
    assert began <= at <= ended
    assert looks(kit) == {("1203", None): 1}


def test_log_ins_that_found_the_service_away_are_asked_again(kit, wants, qtbot):
    refusing = Refusing(kit, OpenStream, "service_away")
    wants.on_link(Link(False, kit.clock(), 0))
    declare(wants, {"1203": SIZE, "1207": SIZE})
    qtbot.waitUntil(lambda: len(wants._login_again) == 6, timeout=5 * SECONDS)
    assert wants.declared["1203"].mode is Mode.LIVE
    refusing.on = False
    kit.client.submitted.clear()
    declare(wants, {"1203": SIZE})
    wants.on_link(Link(True, kit.clock(), 0))
    wants.on_link(Link(True, kit.clock(), 3))  # more waits: no reason to ask again
    assert logins(kit) == dict.fromkeys(IDS, 1)
    assert not looks(kit)
    assert not wants._login_again


@pytest.mark.parametrize("reason", ["secrets_away", "fault", "no_answer"])
def test_what_may_be_granted_in_a_while_is_asked_again(kit, wants, qtbot, reason):
    refusing = Refusing(kit, OpenStream, reason, "1203")
    declare(wants, {"1203": SIZE})
    qtbot.waitUntil(lambda: "1203" in wants._login_again, timeout=5 * SECONDS)
    assert wants.declared["1203"].mode is Mode.LIVE
    refusing.on = False
    asked = logins(kit)["1203"]
    for _ in range(RETRY_SECONDS):
        wants.retry_refused()
    assert logins(kit)["1203"] == asked + 1


def test_look_that_met_a_fault_is_told_again_with_its_time(kit, wants, qtbot):
    refusing = Refusing(kit, NoteView, "fault")
    declare(wants, {"1203": SIZE})
    qtbot.waitUntil(lambda: bool(wants._untold), timeout=5 * SECONDS)
    refusing.on = False
    declare(wants, {})
    wants.retry()
    first, second = [c for c in kit.client.submitted if isinstance(c, NoteView)]
    assert (first.camera_id, first.at) == (second.camera_id, second.at)


def test_look_that_is_refused_for_good_ends(kit, wants, qtbot):
    refusing = Refusing(kit, NoteView, "role")
    declare(wants, {"1203": SIZE})
    qtbot.waitUntil(lambda: "1203" not in wants.declared, timeout=5 * SECONDS)
    assert kit.desk.engine.status("1203").state is StreamState.OFF
    for _ in range(3):
        declare(wants, {"1203": SIZE})
        wants.retry()
    assert looks(kit) == {("1203", None): 1}
    assert "1203" not in wants.declared
    refusing.on = False
    declare(wants, {})
    declare(wants, {"1203": SIZE})  # another look, another question
    assert wants.declared["1203"].mode is Mode.LIVE
    qtbot.waitUntil(
        lambda: "view" in [each for each, _ in logged(kit, "1203")],
        timeout=5 * SECONDS,
    )
    assert wants.declared["1203"].mode is Mode.LIVE


def test_camera_whose_log_in_is_refused_for_good_is_let_go(kit, wants, qtbot):
    Refusing(kit, OpenStream, "login_lost", "1203")
    declare(wants, {"1203": SIZE, "1207": SIZE})
    qtbot.waitUntil(
        lambda: (
            "1203" not in wants.declared
            and "view" in [each for each, _ in logged(kit, "1203")]
        ),
        timeout=5 * SECONDS,
    )
    assert wants.declared["1207"].mode is Mode.LIVE
    wants.renew({"1203"})
    declare(wants, {"1203": SIZE, "1207": SIZE})
    assert wants.declared["1203"].mode is Mode.LIVE


@pytest.mark.parametrize(
    ("kind", "reason", "why"),
    [
        (NoteView, "role", "Ask whoever holds it"),
        (OpenStream, "login_lost", "The technician registers it again."),
    ],
)
def test_a_tile_whose_camera_is_refused_says_why_and_what_to_do(
    kit, wants, qtbot, kind, reason, why
):
    contents = TileContents(kit.desk, refused=wants.refused)
    Refusing(kit, kind, reason, "1203")
    declare(wants, {"1203": SIZE})
    qtbot.waitUntil(lambda: "1203" not in wants.declared, timeout=5 * SECONDS)
    content = contents.of("1203", number=1, focused=False, typed="")
    assert (content.look, contents.look("1203")) == (Look.OFF, Look.OFF)
    assert content.status == "No signal"
    assert why in content.reason


def held(kit) -> set[str]:
    """Return the cameras whose log-in the engine has."""
    return set(kit.desk.engine._logins._held)


def test_log_in_is_taken_back_before_another_address_is_told(kit, wants, qtbot):
    declare(wants, {"1203": SIZE})
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
    declare(wants, {"1203": SIZE})
    assert told == [(elsewhere.main_url, False)]
    qtbot.wait(0)
    assert "1203" not in held(kit)


def test_log_in_that_was_under_way_to_the_old_address_is_not_handed_on(
    kit, wants, qtbot
):
    answered: list[Refused | None] = []
    kit.desk.actions.fetch_login("1203", case_id=None, done=answered.append)
    before = kit.board.cameras["1203"]
    kit.board.cameras["1203"] = replace(before, main_url="rtsp://127.0.0.2:9/a")
    qtbot.waitUntil(lambda: answered == [None], timeout=5 * SECONDS)
    assert "1203" not in held(kit)


def test_log_in_that_the_service_has_no_more_is_forgotten(kit, wants, qtbot):
    declare(wants, {"1203": SIZE})
    qtbot.waitUntil(lambda: "1203" in held(kit), timeout=5 * SECONDS)
    before = kit.board.cameras["1203"]
    kit.bus.handle(
        RegisterCamera(
            actor=SYSTEM, camera=replace(before, main_url="rtsp://127.0.0.2:9/a")
        )
    )
    kit.desk.actions.fetch_login("1203", case_id=None, done=lambda _: None)
    qtbot.waitUntil(lambda: "1203" not in held(kit), timeout=5 * SECONDS)


def test_a_case_has_its_neighbourhood_stand_ready_whoever_shows_what(
    kit, qtbot, monkeypatch
):
    monkeypatch.setattr(stream_wants, "BUDGET", Budget(cameras=2, at_rest=0))
    wants, told = kit.desk.wants, list[object]()
    wants.show("desk", Shown())
    assert not wants.declared
    want = kit.desk.engine.want
    monkeypatch.setattr(kit.desk.engine, "want", lambda w: (told.append(w), want(w)))
    case_id = open_case(kit, qtbot)
    qtbot.waitUntil(lambda: len(wants.declared) == 2, timeout=5 * SECONDS)
    kit.desk.open_case(None)
    before = wants.declared, len(told)
    wants.follow(Moved(cases=frozenset({case_id})))
    assert (wants.declared, len(told)) == before, "nothing of it matters here"


# -- several walls ---------------------------------------------------------------------


def test_two_walls_open_one_stream_and_note_one_look(kit, wants):
    large = ShownTile("1203", (960, 540)), ShownTile("1207", SIZE)
    wants.show("desk", Shown((ShownTile("1203", SIZE),)))
    wants.show("wall", Shown(large))
    declared = wants.declared["1203"]
    assert (declared.mode, declared.width, declared.height) == (Mode.LIVE, 960, 540)
    assert looks(kit) == {("1203", None): 1, ("1207", None): 1}
    wants.show("wall", Shown())
    assert wants.declared["1203"].width == SIZE[0]
    assert wants.declared["1207"].mode is Mode.STANDBY
    wants.show("desk", Shown())
    assert Mode.LIVE not in {each.mode for each in wants.declared.values()}
    assert looks(kit) == {("1203", None): 1, ("1207", None): 1}


def test_a_log_in_is_for_the_case_of_the_tile_and_for_none_while_it_stands_ready(
    kit, wants, qtbot
):
    case_id = open_case(kit, qtbot)
    kit.client.submitted.clear()
    wants.show(
        "desk",
        Shown((ShownTile("1203", SIZE, case_id=case_id), ShownTile("1207", SIZE))),
    )
    assert len(wants.declared) > 2  # others stand ready beside them
    asked = {
        each.camera_id: each.case_id
        for each in kit.client.submitted
        if isinstance(each, OpenStream)
    }
    assert asked.keys() == wants.declared.keys()
    assert {k: v for k, v in asked.items() if v is not None} == {"1203": case_id}


def test_a_tour_s_cameras_are_asked_for_once_however_often_it_comes_round(
    kit, wants, monkeypatch
):
    monkeypatch.setattr(stream_wants, "BUDGET", Budget(cameras=1, at_rest=0))
    for _ in range(3):
        for at, shown in enumerate(IDS):
            following = (IDS[(at + 1) % len(IDS)],)  # the others are let go
            tiles = (ShownTile(shown, SIZE),)
            wants.show("desk", Shown(tiles, spare=following, toured=IDS))
            assert wants.declared.keys() == {shown, *following}
    assert logins(kit) == dict.fromkeys(IDS, 1)
    wants.show("desk", Shown())
    assert not wants.declared  # it was taken down
    wants.show("desk", Shown((ShownTile(IDS[0], SIZE),)))
    assert set(wants.declared) == {IDS[0]}
    assert logins(kit)[IDS[0]] == 2
