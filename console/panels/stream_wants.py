"""What the desk wants of the video engine: live for the tiles, standby near cases.

Declared as a whole, and only when something changed. Each look at a camera is asked
of the service, which writes it down; one that only stands ready is asked for where
it needs a log-in. What comes back goes straight to the engine and is kept nowhere
here.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from console.desk import Desk
from dispatch.cameras import Camera
from dispatch.commands import Refused
from video.contract import Mode, Want
from video.sources import StreamSpec

STANDBY_WITHIN_M = 600.0
STANDBY_EACH = 8  # cameras of one case
STANDBY_ALL = 60
STANDBY_AT_REST = 16  # kept ready while nothing happens: about 10 Mbit/s
STANDBY_SIZE = (400, 224)
RETRY_SECONDS = 3


class Asked(NamedTuple):
    """What was asked of the service, once.

    Attributes:
        camera_id: Which camera.
        case_id: The case it is looked at for, or None.
        purpose: "view" or "standby".
    """

    camera_id: str
    case_id: int | None
    purpose: str


class StreamWants:
    """Keeps the engine's wanted set equal to what the desk shows and may show next.

    Thread: UI only.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._declared: dict[str, Want] | None = None
        self._asked: set[Asked] = set()
        self._has_login: set[str] = set()  # or it is on its way
        self._asked_for: dict[str, StreamSpec] = {}  # what each log-in is good for
        self._refused: dict[Asked, None] = {}
        self._wait = 0

    @property
    def declared(self) -> Mapping[str, Want]:
        """Return what the engine was last told."""
        return self._declared or {}

    def declare(
        self, live: Mapping[str, tuple[int, int]], spare: Sequence[str] = ()
    ) -> None:
        """Say what is shown, and keep what may be shown next at hand.

        Args:
            live: Size in device pixels of each camera that stands in a tile.
            spare: Cameras that come back when the case is put away.
        """
        engine = self._desk.engine
        if engine is None:
            return
        self._forget_logins()
        cameras = self._desk.board.cameras
        wants: dict[str, Want] = {}
        for camera_id, (width, height) in live.items():
            camera = cameras.get(camera_id)
            if camera is not None:
                wants[camera_id] = Want(spec_of(camera), Mode.LIVE, width, height)
        for camera_id in [*spare, *self._kept_ready()]:
            camera = cameras.get(camera_id)
            if camera is not None and camera_id not in wants:
                wants[camera_id] = Want(spec_of(camera), Mode.STANDBY, *STANDBY_SIZE)
        if wants != self._declared:
            self._declared = wants
            engine.want(wants)
        self._ask(wants)

    def _forget_logins(self) -> None:
        """Take the log-ins back of cameras that stand elsewhere now, or have none.

        Before the new address is told: the engine would use the old log-in there.
        """
        cameras, engine = self._desk.board.cameras, self._desk.engine
        for camera_id, spec in tuple(self._asked_for.items()):
            camera = cameras.get(camera_id)
            if camera is not None:
                now = spec_of(camera)
                if now.needs_login and _reached_at(now) == _reached_at(spec):
                    continue
            if engine is not None:
                engine.forget_login(camera_id)
            del self._asked_for[camera_id]
            self.renew((camera_id,))

    def begin_anew(self) -> None:
        """Let go of every stream and open it again, as if the desk had just begun."""
        engine = self._desk.engine
        if engine is not None and self._declared is not None:
            engine.want({})
            engine.want(self._declared)

    def renew(self, camera_ids: Collection[str]) -> None:
        """Ask anew for cameras that were registered again: the log-in may differ."""
        self._asked = {each for each in self._asked if each.camera_id not in camera_ids}
        self._has_login.difference_update(camera_ids)

    def retry(self) -> None:
        """Ask again for what was refused, now."""
        again, self._refused = self._refused, {}
        for asked in again:
            # A look is written down also when it has ended meanwhile.
            if asked.purpose == "view" or (
                asked in self._asked and asked.camera_id not in self._has_login
            ):
                self._open(asked)

    def retry_refused(self) -> None:
        """Ask again for what was refused, every few seconds."""
        self._wait += 1
        if self._refused and self._wait % RETRY_SECONDS == 0:
            self.retry()

    def _kept_ready(self) -> list[str]:
        """Return the cameras near open cases, those of the severest first.

        A few more stand ready for a case that nobody knows of yet.
        """
        board = self._desk.board
        cases = sorted(
            (case for case in board.cases.values() if case.state.is_open),
            key=lambda case: (
                case.case_id != self._desk.open_case_id,
                case.severity,
                -case.case_id,
            ),
        )
        found: dict[str, None] = {}
        frame = self._desk.frame
        camera_ids = list(board.cameras)
        at = np.array(
            [frame.to_map(board.cameras[each].point) for each in camera_ids], float
        ).reshape(-1, 2)
        reach = STANDBY_WITHIN_M / frame.ground_m_per_unit
        for case in cases:
            if len(found) >= STANDBY_ALL or not camera_ids:
                break
            # Map units do for "near": nobody is shown this distance.
            away = np.hypot(*(at - np.array(frame.to_map(case.point))).T)
            for index in np.argsort(away, kind="stable")[:STANDBY_EACH]:
                if away[index] <= reach:
                    found[camera_ids[int(index)]] = None
        for camera_id in camera_ids:
            if len(found) >= STANDBY_AT_REST:
                break
            found[camera_id] = None
        return list(found)[:STANDBY_ALL]

    def _ask(self, wants: Mapping[str, Want]) -> None:
        """Ask for the log-ins, and have each look at a camera written down."""
        case_id = self._desk.open_case_id
        asked: dict[Asked, None] = {}
        for camera_id, want in wants.items():
            if want.mode is Mode.LIVE:
                asked[Asked(camera_id, case_id, "view")] = None
            elif want.spec.needs_login:
                asked[Asked(camera_id, None, "standby")] = None
        known, self._asked = self._asked, set(asked)
        self._has_login.intersection_update(wants)
        # What is no longer looked at is forgotten: coming back is another look.
        for each in asked:
            if each not in known and (
                each.purpose == "view" or each.camera_id not in self._has_login
            ):
                self._open(each)

    def _open(self, asked: Asked) -> None:
        def answered(refused: Refused | None) -> None:
            if refused is None or refused.reason not in AGAIN:
                return
            self._has_login.discard(asked.camera_id)
            self._refused[asked] = None

        self._has_login.add(asked.camera_id)
        camera = self._desk.board.cameras.get(asked.camera_id)
        if camera is not None and camera.secret_ref:
            self._asked_for[asked.camera_id] = spec_of(camera)
        self._desk.actions.open_stream(
            asked.camera_id,
            purpose=asked.purpose,
            case_id=asked.case_id,
            done=answered,
        )


AGAIN = frozenset({"service_away", "no_answer"})


def _reached_at(spec: StreamSpec) -> tuple[str, str]:
    return spec.main_url, spec.sub_url


def spec_of(camera: Camera) -> StreamSpec:
    """Return what the engine needs to open a camera; never a log-in."""
    return StreamSpec(
        stream_id=camera.camera_id,
        main_url=camera.main_url,
        sub_url=camera.sub_url,
        transport=camera.transport,
        needs_login=bool(camera.secret_ref),
    )
