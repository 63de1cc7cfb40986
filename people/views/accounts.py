"""Accounts, for administrators: who there is, and what may be done about an account."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people.account_acts import ACTS, Act, acts_for
from people.forms.installation import ReasonForm, SearchForm
from people.gate import administrators_only
from people.models import Membership, Token, User
from people.versions import filled

PEOPLE_A_PAGE = 50


@require_safe
def installation_people(request: HttpRequest) -> HttpResponse:
    """Accounts by e-mail address; `?q=` narrows them by name or address."""
    administrators_only(request)
    form = SearchForm(request.GET)
    words = form.words()
    found = User.objects.visible_to(request.user).with_standing().order_by("email")
    if words:
        found = found.filter(Q(email__icontains=words) | Q(name__icontains=words))
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    query = f"{urlencode({'q': words})}&" if words else ""
    context = {"page": page, "form": form, "words": words, "query": query}
    return render(request, "people/installation_people.html", context)


@require_safe
def installation_person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles and tokens, and what may be done about it."""
    administrators_only(request)
    person = get_object_or_404(accounts(request), pk=pk)
    is_oneself = person.pk == request.user.pk
    roles = Membership.objects.visible_to(request.user).filter(user=person)
    tokens = Token.objects.visible_to(request.user, "token.read").filter(user=person)
    context = {
        "person": person, "is_oneself": is_oneself,
        "acts": [] if is_oneself else acts_for(person),
        "roles": roles.select_related("system").order_by("system__name", "role"),
        "tokens": tokens.with_makers().select_related("system"),
    }  # fmt: skip
    return render(request, "people/installation_person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_account(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one of the acts to an account, with a reason."""
    administrators_only(request)
    person = get_object_or_404(accounts(request), pk=pk)
    if act not in ACTS:
        raise Http404
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid() and done(ACTS[act], form, request, person):
        return redirect("installation_person", person.pk)
    words = {"title": ACTS[act].title % person, "act": ACTS[act], "person": person}
    status = 400 if request.method == "POST" else 200
    return render(request, "people/installation_act.html", words | {"form": form}, status=status)


def done(act: Act, form: ReasonForm, request: HttpRequest, person: User) -> bool:
    """Whether it was done; else the form says why not."""
    reason = form.cleaned_data["reason"]
    try:
        act.do(user=person, reason=reason, actor=request.user, door="page")
    except ValidationError as problem:
        form.add_error("reason" if getattr(problem, "code", "") == "reason" else None, problem)
        return False
    messages.success(request, act.done % person)
    return True


def accounts(request: HttpRequest) -> QuerySet[User]:
    return User.objects.visible_to(request.user).with_standing()
