import os

import pytest

from tests.commands.run import samspel

PRODUCTION = {"SAMSPEL_DEVELOPMENT": "false", "SECRET_KEY": "0123456789abcdef" * 4, "ALLOWED_HOSTS": "hub.example"}


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"EMAIL_URL": "pigeon://loft"}, "EMAIL_URL takes smtp+tls://USER:PASSWORD@HOST:587"),
        ({"EMAIL_URL": "smtp://hub:geheim@mail.example:x"}, "EMAIL_URL takes smtp+tls://USER:PASSWORD@HOST:587"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL takes smtp+tls://USER:PASSWORD@HOST:587"),
        ({"DEFAULT_FROM_EMAIL": "Samspel"}, "DEFAULT_FROM_EMAIL is “Samspel”"),
        ({"HUB_URL": "hub.example"}, "HUB_URL is “hub.example”"),
        ({**PRODUCTION, "ALLOWED_HOSTS": "*"}, "HUB_URL is “https://*”"),
        ({"HARVEST": "mercell"}, "HARVEST takes sources, with countries or without: ted:NO,SE;doffin"),
        ({"HARVEST": "ted:Norge"}, "HARVEST takes sources, with countries or without: ted:NO,SE;doffin"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence_that_tells_no_secret(tmp_path, setting, says):
    done = samspel("jobs", "list", **{"home": tmp_path, **setting})

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr
    assert "geheim" not in done.stderr


def test_a_mail_server_is_an_address_with_user_password_and_port(tmp_path):
    code = "from django.conf import settings as s; print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_HOST, s.EMAIL_PORT, "
    code += "s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.DEFAULT_FROM_EMAIL)"

    tls = told(tmp_path, code, EMAIL_URL="smtp+tls://hub:p%40ss@mail.example", **PRODUCTION)
    ssl = told(tmp_path, code, EMAIL_URL="smtp+ssl://mail.example:4650", **PRODUCTION)
    plain = told(tmp_path, code, **PRODUCTION)
    printed = told(tmp_path, code, SAMSPEL_DEVELOPMENT="true")

    sender = "Samspel <samspel@hub.example>"
    assert tls == f"smtp mail.example 587 hub p@ss True False {sender}"
    assert ssl == f"smtp mail.example 4650 None None False True {sender}"
    assert plain == f"smtp localhost 25 None None False False {sender}"
    assert printed.startswith("console ")


def told(home, code, **environment):
    import subprocess
    import sys

    names = ("SAMSPEL_DEVELOPMENT", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS")
    plain = {name: value for name, value in os.environ.items() if name not in names}
    here = {"SAMSPEL_HOME": str(home), "SAMSPEL_ENV_FILE": os.devnull, "DJANGO_SETTINGS_MODULE": "samspel.settings"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env={**plain, **here, **environment}, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()
