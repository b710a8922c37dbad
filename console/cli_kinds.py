"""What options of the command line may be, and in which language they are explained."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from console.command_words import CommandWords
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

KEY_LETTERS = 40  # of a public key in Z85

# What the parser itself puts into a help.
OWN_HELP = (
    QT_TRANSLATE_NOOP("Command", "options"),
    QT_TRANSLATE_NOOP("Command", "positional arguments"),
    QT_TRANSLATE_NOOP("Command", "show this help message and exit"),
)

# What it says is wrong, by the parts that it puts together.
OWN_COMPLAINTS = (
    QT_TRANSLATE_NOOP("Command", "the following arguments are required: "),
    QT_TRANSLATE_NOOP("Command", "unrecognized arguments: "),
    QT_TRANSLATE_NOOP("Command", "expected one argument"),
    QT_TRANSLATE_NOOP("Command", "invalid choice: "),
    QT_TRANSLATE_NOOP("Command", " (choose from "),
    QT_TRANSLATE_NOOP("Command", "invalid int value: "),
    QT_TRANSLATE_NOOP("Command", "invalid float value: "),
    QT_TRANSLATE_NOOP("Command", "not allowed with argument "),
    QT_TRANSLATE_NOOP("Command", "ambiguous option: "),
    QT_TRANSLATE_NOOP("Command", " could match "),
    QT_TRANSLATE_NOOP("Command", "argument "),
)


class Unfit(argparse.ArgumentTypeError):
    """What was typed is not of its option's kind."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are said in the reader's language, once it is known."""

    say: CommandWords | None = None

    def error(self, message: str) -> NoReturn:
        """Say how it is called and what is wrong, and end."""
        self.print_usage(sys.stderr)
        if self.say is not None:
            for part in OWN_COMPLAINTS:
                message = message.replace(part, self.say(part))
        self.exit(2, f"lookout: {message}\n")


class _Kind:
    """An option's kind, whose complaints are said in the reader's language."""

    def __init__(self, read: Callable[[str], object], say: CommandWords) -> None:
        self._read = read
        self._say = say

    def __call__(self, text: str) -> object:
        try:
            return self._read(text)
        except Unfit as unfit:
            raise argparse.ArgumentTypeError(self._say(str(unfit))) from None


def add_home(parser: argparse.ArgumentParser) -> None:
    """Let a command be about another installation: said before it, or after it."""
    parser.add_argument(
        "--home",
        type=Path,
        default=argparse.SUPPRESS,  # said before the command, it stays
        metavar="DIR",
        help=QT_TRANSLATE_NOOP("Command", "data, logs, keys and cache"),
    )


def add_leader(parser: argparse.ArgumentParser) -> None:
    """Let the seat's roles be chosen at its start; not said: None."""
    parser.add_argument(
        "--leader",
        action=argparse.BooleanOptionalAction,
        help=QT_TRANSLATE_NOOP(
            "Command",
            "with the shift leader's role, as at first, or without it, who cannot take,"
            " close or void cases; a desk remembers it, a demonstration does not",
        ),
    )


def add_place(parser: argparse.ArgumentParser) -> None:
    """Let a command say where something is."""
    parser.add_argument(
        "--at",
        default="",
        metavar="LON,LAT",
        help=QT_TRANSLATE_NOOP("Command", "WGS-84 degrees"),
    )
    parser.add_argument(
        "--datum",
        choices=("wgs84", "gcj02"),
        default="",
        help=QT_TRANSLATE_NOOP(
            "Command", "what --at is given in; gcj02, as Amap has it, is converted"
        ),
    )


