"""Looks: colour tokens, sizes for a monitor, fonts and the style sheet.

Colour means that someone must act. Each severity colour has one meaning and is
used for nothing else; at rest the desk is grey. Ratios and colour distances are
recomputed in the tests whenever a token changes.
"""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QScreen

from console.text_lines import TextLines

# Sizes in the pixels of a 24" 1920x1080 monitor at 80 cm; nothing under MIN.
MIN = 19
ROW = 20
TITLE = 24
CLOCK = 32
STRIP = 40

REFERENCE_MM_PER_PX = 0.2744  # 23.8" at 1920x1080, read from 80 cm
DESK_DIAGONAL_MM = (280.0, 900.0)  # outside of this a monitor lies about its size
NARROWEST_PX = 1360  # a desk is never scaled below this many own pixels
SMALLEST = 0.6  # where not even those are there: half of a 2560 at 200 per cent

# 0.92 em high at 20 px: 21.7 minutes of arc at 80 cm.
FAMILIES = (
    "Lookout Sans SC",  # ships with the program: a subset of Noto Sans SC
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour to fill a shape with, and the ink that reads on it."""

    fill: str
    ink: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """The colours of one background.

    Attributes:
        bg: Window.
        surface: Panel.
        raised: Open or selected row, dialog.
        text: Main text.
        text2: Second text.
        text3: Normal state, units.
        edge: Field and button outlines.
        line: Separators only, never the sole carrier of anything.
        focus: Focus ring.
        severities: P1 to P4.
        outlined: Severity fills need an outline on this background.
        doubt: Old, frozen or not to be believed as it is.
        plate: Solid plate under captions on pictures, with `plate_text`.
        plate_text: Text on that plate.
        plate_doubt: Doubt on that plate, the same on both backgrounds.
    """

    name: str
    bg: str
    surface: str
    raised: str
    text: str
    text2: str
    text3: str
    edge: str
    line: str
    focus: str
    severities: tuple[Fill, Fill, Fill, Fill]
    outlined: bool
    doubt: Fill
    plate: str = "#14181D"
    plate_text: str = "#E3E7EB"
    plate_doubt: str = "#DDBBFF"


DARK = Tokens(
    name="dark",
    bg="#14181D",
    surface="#1C2127",
    raised="#252B33",
    text="#E3E7EB",
    text2="#AAB3BD",
    text3="#949FAA",
    edge="#7B8794",
    line="#38424D",
    focus="#FFFFFF",
    severities=(
        Fill("#FF4B4B", "#14181D"),
        Fill("#FF8A1F", "#14181D"),
        Fill("#FFF07A", "#14181D"),
        Fill("#4F93D2", "#14181D"),
    ),
    outlined=False,
    doubt=Fill("#DDBBFF", "#14181D"),
)

LIGHT = Tokens(
    name="light",
    bg="#E3E6E9",
    surface="#EEF0F2",
    raised="#FFFFFF",
    text="#1B222A",
    text2="#47525E",
    text3="#57626E",
    edge="#69747F",
    line="#BFC7CF",
    focus="#1B222A",
    severities=(
        Fill("#C4161C", "#FFFFFF"),
        Fill("#F08000", "#1B222A"),
        Fill("#FFEB7A", "#1B222A"),
        Fill("#5B93C9", "#1B222A"),
    ),
    outlined=True,
    doubt=Fill("#5A2A94", "#FFFFFF"),
)


class Theme:
    """The tokens, sized for one monitor.

    Thread: UI only (fonts and metrics).

    Attributes:
        tokens: The colours as text.
        lines: Its lines of text, each laid out once.
        scale: Own pixels to screen pixels.
        reduced_motion: Nothing blinks; a double outline says the same.
    """

    def __init__(
        self,
        tokens: Tokens = DARK,
        *,
        scale: float = 1.0,
        reduced_motion: bool = False,
    ) -> None:
        self.scale = scale
        self.reduced_motion = reduced_motion
        self._fonts: dict[tuple[int, int], QFont] = {}
        self._metrics: dict[tuple[int, int], QFontMetricsF] = {}
        self.lines = TextLines(self.font, self.metrics)
        self.wear(tokens)

    def wear(self, tokens: Tokens) -> None:
        """Take on other colours; whoever paints with this theme follows."""
        self.tokens = tokens
        self.bg = QColor(tokens.bg)
        self.surface = QColor(tokens.surface)
        self.raised = QColor(tokens.raised)
        self.text = QColor(tokens.text)
        self.text2 = QColor(tokens.text2)
        self.text3 = QColor(tokens.text3)
        self.edge = QColor(tokens.edge)
        self.line = QColor(tokens.line)
        self.focus = QColor(tokens.focus)
        self.doubt = QColor(tokens.doubt.fill)
        self.doubt_ink = QColor(tokens.doubt.ink)
        self.plate = QColor(tokens.plate)
        self.plate_text = QColor(tokens.plate_text)
        self.plate_doubt = QColor(tokens.plate_doubt)
        self._fills = [QColor(each.fill) for each in tokens.severities]
        self._inks = [QColor(each.ink) for each in tokens.severities]

    def px(self, size: float) -> int:
        """Return a size of the design in this monitor's pixels."""
        return max(1, round(size * self.scale)) if size > 0 else 0

    def severity(self, severity: int) -> QColor:
        """Return the fill colour of a severity, 1 to 4."""
        return self._fills[min(max(severity, 1), 4) - 1]

    def severity_ink(self, severity: int) -> QColor:
        """Return the colour that reads on that fill."""
        return self._inks[min(max(severity, 1), 4) - 1]

    def font(self, size: int = ROW, weight: int = 400) -> QFont:
        """Return the interface font, figures all of one width."""
        key = (size, weight)
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(list(FAMILIES))
            font.setPixelSize(self.px(size))
            font.setWeight(QFont.Weight(weight))
            font.setFeature(QFont.Tag("tnum"), 1)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return self._fonts[key]

    def metrics(self, size: int = ROW, weight: int = 400) -> QFontMetricsF:
        """Return the measures of that font."""
        key = (size, weight)
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(self.font(size, weight))
        return self._metrics[key]

    def style_sheet(self) -> str:
        """Return the style sheet of every plain widget."""
        t = self.tokens
        p = self.px
        families = ", ".join(f'"{family}"' for family in FAMILIES)
        return f"""
        QWidget {{ background: {t.surface}; color: {t.text}; }}
        QMainWindow, QSplitter, #ground {{ background: {t.bg}; }}
        QSplitter::handle {{ background: {t.bg}; }}
        QLabel {{ background: transparent; }}
        QAbstractScrollArea {{ border: 0; background: {t.surface}; }}
        QLineEdit, QPlainTextEdit, QComboBox {{
            background: {t.bg}; color: {t.text};
            border: {p(1)}px solid {t.edge}; border-radius: {p(3)}px;
            padding: {p(5)}px {p(10)}px; min-height: {p(30)}px;
            selection-background-color: {t.text2}; selection-color: {t.bg};
            placeholder-text-color: {t.text3};
        }}
        QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
            border: {p(3)}px solid {t.focus};
            padding: {p(3)}px {p(8)}px;
        }}
        QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{
            background: {t.surface}; color: {t.text2}; border-style: dashed;
        }}
        QPushButton {{
            background: {t.raised}; color: {t.text};
            border: {p(1)}px solid {t.edge}; border-radius: {p(3)}px;
            padding: {p(4)}px {p(16)}px; min-height: {p(30)}px;
        }}
        QPushButton:hover {{ border-color: {t.text}; }}
        QPushButton:pressed {{ background: {t.bg}; }}
        QPushButton:focus {{ border: {p(3)}px solid {t.focus}; outline: 0;
            background: {t.raised}; padding: {p(2)}px {p(14)}px; }}
        QPushButton:disabled {{ color: {t.text3}; border-color: {t.line}; }}
        QListWidget {{ background: {t.bg}; border: {p(1)}px solid {t.line};
            outline: 0; }}
        QListWidget:focus {{ border: {p(3)}px solid {t.focus}; }}
        QListWidget::item {{ padding-left: {p(8)}px;
            border-left: {p(6)}px solid transparent; }}
        QListWidget::item:selected {{ background: {t.raised}; color: {t.text};
            border-left: {p(6)}px solid {t.text}; }}
        QTableWidget {{ background: {t.bg}; border: {p(1)}px solid {t.line};
            outline: 0; }}
        QTableWidget:focus {{ border: {p(3)}px solid {t.focus}; }}
        QTableWidget::item {{ padding-left: {p(6)}px; }}
        QTableWidget::item:selected {{ background: {t.raised}; color: {t.text}; }}
        QHeaderView::section {{ background: {t.surface}; color: {t.text2}; border: 0;
            padding: {p(4)}px {p(6)}px; }}
        QScrollBar:vertical {{ background: {t.surface}; width: {p(12)}px; margin: 0; }}
        QScrollBar:horizontal {{ background: {t.surface}; height: {p(12)}px; }}
        QScrollBar::handle {{ background: {t.line}; border-radius: {p(3)}px;
            min-height: {p(40)}px; min-width: {p(40)}px; margin: {p(2)}px; }}
        QScrollBar::handle:hover {{ background: {t.edge}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QTabBar, QMenu, QToolTip {{ font-family: {families}; font-size: {p(ROW)}px; }}
        QTabBar::tab {{ background: {t.surface}; color: {t.text2};
            padding: {p(6)}px {p(20)}px; border: 0; }}
        QTabBar::tab:selected {{ background: {t.raised}; color: {t.text};
            border-bottom: {p(3)}px solid {t.text}; }}
        QTabWidget::pane {{ border: 0; }}
        QToolTip {{ background: {t.raised}; color: {t.text};
            border: {p(1)}px solid {t.edge}; padding: {p(4)}px; }}
        QLabel[look="second"] {{ color: {t.text2}; }}
        QLabel[look="quiet"] {{ color: {t.text3}; }}
        QLabel[look="framed"] {{ border: {p(2)}px solid {t.text};
            padding: {p(6)}px {p(10)}px; }}
        QPushButton[look="answer"] {{ text-align: left;
            padding: {p(4)}px {p(9)}px; }}
        QPushButton[look="answer"]:focus {{ padding: {p(2)}px {p(7)}px; }}
        QPushButton:checked {{ background: {t.text}; color: {t.bg}; }}
        QPushButton:checked:focus {{ border: {p(3)}px solid {t.edge}; }}
        QPushButton[look="choice"] {{ padding: {p(3)}px {p(10)}px; }}
        QPushButton[look="choice"]:focus {{ padding: {p(1)}px {p(8)}px; }}
        QPushButton[look="map"] {{ background: {t.surface};
            padding: 0 {p(8)}px; min-height: {p(34)}px; min-width: {p(20)}px; }}
        #legend {{ background: {t.raised}; border: {p(1)}px solid {t.edge}; }}
        #legend QWidget {{ background: {t.raised}; }}
        QProgressBar {{ background: {t.bg}; border: {p(1)}px solid {t.edge};
            border-radius: {p(3)}px; min-height: {p(12)}px; max-height: {p(12)}px; }}
        QProgressBar::chunk {{ background: {t.text2}; }}
        QMenu {{ background: {t.raised}; border: {p(1)}px solid {t.edge}; }}
        QMenu::item {{ padding: {p(6)}px {p(24)}px; }}
        QMenu::item:selected {{ background: {t.line}; }}
        """


def scale_for(screen: QScreen, *, share: float = 1.0) -> float:
    """Return how much larger than the reference this monitor's pixels must be.

    Taken from its millimetres where they are believable for a desk; a monitor
    that lies about its size is measured by its pixels alone.

    Args:
        screen: The monitor.
        share: What a person wants of that, 1.0 to 2.0; as far as the desk fits.
    """
    size = screen.size()
    physical = screen.physicalSize()
    scale = scale_of(size.width(), size.height(), physical.width(), physical.height())
    return max(scale, min(scale * share, largest_for(size.width())))


def largest_for(width: int) -> float:
    """Return the largest scale at which a desk fits a monitor of so many pixels."""
    return math.floor(width / NARROWEST_PX * 20) / 20


def scale_of(width: int, height: int, width_mm: float, height_mm: float) -> float:
    """Return the scale for a monitor of so many pixels and millimetres."""
    diagonal = math.hypot(width_mm, height_mm)
    by_pixels = width / 1920
    fits = width / NARROWEST_PX
    believable = DESK_DIAGONAL_MM[0] <= diagonal <= DESK_DIAGONAL_MM[1]
    by_eye = REFERENCE_MM_PER_PX / (width_mm / width) if believable else by_pixels
    if fits < 1.0:  # the desk shrinks to what it needs, as far as the eye allows
        return min(1.0, max(fits, by_eye if believable else fits, SMALLEST))
    scale = min(by_eye, fits, max(by_pixels * 1.25, 1.0))
    if scale < 1.08:  # 1920 pixels wide is what the layout is drawn for
        return 1.0
    return math.floor(scale * 20 + 0.25) / 20


@cache
def load_fonts() -> tuple[str, ...]:
    """Load the fonts that ship; return the families they brought.

    Call once an application exists. A bare machine shows Chinese with these.
    """
    families: list[str] = []
    folder = files("resources") / "fonts"
    if not folder.is_dir():
        return ()
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if Path(entry.name).suffix.lower() not in (".otf", ".ttf", ".ttc"):
            continue
        families += _load_font(entry)
    return tuple(dict.fromkeys(families))


def _load_font(entry: Traversable) -> list[str]:
    number = QFontDatabase.addApplicationFontFromData(QByteArray(entry.read_bytes()))
    return QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
