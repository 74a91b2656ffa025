"""The everyday purchases of the sample: the needs, bought by the buyers in turn, year after year, a little differently.

Everything follows from the purchase's number by arithmetic, so that the same day always gives the same sample.
"""

from datetime import date, timedelta
from itertools import count

from samspel.lake.notice import Marks
from samspel.notices.sample.story import Lot, Step, Story, buyers, languages, needs, sellers, suppliers

# How many begin in each year, from 2017: more every year, as in the databases.
_YEARS = dict(enumerate((9, 10, 11, 12, 12, 13, 15, 17, 19, 20), start=2017))
_OPEN = 6
# What a Swedish or Norwegian krona is worth there, roughly: the sample knows no day's rate.
_KRONA = {"SE": 1, "NO": 1, "DK": 0.65, "FI": 0.09}


def purchases(today):
    """Yield the purchases of 2017–2026, and some that are open on this day."""
    numbers = count()
    for year, size in _YEARS.items():
        for place in range(size):
            number = next(numbers)
            began = date(year, 1, 9) + timedelta(days=place * 350 // size)
            yield _purchase(number, f"{year}", _steps(number, began))
    for place in range(_OPEN):
        began = today - timedelta(days=2 + 4 * place)
        yield _purchase(next(numbers), "ny", (Step("competition", began, days=35 + 6 * place),))


def _purchase(number, when, steps):
    slug = _pick(list(buyers()), number * 11)
    language, buyer = languages()[slug], buyers()[slug]
    need = _pick(_bought_in(language), number * 2 + number // len(buyers()) * 3)
    return Story(
        slug=f"{need.slug}-{slug}-{when}-{number}",
        buyers=(slug, *_companions(number, slug)),
        cpv=need.cpv,
        nature=need.nature,
        title=_texts(need.title, language, number),
        description=_texts(need.description, language, number),
        steps=tuple(steps),
        lots=(_lot(number, need, buyer),),
        procedure=_pick(need.procedures, number),
        framework=_pick(("none", "fa-wo-rc", "none", "fa-w-rc"), number),
        # Every fifth buyer forgets to say so.
        marks=need.marks if number % 5 else Marks(),
    )


def _bought_in(language):
    """Return the needs worded in a language, the common ones twice: what is new is bought more seldom."""
    return [need for need in needs() if language in need.title for _ in range(1 if need.is_new else 2)]


def _steps(number, began):
    """Every fourth begins with a plan or a dialogue, every seventh is corrected, every sixth has no result yet."""
    if number % 4 == 0:
        yield Step(_pick(("consultation", "planning"), number // 4), began - timedelta(days=100), days=30)
    yield Step("competition", began, days=38)
    if number % 7 == 0:
        yield Step("correction", began + timedelta(days=20), days=32)
    if number % 6:
        yield Step("result", began + timedelta(days=120 + number % 5 * 15))


def _companions(number, slug):
    """Every ninth is bought together with another buyer of the same language."""
    others = [other for other in buyers() if languages()[other] == languages()[slug] and other != slug]
    return (_pick(others, number),) if number % 9 == 4 else ()


def _lot(number, need, buyer):
    estimated = round(need.value * _KRONA[buyer.country] * (60 + number * 7 % 90) / 100, -4)
    tenders = 1 + number * 5 % 7
    if number % 11 == 10:
        return Lot(estimated=estimated, tenders=0, tenders_sme=0, reason="no-rece")
    near = [slug for slug in sellers()[need.slug] if suppliers()[slug].country == buyer.country]
    return Lot(
        estimated=estimated,
        awarded=round(estimated * (85 + number * 3 % 25) / 100, -3),
        winners=(_pick(near if near and number % 5 else sellers()[need.slug], number // 3),),
        tenders=tenders,
        tenders_sme=min(tenders, number % 5),
    )


def _texts(texts, language, number):
    wanted = (language, "en") if number % 3 == 0 else (language,)
    return {name: texts[name].format(count=3 + number * 5 % 17) for name in wanted if name in texts}


def _pick(items, number):
    return items[number % len(items)]
