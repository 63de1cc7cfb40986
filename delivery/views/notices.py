"""What waits for the person who reads, and what they want to be told of."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from delivery.notices.choosing import ChoiceForm
from delivery.notices.gathering import by_system, notices_of, oldest
from delivery.places import asking_second_factor
from people.models import NoticeChoice
from people.services.notices import choice_of
from people.services.notices import choose_notices as choose


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What waits in all systems one works in."""
    choice = choice_of(request.user)  # type: ignore[arg-type]
    return shown(request, choice, ChoiceForm(choice=choice))


@require_POST
def choose_notices(request: HttpRequest) -> HttpResponse:
    """Keep which kinds one wants, and how often by mail."""
    choice = choice_of(request.user)  # type: ignore[arg-type]
    form = ChoiceForm(request.POST, choice=choice)
    if not form.is_valid():
        return shown(request, choice, form, status=400)
    digest = form.cleaned_data["digest"]
    choose(
        user=request.user, digest=digest, muted=form.muted,  # type: ignore[arg-type]
        today=timezone.now().date(),
    )  # fmt: skip
    messages.success(request, kept(digest))
    return redirect("notices")


def kept(digest: str) -> str:
    return {
        NoticeChoice.Digest.DAILY.value: _("Saved. A mail tells you every working day on which "
                                           "something waits, from the next one on."),
        NoticeChoice.Digest.WEEKLY.value: _("Saved. A mail tells you every Monday on which "
                                            "something waits."),
    }.get(digest, _("Saved. No mail tells you; this page does."))  # fmt: skip


def shown(
    request: HttpRequest, choice: NoticeChoice, form: ChoiceForm, status: int = 200
) -> HttpResponse:
    found = notices_of(request.user, choice.muted)
    context: dict[str, Any] = {
        "groups": by_system(found), "count": len(found), "oldest": oldest(found), "form": form,
        "asking": asking_second_factor(request.user), "muted": len(choice.muted),
    }  # fmt: skip
    return render(request, "delivery/notices.html", context, status=status)
