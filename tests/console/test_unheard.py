"""Where nobody has heard the service, nothing says that all is quiet."""

import pytest
from desk_kit import DeskKit

from console.notices import link_text
from console.panels import home as home_page
from console.panels.home import HomePage
from console.panels.lanes import LanesPanel
from console.panels.strip import AlarmStrip
from console.panels.tile_contents import TileContents
from console.panels.top_bar import TopBar
from dispatch.client import Link

UNHEARD = "No data from the service yet"


@pytest.fixture
def unheard(tmp_path):
    made = DeskKit(tmp_path)  # not started: no snapshot, no link
    yield made
    made.close()


def lines(page: HomePage, monkeypatch) -> list[str]:
    """Return every text the page paints."""
    said: list[str] = []
    real = home_page.draw_text

    def draw(painter, box, text, *more, **named):
        said.append(text)
        return real(painter, box, text, *more, **named)

    monkeypatch.setattr(home_page, "draw_text", draw)
    page.grab()
    return said


def test_a_desk_without_a_snapshot_asserts_nothing(qtbot, unheard, monkeypatch):
    desk = unheard.desk
    strip, lanes, page = AlarmStrip(desk), LanesPanel(desk), HomePage(desk)
    for widget in (strip, lanes, page):
        qtbot.addWidget(widget)
    page.resize(560, 900)
    assert strip.text() == UNHEARD
    assert lanes.now_view.empty_text == UNHEARD
    assert lanes.due_view.empty_text == UNHEARD
    assert not lanes.now_head.heard
    assert "lookout camera add" not in TileContents(desk)._empty_words()
    assert lines(page, monkeypatch) == ["This shift", UNHEARD]
    unheard.start(qtbot)
    assert strip.text() == "No unacknowledged alarm"
    assert lanes.now_view.empty_text == "Nothing needs you now."
    assert lanes.now_head.heard
    assert "You have no open case." in lines(page, monkeypatch)


def test_what_stands_while_the_service_is_away_carries_its_time(qtbot, unheard):
    desk = unheard.start(qtbot)
    strip, lanes = AlarmStrip(desk), LanesPanel(desk)
    for widget in (strip, lanes):
        qtbot.addWidget(widget)
    unheard.client.lose()
    qtbot.waitUntil(lambda: desk.as_of is not None)
    unheard.clock.go(minutes=20)
    lanes.renew()
    assert strip.text() == "As of 10:42: No unacknowledged alarm"
    assert lanes.now_view.empty_text == "As of 10:42: Nothing needs you now."
    unheard.client.find_again()
    qtbot.waitUntil(lambda: desk.as_of is None)
    assert strip.text() == "No unacknowledged alarm"


def test_back_is_not_up_to_date_before_the_snapshot(qtbot, unheard):
    desk = unheard.start(qtbot)
    unheard.client.lose()
    qtbot.waitUntil(lambda: desk.as_of is not None)
    unheard.bridge._put_link(Link(True, unheard.clock(), 0))
    qtbot.waitUntil(lambda: desk.link is not None and desk.link.connected)
    assert desk.as_of is not None


def test_a_service_that_cannot_store_is_not_all_quiet(qtbot, unheard):
    desk = unheard.start(qtbot)
    strip, bar = AlarmStrip(desk), TopBar(desk)
    for widget in (strip, bar):
        qtbot.addWidget(widget)
    since = unheard.clock()
    unheard.clock.go(minutes=3)
    unheard.bridge._put_link(Link(True, since, 0, since))
    qtbot.waitUntil(lambda: desk.as_of is not None)
    assert strip.text() == "As of 10:42: No unacknowledged alarm"
    assert "unable to store anything for 3 min" in bar.notice()
    assert dict(bar.connections())["Service"] is False
    unheard.bridge._put_link(Link(True, since, 0))
    qtbot.waitUntil(lambda: desk.as_of is None)
    assert bar.notice() == ""
    assert dict(bar.connections())["Service"] is True


def test_a_gateway_through_which_nothing_comes_in_is_named(qtbot, unheard):
    unheard.client.unheard = ("iot", "镇里")
    desk = unheard.start(qtbot)
    bar = TopBar(desk)
    qtbot.addWidget(bar)
    assert "through iot, 镇里" in bar.notice()
    unheard.client.unheard = ()
    assert bar.notice() == ""


def test_nothing_to_merge_is_not_counted(qtbot, unheard):
    desk = unheard.start(qtbot)
    unheard.client.lose()
    qtbot.waitUntil(lambda: desk.as_of is not None)
    assert link_text(desk) == "Working alone · service away for 0 s"
