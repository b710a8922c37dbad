"""Keys that only one panel knows: they act where the keyboard is.

What works everywhere stands in `console/action_table.py`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class PanelKeys:
    """The keys of one panel.

    Attributes:
        panel: The panel's name; "" for the keypad, which works wherever nobody types.
        title: What the keys are called together.
        keys: Key cap and what it does.
    """

    panel: str
    title: object
    keys: tuple[tuple[str, object], ...]

    def lines(self) -> list[tuple[str, str]]:
        """Return key cap and meaning in the desk's language."""
        return [(cap, _words(text)) for cap, text in self.keys]

    def heading(self) -> str:
        """Return what the keys are called together, in the desk's language."""
        return _words(self.title)


def _words(text: object) -> str:
    return QCoreApplication.translate("KeysPage", str(text))


PANEL_KEYS: tuple[PanelKeys, ...] = (
    PanelKeys(
        "",
        QT_TRANSLATE_NOOP("KeysPage", "Keypad"),
        (
            ("*", QT_TRANSLATE_NOOP("KeysPage", "next set of best views")),
            ("0–9 ⏎", QT_TRANSLATE_NOOP("KeysPage", "camera by its number")),
            ("0 1–9 ⏎", QT_TRANSLATE_NOOP("KeysPage", "scene by its number")),
        ),
    ),
    PanelKeys(
        "lanes",
        QT_TRANSLATE_NOOP("KeysPage", "In the lanes"),
        (
            ("↑ ↓", QT_TRANSLATE_NOOP("KeysPage", "walk from row to row")),
            ("⏎", QT_TRANSLATE_NOOP("KeysPage", "open the row walked to")),
            ("U", QT_TRANSLATE_NOOP("KeysPage", "in a flood: unfold all, fold")),
            ("F", QT_TRANSLATE_NOOP("KeysPage", "Due: all, mine, to decide, today …")),
            ("S", QT_TRANSLATE_NOOP("KeysPage", "Due: shelve for 30 min, bring back")),
            ("Space", QT_TRANSLATE_NOOP("KeysPage", "Due: mark a row; A marks all")),
            ("B", QT_TRANSLATE_NOOP("KeysPage", "Due: do the marked together")),
        ),
    ),
    PanelKeys(
        "case",
        QT_TRANSLATE_NOOP("KeysPage", "In the case"),
        (
            ("↑ ↓", QT_TRANSLATE_NOOP("KeysPage", "choose whom to send, or a step")),
            (
                "Space  S",
                QT_TRANSLATE_NOOP("KeysPage", "step done or not · skip it, say why"),
            ),
        ),
    ),
    PanelKeys(
        "intake_form",
        QT_TRANSLATE_NOOP("KeysPage", "In the report"),
        (
            ("Tab  ↑ ↓", QT_TRANSLATE_NOOP("KeysPage", "next field · choose")),
            ("⏎", QT_TRANSLATE_NOOP("KeysPage", "take what is chosen · save")),
        ),
    ),
    PanelKeys(
        "pictures",
        QT_TRANSLATE_NOOP("KeysPage", "In the pictures"),
        (
            ("↑ ↓ ← →  ⏎", QT_TRANSLATE_NOOP("KeysPage", "choose a tile · enlarge")),
            ("0–9 ⏎", QT_TRANSLATE_NOOP("KeysPage", "camera by its number")),
            (
                "*  Backspace",
                QT_TRANSLATE_NOOP("KeysPage", "next best views · what was before"),
            ),
            (
                "B",
                QT_TRANSLATE_NOOP("KeysPage", "map, lane, board, case, notice in it"),
            ),
            (
                ",  .",
                QT_TRANSLATE_NOOP("KeysPage", "10 s back, all tiles · 10 s forward"),
            ),
            ("Shift+,", QT_TRANSLATE_NOOP("KeysPage", "10 s back, this tile alone")),
            ("P  L", QT_TRANSLATE_NOOP("KeysPage", "stop, go on · live again")),
            (
                "T  Shift+T",
                QT_TRANSLATE_NOOP("KeysPage", "next layout · the one before"),
            ),
            (
                "Ctrl+↑ ↓ ← →",
                QT_TRANSLATE_NOOP("KeysPage", "change places with the next tile"),
            ),
            (
                "Shift+↑ ↓ ← →  Y",
                QT_TRANSLATE_NOOP("KeysPage", "join with the next tile · split"),
            ),
            (
                "Shift+Backspace",
                QT_TRANSLATE_NOOP("KeysPage", "the layout before the last change"),
            ),
            ("N", QT_TRANSLATE_NOOP("KeysPage", "wrong view · take it back")),
            ("V  M", QT_TRANSLATE_NOOP("KeysPage", "listen to the camera · mute")),
            (
                "PgUp PgDn  J",
                QT_TRANSLATE_NOOP("KeysPage", "tour: before, next · hold"),
            ),
        ),
    ),
    PanelKeys(
        "map",
        QT_TRANSLATE_NOOP("KeysPage", "On the map"),
        (
            ("↑ ↓ ← →  + −", QT_TRANSLATE_NOOP("KeysPage", "move · zoom")),
            ("Home  G", QT_TRANSLATE_NOOP("KeysPage", "whole town · open case")),
            ("Tab  ⏎", QT_TRANSLATE_NOOP("KeysPage", "next object · act on it")),
            ("[ ]  L", QT_TRANSLATE_NOOP("KeysPage", "smaller, larger ring · layers")),
            ("P", QT_TRANSLATE_NOOP("KeysPage", "the centre is the report's place")),
        ),
    ),
    PanelKeys(
        "contacts_page",
        QT_TRANSLATE_NOOP("KeysPage", "In the contacts"),
        (
            ("↑ ↓  ⏎", QT_TRANSLATE_NOOP("KeysPage", "choose a person · call them")),
            ("Tab", QT_TRANSLATE_NOOP("KeysPage", "by role, department, grid, all")),
            ("Space", QT_TRANSLATE_NOOP("KeysPage", "mark a person, or no more")),
            (
                "Ctrl+A  ⏎",
                QT_TRANSLATE_NOOP("KeysPage", "mark all listed · write to the marked"),
            ),
        ),
    ),
    PanelKeys(
        "rules_page",
        QT_TRANSLATE_NOOP("KeysPage", "In the rules over readings"),
        (
            ("⏎", QT_TRANSLATE_NOOP("KeysPage", "open a rule · try it · go by it")),
            ("N", QT_TRANSLATE_NOOP("KeysPage", "another like it, for one grid")),
            ("Del", QT_TRANSLATE_NOOP("KeysPage", "as the profile has it")),
        ),
    ),
)
