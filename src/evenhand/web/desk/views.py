"""The desk's pages that are alike for every mechanism. Each fetches and authorises in one go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evenhand.base.clock import now
from evenhand.kernel.access.middleware import actor_of
from evenhand.kernel.organisation.powers import AUDIT

from . import writing
from .audit import readings
from .casepage import case_context
from .opened import open_case
from .queue import QueueForm, queue
from .standing import desk_page, only_for
from .steps import step_page
from .work import my_work


@require_safe
@never_cache
@desk_page
def work(request: HttpRequest) -> HttpResponse:
    at = now()
    mine = my_work(actor_of(request), at, page=request.GET.get("page"))
    return render(request, "desk/work.html", {"work": mine, "page": mine.page, "now": at})


@require_safe
@never_cache
@desk_page
def cases(request: HttpRequest) -> HttpResponse:
    at = now()
    form = QueueForm(request.GET)
    page, rows = queue(form, at, page=request.GET.get("page"))
    context = {"filters": form, "page": page, "rows": rows, "now": at}
    return render(request, "desk/cases.html", context)


@require_safe
@never_cache
@desk_page
def case(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "desk/case.html", case_context(open_case(request, reference)))


@never_cache
@desk_page
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A step of the case's flow, or one of the pages that its mechanism adds."""
    opened = open_case(request, reference)
    page = opened.desk.pages.get(name)
    return page.view(request, opened) if page else step_page(request, opened, name)


@never_cache
@desk_page
def write(request: HttpRequest, reference: str) -> HttpResponse:
    return writing.write_page(request, open_case(request, reference))


@require_safe
@never_cache
@only_for(AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """What the reader has opened, or with ``?who=everybody`` what everybody has."""
    everybody = request.GET.get("who") == "everybody"
    reader = None if everybody else actor_of(request)
    page, rows = readings(reader, page=request.GET.get("page"))
    context = {"page": page, "rows": rows, "everybody": everybody}
    return render(request, "desk/audit.html", context)
