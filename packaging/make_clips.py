"""Draw and code the clips by which decoders of a machine are tried.

Run it after changing anything here: `python packaging/make_clips.py`. The clips ship,
because a machine that is to be tried need not have an encoder.
"""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "resources" / "clips"
SIZES = {"small": (640, 360, 24), "large": (1920, 1080, 8)}  # with pictures in it
ENCODERS = {
    "h264": ("libx264", "x264-params", "keyint=250:bframes=0:threads=1"),
    "hevc": ("libx265", "x265-params", "keyint=250:bframes=0:pools=1:log-level=none"),
}


def picture(number: int, width: int, height: int) -> np.ndarray:
    """Return something with edges, colours and texture that moves."""
    noise = np.random.default_rng(7).integers(40, 216, (18, 32, 3), np.uint8)
    drawn = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    drawn = np.roll(drawn, number * width // 160, axis=1)
    at = (width * (number + 4) // 36, height // 2)
    cv2.circle(drawn, at, height // 6, (30, 200, 240), -1)
    cv2.rectangle(drawn, (8, 8), (width // 4, height // 5), (250, 250, 250), 3)
    return drawn


def main() -> None:
    """Write a clip for each codec and size."""
    TARGET.mkdir(exist_ok=True)
    for codec, (encoder, option, value) in ENCODERS.items():
        for name, (width, height, count) in SIZES.items():
            made = av.CodecContext.create(encoder, "w")
            made.width, made.height, made.pix_fmt = width, height, "yuv420p"
            made.framerate = Fraction(25)
            made.time_base = Fraction(1, 25)
            made.options = {"preset": "medium", "crf": "30", option: value}
            data = b""
            for number in range(count):
                drawn = picture(number, width, height)
                frame = av.VideoFrame.from_ndarray(drawn, format="bgr24")
                frame = frame.reformat(format="yuv420p")
                frame.pts = number
                data += b"".join(bytes(packet) for packet in made.encode(frame))
            data += b"".join(bytes(packet) for packet in made.encode(None))
            (TARGET / f"{name}.{codec}").write_bytes(data)


if __name__ == "__main__":
    main()
