"""The cameras of a bench, in a process of their own that is not counted."""

import contextlib
import json
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import psutil

from dispatch.cameras import Camera
from dispatch.client import DeskClient
from dispatch.commands import RegisterCamera
from dispatch.geo import Point, moved
from tests.bench.kit import BenchError, cache_folder, end, say
from tests.bench.service_kit import OPERATOR, submit_all
from tests.limits_kit import next_line
from video.virtual_camera_bench import PROFILES, Profile, bench_file, sent_at

USER = "bench"
FIRST = 2001
FFMPEG_FRAMES = 1000
DRAWN_S = 1800.0  # the loop is drawn and coded once


class BenchCameras:
    """So many cameras of a fixed profile, out of phase.

    Args:
        kind: The profile's name.
        count: How many.
        codec: How their pictures are coded.
        first: The number of the first.
        streams: How many streams they share; None: each has its own.
        locked: They want a log-in. What is told an address in its arguments must
            watch cameras that want none.

    Attributes:
        profile: What each sends.
        file: The coded loop they all send.
        ids: Their numbers at the desk.
        urls: Their addresses, without a log-in.
        offsets_s: By how much each runs behind.
    """

    def __init__(
        self,
        kind: str,
        count: int,
        codec: str = "h264",
        *,
        first: int = FIRST,
        streams: int | None = None,
        locked: bool = True,
    ) -> None:
        self.profile: Profile = PROFILES[kind]
        self.file = bench_file(self.profile, codec, cache_folder())
        self.ids = [str(first + index) for index in range(count)]
        self.urls: list[str] = []
        self.offsets_s: list[float] = []
        self._first = first
        self._words = ("--codec", codec, "--count", str(streams or count))
        self._user = USER if locked else ""
        self._password = secrets.token_urlsafe(12) if locked else ""
        self._port = 0
        if not self.file.exists():
            say(f"drawing and coding {self.file.name}; once, some minutes")
        self.play()

    def play(self) -> None:
        """Start them; a second time they are where they were."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "video.virtual_camera"),
                *("--bench", self.profile.name, *self._words),
                *("--port", str(self._port), "--cache", str(cache_folder())),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdin is not None
        login = {"username": self._user, "password": self._password}
        self._process.stdin.write(json.dumps(login) + "\n")
        self._process.stdin.flush()
        try:
            said = json.loads(next_line(self._process, DRAWN_S) or "{}")
            plays = said["bench"]["cameras"]
            self._port = int(said["bench"]["port"])
        except (json.JSONDecodeError, KeyError, TypeError):
            self.close()
            raise BenchError("the cameras do not play") from None
        plays = [plays[index % len(plays)] for index in range(len(self.ids))]
        self.urls = [str(each["url"]) for each in plays]
        self.offsets_s = [float(each["offset_s"]) for each in plays]

    @property
    def pid(self) -> int:
        """Return the process id, which is not counted."""
        return self._process.pid

    def sent_at(self, camera_id: str, number: int, *, seen_at: float) -> float:
        """Return when a picture that was seen with a number had left its camera."""
        return sent_at(
            number,
            now=seen_at,
            profile=self.profile,
            camera_offset_s=self.offsets_s[self.ids.index(camera_id)],
        )

    def fall_silent(self) -> None:
        """Answer nothing any more, with every connection still standing."""
        psutil.Process(self.pid).suspend()

    def answer_again(self) -> None:
        """End the silence."""
        psutil.Process(self.pid).resume()

    def register(self, desk: DeskClient, town: Point) -> None:
        """Put the cameras into a service's register, on a spiral round the town."""
        begun = self._first - FIRST
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
                        secret_ref=f"camera/{camera_id}" if self._user else "",
                    ),
                    username=self._user or None,
                    password=self._password or None,
                )
                for index, (camera_id, url) in enumerate(
                    zip(self.ids, self.urls, strict=True), begun
                )
            ],
        )

    def close(self) -> None:
        """End them, and with them the port they were reached at."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self.answer_again()  # who is suspended does not hear that it is to end
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
