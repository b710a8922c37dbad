"""Spread pictures that came in together over the rounds, where there is room for that.

A camera of 25 pictures a second has five pictures for six rounds. The network does not
keep its time: now and then two come in one round, and none in the next. Shown at once,
one of the two is never seen. Shown in turn, both are, and the second a round later.
"""

from typing import Final

#: Rounds in a row that may begin with one kept from before. A camera slower than the
#: rounds makes up for it in less; one as quick as they are would stay behind for good.
MOST_KEPT: Final = 6
#: Pictures of one camera that may wait to be shown one by one.
IN_TURN: Final = 2
#: Rounds with one picture that have to pass after one with more than two: the camera is
#: quicker than the rounds, or has been silent.
PAUSE: Final = 60


class Pace:
    """Says of one stream's rounds which picture is to wait for the next.

    Thread: one decoder's.
    """

    def __init__(self) -> None:
        self._kept = 0

    def keeps_one(self, waiting: int) -> bool:
        """Return whether of so many pictures only the first is for this round."""
        if waiting > IN_TURN:
            self._kept = PAUSE
        elif waiting < IN_TURN:
            self._kept = max(0, self._kept - 1)
        elif self._kept < MOST_KEPT:
            self._kept += 1
            return True
        return False
