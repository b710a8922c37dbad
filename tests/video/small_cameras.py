"""Play plain marked pictures from the virtual cameras' own RTSP server, in no time.

A process of its own: `small_cameras.py CACHE`. First line on stdin, JSON:
{"username", "password", "cameras", "main", "port"}; later lines {"freeze"|"drop"|
"resume"|"count": ID}. One line on stdout when ready: {"port"}, and one for each count:
{"opened", "viewers"}, how often it was opened and by how many it is pulled now. Ends
when stdin closes.
"""

import asyncio
import json
import sys
import threading
from collections import Counter
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from video.coded_loop import parse_annex_b
from video.frame_code import TICKS_PER_SECOND, FrameMark, write_frame_mark
from video.virtual_camera_rtsp import RtspServer, Stream

SIZES = {"sub": (640, 360, 15, 600_000), "main": (1280, 720, 25, 2_000_000)}
SECONDS = 12


def encoded(cache: Path, index: int, form: str) -> bytes:
    path = cache / f"{index}-{form}.h264"
    if path.is_file():
        return path.read_bytes()
    width, height, rate, bit_rate = SIZES[form]
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, rate), Fraction(rate)
    codec.bit_rate, codec.gop_size, codec.max_b_frames = bit_rate, 2 * rate, 0
    codec.thread_count = 1
    codec.options = {
        "preset": "ultrafast",
        "x264-params": f"aud=1:keyint={2 * rate}:min-keyint={2 * rate}:scenecut=0",
    }
    rows = np.linspace(40, 200, height, dtype=np.uint8)[:, None, None]
    ground = np.broadcast_to(rows, (height, width, 3)).copy()
    ground[..., index % 3] //= 2
    coded = bytearray()
    for at in range(SECONDS * rate):
        picture = ground.copy()
        x = at * width // (4 * rate) % (width - 40)
        picture[height // 3 : height // 2, x : x + 40] = (60, 180, 230)
        mark = FrameMark(at * TICKS_PER_SECOND // rate, index)
        write_frame_mark(picture, mark)
        i420 = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420)
        frame = av.VideoFrame.from_ndarray(i420, format="yuv420p")
        frame.pts = at
        for packet in codec.encode(frame):
            coded += bytes(packet)
    for packet in codec.encode(None):
        coded += bytes(packet)
    path.write_bytes(coded)
    return bytes(coded)


async def serve(order: dict, cache: Path) -> None:
    server = RtspServer(username=order["username"], password=order["password"])
    for index, camera_id in enumerate(order["cameras"]):
        for form in ("sub", "main"):
            if form == "main" and camera_id not in order["main"]:
                continue
            loop = parse_annex_b(encoded(cache, index, form), SIZES[form][2])
            assert loop is not None
            server.announce(f"{camera_id}/{form}")
            server.play(f"{camera_id}/{form}", Stream(loop))
    opened: Counter[str] = Counter()
    server.asked = lambda path: opened.update([path])

    def say(**words: int) -> None:
        print(json.dumps(words), flush=True)  # noqa: T201

    def count(camera_id: str) -> None:
        paths = [f"{camera_id}/{form}" for form in SIZES]
        viewers = [len(each.viewers) for p in paths if (each := server.stream(p))]
        say(opened=sum(opened[path] for path in paths), viewers=sum(viewers))

    say(port=await server.listen(order["port"]))
    closed = asyncio.Event()
    event_loop = asyncio.get_running_loop()

    def obey() -> None:
        for line in sys.stdin:
            for word, camera_id in json.loads(line).items():
                do = count if word == "count" else getattr(server, word)
                event_loop.call_soon_threadsafe(do, camera_id)
        event_loop.call_soon_threadsafe(closed.set)

    threading.Thread(target=obey, daemon=True).start()
    await closed.wait()
    await server.close()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.stdin.readline()), Path(sys.argv[1])))
