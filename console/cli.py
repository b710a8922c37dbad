"""The command line: its words and options. What a command does is in `commands`."""

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from console import cli_kinds as kinds
from console import cli_lists
from console import commands as does
from console.cli_desks import add_desk_commands
from console.cli_notify import add_notify_commands
from console.command_words import CommandWords
from console.display import no_window
from console.own_name import about
from console.plain_words import QT_TRANSLATE_NOOP
from resources.process import forbid_core_dumps


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    forbid_core_dumps()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows the rest
    parser = _parser()
    kinds.speak(parser, CommandWords.of(kinds.home_in(arguments)))
    options = parser.parse_args(kinds.keys_joined(arguments))
    home = does.home_of(options)
    with about(home):
        if "window" in options and no_window(home):
            return 2
        status: int = options.run(options)
    return status


def _add_service(command: argparse.ArgumentParser) -> None:
    """Say which service elsewhere a desk belongs to."""
    command.add_argument(
        "--connect",
        nargs="?",
        const="",
        type=kinds.service_address,
        metavar="HOST[:PORT]",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "be a desk of the service there; without an address: as the last time",
        ),
    )
    command.add_argument(
        "--server-key",
        default="",
        metavar="KEY|FILE",
        help=QT_TRANSLATE_NOOP(
            "Command", "the public key of that service, asked for once and remembered"
        ),
    )


