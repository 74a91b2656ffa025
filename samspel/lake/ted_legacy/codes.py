"""Codes of TED_EXPORT and what they are in eForms.

Sources: TED's own code lists (in the notices' CODIF_DATA) and the Publications Office's converter of TED XML to eForms
(github.com/OP-TED/ted-xml-data-converter), from which these tables differ where a comment says so.
"""

from __future__ import annotations

from samspel.lake.notice import Kind

# TD_DOCUMENT_TYPE: the kind, and BT-03.
DOCUMENT_TYPES: dict[str, tuple[Kind, str]] = {
    "0": (Kind.PLANNING, "planning"),  # prior information without call
    "1": (Kind.CHANGE, "change"),  # corrigendum
    "2": (Kind.CHANGE, "change"),  # additional information (F14)
    "3": (Kind.COMPETITION, "competition"),  # contract notice
    "4": (Kind.COMPETITION, "competition"),  # prequalification
    "5": (Kind.COMPETITION, "competition"),  # request for proposals
    "7": (Kind.RESULT, "result"),  # contract award
    "A": (Kind.COMPETITION, "competition"),  # prior information with call
    "B": (Kind.PLANNING, "planning"),  # buyer profile
    "C": (Kind.COMPETITION, "competition"),  # works concession
    "D": (Kind.COMPETITION, "competition"),  # design contest
    "E": (Kind.COMPETITION, "competition"),  # works contract to be awarded by a concessionaire
    "F": (Kind.COMPETITION, "competition"),  # subcontract
    "H": (Kind.COMPETITION, "competition"),  # services concession
    "I": (Kind.COMPETITION, "competition"),  # call for expressions of interest
    "J": (Kind.RESULT, "result"),  # concession award
    "K": (Kind.CHANGE, "cont-modif"),  # modification of a contract (F20)
    "M": (Kind.COMPETITION, "competition"),  # periodic indicative with call
    "O": (Kind.COMPETITION, "competition"),  # qualification system with call
    "P": (Kind.PLANNING, "planning"),  # periodic indicative without call
    # eForms has one notice (15, qu-sy) for qualification systems, of form type competition, with or without call.
    "Q": (Kind.COMPETITION, "competition"),
    "R": (Kind.RESULT, "result"),  # results of a design contest
    "V": (Kind.INTENTION, "dir-awa-pre"),  # voluntary ex-ante transparency
    "Y": (Kind.COMPETITION, "competition"),  # dynamic purchasing system
}
# TD_DOCUMENT_TYPE of what TED also publishes and is no step of a procurement.
NO_PROCUREMENT = {
    "6": "general information",
    "8": "a notice of another kind",
    "9": "a notice of no stated kind",
    "G": "the registration of an economic interest grouping",
    "L": "the registration of a European company",
    "S": "the registration of a European company",
}

PROCEDURES = {
    "PT_OPEN": "open",
    "PT_RESTRICTED": "restricted",
    "PT_ACCELERATED_RESTRICTED": "restricted",
    "PT_COMPETITIVE_NEGOTIATION": "neg-w-call",
    "PT_NEGOTIATED_WITH_PRIOR_CALL": "neg-w-call",
    # The converter says neg-wo-call, but TED codes it B or 4, and it stands in notices that are the call (F21, F22).
    "PT_INVOLVING_NEGOTIATION": "neg-w-call",
    "PT_COMPETITIVE_DIALOGUE": "comp-dial",
    "PT_INNOVATION_PARTNERSHIP": "innovation",
    "PT_NEGOTIATED_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITHOUT_CALL": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_COMPETITIVE_TENDERING": "comp-tend",
    "PT_REQUEST_EXPRESSION_INTEREST": "exp-int-rail",
}
# PR_PROC; None where the code names no eForms procedure: concession award with prior publication, not applicable,
# not specified.
CODED_PROCEDURES: dict[str, str | None] = {
    "1": "open",
    "2": "restricted",
    "3": "restricted",
    "4": "neg-w-call",
    "6": "neg-w-call",
    "8": None,
    "9": None,
    "A": "neg-wo-call",  # direct award, Regulation (EC) 1370/2007
    "B": "neg-w-call",
    "C": "comp-dial",
    "E": None,
    "F": "neg-wo-call",
    "G": "innovation",
    "N": None,
    "T": "neg-wo-call",
    "V": "neg-wo-call",
    "Z": None,
}
ACCELERATED_PROCEDURES = frozenset({"3", "6"})
# Where the tenderers are chosen first, the one time limit of the form is that of the requests to participate.
TWO_STAGE_PROCEDURES = frozenset({"restricted", "neg-w-call", "comp-dial", "innovation"})

# CA_TYPE is BT-11. TED knows no difference between regional and local, nor between European and international: the
# retired eForms codes rl-aut and eu-int-org say just that. The converter says ra, which a municipality is not.
LEGAL_TYPES = {
    "MINISTRY": "cga",
    "NATIONAL_AGENCY": "cga",
    "REGIONAL_AUTHORITY": "rl-aut",
    "BODY_PUBLIC": "body-pl",
    "EU_INSTITUTION": "eu-int-org",
}
# Known, and without an eForms code that says the same: kept as "ted:REGIONAL_AGENCY".
OWN_LEGAL_TYPES = frozenset({"REGIONAL_AGENCY", "OTHER"})

# CA_ACTIVITY and CE_ACTIVITY are BT-10 and BT-610.
ACTIVITIES = {
    "DEFENCE": "defence",
    "ECONOMIC_AND_FINANCIAL_AFFAIRS": "econ-aff",
    "EDUCATION": "education",
    "ENVIRONMENT": "env-pro",
    "GENERAL_PUBLIC_SERVICES": "gen-pub",
    "HEALTH": "health",
    "HOUSING_AND_COMMUNITY_AMENITIES": "hc-am",
    "PUBLIC_ORDER_AND_SAFETY": "pub-os",
    "RECREATION_CULTURE_AND_RELIGION": "rcr",
    "SOCIAL_PROTECTION": "soc-pro",
    "AIRPORT_RELATED_ACTIVITIES": "airport",
    "ELECTRICITY": "electricity",
    "EXPLORATION_EXTRACTION_COAL_OTHER_SOLID_FUEL": "solid-fuel",
    "EXPLORATION_EXTRACTION_GAS_OIL": "gas-oil",
    "PORT_RELATED_ACTIVITIES": "port",
    "POSTAL_SERVICES": "post",
    "PRODUCTION_TRANSPORT_DISTRIBUTION_GAS_HEAT": "gas-heat",
    "RAILWAY_SERVICES": "rail",
    "URBAN_RAILWAY_TRAMWAY_TROLLEYBUS_BUS_SERVICES": "urttb",
    "WATER": "water",
}

NATURES = {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}
CODED_NATURES = {"1": "works", "2": "supplies", "4": "services", "3": "combined"}

# Countries that TED writes otherwise than ISO 3166.
COUNTRIES = {"UK": "GB", "EL": "GR", "1A": "XK"}

# Texts are kept in the original and in these languages, where the Publications Office has translated the form.
KEPT_TRANSLATIONS = frozenset({"EN", "SV", "DA", "FI", "NO", "NB", "NN"})
