"""When a camera is tried again, and what outlives the stream that tried."""

from hypothesis import given
from hypothesis import strategies as st

from video.contract import Login
from video.logins import Logins
from video.retries import (
    RETRY_LOGIN_S,
    RETRY_SHOWN_S,
    RETRY_STANDBY_S,
    Tries,
    retry_delay,
)

MAIN, SUB = "rtsp://c/main", "rtsp://c/sub"
WRONG, RIGHT = Login("desk", "wrong"), Login("desk", "right")


@given(st.integers(1, 1_000), st.booleans(), st.floats(0.0, 1.0))
def test_retries_are_spread_and_capped(attempts, shown, spread):
    delay = retry_delay(attempts, shown=shown, spread=spread)
    assert 0.0 < delay <= (7.0 if shown else 30.0)


def test_the_ladders_rise_to_their_caps():
    assert list(RETRY_SHOWN_S) == sorted(RETRY_SHOWN_S)
    assert list(RETRY_STANDBY_S) == sorted(RETRY_STANDBY_S)
    assert (RETRY_SHOWN_S[-1], RETRY_STANDBY_S[-1]) == (7.0, 30.0)


def test_a_refused_log_in_rests_at_every_address_of_its_camera():
    tries = Tries()
    assert tries.until(SUB) == 0.0
    tries.refused(SUB, 1_000.0)
    assert tries.until(SUB) == tries.until(MAIN) == 1_000.0 + RETRY_LOGIN_S
    tries.refused(MAIN, 1_300.0)
    assert tries.until(SUB) == tries.until(MAIN) == 1_300.0 + RETRY_LOGIN_S


def test_an_address_that_took_the_log_in_does_not_rest_with_one_that_refuses_it():
    tries = Tries()
    tries.taken(SUB)
    tries.refused(MAIN, 1_000.0)
    assert tries.until(SUB) == 0.0
    assert tries.until(MAIN) == 1_000.0 + RETRY_LOGIN_S
    tries.refused(SUB, 1_100.0)  # the password was changed at the camera
    assert tries.until(MAIN) == tries.until(SUB) == 1_100.0 + RETRY_LOGIN_S


def test_what_a_log_in_came_to_outlives_its_stream_until_there_is_another():
    logins = Logins()
    first = logins.put("1", WRONG)
    tries = Tries(first["revision"], first["told"])
    tries.refused(SUB, 1_000.0)
    logins.heard("1", tries.revision, [list(each) for each in tries.told])
    again = logins.put("1", WRONG)  # it was fetched once more
    assert Tries(again["revision"], again["told"]).until(SUB) > 1_000.0
    assert logins.messages("1") == [again]
    other = logins.put("1", RIGHT)
    assert other["password"] == "right"
    assert Tries(other["revision"], other["told"]).until(SUB) == 0.0
    logins.heard("1", tries.revision, [[SUB, 1_001.0]])  # of the one before, late
    assert logins.messages("1") == [other]
    assert logins.forget("1")
    assert logins.messages("1") == []
    assert not logins.forget("1")
