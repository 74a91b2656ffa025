"""The table of permissions as a page of the documentation, docs/permissions.md."""

from django.utils import translation

from samspel.organisations.permissions import Party, Reach
from samspel.organisations.who_may.table import rows

_HEAD = """# Permissions

Who may do what. This page is written from the one table in `samspel/organisations/permissions.py`, which the hub also
shows under `/permissions/`; nothing else decides. After a change of the table:
`samspel permissions show > docs/permissions.md`.

A cell says on whose records: {reaches}.
What somebody may see at all is decided first: what one may not see is not found.
"""


def document():
    """Return the page as Markdown, in English as all documentation."""
    with translation.override("en"):
        parties = [str(party.label) for party in Party]
        head = _HEAD.format(reaches=", ".join(str(reach.label) for reach in Reach))
        lines = [_line(["", *parties]), _line(["---"] * (len(parties) + 1))]
        lines += [_line([str(row.permission), *(str(cell.reach) or "–" for cell in row.cells)]) for row in rows()]
        return head + "\n" + "\n".join(lines) + "\n"


def _line(cells):
    return f"| {' | '.join(cells)} |"
