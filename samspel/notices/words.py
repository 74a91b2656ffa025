"""The hub's own words for the codes of the small lists, in the language of the page.

The large lists (CPV, NUTS) have official labels; see ``samspel.lake.codelists``. Sources of the codes: eForms SDK 1.15
and earlier, and the sources' own words, which the record keeps behind a prefix ("uhm:Kommun").
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.lake.notice import Kind


@dataclass(frozen=True)
class Word:
    """A code in words. ``note`` is "retired" or "unknown" where a reader must know that; ``code`` is the code."""

    code: str
    text: Any
    note: str = ""


def word(field, code):
    """Return the words for a code of a field; a code without words is shown as it stands and said to be unknown."""
    if code in WORDS[field]:
        return Word(code, WORDS[field][code], "retired" if code in RETIRED.get(field, ()) else "")
    prefix, colon, stated = code.partition(":")
    if colon and prefix in SOURCES:
        return Word(code, stated)
    return Word(code, code, "" if field in OPEN_FIELDS else "unknown")


KINDS = {
    Kind.PLANNING: _("Planning"),
    Kind.CONSULTATION: _("Market consultation"),
    Kind.COMPETITION: _("Competition"),
    Kind.INTENTION: _("Intention to award without competition"),
    Kind.RESULT: _("Result"),
    Kind.CHANGE: _("Correction"),
    Kind.COMPLETION: _("Contract completed"),
    Kind.CANCELLED: _("Cancelled"),
}

SOURCES = {
    "ted": _("TED, the EU’s notice database"),
    "doffin": _("Doffin, Norway’s notice database"),
    "uhm": _("Upphandlingsmyndigheten’s statistics, Sweden"),
    "sample": _("Sample: invented notices"),
}
SOURCE_NAMES = {"ted": "TED", "doffin": "Doffin", "uhm": "Upphandlingsmyndigheten", "sample": _("Sample")}

PROCEDURES = {
    "comp-dial": _("Competitive dialogue"),
    "comp-tend": _("Competitive tendering for public transport"),
    "exp-int-rail": _("Request for interest, rail transport"),
    "innovation": _("Innovation partnership"),
    "neg-w-call": _("Negotiated, with a call for competition"),
    "neg-wo-call": _("Negotiated, without a call for competition"),
    "open": _("Open procedure"),
    "oth-mult": _("Other procedure in several stages"),
    "oth-single": _("Other procedure in one stage"),
    "restricted": _("Restricted procedure"),
    # Sweden's national procedures under the thresholds, as the statistics name them.
    "uhm:förenklat förfarande": _("Simplified procedure (Sweden)"),
    "uhm:urvalsförfarande": _("Selection procedure (Sweden)"),
    "uhm:annat förfarande": _("Other procedure (Sweden)"),
}

LEGAL_BASES = {
    "32014L0024": _("Public procurement, Directive 2014/24/EU"),
    "32014L0025": _("Utilities, Directive 2014/25/EU"),
    "32014L0023": _("Concessions, Directive 2014/23/EU"),
    "32009L0081": _("Defence and security, Directive 2009/81/EC"),
    "32004L0018": _("Public procurement, Directive 2004/18/EC"),
    "32004L0017": _("Utilities, Directive 2004/17/EC"),
    "32007R1370": _("Public transport, Regulation (EC) 1370/2007"),
    "32018R1046": _("The EU’s own purchases, Regulation (EU) 2018/1046"),
    "32024R2509": _("The EU’s own purchases, Regulation (EU) 2024/2509"),
    "other": _("National law"),
}

NATURES = {
    "works": _("Works"),
    "supplies": _("Supplies"),
    "services": _("Services"),
    "combined": _("Works, supplies or services together"),
}

FRAMEWORKS = {
    "fa-mix": _("Framework agreement, partly with new competition"),
    "fa-w-rc": _("Framework agreement, with new competition"),
    "fa-wo-rc": _("Framework agreement, without new competition"),
    "fa": _("Framework agreement"),
    "none": _("No framework agreement"),
}

SIZES = {
    "micro": _("Micro company, fewer than 10 employees"),
    "small": _("Small company, fewer than 50 employees"),
    "medium": _("Medium-sized company, fewer than 250 employees"),
    "large": _("Large company, 250 employees or more"),
    "sme": _("Small or medium-sized company"),
}

# Beside a name, where every supplier has a size.
SHORT_SIZES = {
    "micro": _("micro"),
    "small": _("small"),
    "medium": _("medium-sized"),
    "large": _("large"),
    "sme": _("small or medium-sized"),
}

# What the buyer is, as the hub groups it (samspel.lake.procurements.BUYER_KINDS).
BUYER_KINDS = {
    "municipality": _("Municipality"),
    "region": _("Region or county"),
    "state": _("State"),
    "company": _("Publicly owned company"),
    "other": _("Other public buyer"),
}

LEGAL_TYPES = {
    "body-pl": _("Body governed by public law"),
    "body-pl-cga": _("Body governed by public law, under the state"),
    "body-pl-la": _("Body governed by public law, under a municipality"),
    "body-pl-ra": _("Body governed by public law, under a region"),
    "cga": _("State authority"),
    "def-cont": _("Defence contractor"),
    "eu-ins-bod-ag": _("EU institution, body or agency"),
    "eu-int-org": _("EU institution or international organisation"),
    "grp-p-aut": _("Group of public authorities"),
    "int-org": _("International organisation"),
    "la": _("Municipality or other local authority"),
    "org-sub": _("Organisation that buys with public money"),
    "org-sub-cga": _("Organisation that buys with the state’s money"),
    "org-sub-la": _("Organisation that buys with a municipality’s money"),
    "org-sub-ra": _("Organisation that buys with a region’s money"),
    "pub-undert": _("Publicly owned company"),
    "pub-undert-cga": _("Company owned by the state"),
    "pub-undert-la": _("Company owned by a municipality"),
    "pub-undert-ra": _("Company owned by a region"),
    "ra": _("Regional authority"),
    "rl-aut": _("Regional or local authority"),
    "spec-rights-entity": _("Entity with special or exclusive rights"),
    "uhm:Kommun": _("Municipality"),
    "uhm:Region": _("Region"),
    "uhm:Statlig myndighet": _("State authority"),
    "uhm:Kommunalt ägd organisation": _("Company owned by a municipality"),
    "uhm:Regionalt ägd organisation": _("Company owned by a region"),
    "uhm:Statligt ägd organisation": _("Company owned by the state"),
    "uhm:Annat": _("Other public buyer"),
}

ACTIVITIES = {
    "airport": _("Airports"),
    "defence": _("Defence"),
    "econ-aff": _("Economic affairs"),
    "education": _("Education"),
    "electricity": _("Electricity"),
    "env-pro": _("Environmental protection"),
    "gas-heat": _("Gas and heat"),
    "gas-oil": _("Extraction of gas or oil"),
    "gen-pub": _("General public services"),
    "hc-am": _("Housing and community services"),
    "health": _("Health"),
    "port": _("Ports"),
    "post": _("Postal services"),
    "pub-os": _("Public order and safety"),
    "rail": _("Railways"),
    "rcr": _("Recreation, culture and religion"),
    "soc-pro": _("Social protection"),
    "solid-fuel": _("Extraction of coal and other solid fuels"),
    "urttb": _("Urban rail, tram and bus"),
    "water": _("Water"),
}

STRATEGIC = {
    "env-imp": _("Lower environmental impact"),
    "inn-pur": _("Innovative works, supplies or services"),
    "soc-obj": _("Fulfils social objectives"),
    "none": _("No strategic aim"),
}

ENVIRONMENTAL = {
    "biodiv-eco": _("Protects or restores nature and biodiversity"),
    "circ-econ": _("Moves towards a circular economy"),
    "clim-adapt": _("Adapts to a changing climate"),
    "clim-mitig": _("Limits climate change"),
    "emas-com": _("Asks for environmental management under EMAS"),
    "ene-ef-com": _("Asks for the highest energy class"),
    "iso-14001-com": _("Asks for environmental management under ISO 14001"),
    "iso-14024-com": _("Asks for an ecolabel of type I (ISO 14024)"),
    "other": _("Another environmental aim"),
    "pollu-prev": _("Prevents pollution"),
    "reg-834-2007-com": _("Asks for organic products"),
    "water-mar": _("Protects water and sea"),
}

SOCIAL = {
    "acc-all": _("Accessible for all"),
    "et-eq": _("Ethnic equality"),
    "gen-eq": _("Equality between women and men"),
    "hum-right": _("Human rights in the supply chain"),
    "opp": _("Work for people far from the labour market"),
    "other": _("Another social aim"),
    "work-cond": _("Fair working conditions"),
}

INNOVATIVE = {
    "buy-eff": _("Makes the buyer’s own work more efficient"),
    "fp-requ": _("Asks for function and performance rather than a given solution"),
    "mar-nov": _("New to the market, or much better than what is there"),
    "org-nov": _("New to the buyer’s own organisation"),
    "other": _("Another kind of innovation"),
    "proc-innov": _("A new or much better process"),
    "prod-innov": _("A new or much better product"),
    "rd-act": _("Involves research and development"),
}

ACCESSIBILITY = {
    "inc": _("Asks for accessibility for people with disabilities"),
    "n-inc": _("Does not ask for accessibility: people will not use it themselves"),
    "n-inc-just": _("Does not ask for accessibility, and the buyer says why in the notice"),
}

GREEN_CRITERIA = {
    "eu": _("Uses the EU’s criteria for green purchases"),
    "national": _("Uses national criteria for green purchases"),
    "none": _("Uses no green criteria"),
    "other": _("Uses other green criteria"),
}

QUOTA_TRANSPORT = {"stated": _("Falls under the rules on clean vehicles")}

NATIONAL_MARKS = {
    "innovation": _("Marked as innovation"),
    "environment": _("Marked as environmentally sustainable"),
    "social": _("Marked as socially sustainable"),
}

LOT_RESULTS = {
    "clos-nw": _("Ended without a contract"),
    "open-nw": _("No winner yet, the competition goes on"),
    "selec-w": _("Awarded"),
}

NOT_AWARDED_REASONS = {
    "all-rej": _("all tenders and requests were unfit or rejected"),
    "chan-need": _("the buyer’s need changed"),
    "ins-fund": _("the money was not enough"),
    "no-rece": _("no tenders or requests came"),
    "no-signed": _("the winner did not sign the contract"),
    "one-admis": _("only one tender or request could be accepted"),
    "other": _("another reason"),
    "rev-body": _("a review body or court decided so"),
    "rev-buyer": _("the buyer withdrew after a request for review"),
    "tch-pr-error": _("the procedure or the documents held errors"),
}

CHANGE_REASONS = {
    "cancel": _("The notice was cancelled"),
    "cancel-intent": _("The buyer intends to cancel"),
    "cor-buy": _("The buyer corrects an error"),
    "cor-esen": _("The sender corrects an error"),
    "cor-pub": _("The publisher corrects an error"),
    "info-release": _("Information is now released"),
    "susp-review": _("Suspended while a review goes on"),
    "update-add": _("The buyer updates the information"),
}

DEADLINES = {
    "tenders": _("Last day for tenders"),
    "requests": _("Last day for requests to take part"),
    "interest": _("Last day to show interest"),
    "answers": _("Last day for answers to the consultation"),
    "questions": _("Last day for questions"),
    "opening": _("Tenders are opened"),
}

WORDS = {
    "kind": KINDS,
    "source": SOURCES,
    "BT-01": LEGAL_BASES,
    "BT-06": STRATEGIC,
    "BT-10": ACTIVITIES,
    "BT-11": LEGAL_TYPES,
    "BT-23": NATURES,
    "BT-105": PROCEDURES,
    "BT-140": CHANGE_REASONS,
    "BT-142": LOT_RESULTS,
    "BT-144": NOT_AWARDED_REASONS,
    "BT-165": SIZES,
    "BT-754": ACCESSIBILITY,
    "BT-765": FRAMEWORKS,
    "BT-774": ENVIRONMENTAL,
    "BT-775": SOCIAL,
    "BT-776": INNOVATIVE,
    "BT-777": QUOTA_TRANSPORT,
    "BT-805": GREEN_CRITERIA,
    "national": NATIONAL_MARKS,
    "deadline": DEADLINES,
    "buyer_kind": BUYER_KINDS,
}

# A national legal basis is words or a number of the country's own; no list holds them all.
OPEN_FIELDS = frozenset({"BT-01"})

# Codes that older notices carry and eForms SDK 1.15 no longer has.
RETIRED = {
    "BT-11": frozenset({"eu-int-org", "grp-p-aut", "rl-aut"}),
    "BT-774": frozenset({"emas-com", "ene-ef-com", "iso-14001-com", "iso-14024-com", "reg-834-2007-com"}),
    "BT-776": frozenset({"buy-eff", "fp-requ", "org-nov", "other"}),
}
