"""How long a job waits before it is tried again."""

from datetime import timedelta

FIRST, GROWTH, LONGEST = timedelta(seconds=30), 4, timedelta(hours=6)
# Jobs that failed together, because something they all need was away, do not come back together.
SPREAD = 0.2


def wait_after(tries, chance):
    """Return the wait after so many tries: 30 s, 2 min, 8 min, 32 min, 2 h, then 6 h, and up to a fifth more by chance.

    ``chance`` is a number from 0 to 1.
    """
    plain = LONGEST if tries > 6 else min(FIRST * GROWTH ** (tries - 1), LONGEST)
    return plain * (1 + SPREAD * chance)
