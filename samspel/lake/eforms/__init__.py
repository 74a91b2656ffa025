"""The format eForms (SDK 1.3 and later), of TED and of Doffin."""

from samspel.lake.eforms.reader import ROOTS, read, read_root

__all__ = ["ROOTS", "read", "read_root"]
