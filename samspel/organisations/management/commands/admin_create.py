import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.organisations.signin import first_account

_LONGEST = 1000


class Command(Base):
    help = "Make the first account of the programme, which lets others in."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="E-MAIL", help="the person's address, by which to sign in")
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument("--organisation", default="", help="the programme's organisation; made where there is none")
        parser.add_argument("--country", default="SE", help="its country, two letters (default: SE)")
        parser.add_argument(
            "--password-file",
            metavar="FILE",
            help="a file with the password on its first line, - for standard input (default: a link to set one)",
        )

    def handle(self, *, email, name, organisation, country, password_file, json, **options):
        password = None if password_file is None else _password(password_file)
        # On a new hub this is the first thing that is done.
        settings.HOME.path.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        asked = {"name": name, "organisation": organisation, "country": country.upper(), "password": password}
        try:
            facts = first_account.create_administrator(email=email, **asked)
        except first_account.Refused as refused:
            raise CommandError(str(refused)) from refused
        link = None if facts["password"] else first_account.one_time_link(email)
        self.report({**facts, "link": link}, as_json=json, text=_text(facts, link))


def _password(file):
    try:
        text = sys.stdin.readline(_LONGEST + 2) if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The password cannot be read from {file}.", returncode=2) from error
    password = text.partition("\n")[0].rstrip("\r")
    if not 0 < len(password) <= _LONGEST:
        raise CommandError(f"There is no password on the first line of {file}.", returncode=2)
    return password


def _text(facts, link):
    made = "is made" if facts["new"] else "was there"
    lines = [f"The account {facts['email']} {made} and administers {facts['organisation']}."]
    if link:
        lines += ["Set a password with this link. It works once, for 24 hours; the same command gives a new one.", link]
    else:
        lines.append("It has a password.")
    return "\n".join(lines)
