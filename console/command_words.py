"""The words of the commands for whoever installs, in the desk's language, without Qt."""

import os
import sys

from console.own_name import as_called
from console.plain_words import CHINESE, ENGLISH, QT_TRANSLATE_NOOP, PlainWords
from dispatch.commands import Refused
from dispatch.importing_faults import RowError
from dispatch.told import ToldError
from resources.home import Home, default_home

ASKED = "LOOKOUT_LANGUAGE"  # for one call, whatever the desk speaks

# What a node of the grid tree is, by its word in the files.
LEVELS = {
    "town": QT_TRANSLATE_NOOP("Command", "town"),
    "community": QT_TRANSLATE_NOOP("Command", "community"),
    "grid": QT_TRANSLATE_NOOP("Command", "grid"),
    "organisation": QT_TRANSLATE_NOOP("Command", "organisation"),
}
# What `dispatch` says of a store, a key or a home; a test holds the lists together.
TOLD = (
    QT_TRANSLATE_NOOP("Command", "another service has this home: {home}"),
    QT_TRANSLATE_NOOP(
        "Command", "{home} is a desk of another machine's service; do this there"
    ),
    QT_TRANSLATE_NOOP("Command", "another service writes to this store"),
    QT_TRANSLATE_NOOP(
        "Command", "{library} is not installed: pip install 'psycopg[binary]'"
    ),
    QT_TRANSLATE_NOOP("Command", "the store does not answer: {why}"),
    QT_TRANSLATE_NOOP("Command", "the store's password cannot be read: {error}"),
    QT_TRANSLATE_NOOP("Command", "write it like postgresql://USER@HOST:5432/DATABASE"),
    QT_TRANSLATE_NOOP(
        "Command",
        "leave the password out of the address; `lookout store set` asks for it",
    ),
    QT_TRANSLATE_NOOP("Command", "the address lacks the database: …/DATABASE"),
    QT_TRANSLATE_NOOP("Command", "the sealed store did not answer a moment ago"),
    QT_TRANSLATE_NOOP("Command", "{what} is damaged"),
    QT_TRANSLATE_NOOP("Command", "{file} is there, its key {key} is not"),
    QT_TRANSLATE_NOOP("Command", "not a key file: {file}"),
    QT_TRANSLATE_NOOP("Command", "{file}: {what} was sealed otherwise"),
    QT_TRANSLATE_NOOP("Command", "{file}: {error}"),
    QT_TRANSLATE_NOOP("Command", "the system's key store is locked or away"),
    QT_TRANSLATE_NOOP("Command", "the system's key store failed: {error}"),
    QT_TRANSLATE_NOOP("Command", "LOOKOUT_SECRETS is file or keyring, not {asked}"),
    QT_TRANSLATE_NOOP("Command", "not a CURVE public key: 40 characters of Z85"),
    QT_TRANSLATE_NOOP("Command", "another desk is called {name}"),
    QT_TRANSLATE_NOOP("Command", "{file} cannot be read, so it is not written"),
    QT_TRANSLATE_NOOP(
        "Command",
        "a name is 1 to 32 letters, digits, _ . or -, and not log, not {name!r}",
    ),
    QT_TRANSLATE_NOOP("Command", "a notifier is of the kind sms, mail or webhook"),
    QT_TRANSLATE_NOOP("Command", "nobody is told for {cause!r}; known: {causes}"),
    QT_TRANSLATE_NOOP("Command", "{mailbox!r} is no mailbox"),
    QT_TRANSLATE_NOOP("Command", "{number!r} is no telephone number"),
    QT_TRANSLATE_NOOP("Command", "the address must look like {scheme}://HOST[:PORT]"),
    QT_TRANSLATE_NOOP(
        "Command", "leave the log-in out of the address; it is asked for"
    ),
    QT_TRANSLATE_NOOP(
        "Command",
        "http:// is only for an IP address of one's own network; give https://",
    ),
    QT_TRANSLATE_NOOP("Command", "a gateway needs the file that says how it is asked"),
    QT_TRANSLATE_NOOP("Command", "its form is json, form or query"),
    QT_TRANSLATE_NOOP("Command", "nobody knows the placeholder {{{name}}}"),
    QT_TRANSLATE_NOOP("Command", "the template must name {{phone}} and {{text}}"),
    QT_TRANSLATE_NOOP("Command", "this is no template: {error}"),
    QT_TRANSLATE_NOOP("Command", "a gateway is of the kind webhook, mqtt or sparkplug"),
    QT_TRANSLATE_NOOP("Command", "a topic of Sparkplug B begins with spBv1.0/"),
    QT_TRANSLATE_NOOP(
        "Command",
        "{scheme}:// is only for an IP address of one's own network; give {sealed}://",
    ),
    QT_TRANSLATE_NOOP(
        "Command", "https:// needs a certificate with its key, in one PEM file"
    ),
    QT_TRANSLATE_NOOP(
        "Command", "the template's device must hold a gap such as {{device}}"
    ),
    QT_TRANSLATE_NOOP(
        "Command",
        "put a / between the gaps of the template's device: else 1 and 23 would be the"
        " device that 12 and 3 are",
    ),
    QT_TRANSLATE_NOOP("Command", "an offset looks like +08:00, not {offset!r}"),
    QT_TRANSLATE_NOOP("Command", "a datum is wgs84 or gcj02"),
    QT_TRANSLATE_NOOP(
        "Command",
        "a topic looks like town/{{device}}/smoke, each gap a whole step, not"
        " {topic!r}",
    ),
)


