"""The forms of sign-in: django-allauth's, in the words of the house."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from evenhand.base.clock import now

from . import attempts, tasks, throttle
from .throttle import Limit

_EMAIL = _("E-mail address")
_PASSWORD = _("Password")
_NEW_PASSWORD = _("New password")
_NEW_PASSWORD_AGAIN = _("New password, once more")
_NEW_PASSWORD_HELP = _(
    "At least 12 characters. Three or four words that have nothing to do with each other are"
    " good. Do not use one that you use elsewhere."
)
#: Longer than a code from an app is accepted, neighbours included.
_ONCE = Limit(1, timedelta(minutes=3))


def _say(form: forms.Form, name: str, label: Any, help_text: Any = "") -> None:
    """Name a field; nothing stands in it that vanishes when one begins to type."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _EMAIL)
        _say(self, "password", _PASSWORD)


class PasswordAgainForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _PASSWORD)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Present password"))
        _say(self, "password1", _NEW_PASSWORD, _NEW_PASSWORD_HELP)
        _say(self, "password2", _NEW_PASSWORD_AGAIN)


class SetPasswordForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", _NEW_PASSWORD, _NEW_PASSWORD_HELP)
        _say(self, "password2", _NEW_PASSWORD_AGAIN)


class AskForLinkForm(forms.Form):
    """Asks for a link by mail; never learns whether there is such an account."""

    email = forms.EmailField(label=_EMAIL, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        del request, kwargs  # django-allauth hands them to every form of this page
        email: str = self.cleaned_data["email"]
        tasks.send_password_link.defer(email=email, language=get_language() or "")
        return email


class _CountedCodeForm(code_forms.BaseAuthenticateForm):
    """A code is counted before it is looked at, and none is good twice.

    django-allauth remembers codes that were used in a cache, which each process has its own of.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Code"), _("Six digits from your app, or a recovery code."))
        _expect_digits(self)

    def clean_code(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        code = self.cleaned_data["code"] = re.sub(r"[\W_]", "", typed)
        at = now()
        counted = attempts.buckets(attempts.CODE, "code", context.request, self.user.email)
        wait = throttle.admit(counted, at)
        if wait is not None:
            raise ValidationError(attempts.wait_in_words(wait), code="throttled")
        super().clean_code()
        used = throttle.bucket(_ONCE, "code used", str(self.user.pk), code)
        if throttle.admit([used], at) is not None:
            raise get_adapter().validation_error("incorrect_code")
        throttle.give_back(counted, at)
        return code


class CodeForm(_CountedCodeForm, code_forms.AuthenticateForm):
    """At sign-in, after the password."""


class CodeAgainForm(_CountedCodeForm, code_forms.ReauthenticateForm):
    """Before something at the account is changed."""


class FirstCodeForm(totp_forms.ActivateTOTPForm):
    """Shows that the app has the key; the code is of no use to anybody yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Code from the app"), _("Six digits, new every half minute."))
        _expect_digits(self)

    @property
    def key_in_groups(self) -> str:
        """The key as it is typed into an app, four characters and a space."""
        return " ".join(re.findall(".{1,4}", self.secret))


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of your pages and mail"),
        choices=[
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
    )


def _expect_digits(form: forms.Form) -> None:
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10"}
