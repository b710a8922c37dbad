"""The words of the commands that list registers and profiles, and retire cameras."""

import argparse
from typing import Any

from console import cli_kinds as kinds
from console import commands as does
from console.plain_words import QT_TRANSLATE_NOOP

LISTED = QT_TRANSLATE_NOOP("Command", "list what stands in the register")


def add_camera_lists(actions: "argparse._SubParsersAction[Any]") -> None:
    """Add the list of cameras, and what retires one or seals it."""
    _listed(actions, "cameras")
    for name, run, what, back in (
        (
            "retire",
            does.camera_retire,
            QT_TRANSLATE_NOOP(
                "Command", "take a camera out of service; its history stays"
            ),
            QT_TRANSLATE_NOOP("Command", "take it into service again"),
        ),
        (
            "seal",
            does.camera_seal,
            QT_TRANSLATE_NOOP(
                "Command", "seal a camera: walls do not show it, few may look"
            ),
            QT_TRANSLATE_NOOP("Command", "seal it no more"),
        ),
    ):
        altered = actions.add_parser(name, help=what)
        kinds.add_home(altered)
        altered.add_argument(
            "number",
            help=QT_TRANSLATE_NOOP("Command", "of a camera that is in the register"),
        )
        altered.add_argument("--back", action="store_true", help=back)
        altered.set_defaults(run=run)


def add_device_list(actions: "argparse._SubParsersAction[Any]") -> None:
    """Add the list of devices."""
    _listed(actions, "devices")


def add_profiles(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the list of profiles, and the choice of one."""
    parser = commands.add_parser(
        "profile",
        help=QT_TRANSLATE_NOOP(
            "Command", "whose kinds, limits and steps this town goes by"
        ),
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listed = actions.add_parser(
        "list",
        help=QT_TRANSLATE_NOOP("Command", "which there are, and which is in use"),
    )
    chosen = actions.add_parser(
        "use", help=QT_TRANSLATE_NOOP("Command", "go by another one from now on")
    )
    chosen.add_argument(
        "name",
        metavar="NAME",
        help=QT_TRANSLATE_NOOP("Command", "as profile list shows it, such as 姚庄"),
    )
    for action, run in ((listed, does.profile_list), (chosen, does.profile_use)):
        kinds.add_home(action)
        action.set_defaults(run=run)


def add_other_lists(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the lists of what is only ever imported."""
    for name, what, text in (
        ("staff", "staff", QT_TRANSLATE_NOOP("Command", "who can be sent")),
        ("grid", "grids", QT_TRANSLATE_NOOP("Command", "the town's grids")),
    ):
        parser = commands.add_parser(name, help=text)
        actions = parser.add_subparsers(required=True, metavar="ACTION")
        _listed(actions, what)


def _listed(actions: "argparse._SubParsersAction[Any]", what: str) -> None:
    parser = actions.add_parser("list", help=LISTED)
    kinds.add_home(parser)
    parser.set_defaults(run=does.list_register, register=what)
