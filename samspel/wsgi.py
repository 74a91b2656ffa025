"""The hub as a WSGI application, for granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.settings")
application = get_wsgi_application()

# After Django is set up.
from samspel.kit import charts  # noqa: E402
from samspel.notices.search import suggestions  # noqa: E402

charts.warm()
suggestions.warm()
