"""Who sits at this desk: the name and the seat that stand in every log entry.

Until somebody says otherwise (`lookout desk name`) they are the usual words of the
desk's language; those of both languages are one and the same person and seat. Needs
no Qt.
"""

import json
from dataclasses import asdict, dataclass, replace

from dispatch.cases import Case
from dispatch.keys import write_private
from dispatch.people import Actor, Role, Scope
from resources.home import Home

FILE = "desk-person.json"
# What a department or a collector says by telephone, a seat enters.
ENTERED_FOR = frozenset({Role.COLLECTOR, Role.DEPARTMENT})
DESK_ROLES = ENTERED_FOR | {
    Role.ACCEPTOR,
    Role.DISPATCHER,
    Role.SHIFT_LEADER,
    Role.TECHNICIAN,
}
DEFAULT = "zh_CN"
USUAL_NAMES = {DEFAULT: "值班员", "en": "Operator"}
USUAL_SEATS = {DEFAULT: "1号席", "en": "Seat 1"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """What somebody said of this home's desk; "" where nobody did.

    Attributes:
        name: Of the person.
        seat: Of the seat; a desk of another machine's service has none of its own.
        leads: The seat has the role of the shift leader (值班长) too: a room of one
            seat does everything.
    """

    name: str = ""
    seat: str = ""
    leads: bool = True

    @property
    def roles(self) -> frozenset[Role]:
        """Return what the seat may do; nobody checks who sits there (未认证)."""
        return DESK_ROLES if self.leads else DESK_ROLES - {Role.SHIFT_LEADER}


def sitting(home: Home) -> Sitting:
    """Return what is kept of who sits at a home's desk."""
    try:
        said = json.loads((home.data / FILE).read_bytes())
        leads = said.get("leads", True) is not False
        return Sitting(name=str(said["name"]), seat=str(said["seat"]), leads=leads)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Sitting()


def keep_sitting(home: Home, said: Sitting) -> None:
    """Keep who sits at a home's desk, from the desk's next start on."""
    write_private(home.data / FILE, json.dumps(asdict(said)).encode())


def actor_of(said: Sitting, *, seat: str = "", scope: Scope | None = None) -> Actor:
    """Return who asks from here, in the default language's words.

    Args:
        said: What is kept.
        seat: The one that a service gave, if one did.
        scope: At a station, whose cases alone; it has its department's role.
    """
    return Actor(
        name=said.name or USUAL_NAMES[DEFAULT],
        seat=seat or said.seat or USUAL_SEATS[DEFAULT],
        roles=said.roles if scope is None else frozenset({Role.DEPARTMENT}),
        scope=scope,
    )


def in_language(actor: Actor, language: str) -> Actor:
    """Return an actor with the usual words, where they are those, in a language."""
    return replace(
        actor,
        name=_usual(actor.name, USUAL_NAMES, language),
        seat=_usual(actor.seat, USUAL_SEATS, language),
    )


def has(actor: Actor, case: Case) -> bool:
    """Return whether a case is somebody's own: their name, at their seat."""
    return bool(case.owner) and is_same(actor, case.owner, case.owner_seat)


def is_same(actor: Actor, name: str, seat: str) -> bool:
    """Return whether a written name and seat are somebody's own, in either language."""
    written = Actor(name=name, seat=seat, roles=actor.roles)
    return in_language(written, DEFAULT) == in_language(actor, DEFAULT)


def _usual(text: str, usual: dict[str, str], language: str) -> str:
    return usual.get(language, text) if text in usual.values() else text
