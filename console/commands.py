"""What each command of the command line does.

Everything heavy, Qt before all, is imported only inside the command that needs it.
"""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from resources.home import Home, default_home

if TYPE_CHECKING:
    from console.desks import KeyMissing


def home_of(options: argparse.Namespace) -> Home:
    """Return the home that a command is about."""
    if options.home:
        return Home(options.home.absolute())
    usual = default_home()
    return Home(usual.root / "demo") if options.run is demo else usual


def console(options: argparse.Namespace) -> int:
    """Open the desk of this home, or of a service elsewhere."""
    from console.desks import choose_roles
    from console.service_point import remembered

    home = home_of(options)
    if options.leader is not None and choose_roles(home, leads=options.leader):
        return 1
    alone = options.connect is None and not options.server_key
    if alone and remembered(home) is None:
        from console.app import run_console

        return run_console(home)

    return _connected(home, options, station=None)


def station(options: argparse.Namespace) -> int:
    """Open the station of a department; its service is elsewhere."""
    return _connected(home_of(options), options, station=options.department)


def _connected(home: Home, options: argparse.Namespace, *, station: str | None) -> int:
    from console.command_words import CommandWords, complain
    from console.desks import KeyMissing, find_service
    from console.registers import Unusable

    try:
        point = find_service(home, options)
    except KeyMissing as missing:
        options.server_key = _key_asked_for(home, missing)
        if not options.server_key:
            return 2
        point = find_service(home, options)
    except Unusable as unusable:
        return complain(CommandWords.of(home).told(unusable), status=2)
    from console.connecting import run_connected

    return run_connected(home, point, station=station)


def _key_asked_for(home: Home, missing: "KeyMissing") -> str:
    """Ask for a service's key in a window; where there is none, say what is missing."""
    from console.command_words import CommandWords, complain
    from console.desks import key_in
    from console.display import has_display
    from console.registers import Unusable

    say = CommandWords.of(home)
    if not has_display():
        complain(say.told(missing))
        return ""
    from console.key_page import ask_for_key

    def wrong_with(typed: str) -> str:
        try:
            key_in(typed)
        except Unusable as unusable:
            return say.told(unusable)
        return ""

    return ask_for_key(home, str(missing.values["address"]), wrong_with)


def demo(options: argparse.Namespace) -> int:
    """Open the desk over the demonstration town."""
    from console.demo import run_demo
    from dispatch.day_player import DayOrder

    home = home_of(options)
    return run_demo(
        home,
        check=options.check,
        shots=options.shots,
        cache=options.cache,
        size=options.size,
        day=DayOrder(
            seed=options.seed,
            speed=options.speed,
            begins_s=options.begins_s,
            attend=options.attend,
        ),
        leads=options.leader is not False,
    )


def wall(options: argparse.Namespace) -> int:
    """Ask the desk that is open on this home for its walls; start nothing."""
    from console.command_words import CommandWords, complain
    from console.only_one import ask_for_walls
    from console.plain_words import QT_TRANSLATE_NOOP

    say = CommandWords.of(home_of(options))
    opened = ask_for_walls(home_of(options))
    if opened is None:
        text = QT_TRANSLATE_NOOP(
            "Command", "no desk is open on this home; open one: lookout console"
        )
        return complain(say(text), status=2)
    if not opened:
        text = QT_TRANSLATE_NOOP(
            "Command", "the desk did not answer; press Ctrl+F12 there"
        )
        return complain(say(text))
    said = say(QT_TRANSLATE_NOOP("Command", "the desk opens its walls"))
    sys.stdout.write(f"lookout: {said}\n")
    return 0


