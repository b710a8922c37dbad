"""A town's week counted again from its flow log alone.

Shares no code with the program, on purpose: it reads four columns of one table with
Python's own `sqlite3`, and knows of the states nothing but that a code below 500 is open
and the two ways in which a case begins.
"""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

FIRST_ENDED = 500


@dataclass(slots=True)
class Recount:
    """What the log says.

    Attributes:
        states: How many cases stand in each state at the end.
        at: The same at each moment that was asked for.
        begun: Cases that began before each of those moments, and at all.
        ended: How often a case ended in the same time, and
        opened_again: how often one that had ended was opened again.
        faults: What cannot be: a gap in a case's states, a clock that ran backwards.
    """

    states: Counter[int] = field(default_factory=Counter)
    at: dict[str, Counter[int]] = field(default_factory=dict)
    begun: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    opened_again: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def recount(file: Path, moments: list[str]) -> Recount:
    """Return what a store's log says, also at moments.

    Args:
        file: A SQLite store that nobody writes now.
        moments: As the store writes times, UTC, in order.
    """
    found = Recount()
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        lines = connection.execute(
            "select case_id, at, from_state, to_state from log_entries order by id"
        ).fetchall()
    stands: dict[int, int] = {}
    begun = ended = again = 0
    waiting = list(moments)
    newest = ""
    for case_id, at, before, after in lines:
        while waiting and at >= waiting[0]:
            _keep(found, waiting.pop(0), stands, (begun, ended, again))
        if at < newest:
            found.faults.append(f"case {case_id}: {at} after {newest}")
        newest = max(newest, at)
        if stands.get(case_id) != before:
            found.faults.append(
                f"case {case_id}: from {before}, stood in {stands.get(case_id)}"
            )
        was_open = before is not None and before < FIRST_ENDED
        begun += before is None
        ended += after >= FIRST_ENDED and (before is None or was_open)
        again += before is not None and not was_open and after < FIRST_ENDED
        stands[case_id] = after
    for moment in (*waiting, "end"):
        _keep(found, moment, stands, (begun, ended, again))
    found.states = Counter(stands.values())
    return found


def _keep(
    found: Recount, moment: str, stands: dict[int, int], flows: tuple[int, int, int]
) -> None:
    found.at[moment] = Counter(stands.values())
    found.begun[moment], found.ended[moment], found.opened_again[moment] = flows
