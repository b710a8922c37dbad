import json
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from console.wall_store import FILE, WallStore
from video.tours import Stop, Tour
from video.wall_plan import WallPlan
from video.wall_scenes import Scene
from video.wall_schedule import Held, Row

PLAN = WallPlan(
    scenes=(
        Scene(number=1, name="早班", layout="2x2", tiles=("camera:1203", "tour:t1")),
    ),
    tours=(Tour(key="t1", name="北片轮巡", stops=(Stop("1203"), Stop("1207", 15.0))),),
    rows=(Row(days=frozenset({0, 7}), at=time(8, 30), scene=1),),
    held=Held(1, datetime(2026, 11, 23, 2, 42, tzinfo=UTC), until_turn=True),
)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / FILE
    assert WallStore(path).load() == WallPlan()
    assert WallStore(path).keep(PLAN)
    assert WallStore(path).load() == PLAN
    assert json.loads(path.read_text("utf-8"))["version"] == 1
    assert [each.name for each in path.parent.iterdir()] == [FILE]


@pytest.mark.expected_log("lookout.wall", "cannot be read")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"version":2,"wall":{}}',
        '{"version":1,"wall":{"scenes":7}}',
        '{"version":1,"wall":{"scenes":[{"number":0,"name":"","layout":"","tiles":[]}]}}',
        (
            '{"version":1,"wall":{"scenes":[{"number":1,"name":"a","layout":"2x2",'
            '"tiles":[]}],"rows":[{"days":[0],"at":"08:30:00Z","scene":1}]}}'
        ),
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_a_damaged_file_is_set_aside_and_not_lost(tmp_path: Path, text: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, encoding="latin-1")
    for number in (1, 2):  # the second one does not lie over the first
        store = WallStore(path)
        assert store.load() == WallPlan()
        assert store.set_aside == tmp_path / f"wall.damaged-{number}.json"
        assert store.set_aside.read_text("latin-1") == text
        assert store.keep(PLAN)
        assert WallStore(path).load() == PLAN
        path.write_text(text, encoding="latin-1")


@pytest.mark.expected_log("lookout.wall", "cannot be kept")
def test_a_disk_that_refuses_is_told_once_and_tried_again(tmp_path: Path) -> None:
    path = tmp_path / FILE
    store = WallStore(path)
    assert store.keep(PLAN)
    in_the_way = path.with_suffix(".new")
    in_the_way.mkdir()
    assert not store.keep(WallPlan())
    assert store.failed
    assert WallStore(path).load() == PLAN  # the old one stands whole
    in_the_way.rmdir()
    assert store.keep(WallPlan())
    assert not store.failed
