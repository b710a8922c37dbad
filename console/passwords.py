"""Asks for a log-in on the command line: from a person, or from a pipe."""

import contextlib
import getpass
import sys
from argparse import Namespace

from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home


def ask_password(home: Home, options: Namespace, camera: str) -> str:
    """Return a camera's password; where none came, end the command.

    An empty line is a password that somebody chose; the end of the input is none.

    Args:
        home: The installation, for its language.
        options: What was typed: the user, and whether to read from a pipe.
        camera: Whose, as a person is asked.

    Raises:
        SystemExit: No password came.
    """
    words = CommandWords.of(home)
    asks = QT_TRANSLATE_NOOP("Command", "password of {user} at {camera}: ")
    prompt = words(asks, user=options.user, camera=camera)
    line = read_line(prompt, from_pipe=options.password_stdin)
    if not line:
        none = QT_TRANSLATE_NOOP(
            "Command", "no password came; type it when asked, or pipe one line in"
        )
        raise SystemExit(complain(words(none), status=2))
    return line.rstrip("\r\n")


def ask_user(home: Home, camera: str) -> str:
    """Return the name of a camera's log-in; where nobody can be asked, end the command.

    Raises:
        SystemExit: No name came.
    """
    words = CommandWords.of(home)
    name = ""
    if sys.stdin is not None and sys.stdin.isatty():
        asks = QT_TRANSLATE_NOOP("Command", "user name at {camera}: ")
        with contextlib.suppress(EOFError):
            name = input(words(asks, camera=camera)).strip()
    if not name:
        none = QT_TRANSLATE_NOOP("Command", "who logs in? Give --user NAME")
        raise SystemExit(complain(words(none), status=2))
    return name


def read_line(prompt: str, *, from_pipe: bool) -> str:
    """Return a line that nobody else sees, with its end; "" where none came."""
    try:
        if sys.stdin is not None and sys.stdin.isatty() and not from_pipe:
            return f"{getpass.getpass(prompt)}\n"
        return "" if sys.stdin is None else sys.stdin.readline()
    except (EOFError, ValueError):  # a closed stream is a ValueError
        return ""
