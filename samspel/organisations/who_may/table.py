"""The table of permissions as rows and columns of words."""

from dataclasses import dataclass
from typing import Any

from samspel.organisations.permissions import TABLE, Party, Permission, Reach


@dataclass(frozen=True)
class Cell:
    """How far a party's permission reaches; empty where it has none."""

    party: Any
    reach: Any = ""


@dataclass(frozen=True)
class Row:
    """A permission, with a cell for each party."""

    permission: Any
    cells: tuple[Cell, ...]


def rows():
    """Return a row for each permission."""
    return [
        Row(one.label, tuple(Cell(party.label, _words(TABLE[one].get(party))) for party in Party)) for one in Permission
    ]


def _words(reach):
    return Reach(reach).label if reach else ""
