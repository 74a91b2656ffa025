"""E-mail domains that prove whom somebody works for: those that official notices give for a body, never a typed one.

The apps that know notices come later, so they fill the slot in ``AppConfig.ready()``::

    domains.sources.add(domains.DomainSource("notices", domains_of))

``domains_of(organisation)`` returns a dictionary: domain → how many bodies the notices give it for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from samspel.kit.registry import Registry
from samspel.organisations.models import Organisation


@dataclass(frozen=True)
class DomainSource:
    """Something that knows e-mail domains of bodies. ``of(organisation)``: domain → how many bodies have it."""

    key: str
    of: Callable[[Organisation], Mapping[str, int]]
    order: int = 100


sources = Registry()

# Where anybody can get an address: these and all domains under them say nothing of whom somebody works for.
FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com hotmail.com hotmail.se hotmail.no hotmail.dk hotmail.fi hotmail.co.uk hotmail.de
    hotmail.fr outlook.com outlook.se outlook.dk outlook.fi live.com live.se live.no live.dk live.fi live.co.uk msn.com
    passport.com yahoo.com yahoo.se yahoo.no yahoo.dk yahoo.fi yahoo.co.uk yahoo.de yahoo.fr ymail.com rocketmail.com
    icloud.com me.com mac.com aol.com proton.me protonmail.com protonmail.ch pm.me tuta.com tutanota.com tuta.io
    fastmail.com fastmail.fm hey.com zoho.com zohomail.com zohomail.eu gmx.com gmx.net gmx.de gmx.at web.de t-online.de
    freenet.de mail.com email.com mail.ru yandex.com yandex.ru bk.ru inbox.ru list.ru seznam.cz wp.pl o2.pl onet.pl
    interia.pl orange.fr free.fr laposte.net wanadoo.fr libero.it qq.com 163.com 126.com
    telia.com spray.se swipnet.se tele2.se comhem.se bredband.net bredband2.com bahnhof.se home.se passagen.se
    algonet.se glocalnet.net ownit.nu tyfonmail.se yhml.se privat.utfors.se
    online.no broadpark.no start.no getmail.no c2i.net frisurf.no altibox.no lyse.net ebnett.no haugnett.no epost.no
    tiscali.no chello.no nextgentel.no bluezone.no bbnett.no runbox.com runbox.no
    mail.dk stofanet.dk jubii.dk ofir.dk tdcadsl.dk post.tele.dk webspeed.dk youmail.dk mail.tele.dk privat.dk
    elisanet.fi kolumbus.fi luukku.com suomi24.fi saunalahti.fi welho.com inet.fi netti.fi dnainternet.net
    simnet.is internet.is
    mailinator.com guerrillamail.com 10minutemail.com temp-mail.org yopmail.com sharklasers.com trashmail.com
    """.split()  # noqa: SIM905 - quotation marks would hide the names
)


def known_domains(organisation):
    """Return the e-mail domains that prove that somebody works for an organisation.

    Never those of free mail, and never one that is given for several bodies: a whole group of companies, or the firm
    that runs procurements for others, is behind it.
    """
    found = {}
    for source in sources:
        for domain, bodies in source.of(organisation).items():
            plain = domain.strip().lower()
            found[plain] = max(bodies, found.get(plain, 0))
    return {domain for domain, bodies in found.items() if bodies == 1 and _is_own(domain)}


def proving_domain(person, organisation):
    """Return the domain of a confirmed address of a person that proves it, or None."""
    known = known_domains(organisation)
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return next((domain for domain in sorted(map(_domain, addresses)) if domain in known), None)


def _domain(address):
    return address.rpartition("@")[2].lower()


def _is_own(domain):
    # A domain in other letters can look like another and be folded into it on the way to the mail server (UTS 46).
    return (
        domain.isascii() and "." in domain and not any(domain == one or domain.endswith(f".{one}") for one in FREE_MAIL)
    )
