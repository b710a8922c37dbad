"""The profile of a town, chosen where the service runs and shown at the desk."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DESK, DeskKit
from test_registers import run

from console.main_window import MainWindow
from console.profile_words import figures
from dispatch.profile_use import UseProfile
from dispatch.profiles import load_taxonomy

run = run  # the fixture


def test_it_is_chosen_by_the_name_of_its_town(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")
    listed = [row.split() for row in run("profile", "list")[1].splitlines()]
    assert ["yaozhuang", "Yaozhuang", "in", "use"] in listed
    status, said = run("profile", "use", "嵊州")
    assert (status, "profile shengzhou (Shengzhou): in use" in said) == (0, True)
    rows = run("profile", "list")[1].splitlines()
    (chosen,) = [row for row in rows if "in use" in row]
    assert chosen.startswith("shengzhou")
    assert "chosen by command line" in chosen
    status, said = run("profile", "use", "moon")
    assert status == 1
    assert "there are baohe, core" in said


def test_the_desk_shows_its_figures_and_goes_by_it(
    qtbot, kit: DeskKit, window: MainWindow
):
    rules = window.panels["settings_page"].rules
    assert "Rules of the town: Yaozhuang" in rules.text()
    assert "within 7 calendar days" in rules.text()
    kit.client.do(UseProfile(actor=DESK, profile="yuncheng"))
    qtbot.waitUntil(lambda: "National form" in rules.text())
    assert "李敏" in rules.text()
    kinds = window.form._kinds.find("0405", limit=3)
    assert [each.key for each in kinds] == ["0405"]
    assert window.form._kinds.find("6002", limit=3) == []


def test_the_figures_of_a_town_by_hand():
    lines = figures(load_taxonomy("jinniu").rules)
    assert lines == [
        "Handled within the limit of its kind",
        "Reported online: answered within 2 urgent working hours, solved within 24"
        " urgent working hours, hard ones within 72 urgent working hours",
        "Reminders: half-time, four fifths, a day before",
        "Yellow 1 working day late, red 2 working days",
        "Extended 2×, suspended 1× 365 days, reopened 72 h",
    ]
