"""Settings of the hub. Every environment variable is described in docs/settings.md; a test compares the two."""

import logging
import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samspel.home import Home
from samspel.organisations.signin import forms_named as forms
from samspel.organisations.signin import limits
from samspel.organisations.signin.providers_named import providers

BASE_DIR = Path(__file__).resolve().parent.parent
YES, NO = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}


class _Env(environ.Env):
    """Refuses what is not clearly the one or the other, where environ itself would take any other word for no."""

    def bool(self, var, default):
        said = self.str(var, default=str(default)).strip().lower()
        if said not in YES | NO:
            raise ImproperlyConfigured(f"{var} is “{said}”; it takes true or false")
        return said in YES

    def int(self, var, default):
        said = self.str(var, default=str(default)).strip()
        if not (said.isascii() and said.isdigit()):
            raise ImproperlyConfigured(f"{var} is “{said}”; it takes a whole number")
        return int(said)

    def dict(self, var, default):
        try:
            return super().dict(var, default=default)
        except ValueError as error:
            raise ImproperlyConfigured(f"{var} takes pairs such as per_minute=60;attempts=10") from error


def _home(path):
    """Return the hub's folder where it is there or can be made; it is made when something is first written to it."""
    try:
        nearest = next(folder for folder in (path, *path.parents) if folder.exists())
        can_be_made = nearest.is_dir() and (nearest == path or os.access(nearest, os.W_OK))
    except OSError:
        can_be_made = False
    if not can_be_made:
        raise ImproperlyConfigured(f"SAMSPEL_HOME is {path}, and that folder cannot be made")
    return Home(path)


def _secret():
    if not DEVELOPMENT:
        secret = env.str("SECRET_KEY")
        if len(secret) < 50 or len(set(secret)) < 10:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters, or made of a few of them only")
        return secret
    try:
        return env.str("SECRET_KEY", default="") or HOME.secret_key()
    except OSError as error:
        raise ImproperlyConfigured(f"SAMSPEL_HOME is {HOME.path}, and nothing can be kept there: {error}") from error


def _time_zone():
    name = env.str("TIME_ZONE", default="Europe/Stockholm")
    try:
        ZoneInfo(name)
    except (OSError, LookupError, ValueError) as error:
        message = f"TIME_ZONE is “{name}”, which is no time zone; it takes a name such as Europe/Oslo"
        raise ImproperlyConfigured(message) from error
    return name


def _log_level():
    level = env.str("LOG_LEVEL", default="WARNING")
    if level not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(f"LOG_LEVEL is “{level}”; it takes DEBUG, INFO, WARNING or ERROR")
    return level


def _harvest():
    """Return the sources to harvest every night, each with its countries."""
    said = [one.strip().partition(":") for one in env.str("HARVEST", default="").split(";") if one.strip()]
    found = {name: [code.strip() for code in codes.split(",") if code.strip()] for name, _colon, codes in said}
    countries = [code for codes in found.values() for code in codes]
    if found.keys() - {"ted", "doffin"} or not all(map(_is_country, countries)):
        raise ImproperlyConfigured("HARVEST takes sources, with countries or without: ted:NO,SE;doffin")
    return found


def _is_country(code):
    return len(code) == 2 and code.isascii() and code.isupper()


def _hub_url():
    """Return where the hub is, for links in mails; without a slash at the end."""
    host = next(iter(ALLOWED_HOSTS), "localhost").lstrip(".")
    url = env.str("HUB_URL", default="http://localhost:8000" if DEVELOPMENT else f"https://{host}").rstrip("/")
    if not re.fullmatch(r"https?://[\w.\[\]:-]+", url):
        raise ImproperlyConfigured(f"HUB_URL is “{url}”; it takes an address such as https://hub.example.org")
    return url


def _sender():
    """Return whom mails come from."""
    host = urlsplit(HUB_URL).hostname
    sender = env.str("DEFAULT_FROM_EMAIL", default=f"Samspel <samspel@{host}>")
    if not re.fullmatch(r"[^\s<>@]+@[^\s<>@]+|[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>", sender):
        raise ImproperlyConfigured(f"DEFAULT_FROM_EMAIL is “{sender}”; it takes Samspel <samspel@example.org>")
    return sender


def _mail_server():
    """Return Django's settings for how mails leave the hub."""
    ports = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
    message = "EMAIL_URL takes smtp+tls://USER:PASSWORD@HOST:587 (or smtp, smtp+ssl), or consolemail:// to print mails"
    try:
        scheme = env.str("EMAIL_URL", default="").partition(":")[0]
        server = env.email_url("EMAIL_URL", default="consolemail://" if DEVELOPMENT else "smtp://localhost:25")
    except (ValueError, ImproperlyConfigured):
        # The cause would quote the password.
        raise ImproperlyConfigured(message) from None
    if scheme not in {"", "consolemail", *ports} or (scheme in ports and not server["EMAIL_HOST"]):
        raise ImproperlyConfigured(message)
    return server | {"EMAIL_PORT": server["EMAIL_PORT"] or ports.get(scheme)}


env = _Env()
# What the environment itself says wins over the file.
env.read_env(env.path("SAMSPEL_ENV_FILE", default=str(BASE_DIR / ".env")), overwrite=False)

