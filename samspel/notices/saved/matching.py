"""After a load: which saved searches find what it brought, each procurement once and then what changed of it."""

from collections import defaultdict

from django.db import transaction

from samspel.notices.models import LoadMark, News, SavedHit, SavedSearch
from samspel.notices.saved import telling
from samspel.notices.saved.day import day
from samspel.notices.saved.fresh import fresh, newest_load
from samspel.notices.saved.standing import Standing, is_news

# So many rows are written at a time: the database is not kept from others for long.
_BATCH = 5_000
# A question to the database names no more.
_MOST_NAMED = 2_000


def match(lake, *, at):
    """Ask every saved search of what was loaded since the last time, keep the hits, and return how many there are.

    Run again, or after it died half-way, it keeps each hit once. What is old is no news (see ``fresh``), and neither is
    to a search what came before it was saved. Mails that are to go at once are put in the queue.
    """
    until, mark = newest_load(lake), LoadMark.objects.first()
    if until is None or (mark and mark.loaded_at >= until):
        return 0
    searches = list(SavedSearch.objects.filter(saved_at__lte=until).select_related("known").order_by("pk"))
    keys = fresh(lake, after=mark and mark.loaded_at, until=until) if searches else ()
    hits = _hits(lake, searches, keys, until, at) if keys else []
    _keep(hits)
    with transaction.atomic():
        pass_over(lake)
        telling.enqueue_at_once(at)
    return len(hits)


def pass_over(lake):
    """Note that nothing that has been loaded until now is news any more."""
    if until := newest_load(lake):
        LoadMark.objects.update_or_create(pk=1, defaults={"loaded_at": until})


def judged(search, found, day_news, knew):
    """Give what is news to a search: each procurement as it now stands, and what the search knew of it or None.

    ``found`` are the procurements that it finds, ``knew`` what it found last of each (see ``is_news``).
    """
    if search.known and search.known.procurement not in knew:
        knew = {**knew, search.known.procurement: search.known}
    for procurement in sorted(found | (knew.keys() & day_news.keys())):
        news, before = day_news[procurement], knew.get(procurement)
        if is_news(Standing.of(before), Standing.of(news), is_found=procurement in found):
            yield news, before


def _hits(lake, searches, keys, until, at):
    with day(lake, keys, at=at) as today:
        # Equal searches are asked once.
        found = {query: today.found(query, until) for query in {search.query for search in searches}}
    last = _last(sorted(today.news))
    return [
        SavedHit(search=search, news=news, before=before, found_at=at)
        for search in searches
        for news, before in judged(search, found[search.query], today.news, last.get(search.pk, {}))
    ]


def _last(procurements):
    """Return by search and procurement what the search found last."""
    last = defaultdict(dict)
    for start in range(0, len(procurements), _MOST_NAMED):
        named = procurements[start : start + _MOST_NAMED]
        for hit in SavedHit.objects.filter(news__procurement__in=named).select_related("news").order_by("pk"):
            last[hit.search_id][hit.news.procurement] = hit.news
    return last


def _keep(hits):
    with transaction.atomic():
        News.objects.bulk_create({id(hit.news): hit.news for hit in hits}.values(), batch_size=_BATCH)
    for start in range(0, len(hits), _BATCH):
        with transaction.atomic():
            SavedHit.objects.bulk_create(_with_news(hits[start : start + _BATCH]))


def _with_news(hits):
    """Let each hit name its news by the number that it got when it was written."""
    for hit in hits:
        hit.news_id = hit.news.pk
    return hits
