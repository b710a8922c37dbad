"""A camera's password is found nowhere but in the sealed store.

What FFmpeg itself would tell, at its most talkative, stands in
`tests/video/test_secrecy.py`; here is everything around it.
"""

import base64
import itertools
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, quote_plus

import psutil
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from console.demo import CAMERA_USER
from dispatch.cases import CaseState
from dispatch.commands import Refused, RegisterCamera
from dispatch.feed import Feed
from dispatch.secrets import SecretStore
from dispatch.store import Store, sqlite_url
from tests.limits_kit import next_line, running
from video.contract import StreamState

# Every character that some writer of addresses, JSON or settings changes; the part
# of plain letters in the middle comes through all of them as it is.
CORES = ("Kanarienvogel7", "Zeisig4Gimpel")
CANARY, WRONG = (f"ü/ @:{core}%+\"'\\#é" for core in CORES)

KEYPAD = Qt.KeyboardModifier.KeypadModifier
posix = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: /proc")


# -- What is looked for -----------------------------------------------------------


def base64_cores(data: bytes) -> Iterator[str]:
    """Give what base64 makes of bytes, wherever in a longer text they begin."""
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + data).decode().rstrip("=")
        # The first and the last letter also hold bits of the neighbours.
        yield coded[(0, 2, 3)[offset] : len(coded) - 1]


def forms(password: str) -> dict[str, bytes]:
    """Return every shape a password might be repeated in, by the shape's name."""
    core = next(core for core in CORES if core in password)
    texts = {
        "its core": core,
        "plain": password,
        "percent": quote(password),
        "percent, all": quote(password, safe=""),
        "percent, form": quote_plus(password),
        "percent, small": quote(password, safe="").lower(),
        "JSON": json.dumps(password)[1:-1],
        "JSON, UTF-8": json.dumps(password, ensure_ascii=False)[1:-1],
        "repr": repr(password)[1:-1],
        "hex": password.encode().hex(),
    }
    for number, part in enumerate(base64_cores(password.encode())):
        texts[f"base64 {number}"] = part
        texts[f"base64 {number}, in addresses"] = part.translate({43: "-", 47: "_"})
    found = {name: text.encode() for name, text in texts.items()}
    pair = base64.b64encode(f"{CAMERA_USER}:{password}".encode())
    found["base64 of the pair"] = pair.rstrip(b"=")
    found["UTF-16"] = core.encode("utf-16-le")
    return found


FORMS = {(word, name): f for word in (CANARY, WRONG) for name, f in forms(word).items()}


