"""Encoded loops of the drawn scenes: made once, kept in a cache, read for playing.

A loop is an Annex-B file beside a JSON file with its digest; whatever does not
match is made again. Encoding happens in processes of its own, started with
`ENCODER_COMMAND`: the order comes in on standard input, progress goes out on
standard output, and the process ends when its input closes.
"""

import asyncio
import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from video.coded_loop import Loop, load_coded, open_encoder, save_coded
from video.frame_code import (
    LOOP_SECONDS,
    TICKS_PER_SECOND,
    FrameMark,
    write_frame_mark,
)
from video.scenes_look import Look

if TYPE_CHECKING:
    from video.scenes import Drawable

VERSION = 3  # part of every file's name: raise it when pictures or encoding change
ENCODER_COMMAND: tuple[str, ...] = (sys.executable, "-m", "video.scenes_loops")


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One of the two streams that every camera has.

    Attributes:
        width: Encoded width; pictures are drawn at `drawn` and scaled to it.
        bit_rate: Bits per second.
        gop: Pictures from key frame to key frame.
    """

    width: int
    height: int
    drawn: tuple[int, int]
    rate: int
    bit_rate: int
    gop: int

    @property
    def count(self) -> int:
        """Return the number of pictures in a loop."""
        return self.rate * LOOP_SECONDS


_AS_DRAWN = Look()

FORMS: dict[str, Form] = {
    "sub": Form(
        width=640, height=360, drawn=(1280, 720), rate=15, bit_rate=600_000, gop=30
    ),
    "main": Form(
        width=1920, height=1080, drawn=(1280, 720), rate=25, bit_rate=4_000_000, gop=50
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LoopSpec:
    """What one encoded loop shows.

    Attributes:
        scene: Name of a drawn scene.
        form: "sub" or "main".
        camera_index: Written into each picture's mark; negative: they bear none.
        camera_id: Written into the overlay.
        label: Picture of the camera's name, or None.
        look: For which camera the scene is drawn.
    """

    scene: str
    form: str
    camera_index: int
    camera_id: str
    label: Path | None = None
    look: Look = _AS_DRAWN

    @property
    def file_name(self) -> str:
        """Return the name of its file in the cache."""
        overlay = f"{self.camera_index}|{self.camera_id}|{self.look}|".encode()
        if self.label is not None and self.label.is_file():
            overlay += self.label.read_bytes()
        tag = hashlib.sha256(overlay).hexdigest()[:8]
        when = "-night" if self.look.night else ""
        return f"{self.scene}{when}-{self.form}-{tag}-v{VERSION}.h264"


def load_loop(spec: LoopSpec, cache: Path) -> Loop | None:
    """Return a loop from the cache, or None where it is missing or damaged."""
    form = FORMS[spec.form]
    return load_coded(cache / spec.file_name, pictures=form.count, rate=form.rate)


async def make_loop(
    spec: LoopSpec,
    cache: Path,
    *,
    command: Sequence[str] = ENCODER_COMMAND,
    progress: Callable[[int, int], None] = lambda done, of: None,
    idle: bool = False,
) -> None:
    """Have a loop drawn and encoded by a process of its own.

    Args:
        spec: What it shows.
        cache: Folder of the loops.
        command: How to start the process.
        progress: Called with pictures done and their number.
        idle: Nobody waits: only with what others leave of the processor.

    Raises:
        RuntimeError: The encoder ended without a result.
    """
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    order = {
        "scene": spec.scene,
        "form": spec.form,
        "camera_index": spec.camera_index,
        "camera_id": spec.camera_id,
        "label": str(spec.label) if spec.label is not None else None,
        "cache": str(cache),
        "look": asdict(spec.look),
        "idle": idle,
    }
    try:
        # Its input stays open: closing it is the sign to end.
        process.stdin.write(json.dumps(order).encode() + b"\n")
        await process.stdin.drain()
        async for line in process.stdout:
            message = json.loads(line)
            progress(int(message["done"]), int(message["of"]))
        status = await process.wait()
    finally:
        process.stdin.close()
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status != 0:
        raise RuntimeError(f"encoding {spec.file_name} ended with status {status}")


def encode_loop(
    spec: LoopSpec,
    cache: Path,
    progress: Callable[[int, int], None],
    *,
    scene: "Drawable | None" = None,
) -> Path:
    """Draw and encode one loop into the cache; return its file.

    Args:
        spec: What it shows.
        cache: Folder of the loops.
        progress: Called with pictures done and their number.
        scene: What is drawn; the scene that the spec names if None.
    """
    import av
    import cv2

    from video.scenes import open_scene
    from video.scenes_eye import Image
    from video.scenes_overlay import Overlay

    form = FORMS[spec.form]
    cv2.setNumThreads(1)  # processes run side by side instead
    drawn = scene or open_scene(spec.scene, form.drawn, spec.look)
    overlay = Overlay(
        (form.width, form.height),
        camera_id=spec.camera_id,
        label=spec.label,
        night=spec.look.night,
    )
    codec = open_encoder(
        "h264",
        size=(form.width, form.height),
        rate=form.rate,
        bit_rate=form.bit_rate,
        gop=form.gop,
    )
    coded = bytearray()
    for index in range(form.count):
        picture = drawn.draw(index / form.rate)
        if picture.shape[1] != form.width:
            shrinking = picture.shape[1] > form.width
            picture = cv2.resize(
                picture,
                (form.width, form.height),
                interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC,
            )
        overlay.draw(picture, index / form.rate)
        number = index * TICKS_PER_SECOND // form.rate
        if spec.camera_index >= 0:
            write_frame_mark(picture, FrameMark(number, spec.camera_index))
        i420: Image = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420)
        frame = av.VideoFrame.from_ndarray(i420, format="yuv420p")
        frame.pts = index
        for packet in codec.encode(frame):
            coded += bytes(packet)
        if index % 15 == 14:
            progress(index + 1, form.count)
    for packet in codec.encode(None):
        coded += bytes(packet)
    path = cache / spec.file_name
    save_coded(path, bytes(coded), pictures=form.count)
    return path


def main() -> None:
    """Be an encoder process: one order in, progress out."""
    line = sys.stdin.readline()
    order = json.loads(line)
    if hasattr(os, "nice"):
        os.nice(19 if order.get("idle") else 5)

    def end_with_parent() -> None:
        while sys.stdin.read(1024):
            pass
        os._exit(3)

    threading.Thread(target=end_with_parent, name="parent-watch", daemon=True).start()

    def progress(done: int, of: int) -> None:
        sys.stdout.write(json.dumps({"done": done, "of": of}) + "\n")
        sys.stdout.flush()

    label = order["label"]
    spec = LoopSpec(
        scene=order["scene"],
        form=order["form"],
        camera_index=order["camera_index"],
        camera_id=order["camera_id"],
        label=Path(label) if label else None,
        look=Look(**order["look"]),
    )
    encode_loop(spec, Path(order["cache"]), progress)
    sys.stdout.flush()
    os._exit(0)  # the watching thread sits in a read that nothing would end


if __name__ == "__main__":
    main()
