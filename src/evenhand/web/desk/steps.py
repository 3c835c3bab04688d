"""The page of one step: its form, what speaks against it, and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from evenhand.kernel.cases import actions
from evenhand.kernel.cases.flows import Step
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.cases.registry import code_of
from evenhand.web.dates import Written, write

from .casepage import basis_of_step, is_for_staff, reasons_against
from .formpage import form_page, refuse
from .forms import StepForm, seen_of
from .opened import Opened
from .timeline import last_step, names_in, sentence


@dataclass(frozen=True)
class StepPage:
    """One step before one person."""

    request: HttpRequest
    opened: Opened
    step: Step

    def respond(self) -> HttpResponse:
        """Show the form, or why there is none; take the step when it is posted."""
        if self.request.method != "POST" and (reasons := self._reasons()):
            return render(self.request, "desk/step_refused.html", self._context(reasons=reasons))
        return form_page(
            self.request,
            template="desk/step.html",
            make=self._form,
            done=self._take,
            context=self._context(),
        )

    def _reasons(self) -> tuple[str, ...]:
        return reasons_against(self.opened, self.step)

    def _form(self, *data: Any) -> StepForm:
        kind = self.opened.desk.form_of(self.step.name)
        return kind(*data, context=self.opened.step_context)

    def _context(self, **more: Any) -> dict[str, Any]:
        return {
            "opened": self.opened,
            "case": self.opened.case,
            "step": self.step,
            "basis": basis_of_step(self.opened, self.step),
            **more,
        }

    def _take(self, form: StepForm) -> HttpResponse | None:
        """One call of the engine. Whoever saw another stage than the present one is told."""
        if form.cleaned_data["seen"] != seen_of(self.opened.case):
            return self._moved(form)
        try:
            take(self.opened, self.step.name, form.facts)
        except StepRefused as refused:
            return self._moved(form, refused)
        return after(self.request, self.opened, _("Done: %s.") % self.step.label)

    def _moved(self, form: StepForm, refused: StepRefused | None = None) -> HttpResponse | None:
        """A second click is no error; anything else is explained, and what was typed stays."""
        if again := second_click(self.request, self.opened, self.step.name):
            return again
        fresh = Case.objects.get(id=self.opened.case.id)
        if form.cleaned_data["seen"] != seen_of(fresh):
            refuse(form, [_what_moved(self.opened, fresh)])
            _see_again(form, fresh)
        elif refused:
            refuse(form, refused.reasons)
        return None


def second_click(request: HttpRequest, opened: Opened, step: str) -> HttpResponse | None:
    """Back to the case, if this very step was the last one taken, by this very person."""
    last = last_step(opened)
    if last is None or last.by != opened.by or last.code != code_of(opened.flow, step):
        return None
    when = write(last.at, Written.MOMENT)
    messages.info(request, _("You have done this already, on %s.") % when)
    return redirect("desk:case", opened.case.reference)


def step_page(request: HttpRequest, opened: Opened, name: str) -> HttpResponse:
    """Raises ``Http404`` for a name that is no step of staff, ``PermissionDenied`` for the
    audit."""
    if opened.only_reads:
        raise PermissionDenied(_("The audit reads; it takes no step."))
    try:
        step = opened.flow.step(name)
    except KeyError:
        raise Http404 from None
    if not is_for_staff(step):
        raise Http404
    return StepPage(request, opened, step).respond()


def take(opened: Opened, step: str, facts: Any) -> Case:
    """Raises :class:`~evenhand.kernel.cases.refusals.StepRefused`."""
    return actions.take(case=opened.case.id, step=step, by=opened.by, at=opened.at, facts=facts)


def after(request: HttpRequest, opened: Opened, words: str) -> HttpResponse:
    """Back to the case; whoever may not see it any more, to their work."""
    messages.success(request, words)
    if Case.objects.filter(id=opened.case.id).exists():
        return redirect("desk:case", opened.case.reference)
    return redirect("desk:work")


def _what_moved(opened: Opened, fresh: Case) -> str:
    """Who did what while the page was open, and that nothing of one's own was done."""
    stage = opened.desk.stages[fresh.state]
    last = last_step(opened)
    if last is None:
        return _("The matter has changed since you opened this page. It now stands at: %s.") % stage
    names = names_in(fresh.id, [last])
    return _(
        "While you had this page open, the matter moved on: %(who)s, %(when)s: %(what)s. "
        "It now stands at: %(stage)s. Nothing of yours was done yet."
    ) % {
        "who": names.of(last.by),
        "when": write(last.at, Written.MOMENT),
        "what": sentence(opened, last, names).rstrip("."),
        "stage": stage,
    }


def _see_again(form: StepForm, fresh: Case) -> None:
    """What was explained counts as seen: sending again means it."""
    form.data = {**form.data.dict(), "seen": seen_of(fresh)}  # type: ignore[attr-defined]
