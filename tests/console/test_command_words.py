"""The commands of the command line speak the desk's language, Chinese unless asked."""

import ast
import contextlib
import io
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from console.camera_looks import LOOKED
from console.cli import main
from console.command_words import TOLD, CommandWords, language_of
from console.refused_list import REFUSED_WORDS
from dispatch.keys import make_keys
from dispatch.secrets import SecretsError
from dispatch.service import Service, desk_keys
from dispatch.store_address import StoreAwayError
from resources.home import Home

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"[A-Za-z]{3,}")
# What is typed or shown as it is: names of programs, options, units, keys.
AS_IT_IS = re.compile(
    r"[0-9a-f]{4}(-[0-9a-f]{4}){3}|--?[a-z][a-z-]*(=\S+)?|lookout( [a-z]+)*|(rtsp|tcp|postgresql)://\S*|WGS-84"
    r"|CURVE|Z85|JSON|MessagePack|Asia/Shanghai|garbage|smoke_detector|SD-1|sqlite|TCP"
    r"|UDP|rtsp://|Lookout|/\S+"
)
AT = "120.95,30.91"


@pytest.fixture
def said(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("console.own_name.own_name", lambda: "lookout")

    def run(*words: str) -> str:
        with contextlib.suppress(SystemExit):
            main([*words, "--home", str(home.root)])
        heard = capsys.readouterr()
        return heard.out + heard.err

    return run


def foreign(text: str, *own: str) -> list[str]:
    for word in own:
        text = text.replace(word, "")
    return WORD.findall(AS_IT_IS.sub(" ", text))


def test_cameras_devices_and_desks_are_seen_to_in_chinese(
    said, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, other = make_keys().public, make_keys().public
    add = ("camera", "add", "--url", "rtsp://127.0.0.1:9/x", "--name", "河埠头")
    enrol = ("device", "enrol", "--id", "SD-1", "--at", AT)
    kind = ("--kind", "smoke_detector")
    service = Service(home)
    own = (key, other, service.ready.server_key, desk_keys(home).public)
    heard = [
        said(*add, "--at", AT, "--number", "7"),
        said(*add, "--at", AT, "--number", "7"),
        said(*add, "--at", AT, "--number", "7", "--replace"),
        said(*add, "--at", "12"),
        said(*add, "--at", AT, "--number", "8", "--bearing", "nan"),
        said("camera", "add", "--url", "ftp://x", "--name", "北门", "--at", AT),
        said(*enrol, "--key", key, *kind),
        said(*enrol, "--key", key, *kind),
        said(*enrol, "--key", other, *kind),
        said(*enrol, "--key", other, *kind, "--replace"),
        said("device", "enrol", "--key", "x", *kind),
        said("device", "refused"),
        said("device", "revoke", "--id", "SD-1"),
        said("desk", "enrol", "--name", "2号席", "--key", key),
        said("desk", "enrol", "--name", "2号席", "--key", other),
        said("desk", "enrol", "--name", "2号席"),
        said("desk", "list"),
        said("desk", "revoke", "--name", "3号席"),
        said("desk", "revoke", "--name", "2号席"),
        said("store", "set", "sqlite"),
        said("store", "set", "mysql://x"),
    ]
    service.close()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    heard.append(said("camera", "login", "7", "--user", "admin"))
    wrong = {text: foreign(text, *own) for text in heard}
    assert not {text: what for text, what in wrong.items() if what}
    assert all(re.search("[一-鿿]", text) for text in heard)


def test_help_and_what_is_typed_wrongly_are_in_chinese(said) -> None:
    heard = said("camera", "login", "--help")
    assert "为摄像机登记账号密码" not in heard  # that is said where it is listed
    assert "已登记的摄像机编号" in heard
    assert "显示本帮助" in heard
    assert "为摄像机登记账号密码" in said("camera", "--help")
    assert "请写成 0.0.0.0:20001 的样子" in said("service", "--devices", "here")


def test_the_language_is_the_desk_s_unless_one_is_asked_for(
    home: Home, said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOOKOUT_LANGUAGE", raising=False)
    assert language_of(home) == "zh_CN"
    assert not home.root.exists()  # nobody has to have a home to be told something
    settings = QSettings(str(home.data / "desk.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/place", b"\x00language=zh_CN")
    settings.setValue("looks/language", "en")
    settings.sync()
    assert language_of(home) == "en"
    assert "there is no device 'X'" in said("device", "revoke", "--id", "X")
    assert "is missing" in said("import", "staff", str(home.root / "none.csv"))
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "zh_CN")
    assert "没有设备 'X'" in said("device", "revoke", "--id", "X")


def test_the_error_behind_an_error_is_translated_too() -> None:
    behind = SecretsError("{what} is damaged", what="a.json")
    error = StoreAwayError("the store's password cannot be read: {error}", error=behind)
    assert str(error) == "the store's password cannot be read: a.json is damaged"
    assert CommandWords("zh_CN").told(error) == "存储的密码读不出来：a.json 已损坏"


def test_every_error_that_can_be_told_has_its_words() -> None:
    kinds = {
        *("HomeTakenError", "StoreAwayError", "StoreTakenError", "StoreAddressError"),
        *("SecretsError", "NotEnrolledError", "NotWrittenError", "BookError"),
        "ConnectedHomeError",
    }
    found = set()
    for path in (ROOT / "dispatch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in kinds
            ):
                found.add(ast.literal_eval(node.args[0]))
    assert found == set(TOLD)
    words = CommandWords("zh_CN")
    for text in (*REFUSED_WORDS.values(), *LOOKED.values()):
        assert words(text) != text
