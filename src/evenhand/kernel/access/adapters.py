"""Where django-allauth asks what the house wants: sign-in and the second factor."""

import base64
import hashlib
from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from evenhand.base.clock import now

from . import attempts, tasks
from .gate import SIGNED_IN_AT
from .models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the body alone; whoever cannot sign in is told one thing only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both and try again."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link has been used, has expired or is incomplete."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: no second way of asking, with answers of its own."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """To whoever knows its password, too, a closed account is no account."""
        account = super().authenticate(request, **credentials)
        return account if account and account.is_active else None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Django gives the session a new key here."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = now().isoformat()

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        assert isinstance(user, Account)
        response = super().post_login(request, user, **kwargs)
        attempts.remember_browser(response, user.email)
        if user.language:
            speak(response, user.language)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Of what was changed at the account, its person is told by mail."""
        notice = template_prefix.rpartition("/")[2]
        tasks.send_notice.defer(account_id=str(user.pk), notice=notice, at=now().isoformat())


def speak(response: HttpResponseBase, language: str) -> None:
    """From the next page on, in this language, until another is chosen."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of authenticator apps lie encrypted in the database, and name the body in the app."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it has been used. Wait for the next one.")
    }

    def get_totp_issuer(self) -> str:
        names = settings.EVENHAND_BODY_NAME
        return names.get(get_language() or "en", names["en"])

    def build_totp_svg(self, url: str) -> str:
        """A picture on white ground, without inline style, so that any reader can scan it."""
        code: Any = QRCode(image_factory=SvgPathFillImage)
        code.add_data(url)
        drawn = BytesIO()
        code.make_image().save(drawn)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        box = SecretBox(_key(settings.SECRET_KEY))
        return base64.b64encode(box.encrypt(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was encrypted under one of ``SECRET_KEY_FALLBACKS``."""
        sealed = base64.b64decode(encrypted_text)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return SecretBox(_key(secret)).decrypt(sealed).decode()
            except CryptoError:
                continue
        raise CryptoError("encrypted under a secret key that is no longer known")


def _key(secret: str | bytes) -> bytes:
    return hashlib.blake2b(force_bytes(secret), digest_size=32, person=b"evenhand.mfa").digest()
