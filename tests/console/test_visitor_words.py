"""参观模式: nothing of a person, a shop or a house number of the sample town passes."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.visitor_words import VisitorWords, visitor_words

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PRIVATE_KINDS = ("home", "rental", "shop", "building")


def rows(town: str, name: str) -> list[dict[str, str]]:
    with (SAMPLES / town / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def town(name: str) -> tuple[VisitorWords, list[str], list[str]]:
    """Return a town's public names, its private ones and every text of its registers."""
    folder = SAMPLES / name
    features = json.loads((folder / "roads.geojson").read_text("utf-8"))["features"]
    roads = [str(each["properties"].get("name") or "") for each in features]
    grids = json.loads((folder / "grids.geojson").read_text("utf-8"))["features"]
    communities = {
        each["properties"]["code"]: each["properties"]["name"]
        for each in grids
        if each["properties"]["level"] == "community"
    }
    places, units = rows(name, "places.csv"), rows(name, "units.csv")
    private = [each["name"] for each in places if each["kind"] in PRIVATE_KINDS]
    private += [each["contact"] for each in places if each["contact"]]
    private += [each["name"] for each in units]
    texts = [each[key] for each in places for key in ("name", "address", "contact")]
    texts += [each["name"] for each in units]
    texts += [each["name"] for each in rows(name, "cameras.csv")]
    texts += [each["place_name"] for each in rows(name, "devices.csv")]
    words = visitor_words(roads=roads, communities=communities, private=private)
    return words, private, [each for each in texts if each]


TOWNS = {name: town(name) for name in ("yaozhuang", "yaozhuang-small")}


@pytest.mark.parametrize("name", TOWNS)
@given(data=st.data())
def test_only_a_road_or_a_community_is_left_of_any_text(name, data):
    words, private, texts = TOWNS[name]
    parts = data.draw(
        st.lists(st.one_of(st.sampled_from(texts), st.text(max_size=6)), max_size=4)
    )
    code = data.draw(st.sampled_from(["", *(words.communities or {})]))
    said = words.place("".join(parts), code + "001" if code else "")
    assert said in {"", *words.roads, *(words.communities or {}).values()}
    assert not any(each.isdigit() for each in said)
    assert not any(each in said for each in private if each)


@pytest.mark.parametrize("name", TOWNS)
def test_every_text_of_the_registers_is_reduced(name):
    words, private, texts = TOWNS[name]
    for text in texts:
        said = words.case("烟感报警", text)
        assert said.startswith("烟感报警")
        assert not any(each in said for each in private if each), text
        assert not any(each.isdigit() for each in said), text


def test_road_then_community_then_nothing():
    words = visitor_words(
        roads=["桃源路", "桃源路东段", ""],
        communities={"330421111002": "桃源新邨社区"},
        private=[],
    )
    assert words.place("桃源路东段88号12幢301") == "桃源路东段"
    assert words.place("12幢301", "330421111002003") == "桃源新邨社区"
    assert words.place("张丽家") == ""
    assert words.case("烟感报警", "张丽家") == "烟感报警"


def test_a_road_that_bears_the_name_of_a_person_or_a_number_is_left_away():
    words = visitor_words(
        roads=["王建国路", "3号路", "锦绣路"],
        communities={"1": "老王水产社区"},
        private=["王建国", "老王水产"],
    )
    assert words == VisitorWords(("锦绣路",), {})
