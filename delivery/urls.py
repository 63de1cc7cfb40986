"""Every address. A system's pages start with its slug, so the fixed ones come first."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from aspirations import urls as aspirations
from delivery import health
from delivery.views import children, dashboard, front, headlines, maps, notices, search, welcome
from people import urls as people
from people.signing_in.proof import sure_of_who
from people.views import second_factor, sign_in
from reviews import urls as reviews
from routines import urls as routines

# A second factor: codes of an app, passkeys, and codes on paper for when both are lost.
FACTORS = [
    path("", mfa.index, name="mfa_index"),
    path("authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("totp/activate/", sure_of_who(second_factor.activate_totp), name="mfa_activate_totp"),
    path("totp/deactivate/", sure_of_who(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", sure_of_who(second_factor.recovery_codes),
         name="mfa_view_recovery_codes"),
    path("recovery-codes/generate/", sure_of_who(codes.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", sure_of_who(codes.download_recovery_codes),
         name="mfa_download_recovery_codes"),
    path("webauthn/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("webauthn/add/", sure_of_who(second_factor.add_passkey), name="mfa_add_webauthn"),
    path("webauthn/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("webauthn/reauthenticate/", passkeys.reauthenticate_webauthn,
         name="mfa_reauthenticate_webauthn"),
    path("webauthn/keys/<int:pk>/edit/", sure_of_who(passkeys.edit_webauthn),
         name="mfa_edit_webauthn"),
    path("webauthn/keys/<int:pk>/remove/", sure_of_who(passkeys.remove_webauthn),
         name="mfa_remove_webauthn"),
]  # fmt: skip

# Of allauth's pages only those that this door needs: nobody changes an address or signs up here.
ACCOUNTS = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("organisation/", sign_in.organisation, name="organisation_login"),
    path("organisation/callback/", sign_in.organisation_callback, name="organisation_callback"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("session/", sign_in.session_left, name="session_left"),
    path("session/stay/", sign_in.stay, name="account_stay"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", sure_of_who(account.password_set), name="account_set_password"),
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
    path("2fa/", include(FACTORS)),
    # TRAP: allauth reverses these names by itself; each says that it is closed or goes to sign in.
    path("signup/", account.signup, name="account_signup"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"
    ),
]

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("theme/", front.theme, name="theme"),
    path("how-judgments-are-made/", front.rules, name="rules"),
    path("search/", search.search, name="search"),
    path("search/shortcuts/", search.shortcuts, name="shortcuts"),
    path("account/notices/", notices.notices, name="notices"),
    path("account/notices/choose/", notices.choose_notices, name="choose_notices"),
    path("accounts/", include(ACCOUNTS)),
    path("invitations/review/", include(reviews.for_guests)),
    *people.fixed,
    path("api/v1/", include("delivery.api")),
    path("<slug:system>/", dashboard.dashboard, name="dashboard"),
    path("<slug:system>/welcome/", welcome.welcome, name="welcome"),
    path("<slug:system>/headline/", headlines.headline, name="headline"),
    path(
        "<slug:system>/headline/<int:pk>/approve/",
        headlines.approve_headline,
        name="approve_headline",
    ),
    path("<slug:system>/map.csv", maps.map_csv, name="map_csv"),
    path("<slug:system>/children/", children.children, name="children"),
    path("<slug:system>/capacity/", include("reviews.urls")),
    path("<slug:system>/coalitions/", include("coalitions.urls")),
    path("<slug:system>/stocktakes/", include("routines.urls")),
    path("<slug:system>/actions/", include(routines.of_actions)),
    path("<slug:system>/", include(aspirations.system)),
    path("<slug:system>/", include(people.system)),
]
handler404 = "delivery.views.front.not_found"
handler403 = "delivery.views.front.not_allowed"
