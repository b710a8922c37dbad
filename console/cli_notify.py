"""The command line's words and options about reaching people: `lookout notify`."""

import argparse
from pathlib import Path

from console import cli_kinds as kinds
from console import commands as does
from console.plain_words import QT_TRANSLATE_NOOP


def add_notify_commands(parser: argparse.ArgumentParser) -> None:
    """Put what can be said of notifiers under `lookout notify`."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser(
        "add",
        help=QT_TRANSLATE_NOOP(
            "Command", "set up a way to reach people; its password is asked"
        ),
    )
    _add_name(add)
    add.add_argument(
        "--kind",
        required=True,
        choices=("sms", "mail", "webhook"),
        help=QT_TRANSLATE_NOOP("Command", "by what"),
    )
    add.add_argument(
        "--url",
        required=True,
        help=QT_TRANSLATE_NOOP(
            "Command",
            "https:// of the gateway or program; of a mail server smtps://HOST, or"
            " smtp://HOST with STARTTLS",
        ),
    )
    add.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help=QT_TRANSLATE_NOOP("Command", "how the gateway is asked, in JSON"),
    )
    add.add_argument(
        "--to",
        default="",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "the one number or mailbox it writes to; without it an SMS goes to whoever"
            " is sent",
        ),
    )
    add.add_argument(
        "--sender",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "the mailbox a mail comes from"),
    )
    add.add_argument(
        "--department",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "only what concerns this department"),
    )
    add.add_argument(
        "--cause",
        action="append",
        default=[],
        choices=("dispatch", "recall", "remind", "supervise", "direct", "circular"),
        help=QT_TRANSLATE_NOOP(
            "Command", "only what is told for this cause; may be given several times"
        ),
    )
    add.add_argument(
        "--once",
        action="store_true",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "the other side takes a message with the same id once, so that one in doubt"
            " is sent again",
        ),
    )
    add.add_argument(
        "--ca",
        type=Path,
        metavar="FILE",
        help=QT_TRANSLATE_NOOP(
            "Command", "certificates to trust instead of the system's, PEM"
        ),
    )
    add.add_argument(
        "--user",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "log-in name; the password is asked"),
    )
    add.add_argument(
        "--password-stdin",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "read the password from a pipe"),
    )
    listed = actions.add_parser(
        "list", help=QT_TRANSLATE_NOOP("Command", "which ways there are")
    )
    test = actions.add_parser(
        "test", help=QT_TRANSLATE_NOOP("Command", "send a test message by one of them")
    )
    _add_name(test)
    test.add_argument(
        "--to",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "to this number, where it has none"),
    )
    remove = actions.add_parser(
        "remove", help=QT_TRANSLATE_NOOP("Command", "take one away, and its password")
    )
    _add_name(remove)
    for action, run in (
        (add, does.notify_add),
        (listed, does.notify_list),
        (test, does.notify_test),
        (remove, does.notify_remove),
    ):
        kinds.add_home(action)
        action.set_defaults(run=run)


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", help=QT_TRANSLATE_NOOP("Command", "what it is called here")
    )
