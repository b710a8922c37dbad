"""The cameras of a bench, in a process of their own that is not counted."""

import json
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from dispatch.cameras import Camera
from dispatch.client import DeskClient
from dispatch.commands import RegisterCamera
from dispatch.geo import Point, moved
from tests.bench.kit import BenchError, cache_folder, end, say
from tests.bench.service_kit import OPERATOR, submit_all
from tests.limits_kit import next_line
from video.virtual_camera_bench import PROFILES, Profile, bench_file

USER = "bench"
FFMPEG_FRAMES = 1000
DRAWN_S = 1800.0  # the loop is drawn and coded once


class BenchCameras:
    """So many cameras of a fixed profile, out of phase.

    Attributes:
        profile: What each sends.
        file: The coded loop they all send.
        ids: Their numbers at the desk.
    """

    def __init__(self, kind: str, count: int, codec: str) -> None:
        self.profile: Profile = PROFILES[kind]
        self.file = bench_file(self.profile, codec, cache_folder())
        self.ids = [str(2001 + index) for index in range(count)]
        self._password = secrets.token_urlsafe(12)
        if not self.file.exists():
            say(f"drawing and coding {self.file.name}; once, some minutes")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "video.virtual_camera", "--bench", kind),
                *("--codec", codec, "--count", str(count)),
                *("--cache", str(cache_folder())),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdin is not None
        login = {"username": USER, "password": self._password}
        self._process.stdin.write(json.dumps(login) + "\n")
        self._process.stdin.flush()
        try:
            said = json.loads(next_line(self._process, DRAWN_S) or "{}")
            self._urls = [str(each["url"]) for each in said["bench"]["cameras"]]
        except (json.JSONDecodeError, KeyError, TypeError):
            self.close()
            raise BenchError("the cameras do not play") from None

    @property
    def pid(self) -> int:
        """Return the process id, which is not counted."""
        return self._process.pid

    def register(self, desk: DeskClient, town: Point) -> None:
        """Put the cameras into a service's register, on a spiral round the town."""
        submit_all(
            desk,
            [
                RegisterCamera(
                    actor=OPERATOR,
                    camera=Camera(
                        camera_id=camera_id,
                        name=f"压测{index + 1:02d}号路口",
                        point=moved(town, 137.5 * index % 360, 40.0 + 25.0 * index),
                        bearing_deg=float(47 * index % 360),
                        main_url=url,
                        sub_url=url,
                        secret_ref=f"camera/{camera_id}",
                    ),
                    username=USER,
                    password=self._password,
                )
                for index, (camera_id, url) in enumerate(
                    zip(self.ids, self._urls, strict=True)
                )
            ],
        )

    def close(self) -> None:
        """End them."""
        end(self._process)


def ffmpeg_ms_per_frame(file: Path, pictures: int) -> float:
    """Return what decoding costs bare FFmpeg on one thread, user and system."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise BenchError("no ffmpeg to compare with")
    times = -(-FFMPEG_FRAMES // pictures)
    done = subprocess.run(
        [
            *(ffmpeg, "-hide_banner", "-nostdin", "-benchmark", "-threads", "1"),
            *("-f", "hevc" if file.suffix == ".hevc" else "h264"),
            *("-i", "concat:" + "|".join([str(file)] * times), "-f", "null", "-"),
        ],
        capture_output=True,
        text=True,
        timeout=DRAWN_S,
        check=False,
    )
    used = [
        word.partition("=")[2].removesuffix("s")
        for word in done.stderr.split()
        if word.startswith(("utime=", "stime="))
    ]
    if done.returncode or len(used) < 2:
        raise BenchError("ffmpeg could not decode the loop")
    return 1000 * sum(map(float, used[-2:])) / (pictures * times)
