"""Which parts of the case panel give way to what has to be answered or read now."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget

if TYPE_CHECKING:
    from console.panels.case import CasePanel

LOW = 800  # below this not everything of a case finds room


def fit(panel: "CasePanel", *, low: bool) -> None:
    """Leave room for the log in a low window, and for a question in any.

    A question is never cut: the log, the clocks, its own hint, which the bar repeats,
    and the lesser facts of the case go before a line of it does.

    Thread: UI only.

    Args:
        panel: Whose parts are shown or hidden.
        low: The panel is too low for everything of a case.
    """
    choice = panel.choice()
    for part in (panel.head, panel.clocks, panel.steps, panel.people):
        if part.low != low:
            part.low = low
            part.updateGeometry()
            part.update()
    panel.steps.cover(panel.asks())
    panel.log_head.setVisible(not low and choice is None)
    asked = panel.asks() or not panel.note.isHidden() or panel.steps.hasFocus()
    busy = low and (asked or bool(panel.step.refusal_text()))
    clocks = not busy and panel.more.shown is None
    log = not (low and panel.asks())
    panel.head.leave_out(0)
    if choice is not None:
        choice.hint.show()
        room = panel.height() - _needed(choice, panel.width())
        room -= sum(each.sizeHint().height() for each in (panel.head, panel.step))
        if not panel.note.isHidden():
            room -= panel.note.sizeHint().height()
        clocks = clocks and room >= panel.clocks.sizeHint().height()
        room -= panel.clocks.sizeHint().height() if clocks else 0
        log = log and room >= panel.log.minimumHeight()
        choice.hint.setVisible(room >= 0)
        if room < 0:
            panel.head.leave_out(-room - choice.hint.sizeHint().height())
    panel.clocks.setVisible(clocks)
    panel.log.setVisible(log)
    panel.people.setVisible(not panel.asks())  # the log keeps its room


def _needed(choice: QWidget, width: int) -> int:
    """Return how high a question is at a width, in pixels."""
    layout = choice.layout()
    assert isinstance(layout, QLayout)
    return layout.totalHeightForWidth(width)
