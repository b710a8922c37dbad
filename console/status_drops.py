"""The person who was sent is dropped on a clock of the case: that is how it stands now.

On the clock of sending somebody is sent. On 签收 or 到场 the question of F7 opens with
that answer chosen, on 结案 that of F8: Enter does it, as it does after the key.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt

from console import by_phone, phone_rules, tile_drag, words
from console.send_drops import CASE_HIT, Drops, Hit, Offer, sending
from dispatch.commands import Moment

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.case import CasePanel

# Which answer on the telephone stops which clock.
_SAID = {Moment.SIGNED: "sign", Moment.ARRIVED: "arrive"}


class StatusDrops(Drops):
    """Takes a person on the clocks of the open case.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", panel: "CasePanel") -> None:
        super().__init__(desk, panel.clocks, self._at)
        self._desk, self._panel = desk, panel

    def _at(self, at: QPointF, data: QMimeData) -> Offer | None:
        case, unit_ref = self._desk.case, tile_drag.unit_of(self._desk, data)
        cell = self._panel.clocks.cell_at(at)
        if case is None or unit_ref is None or cell is None:
            return None
        moment, box = cell
        if moment is Moment.DISPATCHED:
            return sending(self._desk, data, Hit(CASE_HIT, case.case_id, box))
        if unit_ref.unit_id != case.unit_id:
            return None
        if moment is Moment.CLOSED:
            return self._asked(case.case_id, moment, box, "close", None)
        said = _SAID.get(moment)
        answers = by_phone.answers(case)
        if said is None or said not in answers:
            return None
        return self._asked(case.case_id, moment, box, "phone", answers.index(said))

    def _asked(
        self,
        case_id: int,
        moment: Moment,
        box: QRectF,
        action: str,
        answer: int | None,
    ) -> Offer:
        desk, panel = self._desk, self._panel
        refused = (
            phone_rules.may_phone(desk)
            if action == "phone"
            else desk.actions.refusal(action)
        )

        def do() -> None:
            desk.actions.run(action)
            choice = panel.choice()
            if refused is None and choice is not None and answer is not None:
                button = choice.buttons[answer]
                button.setFocus(Qt.FocusReason.MouseFocusReason)

        about = (case_id, moment)
        return Offer(box, words.moment(moment), refused, do, about)
