"""Notices that concern the whole desk; they stand in the top bar and move nothing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from console import words
from console.own_name import as_called
from console.refusals import refusal

if TYPE_CHECKING:
    from console.desk import Desk

MOST_NAMES: Final = 2  # of what is named in one line; the others are counted


def link_text(desk: "Desk") -> str:
    """Return how the desk stands with its service, or nothing while all is well."""
    link = desk.link
    if link is None:
        return QCoreApplication.translate("Notices", "Connecting to the service")
    if link.not_storing_since is not None:
        text = QCoreApplication.translate(
            "Notices",
            "The service has been unable to store anything for {age} · no alarm comes"
            " in · have its disk or database looked at",
        )
        return text.format(age=words.span(desk.clock() - link.not_storing_since))
    if link.connected:
        return ""
    age = words.span(desk.clock() - link.since)
    if not link.waiting:
        text = QCoreApplication.translate(
            "Notices", "Working alone · service away for {age}"
        )
        return text.format(age=age)
    text = QCoreApplication.translate(
        "Notices", "Working alone · {n} entries to merge · service away for {age}"
    )
    if link.waiting == 1:
        text = QCoreApplication.translate(
            "Notices", "Working alone · 1 entry to merge · service away for {age}"
        )
    return text.format(n=link.waiting, age=age)


def shut_text(desk: "Desk") -> str:
    """Return that other machines cannot connect as they did, or nothing."""
    shut = desk.service_said().get("shut")
    if not shut:
        return ""
    text = QCoreApplication.translate(
        "Notices",
        "Open to this machine only: {addresses} is taken · other desks and devices"
        " are shut out · start lookout service again",
    )
    return as_called(text, text.format(addresses=_plain(shut)))


def unheard_text(desk: "Desk") -> str:
    """Return through which gateways nothing comes in, or nothing."""
    unheard = desk.bridge.unheard
    if not unheard:
        return ""
    names = ", ".join(unheard[:MOST_NAMES])
    more = len(unheard) - MOST_NAMES
    if more > 0:  # what to do has to stand there too
        text = QCoreApplication.translate("Notices", "{names} and {more} more")
        names = text.format(names=names, more=more)
    text = QCoreApplication.translate(
        "Notices",
        "Nothing comes in through {names} · devices there are not heard · on the"
        " service's machine: lookout doctor",
    )
    return text.format(names=names)


def open_text(desk: "Desk") -> str:
    """Return that this desk's own service is open to other machines, or nothing."""
    elsewhere = desk.service_said().get("elsewhere")
    if not elsewhere:
        return ""
    text = QCoreApplication.translate("Notices", "Serves others: {addresses}")
    return text.format(addresses=_plain(elsewhere))


def _plain(addresses: object) -> str:
    return str(addresses).replace("tcp://", "")


def dated(desk: "Desk", text: str) -> str:
    """Return what the board says, with its time where it is not kept up.

    A board that never heard the service says nothing at all.
    """
    if not desk.board.heard:
        return QCoreApplication.translate("Notices", "No data from the service yet")
    if desk.as_of is None:
        return text
    time = words.clock_time(desk.as_of, now=desk.clock(), zone=desk.zone)
    said = QCoreApplication.translate("Notices", "As of {time}: {text}")
    return said.format(time=time, text=text)


def refused_text(desk: "Desk") -> str:
    """Return the refusal that stands at no case, or nothing."""
    standing = desk.actions.standing_refusal(None)
    if standing is None:
        return ""
    text = refusal(standing.refused)
    if standing.action == "earlier":
        said = QCoreApplication.translate("Notices", "From before the restart: {text}")
        text = said.format(text=text)
    return f"✕ {text}"
