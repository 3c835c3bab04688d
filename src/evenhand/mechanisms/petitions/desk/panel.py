"""The petition's own part of the case page."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.web.components import Row
from evenhand.web.dates import Written, write
from evenhand.web.desk.opened import Opened

from ..models import Document, Petition
from ..states import Channel, Kind


def panel(opened: Opened) -> dict[str, Any]:
    """Text, facts and documents; two queries."""
    petition = Petition.objects.select_related("handler", "about_unit").get(case=opened.case)
    documents = Document.objects.filter(case=opened.case).select_related("author", "approved_by")
    return {
        "text": petition.body,
        "group": list(_group(petition)),
        "facts": [Row(key=key, value=value) for key, value in _facts(opened, petition) if value],
        "documents": list(documents.order_by("saved_at", "id")),
    }


def _group(petition: Petition) -> Iterator[Row]:
    if petition.group_size:
        yield Row(key=_("People in the group"), value=str(petition.group_size))
    if petition.representatives:
        yield Row(key=_("Represented by"), value="\n".join(petition.representatives))


def _facts(opened: Opened, petition: Petition) -> Iterator[tuple[str, str]]:
    case = opened.case
    yield _("Kind"), capfirst(str(Kind(petition.kind).label))
    yield _("Came by"), capfirst(str(Channel(petition.channel).label))
    yield _("Received at"), write(case.received_at, Written.MOMENT)
    yield _("Recorded at"), write(case.recorded_at, Written.MOMENT) if _gap(opened) else ""
    yield _("Received by"), str(case.receiving_unit)
    yield _("Answers for it"), str(case.accountable)
    yield _("Handled by"), str(petition.handler or "")
    yield _("About an act of"), str(petition.about_unit or "")
    yield _("Day of the act"), write(petition.act_on, Written.SHORT)
    yield _("Extended because"), petition.extension_reason
    yield _("Withdrawal asked"), write(petition.withdrawal_asked_at, Written.MOMENT)


def _gap(opened: Opened) -> bool:
    """Terms run from the first; that the second was later shows."""
    return opened.case.recorded_at != opened.case.received_at
