"""The command line: what each command loads, and what it refuses to take."""

import subprocess
import sys

import pytest

from console.cli import main
from console.cli_kinds import keys_joined

LOADS = """
import sys, threading
from pathlib import Path
import console.cli
from dispatch.service import Service
from resources.home import Home
service = Service(Home(Path(sys.argv[1])))
service.close()
found = [name for name in sys.modules if name.split(".")[0] in sys.argv[2].split(",")]
sys.exit(", ".join(found[:5]))
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


def loaded(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stderr.strip()


def test_the_service_loads_no_window_and_no_picture(tmp_path):
    assert loaded(LOADS, str(tmp_path), "PySide6,shiboken6,pyqtgraph,av,cv2") == ""


def test_a_video_worker_loads_no_window_and_no_database():
    code = """
import sys
import console.cli, video.worker_main
found = [n for n in sys.modules if n.split(".")[0] in sys.argv[1].split(",")]
sys.exit(", ".join(found[:5]))
"""
    assert loaded(code, "PySide6,pyqtgraph,sqlalchemy,zmq") == ""


@pytest.mark.parametrize("command", ["device", "desk"])
def test_a_key_that_begins_with_a_dash_is_a_key(command, monkeypatch):
    key = "-3Nzr]/<6w0CB-HD<1b!w^ynG?Wgkfy?K)MJy+Vb"
    heard = []
    monkeypatch.setattr(
        f"console.commands.{command}_enrol", lambda options: heard.append(options) or 0
    )
    assert main([command, "enrol", "--key", key, "--name", "x"]) == 0
    assert heard[0].key == key


def test_so_is_a_service_s(monkeypatch):
    key = "-3Nzr]/<6w0CB-HD<1b!w^ynG?Wgkfy?K)MJy+Vb"
    heard = []
    monkeypatch.setattr(
        "console.commands.console", lambda options: heard.append(options) or 0
    )
    assert main(["console", "--connect", "10.0.0.1", "--server-key", key]) == 0
    assert heard[0].server_key == key


@pytest.mark.parametrize(
    "arguments",
    [
        ["camera", "add", "--url", "rtsp://u:canary-7@127.0.0.1/1"],
        ["camera", "add", "--url", "ftp://127.0.0.1/1"],
    ],
)
def test_an_address_that_will_not_do_is_refused_in_words(arguments, tmp_path, capsys):
    more = ["--home", str(tmp_path), "--name", "北门", "--at", "120.93,30.93"]
    assert main([*arguments, *more]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("lookout: ")
    assert "canary-7" not in said.err


def test_a_position_that_is_none_is_refused_in_words(tmp_path, capsys):
    arguments = ["camera", "add", "--url", "rtsp://127.0.0.1/1", "--name", "北门"]
    assert main([*arguments, "--home", str(tmp_path), "--at", "north"]) == 2
    assert "LON,LAT" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--from", "25:00"), ("--from", "noon"), ("--speed", "0"), ("--speed", "fast")],
)
def test_a_day_that_cannot_be_is_refused(option, value, capsys):
    with pytest.raises(SystemExit):
        main(["demo", option, value])
    assert option in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX")
@pytest.mark.parametrize("command", ["service", "console", "video-worker", "camera"])
def test_no_process_leaves_its_memory_on_the_disk(command):
    """Every process of the program begins here, and may come to hold a password."""
    code = f"""
import resource, sys
from console.cli import main
resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)[1:]*2)
try:
    main([{command!r}, "--help"])
except SystemExit:
    sys.exit(str(resource.getrlimit(resource.RLIMIT_CORE)))
"""
    assert loaded(code) == "(0, 0)"


def test_a_public_key_that_begins_like_an_option_is_a_key():
    key = "-" + 39 * "a"
    assert keys_joined(["device", "enrol", "--key", key, "--kind", "x"]) == [
        *("device", "enrol", f"--key={key}", "--kind", "x")
    ]
    assert keys_joined(["--key", "--name"]) == ["--key", "--name"]


def test_what_the_parser_says_is_said_in_the_reader_s_language(capsys, monkeypatch):
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "zh_CN")
    for words in (
        ("camera", "retire"),
        ("import", "tree", "x.csv"),
        ("doctor", "--nonsense"),
        ("demo", "--seed", "x"),
    ):
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        assert ended.value.code == 2
        said = capsys.readouterr().err.splitlines()[-1]
        for english in ("required", "choose", "unrecognized", "invalid", "argument "):
            assert english not in said


def test_one_register_is_meant_whether_it_is_said_of_one_or_of_many(tmp_path, capsys):
    missing = tmp_path / "none.csv"
    at_home = ("--home", str(tmp_path / "home"))
    assert main(["import", "grid", str(missing), *at_home]) == 1
    said = capsys.readouterr().out
    assert said.splitlines() == ["none.csv: is missing", "Nothing was written."]


@pytest.mark.skipif(sys.platform == "win32", reason="it always has a display")
@pytest.mark.parametrize("command", ["console", "station"])
def test_without_a_display_it_is_said_and_no_window_is_tried(
    command, monkeypatch, capsys, tmp_path
):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(f"console.commands.{command}", lambda _options: 77)
    assert main([command, "--home", str(tmp_path)]) == 2
    assert "no display here" in capsys.readouterr().err
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc")
    assert main([command, "--home", str(tmp_path)]) == 77
