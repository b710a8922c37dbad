"""A camera on a vehicle: the map, the choice of views and the tiles go with it."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE
from map_kit import SECONDS, settle, shown_map
from PySide6.QtCore import QPointF

from console.panels.map_panel import MapPanel
from console.panels.tile_contents import TileContents
from console.shown import together
from console.stream_wants import StreamWants
from dispatch.cameras import Camera
from dispatch.commands import RecordPosition, RegisterCamera
from dispatch.geo import moved
from dispatch.people import SYSTEM

ROOF = Camera(
    camera_id="1301",
    name="执法车",
    point=moved(CENTRE, 0, 2000),
    unit_id="W02",
    fov_deg=75,
    range_m=100,
    main_url="rtsp://127.0.0.1:9/1301/main",
)


@pytest.fixture
def desk(kit, qtbot):
    kit.client.do(RegisterCamera(actor=SYSTEM, camera=ROOF))
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    kit.desk.open_case(next(iter(kit.board.cases)))
    return kit.desk


@pytest.fixture
def panel(qtbot, kit, desk) -> MapPanel:
    made = shown_map(qtbot, kit)
    settle(made, qtbot)
    return made


def drive(kit, qtbot, point, heading=None, *, age_s=0.0) -> None:
    said = kit.said("TW02")
    said["at"] = said["received_at"] = kit.clock.go(seconds=1 + age_s)
    before = kit.board.number
    kit.client.do(RecordPosition(**said, point=point, heading_deg=heading))
    qtbot.waitUntil(lambda: kit.board.number > before, timeout=5 * SECONDS)


def view_of(desk, camera_id="1301"):
    return next((v for v in desk.views if v.camera_id == camera_id), None)


def cameras_layer(panel: MapPanel):
    return next(each for each in panel.canvas.layers if each.name == "cameras")


def mark_of(panel: MapPanel, camera_id="1301"):
    layer = cameras_layer(panel)
    view = panel.canvas.view()
    mark = next(each for each in layer.marks(view) if each.key == camera_id)
    return view.px(mark.x, mark.y)


def length(offset: QPointF) -> float:
    return (offset.x() ** 2 + offset.y() ** 2) ** 0.5


def test_the_mark_follows_the_vehicle_and_the_ground_stays(kit, desk, panel, qtbot):
    settle(panel, qtbot)
    ground, composed = [], panel.canvas._composition.composed
    panel.canvas._ground.painted.connect(lambda: ground.append(1))
    for metres in (60, 90, 120):
        where = moved(CENTRE, 45, metres)
        drive(kit, qtbot, where, 225)
    near = panel.canvas.view().px_of(where)
    assert 3 < length(mark_of(panel) - near) < 40  # beside the vehicle, not under it
    settle(panel, qtbot)
    # Three moves at once are painted with the people, at the people's pace.
    assert panel.canvas._composition.composed - composed <= 3
    assert not ground
    card = cameras_layer(panel).card(next(_marks(panel)))
    assert "On 陈芳" in card
    assert "120 m" in card


def _marks(panel):
    view = panel.canvas.view()
    return (m for m in cameras_layer(panel).marks(view) if m.key == "1301")


def test_a_move_alone_is_no_reason_to_paint_at_once(kit, desk, panel, qtbot):
    layer = cameras_layer(panel)
    seen = []
    desk.moved.connect(seen.append)
    drive(kit, qtbot, moved(CENTRE, 45, 60), 225)
    (batch,) = [each for each in seen if each.carried]
    assert layer.concerns(batch)
    assert layer.only_drifts(batch)
    assert not layer.only_drifts(replace(batch, cases=frozenset({1})))
    assert not layer.only_drifts(replace(batch, cameras=frozenset({"1203"})))


def test_a_camera_in_a_tile_keeps_its_number_beside_the_vehicle(
    kit,
    desk,
    panel,
    qtbot,
):
    panel.show_tiles(["1301", "1203", None, None])
    where = moved(CENTRE, 45, 120)
    drive(kit, qtbot, where, 225)
    settle(panel, qtbot)
    assert length(mark_of(panel) - panel.canvas.view().px_of(where)) > 12


def test_views_follow_the_vehicle_s_place_and_heading(kit, desk, qtbot):
    assert view_of(desk).covers is False  # seen 26 s ago, and who knows where it looks
    drive(kit, qtbot, moved(CENTRE, 0, 40), 180)
    qtbot.waitUntil(lambda: view_of(desk).covers, timeout=5 * SECONDS)
    assert view_of(desk).distance_m == pytest.approx(40, abs=0.5)
    drive(kit, qtbot, moved(CENTRE, 0, 40), 0)
    qtbot.waitUntil(lambda: not view_of(desk).covers, timeout=5 * SECONDS)
    assert "looks_away" in view_of(desk).reasons
    drive(kit, qtbot, moved(CENTRE, 0, 1500), 0)
    qtbot.waitUntil(lambda: view_of(desk) is None, timeout=5 * SECONDS)


def test_a_position_grown_old_is_not_trusted_as_near(kit, desk, qtbot):
    drive(kit, qtbot, moved(CENTRE, 0, 20), 180)
    qtbot.waitUntil(lambda: view_of(desk).covers, timeout=5 * SECONDS)
    contents = TileContents(desk)
    assert (
        contents.of("1301", number=1, focused=False, typed="").where == "20 m↑ 0 s ago"
    )
    wants = StreamWants(desk)
    assert wants._kept(together(()))[0].camera_id == "1301"
    kit.clock.go(seconds=91)
    desk.second.emit()  # nothing yet: the desk itself looks once a second
    kit.bridge.second.emit()
    assert not view_of(desk).covers
    assert desk.views[-1].camera_id == "1301"
    assert (
        "91 s ago" not in contents.of("1203", number=1, focused=False, typed="").where
    )
    assert contents.of("1301", number=1, focused=False, typed="").where.endswith(
        "1 min ago"
    )
    assert wants._kept(together(()))[0].camera_id != "1301"


def test_a_lost_vehicle_is_drawn_in_doubt(kit, desk, panel, qtbot):
    drive(kit, qtbot, moved(CENTRE, 45, 60), 225)
    settle(panel, qtbot)
    layer, view = cameras_layer(panel), panel.canvas.view()
    assert layer.time_look(view) == ()
    kit.clock.go(seconds=91)
    assert layer.time_look(view) == (("1301", False, True),)
    kit.desk.second.emit()
    settle(panel, qtbot)
    at = mark_of(panel).toPoint()
    image = panel.canvas.grab().toImage()
    doubt = desk.theme.doubt.getRgb()[:3]

    def strays(x: int, y: int) -> int:
        found = image.pixelColor(x, y).getRgb()[:3]
        return max(abs(a - b) for a, b in zip(found, doubt, strict=True))

    assert any(
        strays(x, y) < 40
        for x in range(at.x() - 10, at.x() + 10)
        for y in range(at.y() - 10, at.y() + 10)
    )
