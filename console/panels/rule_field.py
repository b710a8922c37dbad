"""What takes one figure of a rule: a line to type in, or for yes and no a box to tick."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from console import rule_words, words
from console.panels.legend import LayerBox
from console.panels.wall_parts import field

if TYPE_CHECKING:
    from console.desk import Desk

RuleField = QLineEdit | LayerBox


def rule_field(
    desk: "Desk",
    name: str,
    written: str,
    *,
    fixed: bool,
    changed: Callable[..., object],
) -> RuleField:
    """Return what takes a figure.

    Args:
        desk: For its theme.
        name: The rule's field.
        written: Its value, as `rule_words.Figure.write` has it.
        fixed: It can be looked at only.
        changed: Called after somebody altered it.
    """
    if name == rule_words.OFF:
        box = LayerBox(words.key("Space"), None, desk.theme)
        box.setChecked(not int(written))
        box.setEnabled(not fixed)
        box.toggled.connect(changed)
        return box
    line = field(desk)
    line.setText(written)
    line.setReadOnly(fixed)
    line.textEdited.connect(changed)
    return line


def texts_of(fields: Mapping[str, RuleField]) -> dict[str, str]:
    """Return what stands in each, as `rule_words.typed_rule` reads it."""
    return {
        name: each.text()
        if isinstance(each, QLineEdit)
        else str(int(not each.isChecked()))
        for name, each in fields.items()
    }
