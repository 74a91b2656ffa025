"""The hub's settings for a test run: a development hub in a temporary folder, whatever the environment says.

They stand here, not in conftest.py, because pytest-django reads settings before it reads conftest.py.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="samspel-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
# Also for the commands that a test starts. Each process of a parallel run has its own.
os.environ.update({"SAMSPEL_HOME": _home, "SAMSPEL_DEVELOPMENT": "true"})
for _name in (
    *("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DOFFIN_KEY", "SAMSPEL_SPARK_MASTER"),
    *("HARVEST", "HUB_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"),
    *("HUB_OWNER", "HUB_CONTACT", "HUB_DATA_PROTECTION_OFFICER", "HUB_HOSTING"),
    *("HUB_ACCESSIBILITY_CONTACT", "HUB_ACCESSIBILITY_ASSESSED", "HUB_ACCESSIBILITY_DECLARATION"),
):
    os.environ.pop(_name, None)

from samspel.settings import *  # noqa: E402, F403
from samspel.settings import DATABASES, STORAGES  # noqa: E402

# No collectstatic in tests: an address is the file's own name, and the file is served from where it lies.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = _home
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as in a real hub: the database in memory that Django would make locks in another way.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"{_home}/test.sqlite3"}
