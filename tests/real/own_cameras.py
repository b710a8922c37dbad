"""Be virtual cameras that all play one kept loop: `own_cameras.py CACHE`.

First line on stdin, JSON: {"username", "password", "count"}. One line on stdout:
{"port"}. Ends when stdin closes.
"""

import asyncio
import json
import sys
from pathlib import Path

from video.coded_loop import load_coded
from video.virtual_camera_bench_run import until_closed
from video.virtual_camera_rtsp import RtspServer, Stream


async def serve(order: dict, cache: Path) -> None:
    (path,) = cache.glob("*.h264")
    loop = load_coded(path, pictures=180, rate=15)
    assert loop is not None
    server = RtspServer(username=order["username"], password=order["password"])
    for number in range(1, order["count"] + 1):
        server.play(f"{number}/sub", Stream(loop, offset_s=number * 0.7))
    port = await server.listen(0)
    print(json.dumps({"port": port}), flush=True)  # noqa: T201
    await until_closed(sys.stdin, server)
    await server.close()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.stdin.readline()), Path(sys.argv[1])))
