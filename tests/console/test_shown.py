"""What several walls show together, and what nobody can see."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.seen_window import SeenWindow
from console.shown import Look, Shown, ShownTile, Together, together
from video.contract import Importance

SMALL, LARGE = (400, 225), (960, 540)


def tile(camera_id: str, **more) -> ShownTile:
    return ShownTile(camera_id, SMALL, **more)


def test_a_camera_in_two_walls_is_wanted_once_for_the_larger_tile():
    desk = Shown((tile("1"), tile("2")), spare=("7", "3"))
    wall = Shown((tile("3"), ShownTile("1", LARGE)), spare=("2",), unseen=("3", "8"))
    both = together([desk, wall])
    assert both.live == {"1": LARGE, "2": SMALL, "3": SMALL}
    assert both.spare == ("7",), "what is live is not kept ready besides"
    assert both.unseen == ("8",)


def test_what_is_made_ready_is_not_shown_yet_and_gives_way_first():
    ready = tile("1", importance=Importance.PRELOAD)
    alone = together([Shown((ready,))])
    assert (alone.live, alone.ready) == ({}, {"1": SMALL})
    assert alone.importance == {"1": Importance.PRELOAD}
    assert alone.looks() == []
    shown = together([Shown((ShownTile("1", (8, 600)), ready))])
    assert (shown.live, shown.ready) == ({"1": (400, 600)}, {})
    assert shown.importance == {"1": Importance.PINNED}


@pytest.mark.parametrize(
    ("walls", "looks"),
    [
        pytest.param([Shown((tile("1"),))], {("1", None)}, id="stands there"),
        pytest.param([Shown((tile("1", case_id=9),))], {("1", 9)}, id="case"),
        pytest.param(
            [Shown((tile("1", importance=Importance.TOUR),), toured=("1", "2"))],
            {("1", None), ("2", None)},
            id="tour",
        ),
        pytest.param(
            [Shown((tile("1"), tile("2"))), Shown((tile("1", case_id=9), tile("3")))],
            {("1", 9), ("2", None), ("3", None)},
            id="one tile of a wall for a case",
        ),
        pytest.param(
            [Shown((tile("1", case_id=9),), toured=("1", "2"))],
            {("1", 9), ("1", None), ("2", None)},
            id="tour and case",
        ),
        pytest.param(
            [Shown((tile("1", case_id=9),)), Shown((tile("1", case_id=4),))],
            {("1", 9), ("1", 4)},
            id="two cases",
        ),
    ],
)
def test_each_look_has_its_purpose(walls, looks):
    for order in (walls, walls[::-1]):
        found = together(order).looks()
        assert len(found) == len(looks)
        assert set(found) == {Look(*each) for each in looks}


def test_nothing_is_shown_together_where_nothing_is_shown():
    assert together([]) == together([Shown()]) == Together()


def test_a_minimised_or_hidden_window_is_not_seen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget()
    QVBoxLayout(window).addWidget(inner)
    seen = SeenWindow(inner)
    told: list[bool] = []
    seen.changed.connect(lambda: told.append(seen.is_seen()))
    window.show()
    assert seen.is_seen()
    window.showMinimized()
    qtbot.waitUntil(lambda: not seen.is_seen())
    window.showNormal()
    qtbot.waitUntil(seen.is_seen)
    window.hide()
    assert not seen.is_seen()
    assert told == [True, False, True, False]