def language_of(home: Home) -> str:
    """Return what a home's commands speak: as asked, as its desk, or Chinese."""
    asked = os.environ.get(ASKED, "")
    if asked in (ENGLISH, CHINESE):
        return asked
    return ENGLISH if _kept_language(home) == ENGLISH else CHINESE


def _kept_language(home: Home) -> str:
    """Return what the desk of a home was told to speak, or ""; the file is Qt's."""
    try:
        lines = (home.root / "data" / "desk.ini").read_text("utf-8", "replace")
    except OSError:
        return ""
    section = ""
    for line in lines.splitlines():
        if line.startswith("["):
            section = line.strip()
        elif section == "[looks]" and line.startswith("language="):
            return line.partition("=")[2].strip()
    return ""


class CommandWords:
    """Says what a command has to say in one language.

    Args:
        language: "en" or "zh_CN".
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = PlainWords("Command", language)

    @classmethod
    def of(cls, home: Home | None = None) -> "CommandWords":
        """Return the words of a home, or of the one that nobody has to name."""
        return cls(language_of(default_home() if home is None else home))

    @property
    def is_chinese(self) -> bool:
        """Return whether it speaks Chinese: it chooses between names kept in both."""
        return self._language == CHINESE

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a text's words, its gaps filled."""
        return as_called(text, self._words(text).format(**values))

    def device_kind(self, kind: str) -> str:
        """Return what people call a kind of device; both names may be typed."""
        from dispatch.importing_columns import chinese_value

        if self._language == ENGLISH:
            return kind
        return chinese_value("devices", "kind", kind)

    def told(self, error: ToldError) -> str:
        """Return an error's words, and those of the error behind it."""
        values = {
            key: self.told(value) if isinstance(value, ToldError) else value
            for key, value in error.values.items()
        }
        return self(error.text, **values)

    def refusal(self, refused: Refused) -> str:
        """Return what the service refused, and why."""
        if self._language == ENGLISH:
            return refused.text  # says a little more than the desk's sentence
        from console.import_words import Words

        return Words(self._language).refusal(refused)

    def fault(self, error: RowError) -> str:
        """Return what an import would say of a row; the command has typed one."""
        from console.import_words import Words

        return Words(self._language).fault(error.at(0))


def complain(text: str, *, status: int = 1) -> int:
    """Say why a command ends, and return its exit status."""
    sys.stderr.write(f"lookout: {text}\n")
    return status
