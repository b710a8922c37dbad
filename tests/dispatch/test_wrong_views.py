from dataclasses import replace
from datetime import timedelta

import pytest
from bus_kit import CENTRE, DESK, START, Kit, refusal
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.board import Board
from dispatch.cameras import Camera
from dispatch.commands import ImportTown, RegisterCamera
from dispatch.desk_wire import COMMANDS, read_command, write_command
from dispatch.feed import Feed
from dispatch.geo import moved
from dispatch.history import answer
from dispatch.people import Actor, Role
from dispatch.questions import ViewLog
from dispatch.wrong_views import (
    FLAGGED,
    TAKEN_BACK,
    FlagWrongView,
    TakeBackWrongView,
)

ZHOU = Actor("周宁", "3号席", frozenset({Role.ACCEPTOR}))


def camera(kit: Kit) -> Camera:
    return kit.board().cameras["1203"]


def flag(kit: Kit, actor: Actor = DESK, **more: object) -> None:
    kit.bus.handle(FlagWrongView(actor=actor, camera_id="1203", at=kit.clock(), **more))


def take_back(kit: Kit, actor: Actor = DESK) -> None:
    kit.bus.handle(TakeBackWrongView(actor=actor, camera_id="1203", at=kit.clock()))


def test_a_flag_reaches_every_desk_with_who_and_when(kit: Kit) -> None:
    follower = Board()
    feed = Feed(kit.store)
    follower.load(feed.snapshot())
    assert follower.cameras["1203"].wrong_since is None
    flag(kit, case_id=3)
    moved_ = follower.apply(feed.since(follower.number))
    assert moved_.cameras == {"1203"}
    told = follower.cameras["1203"]
    assert (told.wrong_since, told.wrong_by) == (kit.clock(), "李敏")
    assert told == camera(kit)
    kit.clock.go(minutes=2)
    take_back(kit, ZHOU)
    follower.apply(feed.since(follower.number))
    assert (follower.cameras["1203"].wrong_since, camera(kit).wrong_by) == (None, "")


def test_it_is_written_down_beside_the_looks(kit: Kit) -> None:
    flag(kit, case_id=3)
    kit.clock.go(minutes=2)
    take_back(kit, ZHOU)
    newest, oldest = answer(ViewLog(camera_id="1203"), kit.store)
    assert (oldest.purpose, oldest.actor, oldest.seat, oldest.case_id) == (
        FLAGGED,
        "李敏",
        DESK.seat,
        3,
    )
    assert oldest.at == START
    assert (newest.purpose, newest.actor, newest.seat) == (TAKEN_BACK, "周宁", "3号席")


def test_of_two_seats_at_once_the_first_one_stands(kit: Kit) -> None:
    flag(kit)
    kit.clock.go(seconds=1)
    flag(kit, ZHOU)
    assert (camera(kit).wrong_since, camera(kit).wrong_by) == (START, "李敏")
    take_back(kit)
    take_back(kit, ZHOU)
    assert camera(kit).wrong_since is None
    assert len(answer(ViewLog(camera_id="1203"), kit.store)) == 4


def test_what_waited_in_an_outbox_keeps_its_time_and_none_is_of_tomorrow(
    kit: Kit,
) -> None:
    early, late = START - timedelta(minutes=9), START + timedelta(days=1)
    kit.bus.handle(FlagWrongView(actor=DESK, camera_id="1203", at=early))
    assert camera(kit).wrong_since == early
    take_back(kit)
    kit.bus.handle(FlagWrongView(actor=DESK, camera_id="1203", at=late))
    assert camera(kit).wrong_since == START


@pytest.mark.parametrize("way", ["register", "import"])
def test_registering_a_camera_again_does_not_unsay_it(kit: Kit, way: str) -> None:
    flag(kit)
    turned = replace(camera(kit), bearing_deg=90.0, wrong_since=None, wrong_by="")
    if way == "register":
        kit.bus.handle(RegisterCamera(actor=DESK, camera=turned))
    else:
        kit.bus.handle(ImportTown(actor=DESK, cameras=(turned,)))
    assert (camera(kit).bearing_deg, camera(kit).wrong_since) == (90.0, START)


def test_nobody_registers_a_new_camera_as_flagged(kit: Kit) -> None:
    new = Camera(
        camera_id="1299",
        name="东",
        point=moved(CENTRE, 0, 10),
        wrong_since=START,
        wrong_by="谁",
    )
    kit.bus.handle(RegisterCamera(actor=DESK, camera=new))
    assert kit.board().cameras["1299"].wrong_since is None


def test_it_outlives_the_service(kit: Kit) -> None:
    flag(kit)
    kit.bus = kit.new_bus()
    take_back(kit)
    flag(kit, ZHOU)
    kit.bus = kit.new_bus()
    assert camera(kit).wrong_by == "周宁"


@pytest.mark.parametrize("kind", [FlagWrongView, TakeBackWrongView])
def test_who_may_not_look_may_not_say_and_unknown_cameras_are_refused(
    kit: Kit, kind: type[FlagWrongView]
) -> None:
    technician = Actor("小沈", "", frozenset({Role.TECHNICIAN}))
    asked = kind(actor=technician, camera_id="1203", at=START)
    assert refusal(kit, asked).reason == "role"
    unknown = kind(actor=DESK, camera_id="9", at=START)
    assert refusal(kit, unknown).reason == "camera_unknown"
    assert COMMANDS[kind.__name__] is kind
    told = replace(asked, actor=ZHOU)
    assert read_command(*write_command(told)) == told


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from([flag, take_back]), max_size=6))
def test_the_last_word_holds_and_each_word_is_kept(tmp_path_factory, words) -> None:
    kit = Kit(tmp_path_factory.mktemp("town"))
    try:
        for word in words:
            word(kit)
        flagged = bool(words) and words[-1] is flag
        assert (camera(kit).wrong_since is not None) is flagged
        assert len(answer(ViewLog(camera_id="1203"), kit.store)) == len(words)
    finally:
        kit.close()
