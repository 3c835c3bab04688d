"""The stages and steps of a petition in the words of those who work on it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evenhand.kernel.cases.flows import Text
from evenhand.web.desk.registry import Onward

from ..actions import BROUGHT
from ..states import State

STAGES: Mapping[str, Text] = {
    State.RECEIVED: pgettext_lazy("stage of a case", "Received"),
    State.REGISTERED: pgettext_lazy("stage of a case", "Registered, to be accepted"),
    State.HANDLING: pgettext_lazy("stage of a case", "Being handled"),
    State.APPROVING: pgettext_lazy("stage of a case", "Answer to be approved"),
    State.STUDYING: pgettext_lazy("stage of a case", "Suggestion being studied"),
    State.APPROVING_REPLY: pgettext_lazy("stage of a case", "Reply to be approved"),
    State.ANSWERED: pgettext_lazy("stage of a case", "Answered, to be delivered"),
    State.REPLIED: pgettext_lazy("stage of a case", "Replied, to be delivered"),
    State.REDIRECTED: pgettext_lazy("stage of a case", "Notice to be delivered"),
    State.SERVED: pgettext_lazy("stage of a case", "Delivered, open to review"),
    State.CLOSED: pgettext_lazy("stage of a case", "Closed"),
    State.WITHDRAWN: pgettext_lazy("stage of a case", "Withdrawn"),
}

ONWARD: Mapping[str, Onward] = {
    State.RECEIVED: Onward(steps=("register",), label=_("Register"), page="register"),
    State.REGISTERED: Onward(steps=("accept", "study"), label=_("Accept or send back")),
    State.HANDLING: Onward(steps=("propose",), label=_("Write the answer"), page="answer"),
    State.APPROVING: Onward(steps=("approve",), label=_("Check and approve"), page="approve"),
    State.STUDYING: Onward(steps=("propose_reply",), label=_("Write the reply"), page="answer"),
    State.APPROVING_REPLY: Onward(
        steps=("approve_reply",), label=_("Check and approve"), page="approve_reply"
    ),
    State.ANSWERED: Onward(steps=("serve",), label=_("Record the delivery"), page="serve"),
    State.REPLIED: Onward(
        steps=("serve_reply",), label=_("Record the delivery"), page="serve_reply"
    ),
    State.REDIRECTED: Onward(
        steps=("serve_notice",), label=_("Record the delivery"), page="serve_notice"
    ),
}

#: Each step as a thing that happened.
DONE: Mapping[str, Text] = {
    BROUGHT: _("Brought"),
    "register": _("Registered and sent to the unit in charge"),
    "send_back": _("Sent back to the office that received it"),
    "redirect": _("Told where the matter belongs"),
    "accept": _("Accepted"),
    "study": _("Taken up for study"),
    "reassign": _("Given to another person"),
    "recuse": _("Stepped aside because of a stake"),
    "extend": _("Time extended once"),
    "propose": _("Answer handed in for approval"),
    "return": _("Answer returned to its author"),
    "approve": _("Answer approved, numbered and sealed"),
    "propose_reply": _("Reply handed in for approval"),
    "return_reply": _("Reply returned to its author"),
    "approve_reply": _("Reply approved, numbered and sealed"),
    "serve": _("Answer delivered"),
    "serve_reply": _("Reply delivered"),
    "serve_notice": _("Notice delivered"),
    "ask_withdrawal": _("Asked to withdraw the matter"),
    "keep": _("Decided to go on with the matter"),
    "remind_withdrawal": _("The office was reminded to ask the petitioner once more"),
    "confirm_withdrawal": _("Withdrawn, as the petitioner confirmed"),
    "escalate": _("The time ran out: one level up was told"),
    "close": _("Closed: the time to ask for a review is over"),
}
