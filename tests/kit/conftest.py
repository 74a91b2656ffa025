import pytest

from samspel.kit import registry
from samspel.kit.registry import Link, Registry


@pytest.fixture
def kit_alone(settings, monkeypatch):
    """Let the trial pages stand without what the apps have registered."""
    settings.ROOT_URLCONF = "tests.kit.urls"
    for name in ("navigation", "tools", "account", "header", "footer", "samples"):
        monkeypatch.setattr(registry, name, Registry())
    registry.footer.add(Link("accessibility", "Accessibility", "accessibility"))
    return registry
