"""The names in the demonstration's pictures are those of its registers."""

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
SIZE_KB = 160  # of all the lettering that ships


@pytest.fixture(scope="module")
def maker() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "make_overlays.py"))


def ink(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8)
    rows = rows.reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]
    return rows.astype(float)


def test_each_camera_of_both_towns_shows_its_name(qapp, maker):
    names = maker["names"]()
    assert len(names) == 24
    for camera_id, text in names.items():
        shipped = QImage(str(maker["OVERLAY"] / f"{camera_id}.png"))
        assert not shipped.isNull(), text
        drawn = maker["draw"](text, height=48)
        assert shipped.size() == drawn.size(), text
        # Another system's edges are a little softer; another name is not like it.
        assert np.abs(ink(shipped) - ink(drawn)).mean() < 6, text
        assert len(text) > len(camera_id) + 2


def test_the_lettering_stays_small(maker):
    sizes = [path.stat().st_size for path in maker["OVERLAY"].glob("*.png")]
    assert sum(sizes) < SIZE_KB * 1024


def test_a_letter_that_the_font_lacks_is_not_drawn_as_a_box(qapp, maker):
    with pytest.raises(ValueError, match="make fonts"):
        maker["draw"]("ሴ", height=48)
