"""Run the tests that use the database once more, on PostgreSQL: the one named in TEST_POSTGRESQL_URL, or a private one.

A private server is started in a temporary folder where PostgreSQL is installed; where it is not, this says so and ends.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    with contextlib.ExitStack() as stack:
        url = os.environ.get("TEST_POSTGRESQL_URL") or _private_server(stack)
        if url is None:
            sys.stdout.write(
                "PostgreSQL is not installed: the tests are not run on it (Debian: apt install postgresql).\n"
            )
            return 0
        sys.stdout.write("On PostgreSQL:\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "pytest", "-m", "django_db", *sys.argv[1:]]
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def _private_server(stack):
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
        Path(p).parent for p in [shutil.which("initdb")] if p
    ]
    if not programs:
        return None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samspel-postgresql-")))
    as_other = _as_postgres(folder)
    run = lambda *words: subprocess.run([*as_other, *words], check=True, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: E731
    run(programs[-1] / "initdb", "-D", folder / "data", "-U", "samspel", "-A", "trust", "-E", "UTF8")
    control = [programs[-1] / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
    run(*control, "-o", f"-k {folder} -c listen_addresses=127.0.0.1 -p {port}", "start")
    stack.callback(run, *control, "-m", "immediate", "stop")
    return f"postgres://samspel@127.0.0.1:{port}/postgres"


def _as_postgres(folder):
    """Return the words that make a command run as somebody else than root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    person = pwd.getpwnam("postgres")
    os.chown(folder, person.pw_uid, person.pw_gid)
    return ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]


if __name__ == "__main__":
    sys.exit(main())
