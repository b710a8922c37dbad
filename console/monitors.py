"""The monitors of this machine: how each is known again, and which is beside which."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor.

    Attributes:
        key: By which it is known again, at whichever plug.
        name: As people call it: its model, and its plug.
        area: Where it lies, in the desktop's own pixels.
        main: The desk's own: a wall opens there as an ordinary window.
    """

    key: str
    name: str
    area: QRect
    main: bool = False


def monitor_of(screen: QScreen, *, main: bool = False) -> Monitor:
    """Return what a screen is; one with a serial number is the same at any plug."""
    serial = screen.serialNumber().strip()
    parts = [screen.manufacturer(), screen.model(), serial or screen.name()]
    title = " ".join(part for part in (screen.model().strip(), screen.name()) if part)
    return Monitor(
        key="|".join(part.strip() for part in parts),
        name=title,
        area=screen.geometry(),
        main=main,
    )


def monitors(main: QScreen | None) -> list[Monitor]:
    """Return every monitor there is, from left to right, then downwards.

    Args:
        main: The one that the desk's window stands on.
    """
    found = [
        monitor_of(screen, main=main is not None and screen.name() == main.name())
        for screen in QGuiApplication.screens()
    ]
    return sorted(found, key=lambda each: (each.area.left(), each.area.top()))


def screen_of(key: str) -> QScreen | None:
    """Return the screen of a monitor, or None while it is not plugged in."""
    for screen in QGuiApplication.screens():
        if monitor_of(screen).key == key:
            return screen
    return None


def beside(known: Sequence[Monitor], key: str, right: int, down: int) -> str:
    """Return the key of the nearest monitor in a direction; the same at the edge."""
    here = next((each for each in known if each.key == key), None)
    if here is None:
        return known[0].key if known else key
    x, y = here.area.center().x(), here.area.center().y()

    def ahead(other: Monitor) -> int:
        centre = other.area.center()
        return right * (centre.x() - x) + down * (centre.y() - y)

    def away(other: Monitor) -> tuple[int, int]:
        centre = other.area.center()
        aside = abs(centre.y() - y) if right else abs(centre.x() - x)
        return aside // 2 + ahead(other), ahead(other)

    others = [each for each in known if each is not here and ahead(each) > 0]
    return min(others, key=away).key if others else key
