"""A visitor's browser that asks quickly, and tells what a page answered and what it wrote."""

import re
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

OPENS, SIGN_IN, REFUSED, NOT_FOUND = "opens", "asks to sign in", "refused", "not found"
_WRITES = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)')


class Browser(RequestFactory):
    """Asks without the test client's copies of every template's context, which would take most of the time."""

    def __init__(self, session="", **options):
        super().__init__(headers={"accept-language": options.pop("language", "en")})
        self.handler = ClientHandler(options.pop("enforce_csrf_checks", False))
        self.session = session
        if session:
            self.cookies["sessionid"] = session

    def request(self, **environ):
        """Return the answer; what was written is rolled back, and told as ``wrote``: the names of the tables."""
        with watched() as wrote, transaction.atomic(), noticed() as errors:
            response = self.handler(self._base_environ(**environ))
            if response.streaming:
                response.streaming_content = [b"".join(response.streaming_content)]
            transaction.set_rollback(True)
        response.wrote, response.errors = wrote, errors
        return response

    def strict(self):
        """Return a browser of the same person to whose forms the hub gave no token."""
        return Browser(self.session, enforce_csrf_checks=True)

    def send(self, method, address, data=None):
        """Ask by any method; only a form's data is sent along."""
        return self.post(address, data or {}) if method == "POST" else self.generic(method, address)


def answer(response):
    """Return what a page answered, in a word."""
    if response.status_code == 302 and _leads_to_sign_in(response["Location"]):
        return SIGN_IN
    if response.status_code == 302 and urlsplit(response["Location"]).path == reverse("account_reauthenticate"):
        return "asks for the password again"
    if response.status_code < 400 or response.status_code == 422:
        return OPENS
    return {403: REFUSED, 404: NOT_FOUND}.get(response.status_code, f"{response.status_code} {response.errors}")


def _leads_to_sign_in(location):
    to = urlsplit(location)
    return to.path == reverse("account_login") and "next=" in to.query


@contextmanager
def watched():
    """Collect the names of the tables that are written to."""
    wrote = set()

    def note(execute, sql, parameters, many, context):
        if written := _WRITES.match(sql):
            wrote.add(written[1])
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield wrote


@contextmanager
def noticed():
    """Collect what views raise and the hub answers with an error page."""
    errors = []

    def note(sender, **facts):
        errors.append(repr(sys.exc_info()[1]))

    got_request_exception.connect(note)
    try:
        yield errors
    finally:
        got_request_exception.disconnect(note)
