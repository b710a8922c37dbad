"""No Chinese in the English desk and no English in the Chinese one: every widget read.

What the town brings (names, what people said) stands in its own language in both.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from gallery import photo
from layout_check import Watch, data_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QTabBar,
    QWidget,
)
from window_kit import raise_alarm

from console.key_table import PANEL_KEYS
from console.layers.layer import Mark
from console.main_window import MainWindow
from console.panels import first_steps
from console.panels.case import CasePanel
from console.panels.case_log import ENTRY
from console.panels.first_steps import steps_left
from console.panels.picture_words import reason_words, status_words
from console.panels.settings_page import LANGUAGE_NAMES
from console.panels.tile_look import Look
from console.refusals import REFUSALS, refusal
from console.starting import SHARES, StartFailed, StartPage
from console.theme import Theme
from dispatch.cases import CaseState
from dispatch.commands import ArriveCase, DepartCase, Refused, SignCase

CJK = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3001\u3002]")
WORD = re.compile(r"[A-Za-z]{2,}")
# What stands on the keys of a keyboard, and units that everyone writes so.
CAPS = re.compile(
    r"\b(Ctrl|Alt|Shift|Esc|Tab|Enter|Home|Backspace|Space|Pause|PgDn|PgUp|Del|SOS|F\d+|KiB|JPEG|PNG|PDF|lp)\b"
    r"|P[1-4]\b"
)
# What is typed at another machine's terminal is the same in both languages.
TYPED = re.compile(r"lookout desk \w+|--[a-z-]+|8ec6-0f3a")


@pytest.fixture(params=["zh_CN", "en"])
def language(request, kit: DeskKit) -> Iterator[str]:
    kit.desk.looks.set_language(request.param)
    yield request.param
    kit.desk.looks.hush()


def own_words(kit: DeskKit) -> list[str]:
    """Return everything the town itself brings, the longest first."""
    board = kit.board
    found = data_of(kit) | {board.town.name, kit.desk.actor.name, kit.desk.actor.seat}
    found |= {grid.name for grid in board.grids.values()}
    found |= {hazard for place in board.places.values() for hazard in place.hazards}
    found |= {place.contact for place in board.places.values()}
    found |= {f"{name[0]}*" for name in found if name}
    found |= {device.name for device in board.devices.values()} | set(board.devices)
    found |= {unit.name for unit in board.units.values()}
    for case_id in board.cases:
        for entry in board.entries(case_id):
            found |= {entry.text, entry.actor, entry.seat}
            found |= {ref.name for ref in entry.photos}
    for category in kit.desk.actions.taxonomy.categories:
        found |= {each.condition for each in category.standards}
        found |= {each.close_condition for each in category.standards}
        found |= {category.department}
        # A category has a name in each language: it is checked like any word.
        found -= {category.name_zh, category.name_en}
    return sorted((each for each in found if each), key=len, reverse=True)


def said_by(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.windowTitle() if widget.isWindow() else ""
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.statusTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        yield from (
            str(model.index(row, 0).data() or "") for row in range(model.rowCount())
        )


def foreign(text: str, language: str, own: list[str]) -> str:
    """Return what of a text is in the other language, "" where all is well."""
    if any(text in word for word in own):
        return ""  # a line of something longer
    for word in own:
        text = text.replace(word, " ")
    if language == "en":
        return " ".join(CJK.findall(text))
    text = CAPS.sub(" ", text)
    return " ".join(WORD.findall(text))


def check(kit: DeskKit, window: MainWindow, language: str) -> None:
    own = own_words(kit)
    said = {
        text
        for top in [window, *window.walls.walls.windows.values()]
        for each in [top, *top.findChildren(QWidget)]
        for text in said_by(each)
        if text
    }
    with Watch() as watch:
        window.grab()
    said |= {each.text for each in watch.painted}
    menu = window.pictures.made_menu()
    for each in [menu, *menu.findChildren(QMenu)]:
        said |= {line.text().partition("\t")[0] for line in each.actions()} - {""}
    menu.deleteLater()
    said -= set(LANGUAGE_NAMES.values())
    said -= {
        f"{window.panels['settings_page']._labels[0].text()}: {name}"
        for name in LANGUAGE_NAMES.values()
    }
    wrong = {text: foreign(text, language, own) for text in said}
    assert not {text: what for text, what in wrong.items() if what}
    assert len(said) > 60


def go_through(qtbot, kit: DeskKit, window: MainWindow) -> Iterator[str]:
    """Bring the desk into each of its states, and name it."""
    actions = kit.desk.actions
    yield "rest"
    actions.run("keys")
    for keys in PANEL_KEYS:
        window.keys_page.begin(keys.panel)
        yield f"keys of {keys.panel}"
    window.keys_page.show_all()
    for page in range(len(window.keys_page.pages())):
        yield f"all keys, page {page}"
        window.keys_page.turn(1)
    actions.run("back")
    actions.run("turn_wall")
    yield "a wall"
    window.walls.walls.close_all()
    case_id = raise_alarm(qtbot, kit)
    kit.alarm("PB-YH-01", "B003")
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    yield "alarm"
    assert not kit.desk.leaving.may_close()
    kit.desk.second.emit()
    yield "asked before leaving"
    kit.desk.open_case(case_id)
    actions.run("close")
    yield "why it is void"
    actions.run("back")
    actions.run("take")
    state(qtbot, kit, case_id, CaseState.FILED)
    doubted = kit.desk.views[0].camera_id
    kit.desk.wrong_views.turn(doubted)
    qtbot.waitUntil(lambda: kit.board.cameras[doubted].wrong_since is not None)
    yield "a camera that shows something else"
    for what in ("find_case", "find", "bulk", "sheet", "more", "wall_check"):
        actions.run(what)
        yield what
        actions.run("back")
    for what in ("contact", "note", "near", "keys", "keys", "settings", "wall"):
        actions.run(what)
        yield what
    window.map.toggle_legend()
    yield "legend"
    actions.run("new_report")
    window.form.save()
    yield "form"
    window.form.place.line.setText("zzz")
    window.form.place.line.setFocus()
    window.form.place.show_results([], "zzz")
    yield "nothing found"
    kit.desk.open_case(None)
    kit.desk.open_case(case_id)
    actions.run("send")
    state(qtbot, kit, case_id, CaseState.DISPATCHED)
    yield "sent"
    actions.run("phone")
    yield "by telephone"
    actions.run("back")
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.field(kind, case_id, "W01")
        qtbot.waitUntil(lambda: actions.pending(case_id) is None)
        yield kind.__name__
    kit.restore()
    kit.finish(case_id, "W01", photo())
    state(qtbot, kit, case_id, CaseState.FEEDBACK)
    yield "reported done"
    enlarge_photo(qtbot, window)
    yield "a photo"
    actions.run("back")
    actions.run("next")
    state(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    actions.run("close")
    yield "closing"
    kit.client.lose()
    qtbot.waitUntil(lambda: not kit.desk.link.connected)
    actions.run("quiet")
    kit.clock.go(seconds=90)
    kit.desk.second.emit()
    yield "alone"
    for digit in "999":
        window.pictures.type_digit(digit)
    window.pictures.plate.call()
    yield "unknown number"


def enlarge_photo(qtbot, window: MainWindow) -> None:
    log = window.case.log
    entries = [
        log.model().index(i, 0).data(ENTRY) for i in range(log.model().rowCount())
    ]
    row = next(i for i, entry in enumerate(entries) if entry.photos)
    ref = entries[row].photos[0]
    qtbot.waitUntil(lambda: log.shelf.photo(ref) is not None)
    log.setCurrentIndex(log.model().index(row, 0))
    QTest.keyClick(log, Qt.Key.Key_Return)


def state(qtbot, kit: DeskKit, case_id: int, wanted: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is wanted)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def test_every_widget_in_every_state(
    qtbot, kit: DeskKit, window: MainWindow, language: str
):
    for _ in go_through(qtbot, kit, window):
        check(kit, window, language)


def test_a_desk_without_a_town(
    qtbot, kit: DeskKit, tmp_path: Path, language: str, monkeypatch
):
    # A long path would be wrapped, which another test looks at.
    monkeypatch.setattr(first_steps, "own_name", lambda: "lookout")
    folder = tmp_path / "empty"
    folder.mkdir()
    empty = DeskKit(folder)
    panel = CasePanel(empty.desk)
    qtbot.addWidget(panel)
    panel.resize(560, 900)
    empty.board.heard = True
    with Watch() as watch:
        panel.home.grab()
    empty.close()
    commands = [command for _, command in steps_left(empty.board)]
    said = {each.text for each in watch.painted}
    assert set(commands) <= said
    wrong = {text: foreign(text, language, commands) for text in said}
    assert not {text: what for text, what in wrong.items() if what}


def test_the_map_in_words(qtbot, kit: DeskKit, window: MainWindow, language: str):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    own = own_words(kit)
    said: list[str] = []
    for layer in window.map.canvas.layers:
        said.append(layer.title())
        said += [line.text for line in layer.legend()]
        said += [label.text for label in layer.labels(window.map.canvas.view())]
    keys = {"case": [case_id], "unit": kit.board.units, "camera": kit.board.cameras}
    for layer in window.map.canvas.layers:
        for key in keys.get(layer.kind, ()):
            said += layer.card(Mark(kind=layer.kind, key=key, x=0, y=0, radius=9))
        for mark in layer.marks(window.map.canvas.view()):
            said += layer.card(mark)
    wrong = {text: foreign(text, language, own) for text in said}
    assert not {text: what for text, what in wrong.items() if what}


def test_refusals_and_pictures_in_words(qtbot, kit: DeskKit, language: str):
    said = [
        refusal(
            Refused(
                reason,
                "",
                state=int(CaseState.FILED),
                roles="dispatcher device",
                name="W01",
            )
        )
        for reason in REFUSALS
    ]
    said += [status_words(look, None, 0.1) for look in Look]
    said += [
        reason_words(each)
        for each in (
            "refused",
            "login",
            "timeout",
            "no_picture",
            "no_key_frame",
            "damaged",
            "late",
            "too_large",
            "worker",
            "preparing",
            "login_missing",
        )
    ]
    wrong = {text: foreign(text, language, ["W01"]) for text in said}
    assert not {text: what for text, what in wrong.items() if what}


def test_the_start_page_in_words(qtbot, kit: DeskKit, language: str):
    page: StartPage[None] = StartPage("", lambda report: None)
    qtbot.addWidget(page)
    said = [page.step_text(name) for name in SHARES]
    hindered = ("connect", "unreachable", "other_key", "silent")
    waiting = {page.step_text(name, "172.16.8.2:7701 8ec6-0f3a") for name in hindered}
    assert len(waiting) == len(hindered)
    said += [TYPED.sub("", text) for text in waiting]
    said += [
        page.failure_text(StartFailed("cameras", "1")),
        *(
            page.failure_text(StartFailed(what, "1"))
            for what in ("service", "secrets", "store", "taken", "system")
        ),
        page.failure_text(OSError()).replace("OSError", ""),
    ]
    said += [text for each in page.findChildren(QWidget) for text in said_by(each)]
    assert len(said) > 8
    wrong = {text: foreign(text, language, []) for text in said}
    assert not {text: what for text, what in wrong.items() if what}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_start_page_grows_with_its_text(
    qtbot, kit: DeskKit, language: str, scale: float
):
    theme = Theme()
    theme.scale = scale
    page: StartPage[None] = StartPage("", lambda report: None, theme=theme)
    qtbot.addWidget(page)
    page.show()
    short = page.height()
    mark = "8ec6-0f3a-77b1-29d4"
    page.say(page.step_text("connect", f"172.16.8.2:7701 {mark}"))
    label = page.findChild(QLabel, "step")
    assert mark in label.text()
    assert "172.16.8.2:7701" in label.text(), "the address that is tried"
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert label.text() != page.tr("Stopping…"), "only Esc gives up"
    assert label.height() >= label.heightForWidth(label.width())
    assert page.height() > short
    assert page.rect().contains(label.geometry())
    bar = page.findChild(QProgressBar)
    assert label.geometry().bottom() < bar.geometry().top()
