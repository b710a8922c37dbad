"""画面墙: the wall's scenes, tours and schedule, in the middle column, by keyboard."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.panels.wall_front import WallFront
from console.panels.wall_parts import button, label, side_by_side
from console.panels.wall_scenes_part import ScenesPart
from console.panels.wall_times_part import TimesPart
from console.panels.wall_tours_part import ToursPart
from console.theme import MIN, ROW, TITLE
from video.wall_scenes import Scene

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.pictures import PicturesPanel

HINT_FROM = 720


class WallPage(QWidget):
    """Three sections under what stands now and what comes next.

    Thread: UI only.

    Attributes:
        scenes: The section of scenes.
        tours: That of tours.
        times: That of the schedule.
    """

    name = "wall_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._book = desk, desk.wall
        self.scenes: ScenesPart
        self.tours: ToursPart
        self.times: TimesPart
        self.front: WallFront | None = None
        self._title = QLabel()
        self._title.setFont(desk.theme.font(TITLE, 600))
        self.now_words = label(desk, "", ROW)
        self.message = label(desk, "framed", ROW)
        self.message.hide()
        self._hint = label(desk, "quiet")
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self.undo_button = button(desk, self._undo)
        self._row = QHBoxLayout()
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._book.changed.connect(self.renew)
        desk.looks.changed.connect(self.renew)
        desk.second.connect(self._on_second)

    def join(self, pictures: "PicturesPanel") -> None:
        """Have the wall to work on; called once, when the window is put together."""
        self.front = WallFront(pictures)
        self._book.called.connect(self.front.put_up)
        self.scenes = ScenesPart(self._desk, self.front)
        self.tours = ToursPart(self._desk, self.front)
        self.times = TimesPart(self._desk)
        for part in (self.scenes, self.tours, self.times):
            self._stack.addWidget(part)
            part.told.connect(self.tell)
        self.renew()

    def show_section(self, index: int) -> None:
        """Show scenes 0, tours 1 or the schedule 2."""
        self._stack.setCurrentIndex(index)
        self._group.button(index).setChecked(True)
        self.tell("")
        part = self._stack.currentWidget()
        if part is not None and self.isVisible():
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, text: str) -> None:
        """Say a sentence, or none."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def renew(self) -> None:
        """Say everything again."""
        if self.front is None:
            return
        self._title.setText(self.tr("Wall of pictures"))
        for index, text in enumerate(
            (self.tr("Scenes"), self.tr("Tours"), self.tr("Schedule"))
        ):
            self._group.button(index).setText(text)
        keys = [
            self.tr("Ctrl+1…9 scene · 0 and number ⏎"),
            self.tr("Ctrl+0 schedule") if self._book.plan.rows else "",
            self.tr("Ctrl+PgUp PgDn section · Ctrl+Z undo · Esc back"),
        ]
        self._hint.setText(" · ".join(filter(None, keys)))
        self._say_now()
        for part in (self.scenes, self.tours, self.times):
            part.renew()
        undo = self._book.undo_next
        self.undo_button.setVisible(undo is not None)
        if undo is not None:
            self.undo_button.setText(self._undo_words(undo.what, undo.name))

    # -- inside -----------------------------------------------------------------------

    def _build(self) -> None:
        p = self._desk.theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(p(16), p(10), p(16), p(12))
        outer.setSpacing(p(8))
        outer.addWidget(self._title)
        outer.addWidget(self.now_words)
        for index in range(3):
            made = button(self._desk, partial(self.show_section, index))
            made.setCheckable(True)
            self._group.addButton(made, index)
            self._row.addWidget(made)
        self._row.addStretch(1)
        self._row.setSpacing(p(6))
        self._group.button(0).setChecked(True)
        outer.addLayout(self._row)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self.message)
        outer.addLayout(side_by_side(self._desk, self.undo_button, None))
        outer.addWidget(self._hint)
        self._hint.setFont(self._desk.theme.font(MIN))

    def _say_now(self) -> None:
        book = self._book
        standing, held, coming = book.standing, book.held, book.next_turn
        if standing is None:
            said = self.tr("No scene stands: the tiles are as they were left.")
        elif held is None:
            said = self.tr("Now {scene}, by the schedule.")
        elif held.until_turn:
            said = self.tr("Now {scene}, called by hand until the next turn.")
        elif book.plan.rows:
            said = self.tr("Now {scene}, called by hand. Ctrl+0: the schedule.")
        else:
            said = self.tr("Now {scene}, called by hand.")
        if standing is not None and not book.waiting and self._is_altered(standing):
            said = self.tr(
                "{scene} was put up; since then the tiles were changed by hand. Call it"
                " again to have it back."
            )
        said = said.format(scene=_named(standing))
        if book.waiting:
            said = self.tr("{scene} comes when the open case is put away.").format(
                scene=_named(standing)
            )
        then = None if coming is None else book.plan.scene(coming.scene)
        if coming is not None and then is not None:
            at = coming.at.strftime("%H:%M")
            if coming.at.date() != book.now.date():
                at = coming.at.strftime("%m-%d %H:%M")
            words = self.tr("Next {at}: {scene}.")
            if held is not None and not held.until_turn:
                words = self.tr("The schedule would have at {at}: {scene}.")
            said = f"{said}\n{words.format(at=at, scene=_named(then))}"
        if book.set_aside is not None:
            lost = self.tr(
                "What was arranged before cannot be read; it is kept as {file}."
                " Tell the technician."
            )
            said = f"{said}\n{lost.format(file=book.set_aside.name)}"
        if book.unkept:
            full = self.tr(
                "The last change is not on the disk. Make room there, then change"
                " anything."
            )
            said = f"{said}\n{full}"
        self.now_words.setText(said)

    def _is_altered(self, scene: Scene) -> bool:
        """Return whether the desk or an open wall shows other things than the scene."""
        return self.front is not None and not self.front.shows(scene)

    def _undo_words(self, what: str, name: str) -> str:
        words = {
            "scene_made": self.tr("Take back: scene {name} made"),
            "scene_saved": self.tr("Take back: scene {name} overwritten"),
            "scene_renamed": self.tr("Take back: scene {name} renamed"),
            "scene_removed": self.tr("Take back: scene {name} taken away"),
            "tour_made": self.tr("Take back: tour {name} made"),
            "tour_saved": self.tr("Take back: tour {name} changed"),
            "tour_removed": self.tr("Take back: tour {name} taken away"),
            "row_added": self.tr("Take back: row of the schedule added"),
            "row_removed": self.tr("Take back: row of the schedule taken away"),
            "rows": self.tr("Take back: schedule changed"),
        }
        return words[what].format(name=name)

    def _undo(self) -> None:
        if self._book.undo():
            self.tell(self.tr("Taken back."))

    def _on_second(self) -> None:
        if self.isVisible() and self.front is not None:
            self._say_now()
            self.tours.name_tile()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self.renew()  # what runs on the walls may have changed since
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A low window has no room for it; F1 says the same.
        self._hint.setVisible(self.height() > self._desk.theme.px(HINT_FROM))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_section(self._stack.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if control and event.key() in steps:
            at = self._stack.currentIndex() + steps[Qt.Key(event.key())]
            self.show_section(at % self._stack.count())
        elif control and event.key() == Qt.Key.Key_Z:
            self._undo()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def _named(scene: Scene | None) -> str:
    return "" if scene is None else f"{scene.number} {scene.name}"
