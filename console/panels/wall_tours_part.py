"""Tours on the page 画面墙: made of cameras, run in a tile, held, led on by hand."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from console.found import Found
from console.panels.camera_finder import CameraFinder
from console.panels.wall_parts import (
    Part,
    PlainList,
    button,
    field,
    label,
    side_by_side,
)
from video.tours import DWELL_LEAST_S, DWELL_MOST_S, MOST_STOPS, Stop, Tour

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.wall_front import WallFront

TOURS_SHOWN: Final = 4
STOPS_SHOWN: Final = 5
DWELL_STEP_S: Final = 5.0


class ToursPart(Part):
    """The list of tours, and the stops of the one chosen.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", front: "WallFront") -> None:
        super().__init__(desk, TOURS_SHOWN)
        self._front = front
        self.stops = PlainList(desk, STOPS_SHOWN)
        self.name = field(desk)
        self.finder = CameraFinder(desk)
        self.make_button = button(desk, self.make)
        self.rename_button = button(desk, self.rename)
        self.run_button = button(desk, self.run)
        self.before_button = button(desk, lambda: self.step(-1))
        self.next_button = button(desk, lambda: self.step(1))
        self.hold_button = button(desk, self.hold)
        self.remove_button = button(desk, self.remove)
        self._stops_hint = label(desk, "quiet")
        rows = self.rows
        rows.addWidget(self.list, 2)
        rows.addLayout(
            side_by_side(
                desk,
                self.run_button,
                self.before_button,
                self.next_button,
                self.hold_button,
                None,
            )
        )
        rows.addWidget(self._stops_hint)
        rows.addWidget(self.stops, 3)
        rows.addWidget(self.finder)
        rows.addLayout(side_by_side(desk, self.name, self.make_button))
        rows.addLayout(side_by_side(desk, self.rename_button, self.remove_button, None))
        self.list.entered_row.connect(lambda _row: self.run())
        self.list.removed_row.connect(lambda _row: self.remove())
        self.list.currentRowChanged.connect(lambda _row: self._show_stops())
        self.stops.removed_row.connect(self.remove_stop)
        self.stops.keyed.connect(self._on_stop_key)
        self.name.returnPressed.connect(self.make)
        self.finder.chosen.connect(self._on_found)
        self.renew()

    @property
    def chosen(self) -> Tour | None:
        """Return the tour chosen in the list."""
        row, tours = self.list.currentRow(), self._book.plan.tours
        return tours[row] if 0 <= row < len(tours) else None

    def renew(self) -> None:
        """Show what is arranged, in the desk's language."""
        texts = []
        for tour in self._book.plan.tours:
            runs = self._front.runs_of(tour.key)
            mark = "▶ " if runs else ""
            about = self.tr("{n} cameras, {seconds} s round").format(
                n=len(tour.stops),
                seconds=round(sum(stop.dwell_s for stop in tour.stops)),
            )
            if any(run.paused for run in runs):
                held = self.tr("Held")
                about = f"{about}  ·  {held}"
            texts.append(f"{mark}{tour.name}  ·  {about}")
        self.list.empty = self.tr(
            "No tour yet. Type a name below and press Enter: it takes the cameras on"
            " the wall. Or add cameras by number."
        )
        self.list.show_rows(texts, self.list.currentRow())
        self.stops.empty = self.tr("No camera yet. Add one by number or name below.")
        self.name_tile()
        self.before_button.setText(self.tr("Previous"))
        self.next_button.setText(self.tr("Next"))
        self.make_button.setText(self.tr("New tour"))
        self.rename_button.setText(self.tr("Rename"))
        self.remove_button.setText(self.tr("Take away"))
        self.name.setPlaceholderText(self.tr("name, such as North"))
        self.name.setAccessibleName(self.tr("Name of the tour"))
        self.finder.set_words(
            self.tr("add a camera: number or name"),
            self.tr("No camera is called so. Try its number."),
        )
        self._show_stops()

    def name_tile(self) -> None:
        """Say in which tile a tour would run."""
        text = self.tr("Run in tile {n}")
        self.run_button.setText(text.format(n=self._front.focused_tile + 1))

    def make(self) -> None:
        """Make a tour of the cameras on the wall, under the name that was typed."""
        name = self.name.text().strip()
        if not name:
            self.told.emit(self.tr("Give the tour a name."))
            self.name.setFocus()
            return
        cameras = self._front.cameras()[:MOST_STOPS]
        if not cameras:
            self.told.emit(self.tr("No camera stands on the wall. Call some up first."))
            return
        key = self._book.plan.new_tour_key()
        stops = tuple(Stop(each) for each in cameras)
        self._book.save_tour(Tour(key=key, name=name, stops=stops))
        self.name.clear()
        self.list.setCurrentRow(len(self._book.plan.tours) - 1)
        self.told.emit(
            self.tr("Made: {name}, {n} cameras").format(name=name, n=len(stops))
        )

    def rename(self) -> None:
        """Give the chosen tour the name that was typed."""
        tour, name = self.chosen, self.name.text().strip()
        if tour is None:
            self.told.emit(self.tr("Choose a tour first."))
        elif not name:
            self.told.emit(self.tr("Type the new name first."))
            self.name.setFocus()
        else:
            self._book.save_tour(replace(tour, name=name))
            self.name.clear()

    def remove(self) -> None:
        """Take the chosen tour away, and out of the scenes it stands in."""
        tour = self.chosen
        if tour is None:
            self.told.emit(self.tr("Choose a tour first."))
        else:
            self._book.remove_tour(tour.key)

    def run(self) -> None:
        """Let the chosen tour run in the tile that keys act on."""
        tour = self.chosen
        if tour is None:
            self.told.emit(self.tr("Choose a tour first."))
            return
        self._front.show_tour(tour.key)
        self.renew()

    def step(self, step: int) -> None:
        """Lead the chosen tour on by hand."""
        tour = self.chosen
        if tour is None or not self._front.lead(tour.key, step):
            self.told.emit(self.tr("This tour does not run. Run it in a tile first."))

    def hold(self) -> None:
        """Hold the chosen tour at its picture, or let it go on."""
        self.step(0)

    def remove_stop(self, row: int) -> None:
        """Take a camera out of the chosen tour; the last one goes with the tour."""
        tour = self.chosen
        if tour is None:
            return
        if len(tour.stops) == 1:
            self.told.emit(
                self.tr("A tour needs one camera. Take the whole tour away instead.")
            )
            return
        self._save(tour, [stop for n, stop in enumerate(tour.stops) if n != row])

    def change_dwell(self, row: int, by_s: float) -> None:
        """Show one camera longer or shorter."""
        tour = self.chosen
        if tour is None or not 0 <= row < len(tour.stops):
            return
        stops = list(tour.stops)
        dwell = min(max(stops[row].dwell_s + by_s, DWELL_LEAST_S), DWELL_MOST_S)
        stops[row] = replace(stops[row], dwell_s=dwell)
        self._save(tour, stops)

    def add(self, camera_id: str) -> None:
        """Add a camera to the chosen tour, behind the chosen stop."""
        tour = self.chosen
        if tour is None:
            key = self._book.plan.new_tour_key()
            name = self.name.text().strip() or self.tr("Tour {key}").format(key=key[1:])
            self._book.save_tour(Tour(key=key, name=name, stops=(Stop(camera_id),)))
            self.name.clear()
        elif len(tour.stops) >= MOST_STOPS:
            self.told.emit(
                self.tr("A tour has {n} cameras at most. Make a second one.").format(
                    n=MOST_STOPS
                )
            )
        else:
            row = self.stops.currentRow() + 1
            stops = [*tour.stops[:row], Stop(camera_id), *tour.stops[row:]]
            self._save(tour, stops)
            self.stops.setCurrentRow(row)

    def _save(self, tour: Tour, stops: list[Stop]) -> None:
        self._book.save_tour(replace(tour, stops=tuple(stops)))

    def _show_stops(self) -> None:
        tour = self.chosen
        cameras = self._desk.board.cameras
        texts = []
        for stop in () if tour is None else tour.stops:
            camera = cameras.get(stop.camera_id)
            name = self.tr("no such camera") if camera is None else camera.name
            seconds = self.tr("{n} s").format(n=round(stop.dwell_s))
            texts.append(f"{stop.camera_id}  {name}  ·  {seconds}")
        self.stops.show_rows(texts, self.stops.currentRow())
        self._stops_hint.setText(
            self.tr("Its cameras:  + −  longer, shorter  ·  Del takes one out")
        )
        runs = [] if tour is None else self._front.runs_of(tour.key)
        held = any(run.paused for run in runs)
        self.hold_button.setText(self.tr("Go on") if held else self.tr("Hold"))

    def _on_stop_key(self, row: int, key: int) -> None:
        less = key == Qt.Key.Key_Minus
        self.change_dwell(row, -DWELL_STEP_S if less else DWELL_STEP_S)

    def _on_found(self, found: Found | None) -> None:
        if found is not None:
            self.finder.clear()
            self.add(str(found.key))
