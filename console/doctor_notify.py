"""What the doctor looks at of reaching people: does each way let us in?

Nobody is told anything: a gateway is only knocked at, a mail server logged in to.
"""

from collections.abc import Iterator

from console.doctor import Check, Finding, fine, look, wrong
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

TRY_IT = QT_TRANSLATE_NOOP(
    "Doctor", "Mend it, then try: lookout notify test {name}. Until then, telephone."
)
# By the words of `dispatch.notify.contract`.
LOST = {
    "unreachable": QT_TRANSLATE_NOOP("Doctor", "{name}: nobody answers at {url}"),
    "timeout": QT_TRANSLATE_NOOP("Doctor", "{name}: {url} does not answer in time"),
    "tls": QT_TRANSLATE_NOOP(
        "Doctor", "{name}: the certificate of {url} cannot be trusted"
    ),
    "login": QT_TRANSLATE_NOOP("Doctor", "{name}: {url} does not accept the log-in"),
    "busy": QT_TRANSLATE_NOOP("Doctor", "{name}: {url} says: not now"),
    "no_secret": QT_TRANSLATE_NOOP("Doctor", "{name}: its password cannot be read"),
}


def notifiers(home: Home) -> Iterator[Finding]:
    """Look whether people can be reached."""
    from console.service_point import remembered
    from dispatch.delivery import login_of, way_of
    from dispatch.notify.book import FILE, NotifierBook
    from dispatch.secrets import SecretsError, SecretStore

    if remembered(home) is not None:
        return
    found = NotifierBook(home.data / FILE).all()
    if not found:
        yield look(
            "notify",
            QT_TRANSLATE_NOOP(
                "Doctor", "no SMS, mail or webhook is set up: reminders reach nobody"
            ),
            QT_TRANSLATE_NOOP("Doctor", "lookout notify add --help"),
        )
    for each in found:
        try:
            login = login_of(each, SecretStore(home))
            lost = way_of(each.kind).knock(each, login)
        except (KeyError, SecretsError):
            lost = "no_secret"
        if lost:
            said = LOST.get(lost, LOST["unreachable"])
            yield wrong("notify", said, TRY_IT, name=each.name, url=each.url)
        else:
            yield fine(
                "notify",
                QT_TRANSLATE_NOOP("Doctor", "{name}: {url} lets us in"),
                name=each.name,
                url=each.url,
            )


CHECKS: tuple[tuple[str, Check], ...] = (("notify", notifiers),)
