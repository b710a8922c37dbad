"""群发: what is said to several people at once about a case, and what became of it.

Pure. A circular is notices of the outbox like every other, one for each person and way,
under the id of its command: whoever is told twice would come twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dispatch.cases import Case
from dispatch.commands import CaseCommand, Refused
from dispatch.people import Role
from dispatch.taxonomy import Taxonomy
from dispatch.units import Unit

CIRCULAR: Final = "circular"  # the cause of its notices, and the line of the log
MOST_TOLD: Final = 100
MOST_TEXT: Final = 200  # three SMS
MOST_NAMED: Final = 6  # in the line of the log; the others are counted
#: What waited longer for the service is not said any more: it misleads.
LATE: Final = timedelta(minutes=10)

#: What is said most often; who writes changes it as they like. In Chinese, as notices.
TEMPLATES: Final = {
    "gather": "请立即到{place}集合：{kind}，到后报告。案件号{number}。",
    "stand_by": "请做好准备，听候出动：{place}，{kind}。案件号{number}。",
    "inform": "情况通报：{place}，{kind}。案件号{number}。",
    "stand_down": "{place}，{kind}：已处置，解除待命。案件号{number}。",
}
_DRILL: Final = "演练 "


@dataclass(frozen=True, kw_only=True)
class SendCircular(CaseCommand):
    """Tell several people something about a case, by every way that reaches them.

    Attributes:
        units: Whom; who has no number is passed over.
        text: What.
        at: When it was asked, by the desk's clock.
    """

    needs = frozenset({Role.DISPATCHER})

    units: tuple[str, ...]
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CircularsOf:
    """What became of the circulars about a case; answered with `Sent`s, newest first.

    Attributes:
        case_id: Which case.
        limit: How many rows: one for each person and way.
    """

    case_id: int
    limit: int = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One circular to one person by one way.

    Attributes:
        circular_id: The same for everybody it was sent to.
        at: When it was written.
        unit_id: To whom; "": to the one address of that way.
        way: By which way, by its name.
        text: What was said.
        state: As `dispatch.notices` has them; "waiting" until something is known.
        reason: Why not, in a stable word, and what the other side said; or "".
    """

    circular_id: str
    at: datetime
    unit_id: str
    way: str
    text: str
    state: str
    reason: str = ""


def filled(template: str, case: Case, taxonomy: Taxonomy) -> str:
    """Return a template's text for a case: place, kind and number, no person."""
    kind = taxonomy.category(case.category).name_zh
    text = TEMPLATES[template].format(
        place=case.place_name, kind=kind, number=case.number
    )
    return marked(text, case)


def marked(text: str, case: Case) -> str:
    """Return a text that says of a drill that it is one."""
    drill = case.drill and not text.startswith(_DRILL.strip())
    return f"{_DRILL}{text.strip()}" if drill else text.strip()


def check(command: SendCircular, now: datetime) -> None:
    """Refuse a circular that says nothing, to nobody, too much, or too late."""
    if not command.text.strip():
        raise Refused("circular_empty", "a circular needs a text")
    if len(command.text.strip()) > MOST_TEXT:
        raise Refused("circular_long", "the circular is too long", most=MOST_TEXT)
    if not 0 < len(command.units) <= MOST_TOLD:
        raise Refused("circular_nobody", "nobody, or too many", most=MOST_TOLD)
    if now - command.at > LATE:
        raise Refused("circular_late", "it waited too long for the service")


def said_of(units: list[Unit], text: str) -> str:
    """Return what the log of the case says: to whom, and what."""
    names = "、".join(unit.name for unit in units[:MOST_NAMED])
    more = f"等{len(units)}人" if len(units) > MOST_NAMED else ""
    return f"{names}{more} · {text}"
