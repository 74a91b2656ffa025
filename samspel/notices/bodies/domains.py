"""The web addresses that notices give for a body (BT-505), as e-mail domains that could be its own.

Notices keep nobody's e-mail address, and contact persons not at all. A buyer's address may be that of a platform for
procurement or of a group of companies, so with each domain comes for how many bodies it is given.
"""

from samspel.lake.parties import slug
from samspel.notices.bodies.parties import answered
from samspel.notices.bodies.tables import tables
from samspel.notices.lake import current_lake
from samspel.organisations.models import Organisation

# Where bodies publish and do not work. Given for one body only, as in a small lake, they would prove anybody.
PLATFORMS = frozenset(
    """
    mercell.com tendsign.com visma.com opic.com e-avrop.com eavrop.com kommersannons.se kommersannons.com
    eu-supply.com doffin.no ted.europa.eu europa.eu hilma.fi hankintailmoitukset.fi tarjouspalvelu.fi cloudia.fi
    cloudia.com udbud.dk comdia.com ibinder.com byggeweb.dk ethics.dk artifik.no artifik.com anskaffelser.no
    ajourconsult.com antirio.com pabliq.se konkurransegjennomforing.no
    facebook.com linkedin.com google.com wordpress.com wixsite.com squarespace.com github.io
    sharepoint.com microsoft.com office.com
    """.split()  # noqa: SIM905 - a list of one word a line is three times as long to read
)


def domains_of(organisation):
    """Return the domains that notices give for an organisation's body, each with the number of bodies it is given for.

    Bodies of the same group, and one body under two keys (by its number and by its name), count as one.
    """
    lake = current_lake()
    if not organisation.body or "parties" not in lake.manifest.tables:
        return {}
    found = {}
    for row in answered(lake, _SHARED.format(table=tables(lake).websites), key=organisation.body):
        found.setdefault(row["host"], []).append(row)
    relatives = _relatives(organisation, [row["body"] for given in found.values() for row in given])
    return {
        host: 1 + len({row["body"] for row in given} - relatives - _same_name(organisation.body, given))
        for host, given in found.items()
        if not _is_platform(host)
    }


def _relatives(organisation, bodies):
    """Return those of the bodies that are the organisation's own or of its confirmed group."""
    group = Organisation.objects.filter(body__in=bodies, pk__in=organisation.group_ids())
    return {organisation.body, *group.values_list("body", flat=True)}


def _same_name(key, given):
    own = {slug(row["name"]) for row in given if row["body"] == key}
    return {row["body"] for row in given if row["body"][:3] == key[:3] and slug(row["name"]) in own}


def _is_platform(host):
    return any(host == one or host.endswith(f".{one}") for one in PLATFORMS)


_SHARED = """
SELECT host, body, name FROM {table} WHERE host IN (SELECT host FROM {table} WHERE body = $key) ORDER BY host, body
"""
