"""The photo that the demonstration's worker sends: a frame of the courtyard scene.

    .venv/bin/python packaging/make_feedback_photo.py
"""

import sys
from pathlib import Path

import cv2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from video.scenes import open_scene  # noqa: E402

PHOTO = ROOT / "resources" / "samples" / "yaozhuang-small" / "feedback.jpg"


def main() -> None:
    """Draw the scene as a hand-held telephone would see it, and keep it small."""
    picture = open_scene("courtyard", (1280, 720)).draw(4.0)
    closer = picture[120:600, 320:960]
    lively = cv2.convertScaleAbs(closer, alpha=1.08, beta=6)
    cv2.imwrite(str(PHOTO), lively, [cv2.IMWRITE_JPEG_QUALITY, 82])


if __name__ == "__main__":
    main()
