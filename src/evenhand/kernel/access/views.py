"""A person's own account, and the picture of an authenticator app's key."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.base.clock import now
from evenhand.kernel.organisation.models import Tenure
from evenhand.kernel.organisation.queries import day_of

from . import accounts
from .adapters import speak
from .forms import LanguageForm
from .models import Account


@login_required
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """What is held on the account, and what its person can change about it."""
    account = request.user
    assert isinstance(account, Account)
    spoken = account.language or translation.get_language()
    form = LanguageForm(request.POST or None, initial={"language": spoken})
    if form.is_valid():
        return _change_language(request, account, form.cleaned_data["language"])
    day = day_of(now())
    tenures = Tenure.objects.filter(person=account.person_id, during__contains=day)
    context = {
        "account": account,
        "form": form,
        "tenures": tenures.select_related("post__unit").order_by("during"),
        "second_factor": is_mfa_enabled(account),
    }
    return render(request, "account/home.html", context)


def _change_language(request: HttpRequest, account: Account, language: str) -> HttpResponse:
    accounts.change_language(account=account, language=language, by=account.person_id, at=now())
    with translation.override(language):
        messages.success(request, _("Your pages and mail are in this language from now on."))
    response = redirect("account_home")
    speak(response, language)
    return response


@login_required
@require_GET
def qr_code(request: HttpRequest) -> HttpResponse:
    """The key that is being set up in this session, for an app to scan.

    A file of its own, since the pages allow no picture within their text.
    """
    account, key = request.user, request.session.get(SECRET_SESSION_KEY)
    assert isinstance(account, Account)
    if key is None:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(account, key))
    return HttpResponse(picture, content_type="image/svg+xml")
