"""Writing the answer: kept as a draft, handed in for approval when it is whole."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.base import profile
from evenhand.kernel.access.models import Relation
from evenhand.kernel.calendar.terms import Term
from evenhand.kernel.calendar.words import term_in_words
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.organisation.queries import superior
from evenhand.kernel.rules.citations import Citation
from evenhand.kernel.rules.naming import spoken
from evenhand.web.desk.formpage import form_page, refuse
from evenhand.web.desk.opened import Opened
from evenhand.web.desk.steps import after, second_click, take
from evenhand.web.forms import LongTextField

from ..documents import PARTS, figure, save_draft
from ..models import Document, Petition
from ..states import CLOSING, RESULTS, Kind, State

#: The stages in which there is an answer to write.
WRITING = (State.HANDLING, State.STUDYING)


class AnswerForm(forms.Form):
    """The parts of an answer (X22 art. 32). All may be empty in a draft, none when handed in."""

    claim = LongTextField(
        label=gettext_lazy("What was asked for"),
        help_text=gettext_lazy("In the petitioner's own words, shortened where it serves."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    facts = LongTextField(
        label=gettext_lazy("The facts"),
        help_text=gettext_lazy("What was found, by whom and how."),
    )
    result = forms.ChoiceField(label=gettext_lazy("The result"), widget=forms.RadioSelect)
    reasons = LongTextField(
        label=gettext_lazy("The reasons"),
        help_text=gettext_lazy("Why this is the result, and what will be done by when."),
    )
    legal_basis = LongTextField(
        label=gettext_lazy("The legal basis"),
        help_text=gettext_lazy("The instrument and the article, for example: X22 art. 32."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    remedies = LongTextField(
        label=gettext_lazy("What the petitioner can do if they disagree"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kind: str, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        result = self.fields["result"]
        assert isinstance(result, forms.ChoiceField)
        result.choices = [(r.value, r.label) for r in RESULTS[Kind(kind)]]
        for field in self.fields.values():
            field.required = whole
            field.error_messages["required"] = _("Write this part: an answer needs it.")
            if isinstance(field, LongTextField):
                field.max_length = 20_000
        result.error_messages["required"] = _("Choose the result.")


def may_answer(opened: Opened) -> bool:
    """Whether there is an answer to write, and it is for this person to write it."""
    return opened.case.state in WRITING and Relation.HANDLER in opened.relations


def answer_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Raises ``PermissionDenied`` for whoever does not handle the matter."""
    if Relation.HANDLER not in opened.relations:
        raise PermissionDenied(_("Only the person who handles the matter writes the answer."))
    if request.method != "POST" and not may_answer(opened):
        return redirect("desk:case", opened.case.reference)
    petition = Petition.objects.get(case=opened.case)
    draft = Document.objects.filter(case=opened.case, kind__in=CLOSING).first()
    hands_in = request.POST.get("then") != "save"

    def make(*data: Any) -> AnswerForm:
        return AnswerForm(
            *data, kind=petition.kind, whole=hands_in, initial=_initial(opened, petition, draft)
        )

    def done(form: AnswerForm) -> HttpResponse | None:
        try:
            return _hand_in(request, opened, form) if hands_in else _save(request, opened, form)
        except StepRefused as refused:
            if again := second_click(request, opened, _proposal(petition)):
                return again
            refuse(form, refused.reasons)
            return None

    context = {"opened": opened, "case": opened.case, "petition": petition, "draft": draft}
    template = "petitions/desk/answer.html"
    return form_page(request, template=template, make=make, done=done, context=context)


def _save(request: HttpRequest, opened: Opened, form: AnswerForm) -> HttpResponse:
    save_draft(case=opened.case.id, parts=form.cleaned_data, by=opened.by, at=opened.at)
    messages.success(request, _("Your draft is saved."))
    return redirect(request.path)


@transaction.atomic
def _hand_in(request: HttpRequest, opened: Opened, form: AnswerForm) -> HttpResponse:
    """The last words and the step stand or fall together."""
    save_draft(case=opened.case.id, parts=form.cleaned_data, by=opened.by, at=opened.at)
    take(opened, _proposal(Petition.objects.get(case=opened.case)), {})
    return after(request, opened, _("The answer is handed in for approval."))


def _proposal(petition: Petition) -> str:
    """The step that hands in what answers a matter of this kind."""
    return "propose" if petition.kind == Kind.CLAIM else "propose_reply"


def _initial(opened: Opened, petition: Petition, draft: Document | None) -> dict[str, str]:
    """What was saved; what was never written is begun from what is known already."""
    with translation.override(opened.case.language):
        begun = {"claim": petition.body, "remedies": " ".join(_remedies(opened, petition.kind))}
    if draft is None:
        return begun
    return {part: getattr(draft, part) for part in PARTS}


def _remedies(opened: Opened, kind: str) -> Iterator[str]:
    """In the language of the matter: a review one level up, and whom to complain to."""
    language = translation.get_language() or "en"
    house = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
    if kind == Kind.CLAIM:
        window = figure("petitions.review_window")
        yield _(
            "If you do not agree, you may ask %(unit)s for a review within %(term)s of the day "
            "on which this is delivered to you (%(basis)s)."
        ) % {
            "unit": superior(opened.case.unit_id) or _("the authority one level up"),
            "term": term_in_words(Term.parse(window.value)),
            "basis": spoken(Citation.parse(window.citation), language),
        }
    else:
        yield _("You may add to your suggestion, or bring it again with new reasons.")
    complaints = house.complaints.get(language) or house.complaints["en"]
    yield _("Complaints about how the matter was handled: %s.") % complaints
