"""Which profile this town goes by, from the command line: the list, and the choice."""

from argparse import Namespace
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from console.command_words import CommandWords
from console.plain_words import QT_TRANSLATE_NOOP
from console.register_lists import Row, print_rows, shown_time
from console.registers import TECHNICIAN, submit, with_desk
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.profile_use import UseProfile
from dispatch.profiles import load_taxonomy, profile_names
from dispatch.service import utc_now
from resources.home import Home

BASE = QT_TRANSLATE_NOOP("Command", "the common base")
IN_USE = QT_TRANSLATE_NOOP("Command", "in use")
SINCE = QT_TRANSLATE_NOOP("Command", "in use since {at}, chosen by {who}")


def list_profiles(home: Home, _options: Namespace) -> int:
    """Print every profile and which one is in use; return the exit status."""

    def rows(snapshot: Snapshot, say: CommandWords) -> Iterable[Row]:
        use, zone = snapshot.profile, ZoneInfo(snapshot.town.timezone)
        for name in profile_names():
            state = ""
            if name == use.profile:
                state = say(IN_USE)
                if use.at is not None:
                    at = shown_time(use.at, now=utc_now(), zone=zone)
                    state = say(SINCE, at=at, who=use.actor)
            yield name, _title(name, say), state

    return print_rows(home, rows)


def use_profile(home: Home, options: Namespace) -> int:
    """Let the town go by a profile from now on; return the exit status."""
    say = CommandWords.of(home)

    def run(client: DeskClient) -> str:
        name = _named(options.name)
        submit(client, UseProfile(actor=TECHNICIAN, profile=name))
        said = QT_TRANSLATE_NOOP(
            "Command",
            "profile {name} ({title}): in use from now on; clocks that run keep their"
            " limits. Desks show its figures under Ctrl+,",
        )
        return say(said, name=name, title=_title(name, say))

    return with_desk(home, run)


def _named(typed: str) -> str:
    """Return the profile that is called so: by its name, or as its town is."""
    for name in profile_names():
        taxonomy = load_taxonomy(name)
        if typed in (taxonomy.title_zh, taxonomy.title_en):
            return name
    return typed  # the service says which there are


def _title(name: str, say: CommandWords) -> str:
    taxonomy = load_taxonomy(name)
    named = taxonomy.title_zh if say.is_chinese else taxonomy.title_en
    return named or say(BASE)
