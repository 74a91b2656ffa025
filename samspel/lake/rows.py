"""A row of the lake: the notice's own fields, what the store adds, and a column for each version of each rule."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from samspel.lake.notice import Notice
from samspel.lake.parties import party_key
from samspel.lake.rules import RULES, marks_of
from samspel.lake.schema import NOTICE_FIELDS, to_row

STORE_FIELDS = [
    pa.field("key", pa.string()),  # source/identifier/version
    pa.field("digest", pa.binary(16)),  # of the facts and what the rules say of them: tells changed from unchanged
    pa.field("document", pa.binary(16)),  # of the bytes it was read from
    pa.field("loaded_at", pa.timestamp("us")),  # UTC, without saying so: DuckDB would want pytz
    pa.field("month", pa.int32()),  # 202503: of publication, else of dispatch; 0 where no date is stated
    pa.field("buyer_keys", pa.list_(pa.string())),
    pa.field("supplier_keys", pa.list_(pa.string())),
]
RULE_FIELDS = [pa.field(rule.column, pa.bool_()) for rule in RULES]
SCHEMA = pa.schema([*NOTICE_FIELDS, *STORE_FIELDS, *RULE_FIELDS])
RAW_SCHEMA = pa.schema(
    [pa.field("document", pa.binary(16)), pa.field("path", pa.string()), pa.field("data", pa.large_binary())]
)


def row_of(notice: Notice, document: bytes, at: datetime) -> dict[str, Any]:
    """Return the row of a notice that was read at this time from the document with this digest."""
    day = notice.first_seen_on
    marks = marks_of(notice)
    return {
        **to_row(notice),
        "key": notice.key,
        "digest": digest(repr((notice, marks)).encode()),
        "document": document,
        "loaded_at": at.astimezone(UTC).replace(tzinfo=None),
        "month": day.year * 100 + day.month if day else 0,
        "buyer_keys": [party_key(buyer) for buyer in notice.buyers],
        "supplier_keys": [party_key(winner) for winner in notice.winners],
        **marks,
    }


def digest(data: bytes) -> bytes:
    """Return 16 bytes that stand for these."""
    return hashlib.blake2b(data, digest_size=16).digest()
