"""What stands in a cell of a file that a spreadsheet opens."""

import re

# Full-width signs too: East Asian editions of Excel take them for the plain ones.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def cell(value):
    """Keep a spreadsheet from running a text as a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
