"""The command line's words and options about gateways: `lookout gateway`."""

import argparse
from pathlib import Path

from console import cli_kinds as kinds
from console import commands as does
from console.plain_words import QT_TRANSLATE_NOOP


def add_gateway_commands(parser: argparse.ArgumentParser) -> None:
    """Put what can be said of gateways under `lookout gateway`."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser(
        "add",
        help=QT_TRANSLATE_NOOP(
            "Command", "set up a way in for devices that do not speak our protocol"
        ),
    )
    _add_name(add)
    add.add_argument(
        "--kind",
        required=True,
        choices=("webhook", "mqtt", "sparkplug"),
        help=QT_TRANSLATE_NOOP("Command", "how its messages come in"),
    )
    add.add_argument(
        "--url",
        required=True,
        help=QT_TRANSLATE_NOOP(
            "Command",
            "a webhook listens at https://ADDRESS:PORT; the broker is at"
            " mqtts://HOST[:PORT]",
        ),
    )
    add.add_argument(
        "--template",
        required=True,
        type=Path,
        metavar="FILE",
        help=QT_TRANSLATE_NOOP("Command", "how its messages are read, in JSON"),
    )
    _add_topic(add)
    add.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help=QT_TRANSLATE_NOOP("Command", "of a webhook, with its key, PEM"),
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
        help=QT_TRANSLATE_NOOP("Command", "read the password or token from a pipe"),
    )
    listed = actions.add_parser(
        "list", help=QT_TRANSLATE_NOOP("Command", "which gateways there are")
    )
    tried = actions.add_parser(
        "try",
        help=QT_TRANSLATE_NOOP("Command", "say what a message in a file would become"),
    )
    _add_name(tried)
    tried.add_argument("file", type=Path, metavar="FILE")
    _add_topic(tried)
    remove = actions.add_parser(
        "remove", help=QT_TRANSLATE_NOOP("Command", "take one away, and its password")
    )
    _add_name(remove)
    for deed, action in (
        ("add", add),
        ("list", listed),
        ("try", tried),
        ("remove", remove),
    ):
        kinds.add_home(action)
        action.set_defaults(run=does.gateway, deed=deed)


def add_identity(enrol: argparse.ArgumentParser) -> None:
    """Add who a device is: its own key, or its name at a gateway."""
    who = enrol.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--key",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "CURVE public key, 40 characters"),
    )
    who.add_argument(
        "--gateway",
        default="",
        metavar="NAME",
        help=QT_TRANSLATE_NOOP(
            "Command", "it has none: it speaks through this gateway"
        ),
    )
    enrol.add_argument(
        "--called",
        default="",
        metavar="NAME",
        help=QT_TRANSLATE_NOOP("Command", "what it is called there, if not like --id"),
    )


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", help=QT_TRANSLATE_NOOP("Command", "what it is called here")
    )


def _add_topic(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--topic",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "at a broker, like town/{{device}}/smoke"),
    )
