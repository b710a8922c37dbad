"""Which way a connection is opened, by what became of those before it."""

from dataclasses import dataclass

import pytest

from video.ways import OTHER_S, Ways

URL = "rtsp://camera/main"
NOW = 1_000.0


@dataclass
class Ended:
    """What is known of a connection when it has ended."""

    way: int
    opened_at: float | None = NOW
    fruitful: bool = False
    url: str = URL


@pytest.mark.parametrize(
    ("ended", "reason", "after"),
    [
        (Ended(0), "no_picture", 1),
        (Ended(0), "no_key_frame", 1),
        (Ended(0, fruitful=True), "no_picture", 0),
        (Ended(0, opened_at=None), "timeout", 0),
        (Ended(0), "too_large", 0),
        (Ended(0), "login", 0),
    ],
)
def test_only_who_took_us_in_and_showed_nothing_is_opened_in_the_other_way(
    ended: Ended, reason: str, after: int
):
    ways = Ways()
    assert ways.ended(ended, reason, NOW) == reason
    assert ways.way(URL, NOW) == after
    assert ways.way("rtsp://camera/sub", NOW) == 0


def test_the_other_way_is_kept_while_pictures_come_of_it_and_then_it_is_direct_again():
    ways = Ways()
    ways.ended(Ended(0), "no_picture", NOW)
    assert ways.ended(Ended(1, fruitful=True), "refused", NOW + 60) == "refused"
    assert ways.way(URL, NOW + OTHER_S - 1) == 1
    assert ways.way(URL, NOW + OTHER_S) == 0
    assert ways.ended(Ended(1), "no_key_frame", NOW + 90) == "no_key_frame"
    assert ways.way(URL, NOW + 91) == 0


@pytest.mark.parametrize(
    ("reason", "said"), [("timeout", "no_picture"), ("too_large", "too_large")]
)
def test_another_way_that_does_not_open_says_nothing_new(reason: str, said: str):
    ways = Ways()
    ways.ended(Ended(0), "no_picture", NOW)
    assert ways.ended(Ended(1, opened_at=None), reason, NOW + 1) == said
    assert ways.way(URL, NOW + 2) == 0
