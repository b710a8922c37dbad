import msgspec
import pytest

from dispatch.profiles import check as _check
from dispatch.profiles import load_taxonomy
from dispatch.taxonomy import LIMIT_CODES, Taxonomy

CORE = load_taxonomy()


def test_the_core_is_complete() -> None:
    assert len(CORE.categories) == 61
    assert [group.code for group in CORE.classes][:3] == ["10", "20", "30"]
    for category in CORE.categories:
        assert category.name_zh
        assert category.name_en
        assert category.department
        for standard in category.standards:
            assert standard.limit_code in LIMIT_CODES
            assert standard.condition


def test_what_devices_raise_is_there() -> None:
    assert CORE.category("B001").severity == 1
    assert CORE.category("B003").name_zh == "一键报警 SOS"
    assert CORE.category("B010").severity == 4


def test_a_standard_is_found_by_its_id() -> None:
    standard = CORE.standard("7002-2")
    assert standard is not None
    assert (standard.limit_code, standard.limit_value) == ("work_day", 2)
    assert CORE.standard("nothing") is None


def test_a_code_of_another_profile_stays_readable() -> None:
    assert CORE.find("Z123") is None
    assert CORE.category("Z123").name_zh == "Z123"
    assert CORE.category("Z123").standards == ()


@pytest.mark.parametrize(
    "spoil",
    [
        {"severity": 5},
        {"standards": ()},
        {"code": "XX01"},
        {"code": "1002"},
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(spoil: dict[str, object]) -> None:
    broken = msgspec.to_builtins(CORE)
    broken["categories"][0].update(msgspec.to_builtins(spoil))
    with pytest.raises(ValueError, match=r"category|standard"):
        _check(msgspec.convert(broken, Taxonomy))


@pytest.mark.parametrize("times", [[60, 600, 1800], [60, 600, 1800, 0]])
def test_targets_that_are_none_are_refused(times: list[float]) -> None:
    broken = msgspec.to_builtins(CORE)
    broken["targets"]["dispatched_s"] = times
    with pytest.raises(ValueError, match="target"):
        _check(msgspec.convert(broken, Taxonomy))
