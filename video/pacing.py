"""Spread pictures that came in together over the rounds, where there is room for that.

A camera of 25 pictures a second has five pictures for six rounds. The network does not
keep its time: now and then two come in one round, and none in the next. Shown at once,
one of the two is never seen. Shown in turn, both are, and the second a round later.
"""

from typing import Final

from video.contract import ROUND_S

#: Rounds in a row that may begin with one kept from before. A camera slower than the
#: rounds makes up for it in less; one as quick as they are would stay behind for good.
MOST_KEPT: Final = 6
#: Pictures of one camera that may wait to be shown one by one …
IN_TURN: Final = 2
#: … and of one that is known to be slower than the rounds: it makes up for them, too.
IN_TURN_SLOW: Final = 4
#: So many pictures a round, and it makes up for one in ten rounds.
SLOW: Final = 0.9
#: Rounds with one picture that have to pass after one with more than may wait: the
#: camera is quicker than the rounds, or has been silent.
PAUSE: Final = 60
_MEASURED_S: Final = 2.0


class Pace:
    """Says of one stream's rounds which picture is to wait for the next.

    Thread: one decoder's.

    Attributes:
        most: Pictures that may wait to be shown one by one.
    """

    def __init__(self) -> None:
        self.most = IN_TURN
        self._kept = 0
        self._taken = 0
        self._since: float | None = None

    def took(self, pictures: int, now: float) -> None:
        """Note how many pictures have gone their way, shown or not."""
        self._taken += pictures
        if self._since is None:
            self._taken, self._since = 0, now
        elif now - self._since >= _MEASURED_S:
            rounds = (now - self._since) / ROUND_S
            self.most = IN_TURN_SLOW if self._taken < SLOW * rounds else IN_TURN
            self._taken, self._since = 0, now

    def keeps_one(self, waiting: int) -> bool:
        """Return whether of so many pictures only the first is for this round."""
        if 1 < waiting <= self.most and self.most > IN_TURN:
            return True
        if waiting > IN_TURN:
            self._kept = PAUSE
        elif waiting < IN_TURN:
            self._kept = max(0, self._kept - 1)
        elif self._kept < MOST_KEPT:
            self._kept += 1
            return True
        return False
