"""Who has a wall's column: only a more urgent case takes it, and gives it back."""

from hypothesis import given
from hypothesis import strategies as st

from console.wall_column import Column


def order(column: Column) -> list[int]:
    holder = column.holder
    return [] if holder is None else [holder.case_id, *column.waiting]


def test_a_later_case_waits_unless_it_is_more_urgent():
    column = Column()
    assert column.holder is None
    column.ask(1, 2)
    column.ask(2, 2)
    assert order(column) == [1, 2]
    column.ask(3, 1)
    assert order(column) == [3, 1, 2]
    column.ask(2, 2)
    assert order(column) == [3, 1, 2], "who asks again keeps its place"


def test_when_one_ends_the_earlier_comes_back():
    column = Column()
    known: dict[int, int] = {1: 2, 2: 1, 3: 2}
    for case_id, severity in known.items():
        column.ask(case_id, severity)
    assert order(column) == [2, 1, 3]
    assert not column.follow(known.get)
    del known[2]
    assert column.follow(known.get)
    assert order(column) == [1, 3]


def test_one_that_grew_more_urgent_goes_before_and_no_other():
    column = Column()
    known: dict[int, int] = {1: 2, 2: 2, 3: 2}
    for case_id, severity in known.items():
        column.ask(case_id, severity)
    known[1] = 3
    assert not column.follow(known.get), "who has it keeps it"
    known[3] = 1
    assert column.follow(known.get)
    assert order(column) == [3, 1, 2]


def test_what_somebody_sends_takes_it_and_keeps_it():
    column = Column()
    column.ask(1, 1)
    column.send(2, 4, tile=3)
    assert order(column) == [2, 1]
    assert column.holder is not None
    assert column.holder.tiles == {3}
    assert not column.follow({1: 1, 2: 4}.get)
    column.withdraw(2)
    assert order(column) == [1]


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4), st.booleans())))
def test_asking_alone_shows_the_most_urgent_and_of_those_the_first(steps):
    column, known = Column(), dict[int, int]()
    for case_id, severity, ends in steps:
        if ends:
            known.pop(case_id, None)
            column.follow(known.get)
        elif case_id not in known:
            known[case_id] = severity
            column.ask(case_id, severity)
        first = min(known, key=lambda each: known[each], default=None)
        assert order(column)[:1] == [each for each in [first] if each is not None]
        assert sorted(order(column)) == sorted(known)
