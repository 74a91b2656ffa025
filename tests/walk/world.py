"""A small hub to walk through: one person of each kind, in organisations with groups, members and things that wait."""

import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.usersessions.models import UserSession
from django.test import Client

from samspel.lake import indexing
from samspel.lake.notice import Marks
from samspel.notices.models import SavedSearch
from samspel.organisations.actors import STRANGER, Actor
from samspel.organisations.models import Organisation, ProgrammeRegion
from samspel.organisations.permissions import Party
from tests import make
from tests.organisations import signing_in
from tests.walk import ways_in
from tests.walk.browser import Browser

P = Party
_BUYER, _SUPPLIER, _PROGRAMME = "buyer", "supplier", "programme"
# Who walks: the side, the membership's facts, and what the person is in the table of permissions beside the public.
ROLES = {
    "national adviser": (_PROGRAMME, {}, {P.SIGNED_IN, P.NATIONAL}),
    "regional adviser": (_PROGRAMME, {"region": "north"}, {P.SIGNED_IN, P.REGIONAL}),
    "buyer’s administrator": (
        _BUYER,
        {"role": "observer", "administers": True},
        {P.SIGNED_IN, P.OBSERVER, P.BUYER_ADMINISTRATOR},
    ),
    "procurer": (_BUYER, {"role": "procurer"}, {P.SIGNED_IN, P.PROCURER}),
    "need owner": (_BUYER, {"role": "need_owner"}, {P.SIGNED_IN, P.NEED_OWNER}),
    "leader": (_BUYER, {"role": "leader"}, {P.SIGNED_IN, P.LEADER}),
    "observer": (_BUYER, {"role": "observer"}, {P.SIGNED_IN, P.OBSERVER}),
    "supplier’s administrator": (
        _SUPPLIER,
        {"administers": True},
        {P.SIGNED_IN, P.SUPPLIER, P.SUPPLIER_ADMINISTRATOR},
    ),
    "supplier’s member": (_SUPPLIER, {}, {P.SIGNED_IN, P.SUPPLIER}),
    "who has asked to join": (_BUYER, {"approved_at": None}, {P.SIGNED_IN}),
    "who has left": (_BUYER, {"ended_at": "2026-01-31T12:00Z"}, {P.SIGNED_IN}),
    "who acts for nobody": (None, {}, {P.SIGNED_IN}),
}


@dataclass
class Visitor:
    """Somebody who walks through the hub, and the browser it is done with."""

    name: str
    actor: Actor
    parties: frozenset
    browser: Browser

    @property
    def is_stranger(self):
        return self.actor is STRANGER

    def __str__(self):
        return self.name


def fill(home):
    """Put a procurement into the lake of a home; return the home and the call's notice."""
    call = make.notice(title=make.title("Nattillsyn"), marks=Marks(innovative=("rd-act",)))
    indexing.rebuild(make.lake(home.lake, call, make.result(procedure_identifier=call.procedure_identifier)))
    return home, call


class World:
    """Everything there is to see beside the notices."""

    def __init__(self, call):
        self.call = call
        self.north = ProgrammeRegion.objects.create(name="Norr", nuts=["SE33"])
        self.sides = {
            _BUYER: Side("Lillånäs", "municipality", "municipal_company"),
            _SUPPLIER: Side("Lugnvik", "company", "company"),
            _PROGRAMME: Side("Programmet", "programme_partner", "programme_partner"),
        }
        self.foreign = family("Främmande kommun", "municipality")
        self.foreign_member = make.membership(organisation=self.foreign, person=make.person(name="Frida Främmande"))
        self.near = make.membership(organisation=_far("Nära kommun", "SE332"), administers=True, approved_at=None)
        self.far = make.membership(organisation=_far("Fjärran kommun", "SE125"), administers=True, approved_at=None)
        self.foreign_search = _search(person=self.foreign_member.person, organisation=self.foreign)
        self.visitors = [Visitor("stranger", STRANGER, frozenset({P.PUBLIC}), Browser()), *map(self._visitor, ROLES)]

    def _visitor(self, name):
        side, facts, parties = ROLES[name]
        person = signing_in.person(email=f"visitor{list(ROLES).index(name)}@lillanas.example", name=name.title())
        facts = {**facts, "region": self.north} if "region" in facts else facts
        held = side and make.membership(person=person, organisation=self.sides[side].home, **facts)
        acts = held and held.approved_at and not held.ended_at
        actor = Actor(person, held if acts else None)
        _things_of(person, actor.organisation)
        return Visitor(name, actor, frozenset({P.PUBLIC, *parties}), Browser(_signed_in(person)))

    def visitor(self, name):
        """Return the visitor of a name."""
        return next(one for one in self.visitors if one.name == name)

    def side_of(self, actor):
        """Return the organisations around the one an actor acts for, None where for nobody."""
        return next((side for side in self.sides.values() if side.home.pk == actor.organisation_id), None)


class Side:
    """An organisation with its group, its members, one who waits, and a search of the team."""

    def __init__(self, name, kind, kind_of_group):
        self.home = family(name, kind)
        self.group = family(f"{name} bolag", kind_of_group, parent=self.home)
        self.colleague = make.membership(organisation=self.home, person=make.person(name="Kim Kollega"))
        self.asked = make.membership(organisation=self.home, approved_at=None)
        self.in_group = make.membership(organisation=self.group)
        self.team_search = _search(organisation=self.home)
        self.group_search = _search(organisation=self.group)
        self.colleagues_search = _search(person=self.colleague.person, organisation=self.home)


def family(name, kind, **facts):
    """Return an organisation with a child, one that asks to be a child, and a parent that it has asked."""
    asked_parent = make.organisation(name=f"{name} moder", kind=kind)
    made = make.organisation(name=name, kind=kind, asked_parent=asked_parent, **facts)
    make.organisation(name=f"{name} dotter", kind=kind, parent=made)
    make.organisation(name=f"{name} frågar", kind=kind, asked_parent=made)
    return made


def _far(name, region):
    return make.organisation(name=name, kind="municipality", region=region)


def _search(**facts):
    return SavedSearch.objects.create(**{"name": "Nattillsyn", "query": "q=nattillsyn", **facts})


def _things_of(person, organisation):
    """Give a person what only the person may open."""
    _search(person=person, organisation=organisation)
    ways_in.set_up(person)
    UserSession.objects.create(user=person, session_key=f"other{person.pk}", ip="127.0.0.1", user_agent="Firefox")


def _signed_in(person):
    """Return the session of somebody who has just shown the password, so that no page asks for it again."""
    client = Client()
    client.force_login(person)
    session = client.session
    shown = {"method": "password", "at": time.time(), "email": person.email, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session["seen_at"] = int(time.time())
    session.save()
    return session.session_key


def organisation_of(record):
    """Return the organisation that a record is or belongs to."""
    return record if isinstance(record, Organisation) else record.organisation
