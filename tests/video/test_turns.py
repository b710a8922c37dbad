"""Few of many streams are looked at each time, and none is forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from video.turns import IN_TURN, STEP_S, Turns

AWAY = [str(number) for number in range(200)]


class Stream:
    """One that is away, and may be tried again or not."""

    def __init__(self, is_due: bool) -> None:
        self._is_due = is_due

    def due(self, now: float) -> bool:
        return self._is_due and now > 0.0


def looked_at(turns: Turns, now: float, *due: str) -> set[str]:
    streams = {each: Stream(each in due) for each in AWAY}
    return turns.of(streams, now, called=turns.calls())


def test_one_that_calls_is_looked_at_and_no_other():
    turns = Turns()
    looked_at(turns, 10.0)
    turns.call("7")
    turns.call("7")
    turns.call("gone")
    assert looked_at(turns, 10.0) == {"7"}
    assert looked_at(turns, 10.0) == set()


@given(st.lists(st.floats(0.0, 0.3), min_size=1, max_size=50))
def test_every_one_is_looked_at_in_its_turn(pauses: list[float]):
    turns, now, seen = Turns(), 10.0, dict.fromkeys(AWAY, 10.0)
    looked_at(turns, now)
    for pause in pauses:
        turns.call("7")  # wakes who looks, and takes nobody's turn
        now += pause
        for each in looked_at(turns, now):
            seen[each] = now
        longest = (IN_TURN + 1) * (0.3 + STEP_S)
        assert all(now - at <= longest for at in seen.values())


def test_whose_time_has_come_is_looked_at_in_the_next_step():
    turns = Turns()
    looked_at(turns, 10.0)
    assert "3" not in looked_at(turns, 10.0 + STEP_S / 2, "3")
    for step in range(1, 5):
        found = looked_at(turns, 10.0 + step * (STEP_S + 0.001), "3")
        assert "3" in found
        assert len(found) <= len(AWAY) / IN_TURN + 1
