"""What people could type to do harm, sent through every form that a page shows, to whomever it is shown."""

from urllib.parse import urlencode

import pytest
from lxml import html

from samspel.notices.models import SavedSearch
from samspel.organisations.models import Membership, Organisation, Person, ProgrammeRegion
from tests.walk.walking import first_opened

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "markup": f"\"'>{SCRIPT}",
    "a turned direction": "Lugn\u202evik\u2066\u200f",
    "10,000 characters": "å" * 10_000,
    "nothing at all, with a NUL": "Lugn\x00vik",
    "a lone surrogate’s bytes": b"Lugn\xed\xa0\x80vik",
    "a number too large": "9" * 400,
    "a path": "../../../../etc/passwd",
}
TEXT = {"text", "search", "email", "url", "tel", "number", "date", "password", "hidden", None}


def forms(visit):
    """Yield the forms of a page: method, address, and the fields with what they hold."""
    response = visit.by("GET") if visit.page.get else None
    if response is None or response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return
    for form in html.fromstring(response.content.decode()).forms:
        fields = dict(form.form_values())
        typed = [one.name for one in form.inputs if one.name and _takes_text(one)]
        if typed:
            yield form.method.upper(), form.action or visit.address, fields, sorted(set(typed))


def _takes_text(field):
    return field.tag in {"textarea", "select"} or (field.tag == "input" and field.get("type") in TEXT)


def sendings(world, value):
    """Send each form once with a value in all its fields, then in one at a time; yield what is answered."""
    seen = set()
    for visit in first_opened(world).values():
        for method, address, fields, typed in forms(visit):
            # The forms of the header stand on every page.
            if (form := (method, address.partition("?")[0], *typed)) in seen:
                continue
            seen.add(form)
            for some in (typed, *([name] for name in typed if len(typed) > 1)):
                sent = {**fields, **dict.fromkeys(some, value)}
                yield f"{method} {address} {some}", _send(visit.visitor.browser, method, address, sent)


def _send(asker, method, address, sent):
    if method == "POST":
        return asker.post(address, urlencode(sent), content_type="application/x-www-form-urlencoded")
    return asker.get(f"{address.partition('?')[0]}?{urlencode(sent)}")


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_form_fails_or_shows_what_was_typed_as_anything_but_text(kind, world):
    found = set()
    for what, response in sendings(world, HOSTILE[kind]):
        if response.status_code >= 500:
            found.add(f"{what} answers {response.status_code} {response.errors}")
        found |= {f"{what} {harm}" for harm in _harm(response)}

    assert "\n".join(sorted(found)) == ""


def test_the_forms_are_found(world):
    with_text = {name for name, visit in first_opened(world).items() if any(forms(visit))}

    assert with_text >= {"account_signup", "account-details", "organisation-create", "organisation-details"}
    assert with_text >= {"joining-detail", "request-detail", "region-new", "saved-search-create", "notice-list"}


def test_a_hostile_name_is_shown_as_text_on_every_page(world):
    visits, name = first_opened(world), f"\"'>{SCRIPT}\u202e"
    for model, field in ((Organisation, "name"), (Person, "name"), (SavedSearch, "name"), (ProgrammeRegion, "name")):
        model.objects.update(**{field: name})
    Membership.objects.update(message=name, refusal=name)

    shown = {page: visit.by("GET") for page, visit in visits.items() if visit.page.get}

    assert {page: _harm(response) for page, response in shown.items() if _harm(response)} == {}


def _harm(response):
    """Return what a page would do in a browser that it is not to do."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    page = response.content.decode()
    return [harm for sign, harm in ((SCRIPT, "shows a script"), ("\u202e", "turns the direction")) if sign in page]
