"""When something may be sent to a wall, and what the keys of the walls do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dispatch.commands import Refused
from dispatch.people import Role

if TYPE_CHECKING:
    from console.desk import Desk

_NOTHING = Refused("nothing", "there is nothing to do this to")


def with_walls(desk: "Desk") -> Refused | None:
    return None if desk.walls is not None else _NOTHING


def with_open_wall(desk: "Desk") -> Refused | None:
    return None if desk.walls is not None and desk.walls.windows else _NOTHING


def may_send(desk: "Desk") -> Refused | None:
    something = desk.case is not None or desk.actions.has_picture()
    if desk.walls is None or not something:
        return _NOTHING
    return desk.walls.refusal()


def with_tour(desk: "Desk") -> Refused | None:
    if desk.walls is None or not desk.walls.windows:
        return _NOTHING
    if desk.walls.tour_tile() is None:
        return Refused("no_tour", "no tour runs in the chosen tile")
    return None


def lead_tour(desk: "Desk", *, step: int) -> None:
    if desk.walls is not None:
        desk.walls.lead_tour(step)


def step(desk: "Desk", *, right: int, down: int) -> None:
    if desk.walls is not None:
        desk.walls.step(right, down)


def turn_text(desk: "Desk") -> str:
    if desk.walls is not None and desk.walls.windows:
        return QCoreApplication.translate("Action", "Close the chosen wall")
    return QCoreApplication.translate("Action", "Open a wall")


def turn_wall(desk: "Desk") -> None:
    if desk.walls is not None:
        desk.walls.toggle()


def visitors_text(desk: "Desk") -> str:
    if desk.walls is not None and desk.walls.visitors.on:
        return QCoreApplication.translate("Action", "End visitor mode")
    return QCoreApplication.translate("Action", "Visitor mode on the walls")


def visitors(desk: "Desk") -> None:
    if desk.walls is not None:
        desk.walls.visitors.turn()


def may_release(desk: "Desk") -> Refused | None:
    if desk.walls is None or desk.walls.visitors.may_release() is None:
        return _NOTHING
    if Role.SHIFT_LEADER not in desk.actor.roles:
        return Refused("role", "needs another role", roles=str(Role.SHIFT_LEADER))
    return None


def release(desk: "Desk") -> None:
    if desk.walls is not None:
        desk.walls.visitors.release()
