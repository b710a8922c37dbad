"""What the doctor looks at of gateways: does each broker let us in, who listens here?

Nothing is published, posted or listened to.
"""

from collections.abc import Iterator

from console.doctor import Check, Finding, fine, look, wrong
from console.doctor_notify import LOST
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

MEND = QT_TRANSLATE_NOOP(
    "Doctor",
    "Mend it, or set it up again: lookout gateway add {name}. Until then its devices"
    " are not heard.",
)
NOT_LISTENING = QT_TRANSLATE_NOOP(
    "Doctor",
    "Start the service; if it runs, its log says why: the port is taken, or the"
    " certificate cannot be read.",
)


def gateways(home: Home) -> Iterator[Finding]:
    """Look whether devices can be heard through gateways."""
    from console.service_point import remembered
    from dispatch.gateways.book import WEBHOOK, gateway_book
    from dispatch.gateways.mqtt import knock
    from dispatch.gateways.webhook import listens
    from dispatch.secrets import SecretsError, SecretStore
    from dispatch.service import service_running

    if remembered(home) is not None:
        return
    for each in gateway_book(home.data).all():
        remedy, say = MEND, wrong
        try:
            secrets = SecretStore(home)
            login = secrets.get(each.secret_ref) if each.secret_ref else None
        except (KeyError, SecretsError):
            lost = "no_secret"
        else:
            if each.kind == WEBHOOK:
                lost = "" if listens(each) else "unreachable"
                remedy, say = NOT_LISTENING, wrong if service_running(home) else look
            else:
                lost = knock(each, login)
        if lost:
            said = LOST.get(lost, LOST["unreachable"])
            yield say("gateways", said, remedy, name=each.name, url=each.url)
        else:
            yield fine(
                "gateways",
                QT_TRANSLATE_NOOP("Doctor", "{name}: {url} answers"),
                name=each.name,
                url=each.url,
            )


CHECKS: tuple[tuple[str, Check], ...] = (("gateways", gateways),)
