"""Photos of a case's log: enlarged, never too large, and said to be none."""

from case_panel_kit import finished, picture
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import DeskKit
from layout_check import Watch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.panels.case import CasePanel
from console.panels.case_log import ENTRY
from console.photos import WAITS, decode, in_place_of


def test_the_log_shows_photos_and_enlarges_them(qtbot, kit: DeskKit, panel: CasePanel):
    finished(qtbot, kit)
    model = panel.log.model()
    entries = [model.index(i, 0).data(ENTRY) for i in range(model.rowCount())]
    assert entries[0].at >= entries[-1].at
    row = next(i for i, entry in enumerate(entries) if entry.photos)
    ref = entries[row].photos[0]
    qtbot.waitUntil(lambda: panel.log.shelf.photo(ref) is not None)
    index = model.index(row, 0)
    panel.log.setCurrentIndex(index)
    QTest.keyClick(panel.log, Qt.Key.Key_Return)
    assert panel.currentWidget() is panel._photo
    panel.grab()
    assert panel.go_back()
    assert panel.currentWidget() is panel._page


def test_photos_are_decoded_no_larger_than_shown(qapp):
    assert decode(picture(4000, 3000)).width() <= 1360
    assert decode(b"no photo").isNull()
    assert decode(b"").isNull()


def test_a_photo_that_is_none_is_said_to_be(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = finished(qtbot, kit, b"no picture")
    ref = next(e.photos[0] for e in kit.board.entries(case_id) if e.photos)
    assert in_place_of(panel.log.shelf.photo(ref)) == WAITS
    qtbot.waitUntil(lambda: panel.log.shelf.photo(ref) is not None)
    said = in_place_of(panel.log.shelf.photo(ref))
    assert said == "Not a photo that can be shown"
    with Watch() as watch:
        panel.log.grab()
    assert "Not a photo" in {each.shown for each in watch.painted}
