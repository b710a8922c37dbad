"""Bench sources: one loop for all cameras, whose pictures say when they left."""

import asyncio
import io
import itertools
import json
import time
from dataclasses import replace
from pathlib import Path

import av
import pytest

from video.coded_loop import CODECS, AccessUnit, rtp_payloads
from video.frame_code import read_frame_mark, ticks_between
from video.virtual_camera_bench import (
    PROFILES,
    bench_cache,
    bench_file,
    bench_loop,
    offset_s,
    sent_at,
)
from video.virtual_camera_bench_run import announcement, bench_server, run

SHORT = replace(PROFILES["sub"], seconds=4)


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_a_picture_says_when_it_left(tmp_path: Path, codec: str) -> None:
    loop = bench_loop(SHORT, codec, tmp_path)
    assert [i for i, u in enumerate(loop.units) if u.key] == [0, 30]
    again = bench_loop(SHORT, codec, tmp_path)
    assert again.units == loop.units

    def watch(url: str, behind: float) -> list[int]:
        numbers = []
        address = url.replace("://", "://bench:word@")
        options = {"rtsp_transport": "tcp"}
        with av.open(address, options=options, timeout=20) as container:
            for frame in container.decode(video=0):
                mark = read_frame_mark(frame.to_ndarray(format="bgra"))
                assert mark is not None
                now = time.monotonic()
                left = sent_at(
                    mark.number, now=now, profile=SHORT, camera_offset_s=behind
                )
                assert now - SHORT.seconds < left <= now
                numbers.append(mark.number)
                if len(numbers) == 30:
                    break
        return numbers

    async def play() -> list[int]:
        server = bench_server(loop, SHORT, count=3, username="bench", password="word")
        port = await server.listen(0)
        said = announcement(loop, SHORT, count=3, port=port)["bench"]
        cameras = said["cameras"]  # type: ignore[index]
        last = cameras[-1]
        try:
            return await asyncio.to_thread(watch, last["url"], last["offset_s"])
        finally:
            await server.close()

    numbers = asyncio.run(play())
    steps = {
        ticks_between(a, b, loop_ticks=SHORT.loop_ticks)
        for a, b in itertools.pairwise(numbers)
    }
    assert steps == {5}


def test_profiles_are_whole_groups_and_cameras_out_of_step() -> None:
    for profile in PROFILES.values():
        assert profile.pictures % profile.gop == 0
        assert profile.loop_ticks <= 8191
        offsets = [offset_s(i, profile) for i in range(64)]
        group = profile.gop / profile.rate
        assert all(0 <= value < group for value in offsets)
        assert min(b - a for a, b in itertools.pairwise(sorted(offsets))) > group / 300


def test_when_a_picture_left() -> None:
    profile = PROFILES["sub"]
    left = sent_at(75, now=1000.5, profile=profile, camera_offset_s=0.25)
    assert left == pytest.approx(961.25)
    assert sent_at(75, now=left, profile=profile, camera_offset_s=0.25) == left


@pytest.mark.parametrize("size", [1398, 1401, 2796, 40_000])
def test_hevc_units_are_cut_and_can_be_joined(size: int) -> None:
    nal = bytes([19 << 1, 1]) + bytes(i * 7 % 251 for i in range(size))
    payloads = rtp_payloads(AccessUnit((nal,), key=True), CODECS["hevc"])
    assert all(len(p) <= 1400 for p in payloads)
    if len(payloads) == 1:
        assert payloads[0] == nal
        return
    assert {p[0] >> 1 & 63 for p in payloads} == {49}
    assert payloads[0][2] == 0x80 | 19
    assert payloads[-1][2] == 0x40 | 19
    head = bytes([(payloads[0][2] & 63) << 1, payloads[0][1]])
    assert head + b"".join(p[3:] for p in payloads) == nal


def test_its_cache_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("LOOKOUT_BENCH_CACHE", str(tmp_path))
    assert bench_cache() == tmp_path
    kinds = {bench_file(p, c, tmp_path).stem for p in PROFILES.values() for c in CODECS}
    assert len(kinds) == 4  # the digest beside each has the same stem


def test_a_bad_first_line_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--bench", "sub"], orders=io.StringIO('{"password": "s3"}\n')) == 2
    said = capsys.readouterr().out
    assert "error" in json.loads(said)
    assert "s3" not in said
