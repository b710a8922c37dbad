"""What the keys of the wall do: a scene by its number, back to the schedule."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from video.wall_scenes import Scene

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.pictures import PicturesPanel


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


def knows(desk: "Desk", typed: str) -> bool:
    """Return whether a typed number calls something: a camera, or `0` a scene."""
    return typed in desk.board.cameras or typed_scene(desk, typed) is not None


def typed_scene(desk: "Desk", typed: str) -> Scene | None:
    """Return the scene that `0` and a number call, or None."""
    if typed in desk.board.cameras or not typed.startswith("0") or len(typed) < 2:
        return None
    return desk.wall.plan.scene(int(typed))


def call_typed(panel: "PicturesPanel", typed: str) -> None:
    """Show the camera that was typed, or put up the scene."""
    scene = typed_scene(panel.desk, typed)
    if not panel.show_camera(typed) and scene is not None:
        call_scene(panel.desk, number=scene.number)
