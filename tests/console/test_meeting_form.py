"""The form of a meeting asks for a date only while something follows."""

from types import SimpleNamespace

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from window_kit import raise_alarm

from console.case_deeds import deed_of
from console.main_window import MainWindow
from console.notices import unheard_text
from console.panels.deed_form import DeedForm


def test_a_date_is_asked_for_only_of_what_follows(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    case_id = raise_alarm(qtbot, kit)
    deed = deed_of(kit.desk, kit.board.cases[case_id], "mediate")
    form = DeedForm(kit.desk, deed, number="#1", text="")
    qtbot.addWidget(form)
    follows, due = form.editors["follow_up"], form.editors["due_at"]
    assert (due.value(), due.problem(), due.isReadOnly()) == (None, "", True)
    follows.setText("回访")
    assert due.value() is not None
    due.setText("+3")
    kept = due.value()
    follows.clear()
    assert due.value() is None
    follows.setText("再回访")
    assert due.value() == kept, "what was typed is not lost"
    due.setText("gestern")
    assert due.problem()


def test_of_many_silent_gateways_two_are_named_and_what_to_do_is_said() -> None:
    desk = SimpleNamespace(bridge=SimpleNamespace(unheard=("a", "b", "c", "d", "e")))
    said = unheard_text(desk)
    assert "a, b and 3 more" in said
    assert said.endswith("lookout doctor")
    desk.bridge.unheard = ("a", "b")
    assert "a, b ·" in unheard_text(desk)
