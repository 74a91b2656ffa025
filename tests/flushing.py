"""Emptying the database after a test that commits, also of what a hub never deletes."""

from importlib import import_module

from django.db.backends.sqlite3.base import DatabaseOperations


def allow_for_the_trail():
    """Let SQLite, which empties table by table, empty the trail too: its guard is away meanwhile."""
    guards = import_module("samspel.kit.migrations.0002_trail_append_only").SQLITE
    names = [words.split()[2] for words in guards]
    flush = DatabaseOperations.sql_flush

    def sql_flush(self, *arguments, **options):
        statements = flush(self, *arguments, **options)
        return [*(f"DROP TRIGGER IF EXISTS {name}" for name in names), *statements, *guards] if statements else []

    DatabaseOperations.sql_flush = sql_flush