def seen(where: str, data: str | bytes) -> list[str]:
    """Return one sentence for each form of a canary in something."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return [
        f"{where}: {name} of {word!r}"
        for (word, name), form in FORMS.items()
        if form in data
    ]


def has(data: str | bytes, marker: str) -> bool:
    """Return whether something that is no secret stands there."""
    return marker.encode() in (data.encode() if isinstance(data, str) else data)


# -- Where it is looked for -------------------------------------------------------


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            yield f"the name of {path}", str(path).encode()
            if path.is_file():
                yield str(path), path.read_bytes()


def processes() -> Iterator[tuple[str, bytes]]:
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    for process in family:
        folder = Path("/proc", str(process.pid))
        for name in ("cmdline", "environ", "comm"):
            yield f"{name} of {process.name()}", (folder / name).read_bytes()


def widgets() -> Iterator[tuple[str, str]]:
    """Give every text property of every widget and action, and all that lists hold."""
    found: set[QWidget | QAction] = set(QApplication.allWidgets())
    for widget in list(found):
        found.update(widget.findChildren(QAction))
    for each in found:
        kind = each.metaObject().className()
        for index in range(each.metaObject().propertyCount()):
            name = each.metaObject().property(index).name()
            value = each.property(name)
            if isinstance(value, str) and value:
                yield f"{name} of {kind}", value
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            yield f"what {kind} lists", " ".join(items(each.model()))


def items(model: QAbstractItemModel) -> Iterator[str]:
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.UserRole,
    )
    for row in range(model.rowCount(QModelIndex())):
        for column in itertools.count():
            index = model.index(row, column)
            if not index.isValid():
                break
            yield from (repr(model.data(index, role)) for role in roles)


def desk_knows(line) -> Iterator[tuple[str, str]]:
    board, pictures = line.run.board, line.run.window.pictures
    for name, value in vars(board).items():
        yield f"board.{name}", repr(value)
    for tile in range(4):
        yield f"tile {tile}", repr(pictures.content(tile))
    yield "what is wanted", repr(pictures.wants.declared)
    for camera_id in board.cameras:
        yield f"status of {camera_id}", repr(line.run.engine.status(camera_id))
    yield "the engine", repr(vars(line.run.engine))
    yield "the clipboard", QApplication.clipboard().text()


def changes(line) -> Iterator[tuple[str, str]]:
    store = Store(sqlite_url(line.home.data / "lookout.db"))
    feed = Feed(store)
    yield "the snapshot", repr(feed.snapshot())
    number = 0
    while batch := feed.since(number):
        for change in batch:
            yield f"change {change.number}", repr(change)
        number = batch[-1].number
    store.close()


def everything(line, log: pytest.LogCaptureFixture, refusals: Iterable[str]):
    yield from files(line.home.root, *map(Path, own_folders()))
    yield from processes()
    yield from widgets()
    yield from desk_knows(line)
    yield from changes(line)
    yield "the log of this process", log.text
    yield from (("a log record", repr(vars(record))) for record in log.records)
    yield from (("a refusal", text) for text in refusals)


def own_folders() -> list[str]:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")
    return [os.environ[name] for name in names]  # the run's own, see tests/conftest.py


def refusal(line, command: RegisterCamera) -> str:
    """Return everything a refused command says."""
    future = line.run.prepared.client.submit(command)
    line.until(future.done, "the answer")
    error: BaseException | None = future.exception()
    assert isinstance(error, Refused)
    said = []
    while error is not None:
        said.append(f"{error} {error!r} {vars(error)}")
        error = error.__cause__ or error.__context__
    return " ".join(said)


# -- The tests --------------------------------------------------------------------


@posix
@pytest.mark.expected_log("console", "service")
def test_a_password_is_found_nowhere_but_in_the_sealed_store(idle_line, caplog):
    line = idle_line
    caplog.set_level(logging.DEBUG)
    line.town.login["password"] = CANARY
    line.start()
    run, client = line.run, line.run.prepared.client
    line.until_live()

    # The line: an alarm, opened, looked at, someone sent.
    case_id = line.alarm_case().case_id
    line.press(Qt.Key.Key_Enter, KEYPAD)
    line.until(lambda: line.case(case_id).state is CaseState.FILED, "立案")
    line.until_live()
    line.press(Qt.Key.Key_Plus, KEYPAD)
    line.until(lambda: line.case(case_id).state >= CaseState.HANDLING, "签收")

    # A stream that is dropped and comes back.
    dropped = run.window.pictures.shown[1]
    line.town.cameras.send({"drop": dropped})
    line.until(
        lambda: run.engine.status(dropped).state is not StreamState.LIVE, "its loss"
    )
    line.town.cameras.send({"resume": dropped})
    line.until_state(dropped, StreamState.LIVE)
    line.until_live()

    # A camera with a password that is not its own.
    known = run.board.cameras["1203"]
    other = replace(known, camera_id="1299", name="另一台", secret_ref="")
    wrong = RegisterCamera(
        actor=run.desk.actor, camera=other, username=CAMERA_USER, password=WRONG
    )
    line.until(client.submit(wrong).done, "1299")
    line.until(lambda: "1299" in run.board.cameras, "1299 on the board")
    run.window.pictures.show_camera("1299", 0)
    line.until(lambda: run.engine.status("1299").reason == "login", "its refusal")
    refused_words = "用户名或密码不被接受"
    line.until(lambda: run.window.pictures.content(0).reason == refused_words, "words")

    # What is refused, and why; the last because nobody is there to take it.
    address = f"rtsp://{CAMERA_USER}:{quote(WRONG, safe='')}@127.0.0.1/1"
    bad = replace(other, camera_id="1298", main_url=address)
    nobody = replace(run.desk.actor, roles=frozenset())
    refusals = [
        refusal(line, replace(wrong, command_id="1" * 32, camera=bad)),
        refusal(line, replace(wrong, command_id="2" * 32, actor=nobody)),
    ]
    os.kill(line.town.service.pid, signal.SIGKILL)
    line.until(lambda: not run.bridge.link.connected, "the service's end")
    refusals.append(refusal(line, replace(wrong, command_id="3" * 32)))
    line.until(lambda: run.bridge.link.connected, "the service to be back")
    reasons = ("credentials_in_url", "role", "service_away")
    for reason, said in zip(reasons, refusals, strict=True):
        assert reason in said

    looked_at = list(everything(line, caplog, refusals))
    assert [each for where, data in looked_at for each in seen(where, data)] == []

    # It did look: what is no secret is found where it has to be.
    public = [where for where, data in looked_at if has(data, "1299")]
    for part in ("lookout.db", "board.cameras", "tile 0", "change ", "the log"):
        assert any(part in where for where in public), part
    commands = b" ".join(data for where, data in looked_at if "cmdline" in where)
    for part in ("service", "video-worker", "virtual-cameras", "virtual-field"):
        assert part.encode() in commands
    assert any(where.startswith("text of ") for where, _ in looked_at)
    for camera_id, password in (("1203", CANARY), ("1299", WRONG)):
        kept = json.loads((line.home.data / "secrets.json").read_bytes())
        (ref,) = (each for each in kept if each.startswith(f"camera/{camera_id}/"))
        sealed = SecretStore(line.home).get(ref)
        assert sealed.password == password, "it was there to be found"

    run.close()  # what is written at the end
    assert [s for where, data in files(line.home.root) for s in seen(where, data)] == []


def test_the_search_finds_what_is_planted(tmp_path, qtbot, caplog):
    caplog.set_level(logging.DEBUG)
    for name, form in forms(CANARY).items():
        assert f"x: {name} of {CANARY!r}" in seen("x", b"before " + form + b" after")
    pair = f"user {CAMERA_USER}:{CANARY}, and more".encode()
    assert seen("x", base64.b64encode(pair)), "in the middle of something longer"

    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\0\xff" + quote(CANARY).encode())
    (tmp_path / "deep" / CORES[1]).touch()
    assert len({where for w, d in files(tmp_path) for where in seen(w, d)}) > 1

    for number, plant in enumerate(
        (
            "setText",
            "setToolTip",
            "setWindowTitle",
            "setAccessibleName",
            "setObjectName",
        )
    ):
        label = QLabel()
        qtbot.addWidget(label)
        getattr(label, plant)(CANARY)
        hits = [where for w, d in widgets() for where in seen(w, d)]
        assert hits, number
        label.deleteLater()
        QTest.qWait(0)

    logging.getLogger("canary").debug("hello %s", CANARY)
    assert seen("log", caplog.text)


@posix
def test_the_search_finds_what_is_planted_in_a_process():
    with running(
        [sys.executable, "-c", "print(1, flush=True); input()", CORES[0]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"CANARY": quote(WRONG)},
    ) as child:
        assert next_line(child)  # it stands as it will be
        hits = {
            sentence.split(" of ")[0] for w, d in processes() for sentence in seen(w, d)
        }
        child.communicate(b"\n", timeout=60)
    assert {"cmdline", "environ"} <= hits
