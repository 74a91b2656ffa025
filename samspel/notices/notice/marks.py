"""What the buyer has marked, in words, and which of the hub's rules count the notice and why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.kit import formats
from samspel.lake import wording
from samspel.lake.notice import Kind
from samspel.lake.rules import RULES, SILENT_SUBTYPES, rule_named
from samspel.notices.links import indicator_url
from samspel.notices.words import word


@dataclass(frozen=True)
class MarkGroup:
    """What stands under one heading: words for each code, or in words why there are none."""

    label: Any
    words: tuple
    instead: Any = ""


@dataclass(frozen=True)
class Counted:
    """A rule's answer for a notice: "yes", "no" or "unknown", with the reason in words."""

    name: str
    label: Any
    answer: str
    why: Any
    version: int

    @property
    def url(self):
        """Where the rule is explained and all that it counts stands."""
        return indicator_url(self.name)


RULE_NAMES = {
    "declared": gettext_lazy("Innovation, declared by the buyer"),
    "procedure": gettext_lazy("Innovation, by procedure"),
    "wording": gettext_lazy("Innovation, by wording"),
    "joint": gettext_lazy("Joint procurement"),
    "environment": gettext_lazy("Environment"),
    "social": gettext_lazy("Social aims"),
}

# Headings, and which fields of the record stand under each: field of Marks, list of words.
_GROUPS = (
    (gettext_lazy("Innovation"), (("innovative", "BT-776"),), ("inn-pur",), "innovation"),
    (
        gettext_lazy("Environment"),
        (("environmental", "BT-774"), ("green_criteria", "BT-805"), ("quota_transport", "BT-777")),
        ("env-imp",),
        "environment",
    ),
    (gettext_lazy("Social aims"), (("social", "BT-775"),), ("soc-obj",), "social"),
    (gettext_lazy("Accessibility"), (("accessibility", "BT-754"),), (), None),
)


def mark_groups(notice):
    """Return the marks of a notice under four headings, each with its words or why there are none."""
    marks = notice.marks
    groups = [
        MarkGroup(label, words := _words(marks, *rest), "" if words else _silence(notice, national=rest[-1]))
        for label, *rest in _GROUPS
    ]
    if "none" in marks.strategic:
        groups.append(MarkGroup(_("The buyer also says"), (word("BT-06", "none"),)))
    unknown = [code for code in marks.strategic if word("BT-06", code).note == "unknown"]
    if unknown:
        groups.append(MarkGroup(_("Other marks"), tuple(word("BT-06", code) for code in unknown)))
    return groups


def counted(notice):
    """Return what every rule, in its newest version, says of the notice, and why."""
    newest = [rule for rule in RULES if rule_named(rule.name) is rule]
    return [_counted(rule, notice) for rule in newest]


def _words(marks, fields, strategic, national):
    words = [word("BT-06", code) for code in marks.strategic if code in strategic]
    words += [word(field, code) for name, field in fields for code in getattr(marks, name)]
    words += [word("national", code) for code in marks.national if code == national]
    return tuple(words)


def _silence(notice, national):
    if notice.source == "uhm" and national:
        return _("No mark. The statistics do not tell no from not stated.")
    if not notice.format.startswith("eforms"):
        return _("This format has no place for such a mark.")
    if notice.subtype in SILENT_SUBTYPES:
        return _("A notice of this type may not carry such a mark.")
    return _("No mark stated.")


def _counted(rule, notice):
    found = rule.test(notice)
    answer = "unknown" if found is None else "yes" if found else "no"
    return Counted(rule.name, RULE_NAMES[rule.name], answer, _WHY[rule.name](notice, found), rule.version)


def _why_marked(notice, found):
    if found:
        return _("The buyer’s own mark says so.")
    return _silence(notice, national=True)


def _why_procedure(notice, found):
    if found is None:
        if notice.kind in {Kind.PLANNING, Kind.CONSULTATION}:
            return _("No procedure has begun.")
        return _("The procedure is not stated.")
    name = word("BT-105", notice.procedure).text
    if found:
        return _("“%(procedure)s” is made for what cannot be specified yet.") % {"procedure": name}
    return _("“%(procedure)s” is used for purchases of every kind.") % {"procedure": name}


def _why_wording(notice, found):
    if found is None:
        return _("The text is in a language the word list does not cover.")
    if not found:
        if not (notice.description or any(lot.title or lot.description for lot in notice.lots)):
            return _("None of the listed words stands in the title; there is no description.")
        return _("None of the listed words stands in the title or the description.")
    hits = wording.hits(notice) or ()
    words = ", ".join(map(formats.quoted, hits[:5]))
    return _("The text says %(words)s.") % {"words": words}


def _why_joint(notice, found):
    if found is None:
        return _("The notice does not say.")
    return _("Several buyers procure together.") if found else _("One buyer procures.")


_WHY = {
    "declared": _why_marked,
    "procedure": _why_procedure,
    "wording": _why_wording,
    "joint": _why_joint,
    "environment": _why_marked,
    "social": _why_marked,
}
