"""The sample: invented notices with which a hub in development is filled, so that every page has something to show.

No buyer, supplier, number or purchase is real: the registration numbers have check digits that no register gives, and
the web addresses end in .example. What is bought, by whom and in what words stands in the tables beside this file.
"""

from collections.abc import Iterator
from datetime import date

from samspel.lake.notice import Notice
from samspel.notices.sample.everyday import purchases
from samspel.notices.sample.published import notices_of
from samspel.notices.sample.story import stories


def sample_notices(today: date | None = None) -> Iterator[Notice]:
    """Yield the sample as it is on a day: some deadlines are always open, and no notice is of a later day."""
    day = today or date.today()
    for story in (*stories(day), *purchases(day)):
        yield from (notice for notice in notices_of(story) if notice.published_on <= day)
