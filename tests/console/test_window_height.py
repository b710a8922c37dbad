"""No refusal, however long, makes the window higher than the screen."""

import pytest
from desk_kit import CENTRE, DeskKit
from window_kit import raise_alarm

from console.main_window import MainWindow
from console.refusals import REFUSALS, refusal
from console.theme import Theme
from dispatch.cases import CaseState
from dispatch.commands import Refused
from dispatch.geo import moved

LONG = {
    "roles": "shift_leader dispatcher acceptor technician",
    "state": int(CaseState.PENDING_CLOSE),
    "name": "丁栅微型消防站",
    "camera": "1203",
    "device": "SD-12-301",
    "zone": "Asia/Shanghai",
}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)], ids=str)
def test_longest_refusals_with_five_people_fit_the_screen(
    qtbot, tmp_path, size, language
):
    kit = DeskKit(tmp_path, theme=Theme(scale=1.0))
    kit.start(qtbot)
    kit.desk.looks.set_language(language)
    for number, unit in enumerate(("W01", "W02", "W03", "W04", "W05")):
        kit.place(unit, moved(CENTRE, 40, 100 + 10 * number))
    window = MainWindow(kit.desk)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    try:
        case_id = raise_alarm(qtbot, kit)
        kit.desk.actions.run("step")
        qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
        qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
        listed = 5 if size[1] == 1080 else 3
        qtbot.waitUntil(lambda: len(window.case.people.shown_rows()) == listed)
        longest = sorted(
            (Refused(reason, "", **LONG) for reason in REFUSALS),
            key=lambda each: len(refusal(each)),
        )[-4:]
        for refused in longest:
            kit.desk.actions.refuse_here(case_id, "close", refused)
            assert window.case.step.refusal_text() == refusal(refused)
            qtbot.wait(20)
            assert window.minimumSizeHint().height() <= size[1]
            assert window.size().toTuple() == size
    finally:
        kit.desk.looks.hush()
        kit.close()
