"""Kinds of unit: by role, and told apart by shape at every size they are drawn at."""

import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console.shapes import paint_unit
from console.theme import Theme
from console.unit_kinds import UnitKind, kind_of, name_and_members
from dispatch.units import Unit, UnitStatus


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("专职网格员", UnitKind.STAFF),
        ("网格长", UnitKind.STAFF),
        ("民警", UnitKind.POLICE),
        ("微型消防站", UnitKind.FIRE),
        ("消防车", UnitKind.VEHICLE),
        ("执法车", UnitKind.VEHICLE),
        ("志愿者", UnitKind.VOLUNTEER),
        ("Police officer", UnitKind.POLICE),
        ("caretaker", UnitKind.STAFF),
        ("", UnitKind.STAFF),
    ],
)
def test_a_unit_s_role_says_what_kind_of_help_it_is(role, kind):
    assert kind_of(Unit(unit_id="W01", name="张三", role=role)) is kind


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("微站一组(许强、顾斌)", ("微站一组", "许强、顾斌")),
        ("微站二组（许强）", ("微站二组", "许强")),
        ("王建国", ("王建国", "")),
    ],
)
def test_who_is_in_a_team_is_told_apart_from_its_name(name, apart):
    assert name_and_members(Unit(unit_id="W01", name=name, role="")) == apart


def drawn(kind: UnitKind, status: UnitStatus, side: float) -> QImage:
    """Return a unit as it is drawn, on the panel's colour."""
    theme = Theme()
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(theme.surface)
    painter = QPainter(image)
    paint_unit(painter, QRectF(2, 2, side, side), status, theme, kind=kind)
    painter.end()
    return image


def differing(one: QImage, other: QImage) -> int:
    """Return how many pixels are plainly not the same in two images."""
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 40
        for x in range(one.width())
        for y in range(one.height())
    )


@pytest.mark.parametrize("side", [18.0, 12.0])
@pytest.mark.parametrize("status", [UnitStatus.FREE, UnitStatus.EN_ROUTE])
def test_kinds_are_told_apart_by_shape(qapp, status, side):
    for one, other in itertools.combinations(UnitKind, 2):
        apart = differing(drawn(one, status, side), drawn(other, status, side))
        assert apart >= side, (one, other)


@pytest.mark.parametrize("kind", UnitKind)
def test_a_kind_s_statuses_are_told_apart(qapp, kind):
    looks = [UnitStatus.FREE, UnitStatus.EN_ROUTE, UnitStatus.ON_SCENE]
    for one, other in itertools.combinations([*looks, UnitStatus.OFF_DUTY], 2):
        assert differing(drawn(kind, one, 18), drawn(kind, other, 18)) >= 8
