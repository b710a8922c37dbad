"""Words beside marks: whose they are must be plain, also in a crowd."""

import pytest
from PySide6.QtCore import QLineF, QPointF, QRectF

from console.layers.labels import LabelBook, leader
from console.layers.layer import Label, MapView
from console.theme import Theme
from dispatch.geo import MapFrame, Point

VIEW = MapView(-800, 400, 0.5, 800, 400, MapFrame(Point(120.93, 30.93)))


def placed(label: Label, marks: list[QRectF]) -> list[QRectF]:
    """Return where a label was put, if anywhere."""
    work = LabelBook(Theme()).place([label], VIEW, marks)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return [box for _, box in end.value]


def mark(at: QPointF) -> QRectF:
    return QRectF(at.x() - 10, at.y() - 10, 20, 20)


def test_word_keeps_off_marks_that_are_not_its_own(qapp):
    mine, other = QPointF(400, 200), QPointF(424, 200)
    label = Label(text="王建国", at=mine, gap=12, rank=35)
    (box,) = placed(label, [mark(mine), mark(other)])
    assert not box.adjusted(-4, -4, 4, 4).intersects(mark(other))
    assert leader(label, box, 1.0) is None


def test_word_that_stands_off_is_tied_to_its_mark(qapp):
    label = Label(text="王建国", at=QPointF(400, 200), gap=12)
    box = QRectF(430, 180, 70, 30)
    line = leader(label, box, 1.0)
    assert line is not None
    assert QLineF(label.at, line.p1()).length() == pytest.approx(10)
    assert box.contains(line.p2())


@pytest.mark.parametrize(("rank", "shown"), [(35, 0), (5, 1)])
def test_word_among_strangers_is_left_out_unless_it_is_the_one_that_matters(
    qapp, rank, shown
):
    # Strangers all round, so near that no word is plainly of the one in the middle.
    mine = QPointF(400, 200)
    label = Label(text="王", at=mine, gap=12, rank=rank)
    width, height = 33, 32
    strangers = [
        QPointF(mine.x() + x, mine.y() + y)
        for x in range(-180, 181, width + 20 + 12)
        for y in range(-162, 163, height + 20 + 2)
        if (x, y) != (0, 0)
    ]
    free = QPointF(mine.x() + 300, mine.y())
    assert len(placed(label, [mark(mine), *map(mark, strangers)])) == shown
    assert len(placed(label, [mark(mine), mark(free)])) == 1
