"""What is public: a list to search, one text, and how the figures are counted."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from evenhand.base.text import clean
from evenhand.kernel.disclosure import figures, queries, registry
from evenhand.kernel.disclosure.models import FEWEST_CASES, Published

PER_PAGE = 20
LONGEST_QUERY = 200


class SearchForm(forms.Form):
    """Words that must all stand in the text."""

    words = forms.CharField(
        label=_("Search in what is published"),
        help_text=_("All of the words must appear, in any order."),
        max_length=LONGEST_QUERY,
        required=False,
    )

    def clean_words(self) -> str:
        return clean(self.cleaned_data["words"])


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The latest first; with ``?words=`` what has all of them."""
    form = SearchForm(request.GET)
    typed = form.cleaned_data["words"] if form.is_valid() else ""
    page = Paginator(queries.published(typed), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "published/list.html", {"search": form, "typed": typed, "page": page})


class PublicationView(TemplateView):
    """One text; of what was withdrawn, the day and the reason."""

    template_name = "published/one.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Published.objects.select_related("unit").filter(id=kwargs["publication"]).first()
        if found is None:
            raise Http404
        headings = registry.source(found.key).parts
        parts = [(headings.get(p["part"], ""), p["text"]) for p in found.parts]
        return super().get_context_data(published=found, parts=parts)


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Each figure of the first page, of how many, and how it is counted."""
    rows = [(measure, figure, measure.said(figure)) for measure, figure in figures.latest()]
    context = {"rows": rows, "fewest": FEWEST_CASES}
    return render(request, "published/figures.html", context)
