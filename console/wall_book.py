"""The wall's scenes, tours and schedule at this desk: changed, kept, and put up in time.

What stands on the wall is the supervisor's choice: a scene called by hand stays until
they go back to the schedule, or until its next turn where they chose that. While a case
is open the schedule waits: nothing changes places under somebody's eyes.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from console.wall_store import FILE, WallStore
from dispatch.holidays import FILE as HOLIDAYS
from dispatch.holidays import read_holidays
from video import wall_schedule
from video.tours import Tour
from video.wall_plan import WallPlan
from video.wall_scenes import Scene
from video.wall_schedule import Calendar, Held, Row, Turn

if TYPE_CHECKING:
    from console.desk import Desk

UNDO_MOST: Final = 20
_PUT_UP: Final = "wall/put_up"  # what was put up last, so that a start repeats nothing


@dataclass(frozen=True, slots=True)
class Undo:
    """One change that can be taken back.

    Attributes:
        what: "scene_made", "scene_saved", "scene_renamed", "scene_removed", "tour_made",
            "tour_saved", "tour_removed", "row_added", "row_removed", "rows".
        name: Of the scene or tour, or "".
        before: The plan as it was.
    """

    what: str
    name: str
    before: WallPlan


class WallBook(QObject):
    """Keeps the plan, and says which scene is to be put up.

    Thread: UI only.

    Attributes:
        plan: What is arranged.
        calendar: Holidays, where they are known.
        waiting: The schedule's scene waits until the open case is put away.

    Signals:
        changed: `plan`, or what stands, is another.
        called: A `Scene` that is to stand on the wall from now on.
    """

    changed = Signal()
    called = Signal(object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        data = Path(desk.settings.fileName()).parent
        self._store = WallStore(data / FILE)
        self.plan = self._store.load()
        table = read_holidays(data / HOLIDAYS)  # the service's, where it is here
        self.calendar = Calendar(holidays=table.holidays, workdays=table.workdays)
        self.waiting = False
        self._undo: list[Undo] = []
        desk.second.connect(self.look)
        desk.case_opened.connect(lambda _case_id: self.look())

    # -- reading -----------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """Return the time in the town."""
        return self._desk.clock().astimezone(self._desk.zone)

    @property
    def standing(self) -> Scene | None:
        """Return the scene that shall stand now, or None."""
        plan = self.plan
        number = wall_schedule.standing(
            plan.rows, self.now, held=plan.held, calendar=self.calendar
        )
        return None if number is None else plan.scene(number)

    @property
    def held(self) -> Held | None:
        """Return what was called by hand and stands, or None by the schedule."""
        held = self.plan.held
        if held is None or self.plan.scene(held.scene) is None:
            return None
        over = wall_schedule.is_over(held, self.plan.rows, self.now, self.calendar)
        return None if over else held

    @property
    def next_turn(self) -> Turn | None:
        """Return what the schedule puts up next, or None."""
        return wall_schedule.next_turn(self.plan.rows, self.now, self.calendar)

    @property
    def undo_next(self) -> Undo | None:
        """Return what `undo` would take back, or None."""
        return self._undo[-1] if self._undo else None

    @property
    def set_aside(self) -> Path | None:
        """Return where a file went that could not be read, or None."""
        return self._store.set_aside

    @property
    def unkept(self) -> bool:
        """Return whether the last change is not on the disk."""
        return self._store.failed

    # -- calling -----------------------------------------------------------------------

    def call(self, number: int, *, until_turn: bool = False) -> bool:
        """Put up a scene by hand; False where there is none of this number."""
        if self.plan.scene(number) is None:
            return False
        self._desk.settings.remove(_PUT_UP)  # the same one again is put up again
        # What is called by hand comes at once, a case open or not: its views stay.
        held = Held(number, self._desk.clock(), until_turn)
        self._put(replace(self.plan, held=held))
        return True

    def to_schedule(self) -> bool:
        """Let the schedule have the wall again; False where there is none."""
        if not self.plan.rows:
            return False
        self._desk.settings.remove(_PUT_UP)
        self._put(replace(self.plan, held=None))
        return True

    def look(self) -> None:
        """Put up what shall stand now, where that is not up yet."""
        if not self._desk.board.heard:
            return  # which town, and so which time, is not known yet
        scene = self.standing
        turn = None
        if self.held is None:
            turn = wall_schedule.last_turn(self.plan.rows, self.now, self.calendar)
        token = self._token(turn)
        if scene is None or token == str(self._desk.settings.value(_PUT_UP) or ""):
            self._wait(waiting=False)
            return
        if self.held is None and self._desk.open_case_id is not None:
            self._wait(waiting=True)
            return
        self._desk.settings.setValue(_PUT_UP, token)
        self.waiting = False
        self.called.emit(scene)
        self.changed.emit()

    # -- changing ----------------------------------------------------------------------

    def save_scene(self, scene: Scene) -> None:
        """Keep a scene, in place of the one of its number; it stands then."""
        known = self.plan.scene(scene.number) is not None
        self._remember("scene_saved" if known else "scene_made", scene.name)
        held = Held(scene.number, self._desk.clock())
        self._desk.settings.setValue(_PUT_UP, self._held_token(held))
        self._put(replace(self.plan.with_scene(scene), held=held))

    def rename_scene(self, number: int, name: str) -> None:
        """Give a scene another name."""
        scene = self.plan.scene(number)
        if scene is not None and name.strip():
            self._remember("scene_renamed", scene.name)
            self._put(self.plan.with_scene(replace(scene, name=name.strip())))

    def remove_scene(self, number: int) -> None:
        """Take a scene away, and the rows that put it up; the wall stays as it is."""
        scene = self.plan.scene(number)
        if scene is not None:
            self._remember("scene_removed", scene.name)
            self._put(self.plan.without_scene(number))

    def save_tour(self, tour: Tour) -> None:
        """Keep a tour, in place of the one of its key."""
        known = self.plan.tour(tour.key) is not None
        self._remember("tour_saved" if known else "tour_made", tour.name)
        self._put(self.plan.with_tour(tour))

    def remove_tour(self, key: str) -> None:
        """Take a tour away; where it stood in scenes is empty."""
        tour = self.plan.tour(key)
        if tour is not None:
            self._remember("tour_removed", tour.name)
            self._put(self.plan.without_tour(key))

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Have another schedule."""
        more = len(rows) - len(self.plan.rows)
        self._remember({1: "row_added", -1: "row_removed"}.get(more, "rows"), "")
        self._put(self.plan.with_rows(rows))

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        if not self._undo:
            return False
        before = self._undo.pop().before
        held = self.plan.held
        if held is not None and before.scene(held.scene) is None:
            held = None
        self._put(replace(before, held=held))
        return True

    # -- within ------------------------------------------------------------------------

    def _put(self, plan: WallPlan) -> None:
        self.plan = plan
        self._store.keep(plan)
        self.look()
        self.changed.emit()

    def _remember(self, what: str, name: str) -> None:
        self._undo.append(Undo(what, name, self.plan))
        del self._undo[:-UNDO_MOST]

    def _wait(self, *, waiting: bool) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit()

    def _token(self, turn: Turn | None) -> str:
        held = self.held
        if held is not None:
            return self._held_token(held)
        return "" if turn is None else f"{turn.scene} {turn.at.isoformat()}"

    @staticmethod
    def _held_token(held: Held) -> str:
        return f"{held.scene} hand {held.since.isoformat()}"
