"""The monitors of this machine: how each is known again, and which is beside which.

Serial numbers are not to be trusted: two monitors of a batch often give the same one,
or none. So a monitor is what it says of itself and the plug it hangs on, and where
even that is the same its place on the desktop. One that hangs on another plug is known
again by its serial number, as long as no other monitor has ever given the same.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QSettings
from PySide6.QtGui import QGuiApplication, QScreen

_SEEN: Final = "walls/monitors"
MOST: Final = 64  # monitors that are remembered
NO_NAME: Final = frozenset({"", "screen"})  # what a virtual one hangs on
# Left of what a maker writes who gives no number, without its noughts at the ends.
NO_NUMBER: Final = frozenset({"", "x", "16843009", "x01010101"})


@dataclass(frozen=True, slots=True)
class Plugged:
    """What a monitor says of itself, and where it hangs and stands."""

    maker: str
    model: str
    serial: str
    plug: str
    area: QRect

    @property
    def made(self) -> str:
        """Return what it says of itself, the same at any plug."""
        return f"{self.maker}|{self.model}|{self.serial}|"

    @property
    def key(self) -> str:
        """Return what it says of itself, and its plug."""
        return f"{self.made}{self.plug}"


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor.

    Attributes:
        key: By which it is known again.
        name: As people call it: its model, and its plug.
        area: Where it lies, in the desktop's own pixels.
        main: The desk's own: a wall opens there as an ordinary window.
    """

    key: str
    name: str
    area: QRect
    main: bool = False


def keys_of(found: Sequence[Plugged], seen: Collection[str] = ()) -> list[str]:
    """Return the key of each monitor, no two the same.

    Args:
        found: Those that are plugged in.
        seen: The keys of all that ever were.
    """
    keys = [""] * len(found)
    times: Counter[str] = Counter()
    area = {at: each.area for at, each in enumerate(found)}
    for at in sorted(area, key=lambda at: (area[at].left(), area[at].top())):
        own = found[at].key
        times[own] += 1
        keys[at] = own if times[own] == 1 else f"{own}|{times[own]}"
    made = Counter(each.made for each in found)
    for at, each in enumerate(found):
        if not each.serial or keys[at] in seen or made[each.made] > 1:
            continue
        before = [key for key in seen if key.startswith(each.made)]
        if len(before) == 1:
            keys[at] = before[0]  # the same, on another plug
    return keys


class Monitors:
    """The monitors there are, and the keys of all that ever were at this desk.

    Thread: UI only.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._seen: list[str] = []
        with suppress(ValueError):
            read = json.loads(str(settings.value(_SEEN, "[]")))
            self._seen = list(map(str, read if isinstance(read, list) else []))

    def here(self, main: QScreen | None, *, gone: str | None = None) -> list[Monitor]:
        """Return every monitor there is, from left to right, then downwards.

        Args:
            main: The one that the desk's window stands on.
            gone: The plug of one that is being taken away just now.
        """
        found = [
            Monitor(
                key=key,
                name=_named(screen),
                area=screen.geometry(),
                main=main is not None and screen.name() == main.name(),
            )
            for key, screen in self._screens(gone)
        ]
        found.sort(key=lambda each: (each.area.left(), each.area.top()))
        return [
            each if each.name else replace(each, name=_numbered(at))
            for at, each in enumerate(found, start=1)
        ]

    def screen_of(self, key: str, *, gone: str | None = None) -> QScreen | None:
        """Return the screen of a monitor, or None while it is not plugged in."""
        found = (screen for each, screen in self._screens(gone) if each == key)
        return next(found, None)

    def _screens(self, gone: str | None) -> list[tuple[str, QScreen]]:
        screens = [each for each in QGuiApplication.screens() if each.name() != gone]
        keys = keys_of([_plugged(each) for each in screens], self._seen)
        new = [key for key in keys if key not in self._seen]
        if new:
            self._seen = [*self._seen, *new][-MOST:]
            self._settings.setValue(_SEEN, json.dumps(self._seen))
        return list(zip(keys, screens, strict=True))


def _named(screen: QScreen) -> str:
    """Return what people call a monitor, or nothing where no word tells of it."""
    model, plug = screen.model().strip(), screen.name().strip()
    if not model and plug in NO_NAME:
        return ""
    return " ".join(filter(None, (model, plug)))


def _numbered(at: int) -> str:
    return QCoreApplication.translate("Monitors", "Monitor {n}").format(n=at)


def _plugged(screen: QScreen) -> Plugged:
    serial = screen.serialNumber().strip().lower()
    return Plugged(
        maker=screen.manufacturer().strip(),
        model=screen.model().strip(),
        serial="" if serial.strip("0") in NO_NUMBER else serial,
        plug=screen.name().strip(),
        area=screen.geometry(),
    )


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
