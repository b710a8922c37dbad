import json
import os
import stat
import sys
from pathlib import Path

import pytest

from dispatch.secrets import Secret, SecretsError, SecretStore
from resources.home import Home

CANARY = "Kanarien#vogel/7%:@"


@pytest.fixture
def small_home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_log_in_comes_back_also_after_a_restart(small_home: Home) -> None:
    SecretStore(small_home).put("camera:1203", "运维", CANARY)
    again = SecretStore(small_home)
    assert again.get("camera:1203") == Secret("运维", CANARY)
    again.put("camera:1203", "admin", "other")
    assert SecretStore(small_home).get("camera:1203").password == "other"
    again.delete("camera:1203")
    again.delete("camera:1203")
    with pytest.raises(KeyError):
        again.get("camera:1203")


def test_what_was_read_once_is_remembered(small_home: Home) -> None:
    SecretStore(small_home).put("camera:1203", "admin", CANARY)
    store = SecretStore(small_home)
    store.remember(["camera:1203", "camera:404"])
    (small_home.data / "secrets.json").unlink()
    assert store.get("camera:1203").password == CANARY
    with pytest.raises(KeyError):
        store.get("camera:404")


@pytest.mark.expected_log("dispatch.secrets", "cannot be read")
def test_a_store_that_has_failed_is_left_alone_for_a_while(small_home: Home) -> None:
    SecretStore(small_home).put("camera:1203", "admin", CANARY)
    store = SecretStore(small_home)
    path = small_home.data / "secrets.json"
    whole = path.read_bytes()
    path.write_bytes(b"\xff")
    store.remember(["camera:1203"])
    path.write_bytes(whole)
    with pytest.raises(SecretsError, match="a moment ago"):
        store.get("camera:1203")


def test_nothing_shows_the_password(small_home: Home) -> None:
    store = SecretStore(small_home)
    store.put("camera:1203", "admin", CANARY)
    assert CANARY not in repr(store.get("camera:1203"))
    assert CANARY not in str(store.get("camera:1203"))
    for path in small_home.root.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="files there have access lists")
def test_only_this_user_may_read(small_home: Home) -> None:
    SecretStore(small_home).put("camera:1203", "admin", CANARY)
    files = [path for path in small_home.root.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_in_is_bound_to_its_reference(small_home: Home) -> None:
    store = SecretStore(small_home)
    store.put("camera:1", "admin", CANARY)
    path = small_home.data / "secrets.json"
    entries = json.loads(path.read_text())
    path.write_text(json.dumps({"camera:2": entries["camera:1"]}))
    with pytest.raises(SecretsError) as caught:
        store.get("camera:2")
    assert CANARY not in str(caught.value)


def test_a_lost_key_is_said_and_nothing_is_overwritten(small_home: Home) -> None:
    SecretStore(small_home).put("camera:1", "admin", CANARY)
    (small_home.keys / "secrets.key").unlink()
    with pytest.raises(SecretsError):
        SecretStore(small_home)
    assert (small_home.data / "secrets.json").exists()


def test_a_home_stays_with_what_it_began_with(
    small_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "LOOKOUT_SECRETS", "file")
    SecretStore(small_home).put("camera:1", "admin", CANARY)
    monkeypatch.delitem(os.environ, "LOOKOUT_SECRETS")
    assert SecretStore(small_home).get("camera:1").password == CANARY


@pytest.mark.skipif(sys.platform != "linux", reason="about the Linux key store")
def test_without_a_key_store_nobody_is_asked(
    small_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(os.environ, "LOOKOUT_SECRETS")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    SecretStore(small_home).put("camera:1", "admin", CANARY)
    assert (small_home.data / "secrets.json").exists()


def test_a_word_that_means_nothing_is_refused(
    small_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "LOOKOUT_SECRETS", "cloud")
    with pytest.raises(SecretsError):
        SecretStore(small_home)
