"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("console", "dispatch", "video", "resources", "tests")
BLOCK = re.compile(r"^```(python|diff) file=(\S+)\n(.*?)^```$", re.S | re.M)


def recipes() -> dict[str, list[tuple[str, str, str]]]:
    """Return each recipe's blocks: language, file, text."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", text, flags=re.M)[1:]
    return {
        title: BLOCK.findall(body)
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def apply(diff: str, path: Path) -> None:
    """Put a recipe's line into a file: each - line stands there once, and goes."""
    text = path.read_text(encoding="utf-8")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.M):
        before = re.sub(r"^-", "", old, flags=re.M)
        after = re.sub(r"^\+", "", new, flags=re.M)
        assert len(re.findall(f"^{re.escape(before)}", text, re.M)) == 1, before
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("title", recipes())
def test_recipe(title: str, tmp_path: Path) -> None:
    blocks = recipes()[title]
    assert [language for language, _file, _text in blocks] == [
        "python",
        "diff",
        "python",
    ]
    for room in COPIED:
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for language, file, text in blocks:
        if language == "diff":
            apply(text, tmp_path / file)
        else:
            assert not (tmp_path / file).exists(), file
            (tmp_path / file).write_text(text, encoding="utf-8")
    tests = [file for _language, file, _text in blocks if file.startswith("tests/")]
    written = [file for _language, file, _text in blocks]
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTEST_ADDOPTS": ""}
    for command in (
        ["ruff", "check", "--ignore", "I001", *written],
        ["pytest", "-q", "-p", "no:cacheprovider", *tests],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout
