from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.kit.methods import by_method
from samspel.kit.pages import Pages
from samspel.organisations.access import on, permitted
from samspel.organisations.joining import answers
from samspel.organisations.joining.forms import AnswerForm
from samspel.organisations.models import Membership
from samspel.organisations.permissions import Permission, Refused


@permitted(Permission.ANSWER_REQUESTS)
@require_safe
def request_list(request):
    waiting = Membership.objects.answerable_by(request.actor).select_related("person", "organisation")
    pages = Pages.asked(request.GET.get("page"), waiting.count())
    requests = waiting[pages.start : pages.start + pages.size]
    return render(request, "organisations/request_list.html", {"requests": requests, "pages": pages})


@on(Membership, Permission.ANSWER_REQUESTS)
@require_safe
def request_show(request, membership):
    return _request(request, membership, AnswerForm(membership=membership, actor=request.actor))


@on(Membership, Permission.ANSWER_REQUESTS)
@require_POST
def request_answer(request, membership):
    form = AnswerForm(request.POST, membership=membership, actor=request.actor)
    if not form.is_valid():
        return _request(request, membership, form)
    try:
        if form.cleaned_data["answer"] == AnswerForm.REFUSE:
            answers.refuse(membership, by=request.actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(person)s is refused and gets a mail.") % {"person": membership.person})
        else:
            answers.let_in(membership, by=request.actor, **form.facts)
            messages.success(request, _("%(person)s is let in and gets a mail.") % {"person": membership.person})
    except Refused as refused:
        form.add_error(None, str(refused))
        membership.refresh_from_db()
        return _request(request, membership, form)
    return redirect("request-list")


request_detail = by_method(get=request_show, post=request_answer)


def _request(request, membership, form):
    is_theirs = Membership.objects.answerable_by(request.actor).filter(pk=membership.pk).exists()
    context = {"membership": membership, "form": form, "is_theirs": is_theirs}
    return render(request, "organisations/request_detail.html", context)
