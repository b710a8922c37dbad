"""The best views of a case, from streams, vehicles and the map as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np
import pytest
from desk_kit import CENTRE, START, DeskKit

from console.view_finder import LOGIN_COMES_WITHIN, is_at_hand, is_gone
from console.view_words import REASON_WORDS, why
from dispatch.commands import RegisterCamera
from dispatch.geo import moved
from dispatch.people import SYSTEM
from video.contract import GONE_REASONS, REASONS, StreamState, StreamStatus
from video.views import REASONS as VIEW_REASONS
from video.views import View


@dataclass
class Streams:
    """An engine of which only what its streams say is asked."""

    said: dict[str, StreamStatus] = field(default_factory=dict)

    def status(self, camera_id: str) -> StreamStatus:
        return self.said.get(camera_id, told())

    def poll(self) -> set[str]:
        return set()


def told(
    state: StreamState = StreamState.OFF, reason: str = "", *, ready: bool = False
) -> StreamStatus:
    return StreamStatus(state=state, since=START, reason=reason, ready=ready)


@pytest.fixture
def streams() -> Streams:
    return Streams()


@pytest.fixture
def kit(qtbot, tmp_path, streams) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path, engine=streams)
    made.start(qtbot)
    made.alarm()
    qtbot.waitUntil(lambda: bool(made.board.cases))
    made.desk.open_case(next(iter(made.board.cases)))
    yield made
    made.close()


def order(kit: DeskKit) -> list[str]:
    return [view.camera_id for view in kit.desk.views]


def test_a_stream_that_goes_costs_its_camera_the_rank_within_a_second(kit, streams):
    first, second, *_ = order(kit)
    streams.said[first] = told(StreamState.STALLED, "timeout")
    heard = []
    kit.desk.views_changed.connect(lambda: heard.append(order(kit)))
    kit.bridge.second.emit()
    assert heard == [order(kit)]
    assert (order(kit)[0], order(kit)[-1]) == (second, first)
    kit.bridge.second.emit()
    assert len(heard) == 1  # nothing moved: nobody is told
    streams.said[first] = told(StreamState.LIVE)
    kit.bridge.second.emit()
    assert order(kit)[0] == first


def test_what_the_service_lets_nobody_see_is_no_best_view(kit):
    first = order(kit)[0]
    kit.desk.finder.refused = lambda camera_id: camera_id == first or None
    kit.bridge.second.emit()
    assert order(kit)[-1] == first


def test_a_building_of_the_map_hides_the_place_behind_it(kit):
    (north,) = [v for v in kit.desk.views if v.camera_id == "1203"]
    assert north.covers
    middle = moved(CENTRE, 350, 14)  # half way from 1203 to the case
    corners = [
        moved(moved(middle, 350, along), 80, across)
        for along, across in ((-4, -9), (-4, 9), (4, 9), (4, -9))
    ]
    outline = np.array([(each.lon, each.lat) for each in corners])
    kit.desk.finder.know_buildings([outline, outline + 0.5])
    case_id = kit.desk.open_case_id
    kit.desk.open_case(None)
    kit.desk.open_case(case_id)
    (north,) = [v for v in kit.desk.views if v.camera_id == "1203"]
    assert not north.covers
    assert "hidden" in north.reasons
    assert order(kit)[0] == "1207"


def test_a_year_without_a_look_on_site_is_a_reason(kit, qtbot):
    camera = kit.board.cameras["1203"]
    for days, reason in ((30, None), (500, "verified_long_ago")):
        verified = START - timedelta(days=days)
        kit.client.do(
            RegisterCamera(actor=SYSTEM, camera=replace(camera, verified_at=verified))
        )
        qtbot.waitUntil(
            lambda: kit.board.cameras["1203"].verified_at == verified  # noqa: B023
        )
        (view,) = [v for v in kit.desk.views if v.camera_id == "1203"]
        assert "never_verified" not in view.reasons
        assert (reason in view.reasons) is (reason is not None)
    (other,) = [v for v in kit.desk.views if v.camera_id == "1207"]
    assert "never_verified" in other.reasons


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("state", StreamState)
@pytest.mark.parametrize("ready", [True, False])
def test_who_takes_over_is_never_who_is_gone(state, reason, ready):
    status = told(state, reason, ready=ready)
    later = START + 2 * LOGIN_COMES_WITHIN
    for now in (START, later):
        assert not (is_gone(status, now) and is_at_hand(status, now))
    gone = state is not StreamState.LIVE and (
        state is StreamState.STALLED or reason in GONE_REASONS
    )
    assert is_gone(status, later) is gone
    if reason == "login_missing":
        assert not is_gone(status, START)  # for a moment it always is


def test_every_reason_has_its_words(qapp):
    assert tuple(REASON_WORDS) == VIEW_REASONS
    view = View("1", 20.0, 0.0, False, 1.0, ("looks_away", "preset", "ready"), "3")
    assert why(view) == "looks elsewhere · preset 3 looks here · shows at once"
