"""Addresses of one's own account."""

from django.urls import URLPattern, path

from people.views import account

fixed = [
    path("account/", account.account, name="account"),
    path("account/roles/<int:pk>/leave/", account.leave_system, name="leave_system"),
    path("account/elsewhere/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
]
system: list[URLPattern] = []
