"""`lookout gateway`: set up, listed, tried on a captured message, taken away."""

import io
import json
from pathlib import Path

import pytest

from console import doctor_gateways
from console.cli import main
from console.doctor import Level, examine
from dispatch.gateways.book import gateway_book
from dispatch.secrets import SecretStore
from resources.home import Home
from tests.gateway_kit import free_port

CANARY = "Kanarien#vogel/7%"
TEMPLATE = {
    "device": "{device}",
    "alarm": {"state": ["1"]},
    "restore": {"state": ["0"]},
    "values": {"temperature_c": "t"},
}


@pytest.fixture
def template(tmp_path: Path) -> str:
    path = tmp_path / "template.json"
    path.write_text(json.dumps(TEMPLATE), encoding="utf-8")
    return str(path)


@pytest.fixture
def run(home: Home, capsys, monkeypatch):
    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{CANARY}\n"))
        status = main(["gateway", *words, "--home", str(home.root)])
        heard = capsys.readouterr()
        assert CANARY not in heard.out + heard.err
        return status, heard.out + heard.err

    return run


def test_a_broker_is_set_up_tried_and_taken_away(
    run, home: Home, template: str, tmp_path: Path
) -> None:
    assert "还没有设置" in run("list")[1]
    url = f"mqtt://127.0.0.1:{free_port()}"
    add = ("add", "烟感", "--kind", "mqtt", "--url", url, "--template", template)
    assert run(*add)[0] == 2  # which topic?
    login = ("--user", "lookout", "--password-stdin")
    topic = ("--topic", "town/{device}/smoke")
    assert run(*add, *topic, *login)[0] == 0
    (kept,) = gateway_book(home.data).all()
    assert SecretStore(home).get(kept.secret_ref).password == CANARY
    assert url in run("list")[1]

    message = tmp_path / "message.json"
    message.write_text('{"state":1,"t":"warm"}', encoding="utf-8")
    tried = ("try", "烟感", str(message), "--topic")
    assert run(*tried, "town/A1/gas")[0] == 2
    status, said = run(*tried, "town/A1/smoke")
    assert status == 3  # the temperature would be refused, the alarm would not
    assert "A1" in said
    assert '"type":"alarm"' in said
    assert "t is no number: warm" in said

    (found,) = examine("gateways", doctor_gateways.gateways, home)
    assert (found.level, found.values["url"]) == (Level.WRONG, url)
    assert run("remove", "烟感")[0] == 0
    assert gateway_book(home.data).all() == ()
    with pytest.raises(KeyError):
        SecretStore(home).get(kept.secret_ref)
    assert run("remove", "烟感")[0] == 2


def test_a_webhook_s_token_is_shown_once(
    run, home: Home, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    add = ("add", "iot", "--kind", "webhook", "--url", url, "--template", template)
    status, said = run(*add)
    assert status == 0
    token = said.split("Bearer ")[1].split()[0]
    (kept,) = gateway_book(home.data).all()
    assert SecretStore(home).get(kept.secret_ref).password == token
    assert f"{url}/iot" in said
    assert token not in run("list")[1]
    assert token not in (home.data / "gateways.json").read_text("utf-8")
    # Given by whoever posts, it is not shown.
    assert "Bearer" not in run(*add, "--password-stdin")[1]

    enrol = ("device", "enrol", "--home", str(home.root), "--kind", "smoke_detector")
    enrol += ("--gateway", "iot", "--at", "120.95,30.91", "--id", "SD-1")
    assert main([*enrol, "--called", "8661"]) == 0
    assert "8661" in capsys.readouterr().out
    assert main([*enrol[:-4], "--gateway", "none", "--id", "SD-2"]) == 2
