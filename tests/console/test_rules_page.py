"""Ctrl+E: the town's rules over readings, tried before anybody goes by them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DESK, DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_kit import press

from console import rule_words
from console.main_window import MainWindow
from dispatch.commands import EnrolDevice, RecordReading
from dispatch.people import SYSTEM
from dispatch.profiles import load_taxonomy
from dispatch.rule_changes import SetRule, as_data, sort_of
from dispatch.rules import Line

Key = Qt.Key
WATCH = load_taxonomy().watch


@pytest.mark.parametrize("rule", [*WATCH.all()], ids=lambda rule: rule.rule_id)
def test_what_stands_in_the_fields_is_the_rule(rule) -> None:
    texts = {
        figure.field: figure.write(getattr(rule, figure.field))
        for figure in rule_words.figures_of(rule)
    }
    assert rule_words.typed_rule(rule, texts) == rule
    assert rule_words.looks_for(rule)
    assert rule_words.whom(rule)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (
            "lines",
            "10/2， 25/1",
            (Line(at=10.0, severity=2), Line(at=25.0, severity=1)),
        ),
        ("lines", "7.5", (Line(at=7.5),)),
        ("grid", " 330421 ", "330421"),
        ("hazards", "独居老人，孤寡", ("独居老人", "孤寡")),
        ("off", "1", True),
        ("severity", "", 0),
    ],
)
def test_figures_are_read_as_people_type_them(field, typed, value) -> None:
    rule = WATCH.find("gas-lel")
    texts = {
        figure.field: figure.write(getattr(rule, figure.field))
        for figure in rule_words.figures_of(rule)
    }
    changed = rule_words.typed_rule(rule, texts | {field: typed})
    assert getattr(changed, field) == value


@pytest.mark.parametrize(
    ("rule_id", "field", "typed"),
    [
        ("water-12h", "line", "wenig"),
        ("door-by-ten", "until", "25:00"),
        ("door-by-ten", "days", "Mo"),
        ("gas-lel", "lines", "10/x"),
    ],
)
def test_what_is_no_figure_is_named(rule_id, field, typed) -> None:
    rule = WATCH.find(rule_id)
    texts = {
        figure.field: figure.write(getattr(rule, figure.field))
        for figure in rule_words.figures_of(rule)
    }
    named = next(each for each in rule_words.FIGURES if each.field == field)
    with pytest.raises(ValueError, match=re.escape(rule_words.label(named))):
        rule_words.typed_rule(rule, texts | {field: typed})


def fill(kit: DeskKit) -> None:
    """A meter that stands still for three days, then is used once."""
    smoke = next(each for each in kit.board.devices.values())
    meter = replace(
        smoke, device_id="WM-9", kind="water_meter", name="水表9", public_key="m" * 40
    )
    kit.client.do(EnrolDevice(actor=SYSTEM, device=meter))
    for hour in range(72, 0, -6):
        at = kit.clock() - timedelta(hours=hour)
        used = 301.0 if hour == 6 else 300.0
        kit.client.do(
            RecordReading(
                actor=SYSTEM,
                device_id="WM-9",
                sequence=1000 - hour,
                at=at,
                received_at=at,
                values={"volume_m3": used},
            )
        )


def test_a_rule_is_tried_then_gone_by_then_the_profiles_again(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    fill(kit)
    page = window.panels["rules_page"]
    press(window, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.isVisible() and bool(page.rows))
    ids = [each.rule_id for each in page.rows]
    page.table.selectRow(ids.index("water-12h"))

    press(window, Key.Key_Return)
    assert page.fields["line"].hasFocus()
    page.fields["line"].setText("viel")
    press(window, Key.Key_Return)
    assert page.trial is None
    assert rule_words.label(rule_words.FIGURES[0]) in page.said.text()
    page.fields["line"].setText("0.02")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: page.trial is not None)
    assert (page.trial.alarms, page.trial.standing) == (1, 0)
    assert "水表9" in page.said.text()
    page.fields["line"].setText("0.03")  # not what was tried
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: page.trial is not None)
    assert not kit.board.profile.altered, "nothing is gone by that was only tried"
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(kit.board.profile.altered))
    qtbot.waitUntil(lambda: not page.fields)
    watch = kit.desk.actions.taxonomy.watch
    assert watch.find("water-12h").line == 0.03
    assert page.table.item(page.table.currentRow(), 0).text().startswith("◆")

    press(window, Key.Key_Delete)
    assert page.fields["line"].hasFocus(), "the profile's words, to be looked at"
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: page.trial is not None)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: not kit.board.profile.altered)
    assert kit.desk.actions.taxonomy.watch.find("water-12h") == WATCH.low_uses[0]

    qtbot.waitUntil(lambda: not page.fields)
    press(window, Key.Key_N)
    page.fields["grid"].setText("330421")
    window._back()
    assert not page.fields, "Esc goes back to the table"
    window._back()
    assert not page.isVisible()


def opened(qtbot, kit: DeskKit, window: MainWindow, rule_id: str):
    """A rule's figures, altered and tried."""
    press(window, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    page = window.panels["rules_page"]
    qtbot.waitUntil(lambda: bool(page.rows))
    page.table.selectRow([each.rule_id for each in page.rows].index(rule_id))
    press(window, Key.Key_Return)
    page.fields["line"].setText("0.03")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: page.trial is not None)
    return page


def test_a_table_that_stands_behind_figures_takes_no_click(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    page = opened(qtbot, kit, window, "water-12h")
    table = page.table
    at = table.visualItemRect(table.item(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    for key in (Key.Key_Return, Key.Key_N, Key.Key_Delete):
        QTest.keyClick(table, key)
    assert page.fields["line"].text() == "0.03"
    assert not [each for each in kit.client.submitted if isinstance(each, SetRule)]


def test_what_another_seat_has_set_meanwhile_is_not_put_back(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    page = opened(qtbot, kit, window, "water-12h")
    others = replace(WATCH.find("water-12h"), severity=1)
    command = SetRule(
        actor=DESK, sort=sort_of(others), rule_id=others.rule_id, data=as_data(others)
    )
    kit.client.do(command)
    qtbot.waitUntil(
        lambda: kit.desk.actions.taxonomy.watch.find("water-12h").severity == 1
    )
    press(window, Key.Key_Return)
    assert page.trial is None, "what was tried is of old figures"
    assert page.fields["severity"].text() == "1"
    assert page.said.isVisible()
    assert not [each for each in kit.client.submitted if isinstance(each, SetRule)]


def test_who_may_not_set_a_rule_is_told_before_any_trial(
    qtbot, kit: DeskKit, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles = kit.desk.actor.roles - SetRule.needs
    monkeypatch.setattr(kit.desk, "actor", replace(kit.desk.actor, roles=roles))
    press(window, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    page = window.panels["rules_page"]
    press(window, Key.Key_Return)
    assert page.said.isVisible()
    assert page.fields["line"].isReadOnly()
    assert not page.fields["off"].isEnabled()
    press(window, Key.Key_Return)
    assert page.trial is None
