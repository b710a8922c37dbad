"""Who has the room in a case: what is asked, written or read now, before what can wait."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.panels.case import CasePanel

LOW = 800  # below this not everything of a case finds room


def make_room(case: "CasePanel", *, low: bool) -> None:
    """Show of a case's parts what there is room for; in a low window less of each."""
    asks = case.asks()
    case.kin.cover(asks)
    if case.head.crowded == case.kin.isHidden():
        case.head.crowded = not case.kin.isHidden()
        case.head.renew()
    for part in (case.head, case.clocks, case.steps, case.people):
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
    case.log_head.setVisible(not low and (written or not asks))
    busy = asks or not case.note.isHidden() or case.steps.hasFocus()
    cramped = low and (busy or bool(case.step.refusal_text()))
    case.clocks.setVisible(not (cramped or written))
    case.log.setVisible(not (low and asks) or case.forms.shown is not None)
    case.people.setVisible(not asks)  # the log keeps its room
