"""What a terminal's tasks are called; see `wire.TASK_PATTERN`. Pure."""


def task_name(case_id: int, number: int, *, helping: bool = False) -> str:
    """Return what a task is called: a sending of a case, or a call for help with it."""
    return f"{case_id}.{'h' if helping else ''}{number}"


def task_parts(task: str) -> tuple[int, int, bool]:
    """Return the case of a task, its number, and whether it is 协办."""
    case_id, _, number = task.partition(".")
    return int(case_id), int(number.removeprefix("h")), number.startswith("h")
