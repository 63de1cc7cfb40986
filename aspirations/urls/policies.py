"""/<system>/settings/judgments/: the rules that a system is judged by."""

from django.urls import path

from aspirations.views import policies

urlpatterns = [path("settings/judgments/", policies.policy, name="policy")]
