"""Asks for a password on the command line: from a person, or from a pipe."""

import getpass
import sys


def ask_password(prompt: str, *, from_pipe: bool) -> str:
    """Return what was typed or piped; where nothing came, end the command.

    An empty line is a password that somebody chose; the end of the input is none.

    Args:
        prompt: What a person sees.
        from_pipe: Read a line of the standard input, also where it is a terminal.

    Raises:
        SystemExit: No password came.
    """
    line = read_line(prompt, from_pipe=from_pipe)
    if not line:
        sys.stderr.write(
            "lookout: no password came; type it when asked, or pipe one line in\n"
        )
        raise SystemExit(2)
    return line.rstrip("\r\n")


def read_line(prompt: str, *, from_pipe: bool) -> str:
    """Return a line that nobody else sees, with its end; "" where none came."""
    try:
        if sys.stdin is not None and sys.stdin.isatty() and not from_pipe:
            return f"{getpass.getpass(prompt)}\n"
        return "" if sys.stdin is None else sys.stdin.readline()
    except (EOFError, ValueError):  # a closed stream is a ValueError
        return ""
