"""A notice that was found, as a list shows it: made from what the index keeps of it, without asking the lake."""

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspel.kit import formats
from samspel.lake.notice import Kind
from samspel.notices.links import notice_url
from samspel.notices.published import kind_and_day
from samspel.notices.search.facet_labels import MARKS, country
from samspel.notices.search.openness import Openness, openness
from samspel.notices.words import word

# Before a contract is made an amount is the buyer's guess.
_GUESSING = frozenset({Kind.PLANNING, Kind.CONSULTATION, Kind.COMPETITION, Kind.CHANGE})
_ENDED = frozenset({Kind.RESULT, Kind.COMPLETION, Kind.CANCELLED, Kind.INTENTION})


@dataclass(frozen=True)
class Shown:
    """What stands of a notice in a list; texts are safe HTML. ``language`` is empty where it is the page's."""

    key: str
    url: str
    title: Any
    text: Any
    language: str
    about: list
    suppliers: Any
    tags: list


@dataclass(frozen=True)
class Tag:
    """A mark in words, with a colour of Designsystemet."""

    words: Any
    color: str = "neutral"


def shown(hit, at):
    """Return a hit of the index as a list shows it at this time."""
    card = hit.card
    language = card.get("language", "")
    page_language = (get_language() or "en").split("-")[0]
    is_foreign = bool(language) and language != page_language
    return Shown(
        key=hit.key,
        url=notice_url(hit.key),
        title=_marked(hit.title) if card.get("title") else title_of(hit),
        text=_marked(hit.snippet),
        language=language if is_foreign else "",
        about=[one for one in (_buyers(card), _countries(card), _published(card), _value(card), _tenders(card)) if one],
        suppliers=_parties("supplier", card.get("suppliers", ())),
        tags=[*_state(card, at), *_marks(card), *([Tag(_in_language(language, page_language))] if is_foreign else [])],
    )


def title_of(hit):
    """Return the title as text."""
    return hit.card.get("title") or _("A notice without a title")


def line(hit):
    """Return in one line of text who published it, what it is, and when."""
    names = [name for _key, name in hit.card.get("buyers", ())]
    return " · ".join([*names[:1], _published(hit.card)])


def _marked(segments):
    """Mark what was asked for; everything else in the text is text."""
    return mark_safe(  # noqa: S308 - every segment is escaped
        "".join(
            f"<mark>{conditional_escape(text)}</mark>" if is_hit else conditional_escape(text)
            for text, is_hit in segments
        )
    )


def _buyers(card):
    return _parties("buyer", card.get("buyers", ()))


def _parties(role, named):
    """Name the first of them with its page, and count the rest."""
    if not named:
        return ""
    key, name = named[0]
    if key:
        name = format_html('<a href="{}">{}</a>', reverse(f"{role}-detail", args=[key]), name)
    left = len(named) - 1
    if not left:
        return name
    others = ngettext("%(count)s other", "%(count)s others", left) % {"count": formats.count(left)}
    return format_html(_("{} and {}"), name, others)


def _countries(card):
    return ", ".join(country(code) for code in card.get("countries", ()))


def _published(card):
    kind = word("kind", card["kind"]).text
    day = card.get("published_on")
    return kind_and_day(card["source"], card["kind"], kind, _day(day, get_language())) if day else kind


@lru_cache(10_000)
def _day(day, language):
    return formats.day(date.fromisoformat(day))


def _value(card):
    if "value" not in card or not math.isfinite(card["value"][0]):
        return ""
    amount = formats.money(*card["value"])
    return _("estimated %(amount)s") % {"amount": amount} if card["kind"] in _GUESSING else amount


def _tenders(card):
    number = card.get("tenders")
    if number is None:
        return ""
    return ngettext("%(count)s tender", "%(count)s tenders", number) % {"count": formats.count(number)}


def _state(card, at):
    kind = card["kind"]
    if kind == Kind.CANCELLED:
        return [Tag(str(word("kind", kind).text), "warning")]
    found, due = (None, None) if kind in _ENDED else openness(card, at)
    if found is None:
        return []
    if found is Openness.CLOSED:
        return [Tag(_("Closed %(day)s") % {"day": formats.day(due.day)})]
    if found is Openness.UNSTATED:
        return [Tag(_("No deadline stated"))]
    if found is Openness.ENDLESS:
        return [Tag(_("Open until further notice"), "success")]
    return [Tag(_("Open until %(moment)s") % {"moment": due.short}, "success")]


def _marks(card):
    return [
        Tag(str(MARKS.get(mark, mark)), "accent" if mark == "innovation" else "neutral")
        for mark in card.get("marks", ())
    ]


@lru_cache(200)
def _in_language(language, page_language):
    return _("In %(language)s") % {"language": formats.language_name(language)}
