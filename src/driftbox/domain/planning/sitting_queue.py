"""Who is ahead in the queue for a sitting, and about when it is somebody's turn."""

from statistics import median
from typing import Final

STEP: Final = 5  # minutes: a wait is told no finer, because it is a guess
LEAST: Final = 3  # sittings from which on their own length is believed more than the pack's


def usual_minutes(held: tuple[int, ...], otherwise: int) -> int:
    """How many minutes a sitting takes: the middle one of those ``held``, or ``otherwise`` while there are few."""
    return max(1, round(median(held))) if len(held) >= LEAST else otherwise


def minutes_to_wait(ahead: int, answering: int, busy: int, minutes: int) -> int | None:
    """About how many minutes until somebody answers, in steps of five; 0: anybody is free; None: nobody is on duty.

    ``ahead``: who waits before them; ``answering``: who is on duty; ``busy``: how many of these are in a sitting.
    """
    if answering <= 0:
        return None
    free = max(0, answering - busy)
    if ahead < free:
        return 0
    rounds, part = divmod(ahead - free, answering)
    guess = rounds * minutes + minutes * (part + 1) / answering
    return max(STEP, STEP * round(guess / STEP))
