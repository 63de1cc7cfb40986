"""What is asked of administrators: a new system, its place in the tree, and a reason."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import RESERVED_SLUGS, System
from people.versions import VersionedForm

LONGEST_SEARCH = 100


class SystemForm(forms.ModelForm):
    """A system that is not there yet. The rest its leader sets on its own pages."""

    year_starts = forms.TypedChoiceField(
        label=gettext_lazy("First month of the year"), choices=MONTHS.items(), coerce=int, initial=1
    )

    class Meta:
        model = System
        fields = ["name", "slug", "kind", "parent", "time_zone", "year_starts"]
        labels = {
            "name": gettext_lazy("Name"),
            "slug": gettext_lazy("Address"),
            "kind": gettext_lazy("What it is"),
            "parent": gettext_lazy("Lies beneath"),
            "time_zone": gettext_lazy("Time zone"),
        }
        help_texts = {
            "slug": gettext_lazy(
                "The first word of its pages’ addresses: small letters, digits and hyphens, such "
                "as “north-region”. It cannot be changed later."
            ),
            "parent": gettext_lazy(
                "Members of the system above, and of those above that, read its dashboard and "
                "metric pages."
            ),
            "time_zone": gettext_lazy(
                "A name such as Europe/London. Its days begin and end there."
            ),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Give the system a name.")},
            "slug": {
                "required": gettext_lazy("Give the system an address, such as “north-region”."),
                "unique": gettext_lazy("Another system has this address. Choose another."),
            },
            "time_zone": {"required": gettext_lazy("Give a time zone, such as Europe/London.")},
        }

    def __init__(self, data: Any = None, *, above: QuerySet[System]) -> None:
        super().__init__(data)
        offer(self.fields["parent"], above)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            words = _("“%s” is an address of Headway’s own. Choose another.")
            raise forms.ValidationError(words % slug)
        if slug != slug.lower():
            words = _("“%(slug)s” has capital letters. Write it small: %(small)s.")
            raise forms.ValidationError(words % {"slug": slug, "small": slug.lower()})
        return slug


class PlaceForm(VersionedForm):
    """Where a system lies in the tree, and why that changes."""

    parent = forms.ModelChoiceField(
        label=gettext_lazy("Lies beneath"), queryset=System.objects.none(), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy(
            "Stands in the trail: who reads this system changes with its place."
        ),
        error_messages={"required": gettext_lazy("Say why the system moves.")},
    )

    def __init__(self, data: Any = None, *, row: System, above: QuerySet[System]) -> None:
        super().__init__(data, row=row)
        self.above = above
        offer(self.fields["parent"], above)

    def options_again(self) -> dict[str, Any]:
        return {"above": self.above}


def offer(field: Any, above: QuerySet[System]) -> None:
    """Let the field accept these systems, or none."""
    field.queryset = above
    field.required = False
    field.empty_label = _("Nothing: it stands at the top")


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("Stands in the trail of the installation."),
        error_messages={"required": gettext_lazy("Say why. The reason stands in the trail.")},
    )


class SearchForm(forms.Form):
    """Words of a name or e-mail address; what cannot be searched for finds everyone."""

    q = forms.CharField(
        label=gettext_lazy("Name or e-mail address"), max_length=LONGEST_SEARCH, required=False
    )

    def words(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""
