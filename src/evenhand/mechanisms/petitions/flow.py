"""The Chinese petition procedure (X22, Regulation on Letters and Visits Work) as a table."""

import enum

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases.flows import (
    CountsFrom,
    Flow,
    Need,
    Publish,
    Role,
    Side,
    Step,
    Term,
)

from . import needs
from .states import State as S


class R(enum.Enum):
    """Who acts, each a relation to this very petition."""

    PETITIONER = Role("petitioner", _("the person who brought the matter"), (Relation.PETITIONER,))
    REGISTRAR = Role(
        "registrar", _("a registrar of the office that received it"), (Relation.RECEIVING,)
    )
    DESK = Role("desk", _("the desk of the unit in charge"), (Relation.DESK,))
    HANDLER = Role("handler", _("the person who handles it"), (Relation.HANDLER,))
    HEAD = Role("head", _("the head of the unit in charge"), (Relation.HANDLING,))
    SUPERIOR = Role("superior", _("the head one level up"), (Relation.SUPERIOR,))
    CLOCK = Role("clock", _("the clock"), is_clock=True)


class N(enum.Enum):
    """What must hold before a step, each one pure check."""

    CLASSIFIED = Need(
        "classified", _("Say whether it is a suggestion or a claim."), needs.classified
    )
    ROUTED = Need("routed", _("Choose the unit that is in charge."), needs.routed)
    PLACED = Need(
        "placed",
        _("Say whose act it is about, and on which day; that day cannot be to come."),
        needs.placed,
    )
    CLAIM = Need("claim", _("This step is for claims; this is a suggestion."), needs.is_claim)
    SUGGESTION = Need(
        "suggestion", _("This step is for suggestions; this is a claim."), needs.is_suggestion
    )
    HANDLER_NAMED = Need("handler_named", _("Name the person who handles it."), needs.handler_named)
    HANDLER_FREE = Need(
        "handler_free",
        _("The person named has a stake in the matter; name somebody else."),
        needs.handler_free,
    )
    REASON = Need("reason", _("Give the reason: the petitioner is told."), needs.reason)
    ROUTE = Need("route", _("Say where the matter belongs, with the address."), needs.route)
    NOT_EXTENDED = Need(
        "not_extended", _("The term was extended already; once is the limit."), needs.not_extended
    )
    ANSWER_COMPLETE = Need(
        "answer_complete",
        _("The answer is not complete: request, facts, result, legal basis and remedies."),
        needs.answer_complete,
    )
    NOT_AUTHOR = Need(
        "not_author", _("Somebody else than its author must approve the answer."), needs.not_author
    )
    SERVICE = Need(
        "service",
        _("Give the manner and the day of service, not before the answer and not to come."),
        needs.service,
    )
    NOT_ASKED = Need(
        "not_asked", _("A withdrawal has been asked for already."), needs.no_withdrawal
    )
    ASKED = Need("asked", _("No withdrawal has been asked for."), needs.withdrawal_asked)
    COOLED_OFF = Need(
        "cooled_off", _("The seven days for thinking it over are not past."), needs.cooled_off
    )
    FREELY = Need(
        "freely",
        _(
            "Ask the petitioner whether somebody asked them to withdraw; "
            "if so, the withdrawal does not count."
        ),
        needs.freely,
    )
    NOT_HANDLER = Need(
        "not_handler", _("Somebody without a hand in the matter must ask."), needs.not_handler
    )
    SUCCESSOR = Need(
        "successor",
        _("Name who takes over: somebody without a stake in the matter."),
        needs.successor_free,
    )


P = Publish
_OPEN = (
    S.RECEIVED,
    S.REGISTERED,
    S.HANDLING,
    S.APPROVING,
    S.STUDYING,
    S.APPROVING_REPLY,
    S.ANSWERED,
    S.REPLIED,
    S.REDIRECTED,
)
_UNANSWERED = _OPEN[:6]

