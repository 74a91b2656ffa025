"""Search over a million notices made by rule from real ones: the size of the index, and the time of 100 fixed queries.

The made notices keep what decides the speed: the words people use and how often, titles and descriptions of real
length, the share of each language, thousands of buyers, a hundred thousand suppliers.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from samspel.lake.notice import Buyer, Deadline, Kind, Marks, Money, Notice, Text, Winner
from samspel.lake.search import GROUPS, Entry, Index, Search, build
from samspel.lake.search.build import current
from samspel.lake.search.language import Words

# language, share in twentieths, country, currency
_LANGUAGES = (
    ("sv", 9, "SE", "SEK"),
    ("nb", 5, "NO", "NOK"),
    ("da", 2, "DK", "DKK"),
    ("fi", 2, "FI", "EUR"),
    ("en", 1, "IE", "EUR"),
    ("de", 1, "DE", "EUR"),
)
_KINDS = (*[Kind.COMPETITION] * 5, *[Kind.RESULT] * 4, Kind.PLANNING, Kind.CHANGE)
_PROCEDURES = (*["open"] * 6, "restricted", "neg-w-call", "neg-wo-call", "comp-dial", "innovation", "oth-single")
_SOURCES = ("ted", "ted", "doffin", "uhm")
_FIRST, _DAYS = date(2015, 1, 1), 4_200
_BUYERS, _SUPPLIERS = 20_000, 100_000

# Half of the queries: words that stand in a twentieth to two fifths of all notices, alone and together.
_COMMON = (
    "kommun", "avtal", "upphandling", "tjänster", "transport", "omfattar", "drift", "ab", "system", "ram", "service",
    "ramavtal", "områden", "behov", "anskaffelse", "region", "stockholm", "verksamhet", "konsult", "uppdrag",
    "lösning", "enhet", "anläggning", "teknisk", "entreprenad", "köp", "dokument", "rammeavtale", "leverantör",
    "digital", "energi", "2023", "levering", "tjenester", "stöd", "arbete",
    "upphandling avtal", "drift underhåll", "kommun ramavtal", "tjänster system", "transport tjänster",
    "upphandling av tjänster", "kommune anskaffelse", "rammeavtale levering", '"drift och underhåll"', '"avtal om"',
    "avtal -ramavtal", "kommun -skola", "system*", "transport*",
)  # fmt: skip
_RARER = (
    "snöröjning", "sjukhusutrustning", "lekplatsutrustning", "brandlarm", "vinterväghållning", "städtjänster",
    "hjullastare", "måltidstjänster", "arbetskläder", "hiss*", "solceller", "laddstolpar", "miljökonsult",
    "renhållning", "kontorsmaterial", "tolktjänster", "skolskjuts", "hemtjänst", "personlig assistans", "asfalt",
    "belysning gata", "passasjertransport", "snørydding", "rengjøring", "medisinsk utstyr", "brøyting",
    "rådgivende ingeniør", "renovation", "hankinta palvelu", "siivous", "rakennus*", "software licence",
    '"personlig assistans"', '"medicinsk utrustning"', "45233141", "72000000", "stockholm taxi", "göteborg hamn",
    "reinigung", "tandvård -barn",
)  # fmt: skip
_WITHOUT = (
    "xyzzyplugh", "kvantflätning", "mammutbete", '"drift och månlandning"', "enhörningsstall", "zzz*",
    "avtal flogistonbehållare", "99999999", "blåhajsakvarium", "perpetuummobile",
)  # fmt: skip
# Most pages are filtered by one or two groups; broad ones and narrow ones take turns.
_FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"country": ("SE",)},
    {"kind": ("competition",)},
    {"year": ("2022",)},
    {"country": ("SE",), "year": ("2021", "2022", "2023")},
    {"cpv": ("45",)},
    {"country": ("NO", "DK"), "kind": ("result",)},
    {"procedure": ("open",), "source": ("ted",)},
    {"mark": ("environment",)},
    {"country": ("SE",), "cpv": ("33", "85"), "kind": ("competition", "result")},
    {"region": ("SE004", "NO005")},
)


@dataclass(frozen=True, slots=True)
class Pool:
    """What the real notices of one language give to the made ones."""

    titles: list[list[str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    buyers: list[Buyer] = field(default_factory=list)


def queries() -> list[Search]:
    """Return the 100 fixed queries: 50 of common words, 40 of rarer ones, 10 that find nothing; all are filtered."""
    texts = (*_COMMON, *_RARER, *_WITHOUT)
    return [Search(text, filters) for text, filters in zip(texts, cycle(_FILTERS), strict=False)]


def make(folder: Path, seeds: Sequence[Notice], count: int, progress: Callable[[int], None] | None = None) -> None:
    """Build the index of ``count`` made notices, unless it is there."""
    if not current(folder):
        words = Words.learn(text for notice in seeds for text in (*notice.title, *notice.description))
        build(folder, entries(seeds, count), words=words, expected=count, progress=progress)


def measure(folder: Path) -> list[dict[str, Any]]:
    """Ask the 100 queries of an index and return one row per number: name, value, unit, reach, met."""
    serving = current(folder)
    if serving is None:
        raise FileNotFoundError(f"there is no index in {folder}")
    index = Index(folder)
    counted = tuple(group for group in GROUPS if group not in {"rule", "currency"})
    ranked = [replace(search, counted=False) for search in queries()]
    unfiltered = [replace(search, filters={}) for search in ranked]
    everything = [replace(search, limit=0, facets=counted) for search in queries()]
    pages = [replace(search, facets=counted) for search in queries()]
    size = sum(file.stat().st_size for file in serving.iterdir())
    return [
        _row("search, top 20 ranked and filtered, p95", _p95(index, ranked), "ms", 5),
        _row("search, top 20 ranked without filters, p95", _p95(index, unfiltered), "ms", None),
        _row("search, all counts, p95", _p95(index, everything), "ms", 30),
        _row("search, top 20 and all counts, p95", _p95(index, pages), "ms", None),
        _row("search index on disk", size / 1e9, "GB", 3),
    ]


def entries(seeds: Sequence[Notice], count: int) -> Iterator[Entry]:
    """Make notices by rule: the same seeds give the same notices, whatever the count."""
    pools = _pools(seeds)
    codes = [notice.cpv for notice in seeds if notice.cpv]
    suppliers = [winner.name for notice in seeds for winner in notice.winners] or ["Leverantör"]
    languages = [spoken for spoken in _LANGUAGES if spoken[0] in pools for _ in range(spoken[1])]
    for number in range(count):
        draw = _draws(number)
        language, _, country, currency = languages[draw(len(languages))]
        pool = pools[language]
        kind = _KINDS[draw(len(_KINDS))]
        published = _FIRST + timedelta(days=draw(_DAYS))
        # Drawing from a drawn range makes some buyers far more common than others, as they are.
        buyer = draw(draw(_BUYERS) + 1)
        won = [draw(_SUPPLIERS) for _ in range(draw(3) + 1)] if kind is Kind.RESULT else []
        notice = Notice(
            source=_SOURCES[draw(len(_SOURCES))],
            identifier=f"made-{number}",
            version="01",
            format="made",
            kind=kind,
            publication_number=f"{number}-{published.year}",
            language=language,
            title=(Text(language, _title(pool, draw)),),
            description=(Text(language, _description(pool, draw)),),
            cpv=codes[draw(len(codes))],
            cpv_additional=tuple(codes[draw(len(codes))] for _ in range(draw(3))),
            procedure=_PROCEDURES[draw(len(_PROCEDURES))],
            published_on=published,
            buyers=(Buyer(_name(pool.buyers, buyer), identifier=str(100_000_000 + buyer), country=country),),
            winners=tuple(Winner(f"{suppliers[one % len(suppliers)]} {one // len(suppliers)}") for one in won),
            estimated_value=Money(float(10 ** (4 + draw(5)) * (1 + draw(9))), currency) if draw(2) else None,
            marks=_marks(draw),
            deadlines=_deadlines(kind, published, draw),
        )
        keys = tuple(dict.fromkeys(map(str, won)))
        yield Entry(notice, buyer_keys=(str(buyer),), supplier_keys=keys, region=f"{country}{buyer % 21:03d}")


def _pools(seeds: Iterable[Notice]) -> dict[str, Pool]:
    pools: dict[str, Pool] = {}
    for notice in seeds:
        for text in notice.title:
            pools.setdefault(_spoken(text.language), Pool()).titles.append(text.text.split())
        for text in notice.description:
            sentences = (sentence.strip() for sentence in re.split(r"(?<=[.!?])\s+", text.text))
            pools.setdefault(_spoken(text.language), Pool()).sentences.extend(filter(None, sentences))
        if notice.language:
            pools.setdefault(_spoken(notice.language), Pool()).buyers.extend(notice.buyers)
    return {language: pool for language, pool in pools.items() if pool.titles and pool.buyers}


def _spoken(language: str) -> str:
    return "nb" if language in {"no", "nn"} else language


def _draws(number: int) -> Callable[[int], int]:
    """Return a function that draws below a limit; the same for the same number, on every machine."""
    state = number * 0x9E3779B97F4A7C15 + 1

    def draw(limit: int) -> int:
        nonlocal state
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) & 0xFFFF_FFFF_FFFF_FFFF
        return (state >> 33) % limit

    for _ in range(3):  # neighbouring numbers draw alike at first
        draw(2)
    return draw


def _title(pool: Pool, draw: Callable[[int], int]) -> str:
    """Begin as one real title and end as another."""
    first, last = (pool.titles[draw(len(pool.titles))] for _ in range(2))
    return " ".join((*first[: len(first) // 2 + 1], *last[len(last) // 2 :]))


def _description(pool: Pool, draw: Callable[[int], int]) -> str:
    """Put one to six real sentences together, some of them titles."""
    said = []
    for _ in range(draw(6) + 1):
        if pool.sentences and draw(4):
            said.append(pool.sentences[draw(len(pool.sentences))])
        else:
            said.append(" ".join(pool.titles[draw(len(pool.titles))]) + ".")
    return " ".join(said)


def _name(buyers: list[Buyer], number: int) -> str:
    return f"{buyers[number % len(buyers)].name} {number // len(buyers)}"


def _marks(draw: Callable[[int], int]) -> Marks:
    return Marks(
        innovative=() if draw(40) else ("prod-innov",),
        environmental=() if draw(6) else ("other",),
        social=() if draw(9) else ("opport",),
    )


def _deadlines(kind: Kind, published: date, draw: Callable[[int], int]) -> tuple[Deadline, ...]:
    if kind is not Kind.COMPETITION:
        return ()
    at = datetime.combine(published + timedelta(days=15 + draw(60)), datetime.min.time(), UTC)
    return (Deadline("tenders", at.isoformat()),)


def _p95(index: Index, searches: Iterable[Search]) -> float:
    """Return what 95 of 100 searches take at most, in milliseconds; of each search the median of five."""
    return quantiles([_milliseconds(index, search) for search in searches], n=20)[-1]


def _milliseconds(index: Index, search: Search) -> float:
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        index.search(search)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def _row(name: str, value: float, unit: str, reach: float | None) -> dict[str, Any]:
    """Make a row of the report; a number without a reach is shown beside, not asked for."""
    met = None if reach is None else value <= reach
    return {"name": name, "value": round(value, 2), "unit": unit, "reach": reach, "met": met}
