"""Scenes on the page 画面墙: call one, save what stands, rename, take away."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QIntValidator

from console.panels.wall_parts import (
    Part,
    Twice,
    button,
    field,
    label,
    side_by_side,
)
from video.wall_scenes import FIRST, LAST, Scene, free_number

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.wall_front import WallFront

SHOWN = 7


class ScenesPart(Part):
    """The list of scenes, and what can be done with the one chosen.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", front: "WallFront") -> None:
        super().__init__(desk, SHOWN)
        self._front = front
        self.number = field(desk, 64)
        self.number.setValidator(QIntValidator(FIRST, LAST, self.number))
        self.name = field(desk)
        self._twice = Twice()
        self._offered = ""
        self.call_button = button(desk, self.call)
        self.until_button = button(desk, lambda: self.call(until_turn=True))
        self.back_button = button(desk, self.to_schedule)
        self.save_button = button(desk, self.save)
        self.rename_button = button(desk, self.rename)
        self.remove_button = button(desk, self.remove)
        self._save_hint = label(desk, "quiet")
        rows = self.rows
        rows.addWidget(self.list, 1)
        rows.addLayout(
            side_by_side(
                desk, self.call_button, self.until_button, self.back_button, None
            )
        )
        rows.addWidget(self._save_hint)
        rows.addLayout(side_by_side(desk, self.number, self.name))
        rows.addLayout(
            side_by_side(
                desk, self.save_button, self.rename_button, self.remove_button, None
            )
        )
        self.list.entered_row.connect(lambda _row: self.call())
        self.list.removed_row.connect(lambda _row: self.remove())
        self.list.currentRowChanged.connect(lambda _row: self._chosen_changed())
        self.number.textEdited.connect(lambda _text: self._ask_nothing())
        self.name.returnPressed.connect(self.save)
        self.number.returnPressed.connect(self.save)
        self.renew()

    @property
    def chosen(self) -> Scene | None:
        """Return the scene chosen in the list."""
        row, scenes = self.list.currentRow(), self._book.plan.scenes
        return scenes[row] if 0 <= row < len(scenes) else None

    def renew(self) -> None:
        """Show what is arranged, in the desk's language."""
        standing = self._book.standing
        texts = []
        for scene in self._book.plan.scenes:
            mark = "▶ " if standing is not None and scene == standing else ""
            filled = sum(1 for tile in scene.tiles if tile)
            about = self.tr("{layout}, {n} filled").format(
                layout=self._front.layout_words(scene.layout), n=filled
            )
            if scene.walls:
                walls = self.tr("{n} walls").format(n=len(scene.walls))
                about = f"{about}  ·  {walls}"
            texts.append(f"{mark}{scene.number}  {scene.name}  ·  {about}")
        self.list.empty = self.tr(
            "No scene yet. Arrange the pictures, give a number and a name, then save."
        )
        self.list.show_rows(texts, self.list.currentRow())
        self.call_button.setText(self.tr("Call"))
        self.until_button.setText(self.tr("Until the next turn"))
        self.back_button.setText(self.tr("To the schedule"))
        for each in (self.until_button, self.back_button):
            each.setVisible(bool(self._book.plan.rows))  # without a schedule no turn
        self.rename_button.setText(self.tr("Rename"))
        self.remove_button.setText(self.tr("Take away"))
        self._save_hint.setText(
            self.tr("Save what stands here and on open walls, as number and name:")
        )
        self.name.setPlaceholderText(self.tr("name, such as Morning"))
        self.number.setAccessibleName(self.tr("Number of the scene"))
        self.name.setAccessibleName(self.tr("Name of the scene"))
        self._offer_number()
        self._name_buttons()

    def call(self, *, until_turn: bool = False) -> None:
        """Put up the chosen scene."""
        scene = self.chosen
        if scene is None:
            self.told.emit(self.tr("Choose a scene first."))
        else:
            self._book.call(scene.number, until_turn=until_turn)

    def to_schedule(self) -> None:
        """Let the schedule have the wall again."""
        if not self._book.to_schedule():
            self.told.emit(self.tr("There is no schedule yet. Make one on its page."))

    def save(self) -> None:
        """Keep what stands on the wall; one that there is, is asked about first."""
        name = self.name.text().strip()
        if not self.number.hasAcceptableInput():
            self.told.emit(self.tr("Give a number from 1 to 99."))
            return
        if not name:
            self.told.emit(self.tr("Give the scene a name."))
            return
        number = int(self.number.text())
        known = self._book.plan.scene(number)
        if known is not None and not self._twice.asked(number):
            self._name_buttons()
            self.told.emit(
                self.tr(
                    "Scene {n} {name} is there already. Press again to overwrite."
                ).format(n=number, name=known.name)
            )
            return
        layout, tiles = self._front.present()
        self._book.save_scene(
            Scene(
                number=number,
                name=name,
                layout=layout,
                tiles=tiles,
                walls=self._front.walls(known),
            )
        )
        self._ask_nothing()
        self.name.clear()
        self.number.clear()
        self._offer_number()
        self.told.emit(self.tr("Saved: {n} {name}").format(n=number, name=name))
        self.list.setCurrentRow(
            [each.number for each in self._book.plan.scenes].index(number)
        )

    def rename(self) -> None:
        """Give the chosen scene the name that was typed."""
        scene, name = self.chosen, self.name.text().strip()
        if scene is None:
            self.told.emit(self.tr("Choose a scene first."))
        elif not name:
            self.told.emit(self.tr("Type the new name first."))
            self.name.setFocus()
        else:
            self._book.rename_scene(scene.number, name)
            self.name.clear()

    def remove(self) -> None:
        """Take the chosen scene away."""
        scene = self.chosen
        if scene is None:
            self.told.emit(self.tr("Choose a scene first."))
        else:
            self._book.remove_scene(scene.number)

    def _chosen_changed(self) -> None:
        self._ask_nothing()

    def _ask_nothing(self) -> None:
        self._twice.forget()
        self._name_buttons()

    def _offer_number(self) -> None:
        free = free_number(self._book.plan.scenes)
        if self.number.text() in ("", self._offered) and free is not None:
            self._offered = str(free)
            self.number.setText(self._offered)

    def _name_buttons(self) -> None:
        typed = self.number.text()
        asked = typed.isdigit() and self._twice.stands(int(typed))
        self.save_button.setText(
            self.tr("Overwrite {n}").format(n=typed) if asked else self.tr("Save")
        )
