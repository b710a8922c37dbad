"""What the desk tells people to type can be typed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.own_name import as_called, own_name


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    own_name.cache_clear()
    yield
    own_name.cache_clear()


def test_it_names_what_is_there(monkeypatch, tmp_path):
    program = tmp_path / ".venv" / "bin" / "lookout"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(tmp_path)
    assert own_name() == ".venv/bin/lookout"
    monkeypatch.chdir("/")
    own_name.cache_clear()
    assert Path(own_name()) in (program, program.relative_to("/"))
    monkeypatch.setenv("PATH", str(program.parent))
    own_name.cache_clear()
    assert own_name() == "lookout"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_the_folder_it_was_started_in_may_be_gone(monkeypatch, tmp_path):
    program, gone = tmp_path / "bin" / "lookout", tmp_path / "gone"
    for folder in (program.parent, gone):
        folder.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert own_name() == str(program)


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
