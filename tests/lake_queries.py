"""Counts what is asked of a lake, so that a test can say that a page costs the same for one row and for three."""

from contextlib import contextmanager


class _Counting:
    def __init__(self, connection, asked):
        self._connection = connection
        self._asked = asked

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def cursor(self):
        return _Counting(self._connection.cursor(), self._asked)

    def execute(self, query, *parameters):
        self._asked.append(query)
        return self._connection.execute(query, *parameters)


@contextmanager
def asked_of(lake):
    """Give the list of queries that the lake is asked within the block."""
    asked = []
    connect = lake.connection
    lake.connection = lambda: _Counting(connect(), asked)
    try:
        yield asked
    finally:
        del lake.connection
