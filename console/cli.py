"""The command line: its words and options. What a command does is in `commands`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from console import commands as does
from resources.process import forbid_core_dumps


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    forbid_core_dumps()
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lookout", description="Lookout 瞭望: a command room's desk"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    console = commands.add_parser("console", help="open the desk")
    _add_home(console)
    console.add_argument(
        "--connect",
        nargs="?",
        const="",
        type=_service_address,
        metavar="HOST[:PORT]",
        help="be a desk of the service there; without an address: as the last time",
    )
    console.add_argument(
        "--server-key",
        default="",
        metavar="KEY|FILE",
        help="the public key of that service, asked for once and remembered",
    )
    console.set_defaults(run=does.console)

    demo = commands.add_parser("demo", help="open the desk over a living town")
    _add_home(demo)
    demo.add_argument("--check", action="store_true", help="do the job by itself")
    demo.add_argument(
        "--cache", type=Path, metavar="DIR", help="where drawn cameras are kept"
    )
    demo.add_argument(
        "--size",
        type=_size,
        default=(1920, 1080),
        metavar="WIDTHxHEIGHT",
        help="the window's size in the check",
    )
    demo.add_argument(
        "--from",
        dest="begins_s",
        type=_time_of_day,
        default="09:00",
        metavar="HH:MM",
        help="where in the living day to begin; the busy hour is 17:00 to 18:00",
    )
    demo.add_argument(
        "--speed", type=_amount, default=1.0, help="hours of the day in an hour"
    )
    demo.add_argument("--seed", type=int, default=1, help="another seed, another day")
    demo.add_argument(
        "--attend", action="store_true", help="let a demonstration desk do the work"
    )
    demo.add_argument("--shots", type=Path, metavar="DIR", help="save screenshots")
    demo.set_defaults(run=does.demo)

    service = commands.add_parser("service", help="run the service without a window")
    _add_home(service)
    service.add_argument(
        "--devices",
        type=_address,
        metavar="HOST:PORT",
        help="let devices of other machines connect here, such as 0.0.0.0:20001",
    )
    service.add_argument(
        "--desks",
        type=_address,
        metavar="HOST:PORT",
        help="let desks of other machines connect here, such as 0.0.0.0:20002",
    )
    service.add_argument(
        "--store",
        metavar="ADDRESS",
        help="postgresql://USER@HOST:5432/DATABASE, remembered; sqlite: the home's own",
    )
    service.set_defaults(run=does.service)

    store = commands.add_parser("store", help="where this installation keeps its cases")
    actions = store.add_subparsers(required=True, metavar="ACTION")
    chosen = actions.add_parser("set", help="choose the store, and seal its password")
    _add_home(chosen)
    chosen.add_argument(
        "address", help="postgresql://USER@HOST:5432/DATABASE or sqlite"
    )
    chosen.add_argument(
        "--password-stdin", action="store_true", help="read the password from a pipe"
    )
    chosen.set_defaults(run=does.store_set)

    camera = commands.add_parser("camera", help="cameras of this installation")
    actions = camera.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="put a camera into the register")
    _add_home(add)
    add.add_argument("--url", required=True, help="rtsp:// address, no credentials")
    add.add_argument("--sub-url", default="", help="address of the small stream")
    add.add_argument(
        "--transport",
        choices=("tcp", "udp", "auto"),
        default="tcp",
        help="how its pictures come; auto: UDP where TCP is refused",
    )
    add.add_argument("--number", default="", help="number for the keypad")
    add.add_argument("--name", required=True)
    add.add_argument("--at", required=True, metavar="LON,LAT", help="WGS-84 degrees")
    add.add_argument("--bearing", type=float, help="degrees clockwise from north")
    add.add_argument("--fov", type=float, default=70.0, help="angle of view, degrees")
    add.add_argument("--range", type=float, default=60.0, help="metres")
    add.add_argument("--user", default="", help="log-in name; the password is asked")
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password from a pipe"
    )
    add.add_argument(
        "--replace", action="store_true", help="in place of the one of that number"
    )
    add.set_defaults(run=does.camera_add)

    login = actions.add_parser("login", help="give a camera its log-in")
    _add_home(login)
    login.add_argument("number", help="of a camera that is in the register")
    login.add_argument("--user", required=True, help="the password is asked")
    login.add_argument(
        "--password-stdin", action="store_true", help="read the password from a pipe"
    )
    login.set_defaults(run=does.camera_login)

    device = commands.add_parser("device", help="devices of this installation")
    actions = device.add_subparsers(required=True, metavar="ACTION")
    enrol = actions.add_parser("enrol", help="let a device in by its public key")
    _add_home(enrol)
    enrol.add_argument("--id", default="", help="its name in messages")
    enrol.add_argument("--key", required=True, help="CURVE public key, 40 characters")
    enrol.add_argument("--kind", default="", help="what it is")
    enrol.add_argument("--name", default="", help="as people say it")
    enrol.add_argument("--place", default="", help="where it hangs, in words")
    enrol.add_argument("--at", default="", metavar="LON,LAT", help="WGS-84 degrees")
    enrol.add_argument("--unit", default="", help="the unit that carries it")
    enrol.add_argument("--replace", action="store_true", help="in place of that name's")
    enrol.set_defaults(run=does.device_enrol)

    revoke = actions.add_parser("revoke", help="let a device in no more")
    _add_home(revoke)
    revoke.add_argument("--id", required=True, help="its name in messages")
    revoke.set_defaults(run=does.device_revoke)

    refused = actions.add_parser("refused", help="list what was refused, and why")
    _add_home(refused)
    refused.add_argument("--limit", type=int, default=20, help="how many of the newest")
    refused.set_defaults(run=does.device_refused)

    doctor = commands.add_parser(
        "doctor", help="say what is missing on this machine, and what to do about it"
    )
    _add_home(doctor)
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.add_argument(
        "--language", choices=("zh_CN", "en"), help="if not the language of this login"
    )
    doctor.set_defaults(run=does.doctor)

    _add_desk_commands(commands.add_parser("desk", help="desks of other machines"))
    bring = commands.add_parser("import", help="put a file's rows into a register")
    _add_home(bring)
    bring.add_argument(
        "kind", choices=("grids", "staff", "cameras", "places", "devices")
    )
    bring.add_argument("file", type=Path, metavar="FILE", help=".csv or .geojson")
    bring.add_argument(
        "--dry-run", action="store_true", help="say what would be done, do nothing"
    )
    bring.add_argument(
        "--skip-faulty", action="store_true", help="leave faulty rows out"
    )
    bring.set_defaults(run=does.import_)

    for name, run in (
        ("video-worker", does.video_worker),
        ("virtual-cameras", does.virtual_cameras),
        ("virtual-field", does.virtual_field),
    ):
        hidden = commands.add_parser(name)
        _add_home(hidden)
        hidden.add_argument("--cache", type=Path, metavar="DIR")
        hidden.set_defaults(run=run)
    return parser


def _add_desk_commands(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    key = actions.add_parser("key", help="show this desk's public key")
    named = actions.add_parser("name", help="say who sits at this desk, and where")
    named.add_argument("--person", default="", help="as the log shall have it")
    named.add_argument("--seat", default="", help="such as 1号席")
    enrol = actions.add_parser("enrol", help="let a desk in, at the service")
    enrol.add_argument("--name", required=True, help="its seat, such as 2号席")
    enrol.add_argument("--key", default="", help="its public key, 40 characters")
    enrol.add_argument(
        "--knocking", default="", metavar="FINGERPRINT", help="or as desk list shows it"
    )
    enrol.add_argument(
        "--card", metavar="FILE", help="write the service's public key there, for it"
    )
    listed = actions.add_parser("list", help="who is let in, and who knocks in vain")
    revoke = actions.add_parser("revoke", help="let a desk in no more")
    revoke.add_argument("--name", required=True, help="its seat")
    for action, run in (
        (key, does.desk_key),
        (named, does.desk_name),
        (enrol, does.desk_enrol),
        (listed, does.desk_list),
        (revoke, does.desk_revoke),
    ):
        _add_home(action)
        action.set_defaults(run=run)


def _add_home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help="data, logs, keys and cache"
    )


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    try:
        return int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError("write it like 1920x1080") from None


def _time_of_day(text: str) -> float:
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and (minutes or "0").isdecimal()):
        raise argparse.ArgumentTypeError("write it like 16:50")
    if not (int(hours) < 24 and int(minutes or 0) < 60):
        raise argparse.ArgumentTypeError("a day has 24 hours of 60 minutes")
    return 3600.0 * int(hours) + 60.0 * int(minutes or 0)


def _amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = 0.0
    if not 0 < amount <= 1000:
        raise argparse.ArgumentTypeError("a number above zero, at most 1000")
    return amount


def _address(text: str) -> str:
    host, _, port = text.removeprefix("tcp://").rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError("write it like 0.0.0.0:20001")
    return f"tcp://{host}:{port}"


def _service_address(text: str) -> str:
    """Return the address of a service that somebody wrote with or without a port."""
    from console.desks import DESK_PORT

    plain = text.removeprefix("tcp://")
    if not plain:
        return ""
    host, colon, port = plain.rpartition(":")
    if not colon:
        host, port = plain, str(DESK_PORT)
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError("write it like 192.168.1.20:20002")
    return f"tcp://{host}:{port}"


if __name__ == "__main__":
    sys.exit(main())
