"""The pages for what went wrong, and forms that keep what was typed when the language changes."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.views.generic import FormView

if TYPE_CHECKING:
    _FormView = FormView[BaseForm]
else:
    _FormView = FormView  # generic for the type checker alone

AnyForm = TypeVar("AnyForm", bound=BaseForm)
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)

FORM_ID = "main-form"
"""The id of the form whose fields the language switch carries along."""

_NEVER_SHOWN = ("csrf", "password", "secret", "receipt", "words", "digits", "code", "token")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What arrived could not be read; `handler400`."""
    return render(request, "errors/400.html", status=HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not for this person; the reason is the text of the `PermissionDenied`; `handler403`."""
    reason = str(exception)
    return render(request, "errors/403.html", {"reason": reason}, status=HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page; never says whether there was one; `handler404`."""
    return render(request, "errors/404.html", status=HTTPStatus.NOT_FOUND)


def server_error(_request: HttpRequest) -> HttpResponse:
    """A fault of ours, told without database, session or context processors; `handler500`."""
    page = render_to_string("errors/500.html", {"stylesheet": _stylesheet()})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: shows what was typed; `CSRF_FAILURE_VIEW`."""
    context = {"typed": _typed(request), "back": request.get_full_path()}
    return render(request, "errors/403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def _stylesheet() -> str:
    try:
        return static("build/evenhand.css")
    except ValueError:  # the manifest of the static files is missing
        return ""


def _typed(request: HttpRequest) -> list[str]:
    """Texts of the form, without what must not stand on a screen."""
    shown = (name for name in request.POST if not any(w in name.lower() for w in _NEVER_SHOWN))
    values = (value for name in shown for value in request.POST.getlist(name))
    return [value for value in values if value.strip()]


class KeepsTyped(_FormView):
    """A form view on which the language can be changed without losing what was typed.

    The page's form has `id="main-form"`. The switch posts the fields to this view, which only
    shows them again: nothing is checked and nothing is done.
    Chosen files must be chosen again, as no browser lets a page keep them.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = switched_language(request)
        if language is None:
            return super().post(request, *args, **kwargs)
        translation.activate(language)
        context = self.get_context_data(form=unchecked(self.get_form()))
        return remember_language(self.render_to_response(context), language)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(keeps_typed=FORM_ID, **kwargs)


def switched_language(request: HttpRequest) -> str | None:
    """The language that the reader just chose on a page with a half-filled form, if any."""
    language = request.POST.get("switch_language")
    return language if language in dict(settings.LANGUAGES) else None


def unchecked(form: AnyForm) -> AnyForm:
    """The bound form with what was typed and without judging it."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # Django has no public way
    return form


def remember_language(response: AnyResponse, language: str) -> AnyResponse:
    """Keep the choice as Django's own language switch does."""
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
    return response
