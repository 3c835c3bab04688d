"""The addresses of the tests."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from evenhand.web.forms import DatePartsField, LongTextField
from evenhand.web.views import KeepsTyped

handler400 = "evenhand.web.views.bad_request"
handler403 = "evenhand.web.views.permission_denied"
handler404 = "evenhand.web.views.page_not_found"
handler500 = "evenhand.web.views.server_error"


class MatterForm(forms.Form):
    title = forms.CharField(label="What is it about?", help_text="A few words.")
    body = LongTextField(label="What happened?", max_length=50)
    when = DatePartsField(label="When?")


PAGE = """
{% extends "layouts/public.html" %}
{% block title %}Bring a matter{% endblock %}
{% block content %}<form id="main-form" method="post">{{ form }}</form>{% endblock %}
"""


class BringView(KeepsTyped):
    form_class = MatterForm
    success_url = "/brought/"

    def get_template_names(self) -> Any:
        return engines["django"].from_string(PAGE)


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Somebody else has this matter; ask the registrar.")


def garble(request: HttpRequest) -> HttpResponse:
    raise BadRequest("not a form")


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", fail, name="account_home"),
    path("account/sign-out/", fail, name="account_logout"),
    path("", fail, name="first"),
    path("bring/", BringView.as_view(), name="bring"),
    path("bring/follow/", BringView.as_view(), name="follow"),
    path("refuse/", refuse, name="refuse"),
    path("garble/", garble, name="garble"),
    path("fail/", fail, name="fail"),
]
