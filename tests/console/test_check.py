import json
from dataclasses import replace

import pytest

from console.check import Verdict, print_verdict

GOOD = Verdict(
    signal_to_screen_ms=100.0,
    open_to_first_picture_ms=50.0,
    open_to_four_pictures_ms=90.0,
    tiles_live=4,
    case_closed=True,
    messages_acknowledged=9,
    messages_lost=0,
    ui_blocked_ms_max=20.0,
)


@pytest.mark.parametrize(
    ("figures", "sentences"),
    [
        ({}, []),
        ({"case_closed": False}, ["the case was not closed"]),
        ({"messages_lost": None}, ["the messages were not counted"]),
        ({"messages_lost": 2}, ["2 acknowledged messages are lost"]),
        ({"tiles_live": 3}, ["3 of 4 tiles were live"]),
        (
            {"signal_to_screen_ms": 1200.4},
            ["from the signal to the screen: 1200 ms, allowed are 1000"],
        ),
        (
            {"signal_to_screen_ms": None},
            ["from the signal to the screen: not measured"],
        ),
        (
            {"ui_blocked_ms_max": 61.0, "tiles_live": 0},
            [
                "0 of 4 tiles were live",
                "the window's longest block: 61 ms, allowed are 50",
            ],
        ),
        ({"ui_blocked_ms_max": None}, ["the window's longest block: not measured"]),
    ],
)
def test_each_condition_that_was_missed_is_said(figures, sentences, capsys):
    verdict = replace(GOOD, **figures)
    verdict.judge()
    print_verdict(verdict)
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert lines[: len(sentences)] == [f"check: {each}" for each in sentences]
    # More than a sentence for each only where nothing but a limit of time was missed.
    assert len(lines) - len(sentences) == verdict.missed_only_time()
    assert json.loads(said.out)["ok"] is (not sentences)


def test_a_job_that_was_done_too_slowly_is_said_to_be_done(capsys, tmp_path):
    done = Verdict(
        signal_to_screen_ms=400.0,
        tiles_live=4,
        case_closed=True,
        messages_lost=0,
        ui_blocked_ms_max=63.0,
    )
    done.judge()
    assert not done.ok
    print_verdict(done, tmp_path)
    said = capsys.readouterr()
    assert "63 ms, allowed are 50" in said.err
    assert "the job was done" in said.err
    assert "busy machine" in said.err
    assert str(tmp_path) in said.err
    assert json.loads(said.out)["ok"] is False
    done.tiles_live = 3
    print_verdict(done, None)
    assert "the job was done" not in capsys.readouterr().err
