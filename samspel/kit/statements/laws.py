"""The laws that the public pages stand on, by the names they have, with where to read them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """A law or a standard: its name in its own language, which is not translated."""

    name: str
    language: str
    url: str


_RIKSDAGEN = "https://www.riksdagen.se/sv/dokument-och-lagar/dokument/svensk-forfattningssamling/"
_LOVDATA = "https://lovdata.no/dokument/"

ACCESSIBILITY = (
    Law("WCAG 2.2", "en", "https://www.w3.org/TR/WCAG22/"),
    Law("EN 301 549", "en", "https://www.etsi.org/human-factors-accessibility"),
    Law(
        "Lag (2018:1937) om tillgänglighet till digital offentlig service",
        "sv",
        f"{_RIKSDAGEN}lag-20181937-om-tillganglighet-till-digital_sfs-2018-1937/",
    ),
    Law(
        "Forskrift om universell utforming av IKT-løsninger (FOR-2013-06-21-732)",
        "nb",
        f"{_LOVDATA}SF/forskrift/2013-06-21-732",
    ),
)
COOKIES = (
    Law(
        "Lag (2022:482) om elektronisk kommunikation, 9 kap. 28 §",
        "sv",
        f"{_RIKSDAGEN}lag-2022482-om-elektronisk-kommunikation_sfs-2022-482/",
    ),
    Law("Ekomloven (LOV-2024-12-13-76) § 3-15", "nb", f"{_LOVDATA}NL/lov/2024-12-13-76"),
)
