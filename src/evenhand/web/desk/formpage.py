"""A page with one form, which loses nothing that was typed: not on an error, not on a change of
language."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from evenhand.web.views import FORM_ID, remember_language, switched_language, unchecked

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def form_page(
    request: HttpRequest,
    *,
    template: str,
    make: Callable[..., AnyForm],
    done: Callable[[AnyForm], HttpResponse | None],
    context: Mapping[str, Any],
) -> HttpResponse:
    """Show the form, or check it and let ``done`` act; ``done`` may add errors and return None.

    ``make`` is called with the posted data and files, or with nothing.
    """

    def show(form: AnyForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        return render(
            request, template, {**context, "form": form, "keeps_typed": FORM_ID}, status=status
        )

    if request.method != "POST":
        return show(make())
    if language := switched_language(request):
        translation.activate(language)
        form = unchecked(make(request.POST, request.FILES))
        return remember_language(show(form), language)
    form = make(request.POST, request.FILES)
    if form.is_valid() and (response := done(form)):
        return response
    return show(form, HTTPStatus.UNPROCESSABLE_ENTITY)


def refuse(form: forms.Form, sentences: Iterable[Any]) -> None:
    """Put the sentences of a refusal into the error summary."""
    for sentence in sentences:
        form.add_error(None, str(sentence))
