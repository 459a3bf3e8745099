"""How long a node waits until it meets the hub by itself again."""

from typing import Final

EVERY: Final = 300  # seconds between two meetings when nothing else was said
LEAST: Final = 15
MOST: Final = 3_600  # seconds; after however many failures
JITTER: Final = 5  # a wait is longer or shorter by up to a fifth, so that stations do not all come at once


def wait_for(every: int, failures: int, chance: int) -> float:
    """Seconds until the next meeting after so many ``failures`` in a row; ``chance`` is any whole number from chance.

    Twice as long after each failure, an hour at most, unless ``every`` is longer.
    """
    base = max(LEAST, every)
    longest = max(base, MOST)
    plain = min(longest, base * (1 << min(failures, 12)))
    part = (chance % 2001 - 1000) / 1000
    return plain * (1 + part / JITTER)
