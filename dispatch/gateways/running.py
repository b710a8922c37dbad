"""Keeps the lines of a home's gateways up, as its book says now."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from dispatch.book import BookError
from dispatch.gateways.book import WEBHOOK, Gateway, check, gateway_book
from dispatch.gateways.door import Door
from dispatch.gateways.mqtt import Broker
from dispatch.gateways.webhook import Webhook
from dispatch.secrets import Secret, SecretsError, SecretStore
from dispatch.waiting import Offered

TICK_S: Final = 1.0
RETRY_S: Final = 5.0  # before a line that could not be opened is tried again

_Address = tuple[str, str]

_log = logging.getLogger(__name__)


class Gateways:
    """The gateways of a home.

    Thread: its own, which wakes each second; the lines have threads of their own.

    Args:
        data: The home's folder in which the book is; what another process writes into
            it is seen within a second.
        secrets: Their tokens and log-ins.
        offer: The intake's.
        clock: The time now, in UTC.
        identity: Of this installation: a broker knows it by that across restarts.
    """

    def __init__(
        self,
        data: Path,
        secrets: SecretStore,
        *,
        offer: Callable[[Sequence[Offered]], None],
        clock: Callable[[], datetime],
        identity: str,
    ) -> None:
        self._data = data
        self._book = gateway_book(data)
        self._secrets = secrets
        self._identity = identity
        self._door = Door(offer, clock=clock)
        self._known: tuple[Gateway, ...] = ()
        self._webhooks: dict[_Address, Webhook] = {}
        self._brokers: dict[str, Broker] = {}
        self._leaving: dict[str, Broker] = {}
        self._failing: dict[str, str] = {}
        self._unheard: tuple[str, ...] = ()
        self._retry_at = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gateways")
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Return whether somebody looks after the lines."""
        return self._thread.is_alive()

    def unheard(self) -> tuple[str, ...]:
        """Return the names of those through which nothing comes in now, in order.

        Thread: any.
        """
        return self._unheard

    def close(self) -> None:
        """Close all lines; what is not answered comes again."""
        self._closing.set()
        self._thread.join()

    # -- on its own thread ---------------------------------------------------------

    def _run(self) -> None:
        try:
            while True:
                wanted = self._book.all()
                is_due = self._failing and time.monotonic() >= self._retry_at
                if self._have_left() or wanted != self._known or is_due:
                    self._renew(wanted)
                self._door.again()
                for webhook in self._webhooks.values():
                    webhook.look_after()
                lost = (n for n, each in self._brokers.items() if each.unheard)
                self._unheard = tuple(sorted({*self._failing, *lost}))
                if self._closing.wait(TICK_S):
                    return
        except Exception:
            _log.exception("the gateways have failed")
            raise
        finally:
            for webhook in self._webhooks.values():
                webhook.close()
            for broker in self._brokers.values():
                broker.leave()
            for broker in (*self._brokers.values(), *self._leaving.values()):
                broker.close()

    def _renew(self, wanted: tuple[Gateway, ...]) -> None:
        """Open what is new, close what is gone, and go on with the rest."""
        self._known = wanted
        self._retry_at = time.monotonic() + RETRY_S
        failing: dict[str, str] = {}
        wanted = tuple(each for each in wanted if _can_work(each, failing))
        logins = {each.name: self._login(each, failing) for each in wanted}
        self._renew_brokers([each for each in wanted if each.kind != WEBHOOK], logins)
        served: dict[_Address, dict[str, tuple[Gateway, str]]] = {}
        for each in wanted:
            login = logins[each.name]
            if each.kind == WEBHOOK and login is not None:
                address = served.setdefault((each.url, each.certificate), {})
                address[each.name] = (each, login.password)
        for gone in self._webhooks.keys() - served.keys():
            self._webhooks.pop(gone).close()
        for place, gateways in served.items():
            self._serve(place, gateways, failing)
        self._say_failing(failing)

    def _have_left(self) -> bool:
        """Return whether a broker was left that might be listened to anew."""
        gone = [name for name, each in self._leaving.items() if each.is_gone]
        for name in gone:
            self._leaving.pop(name).close()
        return bool(gone)

    def _renew_brokers(
        self, wanted: Sequence[Gateway], logins: Mapping[str, Secret | None]
    ) -> None:
        stays = {each.name: each for each in wanted}
        for name, broker in list(self._brokers.items()):
            if stays.get(name) != broker.gateway:
                # Not waited for here, where all the others are looked after.
                self._leaving[name] = self._brokers.pop(name)
                self._leaving[name].leave()
        for each in wanted:
            login = logins[each.name]
            if each.name in self._brokers or each.name in self._leaving:
                continue  # one name at the broker: whoever comes second cuts the first
            if login or not each.secret_ref:
                self._brokers[each.name] = Broker(
                    each, login, self._door, identity=self._identity, data=self._data
                )

    def _serve(
        self,
        address: _Address,
        gateways: dict[str, tuple[Gateway, str]],
        failing: dict[str, str],
    ) -> None:
        first, _ = next(iter(gateways.values()))
        webhook = self._webhooks.get(address)
        if webhook is not None:
            webhook.served = gateways
            return
        try:
            self._webhooks[address] = Webhook(first, self._door, served=gateways)
        except (OSError, ValueError) as error:  # a ValueError: no name of a host
            why = getattr(error, "strerror", None) or "no address"
            for name in gateways:
                failing[name] = f"cannot listen at {first.url}: {why}"
            return
        _log.info("gateway %s: listening at %s", first.name, first.url)

    def _login(self, gateway: Gateway, failing: dict[str, str]) -> Secret | None:
        """Return a gateway's token or log-in; None: it has none, or none is had."""
        if not gateway.secret_ref:
            if gateway.kind == WEBHOOK:  # nobody could post to it
                failing[gateway.name] = "it has no token: add it anew"
            return None
        try:
            return self._secrets.get(gateway.secret_ref)
        except (KeyError, SecretsError):
            failing[gateway.name] = "its token or password cannot be read"
            return None

    def _say_failing(self, failing: dict[str, str]) -> None:
        """Say once that a line cannot be opened, and once that it can again."""
        for name, why in failing.items():
            if self._failing.get(name) != why:
                _log.warning("gateway %s: %s", name, why)
        for name in self._failing.keys() - failing.keys():
            _log.info("gateway %s: goes on", name)
        self._failing = failing


def _can_work(gateway: Gateway, failing: dict[str, str]) -> bool:
    """Return whether it can; somebody may have written into the file by hand."""
    try:
        check(gateway)
    except BookError as error:
        failing[gateway.name] = str(error)
        return False
    return True