def _parser() -> argparse.ArgumentParser:
    parser = kinds.Parser(
        prog="lookout",
        description=QT_TRANSLATE_NOOP("Command", "Lookout 瞭望: a command room's desk"),
    )
    kinds.add_home(parser)
    parser.set_defaults(home=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    console = commands.add_parser(
        "console", help=QT_TRANSLATE_NOOP("Command", "open the desk")
    )
    kinds.add_home(console)
    _add_service(console)
    kinds.add_leader(console)
    console.set_defaults(run=does.console, window=True)

    station = commands.add_parser(
        "station",
        help=QT_TRANSLATE_NOOP("Command", "open a department's or village's station"),
    )
    kinds.add_home(station)
    _add_service(station)
    station.add_argument(
        "--department",
        default="",
        help=QT_TRANSLATE_NOOP(
            "Command", "open only if the service says it is this department's"
        ),
    )
    station.set_defaults(run=does.station, window=True)

    wall = commands.add_parser(
        "wall",
        help=QT_TRANSLATE_NOOP(
            "Command", "ask the desk that is open to show its walls"
        ),
    )
    kinds.add_home(wall)
    wall.set_defaults(run=does.wall)

    demo = commands.add_parser(
        "demo", help=QT_TRANSLATE_NOOP("Command", "open the desk over a living town")
    )
    kinds.add_home(demo)
    demo.add_argument(
        "--check",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "do the job by itself"),
    )
    demo.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help=QT_TRANSLATE_NOOP("Command", "where drawn cameras are kept"),
    )
    demo.add_argument(
        "--size",
        type=kinds.size,
        default=(1920, 1080),
        metavar="WIDTHxHEIGHT",
        help=QT_TRANSLATE_NOOP("Command", "the window's size in the check"),
    )
    demo.add_argument(
        "--from",
        dest="begins_s",
        type=kinds.time_of_day,
        default="09:00",
        metavar="HH:MM",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "where in the living day to begin; the busy hour is 17:00 to 18:00",
        ),
    )
    demo.add_argument(
        "--speed",
        type=kinds.amount,
        default=1.0,
        help=QT_TRANSLATE_NOOP("Command", "hours of the day in an hour"),
    )
    demo.add_argument(
        "--seed",
        type=int,
        default=1,
        help=QT_TRANSLATE_NOOP("Command", "another seed, another day"),
    )
    demo.add_argument(
        "--attend",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "let a demonstration desk do the work"),
    )
    demo.add_argument(
        "--shots",
        type=Path,
        metavar="DIR",
        help=QT_TRANSLATE_NOOP("Command", "save screenshots"),
    )
    kinds.add_leader(demo)
    demo.set_defaults(run=does.demo)

    service = commands.add_parser(
        "service", help=QT_TRANSLATE_NOOP("Command", "run the service without a window")
    )
    kinds.add_home(service)
    service.add_argument(
        "--devices",
        type=kinds.address,
        metavar="HOST:PORT",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "let devices of other machines connect here, such as 0.0.0.0:20001",
        ),
    )
    service.add_argument(
        "--desks",
        type=kinds.desks_address,
        metavar="HOST:PORT",
        help=QT_TRANSLATE_NOOP(
            "Command", "let desks of other machines connect here, such as 0.0.0.0:20002"
        ),
    )
    service.add_argument(
        "--store",
        metavar="ADDRESS",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "postgresql://USER@HOST:5432/DATABASE, remembered; sqlite: the home's own",
        ),
    )
    service.add_argument("--stand-in", action="store_true", help=argparse.SUPPRESS)
    service.set_defaults(run=does.service)

    store = commands.add_parser(
        "store",
        help=QT_TRANSLATE_NOOP("Command", "where this installation keeps its cases"),
    )
    actions = store.add_subparsers(required=True, metavar="ACTION")
    chosen = actions.add_parser(
        "set",
        help=QT_TRANSLATE_NOOP("Command", "choose the store, and seal its password"),
    )
    kinds.add_home(chosen)
    chosen.add_argument(
        "address",
        help=QT_TRANSLATE_NOOP(
            "Command", "postgresql://USER@HOST:5432/DATABASE or sqlite"
        ),
    )
    chosen.add_argument(
        "--password-stdin",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "read the password from a pipe"),
    )
    chosen.set_defaults(run=does.store_set)

    camera = commands.add_parser(
        "camera", help=QT_TRANSLATE_NOOP("Command", "cameras of this installation")
    )
    actions = camera.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser(
        "add", help=QT_TRANSLATE_NOOP("Command", "put a camera into the register")
    )
    kinds.add_home(add)
    add.add_argument(
        "--url",
        help=QT_TRANSLATE_NOOP("Command", "rtsp:// address, no credentials"),
    )
    add.add_argument(
        "--sub-url",
        help=QT_TRANSLATE_NOOP("Command", "address of the small stream"),
    )
    add.add_argument(
        "--transport",
        choices=("tcp", "udp", "auto"),
        help=QT_TRANSLATE_NOOP(
            "Command", "how its pictures come; auto: UDP where TCP is refused"
        ),
    )
    add.add_argument(
        "--number",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "number for the keypad"),
    )
    add.add_argument("--name", help=QT_TRANSLATE_NOOP("Command", "as people say it"))
    add.add_argument(
        "--unit",
        help=QT_TRANSLATE_NOOP(
            "Command",
            "the vehicle that carries it; --bearing then counts from its front",
        ),
    )
    kinds.add_place(add)
    add.add_argument(
        "--bearing",
        type=float,
        help=QT_TRANSLATE_NOOP("Command", "degrees clockwise from north"),
    )
    add.add_argument(
        "--fov",
        type=float,
        help=QT_TRANSLATE_NOOP("Command", "angle of view, degrees; 70 if not said"),
    )
    add.add_argument(
        "--range",
        type=float,
        help=QT_TRANSLATE_NOOP("Command", "metres; 60 if not said"),
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
    add.add_argument(
        "--replace",
        action="store_true",
        help=QT_TRANSLATE_NOOP(
            "Command", "in place of the one of that number; what is not said stays"
        ),
    )
    add.set_defaults(run=does.camera_add)

    login = actions.add_parser(
        "login", help=QT_TRANSLATE_NOOP("Command", "give a camera its log-in")
    )
    kinds.add_home(login)
    login.add_argument(
        "number",
        help=QT_TRANSLATE_NOOP("Command", "of a camera that is in the register"),
    )
    login.add_argument(
        "--user",
        default="",
        help=QT_TRANSLATE_NOOP(
            "Command", "log-in name; asked too where it is not said"
        ),
    )
    login.add_argument(
        "--password-stdin",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "read the password from a pipe"),
    )
    login.set_defaults(run=does.camera_login)
    cli_lists.add_camera_lists(actions)

    device = commands.add_parser(
        "device", help=QT_TRANSLATE_NOOP("Command", "devices of this installation")
    )
    actions = device.add_subparsers(required=True, metavar="ACTION")
    enrol = actions.add_parser(
        "enrol", help=QT_TRANSLATE_NOOP("Command", "let a device in by its public key")
    )
    kinds.add_home(enrol)
    enrol.add_argument(
        "--id", default="", help=QT_TRANSLATE_NOOP("Command", "its name in messages")
    )
    enrol.add_argument(
        "--key",
        required=True,
        help=QT_TRANSLATE_NOOP("Command", "CURVE public key, 40 characters"),
    )
    kind = enrol.add_argument("--kind", default="", action=kinds.DeviceKind)
    kind.help = QT_TRANSLATE_NOOP("Command", "what it is: %(kinds)s")
    enrol.add_argument(
        "--name", default="", help=QT_TRANSLATE_NOOP("Command", "as people say it")
    )
    enrol.add_argument(
        "--place",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "where it hangs, in words"),
    )
    kinds.add_place(enrol)
    enrol.add_argument(
        "--unit",
        default="",
        help=QT_TRANSLATE_NOOP("Command", "the unit that carries it"),
    )
    enrol.add_argument(
        "--replace",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "in place of that name's"),
    )
    enrol.set_defaults(run=does.device_enrol)

    revoke = actions.add_parser(
        "revoke", help=QT_TRANSLATE_NOOP("Command", "let a device in no more")
    )
    kinds.add_home(revoke)
    revoke.add_argument(
        "--id", required=True, help=QT_TRANSLATE_NOOP("Command", "its name in messages")
    )
    revoke.set_defaults(run=does.device_revoke)

    refused = actions.add_parser(
        "refused", help=QT_TRANSLATE_NOOP("Command", "list what was refused, and why")
    )
    kinds.add_home(refused)
    refused.add_argument(
        "--limit",
        type=int,
        default=20,
        help=QT_TRANSLATE_NOOP("Command", "how many of the newest"),
    )
    refused.set_defaults(run=does.device_refused)
    cli_lists.add_device_list(actions)
    cli_lists.add_other_lists(commands)
    cli_lists.add_profiles(commands)

    doctor = commands.add_parser(
        "doctor",
        help=QT_TRANSLATE_NOOP(
            "Command", "say what is missing on this machine, and what to do about it"
        ),
    )
    kinds.add_home(doctor)
    doctor.add_argument(
        "--json", action="store_true", help=QT_TRANSLATE_NOOP("Command", "for programs")
    )
    doctor.add_argument(
        "--language",
        choices=("zh_CN", "en"),
        help=QT_TRANSLATE_NOOP("Command", "if not the language of the desk"),
    )
    doctor.set_defaults(run=does.doctor)

    add_desk_commands(
        commands.add_parser(
            "desk", help=QT_TRANSLATE_NOOP("Command", "desks of other machines")
        )
    )
    add_notify_commands(
        commands.add_parser(
            "notify", help=QT_TRANSLATE_NOOP("Command", "how people are reached")
        )
    )
    bring = commands.add_parser(
        "import", help=QT_TRANSLATE_NOOP("Command", "put a file's rows into a register")
    )
    kinds.add_home(bring)
    bring.add_argument(
        "kind",
        type=kinds.register_kind,
        choices=("grids", "staff", "roster", "cameras", "places", "devices"),
    )
    bring.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=QT_TRANSLATE_NOOP("Command", ".csv or .geojson"),
    )
    bring.add_argument(
        "--dry-run",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "say what would be done, do nothing"),
    )
    bring.add_argument(
        "--replace",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "roster: take off whom no row names"),
    )
    bring.add_argument(
        "--skip-faulty",
        action="store_true",
        help=QT_TRANSLATE_NOOP("Command", "leave faulty rows out"),
    )
    bring.set_defaults(run=does.import_)

    for name, run in (
        ("video-worker", does.video_worker),
        ("video-probe", does.video_probe),
        ("paper", does.paper),
        ("virtual-cameras", does.virtual_cameras),
        ("virtual-field", does.virtual_field),
    ):
        hidden = commands.add_parser(name)
        kinds.add_home(hidden)
        hidden.add_argument("--cache", type=Path, metavar="DIR")
        hidden.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
