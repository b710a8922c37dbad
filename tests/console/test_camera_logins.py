"""The log-in of a camera from the command line: tried, kept, or not."""

import io
import json

import pytest

from console.camera_looks import NO_PICTURE
from console.cli import main
from dispatch.secrets import SecretStore
from resources.home import Home
from video.advice import Looked

AT = "120.95,30.91"
CANARY = "Kanarienvogel"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


@pytest.fixture
def run(home: Home, capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> tuple[int, str]:
        status = main([*words, "--home", str(home.root)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def add(run, *more: str, number: str = "7") -> tuple[int, str]:
    # Port 9 of this machine: nobody answers there.
    url = ("--url", "rtsp://127.0.0.1:9/x")
    where = ("--name", "河埠头", "--at", AT, "--number", number)
    return run("camera", "add", *url, *where, *more)


@pytest.mark.parametrize("way", [(), ("--password-stdin",)])
@pytest.mark.parametrize("closed", [True, False])
def test_a_password_that_never_came_is_not_an_empty_one(
    run, home: Home, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...], closed: bool
) -> None:
    monkeypatch.setattr("sys.stdin", None if closed else io.StringIO(""))
    with pytest.raises(SystemExit) as ended:
        add(run, "--user", "admin", *way)
    assert ended.value.code == 2
    assert not (home.data / "secrets.json").exists()


def test_a_camera_gets_its_log_in_later(
    run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(run)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CANARY}\n"))
    status, said = run("camera", "login", "7", "--user", "admin")
    assert (status, "kept; nobody could try it" in said) == (3, True)
    assert CANARY not in said
    (ref,) = json.loads((home.data / "secrets.json").read_bytes())
    assert ref.startswith("camera/7/")
    assert SecretStore(home).get(ref).password == CANARY
    # What is replaced keeps it, and nobody here knows it to look.
    status, said = add(run, "--replace")
    assert (status, "keeps its log-in" in said) == (0, True)
    elsewhere = ("camera", "add", "--url", "rtsp://127.0.0.2:9/x", "--name", "y")
    status, said = run(*elsewhere, "--at", AT, "--number", "7", "--replace")
    assert (status, "camera login 7 --user NAME" in said) == (3, True)
    assert "camera/7" not in (home.data / "secrets.json").read_text("utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("x\n"))
    assert run("camera", "login", "8", "--user", "admin")[0] == 2


def camera_of_others(
    monkeypatch: pytest.MonkeyPatch, *, opens: str
) -> list[tuple[str, str]]:
    """Have looks at addresses find a camera that one password opens; list the tries."""
    tried: list[tuple[str, str]] = []

    def look(url: str, login: tuple[str, str] | None) -> Looked:
        assert login is not None
        tried.append((url, login[1]))
        return Looked("" if login[1] == opens else "login")

    monkeypatch.setattr("video.look.look", look)
    return tried


def kept_passwords(home: Home) -> list[str]:
    refs = json.loads((home.data / "secrets.json").read_bytes())
    return [SecretStore(home).get(ref).password for ref in refs]


def test_a_wrong_log_in_does_not_take_the_place_of_the_one_it_has(
    run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = camera_of_others(monkeypatch, opens=CANARY)
    sub = ("--sub-url", "rtsp://127.0.0.1:9/sub")

    def typed(password: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    typed(CANARY)
    assert add(run, "--user", "admin", *sub)[0] == 0
    for again in (
        lambda: add(run, "--user", "admin", *sub, "--replace"),
        lambda: run("camera", "login", "7", "--user", "admin"),
    ):
        tried.clear()
        typed("mistyped")
        status, said = again()
        assert (status, "so the one it had stays" in said) == (3, True)
        assert len(tried) == 1  # many cameras lock an account after a few
        assert kept_passwords(home) == [CANARY]


def test_a_right_log_in_takes_the_place_of_the_one_it_has(
    run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for password in (CANARY, f"{CANARY}2"):
        camera_of_others(monkeypatch, opens=password)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        more = () if password == CANARY else ("--replace",)
        assert add(run, "--user", "admin", *more)[0] == 0
    assert kept_passwords(home) == [f"{CANARY}2"]


def test_a_log_in_that_is_refused_is_never_kept(
    run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = camera_of_others(monkeypatch, opens=CANARY)
    monkeypatch.setattr("sys.stdin", io.StringIO("mistyped\n" * 2))
    assert add(run, "--user", "admin")[0] == NO_PICTURE
    status, said = run("camera", "login", "7", "--user", "admin")
    assert (status, len(tried)) == (NO_PICTURE, 2)
    assert "does not accept this log-in, so it is not kept" in said
    assert "camera login 7 --user admin" in said, "what to do"
    assert not (home.data / "secrets.json").exists()


def test_the_user_of_a_log_in_is_asked_where_nobody_said_it(
    run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(run)
    camera_of_others(monkeypatch, opens=CANARY)
    with pytest.raises(SystemExit) as ended:
        run("camera", "login", "7")  # nobody is at the keyboard
    assert ended.value.code == 2
    screen = io.StringIO("admin\n")
    screen.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", screen)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: CANARY)
    status, said = run("camera", "login", "7")
    assert (status, "its log-in is kept" in said) == (0, True)
    assert kept_passwords(home) == [CANARY]
