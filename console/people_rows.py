"""The people on show: the nearest few, steady under the hand."""

from collections.abc import Callable, Sequence
from datetime import datetime

from console.models import Hand
from dispatch.recommending import UnitSuggestion

SHOWN = 5


class PeopleRows:
    """Keeps the order of the people on show while the pointer or keys are on them.

    Thread: UI only.

    Attributes:
        rows: Who is shown, in this order.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.rows: list[UnitSuggestion] = []
        self._hand = Hand(clock)

    def touch(self) -> None:
        """Note that the hand is on them: nobody changes places for a moment."""
        self._hand.touch()

    def clear(self) -> None:
        """Begin anew: these are people for another case."""
        self.rows = []
        self._hand.settled()

    def show(
        self, suggestions: Sequence[UnitSuggestion], extra: UnitSuggestion | None
    ) -> bool:
        """Show the first of the suggestions; return whether anything looks different.

        Args:
            suggestions: Who can be sent, best first.
            extra: Who is highlighted; gets a row of their own where needed.
        """
        wanted = list(suggestions[:SHOWN])
        if extra is not None and _id(extra) not in map(_id, wanted):
            wanted.append(extra)
        before = self.rows
        if not before or not self._moves(wanted) or not self._hand.holds():
            self._hand.settled()
            self.rows = wanted
        else:
            fresh = {_id(each): each for each in (*suggestions, *wanted)}
            self.rows = [fresh.get(_id(row), row) for row in before]
            # Who was just highlighted elsewhere is shown at once, below the others.
            if extra is not None and _id(extra) not in map(_id, before):
                self.rows.append(extra)
        return self.rows != before

    def _moves(self, wanted: Sequence[UnitSuggestion]) -> bool:
        return [_id(row) for row in wanted] != [_id(row) for row in self.rows]


def _id(suggestion: UnitSuggestion) -> str:
    return suggestion.unit.unit_id
