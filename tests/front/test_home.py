from datetime import date

from samspel.lake import indexing  # noqa: F401
from tests import make
from tests.pages import links_of, text_of
