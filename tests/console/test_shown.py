"""What several walls show together, and what nobody can see."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.seen_window import SeenWindow
from console.shown import Shown, together


def test_a_camera_in_two_walls_is_wanted_once_for_the_larger_tile():
    desk = Shown({"1": (400, 225), "2": (400, 225)}, ("7", "3"), case_id=None)
    wall = Shown({"3": (640, 360), "1": (960, 540)}, ("2",))
    both = together([desk, wall])
    assert dict(both.live) == {"1": (960, 540), "2": (400, 225), "3": (640, 360)}
    assert both.spare == ("7",), "what is live is not kept ready besides"


def test_a_look_for_a_case_goes_before_a_look_without_one():
    both = together(
        [Shown({"1": (4, 3), "2": (4, 3)}), Shown({"1": (4, 3)}, case_id=9)]
    )
    assert both.case_ids == {"1": 9, "2": None}
    again = together([Shown({"1": (4, 3)}, case_id=9), Shown({"1": (4, 3)})])
    assert again.case_ids == {"1": 9}


def test_nothing_is_shown_together_where_nothing_is_shown():
    assert together([]) == together([Shown()])


def test_a_minimised_or_hidden_window_is_not_seen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget()
    QVBoxLayout(window).addWidget(inner)
    seen = SeenWindow(inner)
    told: list[bool] = []
    seen.changed.connect(lambda: told.append(seen.is_seen()))
    window.show()
    qtbot.waitExposed(window)
    assert seen.is_seen()
    window.showMinimized()
    qtbot.waitUntil(lambda: not seen.is_seen())
    window.showNormal()
    qtbot.waitUntil(seen.is_seen)
    window.hide()
    assert not seen.is_seen()
    assert told == [True, False, True, False]
