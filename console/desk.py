"""The desk: what every panel receives, and nothing of how it got there.

A panel reads the board, listens to these signals, asks `actions` to do things and
`ask` to look things up. It never sees a socket, a future's thread or a store.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSettings, Signal

from console import words
from console.actions import Actions
from console.bulk import Bulk
from console.calls import Calls
from console.case_words import CaseWords
from console.decoding import Decoding
from console.first_pictures import FirstPictures
from console.flooding import Flooding
from console.layers.map_data import MapData
from console.leaving import Leaving
from console.listening import Listening
from console.looked_at import LookedAt
from console.lookers import Lookers
from console.looks import Looks
from console.past_cases import PastCases
from console.people_rows import PeopleRows
from console.place_index import PlaceIndex
from console.replay import Replay
from console.same_thing import SameThing
from console.seat import Seat
from console.seat_rules import Claims
from console.seen import PictureShows, StripShows
from console.sounds import Sounds
from console.speaker import Sink
from console.stills import Stills
from console.stream_wants import StreamWants
from console.suggested import Suggested
from console.theme import Theme
from console.turns import Turns
from console.view_finder import ViewFinder
from console.wall_book import WallBook
from console.wrong_views import WrongViews
from dispatch.cases import Case
from dispatch.commands import Moment
from dispatch.geo import MapFrame, Point
from dispatch.people import Actor
from dispatch.places import Place
from dispatch.recommending import UnitSuggestion
from video.views import View

if TYPE_CHECKING:
    from console.bridge import Bridge
    from console.walls import Walls
    from dispatch.board import Board, Moved
    from video.workers import VideoEngine

PAINTED = {"on_screen": Moment.ON_SCREEN, "first_picture": Moment.FIRST_PICTURE}
PAINTED_KEPT = 4096  # notes of it; beyond that those of cases long gone are dropped


class Desk(QObject):
    """What every panel receives.

    Thread: UI only.

    Attributes:
        board: The live picture; read it, never change it.
        actions: Everything an operator can do.
        engine: The pictures, or None where the desk runs without any.
        actor: Who sits here, with which roles.
        seat: Which of its roles it has now.
        claims: Which change of seat waits for its answer.
        bulk: The cases that are marked, to be done together.
        lookers: At which other desks a case is open.
        theme: Colours, sizes, fonts.
        settings: Where the desk remembers sizes and tabs.
        looks: Language and background; who keeps words or colours listens to it.
        flooding: Whether alarms come as a flood, and what is folded then.
        sounds: What is heard here, and whether it is.
        listening: Which camera is listened to.
        second: Once a second, for ages and clocks, listener by listener.
        open_case_id: The case in the middle column, or None.
        finder: Finds the best views, and knows who can take over.
        wrong_views: Says of a camera that it does not show what it should.
        walls: Its walls on other monitors; None without a window of its own.
        replay: Shows cameras as they were.
        stills: The last pictures of cameras that were shown.
        wants: What all walls of this desk want of the streams.
        fresh: Cameras whose picture is new since the one before.
        map_data: Roads, waters and buildings of the town, as far as there are any.
        views: Best views of the open case, best first.
        suggested: Who could be sent to the open case, and who is chosen.
        strip_shows: Which alarm stands in the strip, and since when.
        looked_at: Which cases were opened before.
        past: Cases read from the store that the board holds no longer.
        people: The few of them that are on show, the highlighted one always.
        same: What may be the same thing as the open case, or the report at hand.
        wall: The scenes, tours and schedule of the wall of pictures.
        leaving: What is asked before the desk is closed.
        calls: The telephone calls of this desk.
        typed: What is typed at cases and was not taken yet.
        service_said: What a service of this desk's own says of itself, else nothing.

    Signals:
        moved: `Moved`, after the board applied a batch.
        link_changed: `Link` to the service.
        case_opened: Case id, or None when the case was put away.
        case_asked_again: The open case was opened once more: it shall be shown.
        tick: Paint tick, 30 a second while something moves, else ten.
        pictures_came: The cameras in `fresh` have new pictures.
        refused: Case id or None, and `Refused`.
        pending_changed: A command was sent, answered or is waiting.
        views_changed: `views` is new.
        suggestions_changed: `suggestions` is new.
        highlighted_changed: `highlighted_unit_id` is new.
        hand_moved: The keyboard stands elsewhere: Enter does something else now.
        said: Words that stand quietly in the bottom bar for a few seconds.
    """

    moved = Signal(object)
    link_changed = Signal(object)
    case_opened = Signal(object)
    case_asked_again = Signal(object)
    tick = Signal()
    pictures_came = Signal()
    refused = Signal(object, object)
    pending_changed = Signal()
    views_changed = Signal()
    suggestions_changed = Signal()
    highlighted_changed = Signal()
    hand_moved = Signal()
    said = Signal(str)

    def __init__(
        self,
        *,
        board: "Board",
        bridge: "Bridge",
        engine: "VideoEngine | None",
        actor: Actor,
        theme: Theme,
        clock: Callable[[], datetime],
        settings: QSettings | None = None,
        looks: Looks | None = None,
        sink: Sink | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.second = Turns(self)
        self.board = board
        self.bridge = bridge
        self.engine = engine
        self.actor = actor
        self.theme = theme
        self.clock = clock
        self.settings = settings or QSettings()
        self.looks = looks or Looks(theme, self.settings, self)
        self.decoding = Decoding(engine, self.settings)
        self.leaving = Leaving(self)
        self.service_said: Callable[[], Mapping[str, object]] = dict
        self.link = bridge.link
        self.open_case_id: int | None = None
        self.finder = ViewFinder(board, engine, clock)
        self.walls: Walls | None = None
        self.stills = Stills()
        self.wants = StreamWants(self)
        self.finder.refused = self.wants.refused
        self.fresh: AbstractSet[str] = frozenset()
        self.map_data = MapData()
        self.wants.expect = FirstPictures(engine, self._move_on, self).expect
        self.wrong_views = WrongViews(self)
        self.replay = Replay(engine, clock)
        self.views: list[View] = []
        self.people = PeopleRows(clock)
        self.strip_shows = StripShows(clock)
        self.picture_shows = PictureShows(clock)
        self.looked_at = LookedAt()
        self.past = PastCases(self)
        self.seat = Seat(self)
        self.claims = Claims(self)
        self.bulk = Bulk(self)
        self.lookers: Lookers = Lookers(self)
        self._expected_case_id: int | None = None
        self._saved_late: list[int] = []  # their cases are not on the board yet
        self._painted: set[tuple[str, int]] = set()
        self._profile = board.profile
        self._places = PlaceIndex()
        self.flooding = Flooding(self)
        self.sounds = Sounds(self, sink)
        self.listening = Listening(self)
        self.actions = Actions(self)
        self.suggested = Suggested(self)
        self.same = SameThing(self)
        self.calls = Calls(self)
        self.typed = CaseWords(self, self)
        self.wall = WallBook(self)
        bridge.moved.connect(self._on_moved)
        bridge.link_changed.connect(self.wants.on_link)
        bridge.link_changed.connect(self._on_link)
        bridge.tick.connect(self._on_tick)
        if engine is not None:
            engine.comes = bridge.put_stir
        bridge.second.connect(self._on_second)

    def keep(self) -> None:
        """Write to the disk what is half typed and what is set."""
        self.typed.save()
        self.settings.sync()

    # -- reading ---------------------------------------------------------------

    @property
    def frame(self) -> MapFrame:
        """Return the frame the map draws in."""
        return MapFrame(self.board.town.origin)

    @property
    def zone(self) -> ZoneInfo:
        """Return the town's zone, in which every clock is shown."""
        return ZoneInfo(self.board.town.timezone)

    @property
    def as_of(self) -> datetime | None:
        """Return since when the board is not kept up, or None while it is."""
        return self.bridge.as_of

    @property
    def case(self) -> Case | None:
        """Return the open case as it is now, or None."""
        if self.open_case_id is None:
            return None
        return self.past.case(self.open_case_id)

    @property
    def suggestions(self) -> list[UnitSuggestion]:
        """Return the units for the open case as they are now, best first."""
        return self.suggested.units()

    @property
    def highlighted_unit_id(self) -> str | None:
        """Return who the send key would send, or None."""
        return self.suggested.highlighted()

    def views_for(self, case_id: int | None) -> list[str]:
        """Return the best views of any case, best first; none where it is no more."""
        case, views = self.board.cases.get(case_id or 0), self.views
        if case_id != self.open_case_id:
            views = [] if case is None else self.finder.views_about(case.point)
        return [each.camera_id for each in views]

    def place_of(self, name: str, point: Point) -> Place | None:
        """Return the register's entry of a place: by its name, else within 8 m."""
        return self._places.find(self.board.places, name, point)

    def ask(self, query: object) -> "Future[object]":
        """Ask the service something; the answer comes on no particular thread.

        Use `bridge.when_done(future, slot)` to have it on the UI thread.
        """
        return self.bridge.ask(query)

    # -- what is in the middle ---------------------------------------------------

    def open_case(self, case_id: int | None) -> None:
        """Put a case in the middle column, or put it away."""
        if case_id is not None and case_id not in self.past.known():
            return
        if case_id is not None:
            self.expect_none()  # somebody has gone on to this one
        if case_id == self.open_case_id:
            if case_id is not None:
                self.case_asked_again.emit(case_id)
            return
        self.open_case_id = case_id
        self.picture_shows.begin()
        self.looked_at.note(case_id)
        self.suggested.begin()
        self._renew_views()
        self.case_opened.emit(case_id)

    def open_beside(self, step: int) -> None:
        """Open the case that was looked at before (-1), or after (1)."""
        known = self.past.known()
        case_id = self.looked_at.beside(step, self.open_case_id, known)
        if case_id:
            self.looked_at.go(case_id)
            self.open_case(case_id)

    def expect_none(self) -> None:
        """Open nothing by itself any more; what was to be opened is only said."""
        expected, self._expected_case_id = self._expected_case_id, None
        if expected is not None:
            self.say_when_there(expected)

    def open_when_there(self, case_id: int) -> None:
        """Open a case as soon as its change has reached the board."""
        self._expected_case_id = case_id
        self._open_expected()

    def say_when_there(self, case_id: int) -> None:
        """Say the number of a report that was saved late, and open nothing."""
        self._saved_late.append(case_id)
        self._say_saved()

    def _say_saved(self) -> None:
        for case_id in [each for each in self._saved_late if each in self.board.cases]:
            self._saved_late.remove(case_id)
            number = words.case_number(self.board.cases[case_id])
            self.said.emit(self.tr("Registered {number}").format(number=number))

    def _open_expected(self) -> None:
        expected = self._expected_case_id
        if expected is not None and expected in self.board.cases:
            self._expected_case_id = None
            self.open_case(expected)

    def highlight_unit(self, unit_id: str | None) -> None:
        """Choose who the send key would send."""
        self.suggested.highlight(unit_id)

    def highlight_next_unit(self, step: int = 1) -> None:
        """Choose the next of the people on show, round and round."""
        self.suggested.highlight_next(step)

    def note_painted(self, kind: str, case_id: int) -> None:
        """Note that a case or its first picture stood on the screen just now.

        Panels call it from `paintEvent` as often as they like; the moment is
        recorded once.

        Args:
            kind: "on_screen" or "first_picture".
            case_id: Which case.
        """
        key = (kind, case_id)
        if key in self._painted:
            return
        case = self.board.cases.get(case_id)
        if case is None:
            return  # its alarm came first; the next painting notes it
        if len(self._painted) > PAINTED_KEPT:
            self._painted = {old for old in self._painted if old[1] in self.board.cases}
        self._painted.add(key)
        moment = PAINTED[kind]
        if not case.state.is_open or moment in case.clocks:
            return
        self.actions.record_moment(case_id, moment, at=self.clock())

    # -- what came in ------------------------------------------------------------

    def _move_on(self) -> None:
        """Move on to the newest pictures, once for every wall of this desk."""
        if self.engine is not None:
            self.fresh = self.engine.poll()
        if self.fresh:
            self.bridge.stir()
            self.pictures_came.emit()

    def _on_tick(self) -> None:
        self._move_on()
        self.tick.emit()

    def _on_moved(self, moved: "Moved") -> None:
        self.wants.follow(moved)
        self._places.renew(self.board.places, moved.places)
        self.past.renew(moved)
        if self.open_case_id is not None:
            if self.case is None:
                self.open_case(None)
            elif moved.everything or moved.cases or moved.units:
                self.suggested.renew_soon()
        self.moved.emit(moved)
        if self.board.profile != self._profile:
            self._profile = self.board.profile
            self.looks.changed.emit()  # kinds of cases are called otherwise
        self._open_expected()
        self._say_saved()
        if self.open_case_id is not None and (
            moved.everything
            or moved.cameras
            or moved.carried
            or self.open_case_id in moved.cases
        ):
            self._renew_views()

    def _on_link(self, link: object) -> None:
        self.link = self.bridge.link
        self.link_changed.emit(link)

    def _on_second(self) -> None:
        if self.open_case_id is not None:
            self.suggested.renew_soon()
            if self.finder.is_late():
                self._renew_views()
        self.wants.retry_refused()
        self.stills.forget_old(self.clock())
        self.second.begin()

    def _renew_views(self) -> None:
        case = self.case
        views = [] if case is None else self.finder.views_of(case.point)
        if views != self.views:
            self.views = views
            self.views_changed.emit()
