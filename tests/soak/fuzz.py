"""Streams of seeded damage before a real engine: it lives, and stays as small as it is.

`python -m tests.soak fuzz --minutes 10 --seed 1 --json` plays, from a real RTSP
server, streams whose packets are flipped, cut, left out, doubled, shuffled and made
up, another damage every few seconds, beside one stream that is well. The well one has
to go on, no worker may end, and the workers' memory may not grow.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field

import psutil

from tests.soak.watching import Memory, machine
from tests.video.bad_cameras import (
    PASSWORD,
    USER,
    BadCameras,
    coded,
    fuzzed,
    one_after_the_other,
)
from video.contract import Login, Mode, Want
from video.workers import VideoEngine

WELL = "well"
CODECS = ("h264", "hevc")
BAD_STREAMS = 8
CHANGED_EVERY_S = 3.0
SETTLED_S = 120.0
MOST_GROWTH = 10.0  # per cent
LONGEST_GAP_S = 4.0  # a picture older than that is said to be frozen
TILES = ((320, 180), (160, 90), (480, 270))
BEGIN_S = 30.0


@dataclass(slots=True)
class Verdict:
    """What the soak prints.

    Attributes:
        ok: No worker ended, the well stream went on, memory flat.
        seed: With which all of it comes again.
        damages: How many kinds of damage were played.
        worker_ends: How many workers ended.
        well_frames: Pictures of the well stream.
        well_gap_s_max: The longest time without one.
        bad_frames: Pictures of the others, such as they were.
        reasons: What was said of the others, and how often it was seen.
        memory: By process, MB once settled and at the end.
    """

    ok: bool = False
    seed: int = 0
    damages: int = 0
    worker_ends: int = 0
    well_frames: int = 0
    well_gap_s_max: float = 0.0
    bad_frames: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    seconds: float = 0.0
    machine: dict[str, object] = field(default_factory=machine)


def run(arguments: list[str]) -> int:
    """Run it; 0 where everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak fuzz")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    verdict = fuzz(options.minutes * 60.0, options.seed)
    said = asdict(verdict)
    sys.stdout.write(json.dumps(said, indent=None if options.json else 2) + "\n")
    return 0 if verdict.ok else 1


def fuzz(seconds: float, seed: int) -> Verdict:
    """Play damage for so long, and judge what came of it."""
    luck = random.Random(seed)
    verdict = Verdict(seed=seed, seconds=seconds)
    # Two sizes in one stream: what is fuzzed changes its parameter sets, too.
    healthy = [
        one_after_the_other(
            coded(codec, pictures=30), coded(codec, (480, 288), pictures=30)
        )
        for codec in CODECS
    ]
    names = [f"bad-{at}" for at in range(BAD_STREAMS)]
    loops = {name: healthy[at % len(healthy)] for at, name in enumerate(names)}
    cameras = BadCameras(
        {WELL: coded()}
        | {name: fuzzed(loop, luck.randrange(1 << 30)) for name, loop in loops.items()}
    )
    worker = [sys.executable, "-m", "video.worker_main"]
    engine = VideoEngine(worker_command=worker, worker_count=2)
    memory = Memory(lambda: {"workers": _pids()})
    try:
        wants = {}
        for name in (WELL, *names):
            engine.set_login(name, Login(USER, PASSWORD))
            wants[name] = Want(cameras.spec(name), Mode.LIVE, *TILES[0])
        engine.want(wants)
        _await_picture(engine)
        reasons: Counter[str] = Counter()
        pids = set(_pids())
        began = seen_at = time.monotonic()
        change_at = began + CHANGED_EVERY_S
        while (now := time.monotonic()) < began + seconds:
            moved = engine.poll()
            verdict.bad_frames += len(moved - {WELL})
            if WELL in moved:
                verdict.well_frames += 1
                verdict.well_gap_s_max = max(verdict.well_gap_s_max, now - seen_at)
                seen_at = now
            if now >= change_at:
                change_at += CHANGED_EVERY_S
                reasons.update(engine.status(name).reason for name in names)
                name = luck.choice(names)
                cameras.change(name, fuzzed(loops[name], luck.randrange(1 << 30)))
                verdict.damages += 1
                mode = luck.choice((Mode.LIVE, Mode.LIVE, Mode.STANDBY))
                wants[name] = Want(cameras.spec(name), mode, *luck.choice(TILES))
                engine.want(wants)
                alive = set(_pids())
                verdict.worker_ends += len(pids - alive)
                pids = alive
            time.sleep(0.02)
        verdict.well_gap_s_max = max(verdict.well_gap_s_max, now - seen_at)
        verdict.well_gap_s_max = round(verdict.well_gap_s_max, 2)
        verdict.reasons = dict(reasons)
    finally:
        memory.close()
        engine.close()
        cameras.close()
    verdict.memory = memory.growth(SETTLED_S)
    flat = seconds <= SETTLED_S or all(
        each["growth_percent"] <= MOST_GROWTH for each in verdict.memory.values()
    )
    verdict.ok = (
        flat
        and verdict.worker_ends == 0
        and verdict.well_frames > 0
        and verdict.well_gap_s_max <= LONGEST_GAP_S
    )
    return verdict


def _await_picture(engine: VideoEngine) -> None:
    end = time.monotonic() + BEGIN_S
    while WELL not in engine.poll():
        if time.monotonic() > end:
            raise TimeoutError("the well stream does not begin")
        time.sleep(0.02)


def _pids() -> list[int]:
    found = []
    for child in psutil.Process().children():
        try:
            if "video.worker_main" in child.cmdline():
                found.append(child.pid)
        except psutil.Error:
            continue
    return found
