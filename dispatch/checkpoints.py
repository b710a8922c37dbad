"""Keep SQLite's log short without the writer: a thread that empties it once a second.

Left to itself SQLite does this inside some commit, with two more syncs of the disk, and
every device whose message is in that commit waits for its acknowledgement.
"""

import logging
import sqlite3
import threading

import sqlalchemy as sa

from dispatch.store import Store

EVERY_S = 1.0

_log = logging.getLogger(__name__)


class Checkpoints:
    """Carries what was committed from the log into the file, again and again.

    Where it cannot, the writer does it (see `Store.checkpoint`): only time is lost.

    Thread: its own; `close` from any.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._failing = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpoints")
        self._thread.start()

    def close(self) -> None:
        """End, after the one that is under way."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(EVERY_S):
            try:
                self._store.checkpoint()
            except (sa.exc.SQLAlchemyError, sqlite3.Error) as fault:
                if not self._failing:
                    _log.warning("the log is not emptied: %s", type(fault).__name__)
                self._failing = True
            else:
                self._failing = False
