"""The command line, and the place where every process is put together.

Qt is imported only inside the commands that show a window.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from resources.home import Home, default_home


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
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
    console.set_defaults(run=_console)

    demo = commands.add_parser("demo", help="open the desk over a living small town")
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
    demo.add_argument("--shots", type=Path, metavar="DIR", help="save screenshots")
    demo.set_defaults(run=_demo)

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
    service.set_defaults(run=_service)

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
    add.set_defaults(run=_camera_add)

    device = commands.add_parser("device", help="devices of this installation")
    actions = device.add_subparsers(required=True, metavar="ACTION")
    enrol = actions.add_parser("enrol", help="let a device in by its public key")
    _add_home(enrol)
    enrol.add_argument("--id", default="", help="its name in messages")
    enrol.add_argument("--key", required=True, help="CURVE public key, 40 characters")
    enrol.add_argument("--kind", required=True)
    enrol.add_argument("--name", default="", help="as people say it")
    enrol.add_argument("--place", default="", help="where it hangs, in words")
    enrol.add_argument("--at", required=True, metavar="LON,LAT", help="WGS-84 degrees")
    enrol.add_argument("--unit", default="", help="the unit that carries it")
    enrol.set_defaults(run=_device_enrol)

    revoke = actions.add_parser("revoke", help="let a device in no more")
    _add_home(revoke)
    revoke.add_argument("--id", required=True, help="its name in messages")
    revoke.set_defaults(run=_device_revoke)

    refused = actions.add_parser("refused", help="list what was refused, and why")
    _add_home(refused)
    refused.add_argument("--limit", type=int, default=20, help="how many of the newest")
    refused.set_defaults(run=_device_refused)

    for name, run in (
        ("video-worker", _video_worker),
        ("virtual-cameras", _virtual_cameras),
        ("virtual-field", _virtual_field),
    ):
        hidden = commands.add_parser(name)
        _add_home(hidden)
        hidden.add_argument("--cache", type=Path, metavar="DIR")
        hidden.set_defaults(run=run)
    return parser


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


def _address(text: str) -> str:
    host, _, port = text.removeprefix("tcp://").rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError("write it like 0.0.0.0:20001")
    return f"tcp://{host}:{port}"


def _home(options: argparse.Namespace) -> Home:
    return Home(options.home.absolute()) if options.home else default_home()


def _console(options: argparse.Namespace) -> int:
    from console.app import run_console

    return run_console(_home(options))


def _demo(options: argparse.Namespace) -> int:
    from console.demo import run_demo

    home = _home(options) if options.home else Home(default_home().root / "demo")
    return run_demo(
        home,
        check=options.check,
        shots=options.shots,
        cache=options.cache,
        size=options.size,
    )


def _service(options: argparse.Namespace) -> int:
    from dispatch.service import run_service

    return run_service(
        _home(options),
        desk_address=options.desks or "",
        intake_address=options.devices or "",
    )


def _camera_add(options: argparse.Namespace) -> int:
    from console.registers import add_camera

    password = None
    if options.user:
        password = (
            sys.stdin.readline().rstrip("\n")
            if options.password_stdin or not sys.stdin.isatty()
            else getpass.getpass(f"{options.user} @ {options.name}: ")
        )
    return add_camera(_home(options), options, password=password)


def _device_enrol(options: argparse.Namespace) -> int:
    from console.registers import enrol_device

    return enrol_device(_home(options), options)


def _device_revoke(options: argparse.Namespace) -> int:
    from console.registers import revoke_device

    return revoke_device(_home(options), options)


def _device_refused(options: argparse.Namespace) -> int:
    from console.registers import list_refused

    return list_refused(_home(options), options)


def _video_worker(options: argparse.Namespace) -> int:
    from video.worker_main import run

    return run()


def _virtual_cameras(options: argparse.Namespace) -> int:
    from video.virtual_camera import run

    _give_way()
    return run(options.cache or _home(options).cache)


def _virtual_field(options: argparse.Namespace) -> int:
    from dispatch.virtual_field import run

    _give_way()
    return run(_home(options))


def _give_way() -> None:
    """Let the desk go first: a town outside would not share its processor."""
    if hasattr(os, "nice"):
        os.nice(8)


if __name__ == "__main__":
    sys.exit(main())
