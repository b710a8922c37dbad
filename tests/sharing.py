"""How processes share the tests: what stays together, and what is begun first."""

import os

import pytest

LONG = (
    # What takes longer than half a minute alone, the longest first.
    "journeys",
    "test_benches",
    "test_bad_streams",
    "test_engine",
    "test_virtual_field",
    "test_replay",
    "test_service_process",
    "test_virtual_camera",
    "test_overload",
    "test_board",
    "test_recipes",
    "test_soak_tours",
    "test_tour_tiles",
    "test_soak_day",
)


def share(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, and all journeys: they share drawn cameras.

    Where processes share the tests the longest come first: one that is begun last keeps
    a single process busy while the others have nothing left to do.
    """
    ranks: dict[str, int] = {name: at for at, name in enumerate(LONG)}
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group_of(item)))
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: ranks.get(_group_of(item), len(LONG)))


def _group_of(item: pytest.Item) -> str:
    folder = item.path.parent.name
    return folder if folder == "journeys" else item.path.stem
