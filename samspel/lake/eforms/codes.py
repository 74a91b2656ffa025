"""The codes an eForms notice may use in what the record keeps, and how the record writes languages and countries.

Source: code lists of eForms SDK 1.15, with those that earlier versions had and that stand in published notices.
https://github.com/OP-TED/eForms-SDK/tree/1.15.1/codelists
"""

from __future__ import annotations

from babel.core import get_global

_CODES = {
    # Norway's national subtypes: https://github.com/anskaffelser/eforms-sdk-nor
    "OPP-070": f"{' '.join(map(str, range(1, 41)))} CEI E1 E2 E3 E4 E5 E6 T01 T02 X01 X02 N4 N16 N29",
    "BT-03": "bri change competition completion consultation cont-modif dir-awa-pre planning result",
    "BT-02": "brin-ecs brin-eeig can-desg can-modif can-social can-standard can-tran cn-desg cn-social cn-standard"
    " compl corr pin-buyer pin-cfc-social pin-cfc-standard pin-only pin-rtl pin-tran pmc qu-sy subco veat",
    "BT-140": "cancel cancel-intent cor-buy cor-esen cor-pub info-release susp-review update-add",
    "BT-105": "comp-dial comp-tend exp-int-rail innovation neg-w-call neg-wo-call open oth-mult oth-single restricted",
    "BT-23": "combined services supplies works",
    "BT-11": "body-pl body-pl-cga body-pl-la body-pl-ra cga def-cont eu-ins-bod-ag eu-int-org grp-p-aut int-org la"
    " org-sub org-sub-cga org-sub-la org-sub-ra pub-undert pub-undert-cga pub-undert-la pub-undert-ra ra rl-aut"
    " spec-rights-entity",
    "BT-10": "airport defence econ-aff education electricity env-pro gas-heat gas-oil gen-pub hc-am health port post"
    " pub-os rail rcr soc-pro solid-fuel urttb water",
    "BT-06": "env-imp inn-pur none soc-obj",
    "BT-774": "biodiv-eco circ-econ clim-adapt clim-mitig emas-com ene-ef-com iso-14001-com iso-14024-com other"
    " pollu-prev reg-834-2007-com water-mar",
    "BT-775": "acc-all et-eq gen-eq hum-right opp other work-cond",
    # buy-eff, fp-requ, org-nov and other were retired; notices to 2025 carry them.
    "BT-776": "buy-eff fp-requ mar-nov org-nov other proc-innov prod-innov rd-act",
    "BT-754": "inc n-inc n-inc-just",
    "BT-805": "eu national none other",
    "BT-765": "fa-mix fa-w-rc fa-wo-rc none",
    "BT-142": "clos-nw open-nw selec-w",
    "BT-144": "all-rej chan-need ins-fund no-rece no-signed one-admis other rev-body rev-buyer tch-pr-error",
    "BT-165": "large medium micro small sme",
}
CODES: dict[str, frozenset[str]] = {field: frozenset(codes.split()) for field, codes in _CODES.items()}

# ISO 639-3, as eForms writes it, to ISO 639-1. NOR does not say which Norwegian, so it stays "no".
LANGUAGES = {
    "BUL": "bg",
    "CES": "cs",
    "DAN": "da",
    "DEU": "de",
    "ELL": "el",
    "ENG": "en",
    "EST": "et",
    "FIN": "fi",
    "FRA": "fr",
    "GLE": "ga",
    "HRV": "hr",
    "HUN": "hu",
    "ISL": "is",
    "ITA": "it",
    "LAV": "lv",
    "LIT": "lt",
    "MLT": "mt",
    "NLD": "nl",
    "NNO": "nn",
    "NOB": "nb",
    "NOR": "no",
    "POL": "pl",
    "POR": "pt",
    "RON": "ro",
    "SLK": "sk",
    "SLV": "sl",
    "SME": "se",
    "SPA": "es",
    "SWE": "sv",
}

# ISO 3166 alpha-3 to alpha-2, from CLDR by way of Babel; codes of states that were divided name no single country.
# 1A0 is what the EU's list writes for Kosovo.
COUNTRIES: dict[str, str] = {
    code: countries[0]
    for code, countries in get_global("territory_aliases").items()
    if len(code) == 3 and code.isalpha() and len(countries) == 1
} | {"1A0": "XK", "XKX": "XK"}