# A development hub makes its own secret, answers on localhost and may hold a sample. A production hub does none of it.
DEVELOPMENT = env.bool("SAMSPEL_DEVELOPMENT", default=False)
DEBUG = env.bool("DEBUG", default=False)
HOME = _home(Path(env.str("SAMSPEL_HOME", default=str(BASE_DIR / "home"))).absolute())

SECRET_KEY = _secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "samspel.kit",
    "samspel.organisations",
    "samspel.notices",
    "samspel.front",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samspel.organisations.middleware.actor",
    "samspel.organisations.signin.middleware.idle",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspel.kit.middleware.pages",
    "samspel.kit.middleware.Damaged",
]

ROOT_URLCONF = "samspel.urls"
WSGI_APPLICATION = "samspel.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samspel.kit.context.page",
            ],
        },
    },
]

# SQLite is the default and must be right: the write lock is taken when a transaction begins (no upgrade that fails
# half-way), a commit has reached the disk, and readers do not wait for the writer.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{HOME.database}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Mails are sent by jobs, never by a page.
HUB_URL = _hub_url()
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _sender()
vars().update(_mail_server())
EMAIL_TIMEOUT = 20

# Jobs stand in the database and are done by a worker.
TASKS = {"default": {"BACKEND": "samspel.kit.jobs.tasks.Jobs", "QUEUES": ["default", "long"]}}

AUTH_USER_MODEL = "organisations.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in (samspel/organisations/signin). An address is the name; it is confirmed by a code before it opens anything.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-page"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "samspel.organisations.signin.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = forms.ACCOUNT
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# By code: an address that nobody has confirmed is then kept in the session, where it stands in nobody's way.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "samspel.organisations.signin.second_step.SecondStepAdapter"
MFA_FORMS = forms.SECOND_STEP
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "samspel.organisations.signin.oidc.ProviderAdapter"
SOCIALACCOUNT_FORMS = forms.PROVIDER
SOCIALACCOUNT_PROVIDERS = providers(env.str("OIDC_PROVIDERS", default=""), development=DEVELOPMENT)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# How often somebody may try. A town hall shares one network address, so what counts is the account; the limit of a
# network address is set by who runs the hub, and 0 takes it away.
SIGN_IN_PER_ADDRESS = env.int("SIGN_IN_PER_ADDRESS", default=300)
ACCOUNT_RATE_LIMITS, MFA_RATE_LIMITS = limits.account(SIGN_IN_PER_ADDRESS), limits.second_step(SIGN_IN_PER_ADDRESS)
# Counted in the database: every process of the server, and every machine, counts the same tries, none is forgotten when
# one starts again, and two tries at once are two (a file cache cannot add what is not there in one step).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("sv", _("Swedish")), ("nb", _("Bokmål")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = _time_zone()
USE_TZ = True
# Numbers in the language of the page: 8,4 and 1 132 in Swedish and Norwegian.
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# No inline script or style element; style attributes carry only numbers for pictures (--v, --r, --c, --p).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * env.int("SESSION_IDLE_MINUTES", default=720)
if SESSION_COOKIE_AGE == 0:
    raise ImproperlyConfigured("SESSION_IDLE_MINUTES is 0; nobody could sign in")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    # The one proxy adds the visitor's network address at the end of X-Forwarded-For.
    ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": _log_level()},
    # A stranger who asks for another host is answered with 400, and fills no log.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}

# Who answers for the hub, as the public pages have to tell (GDPR art. 13, lag 2018:1937). ``check --deploy`` warns of
# what is missing.
HUB_OWNER = env.str("HUB_OWNER", default="")
HUB_CONTACT = env.str("HUB_CONTACT", default="")
HUB_DATA_PROTECTION_OFFICER = env.str("HUB_DATA_PROTECTION_OFFICER", default="")
HUB_HOSTING = env.str("HUB_HOSTING", default="")
HUB_ACCESSIBILITY_CONTACT = env.str("HUB_ACCESSIBILITY_CONTACT", default="")
HUB_ACCESSIBILITY_ASSESSED = env.str("HUB_ACCESSIBILITY_ASSESSED", default="")
HUB_ACCESSIBILITY_DECLARATION = env.str("HUB_ACCESSIBILITY_DECLARATION", default="")

# Whose procurements the indicators count where nobody says which (ISO 3166).
HOME_COUNTRIES = env.list("HOME_COUNTRIES", default=["NO", "SE"])
if not all(map(_is_country, HOME_COUNTRIES)):
    raise ImproperlyConfigured("HOME_COUNTRIES takes ISO 3166 codes with commas between, such as NO,SE")

# What is fetched every night, by source: the countries (TED), none means all.
HARVEST = _harvest()

# Fetching notices. A source that changes its address or its limits needs no new release of the hub.
DOFFIN_KEY = env.str("DOFFIN_KEY", default="")
DOFFIN_URL = env.str("DOFFIN_URL", default="https://api.doffin.no/public/v2")
DOFFIN_LIMITS = env.dict("DOFFIN_LIMITS", default={})
TED_URL = env.str("TED_URL", default="https://api.ted.europa.eu")
TED_PACKAGES_URL = env.str("TED_PACKAGES_URL", default="https://ted.europa.eu")
TED_LIMITS = env.dict("TED_LIMITS", default={})

# An address such as spark://host:7077 lets indicators run on Spark; empty: DuckDB on this machine.
SPARK_MASTER = env.str("SAMSPEL_SPARK_MASTER", default="")
