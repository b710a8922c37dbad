"""The card that a desk of another machine needs, and what asks for it there."""

import contextlib
import re
import shlex
from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from console.cli import _parser, main
from console.cli_kinds import keys_joined
from console.desks import KeyMissing, find_service, key_in
from console.key_page import KeyPage
from console.service_card import read_card
from dispatch.keys import make_keys
from dispatch.service import service_keys
from dispatch.standing_in import OpenAt, remember_open
from resources.home import Home


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


def test_a_card_alone_is_all_that_another_machine_needs(home, tmp_path, capsys):
    remember_open(home, OpenAt(desk="tcp://127.0.0.2:20002"))
    file = tmp_path / "card.txt"
    assert main(["desk", "card", str(file), "--home", str(home.root)]) == 0
    said = capsys.readouterr().out
    key = service_keys(home).public
    assert key in said
    assert f"--connect 127.0.0.2:20002 --server-key={file}" in said
    other = Home(tmp_path / "other")
    point = find_service(other, Namespace(connect="", server_key=str(file)))
    assert (point.address, point.server_key) == ("tcp://127.0.0.2:20002", key)


def test_without_a_file_it_is_shown_and_a_shut_service_says_so(home, capsys):
    assert main(["desk", "card", "--home", str(home.root)]) == 0
    said = capsys.readouterr().out
    assert service_keys(home).public in said
    assert f"lookout --home {home.root} service --desks 0.0.0.0:20002" in said


def test_a_file_with_nothing_but_a_key_is_a_card():
    key = make_keys().public
    assert read_card(f"{key}\n").server_key == key
    assert read_card(f"address 10.0.0.5:20002\nkey {key}\n").address == "10.0.0.5:20002"
    assert read_card("nothing").server_key == ""


def test_nobody_at_a_terminal_is_asked_in_a_window(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    home = Home(tmp_path / "other")
    options = Namespace(connect="tcp://127.0.0.2:20002", server_key="")
    with pytest.raises(KeyMissing, match="desk card FILE") as caught:
        find_service(home, options)
    page = KeyPage(str(caught.value.values["address"]), wrong_with)
    qtbot.addWidget(page)
    page.show()
    accept = page.findChild(QPushButton, "connect")
    page.typed.setText("half a key")
    accept.click()
    assert page.isVisible()
    assert "half a key" in page.wrong.text()
    key = make_keys().public
    page.typed.setText(key)
    accept.click()
    assert not page.isVisible()
    options.server_key = page.typed.text()
    assert find_service(home, options).server_key == key


def test_without_a_screen_it_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    there = ["console", "--home", str(tmp_path), "--connect", "127.0.0.2:20002"]
    assert main(there) == 2
    assert "desk card FILE" in capsys.readouterr().err


def wrong_with(typed: str) -> str:
    try:
        key_in(typed)
    except Exception as error:  # noqa: BLE001 - its words are the test
        return str(error)
    return ""


INLINE = re.compile(r"`(?:LOOKOUT_LANGUAGE=en )?lookout ([^`]+)`")
FENCED = re.compile(r"^(?:\.venv/bin/)?lookout (.+?)(?:\s+#.*)?$", re.M)
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["docs/user-guide.md", "README.md"])
def test_every_command_of_the_papers_is_understood(page, capsys):
    text = (ROOT / page).read_text("utf-8").replace("\\\n", " ")
    found = {*INLINE.findall(text), *FENCED.findall(text)}
    assert len(found) > 5
    for command in sorted(found):
        words = shlex.split(command)
        if "…" in command or "--help" in words or len(words) < 3:
            continue  # only named, or answered by the parser itself
        with contextlib.suppress(SystemExit):
            _parser().parse_args(keys_joined(words))
        assert capsys.readouterr().err == "", command


def test_the_steps_for_a_second_desk_are_tried_as_they_stand(home, tmp_path):
    """The card goes from one machine to the other, as both halves of the guide say."""
    remember_open(home, OpenAt(desk="tcp://127.0.0.2:20002"))
    text = (ROOT / "docs/user-guide.md").read_text("utf-8")
    cards = re.findall(r"`lookout (desk card [^`]+)`", text)
    theirs = re.findall(r"`lookout (console --connect --server-key [^`]+)`", text)
    assert len(cards) >= len(theirs) == 2
    for written, taken in zip(cards[:2], theirs, strict=True):
        words, file = written.split()[:-1], tmp_path / written.split()[-1]
        assert main([*words, str(file), "--home", str(home.root)]) == 0
        options = _parser().parse_args([*taken.split()[:-1], str(file)])
        point = find_service(Home(tmp_path / "other"), options)
        assert point.server_key == service_keys(home).public
