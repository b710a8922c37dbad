"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the tree."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("console", "dispatch", "video", "resources", "tests")
BLOCK = re.compile(r"^```(python|diff) file=(\S+)\n(.*?)^```$", re.S | re.M)


def recipes() -> dict[str, list[tuple[str, str, str]]]:
    """Return each recipe's blocks: language, file, text."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", text, flags=re.M)[1:]
    return {
        title: BLOCK.findall(body)
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def apply(diff: str, path: Path) -> None:
    """Put a recipe's line into a file: each - line stands there once, and goes."""
    text = path.read_text(encoding="utf-8")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.M):
        before = re.sub(r"^-", "", old, flags=re.M)
        after = re.sub(r"^\+", "", new, flags=re.M)
        assert len(re.findall(f"^{re.escape(before)}", text, re.M)) == 1, before
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def copy_tree(to: Path) -> None:
    """Copy the tree's rooms, as a newcomer's clone would have them."""
    for room in COPIED:
        shutil.copytree(
            ROOT / room, to / room, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", to)


def follow(title: str, copy: Path) -> list[str]:
    """Do what a recipe says in a copy; return the files it wrote or changed."""
    blocks = recipes()[title]
    assert [language for language, _file, _text in blocks] == [
        "python",
        "diff",
        "python",
    ]
    for language, file, text in blocks:
        if language == "diff":
            apply(text, copy / file)
        else:
            assert not (copy / file).exists(), file
            (copy / file).write_text(text, encoding="utf-8")
    return [file for _language, file, _text in blocks]


def run(copy: Path, *arguments: str) -> str:
    """Run Python in a copy, over the copy's own sources; return what it said."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": _path_of(copy), "PYTEST_ADDOPTS": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _path_of(copy: Path) -> str:
    """Return where Python looks: the copy first, this tree nowhere."""
    others = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    kept = [each for each in others if each and Path(each).resolve() != ROOT]
    return os.pathsep.join([str(copy), *kept])


@pytest.mark.parametrize("title", recipes())
def test_recipe(title: str, tmp_path: Path) -> None:
    copy_tree(tmp_path)
    written = follow(title, tmp_path)
    tests = [file for file in written if file.startswith("tests/")]
    run(tmp_path, "-m", "ruff", "check", "--ignore", "I001", *written)
    run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)


# The program of the copy: its service as a process, its window, its command line, and
# a device on the encrypted line.
LIVE = """
import json, subprocess, sys, time
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication

import console
from console.app import DeskRun, make_application, prepare_console
from console.processes import own_command
from console.starting import Reporter
from console.theme import Theme
from dispatch import wire
from dispatch.commands import ImportTown
from dispatch.field import FieldClient
from dispatch.keys import make_keys
from dispatch.service import service_running, utc_now
from dispatch.units import Unit
from resources.home import Home

home = Home(Path(sys.argv[1]))
application = make_application()
run = DeskRun(home, prepare_console(home, Reporter()), Theme())
run.open()

def until(true, what):
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, what
        QApplication.processEvents()

# Whatever fails: a line that is left open would keep this program from ending.
with ExitStack() as ends:
    ends.callback(run.close)
    until(lambda: run.bridge.link is not None and run.bridge.link.connected, "the link")
    keys = make_keys()
    command = own_command(
        "device", "enrol", "--home", str(home.root), "--kind", "lift_monitor",
        "--id", "LM-1", "--key", keys.public, "--name", "3号楼电梯",
        "--at", "120.95,30.91",
    )
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60)
    crew = tuple(Unit(unit_id=f"W{n}", name="张伟", role="网格员") for n in range(3))
    import_ = ImportTown(actor=run.desk.actor, units=crew)
    run.prepared.client.submit(import_).result(20)
    panel = run.window.panels["free_people"]
    until(lambda: "3" in panel.text(), "the panel counts")

    ready = service_running(home)
    device = FieldClient(
        ready.intake_address, server_key=ready.server_key, keys=keys,
        outbox=home.data / "device.db", device_id="LM-1", clock=utc_now,
    )
    ends.callback(device.close)
    device.send(wire.Alarm(text="3F"))
    assert device.flush(30), "it is acknowledged"
    until(lambda: run.board.cases, "the case")
    (case,) = run.board.cases.values()
    shown = {
        "sources": str(Path(console.__file__).parent.parent),
        "panel": panel.text(),
        "visible": panel.isVisible() and panel.width() > 0 and panel.height() > 0,
        "category": case.category,
        "place": case.place_name,
        "device": run.board.devices["LM-1"].kind,
    }
print("SHOWN " + json.dumps(shown, ensure_ascii=False))
"""


def test_a_new_device_kind_and_a_new_panel_are_run_and_seen_to_work(
    tmp_path: Path,
) -> None:
    copy = tmp_path / "copy"
    copy_tree(copy)
    follow("A kind of device", copy)
    follow("A panel", copy)
    said = run(copy, "-c", LIVE, str(tmp_path / "home"))
    (line,) = [each for each in said.splitlines() if each.startswith("SHOWN ")]
    shown = json.loads(line.removeprefix("SHOWN "))
    assert Path(shown.pop("sources")).resolve() == copy.resolve()
    assert shown == {
        "panel": "3 people free",
        "visible": True,
        "category": "9004",
        "place": "3号楼电梯",
        "device": "lift_monitor",
    }
