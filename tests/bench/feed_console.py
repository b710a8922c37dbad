"""One console of the bench `feed`, in a process of its own: says when a row is painted.

Its first line of input says where the service is and who it is; then it prints a
line for each case whose row was painted for the first time, until its input closes.
"""

import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.desk import Desk
from console.models import ROW_ROLE, Index
from console.panels.lane_rows import LaneDelegate
from console.panels.lanes import LanesPanel
from dispatch.client import DeskClient
from dispatch.service import utc_now
from tests.bench.desk_window import BenchDesk

SIZE = (640, 900)


class WatchedRows(LaneDelegate):
    """The product's rows; notes when a case is painted for the first time."""

    def __init__(self, desk: Desk, lanes: LanesPanel) -> None:
        super().__init__(desk, shows_age=True, parent=lanes.now_view)
        self._board = desk.board
        self._painted: set[int] = set()

    # Qt

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        super().paint(painter, option, index)
        row = index.data(ROW_ROLE)
        case_id = None if row is None else row.case_id
        if case_id is None or case_id in self._painted:
            return
        self._painted.add(case_id)
        alarms = self._board.alarms_of(case_id)
        said = {
            "case": case_id,
            "at": time.monotonic(),
            "device": alarms[0].device_id if alarms else "",
        }
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def main() -> int:
    """Follow and paint until the parent closes the pipe."""
    setup = json.loads(sys.stdin.readline())
    client = DeskClient(
        setup["address"],
        server_key=setup["server_key"],
        desk_keys=(setup["public"], setup["secret"]),
        outbox=Path(setup["folder"]) / "outbox.db",
        clock=utc_now,
    )
    bench = BenchDesk(client, Path(setup["folder"]) / "desk.ini", with_pictures=False)
    try:
        lanes = LanesPanel(bench.desk)
        lanes.now_view.setItemDelegate(WatchedRows(bench.desk, lanes))
        lanes.resize(*SIZE)
        lanes.show()
        bench.bridge.start()
        closed = threading.Event()
        reader = threading.Thread(
            target=lambda: (sys.stdin.read(), closed.set()), daemon=True
        )
        reader.start()
        look = QTimer()
        look.timeout.connect(lambda: closed.is_set() and bench.application.quit())
        look.start(100)
        bench.desk.moved.connect(lambda moved: moved.everything and _say_ready())
        bench.application.exec()
        lanes.close()
    finally:
        bench.close()
        client.close()
    return 0


def _say_ready() -> None:
    sys.stdout.write(json.dumps({"ready": True}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
