"""Topics of a broker, by template: "town/{device}/smoke". Pure."""


def filter_of(topic: str) -> str:
    """Return what a broker is asked for: each gap is any one step."""
    return "/".join("+" if step.startswith("{") else step for step in topic.split("/"))


def gaps_of(wanted: str, topic: str) -> dict[str, str] | None:
    """Return what a topic says at the gaps of the one wanted; None: it is another."""
    gaps: dict[str, str] = {}
    steps, wanted_steps = topic.split("/"), wanted.split("/")
    for at, step in enumerate(wanted_steps):
        if step == "#":
            return gaps
        if at >= len(steps):
            return None
        if step.startswith("{"):
            gaps[step[1:-1]] = steps[at]
        elif step not in ("+", steps[at]):
            return None
    return gaps if len(steps) == len(wanted_steps) else None
