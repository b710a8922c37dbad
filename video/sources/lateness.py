"""How late a camera's pictures come, by its own clock: what waits on the way counts.

What comes over a line that is too slow piles up before it, and each picture is older
than the one before though it has only just arrived. The camera stamps its pictures, and
its reports (RTCP) say whether those stamps keep time; where they do, a picture that
comes later after its stamp than the quickest one did is late by the difference. No
clocks need to agree for that. Pure.
"""

from typing import Final

_RATE: Final = 90_000
_SENDER_REPORT: Final = 200
_NTP_FRACTION: Final = 2.0**-32
#: Reports so far apart say whether stamps keep time …
_ENOUGH_S: Final = 2.0
#: … which they do within a picture or two, and what a bad clock loses besides.
_SLACK_S: Final = 0.25
_SLACK_SHARE: Final = 2.5e-4  # less than is forgiven, or lateness would grow
#: What clocks may part by themselves is forgiven: 1.8 s in an hour.
_FORGIVEN: Final = 5e-4
#: A stamp that leaps back by more is another beginning; pictures out of order do less.
_LEAP_S: Final = 1.0


class Lateness:
    """Watches one connection.

    Thread: one at a time.

    Attributes:
        known: The camera's reports say that its stamps keep time.
    """

    def __init__(self) -> None:
        self.known = False
        self._first: tuple[float, int] | None = None  # report: its clock, its stamp
        self._stamp = 0  # of the last one
        self._ticks = 0  # from the first to the last one
        self._quickest: float | None = None  # arrival less stamp, seconds
        self._newest = 0.0
        self._arrived = 0.0

    def hear(self, packet: bytes) -> None:
        """Take a report (RTCP); anything else is left."""
        if len(packet) < 20 or packet[0] >> 6 != 2 or packet[1] != _SENDER_REPORT:
            return
        at = int.from_bytes(packet[8:16]) * _NTP_FRACTION
        stamp = int.from_bytes(packet[16:20])
        if self._first is None:
            self._begin(at, stamp)
            return
        step = (stamp - self._stamp) & 0xFFFFFFFF
        self._ticks += step - (1 << 32 if step >= 1 << 31 else 0)
        self._stamp = stamp
        seconds = at - self._first[0]
        apart = abs(self._ticks / _RATE - seconds)
        if seconds < 0 or apart > _SLACK_S + _SLACK_SHARE * seconds:
            self._begin(at, stamp)
        elif seconds >= _ENOUGH_S:
            self.known = True

    def of(self, stamp: int, arrived: float) -> float:
        """Return how many seconds later than the quickest a picture came; 0: unknown.

        Args:
            stamp: Its own, counted on past 32 bits.
            arrived: When it had come in, on the monotonic clock.
        """
        moment = stamp / _RATE
        offset = arrived - moment
        if self._quickest is None or moment < self._newest - _LEAP_S:
            self._quickest = offset
        else:
            forgiven = _FORGIVEN * (arrived - self._arrived)
            self._quickest = min(offset, self._quickest + forgiven)
        self._newest, self._arrived = moment, arrived
        return offset - self._quickest if self.known else 0.0

    def _begin(self, at: float, stamp: int) -> None:
        self.known = False
        self._first, self._stamp, self._ticks = (at, stamp), stamp, 0
        self._quickest = None
