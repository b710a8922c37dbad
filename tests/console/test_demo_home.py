from pathlib import Path

import pytest

from console.demo import run_demo
from console.demo_home import MARK, SETTINGS, NotOurs, adopt, make_fresh
from resources.home import Home


def contents(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_an_absent_or_empty_folder_is_taken_and_emptied_at_each_start(home: Home):
    for _ in range(2):
        make_fresh(home)
        for name in ("lookout.db", SETTINGS):
            (home.data / name).touch()
        (home.data / "evidence").mkdir(exist_ok=True)
    make_fresh(home)
    assert contents(home.data) == {MARK, SETTINGS}


@pytest.mark.parametrize("former", [(), ("demo-home",), ("keys", "cache")])
def test_an_installation_is_refused_in_words_and_left_alone(home: Home, former, capsys):
    for name in former:  # the mark of earlier versions lay outside
        (home.root / name).mkdir(parents=True)
    (home.data / "lookout.db").write_bytes(b"cases")
    assert run_demo(home, check=True, shots=None) == 2
    assert "不是演示留下的" in capsys.readouterr().err
    assert contents(home.data) == {"lookout.db"}
    assert (home.data / "lookout.db").read_bytes() == b"cases"


def test_a_folder_of_someone_s_is_refused(tmp_path: Path):
    (tmp_path / "letter.txt").touch()
    with pytest.raises(NotOurs, match=r"letter\.txt"):
        make_fresh(Home(tmp_path))
    assert contents(tmp_path) == {"letter.txt"}


def test_a_data_that_came_after_the_demonstration_s_is_not_taken_for_it(home: Home):
    make_fresh(home)
    (home.data / MARK).unlink()
    home.data.rmdir()
    (home.data / "lookout.db").touch()  # a desk has made its own since
    with pytest.raises(NotOurs):
        make_fresh(home)
    assert contents(home.data) == {"lookout.db"}


def test_a_desk_that_worked_there_keeps_what_it_has(home: Home):
    make_fresh(home)
    (home.data / "lookout.db").touch()
    adopt(home)
    adopt(home)
    with pytest.raises(NotOurs):
        make_fresh(home)
    assert contents(home.data) == {"lookout.db"}
