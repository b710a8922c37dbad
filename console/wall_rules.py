"""What the keys of the wall do: a scene by its number, back to the schedule."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from console.desk import Desk


def scene_text(desk: "Desk", *, number: int) -> str:
    """Return what calling a scene is called; nothing where there is none."""
    scene = desk.wall.plan.scene(number)
    if scene is None:
        return ""
    text = QCoreApplication.translate("Wall", "Scene {n} {name}")
    return text.format(n=number, name=scene.name)


def call_scene(desk: "Desk", *, number: int) -> None:
    """Put a scene up, and say so: the wall may be out of sight."""
    if desk.wall.call(number):
        desk.said.emit(scene_text(desk, number=number))
        return
    text = QCoreApplication.translate("Wall", "No scene {n} yet: Ctrl+W saves one")
    desk.said.emit(text.format(n=number))


def schedule_text(desk: "Desk") -> str:
    """Return what going back to the schedule is called; nothing without one."""
    if not desk.wall.plan.rows:
        return ""
    return QCoreApplication.translate("Wall", "Back to the wall's schedule")


def to_schedule(desk: "Desk") -> None:
    """Let the schedule have the wall again, and say what stands by it."""
    if not desk.wall.to_schedule():
        text = QCoreApplication.translate("Wall", "No schedule yet: Ctrl+W makes one")
        desk.said.emit(text)
        return
    scene = desk.wall.standing
    name = "" if scene is None else f"{scene.number} {scene.name}"
    text = QCoreApplication.translate("Wall", "By the schedule: {scene}")
    desk.said.emit(text.format(scene=name))
