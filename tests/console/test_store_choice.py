"""Choosing the store from the command line."""

import io

import pytest

from console.cli import main
from dispatch.secrets import SecretStore
from dispatch.service import Service
from dispatch.store_address import remembered_address


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("kanarien\n"))


def test_a_password_in_the_address_is_refused_and_not_repeated(home, capsys):
    address = "postgresql://lo:kanarien@127.0.0.1/town"
    for command in (["store", "set", address], ["service", "--store", address]):
        assert main([*command, "--home", str(home.root)]) == 2
        said = capsys.readouterr()
        assert "leave the password out" in said.err
        assert "kanarien" not in said.out + said.err


def test_a_store_that_does_not_answer_is_not_chosen(home, capsys, typed):
    address = "postgresql://lo@127.0.0.1:9/town"
    assert main(["store", "set", address, "--home", str(home.root)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("lookout: ")
    assert "kanarien" not in said.out + said.err
    assert remembered_address(home) == ""


def test_the_own_file_is_chosen_without_a_password(home, capsys, typed):
    SecretStore(home).put("store", "postgresql://lo@old/town", "kanarien")
    assert main(["store", "set", "sqlite", "--home", str(home.root)]) == 0
    assert str(home.data) in capsys.readouterr().out
    with pytest.raises(KeyError):
        SecretStore(home).get("store")


def test_no_store_is_changed_under_a_running_service(home, capsys):
    service = Service(home)
    try:
        assert main(["store", "set", "sqlite", "--home", str(home.root)]) == 1
        assert "end it first" in capsys.readouterr().err
    finally:
        service.close()
