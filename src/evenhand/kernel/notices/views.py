"""The inbox of staff on the web."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from evenhand.base.clock import now
from evenhand.kernel.access.middleware import actor_of

from .actions import mark_read
from .models import Notice

PER_PAGE = 25


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What the reader was told, the latest first; nobody else's."""
    notices = Notice.objects.inbox_of(actor_of(request))
    context = {
        "page": Paginator(notices, PER_PAGE).get_page(request.GET.get("page")),
        "unread": notices.unread().count(),
    }
    return render(request, "notices/inbox.html", context)


@login_required
@require_POST
def read(request: HttpRequest, notice_id: uuid.UUID | None = None) -> HttpResponse:
    """Mark one notice as read, or all; back to the page that it was done on."""
    mark_read(recipient=actor_of(request), notice=notice_id, at=now())
    page = request.POST.get("page", "1")
    return redirect(reverse("notices:inbox", query={"page": page}))
