"""What was looked at before: the way back to a case, and forward again."""

from collections.abc import Container

REMEMBERED = 30


class LookedAt:
    """The cases that were opened, in order; one of them is where one is.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._cases: list[int] = []
        self._at = -1

    def note(self, case_id: int | None) -> None:
        """Note that a case was opened; None: it was put away."""
        if case_id is None or self._here() == case_id:
            return
        del self._cases[self._at + 1 :]
        self._cases.append(case_id)
        del self._cases[:-REMEMBERED]
        self._at = len(self._cases) - 1

    def beside(self, step: int, open_id: int | None, known: Container[int]) -> int:
        """Return the case one step back (-1) or forward (1); 0: there is none."""
        at = self._at
        if open_id is None and step < 0 and self._here() in known:
            return self._here()  # it was put away: back to it
        while 0 <= (at := at + step) < len(self._cases):
            if self._cases[at] in known:
                return self._cases[at]
        return 0

    def go(self, case_id: int) -> None:
        """Stand at a case that was looked at before."""
        places = [at for at, each in enumerate(self._cases) if each == case_id]
        if places:
            self._at = min(places, key=lambda at: abs(at - self._at))

    def _here(self) -> int:
        return self._cases[self._at] if 0 <= self._at < len(self._cases) else 0