def home_in(arguments: Sequence[str] | None) -> Home | None:
    """Return the home that is typed, before anything else is understood."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    add_home(parser)
    try:
        known, _ = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return Home(known.home) if "home" in known else None


def speak(parser: argparse.ArgumentParser, say: CommandWords) -> None:
    """Put the words of a parser and of all below it into one language."""
    if isinstance(parser, Parser):
        parser.say = say
    if parser.description:
        parser.description = say(parser.description)
    for group in parser._action_groups:
        group.title = say(group.title or "")
    for action in parser._actions:
        if action.help and action.help != argparse.SUPPRESS:
            action.help = say(action.help)
        if callable(action.type) and action.type not in (int, float, Path):
            action.type = _Kind(action.type, say)
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                choice.help = say(choice.help or "")
            for below in action.choices.values():
                speak(below, say)


def size(text: str) -> tuple[int, int]:
    """Return a width and a height."""
    width, _, height = text.partition("x")
    try:
        return int(width), int(height)
    except ValueError:
        raise Unfit(QT_TRANSLATE_NOOP("Command", "write it like 1920x1080")) from None


def time_of_day(text: str) -> float:
    """Return the seconds since midnight of a time."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and (minutes or "0").isdecimal()):
        raise Unfit(QT_TRANSLATE_NOOP("Command", "write it like 16:50"))
    if not (int(hours) < 24 and int(minutes or 0) < 60):
        raise Unfit(QT_TRANSLATE_NOOP("Command", "a day has 24 hours of 60 minutes"))
    return 3600.0 * int(hours) + 60.0 * int(minutes or 0)


def amount(text: str) -> float:
    """Return a number above zero."""
    try:
        amount = float(text)
    except ValueError:
        amount = 0.0
    if not 0 < amount <= 1000:
        raise Unfit(QT_TRANSLATE_NOOP("Command", "a number above zero, at most 1000"))
    return amount


def address(text: str) -> str:
    """Return an address to listen at."""
    host, _, port = text.removeprefix("tcp://").rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise Unfit(QT_TRANSLATE_NOOP("Command", "write it like 0.0.0.0:20001"))
    return f"tcp://{host}:{port}"


def desks_address(text: str) -> str:
    """Return an address to listen at for desks."""
    try:
        return address(text)
    except Unfit:
        raise Unfit(
            QT_TRANSLATE_NOOP("Command", "write it like 0.0.0.0:20002")
        ) from None


def port(text: str) -> int:
    """Return the number of a port.

    Raises:
        ValueError: There is none of that number.
    """
    number = int(text)
    if not 0 < number < 1 << 16:
        raise ValueError(text)
    return number


def register_kind(text: str) -> str:
    """Return which register is meant, whether it is said of one or of many."""
    return f"{text}s" if text in ("grid", "camera", "place", "device") else text


def service_address(text: str) -> str:
    """Return the address of a service that somebody wrote with or without a port."""
    from console.desks import DESK_PORT

    plain = text.removeprefix("tcp://")
    if not plain:
        return ""
    host, colon, port = plain.rpartition(":")
    if not colon:
        host, port = plain, str(DESK_PORT)
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise Unfit(QT_TRANSLATE_NOOP("Command", "write it like 192.168.1.20:20002"))
    return f"tcp://{host}:{port}"


def keys_joined(arguments: Sequence[str] | None) -> list[str]:
    """Return the arguments with each public key joined to its option.

    Z85 has `-` among its letters, and argparse takes a key that begins with it for
    an option. None: those of the process.
    """
    joined: list[str] = []
    for word in sys.argv[1:] if arguments is None else arguments:
        key_follows = joined and joined[-1] in ("--key", "--server-key")
        if key_follows and len(word) == KEY_LETTERS:
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


class DeviceKind(argparse.Action):
    """The option that names a device's kind; its help lists them all."""

    def __init__(self, option_strings: Sequence[str], dest: str, default: str) -> None:
        super().__init__(option_strings, dest, default=default)
        self.kinds = _DeviceKinds()

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        _option: str | None = None,
    ) -> None:
        """Keep what was typed."""
        setattr(namespace, self.dest, values)


class _DeviceKinds:
    """The kinds, looked up only for whoever reads the help."""

    def __str__(self) -> str:
        from dispatch.intake import DEVICE_KINDS

        say = CommandWords.of()
        names = ((kind.NAME, say.device_kind(kind.NAME)) for kind in DEVICE_KINDS)
        return ", ".join(
            name if said == name else f"{name}（{said}）" for name, said in names
        )
