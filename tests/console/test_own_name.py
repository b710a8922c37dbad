"""What the desk tells people to type can be typed."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.cli import main
from console.own_name import about, as_called, own_name, program
from resources.home import Home, default_home


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    program.cache_clear()
    yield
    program.cache_clear()


def test_it_names_what_is_there(monkeypatch, tmp_path):
    beside = tmp_path / ".venv" / "bin" / "lookout"
    beside.parent.mkdir(parents=True)
    beside.touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(beside.with_name("python")))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(tmp_path)
    assert own_name() == ".venv/bin/lookout"
    monkeypatch.chdir("/")
    program.cache_clear()
    assert Path(own_name()) in (beside, beside.relative_to("/"))
    monkeypatch.setenv("PATH", str(beside.parent))
    program.cache_clear()
    assert own_name() == "lookout"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_the_folder_it_was_started_in_may_be_gone(monkeypatch, tmp_path):
    beside, gone = tmp_path / "bin" / "lookout", tmp_path / "gone"
    for folder in (beside.parent, gone):
        folder.mkdir()
    beside.touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(beside.with_name("python")))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert own_name() == str(beside)


def test_without_the_program_the_module_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert own_name() == f"{tmp_path}/python -m console.cli"


def test_what_it_names_here_runs():
    done = subprocess.run(
        f"{own_name()} --help", shell=True, capture_output=True, check=False
    )
    assert done.returncode == 0


def test_a_hint_is_written_as_it_can_be_typed_here(monkeypatch):
    monkeypatch.setattr("console.own_name.own_name", lambda: ".venv/bin/lookout")
    hint = "type it again: lookout camera login 7"
    assert as_called(hint, hint) == "type it again: .venv/bin/lookout camera login 7"
    assert as_called(hint, as_called(hint, hint)).count(".venv") == 1
    there = "there: lookout console --connect a:1"
    assert as_called(there, there) == there


def test_a_command_of_another_home_names_it_and_can_be_typed(monkeypatch, tmp_path):
    monkeypatch.setattr("console.own_name.program", lambda: "lookout")
    other = Home(tmp_path / "a town")
    heard = []
    monkeypatch.setattr(
        "console.commands.list_register",
        lambda options: heard.append((options.home, own_name())) or 0,
    )
    assert main(["--home", str(other.root), "camera", "list"]) == 0
    assert main(["camera", "list", "--home", str(other.root)]) == 0
    assert heard == [(other.root, f"lookout --home '{other.root}'")] * 2
    with about(other):
        hint = as_called("lookout camera list", "lookout camera list")
        assert as_called(hint, hint) == hint
    assert main(shlex.split(hint)[1:]) == 0
    assert heard[2] == heard[0]
    assert own_name() == "lookout", "nothing is left of it"


def test_the_usual_home_is_not_named(monkeypatch):
    monkeypatch.setattr("console.own_name.program", lambda: "lookout")
    with about(default_home()):
        assert own_name() == "lookout"


def test_the_home_of_the_demonstration_is_named(monkeypatch):
    heard = []
    monkeypatch.setattr(
        "console.own_name._quoted", lambda path: heard.append(path) or "X"
    )
    monkeypatch.setattr("console.own_name.program", lambda: "lookout")
    monkeypatch.setattr("console.demo.run_demo", lambda *_, **__: len(own_name()))
    assert main(["demo"]) == len("lookout --home X")
    assert heard == [default_home().root / "demo"]


def test_windows_quotes_with_its_own_sign(monkeypatch):
    monkeypatch.setattr("console.own_name.program", lambda: "lookout")
    monkeypatch.setattr(sys, "platform", "win32")
    for folder, said in (
        ("D:/town", "D:/town"),
        ("D:/our town", '"D:/our town"'),
        ("D:/a&b", '"D:/a&b"'),
    ):
        with about(Home(Path(folder))):
            assert own_name() == f"lookout --home {said}".replace(
                "/", str(Path("/"))[0]
            )
