"""The desk of the bench `flood`, in a process of its own: its whole window.

Says a line whenever another case's row is painted on top of the lane 现在, and, asked
at the end, how many alarms it has counted and how long its frames took.
"""

import json
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.desk import Desk
from console.main_window import MainWindow
from console.models import ROW_ROLE, Index
from console.panels.lane_rows import LaneDelegate
from console.panels.lanes import LanesPanel
from dispatch.client import DeskClient
from dispatch.service import utc_now
from tests.bench.desk_window import BenchDesk, let_run, let_run_until
from tests.bench.kit import BenchError, share
from tests.bench.load import tell

SIZE: Final = (1920, 1080)
FRAME_MS: Final = 16
LAST_S: Final = 60.0


class TopRow(LaneDelegate):
    """The product's rows; says whose stands on top whenever that is another."""

    def __init__(self, desk: Desk, lanes: LanesPanel) -> None:
        super().__init__(desk, shows_age=True, parent=lanes.now_view)
        self._board = desk.board
        self._top: int | None = None

    # Qt

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        super().paint(painter, option, index)
        row = index.data(ROW_ROLE)
        if index.row() != 0 or row is None or row.case_id in (None, self._top):
            return
        self._top = row.case_id
        alarms = self._board.alarms_of(row.case_id)
        device = alarms[0].device_id if alarms else ""
        tell({"top": row.case_id, "device": device, "at": time.monotonic()})


class Frames(QObject):
    """How long the window took from one frame's turn to the next.

    Thread: UI.

    Attributes:
        took_ms: Of each turn; as much as it is meant to be where nothing was late.
        work_ms: The window's own work in each, which no busy machine makes longer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.took_ms: list[float] = []
        self.work_ms: list[float] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Begin."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start(FRAME_MS)

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def _turn(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.took_ms.append(1000 * (now - self._last))
        self.work_ms.append(1000 * (worked - self._worked))
        self._last, self._worked = now, worked


def main() -> int:
    """Show the desk until the parent asks what it has counted."""
    setup = json.loads(sys.stdin.readline())
    client = DeskClient(
        setup["address"],
        server_key=setup["server_key"],
        desk_keys=(setup["public"], setup["secret"]),
        outbox=Path(setup["folder"]) / "outbox.db",
        clock=utc_now,
    )
    bench = BenchDesk(client, Path(setup["folder"]) / "desk.ini", with_pictures=False)
    told: deque[dict[str, Any]] = deque()
    reader = threading.Thread(target=_listen, args=(told,), daemon=True)
    try:
        window = MainWindow(bench.desk)
        lanes = window.lanes
        lanes.now_view.setItemDelegate(TopRow(bench.desk, lanes))
        window.resize(*SIZE)
        window.show()
        bench.bridge.start()
        let_run_until(lambda: bench.board.heard, "the board", limit_s=LAST_S)
        let_run(2.0)  # painted, and settled
        reader.start()
        tell({"ready": True})
        frames = Frames()
        let_run_until(lambda: told, "the start", limit_s=86_400)
        if not told.popleft():
            return 0
        frames.start()
        let_run_until(lambda: told, "the end", limit_s=86_400)
        frames.stop()
        asked = told.popleft()
        if not asked:
            return 0
        wanted = asked["alarms"]

        def counted() -> int:
            return sum(alarm.count for alarm in bench.board.alarms.values())

        with suppress(BenchError):  # what does not come is lost: the figure says so
            let_run_until(lambda: counted() >= wanted, "alarms", limit_s=LAST_S)
        lanes.renew()
        models = (lanes.now_model, lanes.due_model)
        tell(
            {
                "counted": counted(),
                "open": sum(each.state.is_open for each in bench.board.cases.values()),
                "in_lanes": sum(row.count for each in models for row in each.rows()),
                "rows_now": lanes.now_model.rowCount(),
                "frame_ms_p50": share(frames.took_ms, 50),
                "frame_ms_p99": share(frames.took_ms, 99),
                "frame_ms_max": max(frames.took_ms),
                "work_ms_p99": share(frames.work_ms, 99),
                "work_ms_max": max(frames.work_ms),
            }
        )
        window.close()
    finally:
        bench.close()
        client.close()
    return 0


def _listen(told: deque[dict[str, Any]]) -> None:
    for line in sys.stdin:
        told.append(json.loads(line))
    told.append({})  # nobody is there any more


if __name__ == "__main__":
    sys.exit(main())
