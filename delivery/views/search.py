"""Finding something by its name, and the keys that lead to pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from delivery.context_processors import KEYS_COOKIE, KEYS_OFF
from delivery.search.asking import LONGEST, Asked
from delivery.search.finding import groups_of
from delivery.search.pages import pages_found
from people.models import System

YEAR = 365 * 24 * 3600


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits the words of the address, of all that opens to who asks."""
    asked = Asked.from_query(request.GET)
    groups = groups_of(request.user, asked)
    pages = pages_found(request.user, asked) if asked.words else None
    groups = [*groups, *([pages] if pages else [])]
    place = System.objects.visible_to(request.user).filter(slug=asked.within or asked.near).first()
    context = {
        "system": place, "asked": asked, "groups": groups, "most": LONGEST, "place": place,
        "count": sum(group.total for group in groups),
    }  # fmt: skip
    return render(request, "delivery/search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys that lead to pages; whoever does not want them switches them off here."""
    if request.method != "POST":
        return render(request, "delivery/shortcuts.html")
    answer = HttpResponseRedirect(reverse("shortcuts"))
    if request.POST.get("keys") == "on":
        answer.delete_cookie(KEYS_COOKIE, samesite="Lax")
    elif request.POST.get("keys") == KEYS_OFF:
        answer.set_cookie(
            KEYS_COOKIE, KEYS_OFF, YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        return render(request, "delivery/shortcuts.html", {"problem": True}, status=400)
    return answer
