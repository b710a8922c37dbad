"""Each bench runs, at a tiny size: the keys are there and the reference is measured.

No figure is judged here: that is for a quiet machine and `make bench`.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench.kit import BenchError, Report, share
from tests.bench.latency import growth_ms_per_hour
from tests.bench.load import SHARES, kinds_of
from tests.bench.marks import Reader, rows_of
from tests.bench.page import RUNS, page_of
from video.frame_code import FrameMark, write_frame_mark

COMMON = {"name", "version", "seconds", "cpu_count", "load_1m"}
ROOT = Path(__file__).resolve().parents[2]
only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only on Linux: an X server of our own"
)


def bench(*words: str, cache: Path, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *words, "--json"],
        cwd=ROOT,
        env=os.environ | {"LOOKOUT_BENCH_CACHE": str(cache)} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == ("error" in figures), done.stderr
    assert figures.keys() >= COMMON
    assert figures["name"] == words[0]
    return figures


def test_intake(tmp_path):
    found = bench(
        *("intake", "--sockets", "4", "--events", "80", "--kill", "1"), cache=tmp_path
    )
    assert "error" not in found
    assert found["raw_commit_per_s"] > 0
    assert found["events_per_s"] > 0
    assert (found["lost"], found["duplicates"], found["events_kill"]) == (0, 0, 80)
    assert found["window"] == 4
    assert found.keys() >= {
        *("ratio", "ack_ms_p50", "ack_ms_p99", "single_ack_ms_p50"),
        "command_commit_ms_p95_under_load",
    }


def test_feed(tmp_path):
    found = bench(
        *("feed", "--consoles", "1", "--alarms", "2"),
        cache=tmp_path,
        QT_QPA_PLATFORM="offscreen",
        DISPLAY="none",
    )
    assert "error" not in found
    assert found["raw_path_ms_p50"] > 0
    assert 0 < found["device_to_row_ms_p50"] <= found["device_to_row_ms_p95"]


def test_flood(tmp_path):
    found = bench(
        *("flood", "--alarms-per-minute", "300", "--seconds", "4", "--devices", "50"),
        cache=tmp_path,
        QT_QPA_PLATFORM="offscreen",
        DISPLAY="none",
    )
    assert "error" not in found
    assert found["alarms"] >= 20
    assert found["lost"] == 0
    assert found["cases_in_lanes"] == found["cases_open"]
    assert found["panic_to_top_ms_max"] > 0
    assert 0 < found["ui_frame_ms_p50"] <= found["ui_frame_ms_p99"]
    assert found["pss_growth_percent"] is None


def test_store(tmp_path):
    words = ("store", "--cases", "600", "--searches", "8", "--commits", "4")
    found = bench(*words, cache=tmp_path)
    assert "error" not in found
    assert found["cases"] == 600
    assert found["raw_commit_ms_p95"] > 0
    assert 0 < found["search_ms_p50"] <= found["search_ms_p95"]
    assert found.keys() >= {"queue_open_ms", "search_two_chars_ms_p95", "commit_ms_p95"}


def test_queue(tmp_path):
    found = bench(
        *("queue", "--cases", "60", "--frames", "8"),
        cache=tmp_path,
        QT_QPA_PLATFORM="offscreen",
        DISPLAY="none",
    )
    assert "error" not in found
    assert (found["cases"], found["now_rows"], found["overdue"]) == (60, 1, 17)
    assert found["due_rows"] <= 7, "the overdue are a handful of rows"
    assert found["running_rows"] == 60 - 17 - 1
    assert 0 < found["scroll_frame_ms_p50"] <= found["scroll_frame_ms_p99"]
    assert found["plain_list_frame_ms_p99"] > 0


def test_a_bench_that_cannot_run_says_so(tmp_path):
    found = bench("feed", cache=tmp_path, PATH=str(tmp_path), DISPLAY="")
    assert "Xvfb" in found["error"] or sys.platform != "linux"


@only_linux
def test_wall(bench_streams):
    words = ("wall", "--tiles", "2", "--seconds", "1", "--settle", "0.1")
    found = bench(*words, cache=bench_streams)
    assert "error" not in found
    assert found["ffmpeg_ms_per_frame"] > 0
    assert found.keys() >= {
        *("tiles", "source_fps", "shown_fps", "shown_ratio", "cpu_ms_per_shown_frame"),
        *("ratio", "ui_cpu_percent", "ui_tick_late_ms_p50", "ui_tick_late_ms_p99"),
        "pss_mb",
    }


@only_linux
def test_worker_kill(bench_streams):
    words = ("worker-kill", "--tiles", "2", "--settle", "0.1")
    found = bench(*words, cache=bench_streams)
    assert "error" not in found
    assert found["plain_start_ms"] > 0
    assert 0 < found["worker_back_ms"] <= found["all_tiles_back_ms"]
    assert found["ui_tick_late_ms_max"] >= 0


@only_linux
def test_wall_peers(bench_streams):
    if shutil.which("ffplay") is None:
        pytest.skip("only on machines with ffplay, a peer")
    words = ("wall-peers", "--tiles", "2", "--seconds", "1", "--settle", "0.1")
    found = bench(*words, cache=bench_streams)
    assert "error" not in found
    assert found["ffplay_ms_per_frame"] > 0
    assert found["ratio_to_best_peer"] > 0
    assert found["qmediaplayer_ms_per_frame"] or found["qmediaplayer_reason"]
    assert found.keys() >= {"tiles", "shown_ratio", "ratio", "pss_mb"}


@only_linux
def test_callup(bench_streams):
    words = ("callup", "--standby", "4", "--trials", "2", "--cold", "2")
    found = bench(*words, "--seconds", "1", "--settle", "0.1", cache=bench_streams)
    assert "error" not in found
    assert found["standby"] == 4
    assert 0 < found["first_ms_p50"] <= found["first_ms_p95"]
    assert found["first_ms_p95"] <= found["all_four_ms_p95"]
    assert found["cold_ms_p95"] > 0
    assert found["ffmpeg_cold_ms_p95"] > 0
    assert found["gop_ms"] == 2000
    assert found.keys() >= {"standby_cpu_percent", "standby_pss_mb"}


@only_linux
def test_latency(bench_streams):
    words = ("latency", "--tiles", "2", "--seconds", "1", "--settle", "0.1")
    found = bench(*words, cache=bench_streams)
    assert "error" not in found
    assert 0 < found["source_to_paint_ms_p50"] <= found["source_to_paint_ms_p95"]
    assert found["ffmpeg_ms_p50"] > 0
    assert found["growth_ms_per_hour"] is None


@only_linux
def test_reconnect(bench_streams):
    words = ("reconnect", "--cameras", "6", "--seconds", "1", "--settle", "0.1")
    found = bench(*words, "--references", "1", cache=bench_streams)
    assert "error" not in found
    assert (found["cameras"], found["shown"]) == (6, 4)
    assert 0 < found["first_back_ms"] <= found["all_back_ms"]
    assert found["ffmpeg_cold_ms"] > 0
    assert found["cpu_percent_while_away"] >= 0


# -- the parts --------------------------------------------------------------------------


def test_shares_are_values_that_were_measured():
    assert share([3.0, 1.0, 2.0, 4.0], 50) == 2.0
    assert share([3.0, 1.0, 2.0, 4.0], 95) == 4.0
    with pytest.raises(BenchError):
        share([], 50)


def test_a_report_refuses_what_is_no_number():
    report = Report("wall")
    with pytest.raises(BenchError):
        report.add(ratio=float("nan"))
    report.add(shown_fps=0.123456, tiles=16)
    found = json.loads(report.line())
    assert (found["shown_fps"], found["tiles"]) == (0.1235, 16)


def test_marks_are_read_from_the_lowest_rows():
    import numpy as np

    reader = Reader()
    for number in (5, 5, 10):
        picture = np.full((238, 424, 3), 90, np.uint8)
        write_frame_mark(picture, FrameMark(number, 0))
        rows = rows_of(238)
        seen = np.zeros_like(picture)
        seen[-rows:] = picture[-rows:, :, 1:2]
        reader.take(3, seen, at=float(number))
    assert reader.report() == {
        "tiles": {
            "3": {
                "frames": 1,
                "unread": 0,
                "first_at": 10.0,
                "read": [(5.0, 5), (5.0, 5), (10.0, 10)],
            }
        }
    }
    reader.take(3, np.zeros((238, 424, 3), np.uint8), at=11.0)
    assert reader.report()["tiles"]["3"]["unread"] == 1


def test_a_delay_that_grows_is_seen():
    steady = [(at / 2, 120.0 + at % 7) for at in range(600)]
    assert abs(growth_ms_per_hour(steady)) < 40
    growing = [(at, ms + at / 60) for at, ms in steady]  # 1 ms a minute
    assert 40 < growth_ms_per_hour(growing) - growth_ms_per_hour(steady) < 80


def test_the_mix_is_what_the_bench_says():
    kinds = kinds_of(1, count=90)
    assert len(kinds) == 90
    assert {kind: kinds.count(kind) for kind in SHARES} == {
        "reading": 70,
        "heartbeat": 10,
        "alarm": 10,
    }


def test_the_page_says_what_holds_and_what_is_missed():
    results = []
    for run in RUNS:
        figures = {"name": run.words[0], "load_1m": 0.1, "gop_ms": 2000.0}
        figures |= {run.reference[0]: 1.5}
        figures |= {each.key: 1e9 if each.least else 1e6 for each in run.thresholds}
        results.append(figures)
    at = [run.words[0] for run in RUNS].index("feed")
    results[at] = {"name": "feed", "error": "no DISPLAY"}
    results[0] |= {"peer_ms": None, "peer_reason": "not installed"}
    page = page_of(results)
    assert "| events_per_s | 1,000,000,000 | ≥ 10,000 | holds |" in page
    assert "| all_tiles_back_ms | 1,000,000 | ≤ 4,000 | **missed** |" in page
    assert "| ffmpeg_ms_per_frame | 1.5 |  | reference: bare FFmpeg" in page
    assert "It could not run: no DISPLAY" in page
    assert "| growth_ms_per_hour | 1,000,000 | within ± 60 | **missed** |" in page
    assert "| peer_ms | — |  | not installed |" in page


@pytest.fixture(scope="module")
def bench_streams():
    """Return a cache that holds the coded stream, made here where it is missing.

    It is the cache of `make bench`: the stream is the same on every machine.
    """
    if shutil.which("ffmpeg") is None:
        pytest.skip("only on machines with ffmpeg, the reference")
    from tests.bench.kit import cache_folder
    from video.virtual_camera_bench import PROFILES, bench_loop

    folder = cache_folder()
    bench_loop(PROFILES["sub"], "h264", folder)
    return folder
