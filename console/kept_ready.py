"""Which cameras this desk would keep ready, and why: what matters now comes first."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from console.near_cameras import NearCameras
from dispatch.cameras import Camera
from video.contract import StreamStatus
from video.sources import StreamSpec
from video.standby_choice import MAIN_MBIT_S, SUB_MBIT_S, Budget, Candidate, Reason
from video.ways import choose_url

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved
    from dispatch.cases import Case

RECENT_FOR: Final = timedelta(minutes=15)
RECENT_MOST: Final = 12
# What a case of each severity weighs for its grid, and from where on that is much:
# one that endangers life, two urgent ones, or eight small ones in a day.
WEIGHTS: Final = {1: 8, 2: 4, 3: 2, 4: 1}
MUCH: Final = 8
RISK_EACH: Final = 4  # cameras of one grid
STANDBY_SIZE: Final = (400, 224)


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


class Rates:
    """What the streams of cameras take of the network, by address.

    As last measured, also by a connection that is gone: a camera is not left out for
    what it takes, and then taken in again for want of knowing it.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._known: dict[str, float] = {}

    def of(self, spec: StreamSpec, status: StreamStatus | None, width: int) -> float:
        """Return the Mbit/s of what is pulled for a tile of this width."""
        coming = ""
        if status is not None and status.measured is not None:
            coming = spec.sub_url if status.small else spec.main_url
            if status.measured.mbit_s:
                self._known[coming] = status.measured.mbit_s
        url = choose_url(spec, width=width, current=coming)
        guess = SUB_MBIT_S if url == spec.sub_url else MAIN_MBIT_S
        return self._known.get(url, guess)


@dataclass(frozen=True, slots=True)
class Wished:
    """What the walls of a desk have to do with cameras.

    Attributes:
        shown: What stands in tiles: how wide, and whether what was before matters: it
            is shown for a case, or looked at again.
        tried: Whether these answer is being found out.
        spare: What comes back into the tiles.
        recent: What was looked at a moment ago.
    """

    shown: Iterable[tuple[str, int, bool]] = ()
    tried: Sequence[str] = ()
    spare: Sequence[str] = ()
    recent: Iterable[str] = ()


class Prospects:
    """Finds the cameras that a desk may keep ready.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        self.near = NearCameras()
        self._desk = desk
        self._rates = Rates()
        self._said: dict[int, object] = {}  # by case: what of it has a say here

    def altered(self, moved: "Moved") -> bool:
        """Return whether a change may make other cameras stand ready, or be allowed.

        Most of what happens to a case has no say in that.
        """
        cases, altered = self._desk.board.cases, bool(moved.everything or moved.carried)
        for case_id in {*self._said, *cases} if moved.everything else moved.cases:
            case, before = cases.get(case_id), self._said.pop(case_id, None)
            if case is not None:
                said = case.state.is_open, case.severity, case.point, case.grid_code
                self._said[case_id] = said
                altered = altered or said != before
            else:
                altered = altered or before is not None
        return altered

    def candidates(self, wished: Wished, budget: Budget) -> list[Candidate]:
        """Return the cameras to keep, those that matter most first.

        No more for one reason than the budget takes in all. A sealed one (密件) is
        called up on purpose, or not connected at all.
        """
        board, desk = self._desk.board, self._desk
        self.near.look(board, desk.frame, desk.clock())
        found: list[Candidate] = []

        def add(camera_id: str, reason: Reason, width: int = STANDBY_SIZE[0]) -> None:
            camera = board.cameras.get(camera_id)
            if camera is not None:
                mbit_s = self._mbit_s(camera, width)
                found.append(Candidate(camera_id, reason, mbit_s))

        for camera_id, width, matters in wished.shown:
            add(camera_id, Reason.SHOWN, width)
            if matters:
                add(camera_id, Reason.CASE, width)
        for camera_id in wished.tried:
            add(camera_id, Reason.TRIED)
        for camera_id in islice(self._near_cases(), budget.cameras):
            add(camera_id, Reason.CASE)
        for camera_id in wished.spare:
            add(camera_id, Reason.PINNED)
        for camera_id in wished.recent:
            add(camera_id, Reason.RECENT)
        for camera_id in islice(self._at_risk(), budget.cameras):
            add(camera_id, Reason.RISK)
        for camera_id in self.near.apart[: budget.at_rest]:
            add(camera_id, Reason.REST)
        return found

    def _mbit_s(self, camera: Camera, width: int) -> float:
        engine = self._desk.engine
        status = None if engine is None else engine.status(camera.camera_id)
        return self._rates.of(spec_of(camera), status, width)

    def _near_cases(self) -> Iterator[str]:
        """Give the cameras near open cases, those of the open and the severest first."""
        desk, given = self._desk, set[str]()
        cases = sorted(
            (case for case in desk.board.cases.values() if case.state.is_open),
            key=lambda case: (
                case.case_id != desk.open_case_id,
                case.severity,
                -case.case_id,
            ),
        )
        for case in cases:
            for camera_id in self.near.near(case.point):
                if camera_id not in given:
                    given.add(camera_id)
                    yield camera_id

    def _at_risk(self) -> Iterator[str]:
        inside: dict[str, list[str]] = {}
        for camera in self.near.cameras:
            inside.setdefault(camera.grid_code, []).append(camera.camera_id)
        for code in risky_grids(self._desk.board.cases.values()):
            yield from inside.get(code, ())[:RISK_EACH]


def risky_grids(cases: Iterable["Case"]) -> list[str]:
    """Return the grids that had much, or bad, of late: the worst first."""
    weight: Counter[str] = Counter()
    for case in cases:
        if case.grid_code:
            weight[case.grid_code] += WEIGHTS.get(case.severity, 1)
    return [code for code, sum_ in weight.most_common() if sum_ >= MUCH]


def spec_of(camera: Camera) -> StreamSpec:
    """Return what the engine needs to open a camera; never a log-in."""
    return StreamSpec(
        stream_id=camera.camera_id,
        main_url=camera.main_url,
        sub_url=camera.sub_url,
        transport=camera.transport,
        needs_login=bool(camera.secret_ref),
    )
