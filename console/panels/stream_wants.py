"""What the desk wants of the video engine: live for the tiles, standby near cases.

Declared as a whole, and only when something changed. A camera that needs a log-in
is asked for at the service, once for each view that is looked at; what comes back
goes straight to the engine and is kept nowhere here.
"""

from collections.abc import Collection, Mapping, Sequence

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


class StreamWants:
    """Keeps the engine's wanted set equal to what the desk shows and may show next.

    Thread: UI only.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._declared: dict[str, Want] | None = None
        self._asked: set[tuple[str, int | None]] = set()
        self._refused: dict[tuple[str, int | None], str] = {}
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

    def renew(self, camera_ids: Collection[str]) -> None:
        """Ask anew for cameras that were registered again: the log-in may differ."""
        self._asked = {key for key in self._asked if key[0] not in camera_ids}

    def retry(self) -> None:
        """Ask again for what was refused, now."""
        again, self._refused = self._refused, {}
        for (camera_id, case_id), purpose in again.items():
            if camera_id in self.declared:
                self._open(camera_id, case_id, purpose)

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
        for camera_id, want in wants.items():
            if want.mode is Mode.LIVE:
                key, purpose = (camera_id, case_id), "view"
            elif want.spec.needs_login and not self._has_asked(camera_id):
                key, purpose = (camera_id, None), "standby"
            else:
                continue
            if key not in self._asked:
                self._asked.add(key)
                self._open(*key, purpose)
        # A camera that left the tiles is written down again when it comes back.
        self._asked = {
            key
            for key in self._asked
            if key[0] in wants and (key[1] is None or key[1] == case_id)
        }

    def _has_asked(self, camera_id: str) -> bool:
        return any(key[0] == camera_id for key in self._asked)

    def _open(self, camera_id: str, case_id: int | None, purpose: str) -> None:
        def answered(refused: Refused | None) -> None:
            if refused is not None and refused.reason in AGAIN:
                self._refused[(camera_id, case_id)] = purpose

        self._desk.actions.open_stream(
            camera_id, purpose=purpose, case_id=case_id, done=answered
        )


AGAIN = frozenset({"service_away", "no_answer"})


def spec_of(camera: Camera) -> StreamSpec:
    """Return what the engine needs to open a camera; never a log-in."""
    return StreamSpec(
        stream_id=camera.camera_id,
        main_url=camera.main_url,
        sub_url=camera.sub_url,
        needs_login=bool(camera.secret_ref),
    )
