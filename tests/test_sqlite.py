import sqlite3

from samspel.settings import SQLITE_OPTIONS


def test_sqlite_takes_the_write_lock_first_and_flushes_every_commit(tmp_path):
    connection = sqlite3.connect(tmp_path / "hub.sqlite3")
    connection.executescript(SQLITE_OPTIONS["init_command"])
    pragmas = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    connection.close()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2}
    assert SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"
