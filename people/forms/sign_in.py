"""Forms of the ways to sign in, where allauth's are not ours: words, and what is made up."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 100
# What reading an answer that no browser gave may end in, beside what allauth foresees.
MADE_UP = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class Refuses:
    """An answer that cannot be read is refused as one that does not fit; it is no fault of ours."""

    def _clean_fields(self) -> None:
        try:
            super()._clean_fields()  # type: ignore[misc]
        except MADE_UP:
            self.refuse()

    def _clean_form(self) -> None:
        try:
            super()._clean_form()  # type: ignore[misc]
        except MADE_UP:
            self.refuse()

    def refuse(self) -> None:
        self.add_error("credential", get_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]


class AddPasskey(Refuses, webauthn.AddWebAuthnForm):
    """A passkey, meant to sign in with alone unless the person says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("To tell it from others, such as “Work laptop”.")
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this passkey alone, without a password")
        alone.help_text = _("It then asks for your fingerprint, face or PIN.")
        alone.initial = True

    def clean_name(self) -> str:
        return str(super().clean_name())[:LONGEST]


class RenamePasskey(webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=LONGEST)


class SignInByPasskey(Refuses, webauthn.LoginWebAuthnForm):
    pass


class GivePasskey(Refuses, webauthn.AuthenticateWebAuthnForm):
    pass


class GivePasskeyAgain(Refuses, webauthn.ReauthenticateWebAuthnForm):
    pass
