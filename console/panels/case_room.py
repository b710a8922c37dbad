"""Who has the room in a case: what is asked, written or read now, before what can wait."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget

if TYPE_CHECKING:
    from console.panels.case import CasePanel

LOW = 800  # below this not everything of a case finds room


def make_room(case: "CasePanel", *, low: bool) -> None:
    """Show of a case's parts what there is room for; in a low window less of each.

    A question is never cut: the log, the clocks, its own hint, which the bar repeats,
    and the lesser facts of the case go before a line of it does.

    Thread: UI only.
    """
    asks, choice = case.asks(), case.choice()
    case.kin.cover(asks)
    if case.head.crowded == case.kin.isHidden():
        case.head.crowded = not case.kin.isHidden()
        case.head.renew()
    for part in (case.head, case.clocks, case.steps, case.parts, case.people):
        # What may be the same thing takes the room of those who could be sent.
        less = low or (part is case.people and not case.kin.isHidden())
        if part.low != less:
            part.low = less
            part.updateGeometry()
            part.update()
    case.steps.cover(asks)
    # What comes next is what is being asked; why it was refused is not.
    case.step.setVisible(not (low and asks) or bool(case.step.refusal_text()))
    written = case.written is not None
    case.log_head.setVisible(not low and choice is None and (written or not asks))
    busy = asks or not case.note.isHidden() or case.steps.hasFocus()
    clocks = not ((low and (busy or bool(case.step.refusal_text()))) or written)
    log = not (low and asks) or case.forms.shown is not None
    case.head.leave_out(0)
    if choice is not None:
        choice.hint.show()
        room = case.height() - _needed(choice, case.width())
        for each in (case.head, case.step, case.note):
            room -= 0 if each.isHidden() else each.sizeHint().height()
        clocks = clocks and room >= case.clocks.sizeHint().height()
        room -= case.clocks.sizeHint().height() if clocks else 0
        log = log and room >= case.log.minimumHeight()
        choice.hint.setVisible(room >= 0)
        if room < 0:
            case.head.leave_out(-room - choice.hint.sizeHint().height())
    case.clocks.setVisible(clocks)
    case.log.setVisible(log)
    case.people.setVisible(not asks)  # the log keeps its room
    case.parts.setVisible(bool(case.parts.rows()) and not asks)


def _needed(choice: QWidget, width: int) -> int:
    """Return how high a question is at a width, in pixels."""
    layout = choice.layout()
    assert isinstance(layout, QLayout)
    return layout.totalHeightForWidth(width)
