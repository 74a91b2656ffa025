"""The format TED_EXPORT, of TED before eForms."""

from samspel.lake.ted_legacy.reader import ROOTS, read, read_root

__all__ = ["ROOTS", "read", "read_root"]
