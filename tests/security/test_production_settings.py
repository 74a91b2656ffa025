"""A hub in production, as it is set up by docs/settings.md: strict by default, and it does not start half-way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-long-secret-that-stands-in-no-file-of-the-project-0123456789"
NEEDED = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "hub.example.org"}
# What the law asks the public pages to tell; a hub is told that it is missing.
TOLD = {
    "HUB_OWNER": "Lillånäs kommun",
    "HUB_CONTACT": "hub@example.org",
    "HUB_DATA_PROTECTION_OFFICER": "dpo@example.org",
    "HUB_HOSTING": "Lillånäs",
    "HUB_ACCESSIBILITY_CONTACT": "hub@example.org",
    "HUB_ACCESSIBILITY_ASSESSED": "2026-01-31",
}
# A page that needs no stylesheet: they are collected when a hub is installed.
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
def ask(host, secure):
    answer = Client().post("/language/", {"language": "sv"}, secure=secure, headers={"host": host})
    return {"status": answer.status_code, "cookies": answer.cookies.output(), **answer.headers}
secure = [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SECURE, settings.DEBUG]
print(json.dumps([ask("hub.example.org", True), ask("hub.example.org", False), secure]))
"""


def run(home, *arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    told = {
        "SAMSPEL_HOME": str(home),
        "SAMSPEL_ENV_FILE": str(home / "none"),
        "DJANGO_SETTINGS_MODULE": "samspel.settings",
    }
    call = [sys.executable, *arguments]
    return subprocess.run(
        call, cwd=ROOT, env={**kept, **told, **environment}, capture_output=True, text=True, check=False
    )


def test_django_finds_nothing_to_warn_of_before_a_hub_is_deployed(tmp_path):
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **NEEDED, **TOLD)

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("secret", [{}, {"SECRET_KEY": ""}, {"SECRET_KEY": "short"}])
def test_a_hub_in_production_does_not_start_without_a_secret_of_its_own(tmp_path, secret):
    done = run(tmp_path, "manage.py", "check", **{"ALLOWED_HOSTS": "hub.example.org", **secret})

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
    assert not (tmp_path / "secret_key").exists()


def test_a_page_in_production_has_every_header_that_protects_it(tmp_path):
    done = run(tmp_path, "-c", ASK, **NEEDED)

    assert done.returncode == 0, done.stderr
    answer, plain, settings = json.loads(done.stdout)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert all(word in answer["cookies"] for word in ("Secure", "HttpOnly", "SameSite=Lax"))
    assert (plain["status"], plain["Location"]) == (301, "https://hub.example.org/language/")
    assert settings == [True, True, True, False]
