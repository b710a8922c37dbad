"""The desk's window: left what waits, middle what I do, right what I see.

The eye runs left to right, the hand stays on the keypad. Nothing ever covers the
alarm strip or the lane Now.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.action_rules import worst_alarm
from console.keys import Keys
from console.paint_turns import PaintTurns
from console.panels.action_bar import ActionBar
from console.panels.bulk_page import BulkPage
from console.panels.camera_finder import FindPage
from console.panels.case import CasePanel
from console.panels.case_finder import FindCasePage
from console.panels.contacts_page import ContactsPage
from console.panels.intake_form import IntakeForm
from console.panels.keys_page import KeysPage
from console.panels.lanes import LanesPanel
from console.panels.load_page import LoadPage
from console.panels.map_panel import MapPanel
from console.panels.pictures import PicturesPanel
from console.panels.rules_page import RulesPage
from console.panels.settings_page import SettingsPage
from console.panels.sheet_page import SheetPage
from console.panels.strip import AlarmStrip
from console.panels.top_bar import TopBar
from console.panels.wall_check_page import WallCheckPage
from console.panels.wall_page import WallPage
from console.panels.wall_pages import WallsPage
from console.place_names import name_of
from console.report_forms import ReportForms
from console.right_column import RightColumn
from console.wall_driving import WallDriving
from console.window_layout import EDGE, GAP, MIDDLE_LEAST, WindowLayout
from dispatch.geo import Point

if TYPE_CHECKING:
    from console.desk import Desk

P = TypeVar("P", bound=QWidget)

# Pages of the middle, by the word that asks for them.
PAGES: dict[str, type[QWidget]] = {
    "find": FindPage,
    "find_case": FindCasePage,
    "contacts": ContactsPage,
    "bulk": BulkPage,
    "load": LoadPage,
    "rules": RulesPage,
    "sheet": SheetPage,
    "settings": SettingsPage,
    "wall": WallPage,
}
# In this order, each at its place: "top" and "bottom" over the whole width,
# "left", "middle" (one at a time) and "right" (one above the other).
PANELS: tuple[tuple[type[QWidget], str], ...] = (
    (TopBar, "top"),
    (AlarmStrip, "top"),
    (LanesPanel, "left"),
    (CasePanel, "middle"),
    (IntakeForm, "middle"),
    (KeysPage, "middle"),
    *((page, "middle") for page in PAGES.values()),
    (WallsPage, "middle"),
    (WallCheckPage, "middle"),
    (PicturesPanel, "right"),
    (MapPanel, "right"),
    (ActionBar, "bottom"),
)

# What is asked of the open case, or written about it, in the case itself.
CASE_QUESTIONS = frozenset(
    {
        *("close", "recall", "contact", "phone", "note", "complete", "call_back"),
        *("promise", "more", "more_back", "more_force", "more_reinforce"),
        "deed_own_offer",
    }
)
LEFT_LEAST = 340  # a badge, a place of eight characters, its time


class MainWindow(QMainWindow):
    """One window with every panel in its place.

    Thread: UI only.

    Attributes:
        panels: The panels by name.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.desk = desk
        self.panels: dict[str, QWidget] = {}
        p = desk.theme.px
        self.setStyleSheet(desk.theme.style_sheet())
        self.setFont(desk.theme.font())
        self._ground = QWidget()
        self._ground.setObjectName("ground")
        self.setCentralWidget(self._ground)
        rows = QVBoxLayout(self._ground)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._middle = QStackedWidget()
        self._right = RightColumn(p(GAP), p(EDGE))
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setHandleWidth(p(GAP))
        self._columns.setChildrenCollapsible(False)
        bottom: list[QWidget] = []
        for panel_type, place in PANELS:
            panel = panel_type(desk)  # type: ignore[arg-type]
            self.panels[panel.name] = panel  # type: ignore[attr-defined]
            if place == "top":
                rows.addWidget(panel)
            elif place == "left":
                panel.setMinimumWidth(p(LEFT_LEAST))
                self._columns.addWidget(panel)
            elif place == "middle":
                self._middle.addWidget(panel)
            elif place == "right":
                self._right.add(panel)
            else:
                bottom.append(panel)
        self._middle.setMinimumWidth(p(MIDDLE_LEAST))
        self._columns.addWidget(self._middle)
        self._columns.addWidget(self._right)
        self._columns.setStretchFactor(2, 1)
        rows.addWidget(self._columns, 1)
        for panel in bottom:
            rows.addWidget(panel)
        self._layout = WindowLayout(
            self,
            columns=self._columns,
            right=self._right,
            theme=desk.theme,
            settings=desk.settings,
        )
        get = self._panel
        self.strip = get(AlarmStrip)
        self.lanes = get(LanesPanel)
        self.case = get(CasePanel)
        self.forms = ReportForms(desk, self._middle, get(IntakeForm))
        self.keys_page = get(KeysPage)
        self.find_page = get(FindPage)
        self.wall_page = get(WallPage)
        self.pictures = get(PicturesPanel)
        self.wall_page.join(self.pictures)
        self.walls = WallDriving(
            self, self.pictures, page=get(WallsPage), check_page=get(WallCheckPage)
        )
        self._pages: dict[str, QWidget] = {
            **{name: get(page) for name, page in PAGES.items()},
            **self.walls.pages,
        }
        self.map = get(MapPanel)
        self.action_bar = get(ActionBar)
        self._under_page: QWidget = self.case  # what lies there, or under a page
        self.keys = Keys(desk, self)
        PaintTurns(self)
        self._connect()
        self.forms.bring_drafts_back()
        self._on_moved()
        self.lanes.focus_now(by_hand=False)

    # -- inside -----------------------------------------------------------------------

    def _panel(self, panel_type: type[P]) -> P:
        return next(p for p in self.panels.values() if isinstance(p, panel_type))

    def _connect(self) -> None:
        desk = self.desk
        desk.actions.has_parked_report = lambda: self.forms.some_parked
        desk.actions.has_picture = self._has_picture
        desk.actions.is_enlarged = lambda: self.pictures.enlarged
        desk.actions.is_reporting = lambda: self.forms.showing
        desk.actions.is_covered = self._is_covered
        desk.actions.wanted.connect(self._on_wanted)
        desk.actions.came_back.connect(self.forms.take_back)
        desk.case_opened.connect(self._on_case)
        desk.case_asked_again.connect(self._on_case)
        desk.moved.connect(self._on_moved)
        desk.second.connect(self.forms.keep_drafts)
        self.forms.parked.connect(self._show_case)
        self.forms.saved.connect(self._on_saved)
        self.case.answered.connect(partial(self.lanes.focus_now, by_hand=False))
        bar = self.action_bar
        self.pictures.shown_changed.connect(self.map.show_tiles)
        self.pictures.shown_changed.connect(bar.renew)
        self.pictures.enlarged_changed.connect(bar.renew)
        self.walls.walls.changed.connect(bar.renew)
        self.walls.walls.visitors.changed.connect(self._panel(TopBar).update)
        self.pictures.enlarge_area = self._middle_and_right
        self.map.show_tiles(self.pictures.shown)
        self.map.camera_called.connect(self.pictures.show_camera)
        self.map.place_picked.connect(self._on_place_picked)
        self.find_page.called.connect(self._on_found)
        for page in (self.keys_page, self._panel(BulkPage), *self.walls.pages.values()):
            page.put_away.connect(self._back)
        desk.looks.changed.connect(self._on_looks)
        for digit in "0123456789":
            self.keys.bind_keypad(f"Num+{digit}", partial(self._type_digit, digit))
        self.keys.bind_keypad("Num+*", self.pictures.next_views)

    def _type_digit(self, digit: str) -> None:
        """Take a digit of a camera's number, where it is to be read."""
        self._right.show_panel(self.pictures)
        self.pictures.type_digit(digit)

    def _on_found(self, camera_id: str) -> None:
        """Show a camera that was found; its keys are the hand's, but for a report's."""
        self._toggle_page(self.find_page)
        self.pictures.show_camera(camera_id)
        if self._middle.currentWidget() is not self.form:
            self._focus(4)

    def _on_looks(self) -> None:
        """Wear the new colours, say the new words."""
        self.setStyleSheet(self.desk.theme.style_sheet())
        self._right.renew_names()
        self._on_moved()
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()
            widget.update()

    @property
    def form(self) -> IntakeForm:
        """Return the report at hand."""
        return self.forms.form

    def _has_picture(self) -> bool:
        """Return whether there is something to enlarge, or to return from."""
        return self.pictures.enlarged or self.pictures.wall.focused_content is not None

    def _on_moved(self, *_ignored: object) -> None:
        town = self.desk.board.town
        self.setWindowTitle(" ".join((self.tr("Lookout"), town.name)).strip())
        alarm = worst_alarm(self.desk)
        colour = ""
        if alarm is not None and not alarm.test:
            colour = self.desk.theme.severity(alarm.severity).name()
        for edge in self._layout.edges:
            edge.setVisible(bool(colour))
            if colour:
                edge.setStyleSheet(f"background: {colour};")
                edge.raise_()

    def _on_case(self, case_id: int | None) -> None:
        if self._middle.currentWidget() is self.case:
            self._show_middle(self.case)
        elif case_id is not None:  # a case put away elsewhere leaves a form in peace
            self._show_case()

    def _show_case(self, *_ignored: object) -> None:
        self._show_middle(self.case)
        self.lanes.focus_now(by_hand=False)

    def _show_middle(self, page: QWidget) -> None:
        """Show a page of the middle; the only way there, and so out of a form.

        A form that is left stays as it is: it is parked by not being shown.
        """
        self.pictures.enlarge(False)  # it would hide what was called up
        left = self._middle.currentWidget()
        self._middle.setCurrentWidget(page)
        if not self._is_page(page):
            self._under_page = page
        if page is self.form:
            self.desk.expect_none()  # it would take the form away
        self.map.pick_place(page is self.form)
        if left is not page:
            self.desk.pending_changed.emit()  # what the bar offers is another now

    def _on_wanted(self, what: str) -> None:
        at_once: dict[str, Callable[[], object]] = {
            "new_report": self._new_report,
            "parked_report": self._parked_report,
            "keys": self._toggle_keys,
            "best_views": self.pictures.show_best_views,
            "cold_refresh": self.pictures.wants.begin_anew,
            "save_report": self.form.save,
            "enlarge": self.pictures.enlarge,
            "back": self._back,
            "uncover": self._uncover,
            "to_wall": lambda: self.walls.send(self.focused_section()),
        }
        if what in at_once:
            at_once[what]()
        elif what in self._pages:
            self._toggle_page(self._pages[what])
        elif what == "near":
            self._focus(5)
            self.map.show_near()
        elif what in CASE_QUESTIONS:
            self._show_middle(self.case)
        elif what.startswith("focus_"):
            self._focus(int(what.removeprefix("focus_")))

    def _toggle_page(self, page: QWidget) -> None:
        """Show the keys or the settings, or what stood there before."""
        if self._middle.currentWidget() is not page:
            self._show_middle(page)
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._uncover()

    def _uncover(self) -> None:
        """Show what a page or a picture lies over: the report at hand, or the case."""
        if self._under_page is self.form:
            self._show_form()
        else:
            self._show_case()

    def _is_covered(self) -> bool:
        """Return whether the report at hand, or else the open case, is out of sight."""
        seen = self.forms.showing or self.case.head.isVisibleTo(self)
        return self.pictures.enlarged or not seen

    def _is_page(self, widget: QWidget | None) -> bool:
        """Return whether a widget of the middle lies over what stood there before."""
        return widget is self.keys_page or widget in self._pages.values()

    def _toggle_keys(self) -> None:
        """Show the keys valid here, then all of them, then what was there before."""
        if self._middle.currentWidget() is not self.keys_page:
            self.keys_page.begin(self.focused_section())
        elif self.keys_page.show_all():
            return
        self._toggle_page(self.keys_page)

    def focused_section(self) -> str:
        """Return the name of the panel that has the keyboard."""
        focused = QApplication.focusWidget()
        for name, panel in self.panels.items():
            if focused is not None and (
                panel is focused or panel.isAncestorOf(focused)
            ):
                return name
        return ""

    def _new_report(self) -> None:
        self.forms.begin()
        self._show_form()

    def _parked_report(self) -> None:
        self.forms.take_up()
        self._show_form()

    def _show_form(self) -> None:
        self._show_middle(self.form)
        self.form.start()

    def _on_saved(self, form: IntakeForm, case_id: int) -> None:
        """Open the case of a saved report where its form is still what is shown.

        Saved late, it is only said: the hand is at something else by now.
        """
        waited_for = self._middle.currentWidget() is form
        self.forms.let_go(form)
        if waited_for:
            self._show_case()
            self.desk.open_when_there(case_id)
        else:
            self.desk.say_when_there(case_id)
            self.desk.pending_changed.emit()

    def _on_place_picked(self, point: Point) -> None:
        if self._middle.currentWidget() is self.form:
            self.form.set_place(name_of(self.desk, point), point)
            self._show_form()

    def _back(self) -> None:
        """Take one step back, nearest to the hand first."""
        current = self._middle.currentWidget()
        if self.pictures.go_back() or (self._on_map() and self.map.go_back()):
            return
        if (
            isinstance(current, BulkPage | ContactsPage | RulesPage)
            and current.go_back()
        ):
            return
        if current is not None and self._is_page(current):
            self._toggle_page(current)
        elif isinstance(current, IntakeForm):
            current.park()
        elif not self.case.go_back() and not self.map.go_back():
            self.desk.open_case(None)
        if self._middle.currentWidget() is self.case and not self.case.asks():
            self.lanes.focus_now(by_hand=False)

    def _on_map(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.map.isAncestorOf(focused)

    def _focus(self, number: int) -> None:
        if number == 1:
            self.lanes.focus_now()
        elif number == 2:
            self.lanes.focus_due()
        elif number in (3, 6):
            self._show_middle(self.case)
            self.case.start()
        elif number == 4:
            self._right.show_panel(self.pictures)
            self.pictures.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif number == 5:
            self.pictures.enlarge(False)
            self._right.show_panel(self.map)
            self.map.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _middle_and_right(self) -> QRect:
        corner = self._middle.mapTo(self, QPoint(0, 0))
        end = self._right.mapTo(self, self._right.contentsRect().bottomRight())
        return QRect(corner, end)

    # Qt

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._layout.arrange()
        self.walls.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._layout.remember()
        self.forms.keep_drafts()
        self.desk.keep()
        if not self.desk.leaving.may_close():
            self.desk.pending_changed.emit()  # the top bar asks
            event.ignore()
            return
        self.walls.walls.close_all()
        super().closeEvent(event)
