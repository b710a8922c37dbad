"""Two real desks on one real service: let in, following, never sending twice."""

import json
import os
import signal
import socket
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console import case_deeds
from console.app import DeskRun, Prepared
from console.connecting import prepare_connected
from console.desks import find_service
from console.seat_rules import notice_text
from console.service_point import remembered
from console.starting import Reporter
from console.theme import Theme
from dispatch.cases import CaseState
from dispatch.keys import fingerprint
from dispatch.service import desk_keys, service_keys, where_desks_connect
from resources.home import Home
from tests.limits_kit import PATIENCE_S
from video.contract import StreamState

SEAT = "3号席"

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.expected_log("console", "service"),
]


class SecondDesk:
    """A desk in a home of its own that belongs to a service elsewhere."""

    def __init__(self, home: Home, address: str, server_key: Path) -> None:
        self.home = home
        self.fingerprint = fingerprint(desk_keys(home).public)
        self.reporter = Reporter()
        self.prepared: Future[Prepared] = Future()
        self.run: DeskRun | None = None
        options = Namespace(connect=address, server_key=str(server_key))
        self._point = find_service(home, options)
        self._thread = threading.Thread(target=self._prepare, name="second desk")
        self._thread.start()

    def _prepare(self) -> None:
        try:
            self.prepared.set_result(
                prepare_connected(self.home, self._point, self.reporter)
            )
        except BaseException as error:  # noqa: BLE001 - the test reads it
            self.prepared.set_exception(error)

    def open(self) -> DeskRun:
        run = self.run = DeskRun(self.home, self.prepared.result(0), Theme())
        run.open()
        run.window.showNormal()
        run.window.resize(1366, 768)
        return run

    def close(self) -> None:
        self.reporter.cancel()
        self._thread.join(PATIENCE_S)
        if self.run is not None:
            self.run.close()
            self.run.window.deleteLater()
        elif self.prepared.exception(0) is None:
            self.prepared.result(0).close()


@pytest.fixture
def second(line, tmp_path: Path) -> Iterator[SecondDesk]:
    key = tmp_path / "service.key"
    key.write_text(f"{service_keys(line.home).public}\n", encoding="utf-8")
    made = SecondDesk(Home(tmp_path / "second"), where_desks_connect(line.home), key)
    yield made
    made.close()
    QApplication.processEvents()


def let_in(line, second: SecondDesk) -> DeskRun:
    line.until(
        lambda: second.fingerprint in line.lookout("desk", "list"), "the knock to show"
    )
    mark = ("--knocking", second.fingerprint[:9])
    said = line.lookout("desk", "enrol", "--name", SEAT, *mark)
    assert second.fingerprint in said
    assert SEAT in said
    line.until(second.prepared.done, "the desk to be let in")
    run = second.open()
    line.until(lambda: run.board.number >= line.run.board.number, "its board")
    return run


def test_a_stranger_waits_is_let_in_and_both_desks_see_one_case(line, second):
    assert not second.prepared.done()
    theirs = let_in(line, second)
    ours = line.run
    assert theirs.desk.actor.seat == SEAT

    case_id = line.alarm_case().case_id
    line.until(lambda: case_id in theirs.board.cases, "the case at both")
    for run in (ours, theirs):
        run.desk.open_case(case_id)
    line.until(
        lambda: any(
            theirs.engine.status(view.camera_id).state is StreamState.LIVE
            for view in theirs.desk.views[:4]
        ),
        "a picture at the second desk",
    )

    # 画面不符 at one seat lowers the camera at both, and is taken back at the other.
    first = theirs.desk.views[0].camera_id
    theirs.desk.wrong_views.turn(first)
    line.until(
        lambda: all(
            "wrong_view" in view.reasons
            for run in (ours, theirs)
            for view in run.desk.views
            if view.camera_id == first
        ),
        "the flag at both",
    )
    assert all(run.desk.views[0].camera_id != first for run in (ours, theirs))
    assert first in ours.window.pictures.shown  # nothing moves under their eyes
    ours.desk.wrong_views.turn(first)
    line.until(
        lambda: theirs.board.cameras[first].wrong_since is None, "it was taken back"
    )

    # Both send the same second: one goes, the other hears why not.
    line.until(lambda: ours.desk.highlighted_unit_id, "someone to send")
    unit_id = ours.desk.highlighted_unit_id
    assert unit_id is not None
    seen = (ours.board.cases[case_id], theirs.board.cases[case_id])
    unit = ours.board.units[unit_id]
    ours.desk.actions.send(seen[0], unit)
    theirs.desk.actions.send(seen[1], unit)
    line.until(
        lambda: any(
            run.desk.actions.standing_refusal(case_id) is not None
            for run in (ours, theirs)
        ),
        "the refusal of the later one",
    )
    refusals = [r.desk.actions.standing_refusal(case_id) for r in (ours, theirs)]
    (refused,) = [refusal for refusal in refusals if refusal is not None]
    assert refused.refused.reason in ("version", "state", "unit_busy")
    line.until(
        lambda: all(
            run.board.cases[case_id].state >= CaseState.DISPATCHED
            for run in (ours, theirs)
        ),
        "both see who was sent",
    )
    for run in (ours, theirs):
        actions = [entry.action for entry in run.board.entries(case_id)]
        assert actions.count("dispatch") == 1
    winner = theirs if refusals[0] is not None else ours
    (sent,) = [e for e in ours.board.entries(case_id) if e.action == "dispatch"]
    assert sent.seat == winner.desk.actor.seat

    # It is handed to the other seat, which agrees: both see who has it now.
    loser = ours if winner is theirs else theirs
    here, there = winner.desk.actor.seat, loser.desk.actor.seat
    line.until(lambda: there in winner.desk.lookers.there(), "the seats that are there")
    case = winner.board.cases[case_id]
    case_deeds.ask(winner.desk, case, "own_offer", {"seat": there})
    line.until(lambda: here in notice_text(loser.desk), "the question")
    line.until(lambda: loser.desk.actions.allowed("seat_yes"), "Ctrl+O")
    loser.desk.actions.run("seat_yes")
    line.until(
        lambda: all(r.board.cases[case_id].owner_seat == there for r in (ours, theirs)),
        "whose it is",
    )

    # What is asked there carries the seat it was enrolled for, whatever it claims.
    theirs.desk.actions.add_note(theirs.board.cases[case_id], "二号机")
    line.until(
        lambda: any(e.text == "二号机" for e in ours.board.entries(case_id)), "the note"
    )
    (note,) = [e for e in ours.board.entries(case_id) if e.text == "二号机"]
    assert note.seat == SEAT

    assert SEAT in line.lookout("desk", "revoke", "--name", SEAT)
    line.until(lambda: not theirs.bridge.link.connected, "the revoked desk is cut off")
    assert remembered(second.home).seat == SEAT


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: kill -9")
def test_a_service_that_comes_back_at_another_port_is_followed(own_desk):
    former = where_desks_connect(own_desk.home)
    (service,) = own_desk.run.prepared.children
    child = service.child
    kept = own_desk.home.run / "addresses.json"
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        taken = f"tcp://127.0.0.1:{squatter.getsockname()[1]}"
        addresses = json.loads(kept.read_text("utf-8")) | {"desk": taken}
        kept.write_text(json.dumps(addresses), encoding="utf-8")
        os.kill(child.pid, signal.SIGKILL)
        own_desk.until(lambda: not own_desk.run.bridge.link.connected, "its death")
        own_desk.until(lambda: own_desk.run.bridge.link.connected, "the desk follows")
    assert where_desks_connect(own_desk.home) not in (former, taken)
