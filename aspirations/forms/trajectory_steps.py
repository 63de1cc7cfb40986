"""What people fill in on the way of a draft: a leader's word for it, or its end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.forms.trajectories import LONGEST
from aspirations.models import Trajectory
from aspirations.services.versions import stamp
from people.versions import VersionedForm


class AgreeForm(VersionedForm):
    """A leader's word for a draft, as they read it."""

    reason = forms.CharField(
        label=_("Why this path is agreed"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def version_of(self, row: Trajectory) -> int:
        return stamp(row)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is laid aside"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the draft is laid aside.")},
    )  # fmt: skip
