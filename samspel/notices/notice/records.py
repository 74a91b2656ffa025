"""A notice with the rest of its procurement, as the lake holds them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from samspel.lake.notice import Notice
from samspel.lake.schema import NOTICE_FIELDS, from_row

# A framework can have hundreds of results; a page tells of so many of its notices.
MOST_MEMBERS = 60

_COLUMNS = ", ".join(f'"{field.name}"' for field in NOTICE_FIELDS)


@dataclass(frozen=True)
class Member:
    """A notice of a procurement. A newer one ``replaced`` it, or not."""

    notice: Notice
    replaced: bool
    loaded_at: datetime | None


@dataclass(frozen=True)
class Record:
    """A notice and the notices of its procurement, itself among them, oldest first; ``left_out`` are not read."""

    member: Member
    members: tuple[Member, ...]
    left_out: int = 0
    procurements: tuple[str, ...] = ()  # a plan can have led to several

    @property
    def notice(self):
        return self.member.notice

    def newer(self):
        """Return the newest notice that takes this one's place, or None."""
        later = [member.notice for member in self.members if _replaces(member.notice, self.notice)]
        if not later:
            return None
        newest = max(later, key=lambda notice: (notice.version, str(notice.first_seen_on)))
        followed = Record(Member(newest, replaced=False, loaded_at=None), self.members)
        return (followed.newer() if newest.identifier != self.notice.identifier else None) or newest

    def missing(self):
        """Return what the notice corrects or follows that is not among the procurement's notices.

        The statistics name no earlier notice, only the procurement's own in TED.
        """
        if self.notice.source == "uhm":
            return []
        known = {name for member in self.members for name in _names(member.notice)}
        return [
            reference
            for reference in (*self.notice.corrects, *self.notice.follows)
            if not known & {reference.lower(), reference.lower().rpartition("-")[0], reference.lstrip("0")}
        ]


def find(lake, key):
    """Return the record of a notice by its key, or None. Costs three queries, whatever the size of the procurement."""
    if lake.is_empty():
        return None
    own = _members_with(lake, key)
    if not own:
        # Loaded a moment ago, and its procurement not yet made.
        found = _read(lake, [key], months=None)
        return Record(found[key], (found[key],)) if found else None
    procurements = tuple(sorted({procurement for procurement, _ in own}))
    rows = _members_of(lake, procurements)
    kept = _nearest(rows, key)
    found = _read(lake, [row_key for row_key, *_ in kept], months=sorted({_month(day) for _, day, _ in kept}))
    if key not in found:
        return None
    replaced = {row_key: is_replaced for row_key, _, is_replaced in kept}
    members = {row_key: replace(member, replaced=replaced[row_key]) for row_key, member in found.items()}
    in_order = sorted(members.values(), key=lambda member: _order(member.notice))
    return Record(members[key], tuple(in_order), len(rows) - len(kept), procurements)


def other_versions(lake, source, identifier):
    """Return the keys of a notice's versions, newest first, for who asks for one that is not here."""
    if lake.is_empty():
        return []
    start = f"{source}/{identifier}/"
    table = "members" if "members" in lake.manifest.tables else "notices"
    found = lake.connection().execute(
        f"SELECT DISTINCT key FROM {table} WHERE key > ? AND key < ? ORDER BY key DESC LIMIT 5",
        [start, f"{start}\U0010ffff"],
    )
    return [key for (key,) in found.fetchall()]


def _members_with(lake, key):
    if "members" not in lake.manifest.tables:
        return []
    return lake.connection().execute("SELECT procurement, seen_on FROM members WHERE key = ?", [key]).fetchall()


def _members_of(lake, procurements):
    return (
        lake.connection()
        .execute(
            "SELECT key, any_value(seen_on), bool_and(replaced) FROM members "
            f"WHERE procurement IN ({_marks(procurements)}) GROUP BY key ORDER BY 2, 1",
            procurements,
        )
        .fetchall()
    )


def _nearest(rows, key):
    """Keep the first and the last notices of a long procurement, and always the one asked for."""
    if len(rows) <= MOST_MEMBERS:
        return rows
    half = MOST_MEMBERS // 2
    middle = [row for row in rows[half:-half] if row[0] == key]
    return rows[:half] + middle + rows[-half:]


def _read(lake, keys, months):
    files = [str(lake.folder / "notices" / part.file) for part in lake.manifest.parts if _may_hold(part, months)]
    # Written out, so that DuckDB passes over the row groups that cannot hold them.
    cursor = lake.connection().execute(
        f"SELECT {_COLUMNS}, key, loaded_at FROM read_parquet(?, union_by_name=true) WHERE key IN ({_marks(keys)})",
        [files, *keys],
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["key"]: Member(from_row(row), replaced=False, loaded_at=_aware(row["loaded_at"])) for row in rows}


def _may_hold(part, months):
    # Opening a file costs more than reading it: of a hundred months, only those asked for are opened.
    return months is None or any(part.first_month <= month <= part.last_month for month in months)


def _aware(moment):
    # The lake writes UTC; DuckDB gives it back without a zone.
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _marks(values):
    return ", ".join("?" * len(values))


def _month(day):
    # As samspel.lake.rows.row_of writes it.
    return day.year * 100 + day.month if day else 0


def _order(notice):
    return (str(notice.first_seen_on or ""), notice.identifier, notice.version, notice.source)


def _names(notice):
    yield notice.identifier.lower()
    yield f"{notice.identifier}-{notice.version}".lower()
    if notice.publication_number:
        yield notice.publication_number.lstrip("0")


def _replaces(later, earlier):
    if later.identifier.lower() == earlier.identifier.lower():
        return later.version > earlier.version
    return f"{earlier.identifier}-{earlier.version}" in later.corrects
