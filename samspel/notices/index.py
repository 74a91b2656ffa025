"""Keeps the search index as new as the lake it is made from."""

from samspel.lake import search
from samspel.lake.notice import Notice
from samspel.lake.rules import RULES
from samspel.lake.schema import from_row
