"""Whether an indicator grows, in one sentence: what its years can say, and why not where they cannot."""

from math import sqrt

from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake.indicators import Measure
from samspel.notices.indicators.counting import indicator_of
from samspel.notices.indicators.words import ratio_in_words

# A year with a smaller base says too little of a change.
FEW = 20
# Shares that are no more standard errors apart than this may differ by chance alone.
BY_CHANCE = 2


def trend(name, series, *, before):
    """Say whether an indicator grows, by the first and the last year since its last break; ``before``: not over."""
    years = [year for year in series.unbroken(name) if year < before and series.count(name, year).base >= FEW]
    if len(years) < 2:
        return _unknown(series.broken_since(name))
    first, last = (series.count(name, year) for year in (years[0], years[-1]))
    measure = indicator_of(name).measure
    return _words(measure, first, last) % {
        "first": ratio_in_words(measure, first.ratio),
        "from": years[0],
        "last": ratio_in_words(measure, last.ratio),
        "to": years[-1],
    }


def _words(measure, first, last):
    if last.ratio == first.ratio:
        return _("Is it growing? No: %(first)s in %(from)s and %(last)s in %(to)s.")
    if measure is Measure.MEAN:
        return _("Is it growing? It was %(first)s in %(from)s and %(last)s in %(to)s.")
    if abs(last.ratio - first.ratio) <= BY_CHANCE * _error(first, last):
        return _("Is it growing? No more than chance can explain: %(first)s in %(from)s, %(last)s in %(to)s.")
    if last.ratio > first.ratio:
        return _("Is it growing? Yes, as a share: %(first)s in %(from)s, %(last)s in %(to)s.")
    return _("Is it growing? No, as a share it falls: %(first)s in %(from)s, %(last)s in %(to)s.")


def _error(first, last):
    """Return the standard error of the difference of two shares."""
    whole = (first.number + last.number) / (first.base + last.base)
    return sqrt(whole * (1 - whole) * (1 / first.base + 1 / last.base))


def _unknown(since):
    given = {"year": since, "few": formats.count(FEW)}
    if since is None:
        return (
            _("Is it growing? That cannot be said: fewer than two whole years have a base of %(few)s or more.") % given
        )
    words = _(
        "Is it growing? That cannot be said: since the break at %(year)s, fewer than two whole years have a base of "
        "%(few)s or more."
    )
    return words % given
