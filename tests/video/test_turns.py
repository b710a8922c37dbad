"""Few of many streams are looked at each time, and none is forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from video.turns import IN_TURN, STEP_S, Turns

ALL = [str(number) for number in range(200)]


class Stream:
    """One that may be tried again or not, and is open or away."""

    def __init__(self, is_due: bool, *, is_open: bool) -> None:
        self._is_due = is_due
        self.open = is_open

    def due(self, now: float) -> bool:
        return self._is_due and now > 0.0


def looked_at(turns: Turns, now: float, *due: str, are_open: bool = True) -> set[str]:
    streams = {each: Stream(each in due, is_open=are_open) for each in ALL}
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
    turns, now, seen = Turns(), 10.0, dict.fromkeys(ALL, 10.0)
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
        assert len(found) <= len(ALL) / IN_TURN + 1


def test_one_that_is_away_is_looked_at_when_its_time_comes_and_not_before():
    turns = Turns()
    for step in range(2 * IN_TURN):
        now = 10.0 + step * (STEP_S + 0.001)
        assert looked_at(turns, now, "3", are_open=False) == {"3"}
    turns.call("4")
    assert looked_at(turns, now, "3", are_open=False) == {"4"}


def test_each_second_the_open_ones_are_asked_for_everything_and_others_in_turn():
    turns = Turns()
    streams = {each: Stream(is_due=False, is_open=each == "3") for each in ALL}
    asked = [turns.full(streams) for _ in range(IN_TURN)]
    assert all("3" in each for each in asked)
    assert set().union(*asked) == set(ALL)
    assert max(map(len, asked)) <= len(ALL) / IN_TURN + 1
