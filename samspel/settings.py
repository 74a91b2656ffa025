"""Settings of the hub. Every environment variable is described in docs/settings.md; a test compares the two."""

import logging
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samspel.home import Home

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
    "csp",
    "django_htmx",
    "template_partials",
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
    "django.contrib.messages.middleware.MessageMiddleware",
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

AUTH_USER_MODEL = "organisations.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

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
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
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

# Whose procurements the indicators count where nobody says which (ISO 3166).
HOME_COUNTRIES = env.list("HOME_COUNTRIES", default=["NO", "SE"])
if not all(len(code) == 2 and code.isascii() and code.isupper() for code in HOME_COUNTRIES):
    raise ImproperlyConfigured("HOME_COUNTRIES takes ISO 3166 codes with commas between, such as NO,SE")

# Fetching notices. A source that changes its address or its limits needs no new release of the hub.
DOFFIN_KEY = env.str("DOFFIN_KEY", default="")
DOFFIN_URL = env.str("DOFFIN_URL", default="https://api.doffin.no/public/v2")
DOFFIN_LIMITS = env.dict("DOFFIN_LIMITS", default={})
TED_URL = env.str("TED_URL", default="https://api.ted.europa.eu")
TED_PACKAGES_URL = env.str("TED_PACKAGES_URL", default="https://ted.europa.eu")
TED_LIMITS = env.dict("TED_LIMITS", default={})

# An address such as spark://host:7077 lets indicators run on Spark; empty: DuckDB on this machine.
SPARK_MASTER = env.str("SAMSPEL_SPARK_MASTER", default="")
