"""A case is one's own by name and seat; two desks are never the same in the log."""

from dataclasses import replace

import pytest
from case_panel_kit import opened, until
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DESK, DeskKit
from test_wall_visitors import line

from console.by_phone import sent_here
from console.cli import main
from console.panels.home import HomePage
from console.panels.top_bar import TopBar
from console.who import (
    DESK_ROLES,
    FILE,
    Sitting,
    actor_of,
    has,
    in_language,
    sitting,
)
from dispatch.cases import CaseState
from dispatch.keys import make_keys
from dispatch.people import Actor, Role
from resources.home import Home


@pytest.fixture(autouse=True)
def _in_english(monkeypatch):
    monkeypatch.setenv("LOOKOUT_LANGUAGE", "en")


def test_another_seat_of_the_same_name_has_its_own_cases(qtbot, kit: DeskKit):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    page = HomePage(kit.desk)
    qtbot.addWidget(page)
    assert [case.case_id for case in page.mine()] == [case_id]
    kit.clock.go(hours=1)
    assert kit.desk.sounds._cases_up(kit.clock()) == {case_id}
    kit.desk.actor = replace(DESK, seat="3号席")
    assert page.mine() == []
    assert kit.desk.sounds._cases_up(kit.clock()) == set()
    kit.desk.actor = replace(DESK, name="赵雷")
    assert page.mine() == []


def test_the_usual_words_are_one_person_in_both_languages(qtbot, kit: DeskKit):
    chinese = actor_of(Sitting())
    english = in_language(chinese, "en")
    assert (chinese.name, chinese.seat) == ("值班员", "1号席")
    assert (english.name, english.seat) == ("Operator", "Seat 1")
    case = kit.board.cases[opened(qtbot, kit)]
    taken = replace(case, owner=chinese.name, owner_seat=chinese.seat)
    assert has(english, taken)
    assert has(chinese, taken)
    assert not has(in_language(DESK, "en"), taken)
    assert in_language(DESK, "en") == DESK


def test_who_sent_in_one_language_has_sent_in_the_other(qtbot, kit: DeskKit):
    chinese = actor_of(Sitting())
    kit.desk.actor = chinese
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    case = kit.board.cases[case_id]
    assert sent_here(kit.desk, case)
    kit.desk.actor = in_language(chinese, "en")
    assert sent_here(kit.desk, case)
    kit.desk.actor = replace(kit.desk.actor, seat="Seat 2")
    assert not sent_here(kit.desk, case)


def test_who_sits_there_is_said_once(home: Home, capsys):
    words = ("desk", "name", "--home", str(home.root))
    assert main([*words, "--person", " 李敏 ", "--seat", "指挥席"]) == 0
    assert sitting(home) == Sitting(name="李敏", seat="指挥席")
    assert main([*words, "--person", "赵雷"]) == 0
    assert sitting(home) == Sitting(name="赵雷", seat="指挥席")
    assert actor_of(sitting(home)).name == "赵雷"
    assert "next start" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed",
    [[], ["--person", "Lookout"], ["--person", "长" * 41], ["--seat", "2号席"]],
)
def test_a_name_that_says_nothing_is_refused(home: Home, capsys, typed):
    key = make_keys().public
    at_home = ("--home", str(home.root))
    assert main(["desk", "enrol", "--name", "2号席", "--key", key, *at_home]) == 0
    assert main(["desk", "name", *typed, *at_home]) == 2
    assert sitting(home) == Sitting()
    capsys.readouterr()


def test_no_other_desk_takes_the_own_desk_s_seat(home: Home, capsys):
    key = make_keys().public
    at_home = ("--home", str(home.root))
    for seat in ("1号席", "Seat 1", " 1号席 "):
        enrol = ("desk", "enrol", "--name", seat, "--key", key, *at_home)
        assert main([*enrol]) == 2
        assert "own desk" in capsys.readouterr().err
    assert main(["desk", "name", "--seat", "指挥席", *at_home]) == 0
    assert main(["desk", "enrol", "--name", "指挥席", "--key", key, *at_home]) == 2
    assert main(["desk", "enrol", "--name", "1号席", "--key", key, *at_home]) == 0
    capsys.readouterr()


def opened_with(monkeypatch, home: Home, *words: str) -> Actor:
    """Return who sits at the desk that `lookout console` opens."""
    opened: list[Home] = []
    monkeypatch.setattr("console.app.run_console", lambda at: opened.append(at) or 0)
    assert main(["console", *words, "--home", str(home.root)]) == 0
    (at,) = opened
    return actor_of(sitting(at))


def test_a_seat_s_roles_are_chosen_at_its_start_and_remembered(
    home: Home, capsys, monkeypatch
):
    leader = Role.SHIFT_LEADER
    words = ("desk", "name", "--home", str(home.root), "--person", "李敏")
    assert leader in opened_with(monkeypatch, home).roles, "one seat does everything"
    assert opened_with(monkeypatch, home, "--no-leader").roles == DESK_ROLES - {leader}
    assert "does not lead the shift" in capsys.readouterr().out
    assert main([*words]) == 0
    later = opened_with(monkeypatch, home)
    assert (later.name, leader in later.roles) == ("李敏", False)
    again = opened_with(monkeypatch, home, "--leader")
    assert (again.name, again.roles) == ("李敏", DESK_ROLES)


def test_a_seat_of_an_earlier_version_leads(home: Home):
    (home.data / FILE).write_text('{"name": "李敏", "seat": ""}', encoding="utf-8")
    assert sitting(home) == Sitting(name="李敏")
    (home.data / FILE).write_text("[]", encoding="utf-8")
    assert sitting(home) == Sitting()


def test_the_first_line_says_which_roles_and_that_nobody_checked_them(
    qtbot, kit: DeskKit, window
):
    bar = window.findChild(TopBar)
    kit.desk.actor = actor_of(Sitting(name="李敏"))
    assert "Shift leader" in " ".join(line(bar))
    kit.desk.actor = actor_of(Sitting(name="李敏", leads=False))
    said = line(bar)
    assert "Not signed in" in said
    (who,) = [each for each in said if "李敏" in each]
    assert "Dispatcher" in who
    assert "Shift leader" not in who
    assert "Department" not in who, "what it enters for others is not what it is"
    kit.desk.seat.choose(Role.DEPARTMENT)
    (who,) = [each for each in line(bar) if "李敏" in each]
    assert "Department" in who
    assert "Dispatcher" not in who
