"""Nothing is cut at the sizes the design names: a part of `layout_check.py`."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_kit import DeskKit
from layout_check import faults_of
from window_kit import raise_alarm

from console.main_window import MainWindow
from console.panels.home import HomePage
from console.theme import Theme, scale_of
from dispatch.cases import CaseState
from dispatch.commands import EnrolDevice
from dispatch.people import SYSTEM


@pytest.fixture(params=[(1366, 768), (1920, 1080), (3840, 2160)], ids=str)
def size(request) -> tuple[int, int]:
    return request.param


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_cut(qtbot, tmp_path, size, language: str):
    kit = DeskKit(tmp_path, theme=Theme(scale=scale_of(*size, 0, 0)))
    kit.start(qtbot)
    kit.desk.looks.set_language(language)
    window = MainWindow(kit.desk)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    found: list[str] = []

    def look(moment: str) -> None:
        qtbot.wait(20)
        assert window.size().toTuple() == size, moment
        found.extend(f"{moment}: {fault}" for fault in faults_of(kit, window))

    try:
        look("rest")
        case_id = raise_alarm(qtbot, kit)
        look("alarm")
        kit.desk.actions.run("step")
        qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
        qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
        look("case")
        device = replace(kit.board.devices["TW01"], revoked=True)
        kit.client.do(EnrolDevice(actor=SYSTEM, device=device))
        kit.desk.actions.run("send")
        qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
        qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
        look("no terminal")
        kit.clock.go(minutes=11)
        look("unsigned")
        kit.desk.actions.run("phone")
        look("phone")
        kit.clock.go(minutes=-11)
        pages = ("keys", "keys", "contacts", "settings")
        for what in ("close", "contact", "note", *pages):
            kit.desk.actions.run(what)
            look(what)
        kit.desk.looks.set_background("light")
        look("light")
        kit.desk.actions.run("new_report")
        window.form.save()
        look("form")
        kit.client.lose()
        qtbot.waitUntil(lambda: not kit.desk.link.connected)
        look("alone")
    finally:
        kit.desk.looks.hush()
        kit.close()
    assert not found


def test_the_check_sees_what_is_cut(qtbot, kit: DeskKit):
    window = MainWindow(kit.desk)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    assert not faults_of(kit, window)
    window.map.buttons[2].setFixedWidth(12)
    assert any("Town" in str(fault) for fault in faults_of(kit, window))


def test_at_rest_the_page_says_who_is_there_and_what_is_next(qtbot, kit: DeskKit):
    page = HomePage(kit.desk)
    qtbot.addWidget(page)
    assert sum(count for _, count in page.people()) == len(kit.board.units)
    assert page.next_due() is None
    raise_alarm(qtbot, kit)
    assert page.next_due() is None  # due within minutes: it stands in the lane Now
    kit.clock.go(hours=-3)
    assert page.next_due() is not None
    kit.clock.go(hours=8)
    assert page.next_due() is None  # it is overdue, and stands in its lane
    page.resize(500, 560)
    assert page._most_rows() < 5