def service(options: argparse.Namespace) -> int:
    """Run the service without a window."""
    from console.command_words import CommandWords, complain
    from console.plain_words import QT_TRANSLATE_NOOP
    from dispatch.homelock import ConnectedHomeError, refuse_connected
    from dispatch.service import (
        CANNOT_LISTEN,
        TAKEN,
        ServiceReady,
        print_ready,
        run_service,
    )
    from dispatch.store_address import StoreAddressError, read_address

    try:
        store = None if options.store is None else read_address(options.store)
    except StoreAddressError as error:
        return complain(CommandWords.of(home_of(options)).told(error), status=2)

    def ready(listens: ServiceReady) -> None:
        print_ready(listens)
        if sys.stderr is not None and sys.stderr.isatty():  # a person started it
            text = QT_TRANSLATE_NOOP(
                "Command", "the service runs; desks: {desks}; devices: {devices}"
            )
            said = CommandWords.of(home_of(options))(
                text, desks=listens.desk_address, devices=listens.intake_address
            )
            complain(said)

    status = run_service(
        home_of(options),
        desk_address=options.desks or "",
        intake_address=options.devices or "",
        store_address=store,
        stands_in=options.stand_in,
        ready=ready,
    )
    if status == TAKEN and not options.stand_in:
        text = QT_TRANSLATE_NOOP(
            "Command",
            "the service of this home or of its store runs already, started by hand or"
            " by the system; end that one first. One that a desk started gives way"
            " by itself",
        )
        complain(CommandWords.of(home_of(options))(text))
    elif status == CANNOT_LISTEN and not options.stand_in:
        text = QT_TRANSLATE_NOOP(
            "Command",
            "it cannot listen at {addresses}: another program has the port, or the"
            " address is not this machine's. End that program, or give another port",
        )
        asked = [options.devices, options.desks]
        given = ", ".join(each.removeprefix("tcp://") for each in asked if each)
        complain(CommandWords.of(home_of(options))(text, addresses=given))
    elif status and not options.stand_in:
        try:
            refuse_connected(home_of(options).data)
        except ConnectedHomeError as error:
            complain(CommandWords.of(home_of(options)).told(error))
    return status


def store_set(options: argparse.Namespace) -> int:
    """Choose where cases are kept."""
    from console.command_words import CommandWords
    from console.passwords import read_line
    from console.plain_words import QT_TRANSLATE_NOOP
    from console.store_choice import choose_store

    home = home_of(options)
    prompt = CommandWords.of(home)(
        QT_TRANSLATE_NOOP("Command", "Password of the database (none: Enter): ")
    )
    return choose_store(
        home,
        options.address,
        lambda: read_line(prompt, from_pipe=options.password_stdin).rstrip("\n"),
    )


def camera_add(options: argparse.Namespace) -> int:
    """Put a camera into the register."""
    from console.camera_register import add_camera
    from console.passwords import ask_password
    from video.look import look

    home = home_of(options)
    return add_camera(
        home, options, ask=lambda name: ask_password(home, options, name), look=look
    )


def camera_login(options: argparse.Namespace) -> int:
    """Give a camera its log-in."""
    from console.camera_register import give_login
    from console.passwords import ask_password, ask_user
    from video.look import look

    home = home_of(options)

    def ask(camera: str) -> tuple[str, str]:
        options.user = options.user or ask_user(home, camera)
        return options.user, ask_password(home, options, camera)

    return give_login(home, options, ask=ask, look=look)


def camera_seal(options: argparse.Namespace) -> int:
    """Seal a camera, or open it again."""
    from console.register_lists import seal_camera

    return seal_camera(home_of(options), options)


def camera_retire(options: argparse.Namespace) -> int:
    """Take a camera out of service, or back."""
    from console.register_lists import retire_camera

    return retire_camera(home_of(options), options)


def list_register(options: argparse.Namespace) -> int:
    """List what stands in a register."""
    from console import register_lists as lists

    run = {
        "cameras": lists.list_cameras,
        "devices": lists.list_devices,
        "staff": lists.list_staff,
        "grids": lists.list_grids,
    }[options.register]
    return run(home_of(options), options)


def profile_list(options: argparse.Namespace) -> int:
    """List the profiles."""
    from console.profile_choice import list_profiles

    return list_profiles(home_of(options), options)


def profile_use(options: argparse.Namespace) -> int:
    """Choose the profile the town goes by."""
    from console.profile_choice import use_profile

    return use_profile(home_of(options), options)


