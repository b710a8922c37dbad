"""What is arranged for a wall: its scenes, its tours, its schedule. Plain and whole.

A change makes another plan; so whatever was taken away can be put back by putting the
plan before it back.
"""

from dataclasses import dataclass, replace

from video import tours, wall_scenes, wall_schedule
from video.tours import Tour
from video.wall_scenes import Scene
from video.wall_schedule import Held, Row


@dataclass(frozen=True, kw_only=True, slots=True)
class WallPlan:
    """Everything that is arranged.

    Attributes:
        scenes: By number, lowest first.
        tours: In the order in which they were made.
        rows: The schedule, by time of day.
        held: What was called by hand, if the schedule has not taken over since.
    """

    scenes: tuple[Scene, ...] = ()
    tours: tuple[Tour, ...] = ()
    rows: tuple[Row, ...] = ()
    held: Held | None = None

    def scene(self, number: int) -> Scene | None:
        """Return the scene of a number, or None."""
        return next((each for each in self.scenes if each.number == number), None)

    def tour(self, key: str) -> Tour | None:
        """Return the tour of a key, or None."""
        return next((each for each in self.tours if each.key == key), None)

    def with_scene(self, scene: Scene) -> "WallPlan":
        """Return the plan with a scene, in place of the one of its number."""
        return replace(self, scenes=wall_scenes.with_scene(self.scenes, scene))

    def without_scene(self, number: int) -> "WallPlan":
        """Return the plan without a scene, nor the rows that put it up."""
        held = self.held
        return replace(
            self,
            scenes=tuple(each for each in self.scenes if each.number != number),
            rows=tuple(row for row in self.rows if row.scene != number),
            held=None if held is not None and held.scene == number else held,
        )

    def with_tour(self, tour: Tour) -> "WallPlan":
        """Return the plan with a tour, in place of the one of its key."""
        known = self.tour(tour.key) is not None
        changed = tuple(tour if each.key == tour.key else each for each in self.tours)
        return replace(self, tours=changed if known else (*self.tours, tour))

    def without_tour(self, key: str) -> "WallPlan":
        """Return the plan without a tour; where it stood in scenes is empty."""
        return replace(
            self,
            tours=tuple(each for each in self.tours if each.key != key),
            scenes=wall_scenes.without_tour(self.scenes, key),
        )

    def with_rows(self, rows: tuple[Row, ...]) -> "WallPlan":
        """Return the plan with another schedule, in the order of the day."""
        order = sorted(rows, key=lambda row: (row.at, sorted(row.days)))
        return replace(self, rows=tuple(order))

    def new_tour_key(self) -> str:
        """Return a key that no tour has, nor any scene names."""
        named = {
            tile.removeprefix(wall_scenes.TOUR)
            for scene in self.scenes
            for tile in scene.every_tile
            if tile.startswith(wall_scenes.TOUR)
        }
        taken = named | {each.key for each in self.tours}
        return next(
            key for n in range(1, len(taken) + 2) if (key := f"t{n}") not in taken
        )

    def is_sound(self) -> bool:
        """Return whether scenes, tours and rows can stand, no key or number twice."""
        numbers = [each.number for each in self.scenes]
        keys = [each.key for each in self.tours]
        return (
            len(set(numbers)) == len(numbers)
            and len(set(keys)) == len(keys)
            and not any(map(wall_scenes.faults, self.scenes))
            and not any(map(tours.faults, self.tours))
            and not wall_schedule.faults(self.rows, set(numbers))
            and (self.held is None or self.held.since.tzinfo is not None)
        )
