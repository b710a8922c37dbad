"""A case on paper: what stands on it, printed through a pipe or kept as a file."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DESK, START, DeskKit
from limits_kit import next_line, running
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from window_kit import press

from console.case_sheet import Sheet, SheetMaker
from console.main_window import MainWindow
from console.panels.sheet_page import SheetPage
from console.paper import Pages, Paper
from console.paper_setting import POINTS, Order, line_of
from console.processes import own_command
from dispatch.commands import ReportCase

Key = Qt.Key
WAIT_S = 30
WAIT_MS = WAIT_S * 1000
CTRL = Qt.KeyboardModifier.ControlModifier


def report(kit: DeskKit) -> int:
    value = kit.client.do(
        ReportCase(
            actor=DESK,
            category="5001",
            place_name="锦绣路36号",
            point=CENTRE,
            details="垃圾 <b>成堆</b>",
            reporter_name="王小明",
            reporter_phone="13800001234",
            at=START,
        )
    ).value
    assert isinstance(value, int)
    return value


@pytest.fixture
def page(qtbot, kit: DeskKit, window: MainWindow, tmp_path: Path) -> SheetPage:
    case_id = report(kit)
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    kit.desk.open_case(case_id)
    made = window.panels["sheet_page"]
    assert isinstance(made, SheetPage)
    made.folder, made.command = tmp_path / "papers", ""
    press(window, Key.Key_P, CTRL)
    assert made.isVisible()
    assert made.pages is None, "they are not set on the window's thread"
    QTest.keyClick(made, Key.Key_S)
    assert "being made" in made.paper.said
    qtbot.waitUntil(lambda: made.pages is not None, timeout=WAIT_MS)
    assert not made.paper.said
    assert not made.said.isVisible()
    assert made.paper.pictures
    return made


@pytest.fixture
def paper(qtbot) -> Iterator[Paper]:
    """Outlives its processes, as in a window: they hold what hears them."""
    made = Paper()
    yield made
    qtbot.waitUntil(lambda: not made.children())


def notes(kit: DeskKit) -> list[str]:
    entries = kit.board.entries(max(kit.board.cases))
    return [each.text for each in entries if each.action == "note"]


def test_what_stands_on_it_and_kept_as_a_file(qtbot, kit: DeskKit, page: SheetPage):
    assert page.sheet is not None
    facts = " ".join(value for _, value in page.sheet.facts)
    assert "锦绣路36号" in facts
    assert "王*" in facts
    assert "13800001234" not in repr(page.sheet)
    html = "".join(SheetMaker(kit.desk).as_parts(page.sheet))
    assert "垃圾 &lt;b&gt;成堆" in html, "what people typed is text"
    assert "S" in [key.cap for key in page.bar_keys()]
    QTest.keyClick(page, Key.Key_S)
    qtbot.waitUntil(lambda: "Kept" in page.said.text())
    (kept,) = page.folder.iterdir()
    assert kept.read_bytes().startswith(b"%PDF")
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert str(kept) in page.said.text()
    qtbot.waitUntil(lambda: notes(kit) == ["Sheet kept as PDF"])
    page.folder = kept  # a file is no folder
    QTest.keyClick(page, Key.Key_Return)
    qtbot.waitUntil(lambda: "Not kept" in page.said.text())
    press(page.window(), Key.Key_Escape)
    assert not page.isVisible()
    assert page.pages is None
    assert not page.paper.pictures


def test_nothing_is_made_for_a_case_that_puts_the_page_away(
    qtbot, kit: DeskKit, page: SheetPage, monkeypatch
):
    other = report(kit)
    qtbot.waitUntil(lambda: other in kit.board.cases)
    begun: list[Order] = []
    monkeypatch.setattr(Paper, "begin", lambda _paper, order: begun.append(order))
    kit.desk.open_case(other)
    qtbot.waitUntil(lambda: not page.isVisible())
    QTest.qWait(0)
    assert not begun


def test_the_process_ends_with_its_desk():
    parts = ["<table><tr><td>…</td></tr></table>"] * 500
    order = Order(parts=parts, title="单", width=300, letters=19)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with running(own_command("paper"), **pipes) as process:
        process.stdin.write(line_of(order))
        process.stdin.flush()
        assert next_line(process).startswith(b"page 1 ")
        process.stdin.close()
        # Of itself it would not end: nobody reads what it has to say.
        assert process.wait(WAIT_S) == 1


def test_what_a_library_says_meanwhile_is_no_page(
    monkeypatch, qtbot, paper: Paper, expected_log
):
    lines = b"hello there\n\nfonts: 3\npdf 2\nabend\n"
    say = f"import os; os.write(1, {lines!r}); os.read(0, 9)"
    monkeypatch.setattr(
        "console.paper.own_command", lambda *_: [sys.executable, "-c", say]
    )
    expected_log("console.paper", "the process that sets paper said")
    made: list[object] = []
    paper.made.connect(made.append)
    paper.begin(Order(parts=[], title="", width=300, letters=19))
    qtbot.waitUntil(lambda: bool(made), timeout=WAIT_MS)
    assert made == [Pages(pdf=b"ab", pictures=())]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no lp")
def test_printed_through_a_pipe_and_what_the_printer_says(
    qtbot, kit: DeskKit, page: SheetPage, tmp_path: Path
):
    printer, printed = tmp_path / "lp", tmp_path / "printed"
    printer.write_text(f'#!/bin/sh\ncat > "{printed}"\n', encoding="utf-8")
    printer.chmod(0o755)
    page.command = str(printer)
    assert page.bar_keys()[0].text == "Print"
    QTest.keyClick(page, Key.Key_Return)
    qtbot.waitUntil(lambda: page.said.text() == "The printer has it.")
    assert printed.read_bytes().startswith(b"%PDF")
    assert not page.folder.exists(), "nothing is left that nobody asked for"
    qtbot.waitUntil(lambda: notes(kit) == ["Sheet printed"])
    printer.write_text("#!/bin/sh\necho no paper >&2\nexit 3\n", encoding="utf-8")
    QTest.keyClick(page, Key.Key_Return)
    qtbot.waitUntil(lambda: "no paper" in page.said.text())
    page.command = str(tmp_path / "gone")
    QTest.keyClick(page, Key.Key_Return)
    qtbot.waitUntil(lambda: "does not start" in page.said.text())
    assert notes(kit) == ["Sheet printed"]


def test_a_drill_says_so_on_paper(qtbot, kit: DeskKit):
    case_id = report(kit)
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    maker = SheetMaker(kit.desk)
    drill = replace(kit.board.cases[case_id], drill=True)
    sheet = maker.sheet_of(drill, (("10:42", "note <1>", "words"),))
    assert sheet.stamp.startswith("DRILL")
    html = "".join(maker.as_parts(sheet))
    assert "note &lt;1&gt;" in html
    assert "【DRILL" in html


def test_a_narrow_page_breaks_no_label_and_no_time(qtbot, kit: DeskKit):
    maker = SheetMaker(kit.desk)
    parts = maker.as_parts(
        Sheet(
            title="",
            stamp="",
            facts=(("Department", "市场监管所"),),
            moments=(("Its number there", "GD1"),),
            log=(("2026-11-23 18:40", "Sent", "someone went there " * 9),),
            sign=(),
            foot="",
        )
    )
    document = QTextDocument()
    font = kit.desk.theme.font()
    font.setPointSizeF(POINTS)
    document.setDefaultFont(font)
    document.setHtml("".join(parts))
    document.setTextWidth(400)
    assert document.documentLayout().documentSize().height() > 0  # it is laid out
    lines = {
        block.text(): block.layout().lineCount()
        for block in map(document.findBlockByNumber, range(document.blockCount()))
    }
    for label in ("Department", "Its number there", "2026-11-23 18:40"):
        assert lines[label] == 1, label
    assert max(lines.values()) > 1


def test_a_sheet_in_pages_stopped_and_not_made(
    qtbot, monkeypatch, paper: Paper, expected_log
):
    def order(rows: int) -> Order:
        parts = [f"<table><tr><td>第{n}条</td></tr></table>" for n in range(rows)]
        return Order(parts=parts, title="单", width=300, letters=19)

    made: list[object] = []
    paper.made.connect(made.append)
    paper.begin(order(5))
    paper.begin(order(120))
    qtbot.waitUntil(lambda: bool(made), timeout=WAIT_MS)
    (pages,) = made
    assert pages.pdf.startswith(b"%PDF")
    assert len(pages.pictures) > 2, "the second one, and the first was ended"
    first = pages.pictures[0]
    grays = {first.pixelColor(x, y).lightness() for x in range(60) for y in range(60)}
    assert min(grays) < 128 < max(grays), "black letters on white"
    assert not paper.waits
    monkeypatch.setattr("console.paper.own_command", lambda *_: ["/nowhere/at/all"])
    expected_log("console.paper", "no paper was made")
    paper.begin(order(1))
    qtbot.waitUntil(lambda: made[-1] is None)
