"""House rules as a program: a pattern, and the sentence for whoever meets it.

A rule belongs here when a reviewer would otherwise have to say it twice and when no
linter knows it. What may break a rule stands beside it, with its reason.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("console", "dispatch", "video", "resources")
PROSE = ("*.md", "docs/**/*.md")
CODE = tuple(f"{room}/**/*.py" for room in ROOMS)
PYTHON = (*CODE, "tests/**/*.py", "packaging/*.py")
EVERYTHING = (*PYTHON, *PROSE, "packaging/*", ".ci/run", "Makefile", "*.toml", "*.lock")


@dataclass(frozen=True)
class Rule:
    """One habit of this house: where a pattern must not stand, and why."""

    pattern: str
    sentence: str
    where: tuple[str, ...]
    unless: dict[str, str] = field(default_factory=dict)  # file: why it may


RULES = (
    Rule(
        r"(?<![\w.])print\(",
        "Log it, return it, or write it to sys.stdout on purpose.",
        CODE,
    ),
    Rule(
        r"datetime\.(now\(\)|utcnow\(|today\(\)|fromtimestamp\([^,()]*\))|date\.today\(",
        "Time inside is aware UTC and comes from the injected clock.",
        PYTHON,
    ),
    Rule(
        r"except (Exception|BaseException)\b|except:",
        "A bug is loud: only the outermost loops and what must undo something catch"
        " everything. Name the expected exceptions, or add the file here.",
        CODE,
        {
            "console/app.py": "a desk without a window: nobody else could end it",
            "console/bridge.py": "outermost loop of what reaches the UI thread",
            "console/demo.py": "ends what it has started, then raises again",
            "console/doctor_machine.py": "however a library fails to load is the finding",
            "console/layers/guard.py": "a layer that fails must not end the map",
            "console/starting.py": "hands the failure of a start to the window",
            "dispatch/bus.py": "rolls back, then raises again",
            "dispatch/client.py": "outermost loop of the line to the service",
            "dispatch/delivery.py": "outermost loop of what reaches people",
            "dispatch/field.py": "outermost loop of a device",
            "dispatch/gateways/mqtt.py": "outermost loop of a broker's line, and of each"
            " message: not refused it would come for ever",
            "dispatch/gateways/running.py": "outermost loop of the gateways",
            "dispatch/gateways/webhook.py": "refuses what would else be posted for ever",
            "dispatch/intake.py": "outermost loop of the intake",
            "dispatch/server.py": "outermost loop of the desk protocol",
            "dispatch/writer.py": "outermost loop of the writer",
            "video/reception.py": "outermost loop of what cameras send; loud, and the"
            " end of that camera only",
        },
    ),
    Rule(
        r"with subprocess\.Popen\(|stdout\.readline\(",
        "A wait without an end hangs the run: `running`, `next_line` and `patience`"
        " of tests/limits_kit.py have one.",
        ("tests/**/*.py",),
        {
            "tests/limits_kit.py": "that place",
            "tests/console/test_import_command.py": "within patience",
            "tests/dispatch/test_bus_store.py": "within patience",
        },
    ),
    Rule(
        r"cv2\.VideoCapture",
        "It opens one camera at a time, two seconds each: streams are PyAV's.",
        CODE,
    ),
    Rule(
        r"QSocketNotifier",
        "ZeroMQ's descriptor is edge-triggered; sockets stay on their own thread.",
        CODE,
    ),
    Rule(
        r"SharedMemory\(|memfd_create\(",
        "Shared memory is made in one place, without a name that could outlive us.",
        CODE,
        {"video/slots.py": "that place"},
    ),
    Rule(
        r"(client|bridge)\.submit\(",
        "Work is issued through the actions only.",
        ("console/**/*.py",),
        {
            "console/actions.py": "they are the actions",
            "console/bridge.py": "carries them over",
            "console/demo.py": "furnishes the demonstration before there is a desk",
            "console/registers.py": "commands without a desk",
        },
    ),
    Rule(
        r"\blog(ger)?\.(debug|info|warning|error|exception|critical)\(\s*f[\"']",
        "Log with %s arguments: the text is built only when somebody reads it.",
        CODE,
    ),
    Rule(
        r"#\s*(TODO|FIXME|XXX|HACK)\b|NotImplementedError",
        "Finish it, or file it: the tree holds no promises.",
        PYTHON,
    ),
    Rule(
        r"/work/|(?<![\w.])/(home|Users)/(?!watch\b|…)\w+|[A-Z]:\\\\?Users",
        "A path of one developer's machine helps nobody else.",
        EVERYTHING,
    ),
    Rule(
        r"--(extra-)?index-url|--find-links|https?://",
        "A lock file names packages and hashes, never where they came from.",
        ("*.lock",),
    ),
)

# Modules that are longer than a reader can hold; this list only shrinks.
LONGEST = 450
LONGER: dict[str, int] = {}


def files(patterns: tuple[str, ...]) -> Iterator[Path]:
    """Return the files of the tree that match, none of the machinery's."""
    seen = set()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts and path not in seen:
                seen.add(path)
                yield path


