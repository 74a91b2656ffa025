"""Whether two names are of the same body, as far as words can tell."""

import re

# Words that say what sort of body it is, not which.
_SORTS = {"ab", "aktiebolag", "as", "asa", "aps", "oyj", "oy", "kommun", "kommune", "the", "och", "og", "and"}


def telling_words(name):
    """Return the words that tell a body apart: "lillånäs" of "Lillånäs kommun"; all where none would be left."""
    words = re.findall(r"\w+", name.casefold())
    return [word for word in words if word not in _SORTS] or words


def is_same_name(one, other):
    """Return whether two names have the same telling words, in whatever order and capitals."""
    words = set(telling_words(one))
    return bool(words) and words == set(telling_words(other))
