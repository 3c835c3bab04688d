"""Files leave the house by one door, as downloads that no browser opens in our name."""

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from evenhand.base.clock import now
from evenhand.kernel.access.middleware import actor_of

from .actions import open_file
from .models import File

_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Download(FileResponse):
    """A file in blocks of 64 KiB."""

    block_size = 64 * 1024


@require_safe
def download(request: HttpRequest, file_id: uuid.UUID) -> Download:
    """Give a file to whoever may read it; to anybody else there is no such file.

    The row is fetched in the request's transaction, the bytes flow after it.
    """
    try:
        opened = open_file(file=file_id, by=actor_of(request), at=now())
    except File.DoesNotExist:
        raise Http404 from None
    return Download(
        opened.content,
        as_attachment=True,
        filename=opened.file.name,
        content_type=opened.file.media_type,
        headers=_HEADERS,
    )
