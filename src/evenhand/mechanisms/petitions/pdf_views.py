"""Downloads of issued documents: for who brought the matter, and for the staff who see it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.generic import View

from evenhand.web.desk.opened import open_case
from evenhand.web.desk.standing import desk_page

from .models import Document
from .pdf import file_name, pdf
from .public.follow import MatterPage

_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class DocumentPdfView(MatterPage, View):
    """One document of the matter that the receipt opened."""

    def get(self, request: HttpRequest, document: uuid.UUID) -> HttpResponse:
        return _download(_issued(document, case_id=self.case.id))


@require_safe
@desk_page
def document_pdf_desk(request: HttpRequest, document: uuid.UUID) -> HttpResponse:
    """For staff who see the matter; that they opened it is noted as on the case page."""
    found = _issued(document)
    open_case(request, found.case.reference)
    return _download(found)


def _issued(document: uuid.UUID, **narrowed: uuid.UUID) -> Document:
    """Raises ``Http404`` alike for what is a draft, for others, or not there."""
    issued = Document.objects.filter(id=document, issued_at__isnull=False, **narrowed)
    found = issued.select_related("case__unit").first()
    if found is None:
        raise Http404
    return found


def _download(document: Document) -> HttpResponse:
    name = content_disposition_header(as_attachment=True, filename=file_name(document))
    headers = _HEADERS | {"Content-Disposition": name or "attachment"}
    return HttpResponse(pdf(document), content_type="application/pdf", headers=headers)
