"""Runs the hub's commands as a person does: a process of its own, in a hub folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

SAMSPEL = Path(sys.executable).with_name("samspel")


def samspel(*words, home, **environment):
    """Return the finished process: its exit code, and what it printed, as text."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAMSPEL", "DOFFIN", "TED_", "DJANGO"))
    }
    here = {"SAMSPEL_HOME": str(home), "SAMSPEL_DEVELOPMENT": "true", "SAMSPEL_ENV_FILE": os.devnull}
    return subprocess.run(
        [str(SAMSPEL), *map(str, words)],
        env={**plain, **here, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
