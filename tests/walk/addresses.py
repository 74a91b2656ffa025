"""The addresses of the hub, as the URLconf has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """A pattern of addresses, its name, and the view behind it."""

    name: str | None
    route: str
    view: Any


def addresses() -> list[Address]:
    """Return all of them, also those that others have included."""
    return list(_below(get_resolver(), ""))


def _below(resolver, prefix) -> Iterator[Address]:
    for one in resolver.url_patterns:
        route = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _below(one, route)
        else:
            yield Address(one.name, route, one.callback)


def views() -> dict[str, Any]:
    """Return the view of every name."""
    return {address.name: address.view for address in addresses()}
