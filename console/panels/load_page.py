"""Alt+8: the alarms this seat is given, by an operator's figures, and the noisiest."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from console import flood_words, words
from console.painting import draw_text
from console.panels.list_page import HEAD, KEY_HEIGHT, ROW_HEIGHT, ListPage
from console.pending import Pending
from console.refusals import refusal
from dispatch import flood
from dispatch.commands import Refused, ReportCase
from dispatch.flood import Load, Noise

if TYPE_CHECKING:
    from console.desk import Desk

FAULT = "B010"  # 设备离线·遮挡·故障
LINE = 32
KEYS_ROOM = 3 * KEY_HEIGHT + 24
NONE = -1  # the row of the hand, where its device left the list


class LoadPage(ListPage):
    """The load of this seat, and the noisiest devices with what is proposed of each.

    Thread: UI only.

    Attributes:
        load: The figures.
        noises: The devices, the noisiest first.
    """

    name = "load_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.load: Load = flood.load_of((), desk.clock())
        self.noises: list[Noise] = []
        self._first = 0  # the row that stands on top
        self._asked: dict[str, str] = {}  # whose repair, by the command's id
        desk.actions.answered.connect(self._on_answered)
        desk.second.connect(self._on_second)
        desk.flooding.changed.connect(self._on_second)

    def renew(self) -> None:
        """Count again; the hand stays at its device, or is nowhere once that is gone."""
        alarms, now = self._desk.board.alarms.values(), self._desk.clock()
        chosen = self.chosen
        self.load = flood.load_of(alarms, now)
        self.noises = flood.noisiest(alarms, now)
        ids = [each.device_id for each in self.noises]
        if chosen is not None:
            its = chosen.device_id
            self._row = ids.index(its) if its in ids else NONE
        self.update()

    @property
    def chosen(self) -> Noise | None:
        """Return the device that keys act on."""
        return self.noises[self._row] if 0 <= self._row < len(self.noises) else None

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.noises)

    def shelve(self) -> None:
        """Shelve the chosen device for half an hour, or bring it back."""
        if self.chosen is None:
            return
        if not self._desk.flooding.shelve(self.chosen.device_id):
            self._desk.said.emit(self.tr("What concerns a life is not shelved."))

    def repair(self) -> None:
        """Register that the chosen device is to be repaired, unless somebody has."""
        noise, desk = self.chosen, self._desk
        refused = desk.actions.may_ask(ReportCase)
        device = None if noise is None else desk.board.devices.get(noise.device_id)
        if noise is None:
            return
        if refused is not None:
            desk.said.emit(refusal(refused))
            return
        if device is None:
            desk.said.emit(self.tr("This device is not in the register."))
            return
        if self._is_under_way(device.device_id):
            desk.said.emit(self.tr("Its repair is being asked for."))
            return
        details = self.tr("{device} ({id}): {n} reports since {time}").format(
            device=device.name,
            id=device.device_id,
            n=noise.reports,
            time=words.clock_time(noise.since, now=desk.clock(), zone=desk.zone),
        )
        for case in desk.board.cases.values():
            same = case.category == FAULT and f"({device.device_id})" in case.details
            if same and case.state.is_open:
                number = words.case_number(case)
                said = self.tr("Its repair is asked for already: {number}")
                desk.said.emit(said.format(number=number))
                return
        command_id = desk.actions.report(
            category=FAULT,
            place_name=device.place_name,
            point=device.point,
            channel="device",
            details=details,
        )
        self._asked[command_id] = device.device_id

    def open_newest(self) -> None:
        """Open the case of the chosen device's newest alarm."""
        noise, board = self.chosen, self._desk.board
        behind = [
            alarm
            for alarm in board.alarms.values()
            if noise is not None
            and alarm.device_id == noise.device_id
            and alarm.case_id in board.cases
        ]
        if behind:
            newest = max(behind, key=lambda alarm: (alarm.last_at, alarm.alarm_id))
            self._desk.open_case(newest.case_id)
        elif noise is not None:
            self._desk.said.emit(self.tr("No case stands behind this device."))

    def _is_under_way(self, device_id: str) -> bool:
        """Return whether a repair was asked for and no answer is here yet."""
        ledger = self._desk.actions.ledger
        return any(
            ledger.of_command(command_id) is not None
            for command_id, its in self._asked.items()
            if its == device_id
        )

    def _on_answered(self, pending: Pending, refused: Refused | None) -> None:
        device_id = self._asked.pop(pending.command_id, None)
        if device_id is None or refused is not None:
            return  # of a refusal the desk tells
        device = self._desk.board.devices.get(device_id)
        name = device_id if device is None else device.name
        said = self.tr("Repair of {device} asked for")
        self._desk.said.emit(said.format(device=name))

    def _on_second(self) -> None:
        if self.isVisible():
            self.renew()

    def _rows_top(self) -> float:
        p = self._desk.theme.px
        return float(p(HEAD) + len(flood_words.figures(self.load)) * p(LINE) + p(16))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._row = 0
        self.renew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_S: self.shelve,
            Qt.Key.Key_M: self.repair,
            Qt.Key.Key_Return: self.open_newest,
            Qt.Key.Key_Enter: self.open_newest,
        }
        act = acts.get(Qt.Key(event.key()))
        if (
            act is not None
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            if not event.isAutoRepeat():
                act()
        elif not self.arrows(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        high = self._desk.theme.px(ROW_HEIGHT)
        row = self._first + int((event.position().y() - self._rows_top()) // high)
        if event.position().y() >= self._rows_top() and row < self.count():
            self._row = row
            self.update()

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        self.paint_head(painter, self.tr("Alarms at this seat"))
        top = float(p(HEAD))
        for text in flood_words.figures(self.load):
            box = QRectF(p(16), top, self.width() - p(32), p(LINE))
            draw_text(painter, box, text, theme, colour=theme.text2)
            top += p(LINE)
        top += p(16)
        if not self.noises:
            box = QRectF(p(16), top, self.width() - p(32), p(LINE))
            draw_text(
                painter, box, self.tr("No device has reported since yesterday."), theme
            )
            top += p(LINE)
        keys = (
            ("S", self.tr("Shelve for 30 min, bring back")),
            ("M", self.tr("Have it repaired")),
            ("⏎", self.tr("Open its newest case")),
        )
        room = self.height() - top - p(KEYS_ROOM)
        most = max(1, int(room // p(ROW_HEIGHT)))
        self._first = max(0, self._row - most + 1)
        for row in range(self._first, min(self._first + most, self.count())):
            texts = flood_words.noise(self._desk, self.noises[row])
            top = self.paint_row(painter, top, texts, chosen=row == self._row)
        self.paint_keys(painter, top, keys if self.noises else ())
