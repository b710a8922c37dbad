"""What the writer keeps in mind when it reads the store anew."""

from dispatch.rules import Watch
from dispatch.working import WorkingSet


def take_over(
    former: WorkingSet, working: WorkingSet, was: Watch, watch: Watch
) -> None:
    """Take over what stands in no row, or would be dear to read again.

    Signs of life that have been taken and not told; and what is known of the rules'
    subjects, where a rule is what it was: two days of a town's readings say the same
    again. What its clock has waited for since the start need not be waited for twice.

    Args:
        former: What was kept in mind.
        working: What the store says.
        was: The rules by which it was known.
        watch: The rules now.
    """
    for device_id, reading in former.reads.items():
        if device_id in working.things["device"]:
            working.reads[device_id] = reading
    if not former.watched or former.zone != working.zone:
        return
    for key, kept in former.watched.items():
        rule = watch.find(key[0])
        if rule is not None and rule == was.find(key[0]):
            working.watched[key] = kept
    working.began_at = former.began_at