STEPS = (
    Step(
        name="register",
        label=_("Register and send to the unit in charge"),
        told=_("Your matter is registered and has been sent to the unit in charge."),
        source=(S.RECEIVED,),
        to=S.REGISTERED,
        by=(R.REGISTRAR,),
        needs=(N.CLASSIFIED, N.ROUTED, N.PLACED),
        publish=P.COUNT,
        basis="petitions.register",
    ),
    Step(
        name="send_back",
        label=_("Send back to the office that received it"),
        source=(S.REGISTERED,),
        to=S.RECEIVED,
        by=(R.DESK, R.HEAD, R.SUPERIOR),
        needs=(N.REASON,),
        basis="petitions.send_back",
    ),
    Step(
        name="redirect",
        label=_("Tell where the matter belongs"),
        told=_("Your matter belongs elsewhere; the notice says where and how."),
        source=(S.RECEIVED, S.REGISTERED),
        to=S.REDIRECTED,
        by=(R.REGISTRAR, R.DESK, R.HEAD, R.SUPERIOR),
        needs=(N.REASON, N.ROUTE),
        publish=P.COUNT,
        basis="petitions.redirect",
    ),
    Step(
        name="accept",
        label=_("Accept, and name who handles it"),
        told=_("Your matter is accepted. You will get a written answer."),
        source=(S.REGISTERED,),
        to=S.HANDLING,
        by=(R.DESK, R.HEAD, R.SUPERIOR),
        needs=(N.CLAIM, N.HANDLER_NAMED, N.HANDLER_FREE),
        publish=P.COUNT,
        basis="petitions.accept",
    ),
    Step(
        name="study",
        label=_("Take up for study, and name who studies it"),
        told=_("Your suggestion is being studied. You will get a reply."),
        source=(S.REGISTERED,),
        to=S.STUDYING,
        by=(R.DESK, R.HEAD, R.SUPERIOR),
        needs=(N.SUGGESTION, N.HANDLER_NAMED, N.HANDLER_FREE),
        publish=P.COUNT,
        basis="petitions.study",
    ),
    Step(
        name="reassign",
        label=_("Give it to another person"),
        source=(S.HANDLING, S.STUDYING, S.APPROVING, S.APPROVING_REPLY),
        to=None,
        by=(R.HEAD, R.SUPERIOR),
        needs=(N.HANDLER_NAMED, N.HANDLER_FREE),
        basis="petitions.reassign",
    ),
    Step(
        name="recuse",
        label=_("Step aside because of a stake"),
        source=(*_OPEN, S.SERVED),
        to=None,
        by=(R.REGISTRAR, R.DESK, R.HANDLER, R.HEAD, R.SUPERIOR),
        needs=(N.REASON, N.SUCCESSOR),
        basis="petitions.recuse",
    ),
    Step(
        name="extend",
        label=_("Extend the time once"),
        told=_("More time is needed; the reason is told to you."),
        source=(S.HANDLING,),
        to=None,
        by=(R.HEAD, R.SUPERIOR),
        needs=(N.REASON, N.NOT_EXTENDED),
        extends="petitions.extension",
        publish=P.COUNT,
        basis="petitions.extend",
    ),
    Step(
        name="propose",
        label=_("Hand in the answer for approval"),
        source=(S.HANDLING,),
        to=S.APPROVING,
        by=(R.HANDLER,),
        needs=(N.ANSWER_COMPLETE,),
        basis="petitions.propose",
    ),
    Step(
        name="return",
        label=_("Return the answer to its author"),
        source=(S.APPROVING,),
        to=S.HANDLING,
        by=(R.HEAD, R.SUPERIOR),
        needs=(N.REASON,),
        basis="petitions.return",
    ),
    Step(
        name="approve",
        label=_("Approve, number and seal the answer"),
        told=_("The written answer to your matter is ready and is being delivered to you."),
        source=(S.APPROVING,),
        to=S.ANSWERED,
        by=(R.HEAD, R.SUPERIOR),
        needs=(N.ANSWER_COMPLETE, N.NOT_AUTHOR),
        publish=P.ANSWER,
        basis="petitions.approve",
    ),
    Step(
        name="propose_reply",
        label=_("Hand in the reply for approval"),
        source=(S.STUDYING,),
        to=S.APPROVING_REPLY,
        by=(R.HANDLER,),
        needs=(N.ANSWER_COMPLETE,),
        basis="petitions.study",
    ),
    Step(
        name="return_reply",
        label=_("Return the reply to its author"),
        source=(S.APPROVING_REPLY,),
        to=S.STUDYING,
        by=(R.HEAD, R.SUPERIOR),
        needs=(N.REASON,),
        basis="petitions.return",
    ),
    Step(
        name="approve_reply",
        label=_("Approve, number and seal the reply"),
        told=_("The reply to your suggestion is ready and is being delivered to you."),
        source=(S.APPROVING_REPLY,),
        to=S.REPLIED,
        by=(R.HEAD, R.SUPERIOR),
        needs=(N.ANSWER_COMPLETE, N.NOT_AUTHOR),
        publish=P.ANSWER,
        basis="petitions.study",
    ),
    Step(
        name="serve",
        label=_("Record that the answer was delivered"),
        told=_("The answer is delivered. You may ask for a review."),
        source=(S.ANSWERED,),
        to=S.SERVED,
        by=(R.HANDLER, R.DESK, R.REGISTRAR),
        needs=(N.SERVICE,),
        publish=P.COUNT,
        basis="petitions.serve",
    ),
    Step(
        name="serve_reply",
        label=_("Record that the reply was delivered"),
        told=_("The reply to your suggestion is delivered."),
        source=(S.REPLIED,),
        to=S.CLOSED,
        by=(R.HANDLER, R.DESK, R.REGISTRAR),
        needs=(N.SERVICE,),
        publish=P.COUNT,
        basis="petitions.serve_reply",
    ),
    Step(
        name="serve_notice",
        label=_("Record that the notice was delivered"),
        told=_("The notice that says where your matter belongs is delivered."),
        source=(S.REDIRECTED,),
        to=S.CLOSED,
        by=(R.DESK, R.REGISTRAR),
        needs=(N.SERVICE,),
        publish=P.COUNT,
        basis="petitions.serve_notice",
    ),
    Step(
        name="ask_withdrawal",
        label=_("Ask to withdraw the matter"),
        told=_("You asked to withdraw. Somebody who does not handle it will ask you once more."),
        source=_UNANSWERED,
        to=None,
        by=(R.PETITIONER,),
        needs=(N.NOT_ASKED,),
        opens=Side("petitions.withdrawal", "remind_withdrawal"),
        basis="petitions.withdraw",
    ),
    Step(
        name="keep",
        label=_("Go on with the matter after all"),
        told=_("Your matter goes on."),
        source=_UNANSWERED,
        to=None,
        by=(R.PETITIONER, R.REGISTRAR),
        needs=(N.ASKED,),
        ends="petitions.withdrawal",
        basis="petitions.withdraw",
    ),
    Step(
        name="remind_withdrawal",
        label=_("Remind the office to ask the petitioner once more"),
        source=_UNANSWERED,
        to=None,
        by=(R.CLOCK,),
        needs=(N.ASKED,),
        basis="petitions.withdraw",
    ),
    Step(
        name="confirm_withdrawal",
        label=_("Record that the petitioner still wants to withdraw"),
        told=_("Your matter is withdrawn, as you confirmed."),
        source=_UNANSWERED,
        to=S.WITHDRAWN,
        by=(R.REGISTRAR,),
        needs=(N.ASKED, N.COOLED_OFF, N.NOT_HANDLER, N.FREELY),
        publish=P.COUNT,
        basis="petitions.withdraw",
    ),
    Step(
        name="escalate",
        label=_("Tell one level up that the time has run out"),
        told=_("The promised date has passed. The head one level up has been told."),
        source=_OPEN,
        to=None,
        by=(R.CLOCK,),
        publish=P.COUNT,
        basis="petitions.escalate",
    ),
    Step(
        name="close",
        label=_("Close: the time to ask for a review is over"),
        told=_("The time to ask for a review is over; the matter is closed."),
        source=(S.SERVED,),
        to=S.CLOSED,
        by=(R.CLOCK,),
        publish=P.COUNT,
        basis="petitions.close",
    ),
)

