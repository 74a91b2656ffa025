"""What a public hub has to tell: how it uses personal data, its cookies, and how accessible it is."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspel.kit.access import public
from samspel.kit.personal_data import Document, declared, elsewhere
from samspel.kit.statements import laws
from samspel.kit.statements.authorities import ACCESSIBILITY, PRIVACY, of_the_hub
from samspel.kit.statements.cookies import cookies
from samspel.kit.statements.owner import stated


@public
@require_safe
def accessibility(request):
    context = _context(authorities=of_the_hub(ACCESSIBILITY), laws=laws.ACCESSIBILITY)
    return render(request, "kit/accessibility.html", context)


@public
@require_safe
def privacy(request):
    context = _context(
        kinds=[
            {"label": model._meta.verbose_name_plural, "said": said, "is_record": said.document == Document.RECORD}
            for model, said in declared().items()
            if said and said.fields
        ],
        elsewhere=elsewhere,
        authorities=of_the_hub(PRIVACY),
    )
    return render(request, "kit/privacy.html", context)


@public
@require_safe
def cookie_list(request):
    return render(request, "kit/cookies.html", _context(cookies=cookies(), laws=laws.COOKIES))


def _context(**more):
    return {"owner": stated(), "is_development": settings.DEVELOPMENT, **more}
