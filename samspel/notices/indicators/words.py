"""What the indicators are called and what their numbers say, in the language of the page.

The lake's rules, breaks and references are worded in English where they are defined; they are listed here once more, so
that they are translated.
"""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from samspel.kit import formats
from samspel.lake.indicators import Measure

NAMES = {
    "declared": _("Declared"),
    "procedure": _("Procedure"),
    "wording": _("Wording"),
    "early_dialogue": _("Early dialogue"),
    "joint": _("Joint procurement"),
    "new_suppliers": _("New suppliers"),
    "environment": _("Environment"),
    "social": _("Social aims"),
    "tenders": _("Number of tenders"),
    "single_tender": _("A single tender"),
    "sme_share": _("Small companies’ tenders"),
    "all": _("All procurements"),
    "uncounted": _("Not counted"),
}

# What is counted, in a line. For the rules the lake gives the reason.
MEANINGS = {
    "declared": _("The buyer has marked the procurement as innovation."),
    "procedure": _("Innovation partnership or competitive dialogue."),
    "wording": _("The notice speaks of something new to the market, or of its development."),
    "early_dialogue": _("A plan or a market consultation was announced before the competition."),
    "joint": _("Several buyers procure together."),
    "new_suppliers": _("Winners that have no earlier award from the same buyer in the hub."),
    "environment": _("The buyer says that the procurement lessens environmental impact or uses green criteria."),
    "social": _("The buyer says that the procurement serves a social aim."),
    "tenders": _("How many tenders came, on average. Tenders are summed over the lots."),
    "single_tender": _(
        "Only one tender came. Tenders are summed over the lots: two lots with one tender each make two."
    ),
    "sme_share": _("Tenders from small and medium-sized companies, with fewer than 250 employees."),
    "all": _("Every procurement with a notice of competition or result, each once."),
    "uncounted": _(
        "Procurements without a notice of competition or result in the hub; they have no year and count nowhere."
    ),
}

# Why a procurement has no year; see the lake's column ``uncounted``.
REASONS = {
    "planned": _("planned or asked about, and nothing later"),
    "intended": _("announced to be awarded without a competition, and nothing later"),
    "changed": _("known only by a change of the contract, a correction or a completion"),
    "undated": _("with a competition or a result that has no date"),
}

# What the number does not hold, in a few words; the lake says it in full.
LIMITS = {
    "declared": _("Does not see buyers who forget the mark, or were not asked for it."),
    "procedure": _("Does not see innovation bought by open procedures."),
    "wording": _("Sees the words, not what was bought."),
    "early_dialogue": _("Does not see dialogue that no notice announces, and cannot judge the Swedish statistics."),
    "joint": _("Does not see central bodies that buy for others in their own name."),
    "new_suppliers": _("Early years look newer: awards before the first notice are not known."),
    "environment": _("Does not see buyers who forget the mark, or were not asked for it."),
    "social": _("Does not see buyers who forget the mark, or were not asked for it."),
    "tenders": _("Does not see notices that leave the tenders uncounted."),
    "single_tender": _("Does not see notices that leave the tenders uncounted."),
    "sme_share": _("Does not see notices that leave small companies uncounted."),
}

# A number and its base, in a sentence that a share ends: {number} and {base} are links. Only a mean is said here.
_SENTENCES = {
    "declared": ngettext_lazy(
        "{number} of the {base} procurement that can carry the mark",
        "{number} of the {base} procurements that can carry the mark",
    ),
    "procedure": ngettext_lazy(
        "{number} of the {base} procurement with a stated procedure",
        "{number} of the {base} procurements with a stated procedure",
    ),
    "wording": ngettext_lazy(
        "{number} of the {base} procurement in a language of the word list",
        "{number} of the {base} procurements in a language of the word list",
    ),
    "early_dialogue": ngettext_lazy(
        "{number} of the {base} procurement that can be judged",
        "{number} of the {base} procurements that can be judged",
    ),
    "joint": ngettext_lazy(
        "{number} of the {base} procurement whose notices tell",
        "{number} of the {base} procurements whose notices tell",
    ),
    "tenders": ngettext_lazy(
        "{tenders} in the {base} procurement that states how many: {share}.",
        "{tenders} in the {base} procurements that state how many: {share} each on average.",
    ),
    "single_tender": ngettext_lazy(
        "{number} of the {base} procurement that states one tender or more",
        "{number} of the {base} procurements that state one tender or more",
    ),
    "sme_share": ngettext_lazy(
        "{number} of the {base} tender in procurements that count both",
        "{number} of the {base} tenders in procurements that count both",
    ),
    "new_suppliers": ngettext_lazy(
        "{number} of the {base} winner that can be judged",
        "{number} of the {base} winners that can be judged",
    ),
}
_TENDERS = ngettext_lazy("{number} tender", "{number} tenders")
# Where a number piles up: {number} and {share} are links.
_PILES = {
    "channel": _(
        "{number} of the {all} were advertised in one database, {name}, which holds {share} of the procurements that "
        "can be judged."
    ),
    "buyer": _(
        "{number} of the {all} come from one buyer, {name}, which has {share} of the procurements that can be judged."
    ),
}
_SENTENCES["environment"] = _SENTENCES["social"] = _SENTENCES["declared"]

