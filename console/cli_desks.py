"""The command line's words and options about desks: `lookout desk`."""

import argparse
from pathlib import Path

from console import cli_kinds as kinds
from console import commands as does
from console.plain_words import QT_TRANSLATE_NOOP


def add_desk_commands(parser: argparse.ArgumentParser) -> None:
    """Put what can be said of desks under `lookout desk`."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    key = actions.add_parser(
        "key", help=QT_TRANSLATE_NOOP("Command", "show this desk's public key")
    )
    named = actions.add_parser(
        "name",
        help=QT_TRANSLATE_NOOP("Command", "say who sits at this desk, and where"),
    )
    named.add_argument(
        "--person",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "as the log shall have it"),
    )
    named.add_argument(
        "--seat", default="", help=QT_TRANSLATE_NOOP("Command", "such as 1号席")
    )
    enrol = actions.add_parser(
        "enrol", help=QT_TRANSLATE_NOOP("Command", "let a desk in, at the service")
    )
    enrol.add_argument(
        "--name",
        required=True,
        help=QT_TRANSLATE_NOOP("Command", "its seat, such as 2号席"),
    )
    enrol.add_argument(
        "--key",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "its public key, 40 characters"),
    )
    enrol.add_argument(
        "--knocking",
        default="",
        metavar="FINGERPRINT",
        help=QT_TRANSLATE_NOOP("Command", "or as desk list shows it"),
    )
    enrol.add_argument(
        "--card",
        metavar="FILE",
        help=QT_TRANSLATE_NOOP(
            "Command", "write the service's public key there, for it"
        ),
    )
    enrol.add_argument(
        "--department",
        default="",
        help=QT_TRANSLATE_NOOP(
            "Command", "a station: it sees the cases of this department alone"
        ),
    )
    enrol.add_argument(
        "--grid",
        default="",
        metavar="CODE",
        help=QT_TRANSLATE_NOOP(
            "Command", "and of those only the ones in this grid, a village's"
        ),
    )
    card = actions.add_parser(
        "card",
        help=QT_TRANSLATE_NOOP(
            "Command", "show the service's address and public key, for another desk"
        ),
    )
    card.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=QT_TRANSLATE_NOOP("Command", "write them there, for --server-key"),
    )
    listed = actions.add_parser(
        "list",
        help=QT_TRANSLATE_NOOP("Command", "who is let in, and who knocks in vain"),
    )
    revoke = actions.add_parser(
        "revoke", help=QT_TRANSLATE_NOOP("Command", "let a desk in no more")
    )
    revoke.add_argument(
        "--name", required=True, help=QT_TRANSLATE_NOOP("Command", "its seat")
    )
    telephone = actions.add_parser(
        "telephone",
        help=QT_TRANSLATE_NOOP("Command", "hear from a telephone system who rings"),
    )
    telephone.add_argument(
        "--port",
        type=kinds.port,
        default=8766,
        help=QT_TRANSLATE_NOOP("Command", "where it posts, on this machine"),
    )
    telephone.add_argument(
        "--dial",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "hand copied numbers to the dialler (tel:)"),
    )
    telephone.add_argument(
        "--hook",
        default="",
        metavar="URL",
        help=QT_TRANSLATE_NOOP(
            "Command", "where it brings 110 into a call; what it is shown is asked"
        ),
    )
    telephone.add_argument(
        "--recordings",
        default="",
        metavar="URL",
        help=QT_TRANSLATE_NOOP(
            "Command", "where a recording is found, its id in braces: https://…/{{id}}"
        ),
    )
    telephone.add_argument(
        "--password-stdin",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "read the password from a pipe"),
    )
    telephone.add_argument(
        "--off", action="store_true", help=QT_TRANSLATE_NOOP("Command", "no more")
    )
    ring = actions.add_parser(
        "ring",
        help=QT_TRANSLATE_NOOP("Command", "tell this desk of a call, to try it out"),
    )
    ring.add_argument(
        "--number", required=True, help=QT_TRANSLATE_NOOP("Command", "who rings")
    )
    ring.add_argument(
        "--stay",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help=QT_TRANSLATE_NOOP("Command", "stay on the line for so long"),
    )
    ring.add_argument(
        "--brings",
        choices=("connected", "busy", "no_answer", "silent"),
        default="connected",
        help=QT_TRANSLATE_NOOP("Command", "and what becomes of who is brought in"),
    )
    ring.add_argument(
        "--recording",
        default="",
        metavar="ID",
        help=QT_TRANSLATE_NOOP(
            "Command", "where the call was recorded, said at its end"
        ),
    )
    for action, run in (
        (key, does.desk_key),
        (telephone, does.desk_telephone),
        (ring, does.desk_ring),
        (named, does.desk_name),
        (card, does.desk_card),
        (enrol, does.desk_enrol),
        (listed, does.desk_list),
        (revoke, does.desk_revoke),
    ):
        kinds.add_home(action)
        action.set_defaults(run=run)
