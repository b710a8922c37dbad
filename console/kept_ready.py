"""Which cameras this desk would keep ready, and why: what matters now comes first."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from dispatch.cameras import Camera
from video.standby_choice import MAIN_MBIT_S, SUB_MBIT_S, Candidate, Reason

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Board
    from dispatch.cases import Case

WITHIN_M: Final = 600.0
EACH: Final = 8  # cameras of one case
RECENT_FOR: Final = timedelta(minutes=15)
RECENT_MOST: Final = 12
# What a case of each severity weighs for its grid, and from where on that is much:
# one that endangers life, two urgent ones, or eight small ones in a day.
WEIGHTS: Final = {1: 8, 2: 4, 3: 2, 4: 1}
MUCH: Final = 8
RISK_EACH: Final = 4  # cameras of one grid


class Recent:
    """The cameras that were looked at a moment ago, and those of walls that were seen.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._left: dict[str, datetime] = {}
        self._shown: set[str] = set()
        self._unseen: dict[str, datetime] = {}  # since when

    def note(
        self, shown: Collection[str], now: datetime, unseen: Sequence[str] = ()
    ) -> None:
        """Note what is looked at now; what no longer is was just left.

        Args:
            shown: What somebody can see.
            now: The desk's time.
            unseen: What stands on walls that nobody sees at the moment.
        """
        for camera_id in sorted(self._shown.difference(shown)):
            self._left.pop(camera_id, None)
            self._left[camera_id] = now
        self._shown = set(shown)
        self._unseen = {each: self._unseen.get(each, now) for each in unseen}

    def cameras(self, now: datetime) -> list[str]:
        """Return them: a wall comes back as a whole; then the last one first."""
        self._left = {k: at for k, at in self._left.items() if now - at <= RECENT_FOR}
        unseen = [k for k, at in self._unseen.items() if now - at <= RECENT_FOR]
        left = list(reversed(self._left))[:RECENT_MOST]
        return [*unseen, *left]


def candidates(
    desk: "Desk",
    *,
    shown: Iterable[tuple[str, bool]],
    spare: Sequence[str],
    recent: Iterable[str],
) -> list[Candidate]:
    """Return the cameras to keep, those that matter most first.

    A sealed one (密件) is called up on purpose, or not connected at all.

    Args:
        desk: Its board and its clock.
        shown: What stands in tiles, and whether what was before matters: it is
            shown for a case, or looked at again.
        spare: What comes back into the tiles.
        recent: What was looked at a moment ago.
    """
    board = desk.board
    found: list[Candidate] = []

    def add(camera_id: str, reason: Reason) -> None:
        camera = board.cameras.get(camera_id)
        if camera is not None:
            found.append(Candidate(camera_id, reason, _mbit_s(camera)))

    for camera_id, matters in shown:
        add(camera_id, Reason.SHOWN)
        if matters:
            add(camera_id, Reason.CASE)
    for camera_id in spare:
        add(camera_id, Reason.PINNED)
    for camera_id in _near_cases(desk):
        add(camera_id, Reason.CASE)
    for camera_id in recent:
        add(camera_id, Reason.RECENT)
    for camera_id in _at_risk(board):
        add(camera_id, Reason.RISK)
    for camera in _unsealed(board):
        add(camera.camera_id, Reason.REST)
    return found


def risky_grids(cases: Iterable["Case"]) -> list[str]:
    """Return the grids that had much, or bad, of late: the worst first."""
    weight: Counter[str] = Counter()
    for case in cases:
        if case.grid_code:
            weight[case.grid_code] += WEIGHTS.get(case.severity, 1)
    return [code for code, sum_ in weight.most_common() if sum_ >= MUCH]


def _mbit_s(camera: Camera) -> float:
    return SUB_MBIT_S if camera.sub_url else MAIN_MBIT_S


def _unsealed(board: "Board") -> list[Camera]:
    return [each for each in board.cameras.values() if not each.sealed]


def _near_cases(desk: "Desk") -> Iterator[str]:
    """Give the cameras near open cases, those of the open and the severest first."""
    board = desk.board
    cases = sorted(
        (case for case in board.cases.values() if case.state.is_open),
        key=lambda case: (
            case.case_id != desk.open_case_id,
            case.severity,
            -case.case_id,
        ),
    )
    frame = desk.frame
    cameras = _unsealed(board)
    stand = [board.standing(each) for each in cameras]
    at = np.array([frame.to_map(each.point) for each in stand], float)
    at = at.reshape(-1, 2)
    now = desk.clock()
    at[[not each.is_sure(now) for each in stand]] = np.inf  # near to nothing
    reach = WITHIN_M / frame.ground_m_per_unit
    for case in cases if cameras else ():
        # Map units do for "near": nobody is shown this distance.
        away = np.hypot(*(at - np.array(frame.to_map(case.point))).T)
        for index in np.argsort(away, kind="stable")[:EACH]:
            if away[index] <= reach:
                yield cameras[int(index)].camera_id


def _at_risk(board: "Board") -> Iterator[str]:
    grids = risky_grids(board.cases.values())
    for code in grids:
        inside = [k.camera_id for k in _unsealed(board) if k.grid_code == code]
        yield from inside[:RISK_EACH]