UNITS = {
    Measure.PROCUREMENTS: _("procurements, each counted once"),
    Measure.TENDERS: _("tenders, in procurements counted once"),
    Measure.WINNERS: _("winners, in procurements counted once"),
    Measure.MEAN: _("tenders per procurement, each counted once"),
}

# In a chart there is room for a few words.
_SHORT_BREAKS = {
    "The Swedish statistics begin, with marks of their own and procurements below the thresholds.": _(
        "Swedish statistics begin"
    ),
    "The Swedish statistics end. Swedish procurements after that come from TED, which mostly has those above the "
    "thresholds.": _("Swedish statistics end"),
    "eForms became compulsory on TED on 25 October 2023, and only notices in eForms can carry the mark: "
    "the base before is small.": _("eForms: new marks"),
    "Codes for innovation have been retired since the first eForms (buy-eff, fp-requ, org-nov, other). "
    "Notices that carry them still count.": _("eForms: new marks"),
    "With eForms, joint is told by the buyers a notice names; before, by a yes or no in the form.": _(
        "eForms: buyers are named"
    ),
}

# How a person judged a hit of the word list.
VERDICTS = {"right": _("right"), "wrong": _("wrong")}
# A share of a smaller base is written as its numbers: 1 of 2.
LEAST_BASE = 10
LANGUAGES_OF_THE_LIST = ("sv", "nb", "nn", "da", "fi", "en")

