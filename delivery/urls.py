"""Every address. A system's pages start with its slug, so the fixed ones come first."""

from django.urls import include, path

from delivery import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("theme/", views.theme, name="theme"),
    path("how-judgments-are-made/", views.rules, name="rules"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("delivery.api")),
    path("<slug:system>/", views.dashboard, name="dashboard"),
    path("<slug:system>/metrics/", include("aspirations.urls")),
]
handler404 = "delivery.views.not_found"
handler403 = "delivery.views.not_allowed"
