"""密件: a sealed camera on a wall, in a tour, and at a desk that may not look."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk_fixtures import window as window
from desk_kit import DESK, DeskKit
from window_kit import raise_alarm

from console.panels.tile_look import Look
from console.panels.tour_tiles import Sight
from console.shown import Shown, ShownTile
from dispatch.commands import NoteView, RegisterCamera
from dispatch.people import SYSTEM, Role
from video.contract import Mode, Picture, StreamState, StreamStatus, Want
from video.tile_content import camera


class Engine:
    """An engine whose cameras are all live, and what is wanted of it."""

    def __init__(self) -> None:
        self.wants: dict[str, Want] = {}

    def want(self, wants: dict[str, Want]) -> None:
        self.wants = dict(wants)

    def poll(self) -> set[str]:
        return set()

    def has_new(self, _camera_ids: object) -> bool:
        return False

    def status(self, _camera_id: str) -> StreamStatus:
        return StreamStatus(StreamState.LIVE, datetime.now(UTC))

    def picture(self, _camera_id: str) -> Picture:
        return Picture(memoryview(bytes(16)), 2, 2, 8, 1, 0.1)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def roles() -> frozenset[Role]:
    return DESK.roles - {Role.SHIFT_LEADER}


@pytest.fixture
def kit(qtbot, tmp_path, engine: Engine, roles: frozenset[Role]) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path, actor=replace(DESK, roles=roles), engine=engine)
    made.start(qtbot)
    sealed = replace(made.board.cameras["1203"], sealed=True)
    made.client.do(RegisterCamera(actor=SYSTEM, camera=sealed))
    qtbot.waitUntil(lambda: made.board.cameras["1203"].sealed, timeout=5000)
    yield made
    made.close()


def looked(kit: DeskKit) -> list[int | None]:
    return [
        each.case_id
        for each in kit.client.submitted
        if isinstance(each, NoteView) and each.camera_id == "1203"
    ]


def test_at_a_desk_that_may_not_look_it_is_a_plate_until_life_is_in_danger(
    qtbot, kit: DeskKit, window, engine: Engine
):
    panel = window.pictures
    assert "1203" not in panel.wall.cameras, "it is called up on purpose"
    panel.show_camera("1203", 0)
    kit.desk.wants.declared  # noqa: B018 - settles
    content = panel.content(0)
    assert (content.look, content.picture, content.status) == (
        Look.SEALED,
        None,
        "Sealed",
    )
    assert "shift leader" in content.reason
    assert "1203" not in engine.wants
    assert looked(kit) == []
    kit.client.lose()  # and while nobody can be asked, too
    assert panel.content(0).look is Look.SEALED
    kit.client.find_again()
    case_id = raise_alarm(qtbot, kit)
    assert kit.board.cases[case_id].severity == 1
    kit.desk.open_case(case_id)
    qtbot.waitUntil(lambda: looked(kit) == [case_id], timeout=5000)
    assert engine.wants["1203"].mode is Mode.LIVE
    tile = panel.wall.cameras.index("1203")
    assert panel.content(tile).look is Look.LIVE


def test_where_a_case_alone_opens_it_the_look_is_for_the_case_in_any_tile(
    qtbot, kit: DeskKit, engine: Engine
):
    standing = Shown((ShownTile("1203", (400, 225)),), toured=("1203", "1207"))
    kit.desk.wants.show("desk", standing)
    assert "1203" not in kit.desk.wants.declared
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.desk.wants.show("desk", standing)
    assert kit.desk.wants.declared["1203"].mode is Mode.LIVE
    assert kit.desk.wants.purpose("1203") == case_id
    assert kit.desk.wants.purpose("1207") is None
    qtbot.waitUntil(lambda: looked(kit) == [case_id], timeout=5000)


@pytest.mark.parametrize("roles", [DESK.roles])
def test_the_leader_of_the_shift_sees_it_at_the_desk_and_no_wall_does(
    qtbot, kit: DeskKit, window, engine: Engine
):
    here = window.walls.walls.best_monitor()
    wall = window.walls.walls.open(here)
    try:
        wall.show_content(camera("1203"), 0)
        tile = wall.content(0)
        assert (tile.number, tile.hidden) == ("1203", "Sealed")
        assert wall.content(1).hidden == ""
        kit.desk.wants.declared  # noqa: B018 - settles
        want = engine.wants.get("1203")
        assert want is None or want.mode is not Mode.LIVE
        assert looked(kit) == []
        assert wall.tours._sight("1203") is Sight.DEAD
        assert wall.tours._sight("1207") is Sight.LIVE
        window.pictures.show_camera("1203", 0)
        qtbot.waitUntil(lambda: looked(kit) == [None], timeout=5000)
        assert window.pictures.content(0).look is Look.LIVE
        assert window.pictures.content(0).name.startswith("Sealed ")
        assert engine.wants["1203"].mode is Mode.LIVE
        assert wall.content(0).hidden == "Sealed"
    finally:
        window.walls.walls.close_all()


def test_a_tile_that_sealing_emptied_says_so_until_something_else_stands_there(
    qtbot, kit: DeskKit, window
):
    panel = window.pictures
    before = panel.wall.cameras
    assert before[1] == "1207"

    def seal(sealed: bool) -> None:
        known = replace(kit.board.cameras["1207"], sealed=sealed)
        kit.client.do(RegisterCamera(actor=SYSTEM, camera=known))
        qtbot.waitUntil(lambda: kit.board.cameras["1207"].sealed is sealed)

    seal(True)
    assert panel.wall.cameras == (before[0], None, *before[2:]), "the others stay"
    assert panel.content(1).reason == "1207 was sealed at 10:42"
    seal(False)
    assert panel.wall.cameras == before
    seal(True)
    panel.show_camera("1220", 1)
    panel.by_hand(panel.wall.clear(1))
    assert panel.content(1).reason == "Type a camera number, then Enter"
