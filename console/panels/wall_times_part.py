"""The schedule on the page 画面墙: on which days, from when, which scene."""

from datetime import time
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox

from console.panels.wall_parts import Part, button, field, label, side_by_side
from video.wall_schedule import DAYS, HOLIDAY, Row, faults

if TYPE_CHECKING:
    from console.desk import Desk

SHOWN: Final = 7
WORKDAYS: Final = frozenset(range(5))


class TimesPart(Part):
    """The rows of the schedule, and one to be added.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk, SHOWN)
        self.days = [button(desk, lambda: None, checkable=True) for _ in DAYS]
        for day in WORKDAYS:
            self.days[day].setChecked(True)
        self.at = field(desk, 96)
        self.at.setText("08:00")
        self.scene = QComboBox()
        self.scene.setFont(desk.theme.font())
        self.add_button = button(desk, self.add)
        self.change_button = button(desk, self.change)
        self.remove_button = button(desk, lambda: self.remove(self.list.currentRow()))
        self._hint = label(desk, "quiet")
        rows = self.rows
        rows.addWidget(self.list, 1)
        rows.addWidget(self._hint)
        days = side_by_side(desk, *self.days)
        days.setSpacing(desk.theme.px(4))
        rows.addLayout(days)
        rows.addLayout(side_by_side(desk, self.at, self.scene))
        rows.addLayout(
            side_by_side(
                desk, self.add_button, self.change_button, self.remove_button, None
            )
        )
        self.list.removed_row.connect(self.remove)
        self.list.entered_row.connect(self.take_up)
        self.at.returnPressed.connect(self.add)
        self.renew()

    def renew(self) -> None:
        """Show what is arranged, in the desk's language."""
        plan = self._book.plan
        names = self.day_names()
        for each, name in zip(self.days, names, strict=True):
            each.setText(name)
        texts = []
        for row in plan.rows:
            scene = plan.scene(row.scene)
            name = self.tr("no such scene") if scene is None else scene.name
            at = row.at.strftime("%H:%M")
            texts.append(f"{at}  {self.days_words(row.days)}  ·  {row.scene} {name}")
        self.list.empty = self.tr(
            "No schedule: a scene stands until another one is called. Choose days, a"
            " time and a scene, then add the row."
        )
        if not plan.scenes:
            self.list.empty = self.tr("No schedule, no scene yet. Save a scene first.")
        self.list.show_rows(texts, self.list.currentRow())
        chosen = self.scene.currentData()
        self.scene.clear()
        for scene in plan.scenes:
            self.scene.addItem(f"{scene.number} {scene.name}", scene.number)
        self.scene.setCurrentIndex(max(0, self.scene.findData(chosen)))
        self.scene.setAccessibleName(self.tr("Scene"))
        self.at.setAccessibleName(self.tr("Time of day, such as 08:00"))
        self.at.setPlaceholderText("08:00")
        self.add_button.setText(self.tr("Add row"))
        self.change_button.setText(self.tr("Put in its place"))
        self.remove_button.setText(self.tr("Take away"))
        self._hint.setText(
            self.tr("From then on, until the next row (the town's time):")
        )

    def day_names(self) -> tuple[str, ...]:
        """Return the days as their buttons name them."""
        return (
            self.tr("Mo"),
            self.tr("Tu"),
            self.tr("We"),
            self.tr("Th"),
            self.tr("Fr"),
            self.tr("Sa"),
            self.tr("Su"),
            self.tr("Hol"),
        )

    def days_words(self, days: frozenset[int]) -> str:
        """Return days in words."""
        names = self.day_names()
        week = days - {HOLIDAY}
        if week == frozenset(range(7)):
            said = self.tr("every day")
        elif week == WORKDAYS:
            said = self.tr("Mo to Fr")
        elif week == {5, 6}:
            said = self.tr("Sa and Su")
        else:
            said = " ".join(names[day] for day in sorted(week))
        if HOLIDAY in days:
            said = f"{said} {names[HOLIDAY]}".strip()
        return said

    def typed_row(self) -> Row | None:
        """Return the row as it was put together; None, and why not is said."""
        text = self.at.text().strip().replace("：", ":").replace(".", ":")
        hours, _, minutes = text.partition(":")
        days = frozenset(n for n, each in enumerate(self.days) if each.isChecked())
        if self.scene.currentData() is None:
            self.told.emit(self.tr("There is no scene yet. Save one first."))
        elif not days:
            self.told.emit(self.tr("Choose at least one day."))
        elif not (
            hours.isdecimal()
            and (minutes or "0").isdecimal()
            and int(hours) < 24
            and int(minutes or 0) < 60
        ):
            self.told.emit(self.tr("Give a time of day from 00:00 to 23:59."))
            self.at.setFocus()
        else:
            at = time(int(hours), int(minutes or 0))
            return Row(days=days, at=at, scene=int(self.scene.currentData()))
        return None

    def add(self) -> None:
        """Add the row that was put together."""
        row = self.typed_row()
        if row is not None:
            self._have((*self._book.plan.rows, row))

    def change(self) -> None:
        """Put it in the place of the chosen row."""
        at, rows = self.list.currentRow(), self._book.plan.rows
        row = self.typed_row()
        if row is None:
            return
        if not 0 <= at < len(rows):
            self.told.emit(self.tr("Choose a row first."))
            return
        self._have(tuple(row if n == at else each for n, each in enumerate(rows)))

    def remove(self, at: int) -> None:
        """Take a row away."""
        rows = self._book.plan.rows
        if 0 <= at < len(rows):
            self._book.set_rows(tuple(r for n, r in enumerate(rows) if n != at))
        else:
            self.told.emit(self.tr("Choose a row first."))

    def take_up(self, at: int) -> None:
        """Put a row's days, time and scene into the fields, to be changed."""
        row = self._book.plan.rows[at]
        for day, each in enumerate(self.days):
            each.setChecked(day in row.days)
        self.at.setText(row.at.strftime("%H:%M"))
        self.scene.setCurrentIndex(max(0, self.scene.findData(row.scene)))
        self.at.setFocus()

    def _have(self, rows: tuple[Row, ...]) -> None:
        found = faults(rows, {scene.number for scene in self._book.plan.scenes})
        if any(why == "twice" for _, why in found):
            self.told.emit(
                self.tr("Another row has this time on one of these days. Change it.")
            )
            return
        self._book.set_rows(rows)
