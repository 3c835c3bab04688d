"""How your matter is handled: drawn from the flow itself, with the article behind each step."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from evenhand.base import profile
from evenhand.base.clock import now
from evenhand.kernel.calendar.terms import Term
from evenhand.kernel.calendar.words import term_in_words
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.drawing import Stage, usual_way
from evenhand.kernel.organisation.queries import day_of
from evenhand.kernel.rules import naming
from evenhand.kernel.rules.citations import Citation
from evenhand.kernel.rules.queries import provisions_for
from evenhand.web.components import FlowStep


class HandledView(TemplateView):
    """The usual way of a petition, stage by stage."""

    template_name = "petitions/handled.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        loaded = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
        flow = registry.newest(loaded.flows["petitions"]).flow
        stages = usual_way(flow, loaded)
        return super().get_context_data(steps=drawn(stages, loaded, day_of(now())), **kwargs)


def drawn(stages: tuple[Stage, ...], loaded: profile.Profile, day: date) -> list[FlowStep]:
    """One component for each stage; the texts of all cited articles in one query."""
    cited = {
        s.onward.basis: Citation.parse(loaded.basis(s.onward.basis)) for s in stages if s.onward
    }
    texts = provisions_for(cited.values(), day)
    language = get_language() or "en"
    steps = []
    for stage, before in zip(stages, (None, *stages), strict=False):
        citation = cited[stage.onward.basis] if stage.onward else None
        provision = texts.get(citation) if citation else None
        steps.append(
            FlowStep(
                title=stage.label,
                who=_who(stage),
                text=str(stage.onward.label) if stage.onward else "",
                term=_term(stage, before),
                otherwise=[step.label for step in stage.otherwise],
                basis=naming.spoken(citation, language) if citation else "",
                article=provision.text if provision else "",
            )
        )
    return steps


def _who(stage: Stage) -> str:
    if stage.onward is None:
        return ""
    return _(" or ").join(str(member.value.label) for member in stage.onward.by)


def _term(stage: Stage, before: Stage | None) -> str:
    """A clock that two stages share is one term, not two."""
    if not stage.length or stage.term is None:
        return ""
    if before is not None and before.term is stage.term:
        return _("Within the same time")
    words = term_in_words(Term.parse(stage.length))
    return _("Within %(length)s") % {"length": words}
