"""Names in messages that have to match a pattern."""

import re
from collections.abc import Iterable

KEPT = 20_000


class Names:
    """Names of one pattern; one that matched once is not looked at again.

    Devices say the same few names for years, and a look costs as much as reading
    the rest of a message.

    Thread: any.
    """

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._matches = re.compile(pattern).fullmatch  # `$` lets a newline pass
        self._good: set[str] = set()

    def check(self, names: Iterable[str]) -> None:
        """Let names pass.

        Raises:
            ValueError: One is none.
        """
        if self._good.issuperset(names):
            return
        if len(self._good) >= KEPT:  # somebody makes them up
            self._good = set()
        for name in names:
            if not self._matches(name):
                raise ValueError(f"{name[:60]!r} does not match {self._text}")
            self._good.add(name)
