"""Full text over the notices: building the index, asking it, counting and showing what was found."""

from samspel.lake.search.build import Busy, add, build
from samspel.lake.search.document import GROUPS, MAKE, Entry
from samspel.lake.search.facets import Count
from samspel.lake.search.index import FEW, Found, Hit, Index, Search
from samspel.lake.search.language import Words
from samspel.lake.search.snippets import Segment

__all__ = [
    "FEW",
    "GROUPS",
    "MAKE",
    "Busy",
    "Count",
    "Entry",
    "Found",
    "Hit",
    "Index",
    "Search",
    "Segment",
    "Words",
    "add",
    "build",
]
