"""Every address. A system's pages start with its slug, so the fixed ones come first."""

from allauth.account import views as account
from django.urls import include, path, re_path

from delivery import health, views
from people import urls as people

# Of allauth's pages only those that this door needs: nobody changes an address or signs up here.
ACCOUNTS = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    # TRAP: allauth reverses these names by itself; each says that it is closed or goes to sign in.
    path("signup/", account.signup, name="account_signup"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("theme/", views.theme, name="theme"),
    path("how-judgments-are-made/", views.rules, name="rules"),
    path("accounts/", include(ACCOUNTS)),
    *people.fixed,
    path("api/v1/", include("delivery.api")),
    path("<slug:system>/", views.dashboard, name="dashboard"),
    path("<slug:system>/metrics/", include("aspirations.urls")),
    path("<slug:system>/", include(people.system)),
]
handler404 = "delivery.views.not_found"
handler403 = "delivery.views.not_allowed"
