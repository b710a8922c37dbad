"""How a monitor is known again: no two count as one, and none is lost at its plug.

Screens as makers really describe them; real ones that are plugged in and out stand in
`tests/journeys/test_wall_monitors.py`.
"""

from dataclasses import replace

from desk_fixtures import kit as kit
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from console.monitors import Monitors, Plugged, keys_of

LEFT = Plugged("AOC", "24B2XH", "GXKL", "HDMI-1", QRect(0, 0, 1920, 1080))
RIGHT = replace(LEFT, plug="HDMI-2", area=QRect(1920, 0, 1920, 1080))
OTHER = Plugged("DEL", "U2720Q", "7KC1", "DP-1", QRect(3840, 0, 3840, 2160))


def test_two_of_a_batch_with_one_serial_number_are_two():
    both = keys_of([LEFT, RIGHT])
    assert len(set(both)) == 2
    # Whichever is plugged in alone, or first, is the one it was.
    assert keys_of([RIGHT], both) == both[1:]
    assert keys_of([RIGHT, LEFT], both) == both[::-1]
    assert keys_of([LEFT, RIGHT, OTHER], both)[:2] == both


def test_without_any_number_the_plug_tells():
    bare = [replace(each, serial="") for each in (LEFT, RIGHT)]
    both = keys_of(bare)
    assert len(set(both)) == 2
    assert keys_of(bare[1:], both) == both[1:]
    moved = replace(bare[0], plug="DP-9")
    assert keys_of([moved], both)[0] not in both, "nobody knows which one it is"


def test_what_is_the_same_in_everything_is_told_by_its_place():
    again = replace(LEFT, area=QRect(1920, 0, 1920, 1080))
    first, second = keys_of([LEFT, again])
    assert first != second
    assert keys_of([again, LEFT]) == [second, first]


def test_one_with_a_number_of_its_own_is_the_same_at_any_plug():
    seen = keys_of([LEFT, OTHER])
    moved = replace(OTHER, plug="DP-4")
    assert keys_of([LEFT, moved], seen) == seen
    # Of two with one number nobody knows which was moved: its wall is not guessed.
    both = keys_of([LEFT, RIGHT])
    stray = replace(RIGHT, plug="DP-4")
    assert keys_of([stray], both)[0] not in both
    assert keys_of([LEFT, stray], keys_of([LEFT]))[1] not in both


def test_the_only_other_one_does_not_get_the_wall_of_one_that_was_switched_off():
    seen = keys_of([LEFT, RIGHT])
    assert keys_of([LEFT], seen) == seen[:1]
    assert keys_of([RIGHT], seen) == seen[1:]


def test_what_was_seen_is_remembered_at_the_desk(kit):
    screen = QGuiApplication.primaryScreen()
    settings = kit.desk.settings
    (only,) = Monitors(settings).here(screen)
    assert only.main
    assert only.name == "Monitor 1", "offscreen nothing tells of it"
    assert Monitors(settings).here(None)[0].key == only.key
    assert Monitors(settings).screen_of(only.key) is not None
    gone = screen.name()  # offscreen it is ""
    assert Monitors(settings).screen_of(only.key, gone=gone) is None
    settings.setValue("walls/monitors", "{broken")
    assert Monitors(settings).here(None)[0].key == only.key