def device_enrol(options: argparse.Namespace) -> int:
    """Let a device in."""
    from console.registers import enrol_device

    return enrol_device(home_of(options), options)


def device_revoke(options: argparse.Namespace) -> int:
    """Let a device in no more."""
    from console.registers import revoke_device

    return revoke_device(home_of(options), options)


def device_refused(options: argparse.Namespace) -> int:
    """List what was refused."""
    from console.refused_list import list_refused

    return list_refused(home_of(options), options)


def doctor(options: argparse.Namespace) -> int:
    """Say what is missing on this machine."""
    from console.doctor import run_doctor

    return run_doctor(home_of(options), options)


def desk_key(options: argparse.Namespace) -> int:
    """Show this desk's public key."""
    from console.desks import show_key

    return show_key(home_of(options))


def desk_card(options: argparse.Namespace) -> int:
    """Show the service's address and public key."""
    from console.service_card import write_card

    return write_card(home_of(options), options)


def desk_name(options: argparse.Namespace) -> int:
    """Say who sits at this desk."""
    from console.desks import name_desk

    return name_desk(home_of(options), options)


def desk_telephone(options: argparse.Namespace) -> int:
    """Keep where a telephone system says who rings."""
    from console.passwords import ask_password
    from console.telephone import set_telephone

    home = home_of(options)
    asked = argparse.Namespace(user="lookout", password_stdin=options.password_stdin)
    return set_telephone(home, options, lambda: ask_password(home, asked, options.hook))


def desk_ring(options: argparse.Namespace) -> int:
    """Tell the desk of a call, as a telephone system does."""
    from console.exchange import ring

    return ring(home_of(options), options)


def desk_enrol(options: argparse.Namespace) -> int:
    """Let a desk in."""
    from console.desks import enrol_desk

    return enrol_desk(home_of(options), options)


def desk_list(options: argparse.Namespace) -> int:
    """List the desks."""
    from console.desks import list_desks

    return list_desks(home_of(options), options)


def desk_revoke(options: argparse.Namespace) -> int:
    """Let a desk in no more."""
    from console.desks import revoke_desk

    return revoke_desk(home_of(options), options)


def notify_add(options: argparse.Namespace) -> int:
    """Set up a way to reach people."""
    from console.notifiers import add_notifier
    from console.passwords import ask_password

    home = home_of(options)
    asked = argparse.Namespace(
        user=options.user or options.kind, password_stdin=options.password_stdin
    )
    return add_notifier(home, options, lambda: ask_password(home, asked, options.name))


def notify_list(options: argparse.Namespace) -> int:
    """List the ways to reach people."""
    from console.notifiers import list_notifiers

    return list_notifiers(home_of(options))


def notify_test(options: argparse.Namespace) -> int:
    """Send a test message."""
    from console.notifiers import try_notifier

    return try_notifier(home_of(options), options)


def notify_remove(options: argparse.Namespace) -> int:
    """Take a way to reach people away."""
    from console.notifiers import remove_notifier

    return remove_notifier(home_of(options), options)


def import_(options: argparse.Namespace) -> int:
    """Put a file's rows into a register."""
    from console.importing import run_import

    return run_import(home_of(options), options)


def video_worker(options: argparse.Namespace) -> int:
    """Be a process that decodes."""
    from video.worker_main import run

    return run()


def video_probe(options: argparse.Namespace) -> int:
    """Be the process that tries the machine's decoding devices."""
    from video.hardware_probe import run

    return run()


def paper(_options: argparse.Namespace) -> int:
    """Be the process that sets a sheet in pages."""
    from console.paper_setting import run

    return run()


def virtual_cameras(options: argparse.Namespace) -> int:
    """Be the demonstration's cameras."""
    from video.virtual_camera import run

    _give_way()
    return run(options.cache or home_of(options).cache)


def virtual_field(options: argparse.Namespace) -> int:
    """Be the demonstration's devices."""
    from dispatch.virtual_field import run

    _give_way()
    return run(home_of(options))


def _give_way() -> None:
    """Let the desk go first: a town outside would not share its processor."""
    if hasattr(os, "nice"):
        os.nice(8)
