"""The last picture of a camera: small, few, not for long, and never as a live one."""

from datetime import UTC, datetime, timedelta

import numpy as np

from console.stills import KEPT_FOR, MOST, WIDTH, Stills
from video.contract import Picture

AT = datetime(2026, 5, 4, 10, 41, 26, tzinfo=UTC)


def picture(shade: int, *, width: int = 640, again: bool = False) -> Picture:
    height = width * 9 // 16
    data = np.full((height, width, 4), shade, np.uint8)
    return Picture(data.data.cast("B"), width, height, width * 4, 7, 2.0, again)


def test_it_is_small_and_of_its_own_memory():
    stills, shown = Stills(), picture(90)
    stills.keep("1", shown, AT)
    np.frombuffer(shown.data, np.uint8)  # what the engine does with it is its own
    kept = stills.picture("1", AT + timedelta(seconds=8))
    assert kept is not None
    assert kept.width == WIDTH
    assert kept.age_s == 10.0
    assert kept.data[0] == 90
    small = picture(40, width=320)
    stills.keep("2", small, AT)
    small.data[0] = 1
    other = stills.picture("2", AT)
    assert other is not None
    assert (other.width, other.data[0]) == (320, 40)


def test_few_and_not_for_long():
    stills = Stills()
    for number in range(MOST + 10):
        stills.keep(str(number), picture(1, width=64), AT)
    assert len(stills) == MOST
    assert stills.picture("0", AT) is None
    assert stills.picture(str(MOST), AT) is not None
    later = AT + KEPT_FOR
    assert stills.picture(str(MOST), later) is None
    stills.keep("new", picture(1, width=64), later)
    assert len(stills) == 1
    stills.forget("new")
    assert stills.picture("new", later) is None


def test_what_is_looked_at_again_is_not_the_last_picture():
    stills = Stills()
    stills.keep("1", picture(1, again=True), AT)
    stills.keep("2", None, AT)
    assert len(stills) == 0