def name(path: Path) -> str:
    """Return a file's name as one says it in this tree."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence.split(":")[0])
def test_rule(rule: Rule) -> None:
    pattern = re.compile(rule.pattern)
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in files(rule.where)
        if name(path) not in rule.unless and path != Path(__file__)
        for number, line in enumerate(
            path.read_text(encoding="utf-8").splitlines(), start=1
        )
        if pattern.search(line)
    ]
    assert not found, rule.sentence + "\n" + "\n".join(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence.split(":")[0])
def test_exceptions_are_still_needed(rule: Rule) -> None:
    pattern = re.compile(rule.pattern)
    for exception in rule.unless:
        path = ROOT / exception
        assert path.exists(), f"{exception} is gone: take it off the list"
        text = path.read_text(encoding="utf-8")
        assert pattern.search(text), f"{exception} keeps the rule: take it off the list"


def test_modules_are_short() -> None:
    """What one cannot read at a sitting, nobody reviews."""
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files((*CODE, "tests/**/*.py"))
    }
    long = {
        module: lines
        for module, lines in lengths.items()
        if lines > LONGER.get(module, LONGEST)
    }
    assert not long, f"over {LONGEST} lines: split by what changes together"
    for module in LONGER:
        assert lengths.get(module, 0) > LONGEST, f"{module}: take it off the list"


def test_packaging_is_no_package() -> None:
    """As a package it would hide PyPI's `packaging` from everything installed."""
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_test_files_have_names_of_their_own() -> None:
    """Without packages in tests/, two files of one name hide each other."""
    names = [path.name for path in files(("tests/**/test_*.py",))]
    assert sorted(set(names)) == sorted(names)


# -- Documents ---------------------------------------------------------------------


def decisions() -> list[Path]:
    """Return the decision records."""
    return sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for record in decisions():
        assert f"({record.name})" in index, f"{record.name} is missing in the index"


def test_decisions_have_one_form() -> None:
    numbers = [record.name[:4] for record in decisions()]
    assert sorted(set(numbers)) == numbers, "two records share a number"
    for record in decisions():
        heads = re.findall(r"^## (\w+)", record.read_text(encoding="utf-8"), re.M)
        assert heads[:3] == ["Objective", "Choice", "Caveats"], record.name


def test_links_lead_somewhere() -> None:
    broken = []
    for path in files(PROSE):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target) or target.startswith("#"):
                continue
            if not (path.parent / target.split("#")[0]).exists():
                broken.append(f"{name(path)}: {target}")
    assert not broken


def test_no_table_says_a_thing_twice() -> None:
    """Two branches that altered one row leave both."""
    twice = []
    for path in files(PROSE):
        told: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("|")
            if not line.startswith("| `") or len(cells) < 4:
                told = told if line.startswith("|") else set()
                continue
            what = set(re.findall(r"`([^`]+\.py)`", cells[1])) or {cells[1]}
            twice += [f"{name(path)}: {each}" for each in sorted(what & told)]
            told |= what
    assert not twice, "keep the truer of two rows"


def test_every_document_is_reached_from_the_readme() -> None:
    reached = {ROOT / "README.md"}
    waiting = list(reached)
    while waiting:
        path = waiting.pop()
        for target in re.findall(r"\]\(([^)\s#]+\.md)", path.read_text("utf-8")):
            other = (path.parent / target).resolve()
            if other.exists() and other not in reached:
                reached.add(other)
                waiting.append(other)
    lost = [name(path) for path in files(PROSE) if path not in reached]
    assert not lost


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    record = (ROOT / "docs/decisions/0002-dependencies.md").read_text("utf-8")
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    for requirement in wanted:
        package = re.split(r"[><=!~\[; ]", requirement)[0]
        assert f"`{package}`" in record, f"{package} has no reason in the record"


def test_changelog_has_a_place_for_what_is_new() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text


def test_lock_files_name_a_hash_for_everything() -> None:
    for lock in files(("*.lock",)):
        text = lock.read_text(encoding="utf-8")
        pins = re.split(r"^(?=\S+==)", text, flags=re.M)[1:]
        assert pins
        for pin in pins:
            assert "--hash=sha256:" in pin, f"{lock.name}: {pin.splitlines()[0]}"
