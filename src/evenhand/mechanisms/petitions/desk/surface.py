"""What petitions put on the desk, registered when the apps are ready."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.access.models import Relation
from evenhand.web import menu
from evenhand.web.desk import registry
from evenhand.web.desk.registry import Aside, CaseDesk, WorkPage
from evenhand.web.desk.standing import may
from evenhand.web.menu import MenuItem, Surface

from ..flow import FLOW
from ..models import Petition
from ..queries import REGISTERS
from ..states import Kind
from .answering import answer_page, may_answer
from .forms import FORMS
from .panel import panel
from .reissuing import may_reissue, reissue_page
from .words import DONE, ONWARD, STAGES


def _to_be_asked_again(at: datetime) -> QuerySet[Any, Any]:
    """Open matters whose petitioner asked to withdraw, and has had the time to think it over."""
    return Petition.objects.filter(withdrawal_from__lt=at, case__closed_at=None)


def _of_kind(kind: str) -> Q:
    return Q(petition__kind=kind)


DESK = CaseDesk(
    mechanism=FLOW.mechanism,
    flows=(FLOW.key,),
    stages=STAGES,
    done=DONE,
    onward=ONWARD,
    panel=panel,
    panel_template="petitions/desk/panel.html",
    forms=FORMS,
    pages={
        "answer": WorkPage(label=_("Write the answer"), view=answer_page, offered=may_answer),
        "receipt": WorkPage(
            label=_("Replace a lost receipt"), view=reissue_page, offered=may_reissue
        ),
    },
    asides=(
        Aside(
            relation=Relation.RECEIVING,
            matters=_to_be_asked_again,
            note=_("asked to withdraw; ask them once more"),
            label=_("Ask once more"),
            page="confirm_withdrawal",
        ),
    ),
    kinds=dict(Kind.choices),
    of_kind=_of_kind,
)


def register() -> None:
    """Once the models are ready."""
    registry.register(DESK)
    menu.register(
        MenuItem(
            surface=Surface.DESK,
            key="petitions.record",
            label=_("Record"),
            url_name="petitions_desk:record",
            order=30,
            visible=may(REGISTERS),
        ),
        MenuItem(
            surface=Surface.DESK,
            key="petitions.find",
            label=_("Find"),
            url_name="petitions_desk:find",
            order=40,
            visible=may(REGISTERS),
        ),
    )
