"""Which page of a long list, for ``kit/_pagination.html``."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """A page ``number`` (from 1) of ``total`` things, ``size`` a page. ``reach`` is how many things can be paged to."""

    number: int
    total: int
    size: int = 20
    reach: int = 10_000

    @classmethod
    def asked(cls, text, total, size=20):
        """Make the page that an address asks for; nonsense is the first page, too far is the last."""
        number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
        pages = cls(1, total, size)
        return cls(min(max(number, 1), pages.last), total, size)

    @property
    def last(self):
        return max(1, math.ceil(min(self.total, self.reach) / self.size))

    @property
    def start(self):
        """The place of the first thing on the page, from 0."""
        return (self.number - 1) * self.size

    @property
    def previous(self):
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self):
        return self.number + 1 if self.number < self.last else None

    @property
    def steps(self):
        """The page numbers to show: the ends, the neighbours, and None for a gap."""
        near = {1, self.last, self.number - 1, self.number, self.number + 1}
        # A gap of a single page is shorter as that page.
        near |= {2} if self.number == 4 else set()
        near |= {self.last - 1} if self.number == self.last - 3 else set()
        numbers = sorted(number for number in near if 1 <= number <= self.last)
        steps = []
        for number in numbers:
            if steps and number - steps[-1] > 1:
                steps.append(None)
            steps.append(number)
        return steps