TERMS = (
    Term(
        stages=(S.RECEIVED,),
        length="petitions.register",
        counts_from=CountsFrom.RECEIVED,
        then="escalate",
        promise=_("your matter is registered and sent to the unit in charge"),
        basis="petitions.register",
    ),
    Term(
        stages=(S.REGISTERED,),
        length="petitions.accept",
        then="escalate",
        promise=_("you are told in writing whether it is accepted, or where it belongs"),
        basis="petitions.accept",
    ),
    Term(
        stages=(S.HANDLING, S.APPROVING),
        length="petitions.handling",
        then="escalate",
        promise=_("a written answer"),
        basis="petitions.extend",
    ),
    Term(
        stages=(S.STUDYING, S.APPROVING_REPLY),
        length="petitions.study",
        then="escalate",
        promise=_("a reply to your suggestion"),
        basis="petitions.study",
    ),
    Term(
        stages=(S.ANSWERED, S.REPLIED, S.REDIRECTED),
        length="petitions.serving",
        then="escalate",
        promise=_("the answer is delivered to you"),
        basis="petitions.serve",
    ),
    Term(
        stages=(S.SERVED,),
        length="petitions.review_window",
        then="close",
        window=True,
        promise=_("until then you may ask for a review"),
        basis="petitions.close",
    ),
)

FLOW = Flow(
    key="petitions.cn",
    version=1,
    mechanism="petitions",
    title=_("Letters and visits"),
    states=S,
    roles=R,
    needs=N,
    initial=S.RECEIVED,
    closed=(S.CLOSED, S.WITHDRAWN),
    called_off=(S.WITHDRAWN,),
    steps=STEPS,
    terms=TERMS,
    path=(S.RECEIVED, S.REGISTERED, S.HANDLING, S.APPROVING, S.ANSWERED, S.SERVED, S.CLOSED),
)