# The lake's own texts.
TEXTS = (
    gettext_noop("The buyer says so: an innovative acquisition, or innovation as a strategic aim."),
    gettext_noop(
        "The procedure is made for what cannot be specified yet: innovation partnership, competitive dialogue."
    ),
    gettext_noop("Title or description speaks of something new to the market, or of its development."),
    gettext_noop("Several buyers procure together."),
    gettext_noop("The buyer says that the procurement lessens environmental impact or uses green criteria."),
    gettext_noop("The buyer says that the procurement serves a social aim."),
    gettext_noop("eForms BT-776, BT-06 = inn-pur (the label Doffin shows); the mark of the Swedish statistics."),
    gettext_noop(
        "BT-105; Directive 2014/24/EU articles 30 and 31. DFØ counted 0.43 per cent of Doffin's notices 2018–2022 so: "
        "https://dfo.no/nokkeltall-og-statistikk/innkjop-i-offentlig-sektor/innovasjonsvennlig-innkjopspraksis"
    ),
    gettext_noop("Samspel's own list of words in Swedish, Bokmål, Nynorsk, Danish, Finnish and English."),
    gettext_noop("More than one buyer or a group lead (OPP-050) in eForms; the format's own yes or no elsewhere."),
    gettext_noop("eForms BT-774, BT-06 = env-imp, BT-805 other than none; the mark of the Swedish statistics."),
    gettext_noop("eForms BT-775, BT-06 = soc-obj; the mark of the Swedish statistics."),
    gettext_noop(
        "No means not stated: nobody can tell whether the buyer said no or nothing. Formats before eForms and the JSON "
        "of Doffin cannot say it, planning and consultation notices may not. In the Swedish statistics nearly all "
        "marks come from one advertising database; what was advertised in the others is counted as not marked."
    ),
    gettext_noop(
        "Innovation bought by open or negotiated procedures, design contests, and pre-commercial procurement, which is "
        "no procedure. Competitive dialogue is also used for complex purchases without anything new."
    ),
    gettext_noop(
        "Texts in other languages, what stands only in the procurement documents, and new things described without "
        "these words; of the Swedish statistics only the titles are there to read. Some hits are only words: the "
        "share that was right is measured on the notices the list was made with, so expect less on others."
    ),
    gettext_noop("Central purchasing bodies that buy for others under their own name."),
    gettext_noop(
        "Dialogue that was not announced in a notice, or whose notice cannot be joined with the competition. It judges "
        "procurements with a notice of competition; the Swedish statistics hold no notices, so none of theirs."
    ),
    gettext_noop("Procurements whose notices do not say how many tenders came."),
    gettext_noop(
        "Procurements whose notices do not count tenders from small and medium-sized enterprises. The Swedish "
        "statistics never do."
    ),
    gettext_noop(
        "Awards before the hub's first notice, and contracts that were never announced: many who look new are not. "
        "Asked only where the hub holds awards by the same buyer, from the same source, from at least two earlier "
        "calendar years; a single year of the Swedish statistics is too little."
    ),
    gettext_noop("The Swedish statistics begin, with marks of their own and procurements below the thresholds."),
    gettext_noop(
        "The Swedish statistics end. Swedish procurements after that come from TED, which mostly has those above the "
        "thresholds."
    ),
    gettext_noop(
        "eForms became compulsory on TED on 25 October 2023, and only notices in eForms can carry the mark: the base "
        "before is small."
    ),
    gettext_noop(
        "Codes for innovation have been retired since the first eForms (buy-eff, fp-requ, org-nov, other). Notices "
        "that carry them still count."
    ),
    gettext_noop("With eForms, joint is told by the buyers a notice names; before, by a yes or no in the form."),
    gettext_noop("Innovation procurements in Doffin as the programme counted them; its method was not found."),
    gettext_noop("DFØ counted competitive dialogues and innovation partnerships among all notices on Doffin."),
    gettext_noop("Sveriges Offentliga Inköpare, the Swedish association of public buyers, 24 October 2018."),
    gettext_noop("per cent of notices"),
    gettext_noop("procurements"),
)


def said(text):
    """Return a text of the lake in the language of the page."""
    return gettext(text)


def short_break(words):
    """Return the words of a break as they stand in a chart."""
    return str(_SHORT_BREAKS.get(words, ""))


def ratio_text(measure, count):
    """Write a share or a mean for a table, and the numbers of a small base; nothing where nothing can be said."""
    if count.ratio is None:
        return ""
    if measure is Measure.MEAN:
        return _mean(count.ratio)
    return formats.share(count.ratio) if count.base >= LEAST_BASE else of_base(count)


def of_base(count):
    """Write a number and its base instead of a share."""
    words = gettext("%(number)s of %(base)s")
    return words % {"number": formats.count(count.number), "base": formats.count(count.base)}


def ratio_in_words(measure, ratio):
    """Write a share or a mean in a sentence."""
    return _mean(ratio) if measure is Measure.MEAN else formats.share_in_words(ratio)


def sentence(name, measure, count, number, base):
    """Say a count in words; ``number`` and ``base`` stand in it as they are given. Safe HTML."""
    share = format_html("<b>{}</b>", ratio_in_words(measure, count.ratio))
    tenders = format_html(_TENDERS % count.number, number=number)
    said = format_html(_SENTENCES[name] % count.base, number=number, tenders=tenders, base=base, share=share)
    if measure is Measure.MEAN:
        return said
    return format_html("{}, {}.", said, share) if count.base >= LEAST_BASE else format_html("{}.", said)


def piles(found, url):
    """Say where a number piles up (``samspel.lake.concentration``). Safe HTML.

    ``url`` leads to what lies there, and with ``is_base`` to all that can be judged there.
    """
    said = [
        format_html(
            str(_PILES[one.what]),
            number=_link(url(one), formats.count(one.number)),
            all=formats.count(one.of),
            name=one.name,
            share=_link(url(one, is_base=True), formats.share_in_words(one.base_share)),
        )
        for one in found
    ]
    return format_html_join(" ", "{}", ((one,) for one in said))


def _link(url, words):
    return format_html('<a class="ds-link" href="{}">{}</a>', url, words)


def _mean(ratio):
    return formats.decimal(ratio, "#,##0.0")
