import logging
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from line_parts import until

from dispatch import checkpoints
from dispatch.board import NO_TOWN
from dispatch.checkpoints import Checkpoints
from dispatch.store import Store, sqlite_url


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(sqlite_url(tmp_path / "lookout.db"))
    made.migrate()
    yield made
    made.close()


def in_the_file_alone(folder: Path) -> int:
    """Return how many towns stand in the file, without what its log holds."""
    copy = folder / "copy.db"
    shutil.copy(folder / "lookout.db", copy)
    with sqlite3.connect(copy) as file:
        try:
            (count,) = file.execute("SELECT COUNT(*) FROM town").fetchone()
        except sqlite3.DatabaseError:  # not even the table; or copied half way
            count = 0
    file.close()
    return int(count)


def test_the_writer_leaves_the_log_to_others(store: Store, tmp_path: Path) -> None:
    store.set_town(NO_TOWN)
    assert in_the_file_alone(tmp_path) == 0
    store.checkpoint()
    assert in_the_file_alone(tmp_path) == 1


def test_nobody_is_kept_waiting_by_it(store: Store, tmp_path: Path) -> None:
    with store.writing(), store.reading():
        store.checkpoint()
    store.set_town(NO_TOWN)
    store.checkpoint()
    assert in_the_file_alone(tmp_path) == 1


def test_what_is_committed_comes_into_the_file_by_itself(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "EVERY_S", 0.01)
    thread = Checkpoints(store)
    try:
        store.set_town(NO_TOWN)
        until(lambda: in_the_file_alone(tmp_path) == 1)
    finally:
        thread.close()


@pytest.mark.expected_log("dispatch.checkpoints", "is not emptied")
def test_a_log_that_cannot_be_emptied_is_said_once_and_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    def fail() -> None:
        nonlocal tries
        tries += 1
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(checkpoints, "EVERY_S", 0.001)
    monkeypatch.setattr(store, "checkpoint", fail)
    with caplog.at_level(logging.WARNING):
        thread = Checkpoints(store)
        try:
            until(lambda: tries > 3)
        finally:
            thread.close()
    assert caplog.messages == ["the log is not emptied: OperationalError"]
