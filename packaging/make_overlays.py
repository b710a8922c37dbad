"""Draw the lettering of the demonstration's pictures: camera names, clock, signs.

Run it after changing names: `python packaging/make_overlays.py`. The pictures
ship with the small town, for the cameras of both towns, because OpenCV alone cannot
set Chinese type.
"""

import csv
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QRawFont,
)

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "resources" / "fonts" / "LookoutSansSC-Bold.otf"
SAMPLES = ROOT / "resources" / "samples"
TOWNS = ("yaozhuang-small", "yaozhuang")  # a camera of both has the same name in both
OVERLAY = SAMPLES / "yaozhuang-small" / "overlay"
DIGITS = "0123456789:"
SIGNS = {
    "gate": "桃源新邨",
    "shop-1": "姚庄鲜肉",
    "shop-2": "平价蔬果",
    "shop-3": "老王水产",
    "shop-4": "豆制品",
    "shop-5": "馄饨面馆",
    "shop-6": "便民超市",
    "market": "桃源农贸市场",
    "park": "姚庄公园",
    "bridge": "丰乐桥",
    "block": "12幢",
    "preparing": "画面准备中",
}


def draw(text: str, *, height: int, cell: float | None = None) -> QImage:
    """Return text in white on black; in cells of one width where asked.

    Raises:
        ValueError: The font that ships has no such letter.
    """
    family = QFontDatabase.applicationFontFamilies(_font_id())[0]
    font = QFont(family)
    font.setWeight(QFont.Weight.Bold)  # the family may have a regular face too
    font.setPixelSize(round(height * 0.8))
    metrics = QFontMetricsF(font)
    letters = QRawFont(str(FONT), 16.0)
    missing = [each for each in text if not letters.supportsCharacter(ord(each))]
    if missing:
        raise ValueError(f"{FONT.name} has no {''.join(missing)}: make fonts")
    width = cell * len(text) if cell else metrics.horizontalAdvance(text) + 4
    image = QImage(round(width), height, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    try:
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white)
        base = height * 0.5 + metrics.capHeight() / 2
        if cell is None:
            painter.drawText(2.0, base, text)
        else:
            for i, letter in enumerate(text):
                left = i * cell + (cell - metrics.horizontalAdvance(letter)) / 2
                painter.drawText(left, base, letter)
    finally:
        painter.end()
    return image


def names() -> dict[str, str]:
    """Return what each camera's picture says, by number: its number and its name."""
    found = {}
    for town in TOWNS:
        with (SAMPLES / town / "cameras.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            for row in csv.DictReader(file):
                found[row["camera_id"]] = f"{row['camera_id']} {row['name']}"
    return found


_ids: list[int] = []


def _font_id() -> int:
    if not _ids:
        _ids.append(QFontDatabase.addApplicationFont(str(FONT)))
    return _ids[0]


def main() -> int:
    """Write every picture into the small town's folder."""
    application = QGuiApplication(sys.argv[:1])
    folder = OVERLAY
    folder.mkdir(parents=True, exist_ok=True)
    draw(DIGITS, height=48, cell=26.0).save(str(folder / "digits.png"))
    draw("演示", height=48).save(str(folder / "demo.png"))
    for name, text in SIGNS.items():
        draw(text, height=96).save(str(folder / f"sign-{name}.png"))
    for camera_id, text in names().items():
        draw(text, height=48).save(str(folder / f"{camera_id}.png"))
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
