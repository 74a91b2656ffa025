"""Who takes part: people, the organisations they act for, and in which role."""

from samspel.organisations.models.membership import Membership, Role
from samspel.organisations.models.organisation import BUYERS, SUPPLIERS, Kind, Organisation, Size
from samspel.organisations.models.person import Person
from samspel.organisations.models.region import ProgrammeRegion

__all__ = [
    "BUYERS",
    "SUPPLIERS",
    "Kind",
    "Membership",
    "Organisation",
    "Person",
    "ProgrammeRegion",
    "Role",
    "Size",
]
